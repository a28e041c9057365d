"""What fuzzing found, each as a case; and how time grows with a text."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.readers.papers import fold
from extract.rules import Scanner
from extract.text import REPAIRS, view
from publish.extraction import extractor
from tests.fuzzing import TARGETS, documents, extraction, fragments, numbers, rules, show

FOUND = {
    "a number of 400 digits, which was infinite": "numbers", "9" * 400: "numbers", "1e400 and 1e-400": "numbers", "-" + "9" * 400 + "B": "numbers",
    "9" * 120 + " million parameters": "extraction",
    "ImageNet " + "9" * 400 + " of it": "extraction",
    "digits that float() does not know: \U00010d41\U00010d41 70M": "extraction",
    "to two orders of magnitude": "numbers",
    "A title that ends with https://\nPTMs. In this": "extraction",
    '{"id": ' + "[" * 3000 + "\n{}": "read",
    '{"id": 1, "title": "\\ud800", "abstract": 1}\n{}': "read jsonl",
    '[{"id": 1, "title": "\\ud800", "abstract": 1}]': "read json",
    "id,title\rabstract,x": "read",
}  # fmt: skip


@pytest.mark.parametrize(("text", "target"), FOUND.items(), ids=range(len(FOUND)))
def test_what_was_found_stays_mended(text: str, target: str) -> None:
    """Each input that once broke something leaves true what any input must."""
    TARGETS[target](text.encode())


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
@settings(deadline=None, max_examples=200)
@pytest.mark.parametrize("target", TARGETS)
def test_any_bytes_leave_true_what_must_be(target: str, data: bytes) -> None:
    """Any bytes, in every reader, repair and rule, and in `show`."""
    TARGETS[target](data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("id", "title", "abstract", "paper", "summary", "abstract_inverted_index")), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(rows=st.lists(JSON, max_size=5))
@settings(deadline=None, max_examples=200)
@pytest.mark.parametrize("format", ["jsonl", "json", "arxiv", "openalex", "semantic-scholar", "daily-papers"])
def test_any_json_is_papers_and_rejects(format: str, rows: list[object]) -> None:
    """Values of any type under the keys that readers look for, lone surrogates and infinite numbers among them."""
    import json

    text = json.dumps(rows) if format in ("json", "daily-papers") else "\n".join(json.dumps(row) for row in rows)
    TARGETS[f"read {format}"](text.encode())


def test_the_documents_that_are_damaged_are_sound() -> None:
    """What fuzzing starts from is read without a reject, so that damage is what it finds."""
    for format, data in documents().items():
        TARGETS[f"read {format}"](data)


# Pieces of what patterns look for: of every repair, and of every rule (below).
REPEATED = [
    "3.18times ", "ImageNet, ", "( ", "$\\sim$", "1/", "accuracy of 90% ", "90% on MMLU ", "https://a.io/", "\\textbf{", "7B-", "A-", "1,000,", "- ", "{", "}", "$", "~",
    "\\", "9", " 9", "a", "A", "[", "((", "x2014", "1.", "€", "$1", "up to ", "from 1 to 2 ", "GPT-4 ", "AB (AB) ", "A, B and C ", "1, 2 and 3 ", "1-", "10^{", "_{",
    "\\emph{a ", "{sim}", "rightarrow", "1times", "//", "http://", "github.com/", "www.a.b", "\u0301", "\u202e", "\x00", "𝛼", "…", "The ", ", ", "; ", ": ", "±1",
    "as much as ", "1e9", "A100 GPUs ", "128K tokens ", "We introduce XBench, a dataset. ", "XBench-1 ", "(XB) ", "We present the Foo Bar Baz (FBB) ",
]  # fmt: skip
SIZE = 2_000
TIMES = (1, 2, 4, 8)
MOST = 250.0
"""Milliseconds of processor time for each kilobyte of an abstract, whatever stands in it. What has a number and a name in every third word takes most."""


def grown(repeated: str, size: int) -> str:
    """A text of so many characters, all the same piece."""
    return fold((repeated * (size // len(repeated) + 1))[:size])


def spent(text: str, repeats: int = 3) -> float:
    """Seconds of processor time to read a text; the least of some readings, as other work on the machine only adds."""
    taken = []
    for _ in range(repeats):
        before = time.process_time()
        extractor().read("Title", text)
        taken.append(time.process_time() - before)
    return min(taken)


@pytest.mark.parametrize("repeated", REPEATED)
def test_time_grows_with_the_length_and_no_faster(repeated: str) -> None:
    """Twice the text takes twice the time (three times, at most, for what a machine adds), from 2,000 characters to 16,000; and never more than the bound."""
    seconds = [spent(grown(repeated, SIZE * times)) for times in TIMES]
    # From the second to the last: four times the text. Below 20 ms what is fixed and what the machine adds is more than the text.
    assert seconds[3] < max(0.02, 4 * 1.9 * seconds[1])
    assert seconds[3] * 1000 / (SIZE * 8 / 1024) < MOST


def test_every_example_of_a_rule_repeated_takes_no_more_than_the_bound() -> None:
    """The text that each rule looks for, again and again up to 4,000 characters."""
    slowest = max((spent(grown(f"{example} ", 4_000), 1), example) for example in fragments()[::7])
    print(f"slowest: {slowest[0] * 1000 / 4:.0f} ms/KB for {slowest[1]!r}")
    assert slowest[0] * 1000 / 4 < 2 * MOST


def test_every_rule_is_linear_in_the_phrases() -> None:
    """Every rule alone, over the phrases that it looks for again and again: eight times the phrases, eight times the time."""
    own = extractor()
    slow = []
    for rule in (*own.claims.rules, *own.links.rules):
        scanner = Scanner([rule], own.reader.alphabet, slow_scans=float("inf"))
        example = regex.sub(r"[{}\[\]]", "", rule.examples[0]) if rule.examples else "a"
        letters = own.reader.read("", example).letters
        seconds = []
        for times in (8, 64):
            text = (letters * (300 // len(letters) + 1))[:300] * times
            taken = []
            for _ in range(2):
                before = time.process_time()
                sum(1 for _ in scanner.scan(text))
                taken.append(time.process_time() - before)
            seconds.append(min(taken))
        if seconds[1] > max(0.03, 8 * 2 * seconds[0]):
            slow.append((rule.id, seconds))
    assert not slow


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.id)
def test_every_repair_is_linear(repair: object) -> None:
    """What a repair looks for, again and again: eight times the text, at most twice eight times the time."""
    for need in repair.needs:  # type: ignore[attr-defined]
        for text in (need, f"{need} ", f"1{need}", f"a{need}{{", f"{need}1"):
            seconds = []
            for size in (8_000, 64_000):
                taken = []
                for _ in range(2):
                    before = time.process_time()
                    view((text * (size // len(text)))[:size])
                    taken.append(time.process_time() - before)
                seconds.append(min(taken))
            assert seconds[1] < max(0.05, 8 * 2 * seconds[0]), text


def test_a_text_of_a_hundred_thousand_pieces_ends() -> None:
    """100,000 repetitions are read, or stopped by the limit of one paper, and say nothing untrue."""
    for repeated in ("( ", "7B ", "\\textbf{", "$ "):
        extraction(("T\n" + repeated * 100_000).encode()[:100_000])


def test_every_target_can_fail() -> None:
    """A target that is given what breaks its promise says so: what nothing can fail proves nothing."""
    own = extractor()
    good, own.claims = own.claims, Scanner([], own.reader.alphabet)
    try:
        own.claims.scan = lambda letters: iter([_Hit(len(letters))])  # type: ignore[method-assign, assignment, return-value]
        for target in (rules, extraction, show, numbers):
            if target is numbers:
                continue
            with pytest.raises(Exception):  # noqa: B017, PT011 - whatever comes out of it
                target(b"\x00\x01a 3x faster model\nA 3x faster model.")
    finally:
        own.claims = good


class _Hit:
    """A rule that fires behind the end of the text."""

    def __init__(self, target: int) -> None:
        self.rule = extractor().rules[0]
        self.target = target
        self.link = (target, target + 9)

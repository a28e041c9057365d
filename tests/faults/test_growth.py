"""How time grows with a text: for every rule and stage, and for what they look for, repeated."""

from __future__ import annotations

import time

import pytest
import regex

from extract.readers.papers import fold
from extract.scanning import Scanner
from extract.text import REPAIRS, Repair, view
from publish.extraction import extractor, without_collector
from tests.fuzzing import extraction, fragments

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
    with without_collector():  # as every command reads
        for _ in range(repeats):
            before = time.process_time()
            extractor().read("Title", text)
            taken.append(time.process_time() - before)
    return min(taken)


@pytest.mark.parametrize("repeated", REPEATED)
def test_time_grows_with_the_length_and_no_faster(repeated: str) -> None:
    """Twice the text takes twice the time (three times, at most, for what a machine adds), from 2,000 characters to 16,000; and never more than the bound."""
    for _ in range(3):  # what other work adds comes and goes; what the text takes stays
        seconds = [spent(grown(repeated, SIZE * times)) for times in TIMES]
        if seconds[3] < max(0.02, 4 * 1.9 * seconds[1]):
            break
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
        scanner = Scanner([rule], own.reader.alphabet)
        example = regex.sub(r"[{}\[\]]", "", rule.examples[0]) if rule.examples else "a"
        letters = own.reader.read("", example).letters
        seconds = []
        for times in (8, 64):
            text = (letters * (300 // len(letters) + 1))[:300] * times
            taken = []
            for _ in range(2):
                before = time.process_time()
                scanner.scan(text)
                taken.append(time.process_time() - before)
            seconds.append(min(taken))
        if seconds[1] > max(0.03, 8 * 2 * seconds[0]):
            slow.append((rule.id, seconds))
    assert not slow


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.id)
def test_every_repair_is_linear(repair: Repair) -> None:
    """What a repair looks for, again and again: eight times the text, at most twice eight times the time."""
    for need in repair.needs:
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

"""What fuzzing found, each as a case; and a little of it again, with any bytes and any JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.numerals import Numeral, Quantity, Unit
from extract.readers.formats import Reading
from extract.readers.papers import Reject
from extract.records import Record
from extract.rules import Hit
from publish.extraction import extractor
from tests.fuzzing import TARGETS, documents

FOUND = {
    "a number of 400 digits, which was infinite": "numbers", "9" * 400: "numbers", "1e400 and 1e-400": "numbers", "-" + "9" * 400 + "B": "numbers",
    "9" * 120 + " million parameters": "extraction",
    "ImageNet " + "9" * 400 + " of it": "extraction",
    "digits that float() does not know: \U00010d41\U00010d41 70M": "extraction",
    "0^-2": "numeral",
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
@settings(deadline=None, max_examples=60)
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
@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("format", ["jsonl", "json", "arxiv", "openalex", "semantic-scholar", "daily-papers"])
def test_any_json_is_papers_and_rejects(format: str, rows: list[object]) -> None:
    """Values of any type under the keys that readers look for, lone surrogates and infinite numbers among them."""
    text = json.dumps(rows) if format in ("json", "daily-papers") else "\n".join(json.dumps(row) for row in rows)
    TARGETS[f"read {format}"](text.encode())


def test_the_documents_that_are_damaged_are_sound() -> None:
    """What fuzzing starts from is read without a reject, so that damage is what it finds."""
    for format, data in documents().items():
        TARGETS[f"read {format}"](data)


# For each target, what it calls and what that would have to give for it to say so.
BREAKS: dict[str, tuple[str, Callable[..., Any]]] = {
    "numeral": ("read_numeral", lambda _: Numeral(math.inf, Unit.DECIMAL, "", 1.0)),
    "repair": ("view", lambda text: text[1:]),
    "numbers": ("quantities.read", lambda _: [[Quantity(5, 5, 0, 0, 1, 1.0, 1.0, Unit.DECIMAL, "", "=", "")]]),
    "rules": ("extract.scanning.Scanner.scan", lambda _, letters: [Hit(extractor().rules[0], len(letters), None)]),
    "extraction": ("extract.extractor.Extractor.read", lambda *_: {"speedups": [Record(0, 999, "speedups.x", ())]}),
    "tables": ("tables_of", lambda _: {"papers": pa.table({"paper_id": [], "title": [], "abstract": []})}),
    "show": ("page", lambda *_: ["\x1b]0;owned\x07"]),
    "read jsonl": ("formats.read", lambda *_: Reading("x", "jsonl", iter([(1, Reject("x", 1, "", ""))]))),
    "read": ("formats.read", lambda *_: json.loads("{")),
}


@pytest.mark.parametrize("target", BREAKS)
def test_every_kind_of_target_can_fail(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target over code that breaks its promise says so."""
    where, broken = BREAKS[target]
    TARGETS[target](b"A title\nA 3x faster model.")
    monkeypatch.setattr(where if where.startswith("extract.") else f"tests.fuzzing.{where}", broken)
    with pytest.raises((AssertionError, ValueError)):
        TARGETS[target](b"A title\nA 3x faster model.")

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.extractor import FIELD_NAMES, FIELDS, Extractor

CASES = Path(__file__).resolve().parent / "cases"
ORIGINS = ("wild", "synthetic", "negative", "known_failure")


def cases() -> list[Any]:
    """Each line of tests/cases/<field>.jsonl; a known failure is expected to fail, with its cause."""
    found = []
    for field in FIELD_NAMES:
        for number, line in enumerate((CASES / f"{field}.jsonl").read_text(encoding="utf-8").splitlines(), start=1):
            case = json.loads(line)
            marks = [pytest.mark.xfail(reason=case["why"], strict=True)] if case["origin"] == "known_failure" else []
            found.append(pytest.param(field, case, id=f"{field}-{number}", marks=marks))
    return found


@pytest.mark.parametrize(("field", "case"), cases())
def test_a_case_is_read_as_it_should(field: str, case: dict[str, Any], extractor: Extractor) -> None:
    """The text gives exactly the expected records: each with the text of its span and the values that the case names."""
    title, abstract = case.get("title", ""), case["text"]
    page = f"{title}\n{abstract}"
    columns = FIELDS[FIELD_NAMES.index(field)].COLUMNS
    records = [
        {"text": page[record.start : record.end], **dict(zip(columns, record.values, strict=True))}
        for record in extractor.read(title, abstract)[field]
    ]
    expected = case["expected"]
    assert [record["text"] for record in records] == [one["text"] for one in expected]
    for record, one in zip(records, expected, strict=True):
        for name, value in one.items():
            assert record[name] == (pytest.approx(value) if isinstance(value, float) else value), name


@pytest.mark.parametrize("field", FIELD_NAMES)
def test_every_field_has_cases(field: str) -> None:
    """A field without cases would be a field that nobody checks; each case says where it is from and why it is there."""
    lines = (CASES / f"{field}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 5
    for line in lines:
        case = json.loads(line)
        assert case["origin"] in ORIGINS
        assert case["why"]
        assert bool(case["expected"]) != (case["origin"] == "negative")

from __future__ import annotations

import pytest

from extract import quantities, words
from extract.extractor import Extractor
from extract.numerals import Quantity

# text, then for each group its quantities: (characters, comparator, low, high, unit)
CASES = [
    ("runs 3.18times faster", [[("3.18times", "=", 3.18, 3.18, "FACTOR")]]),
    ("by 2-4times", [[("2-4times", "=", 2, 4, "FACTOR")]]),
    ("up to $9 \\times$", [[("9 \\times", "<=", 9, 9, "FACTOR")]]),
    ("512times512 images", [[("512times512", "=", 512, 512, "SHAPE")]]),
    ("15timessim50times", [[("15timessim50times", "=", 15, 50, "FACTOR")]]),
    ("1% sim 2%", [[("1% sim 2%", "=", 1, 2, "PERCENT")]]),
    ("sim 2% only", [[("2%", "~", 2, 2, "PERCENT")]]),
    ("over 40% and 7.7%", [[("40%", ">", 40, 40, "PERCENT"), ("7.7%", "=", 7.7, 7.7, "PERCENT")]]),
    ("from 71.2\\% to 83.9\\%", [[("71.2\\%", "=", 71.2, 71.2, "PERCENT"), ("83.9\\%", "=", 83.9, 83.9, "PERCENT")]]),
    ("by 5.4% to 10.3%", [[("5.4% to 10.3%", "=", 5.4, 10.3, "PERCENT")]]),
    ("1B, 3B and 14B", [[("1B", "=", 1e9, 1e9, "MAGNITUDE"), ("3B", "=", 3e9, 3e9, "MAGNITUDE"), ("14B", "=", 14e9, 14e9, "MAGNITUDE")]]),
    ("3/8/32B", [[("3", "=", 3e9, 3e9, "MAGNITUDE"), ("8", "=", 8e9, 8e9, "MAGNITUDE"), ("32B", "=", 32e9, 32e9, "MAGNITUDE")]]),
    ("1 and 3 billion", [[("1", "=", 1e9, 1e9, "MAGNITUDE"), ("3 billion", "=", 3e9, 3e9, "MAGNITUDE")]]),
    ("a 671-billion-parameter model", [[("671-billion", "=", 671e9, 671e9, "MAGNITUDE")]]),
    ("between 1M and 4B", [[("1M and 4B", "=", 1e6, 4e9, "MAGNITUDE")]]),
    ("100B+ models", [[("100B", ">=", 100e9, 100e9, "MAGNITUDE")]]),
    ("sub-2B models", [[("2B", "<", 2e9, 2e9, "MAGNITUDE")]]),
    ("a trillion parameters", [[("trillion", "=", 1e12, 1e12, "MAGNITUDE")]]),
    ("an order of magnitude", [[("an order of magnitude", "=", 10, 10, "FACTOR")]]),
    ("two orders of magnitude", [[("two orders of magnitude", "=", 100, 100, "FACTOR")]]),
    ("twice as fast", [[("twice", "=", 2, 2, "FACTOR")]]),
    ("8000-fold", [[("8000-fold", "=", 8000, 8000, "FACTOR")]]),
    ("1/7th the cost", [[("1/7th", "=", 1 / 7, 1 / 7, "FRACTION")]]),
    ("scores 16.2/25", [[("16.2", "=", 16.2, 16.2, "DECIMAL")]]),
    ("77.3 \\pm 9.4 there", [[("77.3", "=", 77.3, 77.3, "DECIMAL")]]),
    ("11,412 and 816 000 samples", [[("11,412", "=", 11412, 11412, "INTEGER"), ("816 000", "=", 816000, 816000, "INTEGER")]]),
    ("7.4 percentage points", [[("7.4 percentage points", "=", 7.4, 7.4, "POINTS")]]),
    ("a 3-5 point gain", [[("3-5 point", "=", 3, 5, "POINTS")]]),
    ("+8.67~pp", [[("+8.67~pp", "=", 8.67, 8.67, "POINTS")]]),
    ("2.7 dB", [[("2.7 dB", "=", 2.7, 2.7, "DECIBEL")]]),
    ("x2 faster", [[("x2", "=", 2, 2, "FACTOR")]]),
    ("about $148K", [[("148K", "~", 148e3, 148e3, "MONEY")]]),
    ("In 2024, 12 teams", [[("2024", "=", 2024, 2024, "YEAR")], [("12", "=", 12, 12, "INTEGER")]]),
    ("2012-13 season", [[("2012-13", "=", 2012, 2012, "YEAR")]]),
    ("GPT-4, Top-5, 3D and 2080Ti", []),
    ("pass@1 of R^2", []),
    ("10-fold cross-validation", [[("10", "=", 10, 10, "INTEGER")]]),
    ("6–16 %", [[("6–16 %", "=", 6, 16, "PERCENT")]]),
]


def shown(text: str, group: list[Quantity]) -> list[tuple[str, str, float, float, str]]:
    return [(text[one.start : one.end], one.comparator, one.low, one.high, one.unit.value) for one in group]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_every_number_is_read_once(text: str, expected: list[list[tuple[str, str, float, float, str]]], extractor: Extractor) -> None:
    """Values, units, comparators, ranges and lists are read as people write them."""
    groups = quantities.read(words.read(text, extractor.reader.table))
    found = [shown(text, group) for group in groups]
    assert [[one[0] for one in group] for group in found] == [[one[0] for one in group] for group in expected]
    for group, wanted in zip(found, expected, strict=True):
        for one, other in zip(group, wanted, strict=True):
            assert one[1] == other[1]
            assert one[2:4] == pytest.approx(other[2:4])
            assert one[4] == other[4]

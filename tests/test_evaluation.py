from __future__ import annotations

from typing import Any

import pytest

from publish.build import Built
from publish.scoring import PaperScore, measure, pair, score_paper

# What issue "From the five listing pages to validated tables and answers" asks of a first version; README has today's figures.
BARS = {
    "model_sizes": 0.90, "speedups": 0.80, "repo_links": 0.98, "metrics": 0.75, "datasets": 0.60,
    "data_sizes": 0.70, "context_lengths": 0.70, "hardware": 0.70,
}  # fmt: skip


@pytest.mark.parametrize("table", BARS)
def test_the_development_set_is_read_as_well_as_promised(table: str, built: Built) -> None:
    """Strict F1 on the gold papers of the seeds does not fall below the bar of its table."""
    assert measure(built.evaluation.scores[table], "strict").f1 >= BARS[table]


def test_rules_are_measured(built: Built) -> None:
    """The rules table has support and precision where a rule found something on the gold set."""
    rules = built.tables["rules"]
    supported = rules.filter(rules["support"] > 0)
    assert supported.height > 30
    assert supported["precision"].is_not_null().all()


ROW: dict[str, Any] = {
    "section": "abstract", "start": 10, "end": 13, "rule": "metrics.percent", "value_min": 90.0, "value_max": 90.0, "comparator": "=", "unit": "%", "kind": "absolute",
    "metric_text": "top-1 accuracy", "metric": "top-1 accuracy", "dataset_text": "CIFAR10", "dataset": "CIFAR-10",
}  # fmt: skip
ENTRY: dict[str, Any] = {
    "where": "abstract", "start": 10, "end": 13, "raw": "90%", "min": 90, "max": 90, "cmp": "=", "unit": "%", "kind": "absolute", "metric": "accuracy", "dataset": "CIFAR-10",
}  # fmt: skip


def levels(table: str, row: dict[str, Any], entry: dict[str, Any]) -> list[str]:
    score = score_paper(table, "p", [row], [entry])
    return [level for level, right in score.right.items() if right]


@pytest.mark.parametrize(
    ("change", "entry", "reached"),
    [
        ({}, {}, ["found", "strict", "record"]),
        ({"start": 12, "end": 20}, {}, ["found", "strict", "record"]),
        ({"start": 13, "end": 20}, {}, []),
        ({"section": "title"}, {}, []),
        ({"value_min": 90.001}, {}, ["found", "strict", "record"]),
        ({"value_min": 90.1}, {}, ["found"]),
        ({"comparator": "<="}, {}, ["found", "strict"]),
        ({"metric_text": "mean per class accuracy score", "metric": None}, {}, ["found", "strict"]),
        ({"metric_text": None, "metric": None}, {}, ["found", "strict"]),
        ({}, {"metric": "Top-1 Accuracy"}, ["found", "strict", "record"]),
        ({}, {"dataset": "cifar10"}, ["found", "strict", "record"]),
        ({}, {"dataset": None}, ["found", "strict"]),
        ({"unit": ""}, {"unit": None}, ["found", "strict", "record"]),
        ({"unit": ""}, {}, ["found", "strict"]),
    ],
)
def test_a_record_is_scored_level_by_level(change: dict[str, Any], entry: dict[str, Any], reached: list[str]) -> None:
    """found by overlap in the same string, strict by value, record by every attribute."""
    assert levels("metrics", ROW | change, ENTRY | entry) == reached


def test_spans_of_datasets_are_exact() -> None:
    """A dataset or a device is strict only with the very span."""
    row = {"section": "abstract", "start": 1, "end": 5, "rule": "r", "dataset": "MMLU", "introduced": False}
    entry = {"where": "abstract", "start": 1, "end": 5, "canonical": "mmlu", "introduced": False}
    assert levels("datasets", row, entry) == ["found", "strict", "record"]
    assert levels("datasets", row | {"end": 6}, entry) == ["found"]


def test_pairs_are_one_to_one_with_the_largest_overlap_first() -> None:
    """Two rows over one gold entry: the one that covers more of it is the match."""
    rows = [{"section": "title", "start": 0, "end": 3}, {"section": "title", "start": 2, "end": 9}]
    assert pair(rows, [{"where": "title", "start": 2, "end": 8}]) == {1: 0}


def test_precision_and_recall_come_from_the_counts() -> None:
    """Three predicted, four to be found, two right; the interval holds the figure."""
    scores = [
        score_paper("metrics", "p", [ROW, ROW | {"start": 50, "end": 51}], [ENTRY]),
        PaperScore(1, 3, {"found": 1, "strict": 1, "record": 1}, (), measure_rules()),
    ]
    one = measure(scores, "strict")
    assert (one.precision, one.recall) == pytest.approx((2 / 3, 2 / 4))
    assert one.low <= one.f1 <= one.high


def measure_rules() -> Any:
    return score_paper("metrics", "p", [], []).by_rule

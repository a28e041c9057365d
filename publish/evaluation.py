"""Precision and recall of the extraction against gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from extract.readers.papers import Paper
from publish import gold
from publish.extraction import extract_all
from publish.gold import GoldPaper
from publish.scoring import PaperScore, by_rule, score_paper


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of each table by paper that was annotated for it, in the order of the gold file, and the papers' texts."""

    scores: Mapping[str, Sequence[PaperScore]]
    papers: Mapping[str, Paper]

    def rules(self) -> dict[str, tuple[int, float]]:
        """Support and precision of each rule."""
        return {rule: found for scores in self.scores.values() for rule, found in by_rule(scores).items()}


def evaluate(papers: Sequence[GoldPaper], extracted: Mapping[str, pl.DataFrame]) -> Evaluation:
    """Compare extracted frames with gold, paper by paper."""
    scores: dict[str, list[PaperScore]] = {}
    for table in gold.FIELD_NAMES:
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in extracted[table].iter_rows(named=True):
            rows.setdefault(row["paper_id"], []).append(row)
        scores[table] = [
            score_paper(table, one.paper.paper_id, rows.get(one.paper.paper_id, []), one.records[table])
            for one in papers
            if table in one.records
        ]
    return Evaluation(scores, {one.paper.paper_id: one.paper for one in papers})


def extract_gold(papers: Sequence[GoldPaper], workers: int = 1) -> dict[str, pl.DataFrame]:
    """The records that the extractor finds in the papers of a gold file."""
    chunks = list(extract_all([one.paper for one in papers], workers))
    return {table: pl.concat(chunk[table] for chunk in chunks) for table in gold.FIELD_NAMES}

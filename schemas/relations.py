"""What must hold between tables: which rows of a table break it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import polars as pl

Frames = Mapping[str, pl.DataFrame]


class Relation(NamedTuple):
    """A check between tables: its name, what it says, and which rows of `table` break it, as a column of truth values."""

    name: str
    table: str
    says: str
    broken: Callable[[pl.DataFrame, Frames], pl.Series]


def _unknown(column: str, other: str, key: str) -> Callable[[pl.DataFrame, Frames], pl.Series]:
    return lambda frame, tables: ~frame[column].is_in(tables[other][key].implode())


def _wrong_span(frame: pl.DataFrame, tables: Frames) -> pl.Series:
    texts = tables["papers"].select("paper_id", "title", "abstract")
    joined = frame.select("paper_id", "section", "start", "end", "text").join(texts, on="paper_id", how="left", maintain_order="left")
    source = pl.when(pl.col("section") == "title").then(pl.col("title")).otherwise(pl.col("abstract"))
    # Polars slices by code points, as the spans count.
    cut = source.str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    return joined.select((cut != pl.col("text")).fill_null(value=True)).to_series()


def _overlap(frame: pl.DataFrame, _: Frames) -> pl.Series:
    before = pl.col("end").shift(1).over("paper_id", "section", order_by="start")
    return frame.select((pl.col("start") < before).fill_null(value=False)).to_series()


def relations(mentions: tuple[str, ...]) -> tuple[Relation, ...]:
    """All checks between tables; `mentions` are the tables with one row per mention."""
    found: list[Relation] = []
    for table in mentions:
        found += [
            Relation("paper_known", table, "every mention is of a paper in `papers`", _unknown("paper_id", "papers", "paper_id")),
            Relation("span_is_text", table, "section[start:end] of the paper is the text", _wrong_span),
            Relation("no_overlap", table, "no two mentions of one table overlap", _overlap),
            Relation("rule_known", table, "every rule is in `rules`", _unknown("rule", "rules", "rule")),
        ]
    return (
        *found,
        Relation("paper_known", "listings", "every listing is of a paper in `papers`", _unknown("paper_id", "papers", "paper_id")),
        Relation(
            "document_known", "listings", "every listing is in a document of `documents`", _unknown("document", "documents", "document")
        ),
    )

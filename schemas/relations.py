"""What must hold between tables: which rows of a table break it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import polars as pl

Frames = Mapping[str, pl.DataFrame]


class Reference(NamedTuple):
    """A column whose values are those of another table's column of the same name."""

    column: str
    table: str


class Relation(NamedTuple):
    """A check between tables: its name, what it says, which rows of `table` break it, as a column of truth values, and what it reads.

    `reference` is set where the check is that a column's values are in another table.
    """

    name: str
    table: str
    says: str
    broken: Callable[[pl.DataFrame, Frames], pl.Series]
    reads: tuple[str, ...] = ()
    reference: Reference | None = None


def _known(name: str, table: str, says: str, column: str, other: str) -> Relation:
    def unknown(frame: pl.DataFrame, tables: Frames) -> pl.Series:
        return ~frame[column].is_in(tables[other][column].implode())

    return Relation(name, table, says, unknown, (other,), Reference(column, other))


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
            _known("paper_known", table, "every mention is of a paper in `papers`", "paper_id", "papers"),
            Relation("span_is_text", table, "section[start:end] of the paper is the text", _wrong_span, ("papers",)),
            Relation("no_overlap", table, "no two mentions of one table overlap", _overlap),
            _known("rule_known", table, "every rule is in `rules`", "rule", "rules"),
        ]
    return (
        *found,
        _known("paper_known", "listings", "every listing is of a paper in `papers`", "paper_id", "papers"),
        _known("document_known", "listings", "every listing is in a document of `documents`", "document", "documents"),
    )

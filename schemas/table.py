"""What all tables share: how a column is declared, and the columns that every table of mentions begins with."""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

COMPARATORS = ("=", "~", "<", "<=", ">", ">=")
SECTIONS = ("title", "abstract")


def column(description: str, unit: str | None = None, **checks: Any) -> Any:
    """A column: what it means, its unit if it is a number of something, and its checks."""
    return pa.Field(description=description, metadata={"unit": unit} if unit else {}, **checks)


def enum(description: str, values: tuple[str, ...], **checks: Any) -> Any:
    """A column with one of few values, stored as an Enum of them."""
    return column(description, dtype_kwargs={"categories": list(values)}, **checks)


def finite(name: str) -> pl.Expr:
    """Whether a number is none of NaN and the infinities; null counts as finite."""
    return pl.col(name).is_finite().fill_null(value=True)


class Table(pa.DataFrameModel):
    """A published table: exactly these columns, in this order."""

    class Config:
        """Nothing more, nothing less, nothing converted in silence."""

        strict = True
        ordered = True
        coerce = False


class MentionTable(Table):
    """A table with one row per mention of something in a paper."""

    mention_id: str = column(
        "16 hex digits of sha256 over table, paper_id, section, start and end: the same in every build and release",
        str_matches=r"^(?:[0-9a-f]{16})$",
        unique=True,
    )
    paper_id: str = column("the paper, as in `papers`", str_length={"min_value": 1})
    section: pl.Enum = enum("where it stands: title or abstract", SECTIONS)
    start: pl.UInt32 = column("first character of the span in the section, from 0", "code points")
    end: pl.UInt32 = column("first character after the span", "code points")
    text: str = column("the characters of the span, exactly: section[start:end]", str_length={"min_value": 1})
    rule: str = column("the rule that found it, as in `rules`", str_matches=r"^(?:[a-z_]+\.[a-z0-9_]+)$")

    @pa.dataframe_check
    @classmethod
    def end_after_start(cls, data: PolarsData) -> pl.LazyFrame:
        """A span holds a character at least, and is as long as its text."""
        return data.lazyframe.select(pl.col("end") == pl.col("start") + pl.col("text").str.len_chars())

    class Config:
        """No two mentions at one place."""

        unique = ("paper_id", "section", "start")


class ValueTable(MentionTable):
    """A table of mentions with a number or a range."""

    value_min: float = column("the value, or the lower end of a range", "as the table says", ge=0)
    value_max: float = column("the value, or the upper end of a range", "as the table says", ge=0)
    comparator: pl.Enum = enum("how the value bounds what is claimed: = exactly, ~ about, < <= > >=", COMPARATORS)

    @pa.dataframe_check
    @classmethod
    def values_in_order(cls, data: PolarsData) -> pl.LazyFrame:
        """Both ends are finite, and the lower is not above the upper."""
        return data.lazyframe.select((pl.col("value_min") <= pl.col("value_max")) & finite("value_min") & finite("value_max"))

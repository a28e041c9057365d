"""The table rules."""

from __future__ import annotations

import polars as pl

from schemas.table import Table, column


class Rules(Table):
    """The rules that read the mentions, and how well each does on the gold set."""

    rule: str = column(
        "the rule's id: table, for links the column, and name", unique=True, str_matches=r"^(?:[a-z_]+(?::[a-z_]+)?\.[a-z0-9_]+)$"
    )
    table: str = column("the table that it speaks for", str_length={"min_value": 1})
    reads: str = column("what it reads", str_length={"min_value": 1})
    pattern: str = column("its pattern over words, classes of words and phrases; empty where code reads it")
    weight: float = column("how much it speaks for (or against) its table", "natural-log odds")
    # `example` is a method of the base class, hence the alias.
    example_: str = column("a text with what it reads in braces", nullable=True, alias="example")
    support: pl.UInt32 = column("mentions on the gold set of which it is the strongest evidence", "mentions")
    precision: float = column(
        "the share of them that are right (found with the right value); null without support", "share", nullable=True, ge=0, le=1
    )

"""The table rejects."""

from __future__ import annotations

import polars as pl

from schemas.table import Table, column, enum

STAGES = ("read", "extract", "validate")


class Rejects(Table):
    """What could not be read or did not validate."""

    stage: pl.Enum = enum("where it failed", STAGES)
    source: str = column("the document, or the table of a row that did not validate", str_length={"min_value": 1})
    line: pl.UInt32 = column(
        "the line or row in the document, from 1; null for a whole document and for rows of tables", "lines", nullable=True
    )
    reason: str = column("why, with the name of the check that failed", str_length={"min_value": 1})
    text: str = column("what it was, cut to 500 characters")

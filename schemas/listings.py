"""The table listings."""

from __future__ import annotations

import polars as pl

from schemas.table import Table, column


class Listings(Table):
    """Which paper stands where: the same paper may be listed in several documents."""

    document: str = column("the file, as in `documents`", str_length={"min_value": 1})
    position: pl.UInt32 = column("the paper's place in the document, from 1", "papers", ge=1)
    line: pl.UInt32 = column("the line or row of the document that the paper begins on, from 1", "lines", ge=1)
    paper_id: str = column("the paper, as in `papers`", str_length={"min_value": 1})

    class Config:
        """One paper at a place."""

        unique = ("document", "position")

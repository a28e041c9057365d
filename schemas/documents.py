"""The table documents."""

from __future__ import annotations

import polars as pl

from schemas.table import Table, column


class Documents(Table):
    """The input files."""

    document: str = column("the file's name", unique=True, str_length={"min_value": 1})
    sha256: str = column("sha256 of the file", str_matches=r"^(?:[0-9a-f]{64})$")
    bytes: pl.UInt64 = column("the file's size", "bytes")
    format: str = column("how the file was read: paragraphs, alternating (listing pages), jsonl, csv, parquet")
    page_date: str = column("the date that the page prints, as printed; null if it prints none", nullable=True)

"""Tables -> Parquet files: always the same bytes for the same rows."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import polars as pl

import schemas

ROW_GROUP = 65_536
"""Rows of a row group: small enough to read a part of a file over a network, large enough to compress."""

_ORDER = {
    "documents": ["document"],
    "papers": ["paper_id"],
    "listings": ["document", "position"],
    "rules": ["table", "rule"],
    "rejects": ["stage", "source", "line", "reason", "text"],
}


def ordered(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A table in its published order: mentions by paper, section and place."""
    return frame.sort(_ORDER.get(table, ["paper_id", "section", "start"]), maintain_order=True)


def describe(table: str) -> dict[str, str]:
    """What a Parquet file says of itself: the table and its columns, as JSON texts."""
    model = schemas.TABLES[table]
    columns = {name: {"description": column.description, **(column.metadata or {})} for name, column in model.to_schema().columns.items()}
    return {
        "paperfacts.table": table,
        "paperfacts.description": (model.__doc__ or "").strip(),
        "paperfacts.columns": json.dumps(columns, ensure_ascii=False),
    }


def write(table: str, frame: pl.DataFrame, path: Path) -> None:
    """Write one table to a Parquet file that is complete whenever it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    frame.write_parquet(
        partial, compression="zstd", compression_level=9, statistics=True, row_group_size=ROW_GROUP, metadata=describe(table)
    )
    os.replace(partial, path)  # noqa: PTH105 - the one call that is atomic on every system


def sha256(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

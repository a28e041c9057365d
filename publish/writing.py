"""Tables -> Parquet files: always the same bytes for the same rows."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
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
    """What a Parquet file says of itself: the table, its key and its columns, as JSON texts."""
    info = schemas.info(table)
    columns = {
        column.name: {
            "description": column.description,
            "type": column.type,
            "nullable": column.nullable,
            **({"unit": column.unit} if column.unit else {}),
            **({"values": column.values} if column.values else {}),
        }
        for column in info.columns
    }
    return {
        "paperfacts.table": table,
        "paperfacts.description": info.description,
        "paperfacts.key": json.dumps(info.key),
        "paperfacts.columns": json.dumps(columns, ensure_ascii=False),
    }


def encoded(table: str, frame: pl.DataFrame, about: Mapping[str, str] | None = None) -> bytes:
    """One table as a Parquet file; `about` is added to what it says of itself."""
    buffer = io.BytesIO()
    metadata = {**describe(table), **(about or {})}
    frame.write_parquet(buffer, compression="zstd", compression_level=9, statistics=True, row_group_size=ROW_GROUP, metadata=metadata)
    return buffer.getvalue()


def write(table: str, frame: pl.DataFrame, path: Path, about: Mapping[str, str] | None = None) -> None:
    """Write one table to a Parquet file that is complete whenever it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(encoded(table, frame, about))
    os.replace(partial, path)  # noqa: PTH105 - the one call that is atomic on every system


def sha256(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_sha256(frame: pl.DataFrame) -> str:
    """sha256 of the values: a JSON list of the column names, then each row as a JSON list, joined by line feeds, in UTF-8.

    It does not depend on what wrote or stored them: numbers are in their shortest form, nothing stands between the items.
    """
    digest = hashlib.sha256(_line(frame.columns))
    for row in frame.iter_rows():
        digest.update(b"\n" + _line(row))
    return digest.hexdigest()


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

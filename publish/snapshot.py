"""Tables with what is said of them, whether they lie in a folder or are about to be written: what is compared and verified."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

import polars as pl

import schemas
from publish.writing import describe
from query import TableError, tables_in


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One table: its rows, what its file says of itself, and of that the columns and the key (empty if another program wrote it)."""

    frame: pl.DataFrame
    about: Mapping[str, str]
    columns: Mapping[str, Mapping[str, Any]]
    key: tuple[str, ...]


def snapshot(frame: pl.DataFrame, about: Mapping[str, str]) -> Snapshot:
    """A table with its metadata read. Raises ValueError if that is not as this package writes it."""
    columns, key = json.loads(about.get("paperfacts.columns", "{}")), json.loads(about.get("paperfacts.key", "[]"))
    if not isinstance(columns, dict) or not all(isinstance(one, dict) for one in columns.values()) or not isinstance(key, list):
        raise ValueError("its metadata paperfacts.columns or paperfacts.key is not as this package writes it")
    return Snapshot(frame, about, columns, tuple(key))


def read_table(path: str | Path) -> Snapshot:
    """A table from its Parquet file, or from the parts that a pattern names. Raises TableError if it is none."""
    first = sorted(glob(str(path)))[:1] or [str(path)]  # noqa: PTH207 - the pattern is an absolute one
    try:
        return snapshot(pl.read_parquet(path), pl.read_parquet_metadata(first[0]))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise TableError(f"{path}: cannot be read as Parquet: {error}") from error


def read(folder: Path) -> dict[str, Snapshot]:
    """The tables of a folder. Raises TableError if it has none, or one that cannot be read."""
    return {name: read_table(path) for name, path in tables_in(folder).items()}


def of(tables: Mapping[str, pl.DataFrame]) -> dict[str, Snapshot]:
    """Tables of this code, not written yet."""
    return {name: snapshot(frame, describe(name)) for name, frame in tables.items()}


def key(table: str, *sides: Snapshot) -> list[str]:
    """What a row of a table is known by: what the newest that says so says, else what this code's model says, else `mention_id`."""
    for side in reversed(sides):
        if side.key:
            return list(side.key)
    return list(schemas.info(table).key) if table in schemas.TABLES else ["mention_id"]

"""The difference between two builds or releases: rows gained, lost and changed, changed columns, and the bump it requires."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from publish import snapshot
from publish.schema_changes import SchemaChange, schema_changes
from publish.snapshot import Snapshot
from publish.versions import largest

_CONTENT = ("papers", "documents", "listings")
"""Tables whose new rows are new content, not corrected values."""
CHANGES_SCHEMA = pl.Schema(
    {"table": pl.String(), "key": pl.String(), "change": pl.Enum(["gained", "lost", "changed"]), "column": pl.String(), "before": pl.String(), "after": pl.String()}
)  # fmt: skip
"""The change table: a line for each row gained or lost, with its values as JSON, and for each value changed."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table's difference: rows only in B, rows only in A, and rows in both with other values, by key.

    A row of `changed` has the values of A, and those of B as `NAME:after`; `columns` counts the values that differ.
    """

    table: str
    key: tuple[str, ...]
    gained: pl.DataFrame
    lost: pl.DataFrame
    changed: pl.DataFrame
    columns: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many rows were gained, lost and changed."""
        return {"gained": self.gained.height, "lost": self.lost.height, "changed": self.changed.height}

    def differences(self, row: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """The values of a row of `changed` that differ: column -> before, after."""
        return {name: (row[name], row[f"{name}:after"]) for name in self.columns if row[name] != row[f"{name}:after"]}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole difference: what differs in tables and columns, in rows, and the bump that it requires."""

    tables: tuple[TableChange, ...]
    schema: tuple[SchemaChange, ...]
    bump: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the bump, the schema's differences, and the counts of each table."""
        return {
            "bump": self.bump,
            "schema": [{"table": one.table, "column": one.column, "what": one.what, "bump": one.bump} for one in self.schema],
            "tables": {change.table: {**change.counts(), "columns": change.columns} for change in self.tables},
        }

    def rows(self) -> pl.DataFrame:
        """The change table."""
        return pl.DataFrame([row for change in self.tables for row in _rows(change)], schema=CHANGES_SCHEMA, orient="row")


def compare(one: Path, other: Path) -> Comparison:
    """What `other` has gained, lost and changed against `one`. Raises TableError if a folder has no tables."""
    return compare_tables(snapshot.read(one), snapshot.read(other))


def compare_tables(before: Mapping[str, Snapshot], after: Mapping[str, Snapshot]) -> Comparison:
    """The same for tables that are read already."""
    schema = schema_changes(before, after)
    changes = []
    for name in after:
        if name in before:
            change = table_change(name, before[name].frame, after[name].frame, snapshot.key(name, before[name], after[name]))
            if any(change.counts().values()):
                changes.append(change)
    return Comparison(tuple(changes), schema, largest([*(one.bump for one in schema), *(_bump(change) for change in changes)]))


def _bump(change: TableChange) -> str:
    if change.table == "papers" and change.lost.height:
        return "major"
    return "minor" if change.table in _CONTENT and change.gained.height else "patch"


def table_change(table: str, before: pl.DataFrame, after: pl.DataFrame, key: list[str]) -> TableChange:
    """The rows of one table that differ, by its key, as far as both sides have its columns."""
    key = [name for name in key if name in before.columns and name in after.columns]
    if not key:
        return TableChange(table, (), after, before, after.head(0))
    before, after = (frame.with_columns(pl.col(pl.Enum).cast(pl.String)) for frame in (before, after))
    gained = after.join(before.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
    lost = before.join(after.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
    shared = [name for name in after.columns if name in before.columns and name not in key]
    both = before.select(*key, *shared).join(
        after.select(*key, *shared), on=key, how="inner", suffix=":after", nulls_equal=True, maintain_order="left"
    )
    differs = {
        name: pl.col(name).ne_missing(pl.col(f"{name}:after"))
        if before.schema[name] == after.schema[name]
        else pl.col(name).cast(pl.String).ne_missing(pl.col(f"{name}:after").cast(pl.String))
        for name in shared
    }
    changed = both.filter(pl.any_horizontal(differs.values())) if differs else both.head(0)
    counts = changed.select(**{name: expression.sum() for name, expression in differs.items()}).row(0, named=True) if changed.height else {}
    return TableChange(table, tuple(key), gained, lost, changed, {name: count for name, count in counts.items() if count})


def _rows(change: TableChange) -> Iterator[tuple[str | None, ...]]:
    def known_by(row: Mapping[str, Any]) -> str:
        return "\t".join(str(row[name]) for name in change.key)

    for row in change.gained.iter_rows(named=True):
        yield change.table, known_by(row), "gained", None, None, _json(row)
    for row in change.lost.iter_rows(named=True):
        yield change.table, known_by(row), "lost", None, _json(row), None
    for row in change.changed.iter_rows(named=True):
        for name, (before, after) in change.differences(row).items():
            yield change.table, known_by(row), "changed", name, _json(before), _json(after)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)

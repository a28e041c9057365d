"""The difference between two builds or releases: rows gained, lost and changed, changed columns, and the bump it requires."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from query.connect import tables_in

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document",),
    "papers": ("paper_id",),
    "listings": ("document", "position"),
    "rules": ("rule",),
    "rejects": ("stage", "source", "line", "reason", "text"),
}
"""What a row is known by, by table; mentions are known by `mention_id`."""

BUMPS = ("none", "patch", "minor", "major")
_CONTENT = ("papers", "documents", "listings")
"""Tables whose new rows are new content, not corrected values."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table's difference: rows only in B, rows only in A, and rows in both with other values, by key."""

    table: str
    gained: pl.DataFrame
    lost: pl.DataFrame
    changed: pl.DataFrame
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole difference. `schema` has a line for each table or column that is new, gone or of another type."""

    tables: tuple[TableChange, ...]
    schema: tuple[str, ...]
    bump: str


def read(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables of a folder. Raises TableError if it has none."""
    return {name: pl.read_parquet(path) for name, path in tables_in(folder).items()}


def compare(one: Path, other: Path) -> Comparison:
    """What `other` has gained, lost and changed against `one`."""
    before, after = read(one), read(other)
    schema: list[str] = []
    bump = "none"

    def require(level: str) -> None:
        nonlocal bump
        bump = max(bump, level, key=BUMPS.index)

    for name in sorted(before.keys() - after.keys()):
        schema.append(f"table {name} is gone")
        require("major")
    for name in sorted(after.keys() - before.keys()):
        schema.append(f"table {name} is new")
        require("minor")
    changes = []
    for name in after:
        if name not in before:
            continue
        for column, level in _columns(before[name], after[name]):
            schema.append(f"{name}: {column}")
            require(level)
        change = table_change(name, before[name], after[name])
        if change.gained.height or change.lost.height or change.changed.height:
            changes.append(change)
            require(
                "minor" if name in _CONTENT and change.gained.height else "major" if name == "papers" and change.lost.height else "patch"
            )
    return Comparison(tuple(changes), tuple(schema), bump)


def _columns(before: pl.DataFrame, after: pl.DataFrame) -> list[tuple[str, str]]:
    found = []
    for name in before.columns:
        if name not in after.columns:
            found.append((f"column {name} is gone", "major"))
        elif before.schema[name] != after.schema[name]:
            old, new = before.schema[name], after.schema[name]
            wider = isinstance(old, pl.Enum) and isinstance(new, pl.Enum) and set(old.categories) <= set(new.categories)
            found.append((f"column {name} was {old}, is {new}", "minor" if wider else "major"))
    found += [(f"column {name} is new", "minor") for name in after.columns if name not in before.columns]
    return found


def table_change(table: str, before: pl.DataFrame, after: pl.DataFrame) -> TableChange:
    """The rows of one table that differ, by its key."""
    key = list(KEYS.get(table, ("mention_id",)))
    gained = after.join(before.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
    lost = before.join(after.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
    shared = [name for name in after.columns if name in before.columns and name not in key]
    if not shared:
        return TableChange(table, gained, lost, after.head(0))
    both = before.select(*key, *shared).join(
        after.select(*key, *shared), on=key, how="inner", suffix=":after", nulls_equal=True, maintain_order="left"
    )
    differs = {name: pl.col(name).cast(pl.String).ne_missing(pl.col(f"{name}:after").cast(pl.String)) for name in shared}
    changed = both.filter(pl.any_horizontal(differs.values()))
    counts = changed.select(**{name: expression.sum() for name, expression in differs.items()}).row(0, named=True) if changed.height else {}
    return TableChange(table, gained, lost, changed, {name: count for name, count in counts.items() if count})

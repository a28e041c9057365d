"""What differs between two tables' columns, and how large a step each difference is for those who read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from publish.snapshot import Snapshot
from schemas.description import type_name

_WIDER = {("uint32", "uint64"), ("uint32", "int64"), ("float32", "float64"), ("enum", "string")}


class SchemaChange(NamedTuple):
    """One difference: the table, the column if it is one of a column, what has changed, and the bump that it requires."""

    table: str
    column: str | None
    what: str
    bump: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column} {self.what}" if self.column else f"table {self.table} {self.what}"


def schema_changes(before: Mapping[str, Snapshot], after: Mapping[str, Snapshot]) -> tuple[SchemaChange, ...]:
    """All differences between the tables and columns of two sides."""
    found = [SchemaChange(name, None, "is gone", "major") for name in sorted(before.keys() - after.keys())]
    found += [SchemaChange(name, None, "is new", "minor") for name in sorted(after.keys() - before.keys())]
    for name in after:
        if name in before:
            found += _table(name, before[name], after[name])
    return tuple(found)


def _table(name: str, before: Snapshot, after: Snapshot) -> Iterator[SchemaChange]:
    old, new = before.frame.schema, after.frame.schema
    if before.key and after.key and before.key != after.key:
        yield SchemaChange(name, None, f"has another key: was {', '.join(before.key)}, is {', '.join(after.key)}", "major")
    for column in old:
        if column not in new:
            yield SchemaChange(name, column, "is gone", "major")
    for column in new:
        if column not in old:
            yield SchemaChange(name, column, f"is new: {type_name(new[column])}", "minor")
    shared = [column for column in new if column in old]
    if shared != [column for column in old if column in new]:
        yield SchemaChange(name, None, "has its columns in another order", "minor")
    for column in shared:
        yield from _type(name, column, before, after)
        yield from _meaning(name, column, before, after)


def _type(table: str, column: str, before: Snapshot, after: Snapshot) -> Iterator[SchemaChange]:
    old, new = before.frame.schema[column], after.frame.schema[column]
    if old == new:
        return
    if type_name(old) != type_name(new):
        wider = (type_name(old), type_name(new)) in _WIDER
        yield SchemaChange(table, column, f"was {type_name(old)}, is {type_name(new)}", "minor" if wider else "major")
        return
    was, now = (list(getattr(one, "categories", ())) for one in (old, new))
    gone, more = [value for value in was if value not in now], [value for value in now if value not in was]
    said = [*(f"can no longer be {value!r}" for value in gone), *(f"can now be {value!r}" for value in more)]
    yield SchemaChange(table, column, "; ".join(said) or "has its values in another order", "major" if gone else "minor")


def _meaning(table: str, column: str, before: Snapshot, after: Snapshot) -> Iterator[SchemaChange]:
    old, new = before.columns.get(column), after.columns.get(column)
    if old is None or new is None:
        return
    if old.get("unit") != new.get("unit"):
        yield SchemaChange(table, column, f"has another unit: was {old.get('unit')}, is {new.get('unit')}", "major")
    if old.get("nullable") != new.get("nullable") and "nullable" in old and "nullable" in new:
        yield SchemaChange(
            table, column, "can now be null" if new["nullable"] else "is never null any more", "major" if new["nullable"] else "minor"
        )
    if old.get("description") != new.get("description"):
        yield SchemaChange(table, column, f"is described anew: {new.get('description')!r}, was {old.get('description')!r}", "patch")

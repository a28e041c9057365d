"""What the models say, as plain values: the one source of file metadata, data packages, cards, comments and the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from schemas.table import Table


class ColumnInfo(NamedTuple):
    """A column: its type by a plain name, what it means, and what holds for its values (`checks`: name of the check -> bound)."""

    name: str
    type: str
    description: str
    unit: str | None
    nullable: bool
    unique: bool
    values: tuple[str, ...]
    checks: Mapping[str, Any]


class TableInfo(NamedTuple):
    """A table: what it holds, the columns that its rows are known by, and all its columns."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[ColumnInfo, ...]


def type_name(dtype: Any) -> str:
    """A type without the name that one library has for it: string, enum, boolean, uint32, float64 ..."""
    return "enum" if isinstance(dtype, pl.Enum) else str(dtype).lower()


def _column(name: str, column: Any) -> ColumnInfo:
    dtype = column.dtype.type
    checks = {check.name: next(iter(check.statistics.values())) for check in column.checks if check.statistics}
    return ColumnInfo(
        name=name,
        type=type_name(dtype),
        description=column.description,
        unit=(column.metadata or {}).get("unit"),
        nullable=column.nullable,
        unique=column.unique,
        values=tuple(dtype.categories) if isinstance(dtype, pl.Enum) else (),
        checks=checks,
    )


def described(name: str, model: type[Table]) -> TableInfo:
    """A table as its model declares it. Rows without a key of their own are known by all their columns."""
    schema = model.to_schema()
    columns = tuple(_column(column, declared) for column, declared in schema.columns.items())
    unique = [column.name for column in columns if column.unique][:1] or schema.unique or [column.name for column in columns]
    return TableInfo(name, " ".join((model.__doc__ or "").split()), tuple(unique), columns)

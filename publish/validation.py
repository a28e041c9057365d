"""The one place where extraction meets publication: rows that break a check are taken out and kept as rejects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandera.errors
import polars as pl

import schemas
from schemas.relations import Relation, relations
from schemas.table import Table

RELATIONS = relations(schemas.MENTIONS)
WITHIN_A_SHARD = tuple(relation for relation in RELATIONS if relation.table in schemas.MENTIONS)
"""What holds between the tables of a part of a run."""

_REJECT = pl.Schema({"stage": pl.String(), "source": pl.String(), "line": pl.UInt32(), "reason": pl.String(), "text": pl.String()})


class SchemaMismatchError(Exception):
    """A frame has other columns than its table; a fault of the code, not of a row."""


def cast(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with its table's columns in their order and types; a value that has no place in its type becomes null.

    Raises SchemaMismatchError if a column is missing.
    """
    columns = schemas.TABLES[table].to_schema().columns
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise SchemaMismatchError(f"{table}: no column {', '.join(missing)}")
    return frame.select(pl.col(name).cast(column.dtype.type, strict=False) for name, column in columns.items())


def failing(model: type[Table], frame: pl.DataFrame) -> list[tuple[int, str]]:
    """The rows of a frame that break a check of its table, each with the check's name."""
    try:
        model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        found: list[tuple[int, str]] = []
        for case in error.failure_cases.iter_rows(named=True):
            if case["index"] is None:
                raise SchemaMismatchError(f"{model.__name__}: {case['column']}: {case['check']}: {case['failure_case']}") from error
            name = case["check"] if case["schema_context"] != "Column" else f"{case['column']}: {case['check']}"
            found.append((case["index"], name))
        return found
    return []


def validate(tables: Mapping[str, pl.DataFrame], relations: Sequence[Relation] = RELATIONS) -> dict[str, pl.DataFrame]:
    """All tables without the rows that break a check; those rows are in `rejects`, with the names of the checks.

    Tables come in the published order; what is checked between tables is checked on what is left of them.
    """
    kept: dict[str, pl.DataFrame] = {}
    failed: list[dict[str, object]] = []
    for name in schemas.TABLES:
        frame = cast(name, tables[name])
        kept[name] = _without(name, frame, failing(schemas.TABLES[name], frame), failed)
    for relation in relations:
        frame = kept[relation.table]
        broken = relation.broken(frame, kept)
        if broken.any():
            kept[relation.table] = _without(relation.table, frame, [(row, relation.name) for row in broken.arg_true()], failed)
    if failed:
        more = pl.concat([kept["rejects"].cast(_REJECT), pl.DataFrame(failed, schema=_REJECT)])
        kept["rejects"] = cast("rejects", more)
    return kept


def _without(table: str, frame: pl.DataFrame, bad: list[tuple[int, str]], rejects: list[dict[str, object]]) -> pl.DataFrame:
    if not bad:
        return frame
    reasons: dict[int, list[str]] = {}
    for row, reason in bad:
        reasons.setdefault(row, []).append(reason)
    for row, names in sorted(reasons.items()):
        text = repr(frame.row(row, named=True))[:500]
        rejects.append({"stage": "validate", "source": table, "line": None, "reason": "; ".join(dict.fromkeys(names)), "text": text})
    return frame.with_row_index("row").filter(~pl.col("row").is_in(list(reasons))).drop("row")

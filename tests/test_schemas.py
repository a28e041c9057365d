from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

import schemas
from extract import frames
from extract.extractor import FIELD_NAMES
from publish.build import Built
from publish.validation import RELATIONS, cast, failing, validate

BAD: dict[str, Any] = {
    "str_matches": "not what it should be",
    "str_length": "",
    "greater_than_or_equal_to": {True: 0.5, False: -1.0},
    "greater_than": 0.0,
    "less_than_or_equal_to": 2.0,
}


def declared() -> Iterator[tuple[str, str, str]]:
    """Every check of every column: table, column, name of the check."""
    for table, model in schemas.TABLES.items():
        for name, column in model.to_schema().columns.items():
            for check in column.checks:
                yield table, name, check.name
            if column.unique:
                yield table, name, "unique"
            if not column.nullable:
                yield table, name, "not_nullable"


def sample(built: Built, table: str) -> pl.DataFrame:
    """A few valid rows of a table; made up where the seeds have none."""
    frame = built.tables[table]
    if table == "rejects":
        rows = {"stage": ["read", "read"], "source": ["a", "b"], "line": [1, 2], "reason": ["x", "y"], "text": ["", ""]}
        return cast("rejects", pl.DataFrame(rows))
    return frame.head(4)


def planted(frame: pl.DataFrame, column: str, value: object) -> pl.DataFrame:
    """The frame with another value in the second row of a column."""
    values = frame[column].to_list()
    values[1] = value
    return frame.with_columns(pl.Series(column, values, dtype=frame.schema[column], strict=False))


@pytest.mark.parametrize(("table", "column", "check"), list(declared()), ids=lambda part: part)
def test_a_planted_violation_is_refused(table: str, column: str, check: str, built: Built) -> None:
    """For every declared check of every column, one bad value is found, in its row, under the check's name."""
    frame = sample(built, table)
    model = schemas.TABLES[table]
    assert failing(model, frame) == []
    match check:
        case "not_nullable":
            value = None
        case "unique":
            value = frame[column][0]
        case "greater_than_or_equal_to":
            lowest = next(one for one in model.to_schema().columns[column].checks if one.name == check).statistics["min_value"]
            value = lowest - 1 if frame.schema[column].is_signed_integer() or frame.schema[column].is_float() else 0
        case "greater_than":
            value = 0
        case _:
            value = BAD[check]
    found = failing(model, planted(frame, column, value))
    rows = {row for row, name in found if check.replace("unique", "field_uniqueness").split("(")[0] in name or check in name}
    assert 1 in rows or (check == "unique" and rows)


FRAME_CHECKS = [(table, check.name) for table, model in schemas.TABLES.items() for check in model.to_schema().checks]
BREAKS: dict[str, dict[str, Any]] = {
    "end_after_start": {"end": 0},
    "values_in_order": {"value_max": float("inf")},
    "factors_in_order": {"factor_max": float("inf")},
}


@pytest.mark.parametrize(("table", "check"), FRAME_CHECKS, ids=lambda part: str(part))
def test_a_planted_violation_across_columns_is_refused(table: str, check: str, built: Built) -> None:
    """Checks over several columns find the row that breaks them."""
    frame = sample(built, table)
    for column, value in BREAKS[check].items():
        frame = planted(frame, column, value)
    assert (1, check) in failing(schemas.TABLES[table], frame)


@pytest.mark.parametrize("table", [table for table, model in schemas.TABLES.items() if model.to_schema().unique])
def test_two_rows_with_one_key_are_refused(table: str, built: Built) -> None:
    """A table whose rows are known by several columns has each combination once."""
    frame = sample(built, table)
    names = schemas.TABLES[table].to_schema().unique or []
    for name in names:
        frame = planted(frame, name, frame[name][0])
    if "end" in frame.columns:
        frame = planted(planted(frame, "end", frame["end"][0]), "text", frame["text"][0])
    assert failing(schemas.TABLES[table], frame)


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: f"{relation.table}-{relation.name}")
def test_a_planted_violation_between_tables_is_refused(relation: Any, built: Built) -> None:
    """Every check between tables takes out the row that breaks it, says why, and leaves the others."""
    tables = dict(built.tables)
    frame = tables[relation.table]
    match relation.name:
        case "paper_known":
            broken = planted(frame, "paper_id", "f" * 16)
        case "rule_known":
            broken = planted(frame, "rule", "nobody.knows")
        case "document_known":
            broken = planted(frame, "document", "nowhere.txt")
        case "span_is_text":
            broken = planted(frame, "text", "x" * len(frame["text"][1]))
        case _:
            broken = planted(frame, "paper_id", frame["paper_id"][0])
            for column, value in (("section", frame["section"][0]), ("start", frame["start"][0] + 1), ("end", frame["end"][0] + 1)):
                broken = planted(broken, column, value)
            broken = planted(broken, "text", "x" * len(frame["text"][0]))
    assert relation.broken(broken, tables | {relation.table: broken}).any()
    kept = validate(tables | {relation.table: broken})
    assert kept[relation.table].height == frame.height - 1
    assert relation.name in " ".join(kept["rejects"]["reason"]) or relation.name == "no_overlap"


def test_every_column_is_described_and_every_number_has_a_unit() -> None:
    """Nothing is published without saying what it is."""
    for model in schemas.TABLES.values():
        assert model.__doc__
        for name, column in model.to_schema().columns.items():
            assert column.description, name
            if column.dtype.type.is_numeric():
                assert (column.metadata or {}).get("unit"), name


def test_extraction_and_schemas_have_the_same_columns() -> None:
    """What a field reads is what its table holds."""
    for table in FIELD_NAMES:
        assert ["mention_id", *frames.schema(table)] == list(schemas.TABLES[table].to_schema().columns)


def test_a_bad_row_stops_no_other(built: Built) -> None:
    """A row that fails goes to rejects with the check's name; the rest of its table is kept."""
    frame = built.tables["speedups"].with_columns(aspect=pl.col("aspect").cast(pl.String))
    values = frame["aspect"].to_list()
    values[0] = "taste"
    kept = validate(built.tables | {"speedups": frame.with_columns(aspect=pl.Series(values))})
    assert kept["speedups"].height == frame.height - 1
    reject = kept["rejects"].filter(pl.col("source") == "speedups").row(0, named=True)
    assert "aspect: not_nullable" in reject["reason"]

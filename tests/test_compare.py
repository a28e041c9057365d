from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from publish.compare import compare, compare_tables
from publish.snapshot import Snapshot, of
from publish.versions import largest
from publish.writing import describe, write
from query import TableError
from tests.releasing import copied


@pytest.fixture
def tables(data: Path) -> dict[str, Snapshot]:
    """The tables of a release."""
    return of({path.stem: pl.read_parquet(path) for path in sorted((data / "0.2.0").glob("*.parquet"))})


def changed(
    snapshot: Snapshot, frame: pl.DataFrame | None = None, key: tuple[str, ...] | None = None, **column: dict[str, Any]
) -> Snapshot:
    """A table with other rows or columns, another key, or other words about a column."""
    columns = {name: {**about, **column.get(name, {})} for name, about in snapshot.columns.items()}
    return Snapshot(snapshot.frame if frame is None else frame, snapshot.about, columns, key or snapshot.key)


def enum(frame: pl.DataFrame, column: str, *values: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(column).cast(pl.String).cast(pl.Enum(values)))


@pytest.mark.parametrize(
    ("change", "says", "bump"),
    [
        (lambda one: changed(one, one.frame.drop("count")), "hardware.count is gone", "major"),
        (lambda one: changed(one, one.frame.rename({"count": "number"})), "hardware.count is gone", "major"),
        (lambda one: changed(one, one.frame.with_columns(price=pl.lit(1.0))), "hardware.price is new: float64", "minor"),
        (lambda one: changed(one, one.frame.select(*reversed(one.frame.columns))), "columns in another order", "minor"),
        (lambda one: changed(one, one.frame.with_columns(pl.col("count").cast(pl.UInt64))), "was uint32, is uint64", "minor"),
        (lambda one: changed(one, one.frame.with_columns(pl.col("count").cast(pl.UInt16))), "was uint32, is uint16", "major"),
        (lambda one: changed(one, one.frame.with_columns(pl.col("count").cast(pl.String))), "was uint32, is string", "major"),
        (lambda one: changed(one, enum(one.frame, "section", "title", "abstract", "body")), "can now be 'body'", "minor"),
        (lambda one: changed(one, enum(one.frame, "section", "abstract")), "can no longer be 'title'", "major"),
        (lambda one: changed(one, count={"unit": "racks"}), "another unit: was devices, is racks", "major"),
        (lambda one: changed(one, device={"nullable": True}), "can now be null", "major"),
        (lambda one: changed(one, count={"nullable": False}), "is never null any more", "minor"),
        (lambda one: changed(one, count={"description": "how many there are"}), "is described anew", "patch"),
        (lambda one: changed(one, key=("paper_id", "start")), "has another key", "major"),
    ],
)  # fmt: skip
def test_a_difference_of_columns_requires_its_bump(change: Any, says: str, bump: str, tables: dict[str, Snapshot]) -> None:
    """Each kind of difference is named and has the bump of the rule in CONTRIBUTING."""
    frame = tables["hardware"].frame.filter(pl.col("section") == "abstract")
    before = tables | {"hardware": changed(tables["hardware"], frame)}
    difference = compare_tables(before, before | {"hardware": change(before["hardware"])})
    assert any(says in str(one) for one in difference.schema), difference.schema
    assert largest([one.bump for one in difference.schema]) == bump
    assert difference.bump == bump


def test_a_table_more_or_less(tables: dict[str, Snapshot]) -> None:
    """A table that is gone is major, a new one minor."""
    less = {name: table for name, table in tables.items() if name != "hardware"}
    assert [(str(one), one.bump) for one in compare_tables(tables, less).schema] == [("table hardware is gone", "major")]
    assert compare_tables(less, tables).bump == "minor"


@pytest.mark.parametrize(
    ("table", "before", "after", "bump"),
    [
        ("papers", 3, 4, "minor"),
        ("papers", 4, 3, "major"),
        ("metrics", 3, 4, "patch"),
        ("metrics", 4, 3, "patch"),
        ("rules", 3, 4, "patch"),
        ("listings", 3, 4, "minor"),
        ("documents", 1, 2, "minor"),
        ("metrics", 4, 4, "none"),
    ],
)
def test_rows_require_their_bump(table: str, before: int, after: int, bump: str, tables: dict[str, Snapshot]) -> None:
    """More papers are minor, fewer major; mentions that come and go are corrected values."""
    one, other = ({**tables, table: changed(tables[table], tables[table].frame.head(rows))} for rows in (before, after))
    assert compare_tables(one, other).bump == bump


def test_the_change_table_has_every_change(data: Path, tmp_path: Path) -> None:
    """As Parquet: a line for each row gained or lost with its values, and for each value changed; as JSON: the counts."""
    mine = copied(data / "0.2.0", tmp_path / "mine")
    frame = pl.read_parquet(mine / "model_sizes.parquet")
    other = frame.slice(1).with_columns(model=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("Ürsprung")).otherwise("model"))
    write("model_sizes", other, mine / "model_sizes.parquet")
    call = [sys.executable, "-m", "cli", "compare", str(data / "0.2.0"), str(mine), "--json", "--parquet", "changes.parquet"]
    result = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert json.loads(result.stdout)["tables"] == {"model_sizes": {"gained": 0, "lost": 1, "changed": 1, "columns": {"model": 1}}}
    rows = {row["change"]: row for row in pl.read_parquet(tmp_path / "changes.parquet").to_dicts()}
    assert rows["lost"]["key"] == frame["mention_id"][0]
    assert json.loads(rows["lost"]["before"])["text"] == frame["text"][0]
    assert (rows["changed"]["key"], rows["changed"]["column"], rows["changed"]["after"]) == (frame["mention_id"][1], "model", '"Ürsprung"')


def test_a_changed_type_does_not_hide_changed_values(tables: dict[str, Snapshot]) -> None:
    """Values are compared across types: the same numbers as texts are no changed values."""
    frame = tables["hardware"].frame
    change = compare_tables(tables, tables | {"hardware": changed(tables["hardware"], frame.with_columns(pl.col("count").cast(pl.UInt64)))})
    assert not change.tables
    text = compare_tables(tables, tables | {"hardware": changed(tables["hardware"], frame.with_columns(pl.col("device") + "x"))})
    assert text.tables[0].columns.keys() == {"device"}


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 nothing PAR1"])
def test_what_is_no_parquet_is_said(content: bytes, data: Path, tmp_path: Path) -> None:
    """A file that cannot be read is named, not a traceback; so is metadata that is not this package's."""
    mine = copied(data / "0.1.0", tmp_path / "mine")
    (mine / "metrics.parquet").write_bytes(content)
    with pytest.raises(TableError, match=r"metrics\.parquet: cannot be read"):
        compare(data / "0.1.0", mine)
    frame = pl.read_parquet(data / "0.1.0" / "metrics.parquet")
    frame.write_parquet(mine / "metrics.parquet", metadata={**describe("metrics"), "paperfacts.columns": "[1"})
    with pytest.raises(TableError, match="cannot be read"):
        compare(data / "0.1.0", mine)

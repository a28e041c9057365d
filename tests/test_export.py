from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import duckdb
import polars as pl
import pytest

from query import TableError, connect
from query.export import to_csv, to_duckdb, to_jsonl, to_sqlite
from query.named_queries import load
from query.run import run
from schemas import MENTIONS, TABLES, info
from tests.releasing import copied

ASKED = {"dataset": "ImageNet", "metric": "FID", "paper": "model soups"}


@pytest.fixture(scope="module")
def exported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All exports of the seeds' tables."""
    out = tmp_path_factory.mktemp("exports")
    to_duckdb(folder, out / "x.duckdb")
    to_sqlite(folder, out / "x.sqlite")
    to_csv(folder, out / "csv")
    to_jsonl(folder, out / "jsonl")
    return out


@pytest.fixture(scope="module")
def database(exported: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(exported / "x.duckdb"), read_only=True)


def test_the_duckdb_file_is_of_the_format_that_old_ones_read(exported: Path) -> None:
    """Storage version 64 is that of v1.0.0: older programs and browsers open it."""
    assert int.from_bytes((exported / "x.duckdb").read_bytes()[12:20], "little") == 64


@pytest.mark.parametrize("table", TABLES)
def test_the_duckdb_file_has_every_row_and_comment(table: str, database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The tables are those of the folder, and say what they are."""
    frame = pl.read_parquet(folder / f"{table}.parquet").with_columns(pl.col(pl.Enum).cast(pl.String))
    assert database.sql(f"FROM {table}").fetchall() == frame.rows()
    comments = dict(database.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall())
    for column in info(table).columns:
        assert column.description in comments[column.name]


def test_every_mention_is_shown_in_its_context(database: duckdb.DuckDBPyConnection) -> None:
    """The context has the mention in brackets between what stands around it in the paper."""
    rows = database.sql(
        'SELECT "table", text, context, "section", "start", CASE section WHEN \'title\' THEN p.title ELSE abstract END FROM mentions JOIN papers AS p USING (paper_id)'
    ).fetchall()
    assert {row[0] for row in rows} == set(MENTIONS)
    for _, text, context, _, start, source in rows:
        assert context == f"{source[max(0, start - 40) : start]}[{text}]{source[start + len(text) : start + len(text) + 40]}"


@pytest.mark.parametrize("name", load())
def test_every_named_query_is_a_macro_with_the_same_answer(name: str, database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """With and without parameters, the macro in the file gives what the command gives; no parameter shadows a column."""
    query = load()[name]
    given = {parameter: ASKED[parameter] for parameter in query.parameters}
    for parameters in {json.dumps(given): given, "{}": {}}.values():
        asked = run(connect(folder), query.sql, {parameter: parameters.get(parameter) for parameter in query.parameters})
        assert asked is not None
        call = ", ".join(f"{parameter} := '{value}'" for parameter, value in parameters.items())
        assert database.sql(f"FROM {name}({call})").fetchall() == asked.fetchall()


def test_sqlite_has_every_row(exported: Path, folder: Path) -> None:
    """The tables are those of the folder, truth values as numbers; columns are described in the schema."""
    database = sqlite3.connect(exported / "x.sqlite")
    for table in TABLES:
        frame = pl.read_parquet(folder / f"{table}.parquet").with_columns(pl.col(pl.Enum).cast(pl.String))
        assert database.execute(f"SELECT * FROM {table}").fetchall() == frame.rows()
        (schema,) = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
        assert all(column.description in schema for column in info(table).columns)
    database.close()


def test_jsonl_has_every_row(exported: Path, folder: Path) -> None:
    """A JSON object a line, nulls as nulls."""
    for table in TABLES:
        rows = [json.loads(line) for line in (exported / "jsonl" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert rows == pl.read_parquet(folder / f"{table}.parquet").to_dicts()


def test_csv_has_every_row_and_no_formula(exported: Path, folder: Path) -> None:
    """Every cell is the value's, but for an apostrophe before a text that a spreadsheet would run."""
    for table in TABLES:
        frame = pl.read_parquet(folder / f"{table}.parquet")
        with (exported / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == frame.height
        for row, values in zip(rows, frame.iter_rows(named=True), strict=True):
            for name, value in values.items():
                if isinstance(value, str):
                    assert row[name].removeprefix("'" if value[0:1] in "=+-@" else "") == value
                    assert len(row[name]) < 2 or row[name][0] not in "=+-@\t\r" or name == "comparator"


def test_a_formula_in_a_text_is_disarmed(data: Path, tmp_path: Path) -> None:
    """A text that begins like a formula gets an apostrophe; comparators and numbers stay as they are."""
    mine = copied(data / "0.1.0", tmp_path / "mine")
    texts = ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(1)", "\tx", "plain", "="]
    pl.DataFrame({"text": texts, "value": [-1.0] * 7}).write_parquet(mine / "hardware.parquet")
    to_csv(mine, tmp_path / "out")
    with (tmp_path / "out" / "hardware.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert [row[0] for row in rows] == ["'=cmd|' /C calc'!A0", "'+1", "'-2", "'@SUM(1)", "'\tx", "plain", "="]
    assert {row[1] for row in rows} == {"-1.0"}


def test_nothing_is_written_over_and_nothing_half_written(folder: Path, tmp_path: Path) -> None:
    """What is there stays; an export that fails leaves nothing."""
    (tmp_path / "x.duckdb").write_text("mine")
    with pytest.raises(TableError, match="is there already"):
        to_duckdb(folder, tmp_path / "x.duckdb")
    assert (tmp_path / "x.duckdb").read_text() == "mine"
    broken = copied(folder, tmp_path / "broken")
    (broken / "metrics.parquet").write_bytes(b"PAR1 no PAR1")
    for write in (to_duckdb, to_sqlite, to_csv, to_jsonl):
        with pytest.raises(TableError, match="metrics"):
            write(broken, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"x.duckdb", "broken"}


def test_a_release_says_its_version_in_every_export(data: Path, tmp_path: Path) -> None:
    """The table `about` of a database names the version that it is made of."""
    to_duckdb(data / "0.2.0", tmp_path / "x.duckdb")
    to_sqlite(data / "0.2.0", tmp_path / "x.sqlite")
    said = {"name": "paperfacts", "version": "0.2.0", "schema_version": "1.0.0"}
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as database:
        assert dict(database.sql("FROM about").fetchall()) == said
    assert dict(sqlite3.connect(tmp_path / "x.sqlite").execute("SELECT * FROM about").fetchall()) == said

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from cli.console import plain
from publish.writing import sha256
from query import TableError, connect, tables_in
from query.connect import locked
from query.run import explained, run
from tests.releasing import copied

ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202e"


def call(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "cli", "query", *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def sums(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): sha256(path) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def release(data: Path, tmp_path: Path) -> Path:
    """A release that may be damaged, in a folder that a statement may try to write to."""
    (tmp_path / "mine.csv").write_text("a\n1\n")
    return copied(data / "0.2.0", tmp_path / "release")


def test_the_lock_changes_no_answer(folder: Path) -> None:
    """Behind the lock every table has the columns, types, descriptions and rows, in the order, that it has without."""
    free, shut = connect(folder), locked(folder)
    for name in tables_in(folder):
        for sql in (f"DESCRIBE {name}", f"FROM {name}", f"SELECT comment FROM duckdb_columns() WHERE table_name = '{name}'"):
            assert shut.sql(sql).fetchall() == free.sql(sql).fetchall()


REFUSED = [
    "COPY papers TO '{0}/out.csv'",
    "COPY papers TO '{0}/release/papers.parquet' (FORMAT parquet)",
    "WITH x AS (COPY papers TO '{0}/release/papers.parquet') FROM x",
    "WITH x AS MATERIALIZED (COPY (SELECT 1) TO '{0}/out.csv') SELECT 2",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{0}/out.csv'",
    "FROM query('WITH x AS (COPY papers TO ''{0}/out.csv'') FROM x')",
    "COPY (PIVOT speedups ON aspect) TO '{0}/out.csv'",
    "EXPORT DATABASE '{0}/out'",
    "ATTACH '{0}/out.duckdb'",
    "FROM read_csv('{0}/mine.csv')",
    "FROM '{0}/mine.csv'",
    "FROM read_text('/etc/passwd')",
    "FROM read_parquet('{0}/release/papers.parquet')",
    "FROM glob('{0}/*')",
    "CREATE MACRO x(a) AS TABLE FROM read_text(a); FROM x('{0}/mine.csv')",
    "FROM 'https://example.org/x.parquet'",
    "COPY papers TO 's3://bucket/x.parquet'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE PERSISTENT SECRET x (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "SET memory_limit = '900GB'",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "CALL enable_logging(storage='file', storage_path='{0}/out')",
    "UPDATE papers SET title = ''",
    "DELETE FROM papers",
    "INSERT INTO papers SELECT * FROM papers",
    "FROM release",
]


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Run a statement and ask for all its rows."""
    with explained(connection):
        result = run(connection, sql)
        if result is not None:
            result.fetchall()


@pytest.mark.parametrize("sql", REFUSED)
def test_a_statement_can_only_read_the_tables(sql: str, release: Path, tmp_path: Path) -> None:
    """No way to write, to read what is not in the tables, to load code or to change a setting, alone or inside another statement."""
    before = sums(tmp_path)
    connection = locked(release)
    with pytest.raises(TableError):
        answer(connection, sql.format(tmp_path))
    assert sums(tmp_path) == before


def test_unsafe_lifts_the_lock(release: Path, tmp_path: Path) -> None:
    """A file of one's own is read with --unsafe, and refused without, with a word on how."""
    sql = "SELECT a FROM 'mine.csv'"
    refused = call(sql, "--data", str(release), cwd=tmp_path)
    assert (refused.returncode, "--unsafe lifts the lock" in " ".join(refused.stderr.split())) == (2, True)
    assert call(sql, "--data", str(release), "--unsafe", "--format", "csv", cwd=tmp_path).stdout == "a\n1\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("SELECT count(*) FROM range(1000000000) a, range(1000000) b", "--timeout", "0.5"), "stopped after 0.5 seconds"),
        (("SELECT list(a) FROM range(1000000000) t(a)", "--memory", "100MB"), "more memory than it may"),
        (("SELECT 1", "--memory", "much"), "'much' is no size of memory"),
        (("SELECT title::INTEGER FROM papers",), "Could not convert string"),
        (("SELECT error('boom')",), "boom"),
    ],
)
def test_what_goes_wrong_while_it_runs_is_said(arguments: tuple[str, ...], says: str, release: Path, tmp_path: Path) -> None:
    """Limits and errors that only the rows bring up end with a message and exit code 2, in every format."""
    for format in ("table", "csv", "json"):
        result = call(*arguments, "--data", str(release), "--format", format, cwd=tmp_path)
        assert result.returncode == 2
        assert says in " ".join(result.stderr.split())
        assert "Traceback" not in result.stderr


def test_a_failed_query_leaves_the_file_before_it(release: Path, tmp_path: Path) -> None:
    """--out has the whole answer or what was there before, and nothing half beside it."""
    (tmp_path / "x.csv").write_text("before")
    for format in ("csv", "json", "parquet"):
        sql = "SELECT CASE WHEN a = 60000 THEN error('late') ELSE a END FROM range(90000) t(a)"
        assert call(sql, "--data", str(release), "--format", format, "-o", "x.csv", cwd=tmp_path).returncode == 2
        assert (tmp_path / "x.csv").read_text() == "before"
        assert {path.name for path in tmp_path.iterdir()} == {"x.csv", "mine.csv", "release"}


def test_answers_in_pieces_are_whole(release: Path, tmp_path: Path) -> None:
    """An answer of many batches, and one of none, is one CSV, one JSON array, one Parquet file."""
    for count in (0, 1, 25_000):
        sql = f"SELECT a, 'x' || a AS b FROM range({count}) t(a) ORDER BY a"
        for format, read in (("csv", pl.read_csv), ("json", pl.read_json), ("parquet", pl.read_parquet)):
            assert call(sql, "--data", str(release), "--format", format, "-o", "x", cwd=tmp_path).returncode == 0
            if format == "json" and not count:
                assert (tmp_path / "x").read_text() == "[]\n"
            else:
                assert read(tmp_path / "x").rows() == [(n, f"x{n}") for n in range(count)]  # type: ignore[operator]


@pytest.fixture
def hostile(release: Path) -> Path:
    """A release in which a title is escape sequences, and a dataset a formula."""
    papers = pl.read_parquet(release / "papers.parquet")
    papers.with_columns(title=pl.when(pl.row_index() == 0).then(pl.lit(ESCAPES + " title")).otherwise("title")).write_parquet(
        release / "papers.parquet"
    )
    return release


def on_a_terminal(*arguments: str, cwd: Path) -> str:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "NO_COLOR": "1", "TERM": "dumb"},
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # the terminal's other end is closed
        pass
    process.wait()
    os.close(ours)
    return said.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "SELECT title FROM papers"),
        ("query", "SELECT title AS a FROM papers", "--format", "csv"),
        ("query", "SELECT title AS a FROM papers", "--format", "json"),
        ("query", "SELECT title::INTEGER FROM papers"),
        ("query", f'SELECT 1 AS "{ESCAPES}"'),
        ("show", "owned"),
        ("show", "title"),
        ("show", "owned", "--json"),
        ("compare", "release", "other"),
        ("query", "SELECT 1", "--version", ESCAPES),
    ],
)
def test_no_value_commands_the_terminal(arguments: tuple[str, ...], hostile: Path, data: Path, tmp_path: Path) -> None:
    """Escape sequences and controls of direction in titles, names and errors are shown as boxes."""
    copied(data / "0.1.0", tmp_path / "other")
    folder = () if arguments[0] == "compare" or "--version" in arguments else ("--data", str(hostile))
    said = on_a_terminal(*arguments, *folder, cwd=tmp_path)
    assert said.strip()
    assert not set(said) & set("\x1b\x07\x9b\u202e")


def test_a_pipe_has_the_values_as_they_are(hostile: Path, tmp_path: Path) -> None:
    """What another program reads is what the table holds."""
    sql = "SELECT title FROM papers WHERE title <> 'title'"
    assert ESCAPES in call(sql, "--data", str(hostile), "--format", "csv", cwd=tmp_path).stdout


def test_a_formula_in_a_csv_answer_is_disarmed(release: Path, tmp_path: Path) -> None:
    """A text that a spreadsheet would run has an apostrophe before it; numbers and comparators have none."""
    sql = "SELECT unnest(['=1+1', '=' || chr(10) || '1', '+1', '-1', '@a', chr(9) || 'a', chr(10) || '=1', '＝1', '=', 'a']) AS a, -1 AS b"
    answer = call(sql, "--data", str(release), "--format", "csv", "-o", "x.csv", cwd=tmp_path)
    assert answer.returncode == 0
    rows = pl.read_csv(tmp_path / "x.csv").rows()
    assert [row[0][:1] for row in rows] == ["'"] * 8 + ["=", "a"]
    assert {row[1] for row in rows} == {-1}


def test_plain_keeps_what_is_printed() -> None:
    """Letters of all scripts, signs and emoji stay; every box stands for one sign."""
    text = "Ünïcode 中文 عربي 𝛼 🧪 ½"
    assert plain(text) == text
    assert plain("a\x1b[0m\nb") == "a\ufffd[0m\ufffdb"

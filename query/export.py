"""Tables in one file or folder for other programs: DuckDB, SQLite, CSV, JSON lines."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import regex

from query.connect import TableError, about, comment, connect, literal, quoted, tables_in
from query.named_queries import load
from schemas import MENTIONS, TABLES, info

_CONTEXT = """
    SELECT m.*, p.title,
           substring(CASE m.section WHEN 'title' THEN p.title ELSE p.abstract END, greatest(1, m.start::BIGINT - 39), least(40, m.start))
           || '[' || m.text || ']'
           || substring(CASE m.section WHEN 'title' THEN p.title ELSE p.abstract END, m."end" + 1, 40) AS context
    FROM {table} AS m JOIN papers AS p USING (paper_id)"""
_FAMILY = r"""
    CASE WHEN length(regexp_replace(model, '[\s_-]*[vV]?[0-9].*$', '')) < 2 THEN lower(model)
         ELSE lower(regexp_replace(model, '[\s_-]*[vV]?[0-9].*$', '')) END"""
"""A model's name in lower case up to its first number: Llama-2, LLaMA and Llama 3.1 are llama; names of one letter (T5) stay whole."""
_BATCH = 10_000
_FORMULA = r"(?s)^[=+\-@\t\r\n＝＋－＠]."
"""A cell that a spreadsheet may run: it begins like a formula, and is no comparator by itself."""
DISARMED = pl.when(pl.col(pl.String).str.contains(_FORMULA)).then("'" + pl.col(pl.String)).otherwise(pl.col(pl.String)).name.keep()
"""Every text, with an apostrophe before one that a spreadsheet would run as a formula."""


def to_duckdb(folder: Path, out: Path) -> None:
    """One .duckdb file that DuckDB 1.1 and newer read, offline: tables, views with context, macros for the named queries, comments."""
    _written(out, lambda partial: _duckdb(folder, partial))


def _duckdb(folder: Path, out: Path) -> None:
    tables = tables_in(folder)
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {literal(str(out))} AS release (STORAGE_VERSION 'v1.0.0')")
        connection.execute("USE release")
        connection.execute("CREATE TABLE about (key VARCHAR, value VARCHAR)")
        connection.executemany("INSERT INTO about VALUES (?, ?)", _about(folder))
        for name, path in tables.items():
            connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT * FROM read_parquet({literal(path)})")
            comment(connection, "TABLE", name, path)
        _views(connection)
        connection.execute(f"CREATE MACRO model_family(model) AS {_FAMILY}")
        connection.execute("COMMENT ON MACRO model_family IS 'A name of a model in lower case up to its first number: Llama-2 is llama.'")
        for query in load().values():
            parameters = ", ".join(f"{name} := NULL" for name in query.parameters)
            body = regex.sub(r"\$([a-z_]+)", r"\1", query.sql)
            connection.execute(f"CREATE MACRO {query.name}({parameters}) AS TABLE {body}")
            connection.execute(f"COMMENT ON MACRO TABLE {query.name} IS {literal(query.answers)}")
        connection.execute("USE memory")
        connection.execute("DETACH release")
    except duckdb.Error as error:
        raise TableError(f"{folder}: cannot be exported: {' '.join(str(error).split())[:600]}") from error
    finally:
        connection.close()


def _views(connection: duckdb.DuckDBPyConnection) -> None:
    """For each table of mentions a view with the title and the text around each mention, and one of all mentions."""
    for table in MENTIONS:
        connection.execute(f"CREATE VIEW {table}_in_context AS {_CONTEXT.format(table=table)}")
        connection.execute(f"COMMENT ON VIEW {table}_in_context IS 'The table {table} with the title and the text around each mention.'")
    columns = 'mention_id, paper_id, title, section, start, "end", text, rule, context'
    parts = [f"SELECT '{table}' AS \"table\", {columns} FROM {table}_in_context" for table in MENTIONS]
    connection.execute("CREATE VIEW mentions AS " + " UNION ALL ".join(parts))
    connection.execute("COMMENT ON VIEW mentions IS 'Every mention of every table, with the title and the text around it.'")


def _about(folder: Path) -> list[tuple[str, str]]:
    """Where the tables are from: name, version and schema version, as far as their files say."""
    connection = connect(folder)
    said = about(connection, next(iter(tables_in(folder).values())))
    versions = {key: said.get(f"paperfacts.{key}") for key in ("version", "schema_version")}
    return [("name", "paperfacts"), *((key, value) for key, value in versions.items() if value)]


_SQLITE_TYPES = {"VARCHAR": "TEXT", "DOUBLE": "REAL"}


def to_sqlite(folder: Path, out: Path) -> None:
    """One SQLite file: a table per table, its columns described in the schema's comments, truth values as 0 and 1."""
    _written(out, lambda partial: _sqlite(folder, partial))


def _sqlite(folder: Path, out: Path) -> None:
    source = connect(folder)
    try:
        target = sqlite3.connect(out)
    except sqlite3.Error as error:
        raise TableError(f"{out}: cannot be written: {error}") from error
    try:
        target.execute("CREATE TABLE about (key TEXT, value TEXT)")
        target.executemany("INSERT INTO about VALUES (?, ?)", _about(folder))
        for name in tables_in(folder):
            columns = source.execute(
                "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
                [name],
            ).fetchall()
            lines = [
                f"  {quoted(column)} {_SQLITE_TYPES.get(kind, 'INTEGER')}{',' if at < len(columns) else ''} -- {' '.join(said.split())}"
                for at, (column, kind, said) in enumerate(columns, start=1)
            ]
            target.execute(f"CREATE TABLE {quoted(name)} (\n" + "\n".join(lines) + "\n)")
            rows = source.execute(f"SELECT * FROM {quoted(name)}")
            places = ", ".join("?" * len(columns))
            while batch := rows.fetchmany(_BATCH):
                target.executemany(f"INSERT INTO {quoted(name)} VALUES ({places})", batch)
            key = info(name).key[0] if name in TABLES else ""
            for column in (column for column, _, _ in columns if column in (key, "paper_id")):
                target.execute(f"CREATE INDEX {quoted(f'{name}_{column}')} ON {quoted(name)} ({quoted(column)})")
        target.commit()
    except sqlite3.Error as error:
        raise TableError(f"{out}: cannot be written: {error}") from error
    finally:
        target.close()
        source.close()


def to_csv(folder: Path, out: Path) -> None:
    """A folder of CSV files. Before a text that a spreadsheet would run as a formula stands an apostrophe, as spreadsheets write it."""
    _written(out, lambda partial: _scans(folder, partial, lambda scan, path: scan.with_columns(DISARMED).sink_csv(path), "csv"))


def to_jsonl(folder: Path, out: Path) -> None:
    """A folder of files with one JSON object a line."""
    _written(out, lambda partial: _scans(folder, partial, lambda scan, path: scan.sink_ndjson(path), "jsonl"))


def _scans(folder: Path, out: Path, sink: Callable[[pl.LazyFrame, Path], None], suffix: str) -> None:
    out.mkdir()
    for name, path in tables_in(folder).items():
        try:
            sink(pl.scan_parquet(path), out / f"{name}.{suffix}")
        except pl.exceptions.PolarsError as error:
            raise TableError(f"{path}: cannot be read: {error}") from error


def _written(out: Path, write: Callable[[Path], None]) -> None:
    """Let something be written in its place whole or not at all. Raises TableError if something is there already."""
    if out.exists():
        raise TableError(f"{out}: is there already; name a new one, nothing is written over")
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole(out) as partial:
        write(partial)


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A place beside `out` to write to; what is there at the end is moved to `out`, and nothing is if the body fails.

    What a process left there that was killed is removed.
    """
    prefix = f".{out.name}.partial-"
    for path in out.parent.glob(f"{glob.escape(prefix)}*"):
        if not _is_alive(path.name.removeprefix(prefix).partition(".")[0].partition("-")[0]):
            _remove(path)
    partial = out.with_name(f"{prefix}{os.getpid()}")
    try:
        yield partial
        partial.replace(out)
    finally:
        for path in out.parent.glob(f"{glob.escape(partial.name)}*"):  # databases have a journal beside them
            _remove(path)


def _is_alive(process: str) -> bool:
    """Whether a process is still there, as far as one may ask."""
    if os.name == "nt":  # where asking would end it
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

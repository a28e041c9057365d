"""A folder of tables as an in-memory DuckDB database."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb


class TableError(Exception):
    """A folder holds no tables, or a query names what is not there; the message says what to do."""


def tables_in(folder: str | Path) -> dict[str, str]:
    """The tables of a release, a build, or an `extract` output: name -> absolute path (or pattern) of its Parquet files.

    Raises TableError if the folder holds none.
    """
    root = Path(folder).resolve()
    found = {path.stem: str(path) for path in sorted(root.glob("*.parquet"))}
    for path in sorted(root.glob("*/part-*.parquet")):
        found.setdefault(path.parent.name, str(path.parent / "part-*.parquet"))
    if not found:
        raise TableError(f"{root}: no tables (*.parquet or */part-*.parquet) in it; run `paperfacts build`, or name a folder with --data")
    return found


def connect(folder: str | Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database with one view per table, from any working folder.

    Views and columns carry the descriptions that the files have of themselves (`DESCRIBE`, `duckdb_columns()`).
    Raises TableError if the folder holds no tables.
    """
    tables = tables_in(folder)
    connection = duckdb.connect()
    for name, path in tables.items():
        connection.execute(f"CREATE VIEW {_quoted(name)} AS SELECT * FROM read_parquet({_text(path)})")
        for key, value in connection.execute("SELECT DISTINCT key, value FROM parquet_kv_metadata(?)", [path]).fetchall():
            if key == b"paperfacts.description":
                connection.execute(f"COMMENT ON VIEW {_quoted(name)} IS {_text(value.decode())}")
            elif key == b"paperfacts.columns":
                for column, about in json.loads(value).items():
                    unit = f" ({about['unit']})" if about.get("unit") else ""
                    connection.execute(f"COMMENT ON COLUMN {_quoted(name)}.{_quoted(column)} IS {_text(about['description'] + unit)}")
    return connection


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

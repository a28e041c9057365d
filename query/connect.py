"""A folder of tables as an in-memory DuckDB database."""

from __future__ import annotations

import glob
import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset


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
        try:
            connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM read_parquet({literal(path)})")
            comment(connection, "VIEW", name, path)
        except (duckdb.Error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise TableError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error
    return connection


_LOCKS = (
    "SET temp_directory = ''",  # what is too large for memory is an error, and no file in the working folder
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
MEMORY = "4GB"
"""What a statement may take, if nobody says otherwise."""


def locked(folder: str | Path, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """The views of `connect` in a database that can do nothing but read them, whatever statement it is given.

    It opens and writes no file and no address, loads no extension, takes no more than `memory`, and none of that can be
    changed. pyarrow reads the tables for it: a folder that DuckDB itself may read is one that `COPY` may write to.
    Raises TableError if the folder holds no tables, or `memory` is no size.
    """
    tables = tables_in(folder)
    connection = duckdb.connect()
    for name, path in tables.items():
        try:
            files = sorted(glob.glob(path))  # noqa: PTH207 - the path is absolute and may be a pattern
            schema = pyarrow.dataset.dataset(files, format="parquet").schema
            plain = pa.schema([one.with_type(pa.string()) if pa.types.is_dictionary(one.type) else one for one in schema])
            connection.register(name, pyarrow.dataset.dataset(files, schema=plain, format="parquet"))
            comment(connection, "VIEW", name, path)
        except (duckdb.Error, pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise TableError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error
    limit_memory(connection, memory)
    for lock in _LOCKS:
        connection.execute(lock)
    return connection


def limit_memory(connection: duckdb.DuckDBPyConnection, memory: str) -> None:
    """Let statements take so much memory and no more. Raises TableError if that is no size."""
    try:
        connection.execute(f"SET memory_limit = {literal(memory)}")
    except duckdb.Error as error:
        raise TableError(f"{memory!r} is no size of memory; give one such as 500MB or 4GB") from error


def about(connection: duckdb.DuckDBPyConnection, path: str) -> dict[str, str]:
    """What the Parquet files of a table say of themselves."""
    rows = connection.execute("SELECT DISTINCT key, value FROM parquet_kv_metadata(?)", [path]).fetchall()
    return {key.decode(): value.decode() for key, value in rows if key.startswith(b"paperfacts.")}


def comment(connection: duckdb.DuckDBPyConnection, kind: str, name: str, path: str) -> None:
    """Give a view or table, and its columns, the descriptions that its files carry."""
    said = about(connection, path)
    if "paperfacts.description" in said:
        connection.execute(f"COMMENT ON {kind} {quoted(name)} IS {literal(said['paperfacts.description'])}")
    for column, one in json.loads(said.get("paperfacts.columns", "{}")).items():
        unit = f" ({one['unit']})" if one.get("unit") else ""
        connection.execute(f"COMMENT ON COLUMN {quoted(name)}.{quoted(column)} IS {literal(one['description'] + unit)}")


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"

"""Run SQL over tables, with errors that say what is there instead."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches

import duckdb
import regex

from query.connect import TableError

_UNKNOWN_TABLE = regex.compile(r"Table with name \"?(?P<name>[^\s\"!]+)\"? does not exist")
_UNKNOWN_COLUMN = regex.compile(
    r"(?:Referenced column \"(?P<name>[^\"]+)\" not found|does not have a column named \"(?P<name>[^\"]+)\"|column named \"(?P<name>[^\"]+)\")"
)


def run(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, str | None] | None = None
) -> duckdb.DuckDBPyRelation | None:
    """The result of one statement; None if it has no rows to give.

    Raises TableError for an unknown table or column, with the nearest names, and for any other mistake in the SQL.
    """
    with explained(connection):
        return connection.sql(sql, params=dict(parameters) if parameters else None)


@contextmanager
def explained(connection: duckdb.DuckDBPyConnection, seconds: float | None = None) -> Iterator[None]:
    """Stop what is run in the body after some seconds, and say of every error of DuckDB what to do, as a TableError."""
    timer = threading.Timer(seconds, connection.interrupt) if seconds else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise TableError(f"stopped after {seconds:g} seconds; ask for less, or give it more with --timeout") from error
    except duckdb.OutOfMemoryException as error:
        raise TableError("the statement takes more memory than it may; ask for less, or give it more with --memory") from error
    except duckdb.PermissionException as error:
        said = str(error).splitlines()[0]
        raise TableError(f"{said}; a query reads the tables and nothing else: --out writes its answer, --unsafe lifts the lock") from error
    except duckdb.Error as error:
        raise TableError(_explained(connection, error)) from error
    finally:
        if timer:
            timer.cancel()


def _explained(connection: duckdb.DuckDBPyConnection, error: duckdb.Error) -> str:
    message = str(error)
    if found := _UNKNOWN_TABLE.search(message):
        names = [row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
        return f"no table {found['name']!r}; {_nearest(found['name'], names)}"
    if found := _UNKNOWN_COLUMN.search(message):
        columns = connection.execute(
            "SELECT table_name || '.' || column_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        near = get_close_matches(found["name"], {row[1] for row in columns}, n=3, cutoff=0.5)
        where = ", ".join(row[0] for row in columns if row[1] in near)
        return f"no column {found['name']!r}" + (f"; the nearest are {where}" if where else f": {message.splitlines()[0]}")
    return message


def _nearest(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    return (
        f"did you mean {' or '.join(near)}? The tables are {', '.join(sorted(names))}"
        if near
        else f"the tables are {', '.join(sorted(names))}"
    )

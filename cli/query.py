"""`paperfacts query`: SQL over the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Annotated

import duckdb
import polars as pl
import pyarrow.parquet as pq
import typer
from rich.table import Table
from rich.text import Text

from cli.console import NEW_LINE, OUT, plain, tell
from cli.data import folder
from query import TableError, connect
from query.connect import MEMORY, limit_memory, locked
from query.export import DISARMED, whole
from query.named_queries import load
from query.run import explained, run

_SHOWN = 200
_BATCH = 10_000


def command(
    sql: Annotated[str | None, typer.Argument(help="A statement, or nothing with --named, --file or --list.", show_default=False)] = None,
    named: Annotated[str | None, typer.Option(help="Run a named query; --list shows them.")] = None,
    file: Annotated[Path | None, typer.Option(help="Run the statement in a file.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="A parameter of the query: name=value.")] = None,
    data: Annotated[Path | None, typer.Option(help="A folder of tables; the newest release (or ./build) if not given.")] = None,
    version: Annotated[str | None, typer.Option(help="A release by its version.")] = None,
    format: Annotated[str, typer.Option(help="table, csv, json or parquet.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write to, for csv, json and parquet.")] = None,
    timeout: Annotated[float, typer.Option(min=0.001, help="Seconds that the statement may take.")] = 300,
    memory: Annotated[str, typer.Option(help="What it may take of memory.")] = MEMORY,
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Let it read and write any file and load extensions.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Show the named queries and stop.")] = False,
) -> None:
    """Ask the tables with SQL (DuckDB). The statement reads them and can do nothing else, but with --unsafe.

    Example: `paperfacts query "SELECT dataset, count(*) FROM datasets GROUP BY ALL ORDER BY 2 DESC"`

    Example: `paperfacts query --named reports_on_dataset -p dataset=GSM8K`
    """
    queries = load()
    if list_:
        shown = Table("name", "parameters", "answers")
        for query in queries.values():
            shown.add_row(query.name, ", ".join(query.parameters), query.answers)
        OUT.print(shown)
        return
    if sum(given is not None for given in (sql, named, file)) != 1:
        raise TableError("give one of: a statement, --named NAME, --file FILE (or --list)")
    if format not in ("table", "csv", "json", "parquet"):
        raise TableError(f"no format {format!r}; the formats are table, csv, json and parquet")
    given = dict(part.partition("=")[::2] for part in param or ())
    parameters: dict[str, str | None] = dict(given)
    if named is not None:
        if named not in queries:
            raise TableError(f"no query {named!r}; the named queries are {', '.join(queries)}")
        sql = queries[named].sql
        unknown = given.keys() - set(queries[named].parameters)
        if unknown:
            raise TableError(
                f"{named} has no parameter {', '.join(sorted(unknown))}; it takes {', '.join(queries[named].parameters) or 'none'}"
            )
        parameters = {name: given.get(name) for name in queries[named].parameters}
    elif file is not None:
        if not file.is_file():
            raise TableError(f"{file}: no such file")
        sql = file.read_text(encoding="utf-8")
    connection = connect(folder(data, version)) if unsafe else locked(folder(data, version), memory)
    if unsafe:
        limit_memory(connection, memory)
    # Closed before Python ends: a thread of DuckDB that still has a table of pyarrow would end the process with it.
    with closing(connection), explained(connection, timeout):
        result = run(connection, sql or "", parameters)
        if result is None:
            return
        if format == "table":
            _show(result)
        elif out is not None:
            with whole(out) as partial:
                _write(result, format, partial)
        elif format == "parquet":
            raise TableError("--format parquet needs a file: --out FILE")
        else:
            for text in _texts(result, format):
                tell(text)


def _show(result: duckdb.DuckDBPyRelation) -> None:
    rows = result.limit(_SHOWN + 1).fetchall()
    shown = Table()
    for column in result.columns:
        shown.add_column(Text(plain(column)))
    for row in rows[:_SHOWN]:
        shown.add_row(*(Text(_cell(value)) for value in row))
    OUT.print(shown)
    if len(rows) > _SHOWN:
        OUT.print(f"the first {_SHOWN} rows; add a LIMIT, or --format csv for all")


def _cell(value: object) -> str:
    return "" if value is None else f"{value:,.6g}" if isinstance(value, float) else plain(str(value), keep=NEW_LINE)


def _write(result: duckdb.DuckDBPyRelation, format: str, out: Path) -> None:
    if format == "parquet":
        with result.to_arrow_reader(_BATCH) as rows, pq.ParquetWriter(out, rows.schema, compression="zstd") as file:
            for batch in rows:
                file.write_batch(batch)
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_texts(result, format))


def _texts(result: duckdb.DuckDBPyRelation, format: str) -> Iterator[str]:
    """The rows in pieces, so that memory does not grow with the answer."""
    begun = False
    with result.to_arrow_reader(_BATCH) as rows:
        for frame in map(pl.DataFrame, chain([rows.schema.empty_table()], rows)):
            if format == "csv":
                yield frame.with_columns(DISARMED).write_csv(include_header=not begun)
                begun = True
            elif frame.height:
                yield ("," if begun else "[") + frame.write_json()[1:-1]
                begun = True
    if format == "json":
        yield "]\n" if begun else "[]\n"

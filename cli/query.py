"""`paperfacts query`: SQL over the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table
from rich.text import Text

from cli.console import OUT
from cli.data import folder
from query import TableError, connect
from query.named_queries import load
from query.run import run

_SHOWN = 200


def command(
    sql: Annotated[str | None, typer.Argument(help="A statement, or nothing with --named, --file or --list.", show_default=False)] = None,
    named: Annotated[str | None, typer.Option(help="Run a named query; --list shows them.")] = None,
    file: Annotated[Path | None, typer.Option(help="Run the statement in a file.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="A parameter of the query: name=value.")] = None,
    data: Annotated[Path | None, typer.Option(help="A folder of tables; the newest release (or ./build) if not given.")] = None,
    version: Annotated[str | None, typer.Option(help="A release by its version.")] = None,
    format: Annotated[str, typer.Option(help="table, csv, json or parquet.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write to, for csv, json and parquet.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the named queries and stop.")] = False,
) -> None:
    """Ask the tables with SQL (DuckDB).

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
    connection = connect(folder(data, version))
    result = run(connection, sql or "", parameters)
    if result is None:
        return
    if format == "table":
        _show(result)
    else:
        _write(result, format, out)


def _show(result: duckdb.DuckDBPyRelation) -> None:
    rows = result.limit(_SHOWN + 1).fetchall()
    shown = Table()
    for column in result.columns:
        shown.add_column(Text(column))
    for row in rows[:_SHOWN]:
        shown.add_row(*(Text("" if value is None else f"{value:,.6g}" if isinstance(value, float) else str(value)) for value in row))
    OUT.print(shown)
    if len(rows) > _SHOWN:
        OUT.print(f"the first {_SHOWN} rows; add a LIMIT, or --format csv for all")


def _write(result: duckdb.DuckDBPyRelation, format: str, out: Path | None) -> None:
    if format == "parquet":
        if out is None:
            raise TableError("--format parquet needs a file: --out FILE")
        result.write_parquet(str(out), compression="zstd")
        return
    frame = result.pl()
    text = frame.write_csv() if format == "csv" else frame.write_json() + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")

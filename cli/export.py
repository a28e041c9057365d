"""`paperfacts export`: tables for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import OUT
from cli.data import folder
from query import TableError
from query.export import to_csv, to_duckdb, to_jsonl, to_sqlite


def command(
    duckdb: Annotated[Path | None, typer.Option(help="A .duckdb file: tables, views with context, macros, comments.")] = None,
    sqlite: Annotated[Path | None, typer.Option(help="An SQLite file.")] = None,
    csv: Annotated[
        Path | None, typer.Option(help="A folder of CSV files; an apostrophe stands before what a spreadsheet would run.")
    ] = None,
    jsonl: Annotated[Path | None, typer.Option(help="A folder of files with one JSON object a line.")] = None,
    data: Annotated[Path | None, typer.Option(help="A folder of tables; the newest release (or ./build) if not given.")] = None,
    version: Annotated[str | None, typer.Option(help="A release by its version.")] = None,
) -> None:
    """Write the tables for programs that do not read Parquet.

    Example: `paperfacts export --duckdb paperfacts.duckdb --version 0.1.0`
    """
    given = [(out, write) for out, write in ((duckdb, to_duckdb), (sqlite, to_sqlite), (csv, to_csv), (jsonl, to_jsonl)) if out is not None]
    if not given:
        raise TableError("say what to write: --duckdb FILE, --sqlite FILE, --csv FOLDER or --jsonl FOLDER")
    source = folder(data, version)
    for out, write in given:
        write(source, out)
        OUT.print(f"written to {out.resolve()}", soft_wrap=True, highlight=False, markup=False)

"""`paperfacts extract`: any input -> tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.console import ERR, FINDINGS, OUT, progress
from publish.extraction import extractor
from publish.run import extract_files


def command(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            help="Listing pages (.txt) or tables with id, title and abstract (.jsonl, .jsonl.gz, .csv, .parquet).", show_default=False
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The folder to write to; it must be empty or not there yet.", show_default=False)
    ],
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Extract facts from papers of your own into OUT/TABLE/part-*.parquet.

    Example: `paperfacts extract papers.jsonl -o facts --workers 2`
    """
    with progress("reading rules", None):
        extractor()
    with progress("extracting", None) as advance:
        summary = extract_files(inputs, out, workers, advance)
    if as_json:
        typer.echo(json.dumps(summary.as_dict()))
    else:
        shown = Table(
            title=f"{summary.papers:,} papers in {summary.seconds:.1f} s ({summary.papers / max(summary.seconds, 1e-9):,.0f}/s)",
            title_justify="left",
        )
        shown.add_column("table")
        shown.add_column("rows", justify="right")
        for table, count in summary.rows.items():
            shown.add_row(table, f"{count:,}")
        OUT.print(shown)
        OUT.print(f"written to {out.resolve()}", soft_wrap=True, highlight=False)
    if summary.rows["rejects"]:
        ERR.print(
            f'[yellow]{summary.rows["rejects"]} rejects:[/] `paperfacts query --data {out} "SELECT * FROM rejects"` shows them',
            highlight=False,
        )
        raise typer.Exit(FINDINGS)

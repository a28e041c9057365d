"""`paperfacts extract`: any input -> tables."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from cli.console import ERR, FINDINGS, OUT
from extract.readers.formats import FORMATS
from extract.readers.papers import Columns, InputError
from publish.run import Summary, Tell, extract_files
from publish.spark import spark
from publish.workers import local


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files, folders, globs, - for standard input, or addresses (s3://, gs://, https://).", show_default=False),
    ],
    out: Annotated[
        str,
        typer.Option("--out", "-o", help="The folder to write to; one that a run before was writing is gone on with.", show_default=False),
    ],
    format: Annotated[
        str | None, typer.Option(help=f"What the inputs are, if their content does not show it: {', '.join(FORMATS)}.", show_default=False)
    ] = None,
    id: Annotated[str, typer.Option("--id", help="The column of ids.")] = "id",
    title: Annotated[str, typer.Option(help="The column of titles.")] = "title",
    abstract: Annotated[str, typer.Option(help="The column of abstracts.")] = "abstract",
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract on this machine.")] = 1,
    engine: Annotated[str, typer.Option(help="local, or spark: the executors of a cluster.")] = "local",
    master: Annotated[str | None, typer.Option(help="The Spark master, if not the one of spark-submit.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Extract facts from papers of your own into OUT/TABLE/part-*.parquet.

    The same command again goes on where it was stopped, and does only what changed inputs ask for.

    Example: `paperfacts extract papers.jsonl -o facts --workers 2`
    """
    if engine not in ("local", "spark"):
        raise InputError(f"no engine {engine!r}; the engines are local and spark")
    runs = spark(master) if engine == "spark" else local(workers)
    with _progress() as tell:
        summary = extract_files(inputs, out, format=format, columns=Columns(id, title, abstract), engine=runs, tell=tell)
    if as_json:
        typer.echo(json.dumps(summary.as_dict()))
    else:
        _show(summary, out)
    if summary.rows["rejects"]:
        ERR.print(
            f'[yellow]{summary.rows["rejects"]} rejects:[/] `paperfacts query --data {out} "SELECT * FROM rejects"` shows them',
            highlight=False,
        )
        raise typer.Exit(FINDINGS)


def _show(summary: Summary, out: str) -> None:
    rate = f"{summary.papers:,} papers in {summary.seconds:.1f} s ({summary.papers / max(summary.seconds, 1e-9):,.0f}/s)"
    before = "" if summary.papers == summary.in_all else f", {summary.in_all:,} in all"
    without = f"; {summary.without_abstract:,} entries without an abstract" if summary.without_abstract else ""
    shown = Table("table", title=rate + before + without, title_justify="left")
    shown.add_column("rows", justify="right")
    for table, count in summary.rows.items():
        shown.add_row(table, f"{count:,}")
    OUT.print(shown)
    OUT.print(f"written to {out}", soft_wrap=True, highlight=False, markup=False)


@contextmanager
def _progress() -> Iterator[Tell]:
    """How much of the input is done, papers a second, and the time left, on the error stream."""
    columns = (
        SpinnerColumn(),
        TextColumn("extracting"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[papers]:,} papers {task.fields[rate]:,.0f}/s", style="dim"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=ERR, transient=True, speed_estimate_period=600) as bar:
        task = bar.add_task("", total=None, papers=0, rate=0.0)

        def tell(papers: int, size: int, total: int) -> None:
            so_far = bar.tasks[0].fields["papers"] + papers
            bar.update(task, advance=size, total=total or None, papers=so_far, rate=so_far / max(time.monotonic() - started, 1e-9))

        yield tell

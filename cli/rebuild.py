"""`paperfacts rebuild`: a release built again from its seeds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.console import FINDINGS, OUT, progress
from cli.data import named
from publish import places
from publish.extraction import extractor
from publish.rebuilding import rebuild


def command(
    release: Annotated[str, typer.Argument(metavar="VERSION", help="A release, by version or folder.", show_default=False)],
    seeds: Annotated[Path, typer.Option(help="The folder of the seeds that it was made from.")] = places.SEEDS,
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Build a release again with this code and say, table by table, whether the values agree.

    If the rules or the gold set have changed since, it says so, and a difference is none of the release's making. Exit code 1
    if they have not, and values differ all the same.

    Example: `paperfacts rebuild 0.1.0`
    """
    path = named(release)
    with progress("reading rules", None):
        extractor()
    with progress("extracting", None) as advance:
        rebuilt = rebuild(path, seeds, workers, advance)
    if as_json:
        typer.echo(json.dumps({**asdict(rebuilt), "damaged": rebuilt.damaged}))
    else:
        shown = Table("table", "values")
        for table, agrees in rebuilt.agrees.items():
            shown.add_row(table, "agree" if agrees else "differ")
        OUT.print(shown)
        for same, what in ((rebuilt.same_rules, "ruleset"), (rebuilt.same_gold, "gold set")):
            if not same:
                OUT.print(f"the {what} is another than that of {rebuilt.version}: where values differ, this is why", soft_wrap=True)
        if rebuilt.damaged:
            OUT.print(f"{rebuilt.version} was made by this ruleset, and this code makes other values of its seeds", soft_wrap=True)
    if rebuilt.damaged:
        raise typer.Exit(FINDINGS)

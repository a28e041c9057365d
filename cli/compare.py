"""`paperfacts compare`: what differs between two builds or releases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.console import FINDINGS, OUT
from cli.data import folder, releases
from publish.compare import compare

_EXAMPLES = 3


def command(
    a: Annotated[str, typer.Argument(help="A folder of tables or a released version.", show_default=False)],
    b: Annotated[str, typer.Argument(help="The one to compare with it.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Compare two builds or releases: rows gained, lost and changed, and the version bump that this requires.

    Example: `paperfacts compare 0.1.0 build`
    """
    one, other = (folder(None, name) if name in releases() else folder(Path(name), None) for name in (a, b))
    difference = compare(one, other)
    if as_json:
        tables = {
            change.table: {
                "gained": change.gained.height,
                "lost": change.lost.height,
                "changed": change.changed.height,
                "columns": change.columns,
            }
            for change in difference.tables
        }
        typer.echo(json.dumps({"bump": difference.bump, "schema": difference.schema, "tables": tables}))
    else:
        shown = Table("table", "gained", "lost", "changed", "columns that differ")
        for change in difference.tables:
            columns = ", ".join(f"{name} ({count})" for name, count in change.columns.items())
            shown.add_row(change.table, f"{change.gained.height:,}", f"{change.lost.height:,}", f"{change.changed.height:,}", columns)
        OUT.print(shown if difference.tables else "no row differs")
        for line in difference.schema:
            OUT.print(Text(line))
        for change in difference.tables:
            for what, frame in (("gained", change.gained), ("lost", change.lost)):
                for row in frame.head(_EXAMPLES).iter_rows(named=True):
                    OUT.print(
                        Text(f"{change.table} {what}: " + " ".join(str(value) for value in list(row.values())[1:7])[:160], style="dim"),
                        soft_wrap=True,
                    )
        OUT.print(f"bump required: {difference.bump}")
    if difference.bump != "none":
        raise typer.Exit(FINDINGS)

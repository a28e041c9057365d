"""`paperfacts compare`: what differs between two builds or releases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.console import ERR, FINDINGS, OUT, plain, tell
from cli.data import named
from publish.compare import Comparison, compare

_EXAMPLES = 3


def command(
    a: Annotated[str, typer.Argument(help="A folder of tables or a released version.", show_default=False)],
    b: Annotated[str, typer.Argument(help="The one to compare with it.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    parquet: Annotated[
        Path | None, typer.Option(help="Write every row gained or lost and every value changed to this Parquet file.")
    ] = None,
) -> None:
    """Compare two builds or releases: rows gained, lost and changed, and the version bump that this requires.

    Example: `paperfacts compare 0.1.0 build --parquet changes.parquet`
    """
    difference = compare(named(a), named(b))
    if parquet is not None:
        rows = difference.rows()
        rows.write_parquet(parquet)
        ERR.print(f"{rows.height} changes written to {parquet.resolve()}", soft_wrap=True, highlight=False)
    if as_json:
        tell(json.dumps(difference.as_dict(), ensure_ascii=False) + "\n")
    else:
        show(difference)
    if difference.bump != "none":
        raise typer.Exit(FINDINGS)


def show(difference: Comparison) -> None:
    """Print a difference: counts, schema, a few rows of each kind, and the bump."""
    shown = Table("table", "gained", "lost", "changed", "columns that differ")
    for change in difference.tables:
        columns = ", ".join(f"{name} ({count})" for name, count in change.columns.items())
        shown.add_row(change.table, *(f"{count:,}" for count in change.counts().values()), columns)
    OUT.print(shown if difference.tables else "no row differs")
    for one in difference.schema:
        OUT.print(Text(f"{one} ({one.bump})"), soft_wrap=True)
    for change in difference.tables:
        for what, frame in (("gained", change.gained), ("lost", change.lost)):
            for row in frame.head(_EXAMPLES).iter_rows(named=True):
                _line(f"{change.table} {what}: " + " ".join(str(value) for value in list(row.values())[1:7])[:160])
        for row in change.changed.head(_EXAMPLES).iter_rows(named=True):
            said = ", ".join(f"{name} {before} -> {after}" for name, (before, after) in change.differences(row).items())
            _line(f"{change.table} changed: " + f"{' '.join(str(row[name]) for name in change.key)} {row.get('text') or ''}: {said}"[:160])
    OUT.print(f"bump required: {difference.bump}")


def _line(text: str) -> None:
    OUT.print(Text(plain(text), style="dim"), soft_wrap=True)

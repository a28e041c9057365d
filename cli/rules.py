"""`paperfacts rules`: the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.console import OUT, tell
from cli.data import folder
from query import TableError, connect
from schemas import MENTIONS


def command(
    field: Annotated[str | None, typer.Argument(help="A table; all if not given.", show_default=False)] = None,
    data: Annotated[Path | None, typer.Option(help="A folder of tables; the newest release (or ./build) if not given.")] = None,
    version: Annotated[str | None, typer.Option(help="A release by its version.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
) -> None:
    """Show the rules: what each reads, an example, and its precision on the gold set.

    Example: `paperfacts rules speedups`
    """
    if field is not None and field not in MENTIONS:
        raise TableError(f"no table {field!r}; the tables with rules are {', '.join(MENTIONS)}")
    rows = (
        connect(folder(data, version))
        .execute(
            'SELECT rule, reads, example, weight, support, precision FROM rules WHERE ?::VARCHAR IS NULL OR "table" = ? ORDER BY rule',
            [field, field],
        )
        .fetchall()
    )
    if as_json:
        names = ("rule", "reads", "example", "weight", "support", "precision")
        tell(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False) + "\n")
        return
    shown = Table("rule", "reads", "example")
    for column in ("weight", "support", "precision"):
        shown.add_column(column, justify="right")
    for rule, reads, example, weight, support, precision in rows:
        shown.add_row(
            Text(rule),
            Text(reads),
            Text(example or ""),
            f"{weight:+.2f}",
            str(support or ""),
            "" if precision is None else f"{precision:.2f}",
        )
    OUT.print(shown)

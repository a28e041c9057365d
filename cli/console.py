"""What all commands share: consoles, a progress bar, exit codes, and how an error is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Task as ProgressTask
from rich.text import Text

_PIPED = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160
OUT = Console(width=_PIPED)
ERR = Console(stderr=True)

FINE, FINDINGS, USAGE, STOPPED = 0, 1, 2, 130
"""Exit codes: all well; something was found (rejects, differences, damage); the call or its input cannot be used; Ctrl-C."""


class _Rate(TextColumn):
    """Papers a second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: ProgressTask) -> Text:
        """The rate so far."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="dim")


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on the error stream; the body is given the function that advances it."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)


def fail(message: str) -> None:
    """Show an error."""
    ERR.print(f"[bold red]error:[/] {escape(plain(message, keep=NEW_LINE))}", highlight=False, soft_wrap=True)


NEW_LINE = "\n"


def plain(text: str, keep: str = "") -> str:
    """A text that cannot command the terminal: signs that are not printed (but for `keep`) are shown as boxes, one for one.

    Among them are escape sequences, which recolour, overwrite or type, and the controls that turn the direction of a line.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in keep else "\N{REPLACEMENT CHARACTER}" for sign in text)


def tell(text: str) -> None:
    """Write data to standard output: to a program byte for byte, to a terminal without what would command it."""
    sys.stdout.write(plain(text, keep="\n\t") if sys.stdout.isatty() else text)  # typer.echo drops escapes from what goes to a program
    sys.stdout.flush()

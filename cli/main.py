"""The command `paperfacts`."""

from __future__ import annotations

import sys
from importlib.metadata import version

import typer

from cli import build, compare, evaluate, export, extract, query, rebuild, release, rules, show, site, verify
from cli.console import STOPPED, USAGE, fail
from extract.readers.papers import InputError
from publish.run import StoppedError
from publish.store import StoreError
from query import TableError

app = typer.Typer(
    name="paperfacts",
    help="Facts from machine-learning abstracts as tables: model sizes, speedups, datasets, links, metrics and more, each with its evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

COMMANDS = (build, extract, query, show, rules, evaluate, compare, release, verify, rebuild, export, site)
for module in COMMANDS:
    app.command(name=module.__name__.rpartition(".")[2])(module.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"paperfacts {version('paperfacts')}")
        raise typer.Exit


@app.callback()
def options(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and stop.")) -> None:
    """Facts from machine-learning abstracts as tables."""


def main() -> None:
    """Run a command; an input that cannot be used gives a message and exit code 2."""
    try:
        app()
    except (InputError, StoreError, TableError) as error:
        fail(str(error))
        sys.exit(USAGE)
    except StoppedError as error:
        fail(str(error))
        sys.exit(STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        fail(f"{error.filename or 'a file'}: {error.strerror or error}")
        sys.exit(USAGE)

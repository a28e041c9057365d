"""`paperfacts site`: the explorer of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import OUT, progress
from cli.data import folder, named
from publish.site import site


def command(
    release: Annotated[
        str | None, typer.Argument(metavar="VERSION", help="A release, by version or folder; the newest if not given.", show_default=False)
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write; it must not be there yet.")] = Path("build/site"),
) -> None:
    """Build the explorer, a static site for one release: papers, facts with their evidence, plots and SQL in the reader's browser.

    Any static host serves the folder, also below another path. Needs a checkout and Node.js 20.19 or newer with npm.

    Example: `paperfacts site 0.1.1 -o explorer`, then `python -m http.server --directory explorer`
    """
    source = named(release) if release else folder(None, None)
    with progress("building the explorer", None):
        site(source, out)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    OUT.print(f"the explorer of {source.resolve().name}: {size / 1e6:.0f} MB in {out.resolve()}", soft_wrap=True, highlight=False)
    OUT.print(f"look at it: python -m http.server --bind 127.0.0.1 --directory {out}", soft_wrap=True, highlight=False)

"""`paperfacts verify`: is a release what it says it is?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.console import FINDINGS, OUT, plain, tell
from cli.data import folder, named
from publish import places
from publish.verification import verify, verify_all


def command(
    release: Annotated[
        str | None, typer.Argument(metavar="DIR", help="A release, by version or folder; the newest if not given.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every release of the folder DIR (data/ if not given), and latest.json.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Check releases: files, checksums, values, schemas, every span against its text, every reference. Exit code 1 if anything is wrong.

    Example: `paperfacts verify --all`
    """
    if every:
        found = verify_all(Path(release) if release else places.DATA)
    else:
        path = named(release) if release else folder(None, None)
        found = {path.resolve().name: verify(path)}
    if as_json:
        tell(json.dumps({name: [one._asdict() for one in findings] for name, findings in found.items()}, ensure_ascii=False) + "\n")
    else:
        for name, findings in found.items():
            OUT.print(Text(plain(f"{name}: {len(findings)} wrong" if findings else f"{name}: whole")))
            for one in findings:
                OUT.print(Text(plain(f"  {one.file}: {one.what}")), soft_wrap=True)
    if any(found.values()):
        raise typer.Exit(FINDINGS)

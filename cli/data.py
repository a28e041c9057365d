"""Which folder of tables a command works on."""

from __future__ import annotations

from pathlib import Path

import regex

from publish.places import DATA
from query import TableError

_VERSION = regex.compile(r"\d+\.\d+\.\d+")


def releases() -> dict[str, Path]:
    """Published releases by version, oldest first."""
    found = [path for path in DATA.glob("*") if _VERSION.fullmatch(path.name)] if DATA.is_dir() else []
    return {path.name: path for path in sorted(found, key=lambda path: [int(part) for part in path.name.split(".")])}


def folder(data: Path | None, version: str | None) -> Path:
    """The folder that was named, or that of the version, or the newest release, or ./build.

    Raises TableError if there is none.
    """
    if data is not None:
        return data
    known = releases()
    if version is not None:
        if version not in known:
            raise TableError(f"no release {version}; there {'are ' + ', '.join(known) if known else 'is none'}")
        return known[version]
    if known:
        return list(known.values())[-1]
    if Path("build").is_dir():
        return Path("build")
    raise TableError("no release and no ./build: run `paperfacts build`, or name a folder with --data")

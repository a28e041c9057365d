"""Which folder of tables a command works on."""

from __future__ import annotations

from pathlib import Path

from publish import versions
from publish.places import DATA
from query import TableError


def releases() -> dict[str, Path]:
    """Published releases by version, oldest first."""
    return versions.releases(DATA)


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


def named(name: str) -> Path:
    """A release by its version, or a folder by its path. Raises TableError if there is neither."""
    known = releases()
    if name in known:
        return known[name]
    if not Path(name).is_dir():
        raise TableError(f"{name}: no release and no folder; the releases are {', '.join(known) or 'none'}")
    return Path(name)

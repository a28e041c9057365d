"""Versions of releases: what they look like, which there are, and which one a change requires."""

from __future__ import annotations

from pathlib import Path

import regex

from extract.readers.papers import InputError

BUMPS = ("none", "patch", "minor", "major")
FIRST = "0.1.0"
"""The version of a first release."""
FIRST_SCHEMA = "1.0.0"
"""The version of the tables' schema in a first release."""
_VERSION = regex.compile(r"(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}", regex.ASCII)


def parse(version: str) -> tuple[int, int, int]:
    """The three numbers of a version. Raises InputError for anything else."""
    if not _VERSION.fullmatch(version):
        raise InputError(f"{version!r} is not a version; give three numbers such as {FIRST}")
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def releases(data: Path) -> dict[str, Path]:
    """The releases in a folder by version, oldest first."""
    found = [path for path in data.iterdir() if _VERSION.fullmatch(path.name) and path.is_dir()] if data.is_dir() else []
    return {path.name: path for path in sorted(found, key=lambda path: parse(path.name))}


def bumped(version: str, bump: str) -> str:
    """The next version after a change of this size."""
    major, minor, patch = parse(version)
    return {"none": version, "patch": f"{major}.{minor}.{patch + 1}", "minor": f"{major}.{minor + 1}.0", "major": f"{major + 1}.0.0"}[bump]


def step(older: str, newer: str) -> str:
    """How large a change the step from one version to a higher one announces."""
    before, after = parse(older), parse(newer)
    return "major" if after[0] > before[0] else "minor" if after[1] > before[1] else "patch"


def largest(bumps: list[str]) -> str:
    """The largest of some bumps; none for none."""
    return max(bumps, key=BUMPS.index, default="none")

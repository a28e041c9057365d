"""Seeds and releases for tests: a few papers, so that a release takes a second."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from publish import places
from publish.release import release
from publish.writing import sha256

ONE = "002_afdf6311ea1ec85d.txt"
TWO = "004_4f5b244bc862d203.txt"


def seeds(folder: Path, *names: str, edit: Callable[[str], str] = str) -> Path:
    """A folder of some of the project's seeds with its manifest; `edit` changes their text."""
    folder.mkdir(parents=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("name", "sha256", "bytes", "kind"))
        for name in names:
            (folder / name).write_text(edit((places.SEEDS / name).read_text(encoding="utf-8")), encoding="utf-8")
            out.writerow((name, sha256(folder / name), (folder / name).stat().st_size, "paragraphs"))
    return folder


def copied(data: Path, to: Path) -> Path:
    """A copy of a folder of releases, to be broken."""
    shutil.copytree(data, to)
    return to


def two_releases(folder: Path) -> Path:
    """A folder with 0.1.0, made of one seed, and 0.2.0, made of two."""
    data = folder / "data"
    release("0.1.0", data, seeds(folder / "one", ONE))
    release("0.2.0", data, seeds(folder / "two", ONE, TWO))
    return data

"""What a release was made with: the rules, and the tools."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_MAKES = (
    "extract",
    "schemas",
    "publish/build.py",
    "publish/evaluation.py",
    "publish/gold.py",
    "publish/scoring.py",
    "publish/validation.py",
)
"""The code and lexicons that decide what is in a table, given the seeds and the gold set."""
_KINDS = (".py", ".csv", ".txt")
_TOOLS = ("paperfacts", "polars", "pandera", "regex")


def ruleset_sha256(root: Path = _HERE.parent) -> str:
    """sha256 over the files that turn papers into rows: the same ruleset makes the same tables from the same seeds."""
    digest = hashlib.sha256()
    files = [path for name in _MAKES for path in ((root / name).rglob("*") if (root / name).is_dir() else [root / name])]
    for path in sorted(path for path in files if path.suffix in _KINDS):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def tools() -> dict[str, str]:
    """The versions of what makes the tables."""
    return {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}}

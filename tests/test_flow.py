from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "extract": {"extract"},
    "schemas": {"schemas"},
    "query": {"query", "schemas"},
    "publish": {"publish", "extract", "schemas", "query"},
    "cli": {"cli", "publish", "query", "schemas", "extract"},
}
OURS = set(MAY_IMPORT)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def modules() -> list[Path]:
    return [path for package in MAY_IMPORT for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_data_flows_one_way(path: Path) -> None:
    """seeds -> extract -> schemas -> data -> query: no package imports one that comes after it."""
    package = path.relative_to(ROOT).parts[0]
    foreign = {name.partition(".")[0] for name in imports(path)} & OURS
    assert foreign <= MAY_IMPORT[package]


@pytest.mark.parametrize("path", [path for path in modules() if path.parts[-2] != "schemas"], ids=lambda path: str(path.relative_to(ROOT)))
def test_only_frames_knows_polars_in_extract(path: Path) -> None:
    """In `extract`, only frames.py imports Polars: everything before it is plain Python."""
    if path.relative_to(ROOT).parts[0] == "extract" and path.name != "frames.py":
        assert not {name for name in imports(path) if name.partition(".")[0] in ("polars", "pandera", "duckdb")}


def test_the_readers_of_text_know_no_field() -> None:
    """What reads words, numbers and names is shared: it imports nothing of the fields."""
    for name in (
        "text",
        "words",
        "numerals",
        "grouping",
        "quantities",
        "names",
        "rules",
        "phrases",
        "evidence",
        "attachment",
        "abbreviations",
    ):
        assert not [used for used in imports(ROOT / "extract" / f"{name}.py") if used.startswith("extract.fields")]

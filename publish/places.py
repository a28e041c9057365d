"""Where the project keeps its inputs, whatever folder a command is run from."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _beside(name: str) -> Path:
    """A folder of the checkout, or the copy of it that an installed package carries."""
    checkout = _HERE.parent / name
    return checkout if checkout.is_dir() else _HERE / Path(name).name


SEEDS = _beside("seeds")
GOLD = _beside("tests/gold") / "dev.jsonl"
DATA = _HERE.parent / "data"
SITE = _HERE.parent / "site"
"""The explorer's front end; no part of an installed package."""

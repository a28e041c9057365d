"""What a field's module gives back: a mention's span and what it says."""

from __future__ import annotations

from typing import NamedTuple

Value = str | float | int | bool | None


class Record(NamedTuple):
    """One mention: `start:end` in the page's text, the rule that found it, and the values of its table's own columns."""

    start: int
    end: int
    rule: str
    values: tuple[Value, ...]

"""The table context_lengths."""

from __future__ import annotations

import polars as pl

from schemas.table import ValueTable, column, enum

UNITS = ("token", "frame", "base pair")


class ContextLengths(ValueTable):
    """Lengths of context windows and sequences."""

    value_min: float = column("the length, or the lower end of a range", "as the unit says", gt=0)
    value_max: float = column("the length, or the upper end of a range", "as the unit says", gt=0)
    unit: pl.Enum = enum("what the length is counted in", UNITS)

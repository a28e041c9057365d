"""The table metrics."""

from __future__ import annotations

import polars as pl

from schemas.table import ValueTable, column, enum

KINDS = ("absolute", "gain")


class Metrics(ValueTable):
    """Reported results on measures of quality."""

    value_min: float = column("the result, or the lower end of a range; positive for drops too", "as the unit says", ge=0)
    value_max: float = column("the result, or the upper end of a range", "as the unit says", ge=0)
    unit: str = column("%, points, dB or another unit as written; empty if there is none")
    kind: pl.Enum = enum("absolute: a level that was reached; gain: a difference or relative change, up or down", KINDS)
    metric_text: str = column("the measure as written; null if none is named", nullable=True)
    metric: str = column("the measure's usual name; null if none is named", nullable=True)
    dataset_text: str = column("the dataset that the result is on, as written; null if none is said", nullable=True)
    dataset: str = column("the dataset's usual name; null if none is said", nullable=True)
    higher_is_better: bool = column("whether more of the measure is better; null if that is not known", nullable=True)

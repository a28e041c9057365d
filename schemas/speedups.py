"""The table speedups."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.table import ValueTable, column, enum, finite

FORMS = ("factor", "percent", "fraction")
ASPECTS = ("speed", "compute", "memory", "parameters", "communication", "energy", "cost", "data")
DIRECTIONS = ("gain", "loss")


class Speedups(ValueTable):
    """Claimed gains (and losses) in efficiency against something else."""

    value_min: float = column("the claim as written: 3.18 for 3.18x, 43 for 43 %, 0.14 for 1/7th", "as the form says", gt=0)
    value_max: float = column("the claim as written, or the upper end of a range", "as the form says", gt=0)
    form: pl.Enum = enum("factor: N times; percent: N % less or more; fraction: this part of the cost is left", FORMS)
    aspect: pl.Enum = enum("the resource that is saved", ASPECTS)
    direction: pl.Enum = enum("gain: less of the resource, or faster; loss: more of it, or slower", DIRECTIONS)
    factor_min: float = column(
        "the claim as a ratio: 43 % less is 1.754, 40 % faster 1.4, 1/7th 7; null for 100 % less", "ratio", nullable=True, ge=1
    )
    factor_max: float = column("the upper end of the ratio", "ratio", nullable=True, ge=1)

    @pa.dataframe_check
    @classmethod
    def factors_in_order(cls, data: PolarsData) -> pl.LazyFrame:
        """Both ends are finite, and the lower is not above the upper."""
        ordered = (pl.col("factor_min") <= pl.col("factor_max")).fill_null(value=True)
        return data.lazyframe.select(ordered & finite("factor_min") & finite("factor_max"))

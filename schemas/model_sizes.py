"""The table model_sizes."""

from __future__ import annotations

import polars as pl

from schemas.table import ValueTable, column, enum

KINDS = ("total", "active", "trainable")


class ModelSizes(ValueTable):
    """Numbers of parameters of models."""

    value_min: float = column("number of parameters, or the lower end of a range", "parameters", gt=0)
    value_max: float = column("number of parameters, or the upper end of a range", "parameters", gt=0)
    model: str = column("the model's name as written, without the size; null if none is said", nullable=True)
    kind: pl.Enum = enum("all parameters, those active per token, or those trained", KINDS)

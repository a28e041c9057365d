"""The table hardware."""

from __future__ import annotations

import polars as pl

from schemas.table import MentionTable, column


class Hardware(MentionTable):
    """Named accelerators and machines that work runs on."""

    device: str = column("the device's name, the vendor's included if it is written", str_length={"min_value": 1})
    count: pl.UInt32 = column("how many; null if it is not said", "devices", nullable=True, gt=0)

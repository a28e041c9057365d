"""The table data_sizes."""

from __future__ import annotations

from schemas.table import ValueTable, column


class DataSizes(ValueTable):
    """Amounts of data that datasets hold or models are trained or tested on."""

    value_min: float = column("how much, or the lower end of a range", "as the unit says", gt=0)
    value_max: float = column("how much, or the upper end of a range", "as the unit says", gt=0)
    unit: str = column("what is counted, singular, as written (token, image, hour, TB); empty if nothing is named")

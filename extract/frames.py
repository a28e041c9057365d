"""Records -> Polars frames. The only module here that knows Polars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from extract.extractor import FIELD_NAMES, FIELDS
from extract.readers.papers import Paper
from extract.records import Record

_COMMON: dict[str, pl.DataType] = {
    "paper_id": pl.String(),
    "section": pl.String(),
    "start": pl.UInt32(),
    "end": pl.UInt32(),
    "text": pl.String(),
    "rule": pl.String(),
}
_OWN: dict[str, pl.DataType] = {
    **dict.fromkeys(("value_min", "value_max", "factor_min", "factor_max"), pl.Float64()),
    **dict.fromkeys(("introduced", "higher_is_better"), pl.Boolean()),
    "count": pl.UInt32(),
}


def schema(table: str) -> dict[str, pl.DataType]:
    """The columns of a field's frame with their types: text unless they are numbers or truth values."""
    own = FIELDS[FIELD_NAMES.index(table)].COLUMNS
    return {**_COMMON, **{name: _OWN.get(name, pl.String()) for name in own}}


def frames(read: Iterable[tuple[Paper, Mapping[str, Sequence[Record]]]]) -> dict[str, pl.DataFrame]:
    """The records of papers as one frame per field, in the order of the papers and of the places in them."""
    columns: dict[str, list[list[Any]]] = {table: [[] for _ in schema(table)] for table in FIELD_NAMES}
    for paper, by_field in read:
        offset = len(paper.title) + 1
        for table, records in by_field.items():
            into = columns[table]
            for start, end, rule, values in records:
                if start < offset:
                    section, shift, source = "title", 0, paper.title
                else:
                    section, shift, source = "abstract", offset, paper.abstract
                start, end = start - shift, end - shift
                for column, value in zip(into, (paper.paper_id, section, start, end, source[start:end], rule, *values), strict=True):
                    column.append(value)
    return {table: pl.DataFrame(dict(zip(schema(table), data, strict=True)), schema=schema(table)) for table, data in columns.items()}

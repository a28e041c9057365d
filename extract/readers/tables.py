"""Papers in tables: CSV (or tab-separated) and Parquet with columns for id, title and abstract.

The given id is kept as paper_id, the given strings as they are with white space folded. A row without an id gets the
id that a listing page would give it. A row that cannot be read is a reject; the rows around it are kept.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, TextIO

import pyarrow.parquet as pq

from extract.readers.papers import Columns, InputError, Reject, Row, paper_of

_BATCH = 2048
_LONGEST_FIELD = 1 << 24
_AGAIN = 1 << 30
"""Characters of a file that are read a second time, at most, behind quotes that nothing closes."""
_DELIMITERS = ",\t;|"


def delimiter(header: str, columns: Columns) -> str | None:
    """What parts the fields of a table whose first line is `header`; None if no reading of it has a title and an abstract."""
    for sign in _DELIMITERS:
        try:
            names = _names(next(csv.reader([header], delimiter=sign), []))
        except csv.Error:
            continue
        if columns.title.lower() in names and columns.abstract.lower() in names:
            return sign
    return None


def missing(place: str, names: Sequence[str], columns: Columns) -> InputError:
    """The error that says which columns a table does not have, and which it has."""
    absent = [f"no column {column!r}" for column in (columns.title, columns.abstract) if column not in names]
    has = ", ".join(names)[:500] or "none"
    return InputError(f"{place}: {' and '.join(absent)}; its columns are {has}: say with --title and --abstract which to read")


def read_csv(name: str, stream: IO[bytes], columns: Columns) -> Iterator[Row]:
    """The rows of a CSV file, by the line that they end on. Raises InputError if a column is missing."""
    csv.field_size_limit(_LONGEST_FIELD)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    first = text.readline(_LONGEST_FIELD)
    if not first.strip():
        return
    wanted = Columns(*(column.lower() for column in columns))
    sign = delimiter(first, columns)
    if sign is None:
        raise missing(name, _names(next(csv.reader([first]), [])), wanted)
    header = _names(next(csv.reader([first], delimiter=sign)))
    for line, row in _records(text, sign):
        if isinstance(row, str):
            yield line, Reject(name, line, f"not a row of CSV: {row}", "")
            continue
        if not any(row):
            continue
        if len(row) != len(header):
            shown = sign.join(row)[:500].encode("utf-8", "replace").decode()
            yield line, Reject(name, line, f"a row of {len(row)} fields where the header has {len(header)}", shown)
            continue
        values = dict(zip(header, row, strict=True))
        yield line, paper_of(name, line, values.get(wanted.id), values[wanted.title], values[wanted.abstract], columns)


def _records(text: TextIO, sign: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row behind the header with the line that it ends on, or what is wrong with a line.

    A quote that nothing closes would take all lines up to the next quote with it: then only its own line is none, and the
    others are read again.
    """
    again: deque[str] = deque()
    taken: list[str] = []
    left = _AGAIN
    number = 1

    def lines() -> Iterator[str]:
        while line := again.popleft() if again else text.readline(_LONGEST_FIELD):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=sign, strict=True)
    while True:
        taken.clear()
        try:
            row: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = str(error)
            size = sum(map(len, taken))
            if size <= left:
                left -= size
                again.extendleft(reversed(taken[1:]))
                del taken[1:]
                with suppress(csv.Error):
                    row = next(csv.reader(taken, delimiter=sign))  # a quote inside a field is let be
            reader = csv.reader(lines(), delimiter=sign, strict=True)
        number += len(taken)
        yield number, row


def read_parquet(name: str, file: pq.ParquetFile, groups: Sequence[int], columns: Columns) -> Iterator[Row]:
    """The rows of some row groups (in order, one behind the other) by their number in the file."""
    wanted = [column for column in columns if column in file.schema_arrow.names]
    row = sum(file.metadata.row_group(group).num_rows for group in range(groups[0])) if groups else 0
    for batch in file.iter_batches(batch_size=_BATCH, row_groups=list(groups), columns=wanted):
        data = batch.to_pydict()
        ids = data.get(columns.id) or [None] * batch.num_rows
        for given, title, abstract in zip(ids, data[columns.title], data[columns.abstract], strict=True):
            row += 1
            yield row, paper_of(name, row, given, title, abstract, columns)


def _names(row: Sequence[str]) -> list[str]:
    return [column.strip().lower() for column in row]

"""Inputs -> units -> shards: what is read in one go, and what is extracted and committed in one go.

A unit is one document, some row groups of a Parquet file, or a handful of small documents. It is read in order and cut into
shards of `SHARD` rows. A shard's key is a hash of its rows and of the rules, so that the same rows give the same files in
whatever run, and a change of an input or a rule gives others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

import extract
import schemas
from extract.readers import formats
from extract.readers.papers import Columns, InputError, Paper, Reject
from extract.readers.sources import Source
from publish.core import ROWS
from publish.extraction import LIMIT

SHARD = 5_000
"""Rows of a shard: what is lost at most when a worker is killed, and what a worker holds in memory."""
_SMALL = 1 << 20
"""A document of fewer bytes shares a unit with its neighbours."""


class Unit(NamedTuple):
    """What one reader reads in order. `name` holds its documents' identities; it is empty where nobody can know them (stdin).

    `rows` is known of Parquet files only, and 0 of others.
    """

    name: str
    sources: tuple[Source, ...]
    formats: tuple[str | None, ...]
    columns: Columns
    groups: tuple[int, ...] | None
    bytes: int
    rows: int = 0


@dataclass(slots=True)
class Shard:
    """Rows to extract, under the key that they are committed with, and how many bytes of its unit they take."""

    key: str
    rows: pa.RecordBatch
    papers: int
    bytes: int


@dataclass(slots=True)
class Read:
    """What is known of a unit when all its shards have been read."""

    keys: list[str] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    skipped: int = 0


@cache
def fingerprint() -> str:
    """A hash of all that decides what is found in a text: the code and lexicons of `extract`, the schemas, and the time limit."""
    seen = hashlib.sha256(str(LIMIT).encode())
    for package in (extract, schemas):
        root = Path(str(package.__file__)).parent
        for file in sorted(root.rglob("*")):
            if file.suffix in (".py", ".csv", ".txt") and file.relative_to(root).parts[0] != "readers":
                seen.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    for file in (Path(__file__), Path(__file__).with_name("core.py"), Path(__file__).with_name("validation.py")):
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def plan(sources: Sequence[Source], format: str | None, columns: Columns) -> list[Unit]:
    """The units of some sources, in order.

    Raises InputError for a format that there is not, and for a document that cannot be read if it was named by itself; in a
    folder, such a document becomes a reject.
    """
    if format is not None and format not in formats.FORMATS:
        raise InputError(f"no format {format!r}; the formats are {', '.join(formats.FORMATS)}")
    units: list[Unit] = []
    small: list[tuple[Source, str | None]] = []

    def flush() -> None:
        if small:
            units.append(
                _unit([source for source, _ in small], [kind for _, kind in small], columns, None, sum(source.size for source, _ in small))
            )
            small.clear()

    for source in sources:
        kind = format if source.is_once else _format(source, format, columns)
        if kind == "parquet":
            flush()
            runs = list(_groups(source, columns))
            every = sum(rows for _, rows in runs) or 1
            units += [_unit([source], [kind], columns, groups, source.size * rows // every)._replace(rows=rows) for groups, rows in runs]
        elif source.size < _SMALL and not source.is_once:
            small.append((source, kind))
            # A border that depends on this document alone: one more or less elsewhere moves no other border.
            if int(hashlib.sha256(source.name.encode()).hexdigest()[:2], 16) < 8:
                flush()
        else:
            flush()
            units.append(_unit([source], [kind], columns, None, source.size))
    flush()
    return units


def _format(source: Source, format: str | None, columns: Columns) -> str | None:
    """The format of a source; None for one of a folder that cannot be read, of which its reader will say so."""
    try:
        return formats.check(source, format, columns)
    except InputError:
        if source.named:
            raise
        return None


def _groups(source: Source, columns: Columns) -> Iterator[tuple[tuple[int, ...], int]]:
    """Runs of row groups of at least a shard's rows, with their rows."""
    with formats.open_parquet(source, columns) as file:
        run: list[int] = []
        rows = 0
        for group in range(file.num_row_groups):
            run.append(group)
            rows += file.metadata.row_group(group).num_rows
            if rows >= SHARD:
                yield tuple(run), rows
                run, rows = [], 0
        if run or file.num_row_groups == 0:
            yield tuple(run), rows


def _unit(sources: Sequence[Source], kinds: Sequence[str | None], columns: Columns, groups: tuple[int, ...] | None, size: int) -> Unit:
    told = [fingerprint(), repr(columns), repr(groups)]
    told += [part for source, kind in zip(sources, kinds, strict=True) for part in (source.name, source.identity, kind or "")]
    name = hashlib.sha256("\0".join(told).encode()).hexdigest()[:16] if all(source.identity for source in sources) else ""
    return Unit(name, tuple(sources), tuple(kinds), columns, groups, size)


def shards(unit: Unit, read: Read) -> Iterator[Shard]:
    """The shards of a unit, read as a stream; `read` is filled on the way."""
    rows = _Rows()
    told = before = 0
    for source, kind in zip(unit.sources, unit.formats, strict=True):
        reading = formats.read(source, kind, unit.columns, unit.groups)
        begun = False
        try:
            for position, (line, row) in enumerate(reading.rows, start=1):
                # Rows of a Parquet file are numbered over the whole file, whatever row groups are read.
                rows.add(source.name, line if kind == "parquet" else position, line, row)
                begun = True
                if len(rows) >= SHARD:
                    so_far = before + reading.bytes if not unit.rows else told + unit.bytes * len(rows) // unit.rows
                    yield rows.shard(read, so_far - told)
                    read.skipped += rows.skipped
                    rows, told = _Rows(), so_far
        except InputError as error:
            if source.named and not begun:
                raise
            rows.add(source.name, 1, None, Reject(source.name, None, str(error), ""))
        before += source.size
        if reading.sha256:
            read.documents.append({name: getattr(reading, name) for name in ("name", "sha256", "bytes", "format", "page_date")})
    read.skipped += rows.skipped
    if len(rows):
        yield rows.shard(read, max(0, unit.bytes - told))


class _Rows:
    """Rows of a shard as they come, with the hash of them."""

    def __init__(self) -> None:
        self._columns: list[list[Any]] = [[] for _ in ROWS]
        self._sum = hashlib.sha256(fingerprint().encode())
        self.skipped = 0
        self._papers = 0

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, document: str, position: int, line: int | None, row: Paper | Reject | None) -> None:
        """Add what stands at a place of a document."""
        if row is None:
            self.skipped += 1
            return
        values: tuple[Any, ...]
        if isinstance(row, Reject):
            values = (row.document, position, row.line, None, None, None, row.reason, row.text)
        else:
            values = (document, position, line, *row, None, None)
            self._papers += 1
        self._sum.update(repr(values).encode("utf-8", "surrogatepass"))
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    def shard(self, read: Read, size: int) -> Shard:
        """The shard, which is noted in `read`."""
        key = self._sum.hexdigest()[:16]
        read.keys.append(key)
        arrays = [pa.array(column, field.type) for column, field in zip(self._columns, ROWS, strict=True)]
        return Shard(key, pa.RecordBatch.from_arrays(arrays, schema=ROWS), self._papers, size)

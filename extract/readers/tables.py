"""Papers in tables: `.jsonl`, `.jsonl.gz`, `.csv` and `.parquet` with the columns id, title and abstract.

The given id is kept as paper_id, the given strings as they are with white space folded. A row without an id gets the
id that a listing page would give it. A row that cannot be read is a reject; the rows around it are kept.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from extract.readers.papers import InputError, Paper, Reject, fold, paper_id

SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".parquet")
_BATCH = 2048
_LONGEST_FIELD = 1 << 24


def read(path: Path) -> Iterator[tuple[int, Paper | Reject]]:
    """Each row of a table, by its number (the line for text files, from 1), as a paper or a reject.

    Raises InputError if the file as a whole cannot be read.
    """
    name = path.name
    try:
        if name.endswith(".parquet"):
            yield from _parquet(path)
        elif name.endswith(".csv"):
            with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
                yield from _csv(name, lines)
        elif name.endswith(".jsonl.gz"):
            with gzip.open(path, "rb") as raw:
                yield from _json_lines(name, cast("IO[bytes]", raw))
        elif name.endswith(".jsonl"):
            with path.open("rb") as raw:
                yield from _json_lines(name, raw)
        else:
            raise InputError(f"{path}: unknown kind of file; expected {', '.join(SUFFIXES)} or a listing page (.txt)")
    except (OSError, EOFError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _paper(name: str, row: int, given: object, title: object, abstract: object) -> Paper | Reject:
    """One row as a paper, or why it is none."""
    if not isinstance(title, str) or not title.strip():
        return Reject(name, row, "no title: the column 'title' is missing, empty or no text", str(title or "")[:500])
    if not isinstance(abstract, str) or not abstract.strip():
        return Reject(name, row, "no abstract: the column 'abstract' is missing, empty or no text", title[:500])
    for field, text in (("title", title), ("abstract", abstract)):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            return Reject(name, row, f"the {field} has a lone surrogate at character {error.start}, which no UTF-8 text can hold", "")
    own = fold(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    return Paper(own or paper_id(title), fold(title), fold(abstract))


def _json_lines(name: str, raw: IO[bytes]) -> Iterator[tuple[int, Paper | Reject]]:
    for number, line in enumerate(raw, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            yield number, Reject(name, number, f"not a line of JSON: {error}", line[:500].decode("utf-8", "replace"))
            continue
        if not isinstance(row, dict):
            yield number, Reject(name, number, "a line of JSON, but no object with id, title and abstract", str(row)[:500])
            continue
        yield number, _paper(name, number, row.get("id"), row.get("title"), row.get("abstract"))


def _csv(name: str, lines: IO[str]) -> Iterator[tuple[int, Paper | Reject]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(lines)
    header: list[str] | None = None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, Reject(name, reader.line_num, f"not a row of CSV: {error}", "")
            continue
        if header is None:
            header = [column.strip().lower() for column in row]
            missing = [column for column in ("title", "abstract") if column not in header]
            if missing:
                raise InputError(f"{name}: no column {' and no column '.join(missing)}; its columns are {', '.join(header) or 'none'}")
            continue
        if not any(row):
            continue
        if len(row) != len(header):
            yield (
                reader.line_num,
                Reject(
                    name,
                    reader.line_num,
                    f"a row of {len(row)} fields where the header has {len(header)}",
                    ",".join(row)[:500].encode("utf-8", "replace").decode(),
                ),
            )
            continue
        values = dict(zip(header, row, strict=True))
        yield reader.line_num, _paper(name, reader.line_num, values.get("id"), values["title"], values["abstract"])


def _parquet(path: Path) -> Iterator[tuple[int, Paper | Reject]]:
    file = pq.ParquetFile(path)
    names = file.schema_arrow.names
    missing = [column for column in ("title", "abstract") if column not in names]
    if missing:
        raise InputError(f"{path.name}: no column {' and no column '.join(missing)}; its columns are {', '.join(names)}")
    columns = [column for column in ("id", "title", "abstract") if column in names]
    row = 0
    for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
        data = batch.to_pydict()
        ids = data.get("id") or [None] * batch.num_rows
        for given, title, abstract in zip(ids, data["title"], data["abstract"], strict=True):
            row += 1
            yield row, _paper(path.name, row, given, title, abstract)

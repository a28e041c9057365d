"""Which format an input has, known by its content, and its rows as a stream.

`Document` of papers.py is a whole listing page; here a document of any size is read row by row, and what is known of
the whole (sha256, size) is there once its rows have been read.
"""

from __future__ import annotations

import codecs
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq
import regex

from extract.readers import bibtex, listing, objects, tables
from extract.readers.papers import Columns, InputError, Reject, Row
from extract.readers.sources import SUFFIXES, Source
from extract.readers.streams import LONGEST_LINE, Hashed, Peeked, plain

FORMATS = ("listing", "jsonl", "json", "arxiv", "openalex", "semantic-scholar", "daily-papers", "bibtex", "csv", "parquet")
"""The formats by the names that `--format` takes."""
_OBJECTS: dict[str, objects.Read] = {
    "openalex": objects.openalex,
    "semantic-scholar": objects.semantic_scholar,
    "daily-papers": objects.daily_papers,
}
_COLUMNS = Columns()
_GREETING = b"Get trending papers in your email inbox"
_BROKEN = (OSError, EOFError, zlib.error, pa.ArrowException, UnicodeError)


@dataclass(slots=True)
class Reading:
    """One document as it is read: its rows, the bytes read so far, and, after the last row, what is known of the whole."""

    name: str
    format: str
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    sha256: str = ""
    bytes: int = 0
    page_date: str | None = None


@contextmanager
def open_parquet(source: Source, columns: Columns) -> Iterator[pq.ParquetFile]:
    """A Parquet file, for its row groups. Raises InputError if it cannot be read or a column is missing."""
    if source.is_once:
        raise InputError(f"{source.place}: a Parquet file cannot be read from a pipe; name the file")
    with source.open() as stream:
        try:
            file = pq.ParquetFile(stream)
        except _BROKEN as error:
            raise InputError(f"{source.place}: cannot be read as Parquet: {error}") from error
        names = file.schema_arrow.names
        if columns.title not in names or columns.abstract not in names:
            raise tables.missing(source.place, names, columns)
        yield file


def recognise(source: Source, head: bytes, columns: Columns) -> str:
    """The format of an input that begins with `head`. Raises InputError if it is none that is known."""
    if head.startswith(b"PAR1"):
        return "parquet"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        if source.name.endswith(SUFFIXES):
            return "listing" if source.name.endswith(".txt") else "jsonl"
        raise InputError(f"{source.place}: unknown kind of file: there is nothing in it")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(f"{source.place}: is UTF-16; write it as UTF-8: iconv -f UTF-16 -t UTF-8")
    if text.startswith((b"{", b"[")):
        kind = "jsonl" if is_lines(text) else "json"
        return _source_of_json(text, kind) if columns == _COLUMNS else kind
    if _GREETING in text or source.name.endswith(".txt"):
        return "listing"
    shown = text.decode("utf-8", "replace")
    if bibtex.ENTRY.match(shown) or (shown[:1] in "%@" and regex.search(r"^\s*@\w+\s*[{(]", shown, regex.MULTILINE)):
        return "bibtex"
    first = next(iter(shown.splitlines()), "")
    if tables.delimiter(first, columns) is not None:
        return "csv"
    if source.name.removesuffix(".gz").removesuffix(".zst").endswith((".csv", ".tsv")):
        raise tables.missing(source.place, [name.strip().lower() for name in first.split(",")], Columns(*map(str.lower, columns)))
    raise InputError(
        f"{source.place}: unknown kind of file: it begins with {first[:60]!r}; known are {', '.join(FORMATS)}: name one with --format,"
        " and the columns of a table with --id, --title, --abstract"
    )


def _has(text: bytes, *keys: bytes) -> bool:
    return all(regex.search(rb'"' + key + rb'"\s*:', text) for key in keys)


def _source_of_json(text: bytes, kind: str) -> str:
    """The source that publishes such JSON, by the keys of its first object; else `kind`."""
    first = text.partition(b"\n")[0] if text.startswith(b"{") else text
    for source, keys in (
        ("openalex", (b"abstract_inverted_index",)),
        ("daily-papers", (b"paper", b"summary")),
        ("semantic-scholar", (b"corpusid",)),
        ("semantic-scholar", (b"paperId",)),
        ("arxiv", (b"abstract", b"categories")),
    ):
        if _has(first, *keys):
            return source
    return kind


def is_lines(text: bytes) -> bool:
    """Whether JSON has an object on each line: the first one ends with its line, or is longer than what is seen of it."""
    line, end, rest = text.partition(b"\n")
    if not text.startswith(b"{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        # A broken line of JSON lines ends as an object does; a printed object goes on in the next line.
        return not end or line.rstrip().endswith(b"}") or rest.lstrip().startswith(b"{")
    return True


def check(source: Source, format: str | None = None, columns: Columns = _COLUMNS) -> str:
    """The format of a document, without reading it. Raises InputError for what `read` could not read."""
    with source.open() as stream:
        try:
            found = format or recognise(source, plain(stream).head, columns)
        except _BROKEN as error:
            raise InputError(f"{source.place}: cannot be read: {error}") from error
    if found == "parquet":
        with open_parquet(source, columns):
            pass
    return found


def read(source: Source, format: str | None = None, columns: Columns = _COLUMNS, groups: Sequence[int] | None = None) -> Reading:
    """A document, of the format that is given or that its content shows; it is opened when its first row is asked for.

    Rows raise InputError if it cannot be read at all; a document that breaks off gives its rows up to there, and a reject.
    Of a Parquet file some row groups can be read alone; what is known of the whole file is then told with the first of them.
    """
    reading = Reading(source.name, format or "")
    reading.rows = _rows(source, columns, groups, reading)
    return reading


def _rows(source: Source, columns: Columns, groups: Sequence[int] | None, reading: Reading) -> Iterator[Row]:
    line = 0
    with Hashed(source.open()) as raw:
        try:
            content = plain(cast("IO[bytes]", raw))
            reading.format = reading.format or recognise(source, content.head, columns)
            if not content.head and reading.format != "listing":  # which says so itself
                yield 1, Reject(reading.name, None, "the file is empty", "")
            for line, row in _of_format(source, content, columns, groups, reading):
                reading.bytes = raw.bytes
                yield line, _writable(row) if isinstance(row, Reject) else row
        except _BROKEN as error:
            yield line + 1, Reject(reading.name, line + 1, f"the document breaks off; what follows is lost: {error}", "")
        if groups is None or 0 in groups:
            try:
                reading.sha256 = raw.finish()
            except OSError:
                reading.sha256 = raw.digest()
            reading.bytes = raw.bytes


def _writable(reject: Reject) -> Reject:
    """A reject whose texts can be written: what it shows may be what no UTF-8 text can hold."""
    reason, text = (part.encode("utf-8", "replace").decode() for part in (reject.reason, reject.text))
    return reject._replace(reason=reason, text=text)


def _of_format(source: Source, content: Peeked, columns: Columns, groups: Sequence[int] | None, reading: Reading) -> Iterator[Row]:
    stream = cast("IO[bytes]", io.BufferedReader(content, 1 << 18))
    match reading.format:
        case "parquet":
            with open_parquet(source, columns) as file:
                yield from tables.read_parquet(source.name, file, range(file.num_row_groups) if groups is None else groups, columns)
        case "listing":
            yield from _listing(source.name, stream, reading)
        case "bibtex":
            yield from bibtex.read(source.name, stream, columns)
        case "csv":
            yield from tables.read_csv(source.name, stream, columns)
        case kind:
            text = content.head.removeprefix(b"\xef\xbb\xbf").lstrip()
            of_objects = objects.read_lines if is_lines(text) else objects.read_array
            yield from of_objects(source.name, stream, columns, _OBJECTS.get(kind, objects.by_columns))


def _listing(name: str, stream: IO[bytes], reading: Reading) -> Iterator[Row]:
    """A listing page, which is read as a whole."""
    document = listing.read(name, stream.read(LONGEST_LINE))
    reading.format, reading.page_date = document.format, document.page_date
    rows: list[tuple[int, Row]] = [(one.line, (one.line, one.paper)) for one in document.listed]
    rows += [(reject.line or 0, (reject.line or 1, reject)) for reject in document.rejects]
    yield from (row for _, row in sorted(rows, key=lambda row: row[0]))

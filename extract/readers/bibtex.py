"""BibTeX with abstracts, such as the ACL Anthology's: bibtexparser reads each entry, one at a time, so that memory stays flat."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO

import regex
from bibtexparser.entrypoint import parse_string

from extract.readers.papers import Columns, Reject, Row, paper_of
from extract.readers.streams import LONGEST_LINE, lines

ENTRY = regex.compile(r"\s*@(?P<kind>\w+)\s*[{(]")
_NO_PAPER = frozenset(("string", "comment", "preamble"))
# It also writes what it cannot read to the log; here that is a reject.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False
_BRACES = regex.compile(r"\{(\p{L}[\p{L}\p{N}.+-]*|\\?[%&_#$])\}")
"""Braces that keep a word's capitals or a sign, and stand for nothing."""


def read(name: str, stream: IO[bytes], columns: Columns) -> Iterator[Row]:
    """Each entry that has an abstract; its key is the id."""
    for number, text in _entries(stream):
        if text is None:
            yield number, Reject(name, number, f"an entry of more than {LONGEST_LINE:,} bytes", "")
            continue
        opened = ENTRY.match(text)
        if opened is None or opened["kind"].lower() in _NO_PAPER:
            continue
        library = parse_string(text)
        if len(library.entries) != 1 or library.failed_blocks:
            why = "; ".join(str(block.error) or type(block.error).__name__ for block in library.failed_blocks) or "more than one entry"
            yield number, Reject(name, number, f"not an entry of BibTeX: {why}", text[:500])
            continue
        entry = library.entries[0]
        fields = {field.key.lower(): str(field.value) for field in entry.fields}
        if columns.abstract not in fields:
            yield number, None
            continue
        given = entry.key if columns.id == "id" else fields.get(columns.id)
        title, abstract = (_BRACES.sub(r"\1", fields.get(column, "")) for column in (columns.title, columns.abstract))
        yield number, paper_of(name, number, given, title, abstract, columns)


def _entries(stream: IO[bytes]) -> Iterator[tuple[int, str | None]]:
    """The text of each entry with the line that it begins on; an entry begins at an `@` that begins a line."""
    begun, size = 1, 0
    parts: list[str] = []
    for number, line in lines(stream):
        if line is None and not parts:
            yield number, None  # nobody can say what it was
            continue
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace") if line is not None else ""
        if ENTRY.match(text):
            if parts:
                yield begun, "".join(parts) if size <= LONGEST_LINE else None
            begun, parts, size = number, [], 0
        size += len(text) if line is not None else LONGEST_LINE + 1
        if size <= LONGEST_LINE:
            parts.append(text)
    if parts:
        yield begun, "".join(parts) if size <= LONGEST_LINE else None

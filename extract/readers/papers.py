"""What every reader gives: papers, where they were listed, and what could not be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


class InputError(Exception):
    """An input cannot be used; the message says which, why, and what to do."""


class Paper(NamedTuple):
    """One paper as it will be published: white space folded to single spaces, nothing else changed."""

    paper_id: str
    title: str
    abstract: str


class Columns(NamedTuple):
    """What the fields of a table or of a line of JSON are called."""

    id: str = "id"
    title: str = "title"
    abstract: str = "abstract"


class Listed(NamedTuple):
    """A paper at its place (from 1) in a document, with the line (from 1) that it begins on."""

    position: int
    line: int
    paper: Paper


class Reject(NamedTuple):
    """Something that could not be read: the document, the line (from 1; None for the whole), why, and the text."""

    document: str
    line: int | None
    reason: str
    text: str


Row = tuple[int, Paper | Reject | None]
"""A line (from 1) of a document and what is there: a paper, why it cannot be read, or None for an entry without an abstract
in a source where many have none."""


@dataclass(slots=True)
class Document:
    """One input file: what it is and what is in it."""

    name: str
    sha256: str
    bytes: int
    format: str
    page_date: str | None
    listed: list[Listed] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def fold(text: str) -> str:
    """`text` with every run of white space as one space and none at its ends."""
    return " ".join(text.split())


def paper_id(title: str) -> str:
    """The id of a paper that has none of its own: 16 hex digits of sha256 of the title, case-folded, white space folded."""
    return hashlib.sha256(fold(title).casefold().encode()).hexdigest()[:16]


def paper_of(name: str, line: int, given: object, title: object, abstract: object, columns: Columns) -> Paper | Reject:
    """A row of a document as a paper, or why it is none."""
    if not isinstance(title, str) or not title.strip():
        return Reject(name, line, f"no title: {columns.title!r} is missing, empty or no text", str(title or "")[:500])
    if not isinstance(abstract, str) or not abstract.strip():
        return Reject(name, line, f"no abstract: {columns.abstract!r} is missing, empty or no text", title[:500])
    own = fold(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    return sound(name, line, Paper(own or paper_id(title), fold(title), fold(abstract)))


LONGEST_TEXT = 100_000
"""Characters of an abstract: the longest of some 53,000 has 3,000, and a whole paper has fewer."""


def sound(name: str, line: int, paper: Paper) -> Paper | Reject:
    """A paper whose texts can be read and written, or why they cannot."""
    for what, text in zip(Paper._fields, paper, strict=True):
        if len(text) > LONGEST_TEXT:
            return Reject(
                name, line, f"the {what} has {len(text):,} characters; what has more than {LONGEST_TEXT:,} is none", paper.title[:500]
            )
        try:
            text.encode()
        except UnicodeEncodeError as error:
            return Reject(name, line, f"the {what} has a lone surrogate at character {error.start}, which no UTF-8 text can hold", "")
    return paper

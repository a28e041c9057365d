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

"""Listing pages: titles and abstracts as the text of a daily-papers page has them.

Two layouts, told apart by what is in them, whatever the file is called:

paragraphs   header lines (`new`, `Get trending papers ...`, `Subscribe`, a date such as `Apr 22`), then title and
             abstract as paragraphs with blank lines between
alternating  two header lines, `Subscribe` glued to the first title, then title and abstract on alternating lines
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import regex

from extract.readers.papers import Document, Listed, Paper, Reject, fold, paper_id

_HEADER = regex.compile(
    r"new|Get trending papers in your email inbox(?: once a day)?!|Subscribe|Daily Papers|by\s?AK and the research community"
    r"|(?P<date>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}(?:, \d{4})?)"
)
_GREETING = "Get trending papers"
_GLUED = regex.compile(r"Subscribe(?=\S)")

LONGEST_TITLE = 400
"""A title longer than this is none: the longest of some 53,000 papers has 246 characters."""
SHORTEST_ABSTRACT = 100
"""A paragraph shorter than this is no abstract: menus, dates and footers of a page are."""


class _Item(NamedTuple):
    line: int
    text: str


def read(name: str, raw: bytes) -> Document:
    """Read one listing page.

    What is no paper gives a reject and the rest is still read: bytes that are no UTF-8, a file that fits no layout, a
    title without an abstract, an abstract without a title, an empty file.
    """
    document = Document(name, hashlib.sha256(raw).hexdigest(), len(raw), "unknown", None)

    def reject(line: int | None, reason: str, text: str = "") -> None:
        document.rejects.append(Reject(name, line, reason, text[:500]))

    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reject(line, f"not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}; save the page as UTF-8")
        return document
    lines = content.splitlines()
    if not any(line.strip() for line in lines):
        reject(None, "the file is empty")
        return document
    first, glued = _header(lines, document)
    if first is None:
        reject(1, "fits no layout of a listing page: no line 'Get trending papers ...' in front of the first title", lines[0])
        return document
    body = lines[first:]
    if glued:
        body[0] = _GLUED.sub("", body[0], count=1)
    blank = any(not line.strip() for line in body[:-1])
    document.format = "paragraphs" if blank else "alternating"
    items = list(_paragraphs(body, first) if blank else _lines(body, first))
    position = 0
    at = 0
    while at < len(items):
        title, abstract = items[at], items[at + 1] if at + 1 < len(items) else None
        if not is_title(title.text):
            reject(title.line, "an abstract without a title", title.text)
            at += 1
        elif abstract is None:
            reject(title.line, "a title without an abstract at the end of the file", title.text)
            at += 1
        elif not is_abstract(abstract.text) or (is_title(abstract.text) and at + 2 < len(items) and not is_title(items[at + 2].text)):
            reject(title.line, "a title without an abstract, or something that is no paper", title.text)
            at += 1
        else:
            position += 1
            text = fold(title.text)
            document.listed.append(Listed(position, title.line, Paper(paper_id(text), text, fold(abstract.text))))
            at += 2
    return document


def is_title(text: str) -> bool:
    """Whether a paragraph can be a title: short, and not several sentences."""
    return len(text) <= LONGEST_TITLE and text.count(". ") < 2


def is_abstract(text: str) -> bool:
    """Whether a paragraph can be an abstract."""
    return len(text) >= SHORTEST_ABSTRACT


def _header(lines: list[str], document: Document) -> tuple[int | None, bool]:
    """The number of the first line after the header (None if there is no header) and whether a header word is glued to it."""
    greeted = False
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        found = _HEADER.fullmatch(text)
        if found is None:
            return (number if greeted else None), _GLUED.match(text) is not None
        greeted = greeted or text.startswith(_GREETING)
        if found["date"]:
            document.page_date = found["date"]
    return (len(lines) if greeted else None), False


def _paragraphs(lines: list[str], before: int) -> Iterator[_Item]:
    """Runs of lines without a blank one between."""
    begun: int | None = None
    parts: list[str] = []
    for number, line in enumerate([*lines, ""], start=before + 1):
        if line.strip():
            begun = begun or number
            parts.append(line)
        elif begun is not None:
            yield _Item(begun, " ".join(parts))
            begun, parts = None, []


def _lines(lines: list[str], before: int) -> Iterator[_Item]:
    for number, line in enumerate(lines, start=before + 1):
        if line.strip():
            yield _Item(number, line)

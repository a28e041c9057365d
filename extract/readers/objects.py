"""Papers as JSON objects, one a line (`.jsonl`) or in an array, as the sources of papers publish them.

jsonl              objects with an id, a title and an abstract, under any names
arxiv              arXiv's metadata snapshot, as Kaggle and the OAI dump publish it: title and abstract with hard line breaks
openalex           OpenAlex works: the abstract is an index of words with their places
semantic-scholar   Semantic Scholar's abstracts (no title) and papers (`corpusid` or `paperId`)
daily-papers       the Hugging Face API's answer: an array of objects with a `paper`, whose abstract is its `summary`
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import IO, Any

import regex

from extract.readers.papers import Columns, Paper, Reject, Row, fold, paper_of, sound
from extract.readers.streams import LONGEST_LINE, lines

Read = Callable[[str, int, dict[str, Any], Columns], Paper | Reject | None]
_CHUNK = 1 << 18
_WHITE = " \t\r\n,"
_NEXT = regex.compile(r"\}\s*,?\s*\{\s*\"")


def by_columns(name: str, line: int, row: dict[str, Any], columns: Columns) -> Paper | Reject:
    """An object with its fields under their columns' names."""
    return paper_of(name, line, row.get(columns.id), row.get(columns.title), row.get(columns.abstract), columns)


def openalex(name: str, line: int, row: dict[str, Any], columns: Columns) -> Paper | Reject | None:
    """A work of OpenAlex; about half of them have no abstract."""
    index = row.get("abstract_inverted_index")
    if index is None or index == {}:
        return None
    try:
        abstract = from_index(index)
    except (AttributeError, TypeError, ValueError) as error:
        return Reject(name, line, f"abstract_inverted_index is no index of words and places: {error}", str(row.get("title"))[:500])
    given = row.get("id")
    own = given.rpartition("/")[2] if isinstance(given, str) else given
    return paper_of(name, line, own, row.get("display_name") or row.get("title"), abstract, columns)


def from_index(index: dict[str, list[int]]) -> str:
    """The text of which an index of words gives the places. Raises ValueError for places that no text can have."""
    words = {place: word for word, places in index.items() for place in places}
    if not all(isinstance(place, int) and place >= 0 for place in words):
        raise ValueError("a place is no number from 0")
    return " ".join(words[place] for place in sorted(words))


def semantic_scholar(name: str, line: int, row: dict[str, Any], columns: Columns) -> Paper | Reject | None:
    """A paper of Semantic Scholar, or an entry of its abstracts, which have no title."""
    abstract = row.get("abstract")
    if abstract is None:
        return None
    given = row.get("paperId") or row.get("corpusid")
    if "title" in row or not isinstance(given, str | int) or not isinstance(abstract, str) or not abstract.strip():
        return paper_of(name, line, given, row.get("title"), abstract, columns)
    return sound(name, line, Paper(str(given), "", fold(abstract)))


def daily_papers(name: str, line: int, row: dict[str, Any], columns: Columns) -> Paper | Reject:
    """An entry of the Hugging Face API for daily papers."""
    paper = row["paper"] if isinstance(row.get("paper"), dict) else row
    return paper_of(name, line, paper.get("id"), paper.get("title"), paper.get("summary"), columns)


def read_lines(name: str, stream: IO[bytes], columns: Columns, read: Read) -> Iterator[Row]:
    """One object a line; a line that cannot be read is a reject."""
    for number, line in lines(stream):
        if line is None:
            yield number, Reject(name, number, f"a line of more than {LONGEST_LINE:,} bytes", "")
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError) as error:
            yield number, Reject(name, number, f"not a line of JSON: {error}", line[:500].decode("utf-8", "replace"))
            continue
        yield number, _paper(name, number, row, columns, read)


def read_array(name: str, stream: IO[bytes], columns: Columns, read: Read) -> Iterator[Row]:
    """The objects of an array, or one behind the other; their number stands for the line. A broken one is a reject."""
    decoder = json.JSONDecoder()
    parts = _decoded(stream)
    buffer, number, at_end = "", 0, False
    while True:
        buffer = buffer.lstrip(_WHITE) if number else buffer.lstrip("\ufeff" + _WHITE).removeprefix("[").lstrip(_WHITE)
        if buffer.startswith("]"):
            return
        try:
            row, end = decoder.raw_decode(buffer)
        except (json.JSONDecodeError, RecursionError) as error:
            if not _is_broken(error, buffer) and not at_end:
                part = next(parts, None)
                at_end, buffer = part is None, buffer + (part or "")
                continue
            if not buffer:
                return
            number += 1
            yield number, Reject(name, number, f"entry {number} is not JSON: {error}", buffer[:500])
            buffer = _behind(buffer, getattr(error, "pos", 0), parts)
            continue
        number += 1
        buffer = buffer[end:]
        yield number, _paper(name, number, row, columns, read)


def _is_broken(error: json.JSONDecodeError | RecursionError, buffer: str) -> bool:
    """Whether an object is broken, and does not just go on behind what has been read so far."""
    if len(buffer) > LONGEST_LINE or isinstance(error, RecursionError):
        return True
    return error.pos < len(buffer) - 8 and not error.msg.startswith("Unterminated string")


def _behind(buffer: str, place: int, parts: Iterator[str]) -> str:
    """What follows a broken object: the text from where the next one begins."""
    while (begins := _NEXT.search(buffer, place)) is None:
        part = next(parts, None)
        if part is None:
            return ""
        buffer, place = buffer[-64:] + part, 0
    return buffer[buffer.index("{", begins.start()) :]


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    """The text of a stream in pieces; bytes that are no UTF-8 become replacement characters."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while data := stream.read(_CHUNK):
        yield decoder.decode(data)


def _paper(name: str, number: int, row: object, columns: Columns, read: Read) -> Paper | Reject | None:
    if not isinstance(row, dict):
        return Reject(name, number, "JSON, but no object with id, title and abstract", str(row)[:500])
    return read(name, number, row, columns)

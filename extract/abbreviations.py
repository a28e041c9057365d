"""Long names and their abbreviations: "Value Conflict Dilemma (VCD)", "CHAOS (CHart Analysis with Outlier Samples)".

The match is that of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text": the letters of the short form, read backwards, are found in order in the long one, and its first
letter begins a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.words import ACRONYM, LETTER, MEASURE, MIXED, PROPER, Words

_SHORT = frozenset((ACRONYM, MIXED, PROPER, LETTER, MEASURE))


def _begin(short: str, long: str) -> int | None:
    """Where in `long` the words that `short` stands for begin; None if it does not stand for its end."""
    at = len(long) - 1
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalpha():
            continue  # a digit stands for a repeated letter (S^2VOPD), a number, or nothing
        while at >= 0 and (long[at].lower() != letter or (place == 0 and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def find(words: Words, title_end: int) -> Iterator[tuple[int, int, int, int]]:
    """Long and short forms as token ranges: first and last of the long one, first and last of the short one."""
    shapes, view = words.shapes, words.view
    title_last = title_end - 1
    if title_last > 3 and shapes[0] in _SHORT and view[words.starts[1]] == ":":
        # "MIEB: Massive Image Embedding Benchmark"
        short, long = words.text(0), _text(words, 2, title_last)
        if _begin(short, long) == 0 and sum(word[0].isupper() for word in long.split()) <= len(short):
            yield 2, title_last, 0, 1
    bracket = view.find("(")
    while bracket >= 0:
        at = _token_at(words, bracket)
        bracket = view.find("(", bracket + 1)
        close = _closing(words, at)
        if at < 1 or close is None:
            continue
        inside = close - at - 1
        if (inside == 1 and shapes[at + 1] in _SHORT) or (inside == 3 and view[words.starts[at + 2]] in "-/"):
            first = _long_before(words, at, words.text(at + 1))
            if first is not None:
                yield first, at, at + 1, close
        elif inside > 1 and shapes[at - 1] in _SHORT:
            long = _text(words, at + 1, close)
            if _begin(words.text(at - 1), long) == 0:
                yield at + 1, close, at - 1, at


def _token_at(words: Words, place: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words.starts[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


def _closing(words: Words, at: int) -> int | None:
    for token in range(at + 1, min(at + 14, len(words))):
        sign = words.view[words.starts[token]]
        if sign == ")":
            return token
        if sign in "(;" or words.shapes[token] == ".":
            return None
    return None


def _text(words: Words, first: int, last: int) -> str:
    return words.view[words.starts[first] : words.ends[last - 1]]


def _long_before(words: Words, at: int, short: str) -> int | None:
    """The first token of the long form that ends before token `at`."""
    letters = sum(sign.isalnum() for sign in short)
    if letters < 2 or len(short) > 14:
        return None
    first = at
    while (
        first > 0
        and at - first < min(letters + 5, 2 * letters + 1)
        and words.shapes[first - 1] != "."
        and words.view[words.starts[first - 1]] not in ",;:()"
    ):
        first -= 1
    if first == at:
        return None
    long = _text(words, first, at)
    begin = _begin(short.rstrip("s") or short, long)
    if begin is None:
        return None
    token = _token_at(words, words.starts[first] + begin)
    return token if at - token >= 2 or _condensed(short, words.text(token)) else None


def _condensed(short: str, long: str) -> bool:
    """Whether a name is another one word with parts left out: G2M of Grid2Matrix, IG-Bench of IdeaGene-Bench; not its beginning."""
    capitals = [sign for sign in long if sign.isupper() or sign.isdigit()]
    kept = [sign for sign in short if sign.isupper() or sign.isdigit()]
    return (
        len(kept) >= 2
        and len(short) * 3 <= len(long) * 2
        and not long.lower().startswith(short.lower())
        and [sign for sign in capitals if sign in kept][: len(kept)] == kept
    )

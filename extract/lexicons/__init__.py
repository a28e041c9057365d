"""Names as data: the CSV files beside this module, read once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from extract.text import clean


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon by column name; lines that begin with `#` say where its facts come from."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def ordinary_words() -> frozenset[str]:
    """Lower-case words of everyday English prose about machine learning."""
    text = (files(__package__) / "words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


_NO_KEY = regex.compile(r"[^\p{L}\p{N}+*]")


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """What a word is looked up by: letters, digits, `+` and `*`, case folded, so that Tiny-ImageNet is TinyImageNet."""
    return _NO_KEY.sub("", word).casefold()


MEASURES = frozenset(("measure", "quality", "headed"))
"""Types of entry that are no names: measures, words that also stand for what is measured, and what is measured by its head."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a lexicon: what it is (`dataset`, `model`, `measure` ...) and the name most people use for it."""

    type: str
    canonical: str
    spellings: frozenset[str]
    certain: bool

    def fits(self, written: str) -> bool:
        """Whether a name spelled like this can be meant: by exactly these letters, or, if it is no other word, by any capitals."""
        if written in self.spellings:
            return True
        if self.type in MEASURES:
            return not written.isupper() and written.casefold() in self.spellings
        if " " in written and written[0].islower() and all(spelling.isalnum() for spelling in self.spellings):
            return False  # "semantic 3D reconstruction" is not Semantic3D
        if not self.certain:
            return False
        return (
            _STRONG.search(written) is not None
            or (self.type == "model" and "-" in written and any("-" in one for one in self.spellings))  # gpt-oss
            or (len(written) >= _LONG and written.istitle() and written.casefold() not in ordinary_words())
        )


_LONG = 6
"""Letters of a name that is known in ordinary capitals, too: Imagenet."""
_STRONG = regex.compile(r"[A-Z][^\s-]*[A-Z\d]|\d[^\s-]*[A-Z]|[a-z][^\s-]*[A-Z]|\d")
"""A word that is spelled like no ordinary one: two capitals, or letters with digits."""


class Lexicon:
    """Names of one or many words, found by walking the keys of the words of a text."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ends: dict[str, list[Entry]] = {}
        starts: set[str] = set()
        for entry in entries:
            for spelling in entry.spellings:
                for at in range(1, len(spelling)):
                    if not spelling[at].isalnum() and spelling[at - 1].isalnum():
                        starts.add(key(spelling[:at]))
                whole = key(spelling)
                starts.add(whole)
                self._ends.setdefault(whole, []).append(entry)
        self.starts: frozenset[str] = frozenset(starts)
        """Keys with which a name can begin; no name begins at a word whose key is not among them."""

    def ends(self, whole: str) -> list[Entry]:
        """The names whose key is `whole`."""
        return self._ends.get(whole, [])

    def longest(
        self, keys: Sequence[str], at: int, text: Callable[[int, int], str], joins: Callable[[int], bool]
    ) -> tuple[int, list[Entry]]:
        """The longest name that begins at word `at`: where it ends (exclusive) and what it may be.

        `text(first, last)` gives words as written, `joins(i)` whether word `i` is a sign that may stand inside a name.
        """
        after = keys[at + 1] if at + 1 < len(keys) else "."
        if after and keys[at] not in self._ends and keys[at] + after not in self.starts:
            return at, []  # as most ordinary words that begin some name
        so_far, last = "", at
        found: tuple[int, list[Entry]] = (at, [])
        while last < len(keys):
            piece = keys[last]
            if not piece:
                if last == at or not joins(last):
                    break
                last += 1
                continue
            so_far += piece
            if so_far not in self.starts:
                break
            last += 1
            if so_far in self._ends:
                written = text(at, last)
                entries = [entry for entry in self._ends[so_far] if entry.fits(written)]
                if entries:
                    found = last, entries
        return found


@cache
def names() -> Lexicon:
    """All names of all lexicons."""
    entries = [
        *(
            Entry("dataset", row["dataset"], _spellings(row["dataset"], row["aliases"]), row["certainty"] == "name")
            for row in rows("datasets.csv")
        ),
        *(Entry(row["type"], row["name"], frozenset({row["name"]}), True) for row in rows("names.csv")),
        *(Entry("hardware", row["device"], frozenset({row["device"]}), row["certainty"] == "name") for row in rows("hardware.csv")),
        *(Entry(row["type"], row["metric"], _inflected(_spellings(row["metric"], row["aliases"])), True) for row in rows("metrics.csv")),
    ]
    return Lexicon(entries)


@cache
def metrics() -> dict[str, dict[str, str]]:
    """The rows of metrics.csv by canonical name."""
    return {row["metric"]: row for row in rows("metrics.csv")}


def _spellings(name: str, aliases: str) -> frozenset[str]:
    return frozenset({name, *(alias for alias in aliases.split("|") if alias)})


_ORDINARY = regex.compile(r"[A-Z]?[a-zé'-]+(?: [A-Z]?[a-zé'-]+)*")


def _inflected(spellings: frozenset[str]) -> frozenset[str]:
    """Spellings of a measure with their plurals and, if they are ordinary words, in lower case."""
    plurals = {f"{spelling}s" for spelling in spellings if spelling[-1].isalpha() and spelling[-1] not in "sSy"}
    return spellings | plurals | {spelling.lower() for spelling in spellings | plurals if _ORDINARY.fullmatch(spelling)}


@cache
def families() -> frozenset[str]:
    """Stems of model names that are no ordinary words: GPT, Qwen, Llama."""
    ordinary = ordinary_words()
    return frozenset(
        stem[0]
        for row in rows("names.csv")
        if row["type"] == "model" and (stem := _STEM.match(row["name"])) and len(stem[0]) > 1 and stem[0].lower() not in ordinary
    )


_STEM = regex.compile(r"[A-Za-z]+")


def as_written(shown: str) -> str:
    """A name as a person would write it: without padding, white space as single spaces."""
    return " ".join(clean(shown).split())

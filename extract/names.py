"""Every candidate name once: where it stands, what its shape and the lexicons say it may be.

A candidate is a run of capitalised or oddly spelled words (ImageNet-1K, Long Range Arena, Llama 3.1), or whatever a
lexicon knows. What it is (dataset, model, task ...) is decided over the whole paper (`evidence.py`), from its shape, the
lexicons and the rules that fire on its mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import regex

from extract import abbreviations, lexicons, measures, vocabulary
from extract.lexicons import MEASURES, Entry
from extract.shapes import family, is_bench, shape_of
from extract.words import (
    ACRONYM,
    CAPITALISED,
    CUE,
    END,
    HYPHENATED,
    LETTER,
    MEASURE,
    MIXED,
    NUMBER,
    NUMBER_WORD,
    POSSESSIVE,
    PROPER,
    WORD,
    Words,
)

VARIANTS = vocabulary.words(
    "pro plus verified lite hard multimodal live v1 v2 v3 v4 v5 mini diamond redux extra challenge easy multilingual +"
)
"""Words that continue the name of a dataset: MMLU Pro, SWE-bench Verified."""
_HEADS = vocabulary.words(
    "dataset datasets benchmark benchmarks corpus challenge competition leaderboard suite database task tasks track corpora data collection"
    " test environment environments platform framework model models"
)
"""Nouns that are no part of a name when a name stands before them."""


@dataclass(slots=True)
class Mention:
    """One place where a name stands: its tokens, its characters, what it may be, and the abbreviation that the paper gives it."""

    first: int
    last: int
    start: int
    end: int
    text: str
    key: str
    shape: str
    types: frozenset[str]
    entries: tuple[Entry, ...] = ()
    canonical: str = ""
    short: str = ""

    @property
    def classes(self) -> frozenset[str]:
        """The classes of phrase that rules know it by."""
        return classes(self.types, self.shape)


@cache
def classes(types: frozenset[str], shape: str) -> frozenset[str]:
    """The phrase classes of a name of these lexicon types and this shape; what a known dataset looks like does not matter."""
    known = {f"{name.upper()}_NAME" for name in types}
    return frozenset({"NAME", *known} if known & {"DATASET_NAME", "WORD_DATASET_NAME"} else {"NAME", shape, *known})


MOST_TYPES = 2
"""Types kept for a name that lexicons know as several things."""
TYPES = ("dataset", "word_dataset", "model", "method", "task", "platform", "term", "hardware", "word_hardware")


_MOST_ABBREVIATIONS = 50
"""Abbreviations with their long forms that are read of a text: each of them looks at all names."""
_STRONG = frozenset((ACRONYM, MIXED, PROPER))
_NAMELIKE = frozenset((ACRONYM, MIXED, PROPER, CAPITALISED, HYPHENATED, LETTER))
_OF_HEAD = _NAMELIKE | {WORD, NUMBER, NUMBER_WORD}
_JOINS = frozenset("/-–&:.;")


_HEAD = 6
"""Words of the longest name before the colon of a title."""
_SMALL = vocabulary.words("a an and as at by for from in no not of on or the to vs with")
"""Words without a capital inside names: Deal or No Deal."""


_OF_NUMBER = vocabulary.words("of from by to is at reaches")
"""Words between a measure and its number."""


_SETS = vocabulary.words("dataset datasets benchmark benchmarks corpus testbed")
"""Nouns before which an ordinary word with a capital is a name."""


def may_begin(key: str, shape: str) -> bool:
    """Whether a name or a measure may begin with a token of this lexicon key and shape."""
    return shape in (ACRONYM, MIXED, PROPER, CAPITALISED, HYPHENATED, MEASURE) or key in lexicons.names().starts or key in measures.HEADS


_SIZE = regex.compile(r"\d+(?:\.\d+)?[BM]")
_DEVICE_PARTS = vocabulary.words(
    "ti super mobile laptop sxm sxm2 sxm3 sxm4 sxm5 pcie nvl agx nx nano ultra max pro plus ada blackwell gen elite"
)
"""Words that end a device's name after its number: RTX 4070 Ti, H100 SXM5."""


class Finder:
    """One pass over the words of a text for names and measures."""

    def __init__(self, words: Words, taken: set[int], shaped: dict[int, int], plain: dict[int, float], title_end: int) -> None:
        """`taken` has the tokens of quantities with a unit, `shaped` where resolutions begin and end, `plain` the other
        numbers by token; `title_end` is the first token after the title."""
        self.words = words
        self.taken = taken
        self.plain = plain
        self.title_end = title_end
        self.shaped = shaped
        self.lexicon = lexicons.names()
        self.mentions: list[Mention] = []
        self.measures: list[Mention] = []

    def written(self, first: int, last: int) -> str:
        """The tokens as a person would write them."""
        words = self.words
        return lexicons.as_written(words.view[words.starts[first] : words.ends[last - 1]])

    def _joins(self, at: int) -> bool:
        words = self.words
        return words.starts[at] == words.ends[at - 1] and words.view[words.starts[at]] in _JOINS

    def run(self) -> None:
        """Fill `mentions` and `measures`, in order."""
        words, starts = self.words, self.lexicon.starts
        shapes, keys, cues = words.shapes, words.keys, words.cues
        at = cues.find(CUE)
        while at >= 0:
            at = cues.find(CUE, at + 1 if at in self.taken else self._step(at, shapes[at], keys, starts))

    def _step(self, at: int, shape: str, keys: Sequence[str], starts: frozenset[str]) -> int:
        """Take in the name or the measure that begins at token `at`, if one does. Where to go on."""
        words = self.words
        if keys[at] in starts:
            last, entries = self.lexicon.longest(keys, at, self.written, self._joins)
            if entries:
                return self._known(at, last, entries)
        if shape == MEASURE:
            self._add(self.measures, at, at + 1, (Entry("measure", self.written(at, at + 1), frozenset(), certain=True),))
        elif keys[at] in measures.HEADS and measures.compound(words, at):
            self._compound(at)
        elif shape in _STRONG or (shape in (CAPITALISED, HYPHENATED) and self._begins(at)):
            return self._unknown(at)
        return at + 1

    def _begins(self, at: int) -> bool:
        """Whether a capitalised ordinary word can begin a name."""
        words, shapes = self.words, self.words.shapes
        after = shapes[at + 1 : at + 2]
        first = at == 0 or shapes[at - 1] == END
        if shapes[at] == HYPHENATED:
            # Titles and the beginnings of sentences have such words without meaning a name by it.
            named = is_bench(self.written(at, at + 1))
            return (
                named
                or (at < self.title_end and first and words.view[words.ends[at] : words.ends[at] + 1] == ":")
                or (at >= self.title_end and not first)
            )
        if self.words.keys[at + 1 : at + 2] and self.words.keys[at + 1] in _SETS and at >= self.title_end and not first:
            return self.words.keys[at] not in _SETS  # "on the Prostate dataset"
        return at >= self.title_end and not first and after != "" and after in _NAMELIKE

    def _known(self, at: int, last: int, entries: list[Entry]) -> int:
        types = {entry.type for entry in entries}
        if last - at == 1 and "dataset" not in types and self.words.keys[at] in vocabulary.ABBREVIATIONS and not types & MEASURES:
            return last  # GPU, LLM: rules know them as words
        if types & MEASURES and (not types - MEASURES or self._counted(at, last)):
            self._add(self.measures, at, last, tuple(entry for entry in entries if entry.type in MEASURES))
            return last
        if "dataset" in types:
            if last - 1 in self.shaped:
                last = self.shaped[last - 1]  # "ImageNet 256", and "x 256" behind it
            elif last in self.shaped and any(entry.canonical in ("ImageNet", "ImageNet-1K") for entry in entries):
                side = self.words.text(last).partition("x")[0].partition("times")[0].partition("×")[0]
                last = self.shaped[last]  # "ImageNet 256x256" is a benchmark of its own
                entries = [Entry("dataset", f"ImageNet-{side}", frozenset(), certain=True)]
            if self.words.keys[at] == "the" and self.words.view[self.words.starts[at]] == "t" and last - at > 1:
                at += 1  # "the Pile" is named Pile, "The Stack" keeps its article
            while (
                last < len(self.words)
                and self.words.keys[last] in VARIANTS
                and self.words.shapes[last] in (CAPITALISED, MIXED, ACRONYM, PROPER)
            ):
                last += 1
        last = self._sized(self._versions(at, last, types))
        if "hardware" in types:
            while last < len(self.words) and self.words.keys[last] in _DEVICE_PARTS and self.words.shapes[last] != WORD:
                last += 1
        # A known word inside a longer name (LLM Arena, Vision Transformer Adapter) is that name.
        if not types & {"dataset", "hardware"} and at >= self.title_end:
            last = self._extended(last)
        self._add(self.mentions, at, last, tuple(entries))
        return last

    def _counted(self, at: int, last: int) -> bool:
        """Whether what may be a measure and something else is one: "MAE of 0.3", "an 8% SR", "SR and accuracy"."""
        shapes, keys = self.words.shapes, self.words.keys
        if last + 1 < len(keys) and (keys[last] == "and" or self.words.text(last) in (",", "/")):
            _, entries = self.lexicon.longest(keys, last + 1, self.written, self._joins)
            if shapes[last + 1] == MEASURE or (entries and all(entry.type in MEASURES for entry in entries)):
                return True
        before = shapes[at - 1 : at] == NUMBER or (at > 1 and self.words.text(at - 1) == "%")
        after = shapes[last : last + 1] == NUMBER or (
            shapes[last + 1 : last + 2] == NUMBER and (keys[last] in _OF_NUMBER or self.words.text(last) in ("=", ":"))
        )
        return before or after

    def _unknown(self, at: int) -> int:
        last = self._extended(at + 1)
        if last - at == 1 and self.words.keys[at] in vocabulary.ABBREVIATIONS:
            return last
        last = self._sized(self._versions(at, last, frozenset()))
        shapes = self.words.shapes
        while last - at > 1 and self.words.keys[last - 1] in _HEADS and (shapes[at] in _STRONG or last - at > 4):
            last -= 1
        if shapes[at:last] == CAPITALISED and not (last < len(shapes) and self.words.keys[last] in _SETS):
            return at + 1
        if last - at > 1 and measures.named(self.words, last):
            self._add(self.measures, at, last, (Entry("measure", self.written(at, last), frozenset(), certain=True),))
        else:
            self._add(self.mentions, at, last, ())
        return last

    def _extended(self, last: int) -> int:
        """The end of a run of name words that reaches to `last` at least."""
        words, shapes = self.words, self.words.shapes
        while last < len(words) and last not in self.taken:
            shape = shapes[last]
            if shape in _NAMELIKE:
                if last < self.title_end and (shape in (CAPITALISED, HYPHENATED) or shapes[last - 1] == CAPITALISED):
                    break
                if words.keys[last] in self.lexicon.starts:
                    _, entries = self.lexicon.longest(words.keys, last, self.written, self._joins)
                    if entries and (shape != CAPITALISED or _is_device(entries)):
                        break
                last += 1
            elif shape == POSSESSIVE and shapes[last + 1 : last + 2] in (PROPER, CAPITALISED) and shapes[last - 1] in (PROPER, CAPITALISED):
                if _is_device(self.lexicon.longest(words.keys, last + 1, self.written, self._joins)[1]):
                    break
                last += 2
            else:
                break
        return last

    def _versions(self, at: int, last: int, types: set[str] | frozenset[str]) -> int:
        """Take in a version number or year that follows a name."""
        value = self.plain.get(last)
        if value is None or self.words.starts[last] == self.words.ends[last - 1]:
            return last
        if self.words.view.startswith("-", self.words.ends[last]) and "model" not in types:
            return last  # "on OrganAMNIST 11-organ classification"
        year, whole = 1990 <= value <= 2035, value == int(value)
        lettered = any(shape in _STRONG for shape in self.words.shapes[at:last])
        long = last - at > 1 and whole and value < 1000
        if (
            (year and lettered)
            or long
            or (types & {"model", "platform", "dataset"} and (value < 10 or (whole and value < 600)))
            or (types & {"hardware"} and whole)
            or (lettered and 1 <= value < 8 and "." in self.words.text(last))
            or (0 < value < 1 and len(self.words.text(last)) == 3 and self.words.shapes[last - 1] in (MIXED, PROPER))  # FooWorld 0.5
        ):
            last += 1
            if "model" in types and self.words.shapes[last : last + 1] in (CAPITALISED, MIXED):
                last += 1
        return last

    def _sized(self, last: int) -> int:
        """Take in a size that is joined to a version: the "-70B" of "Llama 2-70B"."""
        words = self.words
        joined = last + 1 < len(words) and words.ends[last - 1] == words.starts[last] and words.ends[last] == words.starts[last + 1]
        version = words.shapes[last - 1 : last] == NUMBER
        return last + 2 if version and joined and words.text(last) == "-" and _SIZE.fullmatch(words.text(last + 1)) else last

    def replace(self, first: int, last: int) -> None:
        """Make the tokens one name, in place of the names and measures that overlap them."""
        if any((mention.first, mention.last) == (first, last) for mention in self.mentions):
            return
        for found in (self.mentions, self.measures):
            found[:] = [mention for mention in found if mention.last <= first or mention.first >= last]
        self._add(self.mentions, first, last, ())
        self.mentions.sort(key=lambda mention: mention.first)

    def head(self) -> None:
        """Make what stands before the colon of a title one name if the abstract says it, too: "Deal or No Deal: ...", wherever it stands."""
        words = self.words
        last = next((at for at in range(2, min(_HEAD + 1, self.title_end)) if words.text(at) in (":", "-", "–", "—")), 0)
        inside = words.shapes[:last]
        if last < 2 or inside[0] in (WORD, NUMBER) or not _OF_HEAD.issuperset(inside) or not self.taken.isdisjoint(range(last)):
            return
        if any(shape == WORD and words.keys[at] not in _SMALL for at, shape in enumerate(inside)):
            return
        name = self.written(0, last)
        places = [
            at for at in range(last, len(words) - last + 1) if words.keys[at] == words.keys[0] and self.written(at, at + last) == name
        ]
        for at in (0, *places) if places else ():
            self.replace(at, at + last)

    def _compound(self, at: int) -> None:
        """Make a word and the head of a measure after it one measure, unless the word is known as something else."""
        known = self.mentions[-1] if self.mentions and self.mentions[-1].last == at else None
        if known is not None:
            if known.entries or known.shape in ("SHAPE_BENCH", "SHAPE_DATA"):
                return
            self.mentions.pop()
        first = known.first if known is not None else at - 1
        if self.measures and self.measures[-1].last > first:
            return
        self._add(self.measures, first, at + 1, (Entry("headed", self.written(first, at + 1), frozenset(), certain=True),))

    def measure(self, first: int, last: int, short: tuple[int, int]) -> None:
        """Make the tokens, the long form of the abbreviation at `short`, a measure, and the abbreviation wherever it stands."""
        known = next((found for found in self.measures if found.first <= first and found.last == last), None)
        text = self.written(*short)
        if text[-1] == "s" and text[:-1].isupper():
            text = text[:-1]
        entry = Entry("measure", known.canonical if known is not None else text, frozenset(), certain=True)
        key = lexicons.key(text)
        places = [(first, last), *((one.first, one.last) for one in (*self.mentions, *self.measures) if one.key in (key, f"{key}s"))]
        for begin, end in places:
            for found in (self.mentions, self.measures):
                found[:] = [mention for mention in found if mention.last <= begin or mention.first >= end]
            self._add(self.measures, begin, end, (entry,))
            self.measures[-1].short = text
        self.measures.sort(key=lambda mention: mention.first)

    def _add(self, to: list[Mention], first: int, last: int, entries: tuple[Entry, ...]) -> None:
        words = self.words
        start, end = words.starts[first], words.ends[last - 1]
        text = self.written(first, last)
        shapes = words.shapes[first:last]
        kind = next((kind for kind in (MIXED, ACRONYM, PROPER) if kind in shapes), CAPITALISED)
        shape = shape_of(text, kind)
        types = _NO_TYPES
        if entries:
            types = frozenset(
                entry.type if entry.certain or " " in text or entry.type not in ("dataset", "hardware") else f"word_{entry.type}"
                for entry in entries
                if entry.type not in MEASURES
            )
        if not types and shape not in ("SHAPE_BENCH", "SHAPE_DATA", "SHAPE_VARIANT") and family(text):
            types = _OF_MODEL
        elif len(types) > MOST_TYPES:
            types = frozenset(sorted(types, key=TYPES.index)[:MOST_TYPES])
        canonical = next((entry.canonical for entry in entries if entry.type == "dataset"), entries[0].canonical if entries else "")
        to.append(Mention(first, last, start, end, text, lexicons.key(text), shape, types, entries, canonical))


_NO_TYPES: frozenset[str] = frozenset()
_OF_MODEL = frozenset(("model",))


def _is_device(entries: Iterable[Entry]) -> bool:
    return any(entry.type == "hardware" and entry.certain for entry in entries)


def find(
    words: Words, taken: set[int], shaped: dict[int, int], plain: dict[int, float], title_end: int
) -> tuple[list[Mention], list[Mention], list[tuple[str, str]]]:
    """The names and the measures of a text, in order and without overlap, and the keys of long names with their abbreviations'.

    The key of a long form in ordinary words is empty: it is no name.
    """
    finder = Finder(words, taken, shaped, plain, title_end)
    finder.run()
    finder.head()
    pairs = []
    known = {(mention.first, mention.last) for mention in finder.mentions if "dataset" in mention.types}
    for first, last, short_first, short_last in islice(abbreviations.find(words, title_end), _MOST_ABBREVIATIONS):
        named = measures.abbreviated(words, last) or any(one.last == last for one in finder.measures)
        if named and (short_first, short_last) not in known:
            finder.measure(first, last, (short_first, short_last))
            continue
        short = lexicons.key(finder.written(short_first, short_last))
        capitals = [shape for shape in words.shapes[first:last] if shape in _NAMELIKE]
        small = sum(words.keys[at] in _SMALL or words.shapes[at] == NUMBER for at in range(first, last))
        if capitals and len(capitals) * 2 > last - first - small and words.shapes[first] in _NAMELIKE:
            finder.replace(first, last)
            pairs.append((lexicons.key(finder.written(first, last)), short))
        elif not capitals:
            pairs.append(("", short))
    return finder.mentions, finder.measures, pairs

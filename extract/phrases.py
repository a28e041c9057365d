"""A paper as rules see it: its words with every quantity group, name and measure folded into one phrase each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from extract import names, quantities, shapes, words
from extract.lexicons import MEASURES
from extract.names import Mention
from extract.numerals import Quantity, Relation, Unit
from extract.rules import Alphabet, Rule, class_names, parse
from extract.words import PieceTable, Words, WordTable

_PLAIN = (Unit.INTEGER, Unit.DECIMAL, Unit.YEAR)
START = frozenset({"START"})
"""The class of the empty phrase in front of the title."""


@dataclass(slots=True)
class Page:
    """One paper, read: its text is the title, a line break and the abstract.

    Phrase `i` is the tokens `firsts[i]:lasts[i]`; `letters[i]` is its class letter. `groups`, `mentions` and `measures`
    have the phrases that are more than a word, by number; `abbreviations` the keys of long names with their short ones'.
    """

    title: str
    abstract: str
    text: str
    words: Words
    firsts: list[int]
    lasts: list[int]
    letters: str
    groups: dict[int, list[Quantity]]
    mentions: dict[int, Mention]
    measures: dict[int, Mention]
    abbreviations: list[tuple[str, str]]

    def start(self, phrase: int) -> int:
        """Where a phrase begins in the text, in characters."""
        return self.words.starts[self.firsts[phrase]]

    def end(self, phrase: int) -> int:
        """Where a phrase ends in the text, in characters."""
        return self.words.ends[self.lasts[phrase] - 1]


def quantity_classes(group: Sequence[Quantity]) -> frozenset[str]:
    """The classes of phrase that a group of quantities is."""
    head = group[-1]
    found = {"QUANTITY", head.unit.value}
    if head.unit is Unit.MAGNITUDE:
        found.add(
            _SIZES[
                "t" if head.said.lower() in ("t", "trillion") else "k" if head.said.lower() in ("k", "thousand") else head.said[0].lower()
            ]
        )
    if head.unit is Unit.INTEGER and group[0].low < 100:
        found.add("SMALL")
    elif (head.unit in (Unit.INTEGER, Unit.YEAR) or "THOUSANDS" in found) and head.high in _POWERS:
        found.add("POWER")
    if group[0].sign:
        found.add("SIGNED")
    if len(group) > 1:
        found.add("PAIR" if group[1].relation in (Relation.TO, Relation.VERSUS) else "LIST")
    if head.low != head.high:
        found.add("RANGE")
    if group[0].comparator != "=":
        found.add("BOUNDED")
    return frozenset(found)


_POWERS = frozenset((*(2.0**power for power in range(8, 21)), *(1000 * 2.0**power for power in range(11)), 131000.0, 262000.0))
"""What lengths of contexts are: powers of two, counted in ones, thousands or 1024s."""
_SIZES = {"b": "BILLIONS", "m": "MILLIONS", "t": "TRILLIONS", "k": "THOUSANDS"}


def _quantity_kinds() -> Iterator[frozenset[str]]:
    units = [*({unit.value} for unit in Unit), *({Unit.MAGNITUDE.value, size} for size in _SIZES.values()), {Unit.INTEGER.value, "SMALL"}]
    units += [{unit.value, "POWER"} for unit in (Unit.INTEGER, Unit.YEAR)] + [{Unit.MAGNITUDE.value, "THOUSANDS", "POWER"}]
    none: set[str] = set()
    for unit, signed, form, ranged, bounded in product(
        units, (none, {"SIGNED"}), (none, {"PAIR"}, {"LIST"}), (none, {"RANGE"}), (none, {"BOUNDED"})
    ):
        yield frozenset({"QUANTITY"} | unit | signed | form | ranged | bounded)


def _name_kinds() -> Iterator[frozenset[str]]:
    for shape in shapes.SHAPES:
        for count in range(names.MOST_TYPES + 1):
            for types in combinations(names.TYPES, count):
                yield names.classes(frozenset(types), shape)


# How phrases are known once it is decided what they are, for the rules that link them.
CLAIMED = {
    "model_sizes": "SIZE",
    "speedups": "SPEEDUP",
    "metrics": "RESULT",
    "data_sizes": "AMOUNT",
    "context_lengths": "LENGTH",
    "": "NUMBER",
}
"""The class of a quantity phrase by the field that won it."""


def claimed_classes(group: Sequence[Quantity], field: str) -> frozenset[str]:
    """The classes of a quantity phrase that `field` won."""
    found = {"QUANTITY", CLAIMED[field]}
    if len(group) > 1:
        found.add("PAIR" if group[1].relation in (Relation.TO, Relation.VERSUS) else "LIST")
    if group[-1].unit in (Unit.PERCENT, Unit.FACTOR, Unit.POINTS, Unit.DECIMAL, Unit.FRACTION, Unit.MAGNITUDE, Unit.INTEGER):
        found.add(group[-1].unit.value)
    if group[0].sign:
        found.add("SIGNED")
    return frozenset(found)


def _claimed_kinds() -> Iterator[frozenset[str]]:
    units = ("PERCENT", "FACTOR", "POINTS", "DECIMAL", "FRACTION", "MAGNITUDE", "INTEGER", "")
    none: set[str] = set()
    for name, form, unit, signed in product(CLAIMED.values(), (none, {"PAIR"}, {"LIST"}), units, (none, {"SIGNED"})):
        yield frozenset({"QUANTITY", name, *([unit] if unit else [])} | form | signed)


DATASET = frozenset({"NAME", "DATASET"})
KNOWN_DATASET = frozenset({"NAME", "DATASET", "KNOWN"})
OTHER = frozenset({"NAME", "OTHER"})
OTHER_ACRONYM = frozenset({"NAME", "OTHER", "ACRONYM"})
OTHER_MODEL = frozenset({"NAME", "OTHER", "MODEL"})
TERM = frozenset({"NAME", "TERM"})

MEASURE = frozenset({"MEASURE", "W"})
QUALITY = frozenset({"MEASURE", "QUALITY", "W"})
HEADED = frozenset({"MEASURE", "HEADED", "W"})


def _measure_classes(measure: Mention) -> frozenset[str]:
    types = {entry.type for entry in measure.entries}
    return MEASURE if "measure" in types else QUALITY if "quality" in types else HEADED


class Reader:
    """Reads papers for a fixed set of rules: the alphabet and the word table depend on the words that rules name."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        named = {name for rule in rules for name in class_names(parse(rule.pattern))}
        literals = frozenset(name for name in named if name.islower())
        kinds = words.kinds_of_words(literals)
        self.alphabet = Alphabet(
            [
                START,
                MEASURE,
                QUALITY,
                HEADED,
                DATASET,
                KNOWN_DATASET,
                OTHER,
                OTHER_ACRONYM,
                OTHER_MODEL,
                TERM,
                *_claimed_kinds(),
                *_quantity_kinds(),
                *_name_kinds(),
                *words.other_kinds(),
                *dict.fromkeys(kinds.values()),
            ]
        )
        self.table = PieceTable(WordTable(kinds, self.alphabet, names.may_begin))

    def read(self, title: str, abstract: str) -> Page:
        """Read one paper. Title and abstract are each one line: white space is folded before a text is published."""
        text = f"{title}\n{abstract}"
        read = words.read(text, self.table)
        title_end = read.shapes.find(words.END, 0) + 1
        while title_end and title_end < len(read) and read.starts[title_end - 1] < len(title):
            title_end = read.shapes.find(words.END, title_end) + 1
        groups = quantities.read(read)
        plain = {
            group[0].core: group[0].low
            for group in groups
            if len(group) == 1
            and group[0].unit in _PLAIN
            and group[0].comparator == "="
            and not group[0].sign
            and group[0].low == group[0].high
        }
        taken = {
            token for group in groups for quantity in group if quantity.unit not in _PLAIN for token in range(quantity.core, quantity.last)
        }
        shaped = {quantity.core: quantity.last for group in groups for quantity in group if quantity.unit is Unit.SHAPE}
        mentions, measures, pairs = names.find(read, taken, shaped, plain, title_end)
        return self._fold(title, abstract, text, read, groups, mentions, measures, pairs)

    def _fold(
        self,
        title: str,
        abstract: str,
        text: str,
        read: Words,
        groups: list[list[Quantity]],
        mentions: list[Mention],
        measures: list[Mention],
        pairs: list[tuple[str, str]],
    ) -> Page:
        letter = self.alphabet.letter
        folded: list[tuple[int, int, str, list[Quantity] | Mention]] = []
        taken = 0
        spans: list[tuple[int, int, int, str, list[Quantity] | Mention]] = [
            *((mention.first, 0, mention.last, letter(mention.classes), mention) for mention in mentions),
            *((measure.first, 1, measure.last, letter(_measure_classes(measure)), measure) for measure in measures),
        ]
        named = [(mention.first, mention.last) for mention in (*mentions, *measures)]
        inside = {token for first, last in named for token in range(first, last)}
        for group in groups:
            kept = [quantity for quantity in group if not any(token in inside for token in range(quantity.core, quantity.last))]
            if kept:
                first = kept[0].first
                while first in inside:
                    first += 1
                spans.append((first, 2, kept[-1].last, letter(quantity_classes(kept)), kept))
        for first, _, last, sign, what in sorted(spans, key=lambda span: span[:2]):
            if first >= taken:
                folded.append((first, last, sign, what))
                taken = last
        pieces, firsts = [letter(START)], [0]
        lasts = [0]
        at = 0
        page_groups: dict[int, list[Quantity]] = {}
        page_mentions: dict[int, Mention] = {}
        page_measures: dict[int, Mention] = {}
        for first, last, sign, what in folded:
            pieces.append(read.letters[at:first])
            firsts.extend(range(at, first))
            lasts.extend(range(at + 1, first + 1))
            phrase = len(firsts)
            pieces.append(sign)
            firsts.append(first)
            lasts.append(last)
            if isinstance(what, list):
                page_groups[phrase] = what
            elif what.entries and what.entries[0].type in MEASURES:
                page_measures[phrase] = what
            else:
                page_mentions[phrase] = what
            at = last
        pieces.append(read.letters[at:])
        firsts.extend(range(at, len(read)))
        lasts.extend(range(at + 1, len(read) + 1))
        return Page(title, abstract, text, read, firsts, lasts, "".join(pieces), page_groups, page_mentions, page_measures, pairs)

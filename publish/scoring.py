"""How a predicted record is scored against gold.

found    its span overlaps a gold span of the same string (one to one, largest overlap first)
strict   the value is right too: numbers equal to 1e-4, the same url; for datasets and hardware the same span
record   every other scored attribute is right as well

Comparators and kinds are compared as they are, names on letters and digits only. A metric's name may contain the gold
name or be contained in it, with two words more at most; its dataset may be given as written or by its usual name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import regex

Entry = Mapping[str, Any]
LEVELS = ("found", "strict", "record")
_BOOTSTRAP = 1000
_NO_LETTER = regex.compile(r"[^\p{L}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{N}@^+]+")


def _bare(name: str | None) -> str:
    return _NO_LETTER.sub("", name or "").casefold()


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-4 * max(1.0, abs(one), abs(other))


def _contained(one: str | None, other: str | None) -> bool:
    """Whether one name is the other with at most two words more."""
    if _bare(one) == _bare(other):
        return True
    if not one or not other:
        return False
    short, long = sorted((_WORD.findall(one), _WORD.findall(other)), key=len)
    return len(long) - len(short) <= 2 and _bare(" ".join(short)) in _bare(" ".join(long))


class Attribute(NamedTuple):
    """A scored attribute: its key in a gold file and whether a predicted entry has it right."""

    gold: str
    right: Callable[[Entry, Entry], bool]


def _same(column: str, gold: str) -> Attribute:
    return Attribute(gold, lambda row, entry: bool(row[column] == entry[gold]))


def _name(column: str, gold: str) -> Attribute:
    return Attribute(gold, lambda row, entry: _bare(row[column]) == _bare(entry[gold]))


_COMPARATOR = _same("comparator", "cmp")
_UNIT = _name("unit", "unit")
ATTRIBUTES: dict[str, tuple[Attribute, ...]] = {
    "model_sizes": (_COMPARATOR, _name("model", "model"), _same("kind", "kind")),
    "speedups": (_COMPARATOR, _same("form", "form"), _same("aspect", "aspect")),
    "datasets": (_name("dataset", "canonical"), _same("introduced", "introduced")),
    "repo_links": (_same("kind", "kind"),),
    "metrics": (
        _COMPARATOR,
        Attribute(
            "unit", lambda row, entry: _bare(row["unit"]) == _bare(entry["unit"]) and ("%" in row["unit"]) == ("%" in (entry["unit"] or ""))
        ),
        _same("kind", "kind"),
        Attribute(
            "metric", lambda row, entry: _contained(row["metric_text"], entry["metric"]) or _contained(row["metric"], entry["metric"])
        ),
        Attribute("dataset", lambda row, entry: _bare(entry["dataset"]) in (_bare(row["dataset_text"]), _bare(row["dataset"]))),
    ),
    "data_sizes": (_COMPARATOR, _UNIT),
    "context_lengths": (_COMPARATOR, _UNIT),
    "hardware": (Attribute("count", lambda row, entry: (row["count"] or 1) == (entry["count"] or 1)),),
}
"""What is scored beside the value, by table."""


def value_right(table: str, row: Entry, entry: Entry) -> bool:
    """Whether the value of a predicted row is that of a gold entry."""
    if table in ("datasets", "hardware"):
        return bool(row["start"] == entry["start"] and row["end"] == entry["end"])
    if table == "repo_links":
        return bool(row["url"] == entry["url"])
    return _equal(row["value_min"], entry["min"]) and _equal(row["value_max"], entry["max"])


def pair(rows: Sequence[Entry], entries: Sequence[Entry]) -> dict[int, int]:
    """Predicted rows with the gold entries whose spans they overlap, one to one, the largest overlap first."""
    overlaps = [
        (-overlap, at, to)
        for at, row in enumerate(rows)
        for to, entry in enumerate(entries)
        if row["section"] == entry["where"] and (overlap := min(row["end"], entry["end"]) - max(row["start"], entry["start"])) > 0
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, to in sorted(overlaps):
        if at not in pairs and to not in taken:
            pairs[at] = to
            taken.add(to)
    return pairs


@dataclass(frozen=True, slots=True)
class Mistake:
    """One record that is not as the gold has it: `what` is miss, extra, value, or the attributes that are wrong."""

    paper_id: str
    what: str
    row: Entry | None
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class PaperScore:
    """One paper's counts for one table: predicted, gold, and right at each level; what went wrong; rules that were right."""

    predicted: int
    gold: int
    right: Mapping[str, int]
    mistakes: tuple[Mistake, ...]
    by_rule: Counter[tuple[str, bool]]


def score_paper(table: str, paper_id: str, rows: Sequence[Entry], entries: Sequence[Entry]) -> PaperScore:
    """Compare one paper's rows of one table with its gold entries."""
    pairs = pair(rows, entries)
    right = dict.fromkeys(LEVELS, 0)
    mistakes: list[Mistake] = []
    by_rule: Counter[tuple[str, bool]] = Counter()
    for at, row in enumerate(rows):
        if at not in pairs:
            mistakes.append(Mistake(paper_id, "extra", row, None))
            by_rule[row["rule"], False] += 1
            continue
        entry = entries[pairs[at]]
        right["found"] += 1
        strict = value_right(table, row, entry)
        by_rule[row["rule"], strict] += 1
        if not strict:
            mistakes.append(Mistake(paper_id, "value", row, entry))
            continue
        right["strict"] += 1
        wrong = [attribute.gold for attribute in ATTRIBUTES[table] if not attribute.right(row, entry)]
        if wrong:
            mistakes.append(Mistake(paper_id, ", ".join(wrong), row, entry))
        else:
            right["record"] += 1
    matched = set(pairs.values())
    mistakes += [Mistake(paper_id, "miss", None, entry) for to, entry in enumerate(entries) if to not in matched]
    return PaperScore(len(rows), len(entries), right, tuple(mistakes), by_rule)


class Measured(NamedTuple):
    """Precision, recall and F1 at one level, each with the interval that holds it in 95 of 100 bootstrap samples of papers."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    precision_low: float
    precision_high: float
    recall_low: float
    recall_high: float


def _figures(rows: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of rows with right, predicted and gold."""
    right, predicted, gold = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0, 0)
    return (
        right / predicted if predicted else 1.0,
        right / gold if gold else 1.0,
        2 * right / (predicted + gold) if predicted + gold else 1.0,
    )


def _interval(samples: Iterable[float]) -> tuple[float, float]:
    found = sorted(samples)
    return (found[int(0.025 * len(found))], found[int(0.975 * len(found)) - 1]) if found else (1.0, 1.0)


def measure(scores: Sequence[PaperScore], level: str) -> Measured:
    """Precision, recall and F1 of one table over papers."""
    counts = [(score.right[level], score.predicted, score.gold) for score in scores]
    # Papers without anything found or to be found change no sum: only how often the others are drawn counts.
    telling = [row for row in counts if row[1] or row[2]]
    random = Random(0)
    samples = []
    for _ in range(_BOOTSTRAP if telling else 0):
        drawn = sum(random.random() < len(telling) / len(counts) for _ in range(len(counts)))
        samples.append(_figures(random.choices(telling, k=drawn)))
    precision, recall, f1 = (_interval(sample[at] for sample in samples) for at in range(3))
    return Measured(*_figures(counts), *f1, *precision, *recall)


def by_rule(scores: Iterable[PaperScore]) -> dict[str, tuple[int, float]]:
    """Support and precision (at the level strict) of each rule that found something."""
    total: Counter[tuple[str, bool]] = Counter()
    for score in scores:
        total.update(score.by_rule)
    rules = {rule for rule, _ in total}
    return {
        rule: (total[rule, True] + total[rule, False], total[rule, True] / (total[rule, True] + total[rule, False]))
        for rule in sorted(rules)
    }

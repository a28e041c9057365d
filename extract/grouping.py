"""How numbers stand together: ranges ("70M-12B"), lists ("3/8/32B"), a level before and after, a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extract.numerals import MAGNITUDES, Quantity, Relation, Unit
from extract.words import Words

_BETWEEN = regex.compile(
    r"\s*(?:(?P<to>to\s*(?:up\sto\s*)?|→)|(?P<vs>(?:vs\.?|versus|compared\s(?:to|with)|against)\s?(?:the\s)?)|(?P<slash>/)|(?P<dash>-{1,3}|–|—|~|-to-|\sto\s)|(?P<list>,(?:\s*(?:and|or))?|and|or|&))\s*(?:an?\s|by\s)?"
)


_PLAIN = (Unit.INTEGER, Unit.DECIMAL, Unit.YEAR)
_CLAIMED = (Unit.FACTOR, Unit.PERCENT, Unit.POINTS)


def _borrow(one: Quantity, other: Quantity) -> bool:
    """Let a number without a unit take that of the next item of its list. Whether the two are of one kind then."""
    if one.unit is other.unit:
        return True
    if Unit.YEAR in (one.unit, other.unit):
        return False
    if one.unit in _PLAIN and other.unit in _PLAIN:
        return True
    if one.unit not in (Unit.INTEGER, Unit.DECIMAL) or other.unit in (*_PLAIN, Unit.SHAPE, Unit.MONEY):
        return False
    if other.unit is Unit.MAGNITUDE:
        scale = MAGNITUDES.get(other.said, 1.0)
        if one.low >= 1000:
            return False
        one.low, one.high = one.low * scale, one.high * scale
    one.unit, one.said = other.unit, other.said
    return True


def _between(words: Words, one: Quantity, other: Quantity) -> regex.Match[str] | None:
    """What joins two quantities, if it is nothing but a sign of joining."""
    gap_start, gap_end = words.ends[one.last - 1], words.starts[other.first]
    if other.comparator == "~" and words.view[gap_start : words.starts[other.core]].strip() == "~":
        gap_end = words.starts[other.core]
    if gap_end - gap_start > 16 or (gap_end <= gap_start and other.sign == ""):
        return None
    if words.view[gap_start:gap_end] == "" and other.sign == "-":
        return None
    return _BETWEEN.fullmatch(words.view, gap_start, gap_end)


def group(words: Words, singles: list[Quantity]) -> list[list[Quantity]]:
    """Join ranges into one quantity and lists into one group."""
    groups: list[list[Quantity]] = []
    for quantity in singles:
        if groups:
            group = groups[-1]
            last = group[-1]
            found = _between(words, last, quantity)
            if found is not None:
                before = words.text(last.first - 1).lower() if last.first else ""
                if (
                    found["dash"] is not None
                    or (before == "between" and found["list"] == "and")
                    or (found["to"] is not None and _is_range(words, last, before))
                ):
                    if _joined_as_range(last, quantity):
                        continue
                elif (unit := last.unit) and _borrow(last, quantity):
                    if last.unit is not unit:
                        for item in reversed(group[:-1]):
                            _borrow(item, last)
                    if found["to"] is not None:
                        quantity.relation = Relation.TO
                        last.after_from = before == "from"
                    elif found["vs"] is not None:
                        quantity.relation = Relation.VERSUS
                    elif found["slash"] is not None:
                        quantity.relation = Relation.SLASH
                    else:
                        quantity.relation = Relation.LIST
                        if found["list"] == "and" and last.comparator == "<=" and quantity.comparator == "=" and quantity.unit in _CLAIMED:
                            quantity.comparator = "<="  # "up to 22x and 6x" governs both
                    group.append(quantity)
                    continue
        groups.append([quantity])
    return groups


def _is_range(words: Words, last: Quantity, before: str) -> bool:
    """Whether "A to B" is one range, not a level before and one after.

    Sizes and amounts are ranges unless "from" stands before them; results are before and after unless they are said to
    be that of a difference: "by 5% to 10%", "a drop of 16% to 33%".
    """
    if before == "from" or last.comparator not in ("=", "~"):
        return False
    if last.unit in (Unit.PERCENT, Unit.DECIMAL, Unit.POINTS, Unit.INTEGER, Unit.DECIBEL):
        return bool(last.sign) or (
            before in _RANGE_WORDS and "from" not in [words.text(at).lower() for at in range(max(0, last.first - 6), last.first)]
        )
    return True


_RANGE_WORDS = frozenset(
    [
        "by",
        "of",
        "between",
        "about",
        "around",
        "approximately",
        "roughly",
        "additional",
        "another",
        "further",
        "with",
        "in",
        "nearly",
        "range",
        "for",
    ]
)


def _joined_as_range(last: Quantity, quantity: Quantity) -> bool:
    """Make `last` the range from itself to `quantity`, if the two can be one."""
    if last.unit is Unit.YEAR and quantity.unit is Unit.INTEGER and quantity.low < 100:
        last.end, last.last = quantity.end, quantity.last  # 2012-13
        return True
    if last.low != last.high or not _borrow(last, quantity):
        return False
    if last.unit is Unit.SHAPE or (last.unit in _PLAIN and quantity.unit is Unit.YEAR and last.unit is not Unit.YEAR):
        return False
    last.high = quantity.high
    if last.high < last.low and last.unit is not Unit.MONEY:
        last.low, last.high = last.high, last.low
    last.end, last.last, last.unit, last.said = (
        quantity.end,
        quantity.last,
        quantity.unit if quantity.unit not in _PLAIN else last.unit,
        quantity.said or last.said,
    )
    last.comparator = "=" if quantity.comparator in ("=", "~") else quantity.comparator
    return True


def as_ranges(group: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities of a group with "from A to B" as one range."""
    before: Quantity | None = None
    for quantity in group:
        if before is not None and quantity.relation is Relation.TO and before.low == before.high and quantity.low == quantity.high:
            low, high = sorted((before.low, quantity.low))
            before = replace(
                before, end=quantity.end, last=quantity.last, low=low, high=high, comparator="=", unit=quantity.unit, said=quantity.said
            )
            continue
        if before is not None:
            yield before
        before = quantity
    if before is not None:
        yield before


_SCALES = frozenset(("scale", "scales", "level", "class", "range", "regime", "magnitude"))


def of_scale(words: Words, quantity: Quantity) -> bool:
    """Whether a number is only said as an order: "at the 7B scale", "100B-parameter scale", "a magnitude of 5M"."""
    after = [words.text(at).lower() for at in range(quantity.last, min(len(words), quantity.last + 5))]
    rest = [word for word in after if word not in ("-", "parameter", "parameters", "params", "token", "tokens")]
    before = [words.text(at).lower() for at in range(max(0, quantity.core - 2), quantity.core)]
    return (bool(rest) and rest[0] in _SCALES) or before in (["magnitude", "of"], ["scale", "of"])

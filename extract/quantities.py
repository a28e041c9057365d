"""Every number of a text once: value, unit, comparator, and the group that it stands in.

A *quantity* is one number with its unit, or a range written as a range ("70M-12B", "1% ~ 2%", "between 1M and 4B").
Quantities of one kind that are joined by nothing but commas, "and", "/", "to" or "vs." are a *group*: a list, a
before and after, a comparison. In a list an item may borrow its unit from a later one ("3/8/32B").

Numbers inside names (GPT-4, Top-5) are no quantities; model sizes inside names (GLM-130B) are found by `names.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import regex

from extract.text import clean
from extract.words import HYPHEN, NUMBER, NUMBER_WORD, Words


class Unit(StrEnum):
    """What kind of quantity a number is, by what is written with it."""

    PERCENT = "PERCENT"
    POINTS = "POINTS"
    DECIBEL = "DECIBEL"
    FACTOR = "FACTOR"
    FRACTION = "FRACTION"
    MAGNITUDE = "MAGNITUDE"  # K, M, B, T, million, billion ...
    BYTES = "BYTES"
    PHYSICAL = "PHYSICAL"  # a unit of physics
    MONEY = "MONEY"
    YEAR = "YEAR"
    INTEGER = "INTEGER"
    DECIMAL = "DECIMAL"
    SHAPE = "SHAPE"  # 512x512, 8x7B


class Relation(StrEnum):
    """How a quantity is joined to the one before it in its group."""

    LIST = "list"
    SLASH = "slash"
    TO = "to"
    VERSUS = "vs"


@dataclass(slots=True)
class Quantity:
    """A number and what was said with it.

    `start:end` is the value's span in characters; `first:last` the tokens that it takes up with its comparator and
    `core` the first token of the value itself.
    """

    start: int
    end: int
    first: int
    core: int
    last: int
    low: float
    high: float
    unit: Unit
    said: str
    comparator: str
    sign: str
    relation: Relation | None = None
    after_from: bool = False


MAGNITUDES = {
    "k": 1e3, "K": 1e3, "thousand": 1e3, "M": 1e6, "m": 1e6, "Mn": 1e6, "mn": 1e6, "million": 1e6, "Million": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9,
    "billion": 1e9, "Billion": 1e9, "T": 1e12, "t": 1e12, "trillion": 1e12, "Trillion": 1e12,
}  # fmt: skip
_SPACED_MAGNITUDES = frozenset(["K", "M", "B", "T", "thousand", "million", "Million", "billion", "Billion", "trillion", "Trillion", "bn"])
_BYTES = {"KB": 1e3, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15, "KiB": 1e3, "MiB": 1e6, "GiB": 1e9, "TiB": 1e12, "G": 1e9}
_MEASURES = frozenset(
    [
        "ms",
        "s",
        "sec",
        "μs",
        "µs",
        "us",
        "ns",
        "h",
        "hr",
        "hrs",
        "min",
        "mins",
        "Hz",
        "kHz",
        "MHz",
        "GHz",
        "fps",
        "FPS",
        "W",
        "mW",
        "kW",
        "Wh",
        "kWh",
        "J",
        "mJ",
        "nm",
        "μm",
        "mm",
        "cm",
        "m",
        "km",
        "kg",
        "g",
        "mg",
        "V",
        "mV",
        "px",
        "°C",
        "°",
        "bpp",
        "bps",
        "kbps",
        "Mbps",
        "Gbps",
        "mAh",
        "degrees",
        "degree",
        "pixels",
        "pixel",
        "meters",
        "metres",
        "centimeters",
        "kilometers",
    ]
)
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NUMBER_WORDS = {word: float(value) for value, word in enumerate(_ONES)} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0, "thousand": 1e3,
}  # fmt: skip
_PARTS = {
    "half": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "tenth": 10.0,
    "hundredth": 100.0,
}
_MULTIPLES = {
    **dict.fromkeys(["twice", "double", "doubles", "doubled", "doubling", "half", "halves", "halved", "halving", "twofold", "two-fold"], 2.0),
    **dict.fromkeys(["triple", "triples", "tripled", "tripling", "threefold", "three-fold"], 3.0),
    **dict.fromkeys(["quadruple", "quadruples", "quadrupled", "quadrupling", "fourfold", "four-fold"], 4.0),
    "fivefold": 5.0, "five-fold": 5.0, "sixfold": 6.0, "six-fold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "ninefold": 9.0, "tenfold": 10.0, "ten-fold": 10.0,
    "twenty-fold": 20.0, "hundredfold": 100.0, "thousandfold": 1000.0,
}  # fmt: skip
_CHANGES_OF_LEVEL = frozenset(
    ["one-third", "one-half", "one-quarter", "one-fifth", "one-tenth", "one-fourth", "two-thirds", "three-quarters"]
)

_NUMERAL = regex.compile(
    r"""(?P<prefix>[x×])?
    (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\ \d{3})+|\d+(?:\.\d+)?)
    (?: (?P<exponent>[eE]-?\d+|\^-?\d+)
      | (?P<shape>[x×X]\d[\d.]*(?:[x×X]\d+)*[kKMB]?)
      | (?P<unit>[A-Za-zμµ°×^²]+(?:\^\d)?)
    )?""",
    regex.VERBOSE,
)


_OVER = regex.compile(r"(?P<number>\d+)(?:th|rd|nd|st)?s?")


@dataclass(frozen=True, slots=True)
class _Numeral:
    value: float
    unit: Unit
    said: str
    scale: float


@lru_cache(maxsize=1 << 16)
def _numeral(token: str) -> _Numeral | None:
    """What a token that begins with a digit is as a number; None if it is a name or a kind (3D, 2nd, 2080Ti)."""
    found = _NUMERAL.fullmatch(token)
    if found is None:
        return None
    digits, unit = found["number"].replace(" ", ""), found["unit"]
    value = float(digits.replace(",", ""))
    if found["prefix"]:
        return _Numeral(value, Unit.FACTOR, "x", 1.0) if unit is None and found["shape"] is None else None
    if found["shape"]:
        return _Numeral(value, Unit.SHAPE, "", 1.0)
    if found["exponent"]:
        power = found["exponent"]
        try:
            value = float(digits.replace(",", "") + power) if power[0] in "eE" else value ** float(power[1:])
        except OverflowError:
            return None
        return _Numeral(value, Unit.DECIMAL, "", 1.0) if value < 1e300 else None
    if unit is None:
        if "." in digits:
            return _Numeral(value, Unit.DECIMAL, "", 1.0)
        year = len(digits) == 4 and 1900 <= value <= 2035
        return _Numeral(value, Unit.YEAR if year else Unit.INTEGER, "", 1.0)
    if unit in MAGNITUDES:
        return _Numeral(value, Unit.MAGNITUDE, unit, MAGNITUDES[unit])
    if unit in ("x", "X", "×"):
        return _Numeral(value, Unit.FACTOR, "x", 1.0)
    if unit in _BYTES:
        return _Numeral(value, Unit.BYTES, unit, 1.0)
    if unit == "dB":
        return _Numeral(value, Unit.DECIBEL, "dB", 1.0)
    if unit in ("pp", "ppt", "pt", "pts", "p"):
        return _Numeral(value, Unit.POINTS, "points", 1.0)
    if unit in _MEASURES:
        return _Numeral(value, Unit.PHYSICAL, unit, 1.0)
    if unit.lower() in ("fold", "folds"):
        return _Numeral(value, Unit.FACTOR, "fold", 1.0)
    return None


_ABOUT = r"about|around|roughly|nearly|almost|approximately|approx\.?|close[ ]to|(?:on|of|in)[ ]the[ ]order[ ]of|circa|approaching|near|~"
_UP_TO = r"up[ -]?to(?:[ ](?:over|an[ ]additional|an[ ]average[ ]of|as[ ]much[ ]as))?|at[ ](?:the[ ])?most|(?:no|not)[ ](?:more|greater|larger)[ ]than|as[ ](?:much|many|high|large|long|fast|far|great)[ ]as|(?:a[ ])?max(?:imum)?\.?[ ](?:of[ ])?|≤|<=|not[ ]exceed(?:ing)?|within|upto"
_AT_LEAST = r"at[ ]least|(?:no|not)[ ](?:less|fewer|smaller)[ ]than|(?:a[ ])?minimum[ ]of|≥|>=|as[ ](?:low|few|little|small|short)[ ]as"
_LESS = r"(?:less|fewer|smaller|shorter|lower)[ ]than|<"
_MORE = r"(?:more|greater|larger|higher|longer)[ ]than|in[ ]excess[ ]of|upwards?[ ]of|>"
_BELOW = r"under|below|sub-"
_ABOVE = r"over|above|exceed(?:s|ing|ed)?|surpass(?:es|ing|ed)?|beyond"
_SIGNS = ("<=", ">=", "<", ">", "~", "<", ">")
_COMPARATOR = regex.compile(
    r"(?<=^|[^A-Za-z-])(?:"
    # "exceeds a 405B model" compares models, not numbers: these take no article.
    rf"(?:(?P<c0>{_UP_TO})|(?P<c1>{_AT_LEAST})|(?P<c2>{_LESS})|(?P<c3>{_MORE}))(?:\s+(?:an?|the|only))?(?:\s*(?:{_ABOUT}))?"
    rf"|(?P<c4>{_ABOUT})(?:\s+(?:an?|the))?|(?P<c5>{_BELOW})|(?P<c6>{_ABOVE})"
    r")\s*€?\s*$"
)
_COMPARATOR_WINDOW = 44
_OR_MORE = regex.compile(r"\+(?!\d)|\s(?:or|and)\s(?:more|higher|above|greater|larger|longer|beyond)\b")
_OR_LESS = regex.compile(r"\s(?:or|and)\s(?:less|fewer|lower|below|smaller|under)\b")
_BETWEEN = regex.compile(
    r"\s*(?:(?P<to>to\s*(?:up\sto\s*)?|→)|(?P<vs>(?:vs\.?|versus|compared\s(?:to|with)|against)\s?(?:the\s)?)|(?P<slash>/)|(?P<dash>-{1,3}|–|—|~|-to-|\sto\s)|(?P<list>,(?:\s*(?:and|or))?|and|or|&))\s*(?:an?\s|by\s)?"
)


class _Reader:
    """One pass over the numbers of a text."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.view = words.view
        self.starts = words.starts
        self.ends = words.ends
        self.count = len(words)

    def token(self, at: int) -> str:
        return clean(self.view[self.starts[at] : self.ends[at]]) if 0 <= at < self.count else ""

    def glued(self, at: int) -> bool:
        """Whether token `at` follows the one before it without a space."""
        return 0 < at < self.count and self.starts[at] == self.ends[at - 1]

    def quantity(self, at: int) -> Quantity | None:
        """The single quantity whose number is token `at`."""
        token = self.token(at)
        if self.words.shapes[at] == NUMBER_WORD:
            return self._in_words(at, token.lower())
        if self.glued(at) and at and self.token(at - 1) in ("-", ".", ",", "_", "^", "'") and not self._range_sign(at - 1):
            if not (self.token(at - 1) == "-" and (at == 1 or not self.glued(at - 1) or self.token(at - 2) in "([" or self.token(at - 2).lower() == "sub")):
                return None
        numeral = _numeral(token)
        if numeral is None:
            return None
        core, start = at, self.starts[at]
        sign = ""
        before = self.token(at - 1)
        if (
            before in ("+", "-", "±")
            and self.glued(at)
            and (not self.glued(at - 1) or self.token(at - 2) in ("(", "[", "/", "~", ">", "<", '"'))
        ):
            sign, core, start = before, at - 1, self.starts[at - 1]
        elif before == "×" and self.glued(at):
            numeral, core, start = _Numeral(numeral.value, Unit.FACTOR, "x", 1.0), at - 1, self.starts[at - 1]
        unit, said, scale, last = numeral.unit, numeral.said, numeral.scale, at + 1
        if unit in (Unit.INTEGER, Unit.DECIMAL, Unit.YEAR, Unit.MAGNITUDE):
            over = self._over(at, numeral)
            if over is not None:
                return over
            unit, said, scale, last = self._unit(at + 1, numeral)
        end = self.ends[last - 1]
        if self.token(last) == "±":
            # What follows is the spread; a unit behind it is that of both.
            spread = _numeral(self.token(last + 1)) if self.words.shapes[last + 1 : last + 2] == NUMBER else None
            if spread is not None:
                spread_unit, spread_said, _, spread_last = self._unit(last + 2, spread)
                last = spread_last
                if unit in _PLAIN:
                    unit, said = spread_unit if spread_unit not in _PLAIN else unit, spread_said
        if self.token(core - 1) == "€" or self.token(last).lower() in ("usd", "dollars", "eur", "euros"):
            unit = Unit.MONEY
        low = numeral.value * scale
        return Quantity(start, end, core, core, last, low, low, unit, said, "=", sign)

    def _over(self, at: int, numeral: _Numeral) -> Quantity | None:
        """A fraction ("1/200", "1/7th") or a value on a scale ("16.2/25") whose first number is token `at`."""
        if numeral.unit not in (Unit.INTEGER, Unit.DECIMAL) or self.token(at + 1) != "/" or not (self.glued(at + 1) and self.glued(at + 2)):
            return None
        below = _OVER.fullmatch(self.token(at + 2))
        if (
            below is None
            or (self.token(at + 3) in ("/", "%", "-") and self.glued(at + 3))
            or self._unit(at + 3, numeral)[0] is not numeral.unit
        ):
            return None
        whole, part = float(below["number"]), numeral.value
        if numeral.unit is Unit.DECIMAL:
            scale = whole in (5, 7, 10, 20, 25, 50, 100) and part <= whole
            return Quantity(self.starts[at], self.ends[at], at, at, at + 3, part, part, numeral.unit, "", "=", "") if scale else None
        if not 0 < part < whole or part > 9 or (self.glued(at) and self.token(at - 1) == "/"):
            return None
        return Quantity(self.starts[at], self.ends[at + 2], at, at, at + 3, part / whole, part / whole, Unit.FRACTION, "", "=", "")

    def _unit(self, at: int, numeral: _Numeral) -> tuple[Unit, str, float, int]:
        """The unit that begins at token `at`, after a number without one."""
        unit, said, scale = numeral.unit, numeral.said, numeral.scale
        word, low = self.token(at), self.token(at).lower()
        after = self.token(at + 1).lower()
        if unit is Unit.MAGNITUDE:
            return unit, said, scale, at
        if word == "%":
            if after in ("p", "pp", "points", "point") or (after == "percentage" and self.token(at + 2).lower().startswith("point")):
                return Unit.POINTS, "points", 1.0, at + (3 if after == "percentage" else 2)
            if after == "-" and self.token(at + 2).lower() in ("point", "points"):
                return Unit.POINTS, "points", 1.0, at + 3
            return Unit.PERCENT, "%", 1.0, at + 1
        joined = at
        if word == "-" and self.glued(at) and self.glued(at + 1):
            joined, word, low, after = at + 1, self.token(at + 1), after, self.token(at + 2).lower()
        if low == "percent" or low == "pct":
            if after in ("point", "points"):
                return Unit.POINTS, "points", 1.0, joined + 2
            return Unit.PERCENT, "%", 1.0, joined + 1
        if low == "percentage" and after in ("point", "points"):
            return Unit.POINTS, "points", 1.0, joined + 2
        if low in ("percentage-point", "percentage-points", "percent-point"):
            return Unit.POINTS, "points", 1.0, joined + 1
        if low in ("points", "point", "pp", "pts", "ppts", "ppt", "p.p", "pps") and after not in (
            "cloud",
            "clouds",
            "estimates",
            "process",
            "scale",
            "likert",
        ):
            return Unit.POINTS, "points", 1.0, joined + 1
        if (
            low in ("fold", "folds")
            and after not in ("cross", "cross-validation", "cv", "cross-validated")
            and (joined > at or low == "fold")
        ):
            return Unit.FACTOR, "fold", 1.0, joined + 1
        if word in _SPACED_MAGNITUDES and (len(word) > 1 or not self.glued(at)):
            return Unit.MAGNITUDE, word, MAGNITUDES[word], joined + 1
        if (word in _BYTES and word != "G") or low in ("bytes", "gigabytes", "terabytes", "megabytes"):
            return Unit.BYTES, word, 1.0, joined + 1
        if word in ("dB", "dBi", "decibels", "decibel"):
            return Unit.DECIBEL, "dB", 1.0, joined + 1
        if joined == at and (word in ("x", "X", "×") or low == "times"):
            following = self.words.shapes[at + 1 : at + 2]
            if following in (NUMBER, NUMBER_WORD) and after not in ("more", "fewer"):
                numeral_after = _numeral(self.token(at + 1))
                if numeral_after is not None:
                    return Unit.SHAPE, "", 1.0, at + 2
            return Unit.FACTOR, "x", 1.0, at + 1
        if word in _MEASURES and unit is not Unit.YEAR:
            return Unit.PHYSICAL, word, 1.0, joined + 1
        return unit, said, scale, at

    def _in_words(self, at: int, word: str) -> Quantity | None:
        """A quantity that begins with a number word: "twice", "an order of magnitude", "twenty times", "one trillion"."""
        view, starts, ends = self.view, self.starts, self.ends

        def made(first: int, last: int, value: float, unit: Unit, said: str) -> Quantity:
            return Quantity(starts[first], ends[last - 1], first, first, last, value, value, unit, said, "=", "")

        after, then = self.token(at + 1).lower(), self.token(at + 2).lower()
        if word in ("order", "orders"):
            if (after, then) not in (("of", "magnitude"), ("of", "magnitudes")):
                return None
            before = self.token(at - 1).lower()
            first = at - 1 if before in NUMBER_WORDS or before in ("an", "a") or before.isdigit() else at
            if word == "orders" and first == at:
                return None
            count = NUMBER_WORDS.get(before) or (float(before) if before.isdigit() else 1.0)
            return made(first, at + 3, 10.0**count, Unit.FACTOR, "orders") if count < 30 else None
        if word == "order-of-magnitude":
            return made(at, at + 1, 10.0, Unit.FACTOR, "orders")
        if word in _MULTIPLES:
            if (
                word == "half"
                and (
                    self.token(at - 1).lower() in ("a", "one", "and", "first", "second", "last", "other")
                    or after in ("precision", "a", "of", "life", "space", "year", "hour")
                )
                and after != "of"
            ):
                return None
            return made(at, at + 1, _MULTIPLES[word], Unit.FACTOR, word)
        if word in _CHANGES_OF_LEVEL:
            over, _, part = word.partition("-")
            return made(at, at + 1, NUMBER_WORDS[over] / _PARTS[part.removesuffix("s")], Unit.FRACTION, word)
        if (
            word in ("third", "quarter", "tenth", "fifth")
            and self.token(at - 1).lower() in ("a", "one")
            and after in ("of", "the", "fewer", "less", "as")
        ):
            return made(at - 1, at + 1, 1.0 / _PARTS[word], Unit.FRACTION, word)
        if word in ("million", "billion", "trillion"):
            # "billion-parameter models" and "a trillion parameters" are numbers; "billions of" and "a few million" are not.
            return made(at, at + 1, MAGNITUDES[word], Unit.MAGNITUDE, word) if after in ("-", "parameter", "parameters") else None
        if word in NUMBER_WORDS:
            value, last = NUMBER_WORDS[word], at + 1
            if after in ("hundred", "thousand") and after != word:
                value, last, after, then = value * NUMBER_WORDS[after], at + 2, then, self.token(at + 3).lower()
            if after in MAGNITUDES and len(after) > 3 and after != "thousand":
                return made(at, last + 1, value * MAGNITUDES[after], Unit.MAGNITUDE, after)
            if after == "times":
                return made(at, last + 1, value, Unit.FACTOR, "x")
            if after in ("percent", "%"):
                return made(at, last + 1, value, Unit.PERCENT, "%")
            if after == "points" or (after, then) == ("percentage", "points"):
                return made(at, last + (1 if after == "points" else 2), value, Unit.POINTS, "points")
            if after == "-" and then in ("fold", "point"):
                return made(at, last + 2, value, Unit.FACTOR if then == "fold" else Unit.POINTS, then)
        return None

    def _range_sign(self, at: int) -> bool:
        """Whether token `at` is a dash between two numbers."""
        return (
            at > 0
            and self.words.shapes[at] in (HYPHEN, ",")
            and self.words.shapes[at - 1] in (NUMBER, ",")
            and self.token(at) in ("-", "–", "—", "--", "---", "~")
        )

    def comparator(self, quantity: Quantity) -> None:
        """Set the comparator of a quantity from the words around it."""
        start = quantity.start
        window = self.view[max(0, start - _COMPARATOR_WINDOW) : start]
        tail = window[-14:].rstrip()
        if tail and (tail[-1] in "~<>≤≥=-+€" or tail[-1].isalpha()):
            found = _COMPARATOR.search(window.lower())
            if found is not None:
                sign = next(sign for n, sign in enumerate(_SIGNS) if found[f"c{n}"] is not None)
                left = start - len(window) + found.start()
                first = quantity.first
                while first and self.starts[first - 1] >= left:
                    first -= 1
                quantity.first = first
                quantity.comparator = sign
        if quantity.comparator == "=":
            end = quantity.end
            if _OR_MORE.match(self.view, end):
                quantity.comparator = ">="
            elif _OR_LESS.match(self.view, end):
                quantity.comparator = "<="
        if self.view[quantity.end : quantity.end + 1] == "+" and self.token(quantity.last) == "+":
            quantity.last += 1


_PLAIN = (Unit.INTEGER, Unit.DECIMAL, Unit.YEAR)


def _borrow(one: Quantity, other: Quantity, words: Words) -> bool:
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


def read(words: Words) -> list[list[Quantity]]:
    """The quantities of a text in order, as groups."""
    reader = _Reader(words)
    singles: list[Quantity] = []
    shapes = words.shapes
    after = 0
    for at, shape in enumerate(shapes):
        if (shape == NUMBER or shape == NUMBER_WORD) and at >= after:
            quantity = reader.quantity(at)
            if quantity is not None:
                reader.comparator(quantity)
                singles.append(quantity)
                after = quantity.last
    return _group(words, singles)


def _group(words: Words, singles: list[Quantity]) -> list[list[Quantity]]:
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
                    or (found["to"] is not None and before != "from" and last.comparator in ("=", "~") and not found["to"].startswith("→"))
                ):
                    if _joined_as_range(words, group, last, quantity):
                        continue
                elif _borrow(last, quantity, words):
                    for item in reversed(group[:-1]):
                        _borrow(item, last, words)
                    if found["to"] is not None:
                        quantity.relation = Relation.TO
                        last.after_from = before == "from"
                    elif found["vs"] is not None:
                        quantity.relation = Relation.VERSUS
                    elif found["slash"] is not None:
                        quantity.relation = Relation.SLASH
                    else:
                        quantity.relation = Relation.LIST
                    group.append(quantity)
                    continue
        groups.append([quantity])
    return groups


def _joined_as_range(words: Words, group: list[Quantity], last: Quantity, quantity: Quantity) -> bool:
    """Make `last` the range from itself to `quantity`, if the two can be one."""
    if last.unit is Unit.YEAR and quantity.unit is Unit.INTEGER and quantity.low < 100:
        last.end, last.last = quantity.end, quantity.last  # 2012-13
        return True
    if last.low != last.high or not _borrow(last, quantity, words):
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

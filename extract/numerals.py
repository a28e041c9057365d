"""What a number is, and what a single token says as one. The tables of units and number words are here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex


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
SPACED_MAGNITUDES = frozenset(["K", "M", "B", "T", "thousand", "million", "Million", "billion", "Billion", "trillion", "Trillion", "bn"])
BYTES = {"KB": 1e3, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15, "KiB": 1e3, "MiB": 1e6, "GiB": 1e9, "TiB": 1e12, "G": 1e9}
PHYSICAL_UNITS = frozenset(
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
PARTS = {
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
MULTIPLES = {
    **dict.fromkeys(["twice", "double", "doubles", "doubled", "doubling", "half", "halves", "halved", "halving", "twofold", "two-fold"], 2.0),
    **dict.fromkeys(["triple", "triples", "tripled", "tripling", "threefold", "three-fold"], 3.0),
    **dict.fromkeys(["quadruple", "quadruples", "quadrupled", "quadrupling", "fourfold", "four-fold"], 4.0),
    "fivefold": 5.0, "five-fold": 5.0, "sixfold": 6.0, "six-fold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "ninefold": 9.0, "tenfold": 10.0, "ten-fold": 10.0,
    "twenty-fold": 20.0, "hundredfold": 100.0, "thousandfold": 1000.0,
}  # fmt: skip
CHANGES_OF_LEVEL = frozenset(
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


OVER = regex.compile(r"(?P<number>\d+)(?:th|rd|nd|st)?s?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with the unit that is glued to it, what was written for the unit, and the factor that the unit stands for."""

    value: float
    unit: Unit
    said: str
    scale: float


_LARGEST = 1e100
"""A number above this counts nothing, and times its unit it might not be finite."""


@lru_cache(maxsize=1 << 16)
def read_numeral(token: str) -> Numeral | None:
    """What a token that begins with a digit is as a number; None if it is a name or a kind (3D, 2nd, 2080Ti)."""
    found = _NUMERAL.fullmatch(token)
    if found is None:
        return None
    digits, unit = found["number"].replace(" ", ""), found["unit"]
    try:
        value = float(digits.replace(",", ""))
    except ValueError:
        return None  # digits of a script that Python does not know yet
    if value > _LARGEST:
        return None
    if found["prefix"]:
        return Numeral(value, Unit.FACTOR, "x", 1.0) if unit is None and found["shape"] is None else None
    if found["shape"]:
        return Numeral(value, Unit.SHAPE, "", 1.0)
    if found["exponent"]:
        power = found["exponent"]
        try:
            value = float(digits.replace(",", "") + power) if power[0] in "eE" else value ** float(power[1:])
        except (OverflowError, ZeroDivisionError):
            return None
        return Numeral(value, Unit.INTEGER if value.is_integer() else Unit.DECIMAL, "", 1.0) if value < _LARGEST else None
    if unit is None:
        if "." in digits:
            return Numeral(value, Unit.DECIMAL, "", 1.0)
        year = len(digits) == 4 and 1900 <= value <= 2035
        return Numeral(value, Unit.YEAR if year else Unit.INTEGER, "", 1.0)
    if unit == "b" and 1900 <= value <= 2035:
        return None  # "et al., 2020b"
    if unit in MAGNITUDES:
        return Numeral(value, Unit.MAGNITUDE, unit, MAGNITUDES[unit])
    if unit in ("x", "X", "×"):
        return Numeral(value, Unit.FACTOR, "x", 1.0)
    if unit in BYTES:
        return Numeral(value, Unit.BYTES, unit, 1.0)
    if unit == "dB":
        return Numeral(value, Unit.DECIBEL, "dB", 1.0)
    if unit in ("pp", "ppt", "pt", "pts"):
        return Numeral(value, Unit.POINTS, "points", 1.0)
    if unit in PHYSICAL_UNITS:
        return Numeral(value, Unit.PHYSICAL, unit, 1.0)
    if unit.lower() in ("fold", "folds"):
        return Numeral(value, Unit.FACTOR, "fold", 1.0)
    return None

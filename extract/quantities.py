"""Every number of a text once: value, unit, comparator, and the group that it stands in.

A *quantity* is one number with its unit, or a range written as a range ("70M-12B", "1% ~ 2%", "between 1M and 4B").
Quantities of one kind that are joined by nothing but commas, "and", "/", "to" or "vs." are a *group*: a list, a
before and after, a comparison. In a list an item may borrow its unit from a later one ("3/8/32B").

Numbers inside names (GPT-4, Top-5) are no quantities; model sizes inside names (GLM-130B) are found by `names.py`.
"""

from __future__ import annotations

import regex

from extract.grouping import group
from extract.numerals import (
    BYTES,
    CHANGES_OF_LEVEL,
    MAGNITUDES,
    MULTIPLES,
    NUMBER_WORDS,
    OVER,
    PARTS,
    PHYSICAL_UNITS,
    SPACED_MAGNITUDES,
    Numeral,
    Quantity,
    Unit,
    read_numeral,
)
from extract.text import clean
from extract.words import HYPHEN, NUMBER, NUMBER_WORD, Words

_ABOUT = r"about|around|roughly|nearly|almost|approximately|approx\.?|close[ ]to|(?:on|of|in)[ ]the[ ]order[ ]of|circa|approaching|near|~"
_UP_TO = r"up[ -]?to(?:[ ](?:over|an[ ]additional|an[ ]average[ ]of|as[ ]much[ ]as))?|at[ ](?:the[ ])?most|(?:no|not)[ ](?:more|greater|larger)[ ]than|as[ ](?:much|many|high|large|long|fast|far|great)[ ]as|(?:a[ ])?max(?:imum)?\.?[ ](?:of[ ])?|≤|<=|not[ ]exceed(?:ing)?|within|upto"
_AT_LEAST = r"at[ ]least|(?:no|not)[ ](?:less|fewer|smaller)[ ]than|(?:a[ ])?minimum[ ]of|≥|>=|as[ ](?:low|few|little|small|short)[ ]as"
_LESS = r"(?:less|fewer|smaller|shorter|lower)[ ]than|<"
_MORE = r"(?:more|greater|larger|higher|longer)[ ]than|in[ ]excess[ ]of|upwards?[ ]of|>"
_BELOW = r"under|below|sub-"
_ABOVE = r"over|above|exceed(?:s|ing|ed)?|surpass(?:es|ing|ed)?|beyond"
_SIGNS = ("<=", ">=", "<", ">", "~", "<", ">")
_COMPARATOR = regex.compile(
    r"(?<=^|[^A-Za-z-]|[A-Za-z](?=[<>≤≥~]))(?:"
    # "exceeds a 405B model" compares models, not numbers: these take no article.
    rf"(?:(?P<c0>{_UP_TO})|(?P<c1>{_AT_LEAST})|(?P<c2>{_LESS})|(?P<c3>{_MORE}))(?:\s+(?:an?|the|only))?(?:\s*(?:{_ABOUT}))?"
    rf"|(?P<c4>{_ABOUT})(?:\s+(?:an?|the))?|(?P<c5>{_BELOW})|(?P<c6>{_ABOVE})"
    r")\s*€?\s*$"
)
_COMPARATOR_WINDOW = 44
_OR_MORE = regex.compile(r"\+(?!\d)|\s(?:or|and)\s(?:more|higher|above|greater|larger|longer|beyond)\b")
_OR_LESS = regex.compile(r"\s(?:or|and)\s(?:less|fewer|lower|below|smaller|under)\b")
_PLAIN = (Unit.INTEGER, Unit.DECIMAL, Unit.YEAR)
_PARTS_OF_A_PAPER = frozenset(
    ("Fig.", "Figure", "Figs.", "Figures", "Table", "Tables", "Sec.", "Section", "Eq.", "Equation", "Appendix", "Chapter")
)
"""What is numbered and not counted: "Fig. 1B" is a drawing."""


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
        if at and ((self.glued(at) and self._inside_a_word(at)) or self.token(at - 1) in _PARTS_OF_A_PAPER):
            return None
        numeral = read_numeral(token)
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
            numeral, core, start = Numeral(numeral.value, Unit.FACTOR, "x", 1.0), at - 1, self.starts[at - 1]
        unit, said, scale, last = numeral.unit, numeral.said, numeral.scale, at + 1
        if unit in (Unit.INTEGER, Unit.DECIMAL, Unit.YEAR, Unit.MAGNITUDE):
            over = self._over(at, numeral)
            if over is not None:
                return over
            unit, said, scale, last = self._unit(at + 1, numeral)
        end = self.ends[last - 1]
        if self.token(last) == "±":
            # What follows is the spread; a unit behind it is that of both.
            spread = read_numeral(self.token(last + 1)) if self.words.shapes[last + 1 : last + 2] == NUMBER else None
            if spread is not None:
                spread_unit, spread_said, _, spread_last = self._unit(last + 2, spread)
                last = spread_last
                if unit in _PLAIN:
                    unit, said = spread_unit if spread_unit not in _PLAIN else unit, spread_said
        if self.token(core - 1) == "€" or self.token(last).lower() in ("usd", "dollars", "eur", "euros"):
            unit = Unit.MONEY
        low = numeral.value * scale
        return Quantity(start, end, core, core, last, low, low, unit, said, "=", sign)

    def _over(self, at: int, numeral: Numeral) -> Quantity | None:
        """A fraction ("1/200", "1/7th") or a value on a scale ("16.2/25") whose first number is token `at`."""
        if numeral.unit not in (Unit.INTEGER, Unit.DECIMAL) or self.token(at + 1) != "/" or not (self.glued(at + 1) and self.glued(at + 2)):
            return None
        below = OVER.fullmatch(self.token(at + 2))
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
        mixed = at > 0 and self.words.shapes[at - 1] == NUMBER and not self.glued(at)  # 18 1/4
        if mixed or not 0 < part < whole or part > 9 or (self.glued(at) and self.token(at - 1) == "/"):
            return None
        return Quantity(self.starts[at], self.ends[at + 2], at, at, at + 3, part / whole, part / whole, Unit.FRACTION, "", "=", "")

    def _inside_a_word(self, at: int) -> bool:
        """Whether the number at token `at` belongs to the word before it ("top-5", "v1.5", "K^2")."""
        before = self.token(at - 1)
        if before not in ("-", ".", ",", "_", "^", "'") or self._range_sign(at - 1):
            return False
        signed = before == "-" and (at == 1 or not self.glued(at - 1) or self.token(at - 2) in "([")
        return not signed and not (before == "-" and self.token(at - 2).lower() == "sub")

    def _unit(self, at: int, numeral: Numeral) -> tuple[Unit, str, float, int]:
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
        if word in SPACED_MAGNITUDES and (len(word) > 1 or not self.glued(at)):
            return Unit.MAGNITUDE, word, MAGNITUDES[word], joined + 1
        if (word in BYTES and word != "G") or low in ("bytes", "gigabytes", "terabytes", "megabytes"):
            return Unit.BYTES, word, 1.0, joined + 1
        if word in ("dB", "dBi", "decibels", "decibel"):
            return Unit.DECIBEL, "dB", 1.0, joined + 1
        if joined == at and (word in ("x", "X", "×") or low == "times"):
            following = self.words.shapes[at + 1 : at + 2]
            if following in (NUMBER, NUMBER_WORD) and after not in ("more", "fewer"):
                numeral_after = read_numeral(self.token(at + 1))
                if numeral_after is not None:
                    return Unit.SHAPE, "", 1.0, at + 2
            return Unit.FACTOR, "x", 1.0, at + 1
        if word in PHYSICAL_UNITS and unit is not Unit.YEAR:
            return Unit.PHYSICAL, word, 1.0, joined + 1
        return unit, said, scale, at

    def _in_words(self, at: int, word: str) -> Quantity | None:
        """A quantity that begins with a number word: "twice", "an order of magnitude", "twenty times", "one trillion"."""
        starts, ends = self.starts, self.ends

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
            count = _count(before)
            lowest = count
            if (
                at > 2
                and first < at
                and self.token(at - 2) in ("-", "--", "–", "to", "or")
                and (lower := _count(self.token(at - 3).lower())) < count
            ):
                first, lowest = at - 3, lower  # "2-3 orders of magnitude"
            if count >= 30:
                return None
            found = made(first, at + 3, 10.0**lowest, Unit.FACTOR, "orders")
            found.high = 10.0**count
            return found
        if word == "order-of-magnitude":
            return made(at, at + 1, 10.0, Unit.FACTOR, "orders")
        if word in MULTIPLES:
            if word == "triples" and self.words.shapes[at - 1 : at] == NUMBER:
                return None  # "2M triples"
            if (
                word == "half"
                and (
                    self.token(at - 1).lower() in ("a", "one", "and", "first", "second", "last", "other")
                    or after in ("precision", "a", "of", "life", "space", "year", "hour")
                )
                and after != "of"
            ):
                return None
            return made(at, at + 1, MULTIPLES[word], Unit.FACTOR, word)
        if word in CHANGES_OF_LEVEL:
            over, _, part = word.partition("-")
            return made(at, at + 1, NUMBER_WORDS[over] / PARTS[part.removesuffix("s")], Unit.FRACTION, word)
        if (
            word in ("third", "quarter", "tenth", "fifth")
            and self.token(at - 1).lower() in ("a", "one")
            and after in ("of", "the", "fewer", "less", "as")
        ):
            return made(at - 1, at + 1, 1.0 / PARTS[word], Unit.FRACTION, word)
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
            if (after, then) == ("percentage", "points"):
                return made(at, last + 2, value, Unit.POINTS, "points")
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

    def factor_of(self, found: list[Quantity]) -> None:
        """Plain numbers that are called factors are factors: "by a factor of up to 2.6", not "a scaling factor of 4"."""
        first = found[0].first
        if self.token(first - 1) != "of" or self.token(first - 2) not in ("factor", "factors"):
            return
        if self.token(first - 3) in ("a", "by") and all(quantity.unit in _PLAIN and not quantity.sign for quantity in found):
            for quantity in found:
                quantity.unit, quantity.said = Unit.FACTOR, "x"

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


_NUMBERS = regex.compile(f"[{NUMBER}{NUMBER_WORD}]")


def read(words: Words) -> list[list[Quantity]]:
    """The quantities of a text in order, as groups."""
    reader = _Reader(words)
    singles: list[Quantity] = []
    after = 0
    for found in _NUMBERS.finditer(words.shapes):
        at = found.start()
        if at >= after:
            quantity = reader.quantity(at)
            if quantity is not None:
                while singles and singles[-1].last > quantity.first:
                    singles.pop()  # the "3" of "3 orders of magnitude"
                reader.comparator(quantity)
                singles.append(quantity)
                after = quantity.last
    groups = group(words, singles)
    for one in groups:
        reader.factor_of(one)
    return groups


def _count(word: str) -> float:
    """How many a word says, in digits or letters; 1 if it says no number."""
    return NUMBER_WORDS.get(word) or (float(word) if word.isdigit() else 1.0)

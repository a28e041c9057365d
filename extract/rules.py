"""What a rule is, how its pattern becomes a regular expression, and the plain interpreter that checks the scan of all rules.

A rule is a pattern over *phrases*: the words of a paper with every quantity, name and measure folded into one
phrase each (`phrases.py`). Each phrase has one letter, which stands for the set of classes that it belongs to, so
that a pattern is an ordinary `regex` over some two hundred letters a paper.

Pattern language, parts separated by white space:

    reduce            the word itself, in any letter case
    REDUCE            a class of words (vocabulary.py) or of phrases (PERCENT, NAME ...)
    by|of  !END       either; anything else
    DET?  W{0,3}      how often, as few as will do
    q=PERCENT         a named part; `q` (a quantity) or `n` (a name) is what the rule speaks of, its target
    ( a b | c )?      groups; `x=( ... )` is a named one

A rule fires at most once for each place where it can begin, with the reading that backtracking finds first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

TARGETS = ("q", "n")
_QUANTIFIER = regex.compile(r"\?|\*|\+|\{(?P<low>\d+),(?P<high>\d+)\}")
_ATOM = regex.compile(r"(?:(?P<name>[a-z]\w*)=)?(?P<negated>!)?(?P<classes>[^\s=!()?*+{}]+)(?P<quantifier>[?*+]|\{\d+,\d+\})?")
_OPEN = regex.compile(r"(?:(?P<name>[a-z]\w*)=)?\(")
_CLOSE = regex.compile(r"\)(?P<quantifier>[?*+]|\{\d+,\d+\})?")
_MANY = 30
"""What `*` and `+` stop at: no phrase of a sentence is longer, and a bound keeps matching linear."""


class PatternError(ValueError):
    """A pattern cannot be read; the message says which and where."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Evidence: where `pattern` matches, its target is that much (`weight`) more likely to be what `field` reads.

    `weight` is in natural-log odds: 0.7 doubles them, -0.7 halves them; it is given in tenths, and `tenths` is what is
    summed, as sums of whole numbers are the same in any order. `reads` says in words what the pattern
    finds. Examples mark the target in braces ("runs {3.18times} faster"); in a counter-example the rule is silent.

    A rule whose id has a role (`metrics:dataset.on`) is evidence for a link: that the part named like the role is the
    attribute of the target. Its examples mark that part in square brackets ("{90.94%} on [MMLU]").

    `field` is the table that the rule speaks for, the first part of its id; `role` the attribute that it links, if it links one.
    """

    id: str
    reads: str
    pattern: str
    weight: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    field: str = dataclasses.field(init=False)
    role: str = dataclasses.field(init=False)
    tenths: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        name, _, role = self.id.partition(".")[0].partition(":")
        object.__setattr__(self, "field", name)
        object.__setattr__(self, "role", role)
        object.__setattr__(self, "tenths", round(self.weight * 10))

    @property
    def in_context(self) -> bool:
        """Whether the rule looks at more than the target itself."""
        return " " in self.pattern


@dataclass(frozen=True, slots=True)
class Atom:
    """One part of a pattern that stands for single phrases."""

    classes: tuple[str, ...]
    negated: bool
    name: str | None
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed part of a pattern: alternatives, each a sequence of parts."""

    branches: tuple[tuple[Atom | Group, ...], ...]
    name: str | None
    low: int
    high: int


def _bounds(quantifier: str | None) -> tuple[int, int]:
    match quantifier:
        case None | "":
            return 1, 1
        case "?":
            return 0, 1
        case "*":
            return 0, _MANY
        case "+":
            return 1, _MANY
    found = _QUANTIFIER.fullmatch(quantifier)
    assert found is not None  # _ATOM and _CLOSE let nothing else through
    return int(found["low"]), int(found["high"])


def parse(pattern: str) -> Group:
    """The tree of a pattern. Raises PatternError on a part that cannot be read and on unbalanced brackets."""
    stack: list[tuple[str | None, list[tuple[Atom | Group, ...]], list[Atom | Group]]] = [(None, [], [])]
    for part in pattern.split():
        name, branches, sequence = stack[-1]
        if opened := _OPEN.fullmatch(part):
            stack.append((opened["name"], [], []))
        elif part == "|":
            branches.append(tuple(sequence))
            sequence.clear()
        elif closed := _CLOSE.fullmatch(part):
            if len(stack) == 1:
                raise PatternError(f"closing bracket without an opening one in {pattern!r}")
            stack.pop()
            low, high = _bounds(closed["quantifier"])
            stack[-1][2].append(Group((*branches, tuple(sequence)), name, low, high))
        elif atom := _ATOM.fullmatch(part):
            low, high = _bounds(atom["quantifier"])
            classes = tuple(atom["classes"].split("|"))
            sequence.append(Atom(classes, atom["negated"] is not None, atom["name"], low, high))
        else:
            raise PatternError(f"cannot read the part {part!r} of {pattern!r}")
    if len(stack) > 1:
        raise PatternError(f"a bracket is not closed in {pattern!r}")
    _, branches, sequence = stack[0]
    return Group((*branches, tuple(sequence)), None, 1, 1)


def class_names(node: Atom | Group) -> Iterator[str]:
    """Every class and word that a pattern speaks of."""
    if isinstance(node, Atom):
        yield from node.classes
        return
    for branch in node.branches:
        for part in branch:
            yield from class_names(part)


class Alphabet:
    """One letter for each set of classes that a phrase can belong to."""

    def __init__(self, kinds: Iterable[frozenset[str]]) -> None:
        self._letters: dict[frozenset[str], str] = {}
        for kind in kinds:
            # CJK ideographs: a wide block in which no letter has a meaning in a regular expression.
            self._letters.setdefault(kind, chr(0x4E00 + len(self._letters)))
        self._of_class: dict[str, list[str]] = {}
        for kind, letter in self._letters.items():
            for name in kind:
                self._of_class.setdefault(name, []).append(letter)
        self.kind_of: Mapping[str, frozenset[str]] = {letter: kind for kind, letter in self._letters.items()}

    def letter(self, kind: frozenset[str]) -> str:
        """The letter of a set of classes. Raises KeyError if no phrase was said to have it."""
        return self._letters[kind]

    def letters(self, classes: Iterable[str]) -> str:
        """The letters of all phrases in any of `classes`, sorted. Raises PatternError on a class that none has."""
        found: set[str] = set()
        for name in classes:
            if name not in self._of_class:
                raise PatternError(f"no word or phrase has the class {name!r}")
            found.update(self._of_class[name])
        return "".join(sorted(found))


def _ranges(letters: str) -> str:
    """Sorted letters with each run of neighbours written as `a-z`."""
    parts: list[str] = []
    start = end = letters[0]
    for letter in (*letters[1:], ""):
        if letter and ord(letter) == ord(end) + 1:
            end = letter
            continue
        parts.append(start if start == end else f"{start}-{end}")
        start = end = letter
    return "".join(parts)


def expression(node: Atom | Group, alphabet: Alphabet) -> str:
    """The regular expression of a pattern over the letters of `alphabet`."""
    if isinstance(node, Atom):
        letters = alphabet.letters(node.classes)
        body = f"[{'^' if node.negated else ''}{_ranges(letters)}]" if node.negated or len(letters) > 1 else letters
    else:
        branches = "|".join("".join(expression(part, alphabet) for part in branch) for branch in node.branches)
        body = f"(?:{branches})"
    if (node.low, node.high) != (1, 1):
        body += f"{{{node.low},{node.high}}}?"
    return f"(?P<{node.name}>{body})" if node.name else body


class Hit(NamedTuple):
    """A rule that fired: its target, a phrase, and the phrases that it links to it, a half-open range, if it links any."""

    rule: Rule
    target: int
    link: tuple[int, int] | None


def interpret(rule: Rule, kinds: Sequence[frozenset[str]]) -> Iterator[Hit]:
    """What a scan finds for one rule, worked out from the pattern's tree alone: slow and plain."""
    tree = parse(rule.pattern)

    def fits(atom: Atom, at: int) -> bool:
        return at < len(kinds) and (not kinds[at].isdisjoint(atom.classes)) != atom.negated

    def once(node: Atom | Group, at: int, parts: dict[str, tuple[int, int]]) -> Iterator[tuple[int, dict[str, tuple[int, int]]]]:
        if isinstance(node, Atom):
            if fits(node, at):
                yield at + 1, parts
            return
        for branch in node.branches:
            yield from sequence(branch, at, parts)

    def repeated(
        node: Atom | Group, at: int, parts: dict[str, tuple[int, int]], done: int
    ) -> Iterator[tuple[int, dict[str, tuple[int, int]]]]:
        if done >= node.low:
            yield at, parts
        if done < node.high:
            for end, inner in once(node, at, parts):
                if end > at:
                    yield from repeated(node, end, inner, done + 1)

    def sequence(
        nodes: Sequence[Atom | Group], at: int, parts: dict[str, tuple[int, int]]
    ) -> Iterator[tuple[int, dict[str, tuple[int, int]]]]:
        if not nodes:
            yield at, parts
            return
        first, *rest = nodes
        for end, inner in repeated(first, at, parts, 0):
            named = {**inner, first.name: (at, end)} if first.name else inner
            yield from sequence(rest, end, named)

    for start in range(len(kinds) + 1):
        for _, parts in once(tree, start, {}):
            target = next(name for name in TARGETS if name in parts)
            yield Hit(rule, parts[target][0], parts.get(rule.role))
            break

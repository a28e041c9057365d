"""Where rules can match at all, found from their targets outwards.

The parts of a pattern in front of its target, read backwards, and those behind it, are two patterns that begin at the
target. Those of all rules together are one automaton for each side. A page has few targets, and a few phrases away from
one of them hardly a rule is left, so that most of a page is never looked at.

The automata are Glushkov's: a state is the set of atoms that may have matched the last phrase. They do not count: what may
stand twice may stand any number of times. So they say where a rule *may* begin; its regular expression decides. States are
made when a page first needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.rules import Alphabet, Atom, Group

_MOST_STATES = 50_000
"""States kept; some ten thousand serve most pages, and a full automaton is simply begun again."""


class State(dict[str, "State"]):
    """The states that follow one, by letter. `accepts` has a bit for each rule whose side is complete here; a state that is not `live`
    is left by no letter."""

    __slots__ = ("_automaton", "_next", "accepts", "live")

    def __init__(self, automaton: Automaton, following: int, accepts: int) -> None:
        super().__init__()
        self._automaton = automaton
        self._next = following
        self.accepts = accepts
        self.live = following != 0

    def __missing__(self, letter: str) -> State:
        state = self[letter] = self._automaton.state(self._next & self._automaton.fitting(letter))
        return state


class _Ends(NamedTuple):
    """Of a part of a pattern: the atoms that it may begin with, those that it may end with, and whether it may be empty."""

    first: int
    last: int
    empty: bool


_NOTHING = _Ends(0, 0, True)


class Automaton:
    """One side of all rules. Atoms and rules are numbered; a set of them is an int with a bit for each."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._follow: list[int] = []
        self._accepts: list[int] = []
        self._atoms: dict[tuple[frozenset[str], bool], int] = {}
        self._fitting: dict[str, int] = {}
        self._states: dict[int, State] = {}
        self._starts: list[State] = []
        self._firsts: list[int] = []
        self._empty = 0
        self.reach = 0

    def add(self, parts: Sequence[Atom | Group]) -> None:
        """Add the side of the next rule: its parts from the target outwards."""
        rule = 1 << len(self._firsts)
        ends = self._sequence(parts)
        for atom in bits(ends.last):
            self._accepts[atom] |= rule
        self._firsts.append(ends.first)
        if ends.empty:
            self._empty |= rule
        self.reach = max(self.reach, sum(map(_longest, parts)))

    def _sequence(self, parts: Iterable[Atom | Group]) -> _Ends:
        done = _NOTHING
        for part in parts:
            done = self._joined(done, self._part(part))
        return done

    def _joined(self, one: _Ends, other: _Ends) -> _Ends:
        for atom in bits(one.last):
            self._follow[atom] |= other.first
        return _Ends(
            one.first | (other.first if one.empty else 0), other.last | (one.last if other.empty else 0), one.empty and other.empty
        )

    def _part(self, part: Atom | Group) -> _Ends:
        if isinstance(part, Atom):
            number = len(self._follow)
            self._follow.append(0)
            self._accepts.append(0)
            key = frozenset(self._alphabet.letters(part.classes)), part.negated
            self._atoms[key] = self._atoms.get(key, 0) | 1 << number
            ends = _Ends(1 << number, 1 << number, empty=False)
        else:
            branches = [self._sequence(branch) for branch in part.branches]
            first = last = 0
            for branch in branches:
                first, last = first | branch.first, last | branch.last
            ends = _Ends(first, last, any(branch.empty for branch in branches))
        if part.high > 1:
            self._joined(ends, ends)
        return ends._replace(empty=True) if part.low == 0 else ends

    def fitting(self, letter: str) -> int:
        """The atoms that a letter fits."""
        known = self._fitting.get(letter)
        if known is None:
            known = self._fitting[letter] = sum(
                atoms for (letters, negated), atoms in self._atoms.items() if (letter in letters) != negated
            )
        return known

    def start(self, rules: int) -> State:
        """The state before the first letter, where only `rules` are asked for."""
        following = 0
        for rule in bits(rules):
            following |= self._firsts[rule]
        self._starts.append(State(self, following, self._empty & rules))
        return self._starts[-1]

    def state(self, atoms: int) -> State:
        """The state in which these atoms matched the last letter."""
        known = self._states.get(atoms)
        if known is None:
            if len(self._states) >= _MOST_STATES:
                self._states.clear()
                for start in self._starts:
                    start.clear()  # or all that was would still be reached from there
            following = accepts = 0
            for atom in bits(atoms):
                following |= self._follow[atom]
                accepts |= self._accepts[atom]
            known = self._states[atoms] = State(self, following, accepts)
        return known


@lru_cache(maxsize=1 << 15)
def bits(number: int) -> tuple[int, ...]:
    """The places of the bits that are set."""
    return tuple(at for at, bit in enumerate(reversed(f"{number:b}")) if bit == "1")


def _longest(part: Atom | Group) -> int:
    if isinstance(part, Atom):
        return part.high
    return part.high * max(sum(map(_longest, branch)) for branch in part.branches)

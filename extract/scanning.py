"""All rules as one scan over the letters of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from extract.automaton import Automaton, State, bits
from extract.limits import TimeLimitError
from extract.rules import TARGETS, Alphabet, Atom, Group, Hit, PatternError, Rule, expression, parse


class _Begin(NamedTuple):
    """What begins at a target of some letter: the rules of nothing but it, and the ways to what the others have behind and before it."""

    alone: tuple[int, ...]
    behind: State
    before: State


class Scanner:
    """All rules as one scan over a string of letters.

    From each phrase that can be a target, two automata say which rules may match there and where those begin; each rule's
    own expression is tried at these places alone. Both are derived from the same pattern.
    """

    def __init__(self, rules: Sequence[Rule], alphabet: Alphabet) -> None:
        self.rules = tuple(rules)
        self._compiled: list[tuple[Rule, Callable[..., regex.Match[str] | None], str, bool]] = []
        self._before, self._behind = Automaton(alphabet), Automaton(alphabet)
        alone: dict[str, list[int]] = {}
        others: dict[str, int] = {}
        for number, rule in enumerate(self.rules):
            tree = parse(rule.pattern)
            try:
                pattern = regex.compile(expression(tree, alphabet))
            except PatternError as error:
                raise PatternError(f"{rule.id}: {error}") from None
            before, target, behind = _sides(rule, tree)
            self._compiled.append((rule, pattern.match, target.name or "", rule.role in pattern.groupindex))
            self._before.add(tuple(map(_reversed, reversed(before))))
            self._behind.add(behind)
            for letter in alphabet.letters(target.classes):
                if before or behind:
                    others[letter] = others.get(letter, 0) | 1 << number
                else:
                    alone.setdefault(letter, []).append(number)
        self._begin = {
            letter: _Begin(
                tuple(alone.get(letter, ())), self._behind.start(others.get(letter, 0)), self._before.start(others.get(letter, 0))
            )
            for letter in {*alone, *others}
        }

    def scan(self, letters: str) -> list[Hit]:
        """Every place where a rule fires in `letters`, rule by rule."""
        begin = self._begin
        starts: dict[int, list[int]] = {}
        alone: dict[int, list[int]] = {}
        for at, letter in enumerate(letters):
            if letter in begin:
                for number in begin[letter].alone:
                    alone.setdefault(number, []).append(at)
                for number, start in self._starts(letters, at, begin[letter]):
                    starts.setdefault(number, []).append(start)
        hits: list[Hit] = []
        for number in sorted((*alone, *starts)):
            rule, match, target, linked = self._compiled[number]
            if number in alone:
                hits += [Hit(rule, at, None) for at in alone[number]]
                continue
            role = rule.role
            try:
                for start in sorted(set(starts[number])):
                    found = match(letters, start)
                    if found is not None:
                        hits.append(Hit(rule, found.start(target), found.span(role) if linked and found.start(role) >= 0 else None))
            except TimeLimitError as error:
                error.within(rule.id)
                raise
        return hits

    def _starts(self, letters: str, at: int, begin: _Begin) -> list[tuple[int, int]]:
        """The rules whose target can be phrase `at`, each with every place where it may begin."""
        _, behind, before = begin
        rules = behind.accepts
        if behind.live:
            for letter in letters[at + 1 : at + 1 + self._behind.reach]:
                behind = behind[letter]
                rules |= behind.accepts
                if not behind.live:
                    break
        found = [(rule, at) for rule in bits(before.accepts & rules)]
        if before.live:
            place = at
            for letter in letters[max(0, at - self._before.reach) : at][::-1]:
                place -= 1
                before = before[letter]
                if accepted := before.accepts & rules:
                    found += [(rule, place) for rule in bits(accepted)]
                if not before.live:
                    break
        return found


def _sides(rule: Rule, tree: Group) -> tuple[tuple[Atom | Group, ...], Atom, tuple[Atom | Group, ...]]:
    """What stands before a pattern's target, the target, and what stands behind it."""
    parts = tree.branches[0]
    targets = [at for at, part in enumerate(parts) if part.name in TARGETS]
    target = parts[targets[0]] if len(tree.branches) == len(targets) == 1 else None
    if not isinstance(target, Atom) or target.negated or (target.low, target.high) != (1, 1):
        raise PatternError(f"{rule.id}: a pattern names one target, q or n, that stands once and in no bracket: {rule.pattern!r}")
    return parts[: targets[0]], target, parts[targets[0] + 1 :]


def _reversed(part: Atom | Group) -> Atom | Group:
    """A part of a pattern to be read backwards."""
    if isinstance(part, Atom):
        return part
    return Group(tuple(tuple(map(_reversed, reversed(branch))) for branch in part.branches), part.name, part.low, part.high)

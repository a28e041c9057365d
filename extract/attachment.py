"""Which words belong to which number: the measure and the dataset of a result, the model of a size, the resource of a claim.

A candidate is weighed by the rules that link it to the number (patterns over what was decided), and by how the two
stand to each other (`relations`): before or after, in one clause, with another number between, already attached to the
number before. The largest sum wins, unless "none said" weighs more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from extract.evidence import Evidence
from extract.phrases import HEADED, QUALITY, Page
from extract.rules import Alphabet, Hit, Rule
from extract.vocabulary import CLASSES

Span = tuple[int, int]

_ADJACENT, _NEAR = 2, 5
_WINDOW = 80
"""Phrases around a number that are looked at: few sentences are longer, and a bound keeps the work linear."""
_MOST_OWN = 50
"""Datasets that a paper presents, as far as they are looked for elsewhere than in a number's own sentence."""
_SIZED = regex.compile(r"\d[KkMmB]$")
"""How names of training data end: VideoSSR-30K."""
_NOMINAL = ("tion", "sion", "ity", "ness", "ance", "ence", "ment", "cy", "sal", "val")
"""Endings of nouns that say what something does or is like."""
_UNNAMED = frozenset().union(
    *(CLASSES[name] for name in (
        "METRIC_HEAD", "GAIN", "LOSS_NOUN", "REDUCTION", "DATASET_NOUN", "TASK_NOUN", "COUNTED", "UNCOUNTED", "MODEL_NOUN", "METHOD_NOUN",
        "BETTER", "WORSE", "FEWER", "MORE", "RANGING",
    ))
)  # fmt: skip
"""Words that name no measure, whatever stands around them."""


_DIRECT = frozenset(
    f"metrics:metric.{name}"
    for name in (
        "alike",
        "equals",
        "changed",
        "changed_bracket",
        "acronym_after",
        "acronym_gain",
        "acronym_in",
        "short_after",
        "in_words",
        "gain_of_in",
        "and_in",
        "name_score",
    )
)
"""Rules by which words that no list has belong to a number itself: what the number before is of ends there."""
_ALIKE = frozenset(("metrics:metric.same_place", "metrics:metric.acronym_before"))
"""An unknown name that stands to its number as the measure before does: "SSIM by 3%, QFC2 by 4%"."""


@dataclass(frozen=True, slots=True)
class Role:
    """An attribute that is attached: its field, its name in the field's rules, and the classes of phrase that can be it."""

    field: str
    name: str
    classes: tuple[str, ...]

    @property
    def id(self) -> str:
        """The first part of the ids of its rules."""
        return f"{self.field}:{self.name}"


ROLES = (
    Role("metrics", "metric", ("MEASURE",)),
    Role("metrics", "dataset", ("DATASET",)),
    Role("model_sizes", "model", ("OTHER", "MODEL")),
    Role(
        "speedups",
        "aspect",
        (
            "SPEED_NOUN", "COMPUTE_NOUN", "MEMORY_NOUN", "PARAMETER_NOUN", "COMMUNICATION_NOUN", "ENERGY_NOUN", "COST_NOUN",
            "DATA_NOUN", "FASTER", "CHEAPER", "SLOWER", "SMALLER", "ACCELERATE",
        ),
    ),
    Role("data_sizes", "unit", ("COUNTED", "TOKEN", "HOUR", "PLURAL")),
)  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """Phrases that may be an attribute of a number, and the ids of what speaks for it."""

    span: Span
    said: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Choice:
    """All candidates of one number for one role, with what speaks for "none said"."""

    role: Role
    at: int
    candidates: list[Candidate]
    none: set[str]


class Sentences:
    """Where the sentences of a page begin and end, in phrases."""

    def __init__(self, letters: str, ends: frozenset[str]) -> None:
        self.bounds: list[Span] = []
        first = 0
        for at, letter in enumerate(letters):
            if letter in ends:
                self.bounds.append((first, at))
                first = at + 1
        if first < len(letters):
            self.bounds.append((first, len(letters)))

    def of(self, at: int) -> int:
        """The number of the sentence that phrase `at` is in."""
        low, high = 0, len(self.bounds) - 1
        while low < high:
            middle = (low + high) // 2
            if self.bounds[middle][1] < at:
                low = middle + 1
            else:
                high = middle
        return low


class Attacher:
    """Weighs the candidates of every number that a field won."""

    def __init__(self, alphabet: Alphabet, rules: Iterable[Rule]) -> None:
        self._weights = {rule.id: rule.tenths for rule in rules if rule.role}
        self.ends = frozenset(alphabet.letters(("END",)))
        self._breaks = frozenset(alphabet.letters(("COMMA", "SEMICOLON", "WHILE", "DASH", "COLON")))
        self._joins = frozenset(alphabet.letters(("COMMA", "AND", "SLASH", "DET")))
        self._results = frozenset(alphabet.letters(("RESULT",)))
        self._ours = frozenset(alphabet.letters(("OUR",)))
        self._evaluate = frozenset(alphabet.letters(("EVALUATE",)))
        self._goes_on = frozenset(
            alphabet.letters(("it", "this", "moreover", "further", "furthermore", "also", "additionally", "compared", "similarly"))
        )
        self._train = frozenset(alphabet.letters(("TRAIN",)))
        self._source = frozenset(alphabet.letters(("on", "with", "from", "using")))
        self._quality = alphabet.letter(QUALITY)
        self._headed = alphabet.letter(HEADED)
        self._glue = frozenset(
            alphabet.letters(
                ("PREPOSITION", "BE", "ONLY", "ADVERB", "OPEN", "EQUALS", "COLON", "DET", "ACHIEVE", "IMPROVE", "FALL", "SIGN")
            )
        )
        self._modifiers = frozenset(alphabet.letters(("W", "HYPHEN", "DET", "OPEN"))) - self._breaks
        self._classes = {role: frozenset(alphabet.letters(role.classes)) for role in ROLES}

    def attach(self, page: Page, evidence: Evidence, letters: str, hits: Iterable[Hit]) -> None:
        """Set `evidence.links` for every number and role; `letters` are those of the decided page, `hits` the linking rules'."""
        if not evidence.numbers:
            return
        chosen: dict[tuple[str, int], Span] = {}
        for choice in self.choices(page, evidence, letters, hits, chosen):
            span = self.best(choice)
            if span is not None:
                evidence.links[choice.at, choice.role.name] = span
                chosen[choice.role.id, choice.at] = span

    def best(self, choice: Choice) -> Span | None:
        """The candidate with the largest sum, if it is larger than that of "none said"; the nearest of equals."""
        weights = self._weights
        least = sum(weights[rule] for rule in choice.none)
        best: Span | None = None
        best_key = (least, 0)
        for candidate in choice.candidates:
            key = (sum(weights[rule] for rule in candidate.said), -abs(candidate.span[0] - choice.at))
            if key[0] > least and (best is None or key > best_key):
                best, best_key = candidate.span, key
        return best

    def choices(
        self, page: Page, evidence: Evidence, letters: str, hits: Iterable[Hit], chosen: Mapping[tuple[str, int], Span]
    ) -> Iterator[Choice]:
        """Every number and role with its candidates, in the order of the text; `chosen` is filled by the caller as it decides."""
        by_number: dict[tuple[int, str], list[Hit]] = {}
        by_name: dict[tuple[str, str], set[str]] = {}
        for hit in hits:
            if hit.target in page.mentions:
                by_name.setdefault((evidence.keys[hit.target], f"{hit.rule.field}:{hit.rule.role}"), set()).add(hit.rule.id)
            else:
                by_number.setdefault((hit.target, f"{hit.rule.field}:{hit.rule.role}"), []).append(hit)
        sentences = Sentences(letters, self.ends)
        numbers: dict[str, list[int]] = {}
        for number in sorted(page.groups):
            if number in evidence.numbers:
                numbers.setdefault(evidence.numbers[number][0], []).append(number)
        own: dict[str, list[int]] = {}
        for place, key in evidence.keys.items():
            if key in evidence.introduced and (key in own or len(own) < _MOST_OWN):
                own.setdefault(key, []).append(place)
        for at in page.groups:
            won = evidence.numbers.get(at)
            if won is None:
                continue
            for role in ROLES:
                if role.field == won[0]:
                    choice = self._choice(
                        page, evidence, letters, sentences, role, at, by_number.get((at, role.id), ()), chosen, numbers[role.field], own
                    )
                    for candidate in choice.candidates:
                        if candidate.span[0] in page.mentions:
                            candidate.said |= by_name.get((evidence.keys[candidate.span[0]], role.id), set())
                    yield choice

    def _choice(
        self,
        page: Page,
        evidence: Evidence,
        letters: str,
        sentences: Sentences,
        role: Role,
        at: int,
        hits: Sequence[Hit],
        chosen: Mapping[tuple[str, int], Span],
        numbers: Sequence[int],
        own: Mapping[str, Sequence[int]],
    ) -> Choice:
        here = sentences.of(at)
        first, last = sentences.bounds[here]
        first, last = max(first, at - _WINDOW), min(last, at + _WINDOW)
        wanted = self._classes[role]
        inside = [i for i in range(first, last) if letters[i] in wanted]
        found: dict[Span, Candidate] = {(i, i + 1): Candidate((i, i + 1)) for i in inside}
        if here and role.field == "metrics":
            begin, end = sentences.bounds[here - 1]
            for i in range(max(begin, end - _WINDOW), end):
                if letters[i] in wanted:
                    found[i, i + 1] = Candidate((i, i + 1), {f"{role.id}.sentence_before"})
        if role.name == "dataset":
            # Of each dataset that the paper presents, the place of its name that is nearest before the number, or its first.
            for i in (places[max(0, bisect_left(places, at) - 1)] for places in own.values()):
                found.setdefault((i, i + 1), Candidate((i, i + 1), {f"{role.id}.elsewhere"}))
        none = {f"{role.id}.none"}
        for hit in hits:
            span = hit.link
            if span is None:
                none.add(hit.rule.id)
            elif role.name != "dataset" or evidence.is_dataset(span[0]):
                found.setdefault(span, Candidate(span)).said.add(hit.rule.id)
        earlier = bisect_left(numbers, at)
        previous = numbers[earlier - 1] if earlier else None
        if role.name == "metric" and previous is not None and (carried := chosen.get((role.id, previous))) is not None:
            found.setdefault(carried, Candidate(carried))
        for candidate in found.values():
            candidate.said.update(
                f"{role.id}.{name}"
                for name in self._relations(
                    page, evidence, letters, role, at, candidate.span, (first, last), inside, numbers, previous, chosen, sentences
                )
            )
        if any(f"{role.id}.same_place" in candidate.said for candidate in found.values()):
            for candidate in found.values():
                if f"{role.id}.carried" in candidate.said:
                    candidate.said.add(f"{role.id}.replaced")
        for candidate in found.values():
            if candidate.said >= _ALIKE:
                candidate.said.add(f"{role.id}.alike")
        if any(not _DIRECT.isdisjoint(candidate.said) for candidate in found.values()):
            for candidate in found.values():
                if f"{role.id}.carried" in candidate.said:
                    candidate.said.add(f"{role.id}.shadowed")
        if any({f"{role.id}.clause_after", f"{role.id}.near_after"} <= candidate.said for candidate in found.values()):
            for candidate in found.values():
                if previous is not None and previous < candidate.span[0] < at and f"{role.id}.carried" in candidate.said:
                    candidate.said.add(f"{role.id}.displaced")
        known = self._weights.keys()
        for candidate in found.values():
            candidate.said &= known
        return Choice(role, at, list(found.values()), none & known)

    def _relations(
        self,
        page: Page,
        evidence: Evidence,
        letters: str,
        role: Role,
        at: int,
        span: Span,
        sentence: Span,
        inside: Sequence[int],
        numbers: Sequence[int],
        previous: int | None,
        chosen: Mapping[tuple[str, int], Span],
        sentences: Sentences,
    ) -> Iterator[str]:
        """How a candidate stands to the number at phrase `at`, in names of relations.

        `inside` has the candidates of its sentence, `numbers` all numbers of its field, `previous` the one before it.
        """
        first, last = sentence
        place = span[0]
        same = first <= place < last
        if same:
            yield "same_sentence"
            low, high = (span[1], at) if place < at else (at + 1, place)
            distance = high - low
            side = "before" if place < at else "after"
            yield side
            between = letters[low:high]
            if distance <= _ADJACENT and letters[span[1] - 1] in self._classes[role]:
                yield f"adjacent_{side}"
            if distance <= _NEAR:
                yield f"near_{side}"
            if self._breaks.isdisjoint(between):
                yield f"clause_{side}"
            if not _any_between(inside, low, high):
                yield f"nearest_{side}"
            if _any_between(numbers, low, high):
                yield f"number_between_{side}"
            if low < high and (self._glue if place < at else self._modifiers).issuperset(between):
                yield f"glue_{side}"
            if len(inside) == 1:
                yield "only_one"
            if span[1] < last and letters[span[1]] in self._classes[role]:
                yield "modifier"
        if place > 0 and place - 1 >= first and self._in_list(letters, inside, place):
            yield "later_of_list"
        if role.name == "model" and evidence.keys.get(place) in evidence.in_title:
            yield "in_title"
        if not inside:
            yield "alone"
        if role.name == "metric":
            yield from self._sort_of_measure(page, letters, span)
        if role.name == "dataset":
            yield from self._sort_of_dataset(page, evidence, place, at)
            here = sentences.of(at)
            if here and not same and sentences.of(place) == here - 1:
                yield from self._goes_on_with(letters, place, numbers, sentences.bounds[here - 1], sentences.bounds[here][0])
            if not same and evidence.keys.get(place) in evidence.introduced:
                if not self._ours.isdisjoint(letters[first:last]):
                    yield "own_and_ours"
                if evidence.keys.get(place) not in evidence.in_title and evidence.in_title:
                    yield "own_not_in_title"
            before = letters[max(first, place - 4) : place]
            if any(letter in self._train for letter in before) and not self._source.isdisjoint(before):
                yield "trained_on"
        if previous is not None:
            carried = chosen.get((role.id, previous))
            if same and self._same_place(letters, carried, previous, span, at):
                yield "same_place"
            if carried is not None and (
                carried == span or (role.name == "dataset" and evidence.keys.get(carried[0]) == evidence.keys.get(place))
            ):
                if carried == span and previous < place < at:
                    yield "spent"
                yield (
                    "carried" if previous >= first else "carried_over" if sentences.of(previous) == sentences.of(at) - 1 else "carried_far"
                )

    def _goes_on_with(self, letters: str, place: int, numbers: Sequence[int], before: Span, first: int) -> Iterator[str]:
        """How a sentence goes on with a candidate of the one before it, which reports or announces results on it or does not."""
        if letters[first] in self._goes_on:
            yield "goes_on"
        if bisect_left(numbers, before[0]) < bisect_left(numbers, before[1]):
            yield "reported_before"
        if not self._evaluate.isdisjoint(letters[before[0] : place]):
            yield "evaluated_before"

    def _same_place(self, letters: str, other: Span | None, other_at: int, span: Span, at: int) -> bool:
        """Whether a candidate stands to its number as that of the number before it does: "X by 3%, Y by 4%"."""
        if other is None or other == span or (other[0] < other_at) != (span[0] < at):
            return False
        ours = letters[span[1] : at] if span[0] < at else letters[at + 1 : span[0]]
        theirs = letters[other[1] : other_at] if other[0] < other_at else letters[other_at + 1 : other[0]]
        return len(ours) <= _NEAR and ours == theirs

    def _sort_of_dataset(self, page: Page, evidence: Evidence, place: int, at: int) -> Iterator[str]:
        """Whether a dataset is the paper's own, and what its name says that it is for."""
        key = evidence.keys.get(place)
        own = "own" if key in evidence.introduced else "other"
        if own == "own":
            yield "own"
        if key in evidence.in_title:
            yield f"{own}_in_title"
        if page.mentions[place].shape == "SHAPE_BENCH":
            yield f"{own}_bench"
        elif _SIZED.search(page.mentions[place].text):
            yield f"{own}_sized"
        if own == "own" and place > at:
            yield "own_later"

    def _sort_of_measure(self, page: Page, letters: str, span: Span) -> Iterator[str]:
        """What is known of a measure: named by a lexicon (nothing), by its head, or only words."""
        last = span[1] - 1
        if letters[last] == self._quality:
            yield "quality"
        elif letters[last] == self._headed:
            yield "headed"
        elif letters[last] not in self._classes[ROLES[0]]:
            yield "unlisted"
            word = page.text[page.start(last) : page.end(last)].lower()
            if word.rstrip("s").endswith(_NOMINAL):
                yield "nominal"
            if word in _UNNAMED and not (span[1] - span[0] > 1 and word in CLASSES["METRIC_HEAD"]):
                yield "unnamed"  # a ratio names nothing, a valid-pixel ratio does

    def _in_list(self, letters: str, inside: Sequence[int], place: int) -> bool:
        """Whether another candidate stands right before this one in a list, and is not that of a number right before it."""
        earlier = bisect_left(inside, place)
        if not earlier or not self._results.isdisjoint(letters[max(0, inside[earlier - 1] - 2) : inside[earlier - 1]]):
            return False
        between = letters[inside[earlier - 1] + 1 : place]
        return 0 < len(between) <= 2 and self._joins.issuperset(between)


def _any_between(places: Sequence[int], low: int, high: int) -> bool:
    """Whether one of some places, in order, is in `low:high`."""
    at = bisect_left(places, low)
    return at < len(places) and places[at] < high

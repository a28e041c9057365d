"""What the rules say of a page, summed: which field each number belongs to, and which names are datasets.

Fields compete for a number: each rule that fires on it speaks for or against one field, and the field with the largest
sum above zero takes it, so that no number is two things. A name is decided once for the whole paper, on what is said at
all its mentions; names in one list share what is said of the list, and an abbreviation shares with its long form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.phrases import DATASET, OTHER, OTHER_MODEL, Page, claimed_classes
from extract.rules import Alphabet, Hit, Rule


@dataclass(slots=True)
class Claim:
    """A field's evidence for a number or a name: the sum of the weights, and the rule that weighs most."""

    score: float
    rule: str


@dataclass(slots=True)
class Evidence:
    """What was decided on a page.

    `numbers` has, for each quantity phrase that a field won, the field and its claim; `datasets` the claim of each name
    that is a dataset, by key; `keys` the key of each name phrase; `devices` the names that are hardware, with the rule
    that weighed most; `links` for each phrase and role the candidates with the sum of their evidence.
    """

    numbers: Mapping[int, tuple[str, Claim]]
    datasets: Mapping[str, Claim]
    keys: Mapping[int, str]
    devices: Mapping[int, str]
    links: dict[tuple[int, str], dict[tuple[int, int], float]]

    def won(self, field: str) -> Iterator[tuple[int, str]]:
        """The quantity phrases that `field` won, in order, with the rule that weighed most."""
        for at, (winner, found) in self.numbers.items():
            if winner == field:
                yield at, found.rule

    def is_dataset(self, at: int) -> bool:
        """Whether the name at phrase `at` is a dataset."""
        return self.keys.get(at) in self.datasets

    def linked(self, at: int, role: str) -> tuple[int, int] | None:
        """The phrases that are the attribute `role` of phrase `at`: the best candidate whose evidence is above zero."""
        candidates = self.links.get((at, role))
        if not candidates:
            return None
        best = max(candidates, key=lambda span: (candidates[span], -abs(span[0] - at)))
        return best if candidates[best] > 0 else None


def claim(rules: Iterable[Rule]) -> Claim:
    """The sum of what `rules` say, each counted once."""
    score, best, best_weight = 0.0, "", float("-inf")
    for rule in {rule.id: rule for rule in rules}.values():
        score += rule.weight
        if rule.weight > best_weight:
            best, best_weight = rule.id, rule.weight
    return Claim(score, best)


class Scale:
    """Weighs the hits of a page."""

    def __init__(self, alphabet: Alphabet, rules: Iterable[Rule]) -> None:
        by_id = {rule.id: rule for rule in rules}
        self._list_known = by_id["datasets.list_known"]
        self._list_other = by_id["datasets.list_other"]
        self._alphabet = alphabet
        self._joins = frozenset(alphabet.letters(("COMMA", "AND", "SLASH", "DET")))
        self._known = frozenset(alphabet.letters(("DATASET_NAME", "SHAPE_BENCH")))
        self._other = frozenset(alphabet.letters(("MODEL_NAME", "METHOD_NAME", "TASK_NAME", "SHAPE_SIZED")))

    def weigh(self, page: Page, hits: Iterable[Hit]) -> Evidence:
        """Sum the hits of a page."""
        by_phrase: dict[int, list[Hit]] = {}
        for hit in hits:
            by_phrase.setdefault(hit.target, []).append(hit)
        numbers: dict[int, tuple[str, Claim]] = {}
        for at in page.groups:
            by_field: dict[str, list[Rule]] = {}
            for hit in by_phrase.get(at, ()):
                by_field.setdefault(hit.rule.field, []).append(hit.rule)
            claims = {field: claim(rules) for field, rules in by_field.items()}
            if claims:
                field = max(claims, key=lambda name: claims[name].score)
                if claims[field].score > 0:
                    numbers[at] = field, claims[field]
        short = dict(page.abbreviations)
        keys = {at: short.get(mention.key, mention.key) for at, mention in page.mentions.items()}
        datasets = self._datasets(page, keys, by_phrase)
        devices = {}
        for at in page.mentions:
            found = claim(hit.rule for hit in by_phrase.get(at, ()) if hit.rule.field == "hardware")
            if found.score > 0 and keys[at] not in datasets:
                devices[at] = found.rule
        return Evidence(numbers, datasets, keys, devices, {})

    def decided(self, page: Page, evidence: Evidence) -> str:
        """The letters of a page with what is decided in them, for the rules that link."""
        letters = list(page.letters)
        letter = self._alphabet.letter
        for at, group in page.groups.items():
            field = evidence.numbers[at][0] if at in evidence.numbers else ""
            letters[at] = letter(claimed_classes(group, field))
        for at, mention in page.mentions.items():
            if evidence.is_dataset(at):
                letters[at] = letter(DATASET)
            else:
                letters[at] = letter(OTHER_MODEL if "model" in mention.types or mention.shape in ("SHAPE_SIZED", "SHAPE_MODEL") else OTHER)
        return "".join(letters)

    def link(self, evidence: Evidence, hits: Iterable[Hit]) -> None:
        """Sum the hits of the rules that link."""
        seen: set[tuple[int, tuple[int, int], str]] = set()
        for hit in hits:
            role = hit.rule.role
            span = hit.parts[role]
            if (hit.target, span, hit.rule.id) in seen:
                continue
            seen.add((hit.target, span, hit.rule.id))
            candidates = evidence.links.setdefault((hit.target, role), {})
            candidates[span] = candidates.get(span, 0.0) + hit.rule.weight

    def _datasets(self, page: Page, keys: Mapping[int, str], hits: Mapping[int, list[Hit]]) -> dict[str, Claim]:
        said: dict[int, list[Rule]] = {at: [hit.rule for hit in hits.get(at, ()) if hit.rule.field == "datasets"] for at in page.mentions}
        for chain in chains(page, self._joins):
            context = [rule for at in chain for rule in said[at] if rule.in_context]
            known = [at for at in chain if page.letters[at] in self._known]
            other = [at for at in chain if page.letters[at] in self._other]
            for at in chain:
                said[at] = said[at] + context
                if any(one != at for one in known):
                    said[at].append(self._list_known)
                if any(one != at for one in other):
                    said[at].append(self._list_other)
        by_key: dict[str, list[Rule]] = {}
        for at, key in keys.items():
            by_key.setdefault(key, []).extend(said[at])
        return {key: found for key, rules in by_key.items() if (found := claim(rules)).score > 0}


def chains(page: Page, joins: frozenset[str]) -> Iterator[list[int]]:
    """Names that stand in one list, as phrase numbers: nothing between them but one or two of the letters `joins`."""
    chain: list[int] = []
    letters = page.letters
    for at in page.mentions:
        if chain:
            between = letters[chain[-1] + 1 : at]
            if not between or len(between) > 2 or not joins.issuperset(between):
                if len(chain) > 1:
                    yield chain
                chain = []
        chain.append(at)
    if len(chain) > 1:
        yield chain

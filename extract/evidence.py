"""What the rules say of a page, summed: which field each number belongs to, and which names are datasets.

Fields compete for a number: each rule that fires on it speaks for or against one field, and the field with the largest
sum above zero takes it, so that no number is two things. A name is decided once for the whole paper, on what is said at
all its mentions; names in one list share what is said of the list, and an abbreviation shares with its long form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.names import Mention
from extract.phrases import DATASET, KNOWN_DATASET, OTHER, OTHER_ACRONYM, OTHER_MODEL, TERM, Page, claimed_classes
from extract.rules import Alphabet, Hit, Rule
from extract.shapes import is_named_bench
from extract.vocabulary import CLASSES


@dataclass(slots=True)
class Claim:
    """A field's evidence for a number or a name: the sum of the weights, in tenths, and the rule that weighs most."""

    score: int
    rule: str


@dataclass(slots=True)
class Evidence:
    """What was decided on a page.

    `numbers` has, for each quantity phrase that a field won, the field and its claim; `spoken` the rules
    that spoke of each phrase for each field; `datasets` the claim of each name
    that is a dataset, by key; `said` the rules that spoke of each name, `keys` the key of each name phrase; `devices` the names that are hardware, with the rule
    that weighed most; `introduced` the keys of the datasets that the paper presents, `in_title` those of the names in its title; `gains` the results that are
    differences; `lists` for each dataset and measure the list that it stands in; `links` the phrases that are an attribute of a number, by number and role.
    """

    numbers: Mapping[int, tuple[str, Claim]]
    spoken: Mapping[tuple[int, str], list[Rule]]
    datasets: Mapping[str, Claim]
    said: Mapping[str, list[Rule]]
    keys: Mapping[int, str]
    devices: Mapping[int, str]
    introduced: set[str]
    in_title: frozenset[str]
    gains: set[int]
    lists: dict[int, tuple[int, ...]]
    links: dict[tuple[int, str], tuple[int, int]]

    def won(self, field: str) -> Iterator[tuple[int, str]]:
        """The quantity phrases that `field` won, in order, with the rule that weighed most."""
        for at, (winner, found) in self.numbers.items():
            if winner == field:
                yield at, found.rule

    def is_dataset(self, at: int) -> bool:
        """Whether the name at phrase `at` is a dataset."""
        return self.keys.get(at) in self.datasets

    def results(self) -> list[int]:
        """The quantity phrases that are results, in the order of the text."""
        return [at for at, (field, _) in sorted(self.numbers.items()) if field == "metrics"]

    def linked(self, at: int, role: str) -> tuple[int, int] | None:
        """The phrases that are the attribute `role` of phrase `at`."""
        return self.links.get((at, role))

    def in_list(self, span: tuple[int, int] | None, count: int) -> list[tuple[int, int] | None]:
        """What `count` numbers of a list belong to: the items of a list of as many in order, else all to `span`."""
        items = self.lists.get(span[0], ()) if span is not None else ()
        if count > 1 and len(items) == count:
            return [(at, at + 1) for at in items]
        return [span] * count


def _undecided(mention: Mention) -> frozenset[str]:
    """What a name that is no dataset is to the rules that link: a model, a term of the field, or just another name."""
    if "model" in mention.types:
        return OTHER_MODEL
    if mention.types & {"method", "task", "platform", "term", "hardware"} or (
        mention.text.endswith(("LM", "LMs", "Ms", "Ns")) and mention.shape != "SHAPE_SIZED" and mention.text.isupper()
    ):
        return TERM
    if mention.shape in ("SHAPE_SIZED", "SHAPE_MODEL"):
        return OTHER_MODEL
    return (
        OTHER_ACRONYM
        if len(mention.text) <= _LONGEST_MEASURE and mention.text.isalpha() and sum(map(str.isupper, mention.text)) > 1
        else OTHER
    )


_LONGEST_MEASURE = 5
"""Letters of an abbreviation that may stand for a measure: SR, QWK, BoN."""


def claim(rules: Iterable[Rule]) -> Claim:
    """The sum of what `rules` say, each counted once."""
    score, best, most = 0, "", -1_000_000
    for rule in {rule.id: rule for rule in rules}.values():
        score += rule.tenths
        if rule.tenths > most:
            best, most = rule.id, rule.tenths
    return Claim(score, best)


_REACH = 9
"""How many phrases apart two numbers may stand for the first to speak for the second."""


class Scale:
    """Weighs the hits of a page."""

    def __init__(self, alphabet: Alphabet, rules: Iterable[Rule]) -> None:
        by_id = {rule.id: rule for rule in rules}
        self._lexicon = by_id["datasets.lexicon"]
        self._list_known = by_id["datasets.list_known"]
        self._abbreviated = {kind: by_id[f"datasets.abbreviated{kind}"] for kind in ("", "_dataset", "_method", "_words")}
        self._row_known = by_id["datasets.row_known"]
        self._row_other = by_id["datasets.row_other"]
        self._list_other = by_id["datasets.list_other"]
        self._namesake = by_id["datasets.namesake"]
        self._named_bench = by_id["datasets.named_bench"]
        self._after_same = {rule.field: rule for rule in by_id.values() if rule.id.endswith(".after_same")}
        self._parallel = {rule.field: rule for rule in by_id.values() if rule.id.endswith(".parallel")}
        self._topic = by_id["context_lengths.topic"]
        self._measures = frozenset(alphabet.letters(("MEASURE",)))
        self._after_saving = by_id["metrics.after_saving"]
        self._acronym = alphabet.letter(OTHER_ACRONYM)
        self._long = frozenset(alphabet.letters(("LONG_TEXT",)))
        self._ends = frozenset(alphabet.letters(("END",)))
        self._new = {rule.id: rule.tenths for rule in by_id.values() if rule.role == "new"}
        self._colon = alphabet.letter(frozenset({"SIGN", "COLON"}))
        self._gain = {rule.id: rule.tenths for rule in by_id.values() if rule.role == "gain"}
        self._alphabet = alphabet
        self._joins = frozenset(alphabet.letters(("COMMA", "AND", "SLASH", "DET"))) - frozenset(alphabet.letters(("OUR",)))
        self._and = frozenset(alphabet.letters(("AND",))) - frozenset(alphabet.letters(("SLASH",)))
        self._comma, self._open = alphabet.letters(("COMMA",)), alphabet.letters(("OPEN",))
        self._numbers = frozenset(alphabet.letters(("QUANTITY",)))
        self._rows = (
            self._joins
            | self._numbers
            | frozenset(alphabet.letters(("SEMICOLON", "PREPOSITION", "OPEN", "CLOSE", "COLON", "EQUALS", "MEASURE")))
        )
        self._separators = frozenset(alphabet.letters(("COMMA", "AND", "SEMICOLON")))
        self._listed = frozenset(alphabet.letters(("COMMA", "AND", "SLASH", "DET", "OPEN", "CLOSE", "MEASURE")))
        self._known = frozenset(alphabet.letters(("DATASET_NAME", "SHAPE_BENCH")))
        self._other = frozenset(alphabet.letters(("MODEL_NAME", "METHOD_NAME", "TASK_NAME", "SHAPE_SIZED")))

    def weigh(self, page: Page, hits: Iterable[Hit]) -> Evidence:
        """Sum the hits of a page."""
        by_phrase: dict[int, list[Hit]] = {}
        for hit in hits:
            by_phrase.setdefault(hit.target, []).append(hit)
        spoken = self._spoken(page, by_phrase)
        numbers: dict[int, tuple[str, Claim]] = {}
        for (at, field), rules in spoken.items():
            found = claim(rules)
            if found.score > 0 and (at not in numbers or found.score > numbers[at][1].score):
                numbers[at] = field, found
        short = {long: one for long, one in page.abbreviations if long}
        keys = {at: short.get(mention.key, mention.key) for at, mention in page.mentions.items()}
        in_title = frozenset(key for at, key in keys.items() if page.mentions[at].end <= len(page.title))
        said = self._said(page, keys, short, by_phrase)
        datasets = {key: found for key, rules in said.items() if (found := claim(rules)).score > 0}
        for key in _namesakes(page, keys, datasets):
            said[key].append(self._namesake)
        datasets = {key: found for key, rules in said.items() if (found := claim(rules)).score > 0}
        devices = {}
        for at in page.mentions:
            found = claim(hit.rule for hit in by_phrase.get(at, ()) if hit.rule.field == "hardware")
            if found.score > 0 and keys[at] not in datasets:
                devices[at] = found.rule
        return Evidence(numbers, spoken, datasets, said, keys, devices, set(), in_title, set(), {}, {})

    def _spoken(self, page: Page, hits: Mapping[int, list[Hit]]) -> dict[tuple[int, str], list[Rule]]:
        """The rules that speak of each quantity phrase, by field.

        What a number is speaks for the next of the same unit in its sentence, as in "10% faster and 20% smaller", also over one of
        another unit: "32.5% (1.5B) and 25.7% (7B)".
        """
        spoken: dict[tuple[int, str], list[Rule]] = {}
        before: dict[str, tuple[int, str]] = {}
        long = not self._long.isdisjoint(page.letters)
        for at, group in page.groups.items():
            by_field: dict[str, list[Rule]] = {}
            for hit in hits.get(at, ()):
                if hit.rule.field in self._after_same or hit.rule.field == "context_lengths":
                    by_field.setdefault(hit.rule.field, []).append(hit.rule)
            if long and "context_lengths" in by_field:
                by_field["context_lengths"].append(self._topic)
            unit = group[-1].unit.value
            if unit in before:
                last, field = before[unit]
                between = page.letters[last + 1 : at]
                if field in by_field and not self._ends.intersection(between) and self._joins.intersection(between):
                    if len(between) < _REACH:
                        by_field[field].append(self._after_same[field])
                        if field == "speedups" and "metrics" in by_field and self._measures.isdisjoint(between):
                            by_field["metrics"].append(self._after_saving)
                    if field in self._parallel and between[0] == page.letters[at + 1 : at + 2]:
                        by_field[field].append(self._parallel[field])
            best, best_score = "", 0
            for field, rules in by_field.items():
                spoken[at, field] = rules
                score = claim(rules).score
                if score > best_score:
                    best, best_score = field, score
            if best in self._after_same:
                before[unit] = at, best
            else:
                before.pop(unit, None)
        return spoken

    def decided(self, page: Page, evidence: Evidence) -> str:
        """The letters of a page with what is decided in them, for the rules that link."""
        letters = list(page.letters)
        letter = self._alphabet.letter
        for at, group in page.groups.items():
            field = evidence.numbers[at][0] if at in evidence.numbers else ""
            letters[at] = letter(claimed_classes(group, field))
        for at, mention in page.mentions.items():
            if evidence.is_dataset(at):
                letters[at] = letter(KNOWN_DATASET if "dataset" in mention.types else DATASET)
            else:
                letters[at] = letter(_undecided(mention))
        return "".join(letters)

    def present(self, page: Page, evidence: Evidence, hits: Iterable[Hit]) -> dict[str, set[str]]:
        """Decide which datasets the paper presents: on what the linking rules say at all mentions of each name, by key."""
        said: dict[str, set[str]] = {key: set() for key in evidence.datasets}
        for hit in hits:
            if hit.rule.role == "new":
                said[evidence.keys[hit.target]].add(hit.rule.id)
        first = next((at for at in page.mentions if page.mentions[at].end < len(page.title) and page.letters[at + 1] == self._colon), None)
        if first is not None:
            own = page.mentions[first].text.lower()
            for at, key in evidence.keys.items():
                if key in said and key != evidence.keys[first] and page.mentions[at].text.lower().startswith(own):
                    said[key].add("datasets:new.of_title")
        evidence.introduced = {key for key, rules in said.items() if self._presents(rules)}
        for chain in chains(page.mentions, page.letters, self._joins, self._and):
            keys = {evidence.keys[at] for at in chain if evidence.is_dataset(at)}
            for key in keys:
                if evidence.introduced & keys - {key}:
                    said[key].add("datasets:new.list")
        evidence.introduced = {key for key, rules in said.items() if self._presents(rules)}
        return said

    def _presents(self, rules: Iterable[str]) -> bool:
        return sum(self._new[rule] for rule in rules) > 0

    def differences(
        self, page: Page, results: Iterable[int], hits: Iterable[Hit], ends: frozenset[str], is_gain: Callable[[int, set[str]], bool]
    ) -> set[int]:
        """Which of some results, phrases in the order of the text, are differences.

        `is_gain` decides each of them, on the ids of the rules that speak of it; a number goes by the one before it, too.
        """
        said: dict[int, set[str]] = {}
        for hit in hits:
            if hit.rule.role == "gain":
                said.setdefault(hit.target, set()).add(hit.rule.id)
        gains: set[int] = set()
        before: dict[str, int] = {}
        last: int | None = None
        for at in results:
            rules = said.get(at, set())
            unit = page.groups[at][-1].unit.value
            # In "3% in English (over 0.80), 4% in Spanish" the number before is that of the same unit.
            earlier = before.get(unit, last)
            if earlier is not None and not ends.intersection(page.letters[earlier:at]):
                rules.add("metrics:gain.after_gain" if earlier in gains else "metrics:gain.after_level")
                if earlier in gains and page.letters[earlier + 1 : earlier + 2] == page.letters[at + 1 : at + 2]:
                    rules.add("metrics:gain.alike")
            if page.text.startswith(("within ", "Within "), page.start(at)):
                rules.add("metrics:gain.within")
            if is_gain(at, rules):
                gains.add(at)
            before[unit] = last = at
        return gains

    def is_gain(self, _: int, rules: Iterable[str]) -> bool:
        """Whether a result of which these rules speak is a difference."""
        return sum(self._gain[rule] for rule in rules) > 0

    def set_lists(self, page: Page, evidence: Evidence, letters: str) -> None:
        """Note for each dataset and each measure the list of such that it stands in; `letters` are those of the decided page.

        Abbreviations that nothing knows can be measures, too: "improves SR and SPL by 9.4% and 5.0%".
        """
        for chain in chains(page.mentions, page.letters, self._joins, self._and):
            names = tuple(at for at in chain if evidence.is_dataset(at))
            for at in names:
                evidence.lists[at] = names
        # A long name and its abbreviation in brackets are one item.
        again = {
            at: at - 2
            for at, one in page.measures.items()
            if one.short and at - 2 in page.measures and page.measures[at - 2].short == one.short
        }
        acronyms = [at for at in page.mentions if letters[at] == self._acronym]
        measures = sorted((*(at for at in page.measures if at not in again), *acronyms))
        for chain in chains(measures, page.letters, self._listed, self._and, most=5):
            items = tuple(chain)
            for at in chain:
                evidence.lists[at] = items
        for at, long in again.items():
            if long in evidence.lists:
                evidence.lists[at] = evidence.lists[long]

    def _said(self, page: Page, keys: Mapping[int, str], short: Mapping[str, str], hits: Mapping[int, list[Hit]]) -> dict[str, list[Rule]]:
        """The rules that speak of each name, by key: at its mentions, and through the lists that it stands in."""
        said: dict[int, list[Rule]] = {at: [hit.rule for hit in hits.get(at, ()) if hit.rule.field == "datasets"] for at in page.mentions}
        for at, mention in page.mentions.items():
            if is_named_bench(mention.text):
                said[at].append(self._named_bench)
        for chain in chains(page.mentions, page.letters, self._joins, self._and):
            if len(chain) == 2 and page.letters[chain[0] + 1 : chain[1]] == self._comma and page.letters[chain[0] - 1] != self._open:
                continue  # "On ImageNet, FooNet reaches": two names with a comma are no list
            context = list({rule.id: rule for at in chain for rule in said[at] if rule.in_context}.values())
            known = [at for at in chain if page.letters[at] in self._known]
            other = [at for at in chain if page.letters[at] in self._other]
            for at in chain:
                said[at] = said[at] + context
                if any(one != at for one in known):
                    said[at].append(self._list_known)
                if page.letters[at] not in self._known and any(one != at for one in other):
                    said[at].append(self._list_other)
        letters = page.letters
        for row in self._number_rows(page):
            known = [at for at in row if page.letters[at] in self._known]
            other = [at for at in row if page.letters[at] in self._other]
            behind = [at for at in known if letters[at - 1] in self._numbers]
            for at in row:
                # "39% mAP on V2X-Seq and 32% AMOTA": what follows its number at once is like a dataset only if that does, too.
                if any(one != at for one in (behind if letters[at - 1] in self._numbers else known)):
                    said[at] = [*said[at], self._row_known]
                if any(one != at for one in other):
                    said[at] = [*said[at], self._row_other]
        by_key: dict[str, list[Rule]] = {}
        for at, key in keys.items():
            by_key.setdefault(key, []).extend(said[at])
        by_key = {key: list({rule.id: rule for rule in rules}.values()) for key, rules in by_key.items()}
        for key in {key: None for long, key in page.abbreviations if not long and key in by_key}:
            by_key[key].append(self._abbreviated["_words"])
        for mention in page.mentions.values():
            if mention.key in short and short[mention.key] in by_key and "dataset" not in mention.types:
                key = short[mention.key]
                shapes = [rule for rule in by_key[key] if rule.id.startswith("datasets.shape_")]
                if self._lexicon in by_key[key]:
                    # An abbreviation that is known says what its long form is, whatever that looks like.
                    by_key[key] = [rule for rule in by_key[key] if rule not in shapes]
                    continue
                # Of a long name and its abbreviation, the shape that says more counts; the other is no evidence against it.
                best = max(shapes, key=lambda rule: rule.tenths, default=None)
                kept = [rule for rule in by_key[key] if rule not in shapes or rule is best]
                kind = self._abbreviated[_kind_of_name(mention.text)]
                by_key[key] = kept if kind in kept else [*kept, kind]
        return by_key

    def _number_rows(self, page: Page) -> Iterator[list[int]]:
        """Names of which a sentence gives one number after the other: "3.6% in GSM8K, 2.6% in MATH500"."""
        row: list[int] = []
        letters = page.letters
        for at in page.mentions:
            if row:
                between = letters[row[-1] + 1 : at]
                if not (
                    len(between) <= _ROW
                    and self._rows.issuperset(between)
                    and self._separators.intersection(between)
                    and self._numbers.intersection(between)
                ):
                    if len(row) > 1:
                        yield row
                    row = []
            row.append(at)
        if len(row) > 1:
            yield row


_ROW = 9
"""Phrases that may stand between two names of a row of numbers."""


def _namesakes(page: Page, keys: Mapping[int, str], datasets: Mapping[str, Claim]) -> list[str]:
    """The keys of names that share their beginning or their end with another name that is a dataset: OS-Nav and Ubu-Nav, GTA and GTA-Atomic."""
    if not datasets:
        return []
    parts = {key: page.mentions[at].text.lower().replace(" ", "-") for at, key in keys.items()}
    shared: dict[str, set[str]] = {}
    for key in datasets:
        for part in {parts[key], *_ends_of(parts[key])}:
            shared.setdefault(part, set()).add(key)
    found = {key: [shared[part] for part in (whole, *_ends_of(whole)) if part in shared] for key, whole in parts.items()}
    return [key for key, sharers in found.items() if any(len(others) > 1 or key not in others for others in sharers)]


def _ends_of(name: str) -> list[str]:
    """What a hyphenated name begins with, and what it ends with."""
    first, _, _ = name.rpartition("-")
    _, _, last = name.partition("-")
    return [*([first] if len(first) > 2 else []), *([f"-{last}"] if len(last) > 2 and last.isalpha() else [])]


def _kind_of_name(text: str) -> str:
    """What the last word of a long name says of it, as the end of a rule's name."""
    last = text.rpartition(" ")[2].lower()
    if last in CLASSES["DATASET_NOUN"] or last in (
        "challenge",
        "database",
        "suite",
        "collection",
        "leaderboard",
        "bank",
        "treebank",
        "archive",
        "survey",
        "exam",
        "examination",
        "arena",
        "environment",
    ):
        return "_dataset"
    named = last in CLASSES["METHOD_NOUN"] or last in CLASSES["MODEL_NOUN"] or last in CLASSES["TASK_NOUN"]
    return "_method" if named or last.endswith(("tion", "ing", "ment", "er", "ers", "or", "ors", "ization")) else ""


def chains(places: Iterable[int], letters: str, joins: frozenset[str], closing: frozenset[str], most: int = 2) -> Iterator[list[int]]:
    """Phrases that stand in one list: nothing between them but up to `most` of the letters `joins`; behind one of `closing` ("and")
    the last item stands, and a comma after it begins something else: "on GAIA and Xbench, FooNet".
    """
    chain: list[int] = []
    closed = False
    for at in places:
        if chain:
            between = letters[chain[-1] + 1 : at]
            last = not closing.isdisjoint(between)
            if not between or len(between) > most or not joins.issuperset(between) or (closed and not last):
                if len(chain) > 1:
                    yield chain
                chain = []
                last = False
            closed = last
        chain.append(at)
    if len(chain) > 1:
        yield chain

from __future__ import annotations

import gc

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.automaton import State
from extract.evidence import Claim, Evidence
from extract.extractor import Extractor
from extract.phrases import Page
from extract.rules import Alphabet, Hit, PatternError, Rule, expression, interpret, parse
from extract.scanning import Scanner
from publish.build import Built
from publish.extraction import extractor as shared

RULES = shared().rules
SCANNED = [rule for rule in RULES if rule.pattern]


def marked(example: str) -> tuple[str, tuple[int, int], tuple[int, int] | None]:
    """The text of an example, the span in braces, and the span in square brackets."""
    text, spans, opened = "", {}, {}
    for sign in example:
        if sign in "{[":
            opened[sign] = len(text)
        elif sign in "}]":
            spans[sign] = opened["{" if sign == "}" else "["], len(text)
        else:
            text += sign
    return text, spans["}"], spans.get("]")


def hits(extractor: Extractor, rule: Rule, text: str, link: tuple[int, int] | None) -> tuple[Page, list[Hit], int]:
    """Where a rule fires in a text, read as an abstract, or as a title where the rule begins at the start of one.

    A rule that links is tried with every number won by its field, and with the marked names as datasets.
    """
    in_title = rule.pattern.startswith("START")
    shift = 0 if in_title else 1
    page = extractor.reader.read(text, "") if in_title else extractor.reader.read("", text)
    letters = page.letters
    if rule.role:
        keys = {at: mention.key for at, mention in page.mentions.items()}
        spans = [link or (0, 0)] if rule.role == "dataset" else [(0, len(text))] if rule.role == "new" else []
        known = {
            key
            for at, key in keys.items()
            if "dataset" in page.mentions[at].types or any(a <= page.mentions[at].start - shift < b for a, b in spans)
        }
        evidence = Evidence(
            {at: (rule.field, Claim(1.0, "")) for at in page.groups if rule.role != "new"},
            {},
            {key: Claim(1.0, "") for key in known},
            {},
            keys,
            {},
            set(),
            frozenset(),
            set(),
            {},
            {},
        )
        letters = extractor.scale.decided(page, evidence)
    return page, list(Scanner([rule], extractor.reader.alphabet).scan(letters)), shift


@pytest.mark.parametrize("rule", SCANNED, ids=lambda rule: rule.id)
def test_a_rule_reads_its_examples(rule: Rule, extractor: Extractor) -> None:
    """Every rule has an example, and fires on the marked part of each."""
    assert rule.examples
    for example in rule.examples:
        text, target, link = marked(example)
        page, found, shift = hits(extractor, rule, text, link)
        spans: set[tuple[int, ...]] = set()
        for hit in found:
            places = [(page.start(hit.target), page.end(hit.target))]
            places += [(quantity.start, quantity.end) for quantity in page.groups.get(hit.target, ())]
            if hit.link is not None:
                first, last = hit.link
                spans |= {(start - shift, end - shift, page.start(first) - shift, page.end(last - 1) - shift) for start, end in places}
            else:
                spans |= {(start - shift, end - shift) for start, end in places}
        expected = (*target, *(link or ()))
        assert expected in spans, f"{rule.id} does not read {example!r}"


@pytest.mark.parametrize("rule", [rule for rule in SCANNED if rule.counter_examples], ids=lambda rule: rule.id)
def test_a_rule_is_silent_in_its_counter_examples(rule: Rule, extractor: Extractor) -> None:
    """No rule fires in a text that it says it does not read."""
    for example in rule.counter_examples:
        _, found, _ = hits(extractor, rule, example, None)
        assert not found


def test_rules_are_told_apart_by_their_ids() -> None:
    """No two rules have one id, and each says what it reads."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.reads for rule in RULES)


def facts(found: list[Hit]) -> set[tuple[int, tuple[int, int] | None]]:
    return {(hit.target, hit.link) for hit in found}


def test_the_scan_finds_what_the_plain_interpreter_finds(extractor: Extractor, built: Built) -> None:
    """On real papers, the compiled scan of all rules and the plain reading of each rule's tree agree hit by hit."""
    rows = built.tables["papers"].head(12).iter_rows(named=True)
    claims, links = extractor.claims, extractor.links
    for row in rows:
        page = extractor.reader.read(row["title"], row["abstract"])
        evidence = extractor.scale.weigh(page, claims.scan(page.letters))
        for scanner, letters in ((claims, page.letters), (links, extractor.scale.decided(page, evidence))):
            kinds = [extractor.reader.alphabet.kind_of[letter] for letter in letters]
            by_rule: dict[str, list[Hit]] = {rule.id: [] for rule in scanner.rules}
            for hit in scanner.scan(letters):
                by_rule[hit.rule.id].append(hit)
            for rule in scanner.rules:
                assert facts(by_rule[rule.id]) == facts(list(interpret(rule, kinds))), rule.id


def test_the_scan_finds_what_each_rule_finds_alone(extractor: Extractor, built: Built) -> None:
    """Where rules are tried is a matter of speed alone: on 150 real papers, each rule's expression run over everything finds the same."""
    alphabet = extractor.reader.alphabet
    claims, links = extractor.claims, extractor.links
    compiled = {rule.id: regex.compile(expression(parse(rule.pattern), alphabet)) for rule in (*claims.rules, *links.rules)}
    for row in built.tables["papers"].head(150).iter_rows(named=True):
        page = extractor.reader.read(row["title"], row["abstract"])
        evidence = extractor.scale.weigh(page, claims.scan(page.letters))
        for scanner, letters in ((claims, page.letters), (links, extractor.scale.decided(page, evidence))):
            assert scanner.scan(letters) == [
                Hit(rule, match.start(target), match.span(rule.role) if rule.role in names and match.start(rule.role) >= 0 else None)
                for rule in scanner.rules
                for pattern, names in ((compiled[rule.id], compiled[rule.id].groupindex),)
                for target in ("q" if "q" in names else "n",)
                for match in pattern.finditer(letters, overlapped=True)
            ]


KINDS = [frozenset(kind) for kind in ({"A"}, {"B"}, {"A", "B"}, {"C"}, {"D"})]
PATTERNS = st.sampled_from(
    [
        "q=A",
        "q=A B",
        "A? q=B",
        "A{0,3} q=B C",
        "( A | B C )+ q=D",
        "!A q=B",
        "q=A|C !B{0,2} D",
        "x=( A | B ) q=C",
        "A* q=B",
        "( A ( B | C )? )* q=D",
        "!D{1,4} q=A",
    ]
)


def test_states_are_bounded(extractor: Extractor, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few states may be kept, the scan finds the same and keeps no more of them."""
    monkeypatch.setattr("extract.automaton._MOST_STATES", 40)
    small = Scanner(extractor.claims.rules, extractor.reader.alphabet)
    for row in built.tables["papers"].head(10).iter_rows(named=True):
        letters = extractor.reader.read(row["title"], row["abstract"]).letters
        assert small.scan(letters) == extractor.claims.scan(letters)
    gc.collect()
    automata = (small._before, small._behind)  # what is to be counted is kept nowhere else
    kept = [one for one in gc.get_objects() if isinstance(one, State) and one._automaton in automata]
    assert len(kept) <= sum(40 + len(one._starts) for one in automata) + 40


@given(pattern=PATTERNS, kinds=st.lists(st.sampled_from(KINDS), max_size=12))
@settings(deadline=None)
def test_patterns_mean_the_same_compiled_and_interpreted(pattern: str, kinds: list[frozenset[str]]) -> None:
    """For any text of classes, the scan and the interpreter find the same targets and parts."""
    alphabet = Alphabet(KINDS)
    rule = Rule("table.rule", "", pattern, 1.0, ())
    letters = "".join(alphabet.letter(kind) for kind in kinds)
    assert facts(list(Scanner([rule], alphabet).scan(letters))) == facts(list(interpret(rule, kinds)))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("q=A (", "not closed"), ("q=A )", "closing bracket"), ("q=A ??", "cannot read"), ("A B", "one target"), ("q=NOTHING", "NOTHING")],
)
def test_a_pattern_that_cannot_be_read_says_why(pattern: str, says: str) -> None:
    """A mistake in a pattern is an error that names it, not a rule that never fires."""
    with pytest.raises(PatternError, match=says):
        Scanner([Rule("table.rule", "", pattern, 1.0, ())], Alphabet(KINDS))


def test_a_pattern_is_a_tree() -> None:
    """Groups, names and bounds come out of the text of a pattern."""
    tree = parse("x=( A | b{0,2} )? q=C|D")
    group, atom = tree.branches[0]
    assert (group.name, group.low, group.high) == ("x", 0, 1)
    assert atom.classes == ("C", "D")  # type: ignore[union-attr]

"""Fit the weights of the rules on gold files: `python -m bench.fit GOLD... [--write] [--show FIELD]`.

Each weight is a natural-log odds, fitted by logistic regression that is held to zero (a Gaussian prior), so that no rule
speaks louder than its support. A rule that fired in fewer than `SUPPORT` decisions keeps the weight that its author gave
it, and so does one of weight 8 or more: that is a definition ("languages are no data"), not evidence. The decisions are those that the extractor takes:

claims   is this number a record of the field?          one example per quantity phrase that a rule of the field fired on
names    is this name a dataset in this paper?          one example per name and paper
links    which phrase is the attribute of that number?  one example per number and attribute, with "none said" among the choices
presents does this paper present the dataset?           one example per dataset and paper

Needs numpy and scipy (`pip install paperfacts[fit]`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # many small products: threads that wait for each other take most of the time

import numpy as np
import regex
from scipy.optimize import minimize

from extract.evidence import Evidence
from extract.extractor import Extractor
from extract.fields import data_sizes, datasets, metrics, model_sizes, speedups
from extract.phrases import Page
from extract.shapes import SHAPES
from publish import gold, places
from publish.build import distinct, read_documents, seed_files
from publish.gold import GoldPaper
from publish.scoring import _bare, _contained

PRIOR = 0.3
"""How strongly weights are held to zero: the precision of the Gaussian around it."""
SUPPORT = 4
"""Decisions that a rule must have fired in for its weight to be fitted."""
RIVALRY = {"speedups": 0.3}
"""What a field gains for the rivals that its numbers have: each field's cut is set alone, and results take what both could be."""
PRIORS = frozenset(
    [
        "FACTOR",
        "PERCENT",
        "FRACTION",
        "DECIMAL",
        "DECIMAL|INTEGER",
        "INTEGER",
        "POINTS",
        "DECIBEL",
        "MAGNITUDE",
        "BILLIONS",
        "MILLIONS",
        "TRILLIONS",
        "INTEGER|YEAR",
        "BYTES",
        "DATASET",
        "RESULT",
        "THOUSANDS",
        "PHYSICAL",
        "BYTES|MONEY|SHAPE|MAGNITUDE|YEAR",
        *SHAPES,
    ]
)
"""What rules of one phrase speak of that fire once for each decision: the place to put what is added to every sum."""
DEFINITION = 8.0
NUMBERS = ("model_sizes", "speedups", "metrics", "data_sizes", "context_lengths")
TOO_FEW = 50
"""Right examples that a field must have for its rules to be fitted; below that they stay as they were written."""


@dataclass(slots=True)
class Examples:
    """Decisions of one kind: which rules fired, and what was right."""

    fired: list[set[str]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)

    def add(self, rules: Iterable[str], right: bool, weight: float = 1.0) -> None:
        """One more decision."""
        self.fired.append(set(rules))
        self.right.append(right)
        self.weight.append(weight)


def fit(examples: Examples, start: dict[str, float]) -> dict[str, float]:
    """The weights that explain the examples best, held to `start`."""
    ids = sorted(start)
    place = {rule: at for at, rule in enumerate(ids)}
    matrix = np.zeros((len(examples.fired), len(ids)))
    for row, fired in enumerate(examples.fired):
        for rule in fired:
            matrix[row, place[rule]] = 1
    signs = np.where(np.array(examples.right), 1.0, -1.0)
    counts = np.array(examples.weight)
    before = np.array([start[rule] for rule in ids])
    center, force = _prior(before, matrix.sum(axis=0))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (matrix @ weights)
        value = (counts * np.logaddexp(0, -margin)).sum() + (force / 2 * (weights - center) ** 2).sum()
        slope = -(matrix.T @ (counts * signs / (1 + np.exp(np.minimum(margin, 500))))) + force * (weights - center)
        return value, slope

    found = minimize(loss, before, jac=True, method="L-BFGS-B")
    return dict(zip(ids, found.x, strict=True))


def _prior(before: np.ndarray, support: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Center and force of the prior: zero for rules with support, a weight that cannot move for the others."""
    known = (support >= SUPPORT) & (abs(before) < DEFINITION)
    return np.where(known, 0.0, before), np.where(known, PRIOR, 1e6)


@dataclass(slots=True)
class Choices:
    """Choices between candidates: for each, what speaks for every candidate ("none said" first), and which are right."""

    said: list[list[set[str]]] = field(default_factory=list)
    right: list[list[bool]] = field(default_factory=list)


def fit_choices(choices: Choices, start: dict[str, float]) -> dict[str, float]:
    """The weights under which the right candidates are most likely to be chosen, held to `start`."""
    ids = sorted(start)
    place = {rule: at for at, rule in enumerate(ids)}
    sizes = [len(said) for said in choices.said]
    firsts = np.cumsum([0, *sizes[:-1]])
    table = np.zeros((sum(sizes), len(ids)))
    for row, rules in enumerate(rules for said in choices.said for rules in said):
        for rule in rules:
            table[row, place[rule]] = 1
    right = np.array([good for goods in choices.right for good in goods], dtype=float)
    before = np.array([start[rule] for rule in ids])
    center, force = _prior(before, np.maximum.reduceat(table, firsts).sum(axis=0))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ weights
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, firsts), sizes))
        shares /= np.repeat(np.add.reduceat(shares, firsts), sizes)
        good = shares * right
        chosen = np.add.reduceat(good, firsts)
        value = (force / 2 * (weights - center) ** 2).sum() - np.log(chosen).sum()
        return value, force * (weights - center) + table.T @ (shares - good / np.repeat(chosen, sizes))

    found = minimize(loss, before, jac=True, method="L-BFGS-B")
    return dict(zip(ids, found.x, strict=True))


def chosen_right(choices: Choices, weights: dict[str, float]) -> float:
    """The share of choices in which the candidate with the largest sum is right."""
    good = 0
    for said, right in zip(choices.said, choices.right, strict=True):
        sums = [sum(weights[rule] for rule in rules) for rules in said]
        good += right[sums.index(max(sums))]
    return good / max(1, len(choices.said))


def crossed_choices(choices: Choices, before: dict[str, float], folds: int = 5) -> float:
    """The share of right choices with weights that were not fitted on them."""
    good = 0.0
    for fold in range(folds):
        train, test = Choices(), Choices()
        for at, (said, right) in enumerate(zip(choices.said, choices.right, strict=True)):
            into = test if at * folds // len(choices.said) == fold else train
            into.said.append(said)
            into.right.append(right)
        good += chosen_right(test, fit_choices(train, before)) * len(test.said)
    return good / max(1, len(choices.said))


class Collector:
    """Gathers the decisions of all kinds from gold papers."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self.examples: dict[str, Examples] = defaultdict(Examples)
        self.choices: dict[str, Choices] = defaultdict(Choices)

    def collect(self, papers: Sequence[GoldPaper]) -> None:
        """Read papers and add their decisions."""
        for one in papers:
            page = self.extractor.reader.read(one.paper.title, one.paper.abstract)
            shift = {"title": 0, "abstract": len(one.paper.title) + 1}
            entries = {
                name: [
                    {**entry, "first": entry["start"] + shift[entry["where"]], "last": entry["end"] + shift[entry["where"]]}
                    for entry in one.records[name]
                ]
                for name in one.records
            }
            hits = list(self.extractor.claims.scan(page.letters))
            evidence = self.extractor.scale.weigh(page, hits)
            self._claims(page, evidence, entries)
            if "datasets" in entries:
                self._names(page, evidence, entries["datasets"])
            self._links(page, evidence, entries)

    def _claims(self, page: Page, evidence: Evidence, entries: dict[str, list[dict[str, Any]]]) -> None:
        for (at, name), rules in evidence.spoken.items():
            if name not in entries:
                continue
            right = any(overlaps(quantity.start, quantity.end, entry) for quantity in page.groups[at] for entry in entries[name])
            self.examples[name].add((rule.id for rule in rules), right)

    def _names(self, page: Page, evidence: Evidence, entries: list[dict[str, Any]]) -> None:
        total: dict[str, int] = defaultdict(int)
        right: dict[str, int] = defaultdict(int)
        for at, key in evidence.keys.items():
            mention = page.mentions[at]
            total[key] += 1
            right[key] += any(overlaps(mention.start, mention.end, entry) for entry in entries)
        for key, rules in evidence.said.items():
            self.examples["datasets"].add((rule.id for rule in rules), right[key] * 2 >= total[key] > 0 and right[key] > 0, total[key])

    def _links(self, page: Page, evidence: Evidence, entries: dict[str, list[dict[str, Any]]]) -> None:
        letters = self.extractor.scale.decided(page, evidence)
        hits = list(self.extractor.links.scan(letters))
        presented = self.extractor.scale.present(page, evidence, hits)
        if "datasets" in entries:
            self._presented(page, evidence, presented, entries["datasets"])
        self._gains(page, evidence, hits, entries.get("metrics", []))
        truth: dict[tuple[int, str], dict[str, Any]] = {}
        for at, group in page.groups.items():
            for name in entries.keys() & set(NUMBERS):
                for quantity in group:
                    for entry in entries[name]:
                        if overlaps(quantity.start, quantity.end, entry):
                            truth.setdefault((at, name), entry)
        chosen: dict[tuple[str, int], tuple[int, int]] = {}
        for choice in self.extractor.attacher.choices(page, evidence, letters, hits, chosen):
            entry = truth.get((choice.at, choice.role.field))
            if entry is None:
                continue
            right = [link_right(page, choice.role.id, candidate.span, entry) for candidate in choice.candidates]
            if any(right):
                # What the next number is told of this one is what is true of it.
                best = min(
                    (candidate.span for candidate, good in zip(choice.candidates, right, strict=True) if good),
                    key=lambda span: abs(span[0] - choice.at),
                )
                chosen[choice.role.id, choice.at] = best
            attribute = ATTRIBUTE[choice.role.id]
            none = attribute is not None and entry[attribute] is None
            if any(right) or none:
                self.choices[choice.role.id].said.append([choice.none, *(candidate.said for candidate in choice.candidates)])
                self.choices[choice.role.id].right.append([none, *right])

    def _gains(self, page: Page, evidence: Evidence, hits: list[Any], entries: list[dict[str, Any]]) -> None:
        kinds = {
            at: entry["kind"]
            for at in evidence.results()
            for quantity in page.groups[at]
            for entry in entries
            if overlaps(quantity.start, quantity.end, entry)
        }

        def is_gain(at: int, rules: set[str]) -> bool:
            self.examples["metrics:gain"].add(rules, kinds[at] == "gain")
            return bool(kinds[at] == "gain")

        self.extractor.scale.differences(page, kinds, hits, self.extractor.attacher.ends, is_gain)

    def _presented(self, page: Page, evidence: Evidence, said: dict[str, set[str]], entries: list[dict[str, Any]]) -> None:
        for key, rules in said.items():
            presented = [
                entry["introduced"]
                for at, one in evidence.keys.items()
                if one == key
                for entry in entries
                if overlaps(page.mentions[at].start, page.mentions[at].end, entry)
            ]
            if presented:
                self.examples["datasets:new"].add(rules, presented[0])


ATTRIBUTE = {
    "metrics:metric": "metric",
    "metrics:dataset": "dataset",
    "model_sizes:model": "model",
    "speedups:aspect": None,
    "data_sizes:unit": "unit",
}
"""The key of a linked attribute in a gold file, where it can be none."""


def overlaps(start: int, end: int, entry: dict[str, Any]) -> bool:
    """Whether a span and a gold entry share a character."""
    return bool(start < entry["last"] and entry["first"] < end)


def link_right(page: Page, role: str, span: tuple[int, int], entry: dict[str, Any]) -> bool:
    """Whether the linked phrases are the attribute that gold gives."""
    match role:
        case "metrics:metric":
            text = metrics.measure_text(page, span)
            return entry["metric"] is not None and text.lower() not in metrics.UNNAMED and _contained(text, entry["metric"])
        case "metrics:dataset":
            mention = page.mentions[span[0]]
            return entry["dataset"] is not None and _bare(entry["dataset"]) in (_bare(mention.text), _bare(mention.canonical))
        case "model_sizes:model":
            return entry["model"] is not None and _bare(model_sizes.model_name(page, span[0])) == _bare(entry["model"])
        case "speedups:aspect":
            return bool(speedups.aspect_of(page, span[0]) == entry["aspect"])
        case "data_sizes:unit":
            return data_sizes.singular(data_sizes.counted(page, span[0])) == entry["unit"]
    raise ValueError(role)


_WEIGHT = regex.compile(r'(?P<head>Rule\(\s*"(?P<id>[^"]+)",\s*"[^"]*",\s*(?:f?"[^"]*"),\s*)(?P<weight>-?\d+(?:\.\d+)?)')


def rewrite(weights: dict[str, float], folder: Path) -> int:
    """Write weights, rounded to tenths, into the rules' own lines."""
    changed = 0

    def renewed(found: regex.Match[str]) -> str:
        nonlocal changed
        if found["id"] not in weights:
            return str(found[0])
        if abs(float(found["weight"])) >= DEFINITION:
            return str(found[0])
        weight = round(max(-7.9, min(7.9, weights[found["id"]])), 1)
        changed += weight != float(found["weight"])
        return f"{found['head']}{weight}"

    for path in sorted(folder.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        path.write_text(_WEIGHT.sub(renewed, text), encoding="utf-8")
    return changed


def report(examples: Examples, weights: dict[str, float], before: dict[str, float]) -> Iterator[str]:
    """A line per rule: weight before and after, how often it fired, and the share of right decisions where it did."""
    for rule in before:
        where = [right for fired, right in zip(examples.fired, examples.right, strict=True) if rule in fired]
        share = f"{sum(where) / len(where):.2f}" if where else "    "
        yield f"{rule:44s} {before[rule]:6.2f} -> {weights[rule]:6.2f}  n={len(where):5d} right={share}"


def f1(examples: Examples, weights: dict[str, float]) -> float:
    """F1 of deciding by the sign of the sum."""
    said = [sum(weights[rule] for rule in fired) > 0 for fired in examples.fired]
    right = sum(one and other for one, other in zip(said, examples.right, strict=True))
    return 2 * right / max(1, sum(said) + sum(examples.right))


def crossed(examples: Examples, before: dict[str, float], folds: int = 5) -> tuple[float, float]:
    """F1 on examples that the weights were not fitted on, and what must be added to every sum for the best F1.

    A decision pays for F1 where its probability is above half the F1 that is reached (Lipton, Elkan and Naryanaswamy, 2014).
    """
    sums = [0.0] * len(examples.fired)
    for fold in range(folds):
        train = Examples()
        for at, (fired, right, weight) in enumerate(zip(examples.fired, examples.right, examples.weight, strict=True)):
            if at * folds // len(examples.fired) != fold:
                train.add(fired, right, weight)
        weights = fit(train, before)
        for at, fired in enumerate(examples.fired):
            if at * folds // len(examples.fired) == fold:
                sums[at] = sum(weights[rule] for rule in fired)
    counts = np.array(examples.weight)  # a name counts as often as it is mentioned
    truth = np.array(examples.right)

    def reached(shift: float) -> float:
        said = np.array(sums) + shift > 0
        return float(2 * counts[said & truth].sum() / max(1, counts[said].sum() + counts[truth].sum()))

    shift = float(np.log(2 / reached(0.0) - 1))
    return reached(shift), shift


def main(arguments: list[str] | None = None) -> int:
    """Fit, report, and on request rewrite the rules' weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into the rules' lines")
    parser.add_argument("--show", nargs="*", default=(), metavar="FIELD", help="show every rule of a field (or field:role)")
    parser.add_argument("--only", nargs="*", default=(), metavar="FIELD", help="fit these only")
    asked = parser.parse_args(arguments)
    papers, _ = distinct(read_documents(seed_files(places.SEEDS)))
    judged = [one for path in asked.gold for one in gold.load(path, papers)]
    extractor = Extractor()
    collector = Collector(extractor)
    collector.collect(judged)
    fitted: dict[str, float] = {}
    for name, examples in collector.examples.items():
        if (asked.only and name not in asked.only) or sum(examples.right) < TOO_FEW:
            continue
        role = name.partition(":")[2]
        before = {rule.id: rule.weight for rule in extractor.rules if rule.field == name.partition(":")[0] and rule.role == role}
        weights = fit(examples, before)
        reached, shift = crossed(examples, before)
        for rule in extractor.rules:
            if not role and rule.id in weights and rule.pattern.split("=")[-1] in PRIORS and " " not in rule.pattern:
                weights[rule.id] += shift + RIVALRY.get(name, 0)
        fitted |= weights
        sys.stdout.write(
            f"{name:18s} examples {len(examples.right):5d} right {sum(examples.right):5d}  F1 before {f1(examples, before):.3f}"
            f" after {f1(examples, weights):.3f} on other folds {reached:.3f} shift {shift:+.2f}\n"
        )
        if name in asked.show:
            sys.stdout.writelines(f"    {line}\n" for line in report(examples, weights, before))
    for name, choices in collector.choices.items():
        if asked.only and name not in asked.only:
            continue
        before = {rule.id: rule.weight for rule in extractor.rules if rule.id.startswith(f"{name}.")}
        weights = fit_choices(choices, before)
        fitted |= weights
        sys.stdout.write(
            f"{name:18s} choices  {len(choices.right):5d}              right before {chosen_right(choices, before):.3f}"
            f" after {chosen_right(choices, weights):.3f} on other folds {crossed_choices(choices, before):.3f}\n"
        )
        if name in asked.show:
            flat = Examples([rules for said in choices.said for rules in said], [good for right in choices.right for good in right])
            sys.stdout.writelines(f"    {line}\n" for line in report(flat, weights, before))
    if asked.write:
        folder = Path(datasets.__file__).parent
        sys.stdout.write(f"{rewrite(fitted, folder)} weights changed in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

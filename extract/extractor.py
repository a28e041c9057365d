"""From a paper to its records: reads the page once, scans it once, and lets each field read what it won."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from extract.attachment import Attacher
from extract.evidence import Scale
from extract.fields import context_lengths, data_sizes, datasets, hardware, metrics, model_sizes, repo_links, speedups
from extract.phrases import Page, Reader
from extract.records import Record
from extract.rules import Rule
from extract.scanning import Scanner

FIELDS: tuple[ModuleType, ...] = (model_sizes, speedups, datasets, repo_links, metrics, data_sizes, context_lengths, hardware)
"""The fields in their published order."""


def name_of(field: ModuleType) -> str:
    """A field's name: that of its module, its table and its cases."""
    return field.__name__.rpartition(".")[2]


FIELD_NAMES = tuple(name_of(field) for field in FIELDS)


class Extractor:
    """All rules, compiled. Reading is a pure function of title and abstract."""

    def __init__(self) -> None:
        self.rules: tuple[Rule, ...] = tuple(rule for field in FIELDS for rule in (*field.RULES, *getattr(field, "LINKS", ())))
        self.reader = Reader(self.rules)
        self.claims = Scanner([rule for rule in self.rules if rule.pattern and not rule.role], self.reader.alphabet)
        self.links = Scanner([rule for rule in self.rules if rule.pattern and rule.role], self.reader.alphabet)
        self.attacher = Attacher(self.reader.alphabet, self.rules)
        self.scale = Scale(self.reader.alphabet, self.rules)

    def read(self, title: str, abstract: str) -> dict[str, list[Record]]:
        """The records of one paper by field, sorted by place. Title and abstract have no line breaks."""
        page = self.reader.read(title, abstract)
        return self.records(page)

    def records(self, page: Page) -> dict[str, list[Record]]:
        """The records of a page by field."""
        evidence = self.scale.weigh(page, self.claims.scan(page.letters))
        letters = self.scale.decided(page, evidence)
        hits = self.links.scan(letters)
        self.scale.present(page, evidence, hits)
        evidence.gains = self.scale.differences(page, evidence.results(), hits, self.attacher.ends, self.scale.is_gain)
        self.scale.set_lists(page, evidence, letters)
        self.attacher.attach(page, evidence, letters, hits)
        return {name: _sorted(field.read(page, evidence)) for name, field in zip(FIELD_NAMES, FIELDS, strict=True)}


def _sorted(records: Sequence[Record]) -> list[Record]:
    """By place, and without one that overlaps one before it."""
    kept: list[Record] = []
    for record in sorted(records, key=lambda record: (record.start, -record.end)):
        if not kept or record.start >= kept[-1].end:
            kept.append(record)
    return kept

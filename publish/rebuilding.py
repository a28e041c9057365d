"""A release built again from its seeds with this code: do the values agree, and if not, should they?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extract.readers.papers import InputError
from publish import places
from publish.build import assemble, read_documents
from publish.manifest import MANIFEST, load
from publish.provenance import ruleset_sha256
from publish.writing import content_sha256, sha256


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it: whether rules and gold set are those of the release, and for each table whether the values agree."""

    version: str
    same_rules: bool
    same_gold: bool
    agrees: dict[str, bool]

    @property
    def damaged(self) -> bool:
        """Whether the same rules, seeds and gold set gave other values."""
        return self.same_rules and self.same_gold and not all(self.agrees.values())


def rebuild(folder: Path, seeds: Path = places.SEEDS, workers: int = 1, advance: Callable[[int], None] | None = None) -> Rebuilt:
    """Build a release's tables again. Raises InputError if a seed that it was made from is not there any more."""
    manifest = load(folder / MANIFEST)
    paths = []
    for seed in manifest.seeds:
        path = seeds / Path(seed.name).name
        if not path.is_file() or sha256(path) != seed.sha256:
            raise InputError(f"{path}: {manifest.version} was made from this seed (sha256 {seed.sha256}), which is not there; restore it")
        paths.append(path)
    tables = assemble(read_documents(paths), workers, advance).tables
    agrees = {table: table in tables and content_sha256(tables[table]) == entry.content_sha256 for table, entry in manifest.tables.items()}
    return Rebuilt(manifest.version, manifest.ruleset_sha256 == ruleset_sha256(), manifest.gold_sha256 == sha256(places.GOLD), agrees)

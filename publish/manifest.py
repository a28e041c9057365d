"""The manifest of a release: what it is, what it was made from and with, and each of its files with rows, bytes and checksums."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from extract.readers.papers import InputError
from publish.versions import parse

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a release."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table of a release: its file, and the hash of its values, which does not depend on the Parquet writer."""

    file: str
    rows: int
    bytes: int
    sha256: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed document that a release was made from."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The release before, which its manifest's checksum holds fast."""

    version: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release's manifest."""

    version: str
    schema_version: str
    released: str
    bump: str
    previous: Previous | None
    ruleset_sha256: str
    gold_sha256: str
    seeds: tuple[Seed, ...]
    tools: Mapping[str, str]
    tables: Mapping[str, TableEntry]
    files: Mapping[str, FileEntry]

    def text(self) -> str:
        """The manifest as it is written."""
        return json.dumps({"name": "paperfacts", **asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    def checksums(self) -> dict[str, FileEntry]:
        """Bytes and sha256 of every file that the manifest names."""
        return {**{table.file: FileEntry(table.bytes, table.sha256) for table in self.tables.values()}, **self.files}


def load(path: Path) -> Manifest:
    """Read a manifest. Raises InputError if it is not there or is none."""
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        given.pop("name")
        known = {
            "previous": given["previous"] and Previous(**given["previous"]),
            "seeds": tuple(Seed(**seed) for seed in given["seeds"]),
            "tables": {name: TableEntry(**table) for name, table in given["tables"].items()},
            "files": {name: FileEntry(**file) for name, file in given["files"].items()},
        }
        manifest = Manifest(**{**given, **known})
        parse(manifest.version)
        parse(manifest.schema_version)
    except FileNotFoundError as error:
        raise InputError(f"{path}: not there; is {path.parent} a release?") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not the manifest of a release ({type(error).__name__}: {error})") from error
    return manifest

"""What a run has done so far: shards that are committed, and the manifest that lists them.

A shard's part files are written first, then its commit, `.shards/KEY.json`; each is there whole or not at all, so that a shard
is committed or it is not, whatever stops a run and wherever. Now and then, and at its end, the run gathers the commits
into `manifest.json`.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from extract.readers.papers import InputError
from publish.core import tables_of
from publish.shards import Shard
from publish.store import Store
from publish.validation import cast
from publish.writing import encoded

_COMMITS = ".shards"
_MANIFEST = "manifest.json"


class Part(NamedTuple):
    """A part file: its path from the root, rows, size and sha256."""

    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(slots=True)
class Commit:
    """A shard that is done: its part files by table, and the papers taken out since, which stand in another shard too."""

    key: str
    parts: dict[str, Part]
    doubled: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        return {"key": self.key, "parts": {table: part._asdict() for table, part in self.parts.items()}, "doubled": self.doubled}

    @staticmethod
    def of(found: dict[str, Any]) -> Commit:
        """From the manifest."""
        return Commit(found["key"], {table: Part(**part) for table, part in found["parts"].items()}, found["doubled"])


def commit(store: Store, key: str, tables: dict[str, pa.Table], doubled: list[str] | None = None) -> Commit:
    """Write the tables of a shard as part files, without the empty ones, and commit it."""
    name = key if not doubled else f"{key}-{hashlib.sha256(repr(doubled).encode()).hexdigest()[:8]}"
    parts = {table: put(store, table, name, tables[table]) for table in tables if tables[table].num_rows}
    done = Commit(key, parts, doubled or [])
    store.write(f"{_COMMITS}/{key}.json", json.dumps(done.as_json()).encode())
    return done


def put(store: Store, table: str, name: str, rows: pa.Table) -> Part:
    """Write one part file of a table."""
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)  # a table gives a frame, a column would give a series
    data = encoded(table, cast(table, frame))
    file = f"{table}/part-{name}.parquet"
    store.write(file, data)
    return Part(file, rows.num_rows, len(data), hashlib.sha256(data).hexdigest())


def extract_shard(store: Store, shard: Shard) -> Commit:
    """Extract a shard and commit it: what a worker does, in whatever process and on whatever machine."""
    return commit(store, shard.key, tables_of(shard.rows))


def committed(store: Store, key: str) -> Commit | None:
    """A shard that has been committed since the manifest was complete; None if it has not."""
    found = store.read(f"{_COMMITS}/{key}.json")
    return None if found is None else Commit.of(json.loads(found))


def committed_keys(store: Store) -> list[str]:
    """The keys of all such shards."""
    return sorted(path.rpartition("/")[2].removesuffix(".json") for path in store.sizes(_COMMITS))


def forget(store: Store, keys: Iterable[str]) -> None:
    """Undo the commits of such shards."""
    for key in keys:
        store.remove(f"{_COMMITS}/{key}.json")


def read_part(store: Store, part: Part, columns: list[str] | None = None) -> pl.DataFrame:
    """The rows of a part file, of some columns or all. Raises InputError if it is not there."""
    data = store.read(part.file)
    if data is None:
        raise InputError(f"{store.root}: {part.file} is in the manifest but not there; give the command again to write it anew")
    return pl.read_parquet(io.BytesIO(data), columns=columns)


@dataclass(slots=True)
class Manifest:
    """All that a run has done: `units` are the inputs that have been read to their end, `commits` the shards by key."""

    rules: str = ""
    complete: bool = False
    units: dict[str, dict[str, Any]] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)
    tables: dict[str, Part] = field(default_factory=dict)

    def save(self, store: Store) -> None:
        """Write manifest.json; once it is complete, single commits are of no use."""
        listed: dict[str, list[dict[str, Any]]] = {}
        for one in self.commits.values():
            for table, part in one.parts.items():
                listed.setdefault(table, []).append({**part._asdict(), "shard": one.key})
        for table, part in self.tables.items():
            listed.setdefault(table, []).append(part._asdict())
        content = {
            "rules": self.rules,
            "complete": self.complete,
            "inputs": [{"unit": name, **unit} for name, unit in self.units.items()],
            "shards": [{"key": one.key, "doubled": one.doubled} for one in self.commits.values()],
            "tables": listed,
        }
        store.write(_MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
        if self.complete:
            forget(store, committed_keys(store))


def load(store: Store) -> Manifest:
    """What has been done in a store so far: the manifest, and commits since it was written; files that are gone are not counted.

    Raises InputError for a folder with something else in it.
    """
    if store.is_empty():
        return Manifest()
    raw = store.read(_MANIFEST)
    found = Manifest()
    commits = [one for key in committed_keys(store) if (one := committed(store, key)) is not None]
    if raw is not None:
        try:
            content = json.loads(raw)
            found.rules, found.complete = content["rules"], content["complete"]
            found.units = {unit.pop("unit"): unit for unit in content["inputs"]}
            parts: dict[str, dict[str, Part]] = {}
            for table, listed in content["tables"].items():
                for part in listed:
                    shard = part.pop("shard", None)
                    if shard is None:
                        found.tables[table] = Part(**part)
                    else:
                        parts.setdefault(shard, {})[table] = Part(**part)
            commits = [Commit(one["key"], parts.get(one["key"], {}), one["doubled"]) for one in content["shards"]] + commits
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError(
                f"{store.root}: is there already, and is no output of `extract` (its manifest.json is another): name another folder"
            ) from None
    elif not commits:
        raise InputError(
            f"{store.root}: is there already and not empty, and is no output of `extract`: name a new folder, nothing is written over"
        )
    there: dict[str, int] = {}
    for table in {table for one in commits for table in one.parts}:
        there |= store.sizes(table)
    for one in commits:
        if all(there.get(part.file) == part.bytes for part in one.parts.values()):
            found.commits[one.key] = one
    return found

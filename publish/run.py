"""Any input -> tables in shards: OUT/<table>/part-*.parquet and OUT/manifest.json."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from extract.readers.papers import Columns
from extract.readers.sources import find
from publish.build import rules_frame
from publish.commits import Manifest, Part, committed_keys, forget, load, put
from publish.core import SHARD_TABLES, empty
from publish.doubles import resolve
from publish.extraction import extractor
from publish.shards import Read, Unit, fingerprint, plan
from publish.store import Store, alone
from publish.validation import cast
from publish.workers import Engine, local
from publish.writing import ordered

RUN_TABLES = (*SHARD_TABLES, "documents", "rules")
"""The tables that a run writes: those of shards in parts, the others in one file each."""
_SAVE_EVERY = 10.0
"""Seconds between two writings of the manifest."""


class StoppedError(Exception):
    """A run was stopped by Ctrl-C; the message says how to go on."""


@dataclass(slots=True)
class Summary:
    """What a run did: papers extracted now, and what is in the output in all."""

    papers: int = 0
    seconds: float = 0.0
    in_all: int = 0
    without_abstract: int = 0
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RUN_TABLES, 0))

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


Tell = Callable[[int, int, int], None]
"""Told of papers extracted, bytes of input done with, and bytes of input in all, as they come."""
_COLUMNS = Columns()


def extract_files(
    inputs: Sequence[str],
    out: str,
    *,
    format: str | None = None,
    columns: Columns = _COLUMNS,
    engine: Engine | None = None,
    tell: Tell = lambda *_: None,
) -> Summary:
    """Extract all inputs into `out`, going on where a run before this one stopped.

    What is there from unchanged inputs and rules is kept, all else is written anew; a finished output is left as it is.
    Raises InputError for inputs that cannot be used and for an output folder with something else in it, StoreError if
    the output cannot be written, StoppedError after Ctrl-C.
    """
    started = time.perf_counter()
    units = plan(find(inputs), format, columns)
    store = Store(out)
    with alone(store.root):
        manifest = load(store)
        summary = Summary()
        if not _finished(manifest, units):
            _run(store, manifest, units, engine or local(1), summary, tell)
        for one in manifest.commits.values():
            for table, part in one.parts.items():
                summary.rows[table] += part.rows
        for table, part in manifest.tables.items():
            summary.rows[table] += part.rows
        summary.in_all = summary.rows["papers"]
        summary.without_abstract = sum(unit["skipped"] for unit in manifest.units.values())
    summary.seconds = time.perf_counter() - started
    return summary


def _finished(manifest: Manifest, units: Sequence[Unit]) -> bool:
    """Whether everything has been done before: the same units in the same order, and all their shards are there."""
    done = all(key in manifest.commits for unit in manifest.units.values() for key in unit["keys"])
    return manifest.complete and done and manifest.rules == fingerprint() and [unit.name for unit in units] == list(manifest.units)


def _run(store: Store, manifest: Manifest, units: Sequence[Unit], engine: Engine, summary: Summary, tell: Tell) -> None:
    store.sweep()
    if manifest.rules not in ("", fingerprint()):
        manifest.commits.clear()
    # Which papers a shard lacks because another has them is decided anew when all shards are there.
    for key in [one.key for one in manifest.commits.values() if one.doubled]:
        del manifest.commits[key]
    forget(store, [key for key in committed_keys(store) if key not in manifest.commits])
    manifest.rules, manifest.complete = fingerprint(), False
    known = {name: unit for name, unit in manifest.units.items() if all(key in manifest.commits for key in unit["keys"])}
    manifest.units = {unit.name: known[unit.name] for unit in units if unit.name in known}
    manifest.save(store)
    if not manifest.commits:
        _clean(store, manifest)
    total = sum(unit.bytes for unit in units)
    tell(0, sum(unit.bytes for unit in units if unit.name in manifest.units), total)
    # A unit whose inputs have no identity is known by its place in the plan, and read in every run.
    names = [unit.name or f"-{at}" for at, unit in enumerate(units)]
    ahead = [unit for unit in units if unit.name not in manifest.units]
    saved = time.monotonic()
    with closing(engine(ahead, store, frozenset(manifest.commits))) as steps:
        try:
            for step in steps:
                if step.commit is not None:
                    manifest.commits[step.commit.key] = step.commit
                if step.unit is not None and step.read is not None:
                    manifest.units[step.unit.name or names[units.index(step.unit)]] = _record(step.unit, step.read)
                summary.papers += step.papers
                tell(step.papers, step.bytes, total)
                if time.monotonic() - saved > _SAVE_EVERY:
                    manifest.save(store)
                    saved = time.monotonic()
        except KeyboardInterrupt:
            manifest.save(store)
            raise StoppedError(f"stopped; {len(manifest.commits)} shards are written: the same command goes on from there") from None
    manifest.units = {name: manifest.units[name] for name in names}
    keys = [key for unit in manifest.units.values() for key in unit["keys"]]
    manifest.commits = {key: manifest.commits[key] for key in keys}
    resolve(store, manifest, keys)
    manifest.tables = {"documents": _documents(store, manifest), "rules": _rules(store)}
    for table in SHARD_TABLES:
        if not any(table in one.parts for one in manifest.commits.values()):
            manifest.tables[table] = put(store, table, "empty", empty(table).to_arrow())
    manifest.complete = True
    manifest.save(store)
    _clean(store, manifest)


def _record(unit: Unit, read: Read) -> dict[str, Any]:
    """What the manifest says of a unit: its inputs with their identities, and what was in them."""
    inputs = [
        {"document": source.name, "identity": source.identity, "format": kind, "row_groups": unit.groups}
        for source, kind in zip(unit.sources, unit.formats, strict=True)
    ]
    return {"inputs": inputs, **asdict(read)}


def _documents(store: Store, manifest: Manifest) -> Part:
    rows = [tuple(document.values()) for unit in manifest.units.values() for document in unit["documents"]]
    schema = {"document": pl.String, "sha256": pl.String, "bytes": pl.UInt64, "format": pl.String, "page_date": pl.String}
    frame = ordered("documents", cast("documents", pl.DataFrame(rows, schema=schema, orient="row")))
    return put(store, "documents", "all", frame.to_arrow())


def _rules(store: Store) -> Part:
    return put(store, "rules", "all", ordered("rules", cast("rules", rules_frame(extractor().rules, {}))).to_arrow())


def _clean(store: Store, manifest: Manifest) -> None:
    """Remove part files that are not listed: those of inputs and rules that are no more."""
    listed = {part.file for one in manifest.commits.values() for part in one.parts.values()}
    listed |= {part.file for part in manifest.tables.values()}
    for table in RUN_TABLES:
        for file in store.sizes(table):
            if file not in listed:
                store.remove(file)

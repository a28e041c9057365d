"""A new immutable release: built, compared with the one before, written out of sight, read back, and moved into place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from extract.readers.papers import InputError
from publish import pages, places, snapshot
from publish.build import Built, assemble, read_documents, seed_files
from publish.compare import Comparison, compare_tables
from publish.manifest import MANIFEST, FileEntry, Manifest, Previous, Seed, TableEntry, load
from publish.packages import croissant, datapackage
from publish.provenance import ruleset_sha256, tools
from publish.staging import exclusive, publish, staged, write_sums
from publish.verification import verify
from publish.versions import BUMPS, FIRST, FIRST_SCHEMA, bumped, largest, parse, releases, step
from publish.writing import content_sha256, sha256, write


def release(
    version: str | None,
    data: Path = places.DATA,
    seeds: Path = places.SEEDS,
    allow_rejects: bool = False,
    workers: int = 1,
    advance: Callable[[int], None] | None = None,
) -> tuple[Path, Comparison | None]:
    """Publish the tables of the seeds as a version, or, without one, as the next that the change requires.

    Gives back the new folder and what differs from the release before. Raises InputError, with nothing published, for a
    version that cannot be, seeds that are not as their manifest says, rejects, or a release before that is damaged.
    """
    if version is not None:
        parse(version)
    with exclusive(data):
        known = releases(data)
        newest = list(known)[-1] if known else None
        _refuse_old(version, known)
        paths = seed_files(seeds)
        before = _before(known[newest]) if newest else None
        built = assemble(read_documents(paths), workers, advance)
        if built.tables["rejects"].height and not allow_rejects:
            first = built.tables["rejects"].row(0, named=True)
            raise InputError(
                f"{built.tables['rejects'].height} rejects, the first in {first['source']}: {first['reason']}; `paperfacts build` shows them all:"
                " put them right, or publish them with --allow-rejects"
            )
        difference = compare_tables(before[1], snapshot.of(built.tables)) if before else None
        version = _next(version, newest, difference)
        manifest = _manifest(version, before[0] if before else None, difference, known, paths)
        with staged(data, version) as folder:
            _write(folder, manifest, built, difference)
            if wrong := verify(folder):
                raise InputError(f"{folder}: what was written is not what was meant: {wrong[0].file} {wrong[0].what}; nothing is published")
            return publish(folder, data, manifest), difference


def _refuse_old(version: str | None, known: Mapping[str, Path]) -> None:
    if version is None or not known:
        return
    if version in known:
        raise InputError(f"{version} is published, and a release never changes; give a higher version, or --bump auto")
    newest = list(known)[-1]
    if parse(version) < parse(newest):
        raise InputError(f"{version} is lower than {newest}, the newest release; give a higher version, or --bump auto")


def _before(folder: Path) -> tuple[Manifest, dict[str, snapshot.Snapshot]]:
    """The newest release, which must be whole: what a damaged one is compared with says nothing."""
    if wrong := verify(folder):
        raise InputError(
            f"{folder}: the release before is damaged: {wrong[0].file} {wrong[0].what}; restore it, `paperfacts verify {folder}` says what is wrong"
        )
    return load(folder / MANIFEST), snapshot.read(folder)


def _next(version: str | None, newest: str | None, difference: Comparison | None) -> str:
    """The version to publish. Raises InputError if the one asked for is too small a step, or nothing has changed."""
    if newest is None or difference is None:
        return version or FIRST
    if version is None:
        if difference.bump == "none":
            raise InputError(f"nothing differs from {newest}: there is nothing to release")
        return bumped(newest, difference.bump)
    if BUMPS.index(step(newest, version)) < BUMPS.index(difference.bump):
        raise InputError(
            f"{version} is too small a step from {newest}: the change requires {bumped(newest, difference.bump)} ({difference.bump});"
            " `paperfacts compare` shows why, and --bump auto takes it"
        )
    return version


def _manifest(
    version: str, before: Manifest | None, difference: Comparison | None, known: Mapping[str, Path], seeds: list[Path]
) -> Manifest:
    """The manifest, as far as it is known before the files are written."""
    schema_bump = largest([one.bump for one in difference.schema]) if difference else "none"
    return Manifest(
        version=version,
        schema_version=bumped(before.schema_version, schema_bump) if before else FIRST_SCHEMA,
        released=datetime.now(UTC).date().isoformat(),
        bump=difference.bump if difference else "none",
        previous=Previous(before.version, sha256(known[before.version] / MANIFEST)) if before else None,
        ruleset_sha256=ruleset_sha256(),
        gold_sha256=sha256(places.GOLD),
        seeds=tuple(Seed(path.name, path.stat().st_size, sha256(path)) for path in seeds),
        tools=tools(),
        tables={},
        files={},
    )


def _write(folder: Path, manifest: Manifest, built: Built, difference: Comparison | None) -> None:
    about = {"paperfacts.version": manifest.version, "paperfacts.schema_version": manifest.schema_version}
    for table, frame in built.tables.items():
        write(table, frame, folder / f"{table}.parquet", about)
    manifest = replace(manifest, tables={table: _entry(folder / f"{table}.parquet", frame) for table, frame in built.tables.items()})
    texts = {
        "README.md": pages.card(manifest),
        "CHANGES.md": pages.changes(manifest, difference),
        "QUALITY.md": pages.quality(manifest, built.evaluation, built.tables["rules"]),
        "datapackage.json": datapackage(manifest),
        "croissant.json": croissant(manifest),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = {name: FileEntry((folder / name).stat().st_size, sha256(folder / name)) for name in texts}
    (folder / MANIFEST).write_text(replace(manifest, files=files).text(), encoding="utf-8")
    write_sums(folder)


def _entry(path: Path, frame: pl.DataFrame) -> TableEntry:
    return TableEntry(path.name, frame.height, path.stat().st_size, sha256(path), content_sha256(frame))

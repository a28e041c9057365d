"""Is a release what it says it is? Every checksum, value, span and reference is looked at again, and what is wrong is named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

import schemas
from extract.readers.papers import InputError
from publish.manifest import MANIFEST, SUMS, FileEntry, Manifest, load
from publish.snapshot import Snapshot, of, read_table
from publish.staging import LATEST, sums_text
from publish.validation import RELATIONS, SchemaMismatchError, failing
from publish.versions import parse, releases
from publish.writing import content_sha256, sha256
from query import TableError
from schemas.description import type_name

_BESIDE = (LATEST, "README.md")


class Finding(NamedTuple):
    """Something that is wrong: the file, and what is wrong with it."""

    file: str
    what: str


def verify(folder: Path) -> list[Finding]:
    """What is wrong with a release; nothing if it is whole. Raises InputError if the folder is not there."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name a release, or a folder of releases with --all")
    found: list[Finding] = []
    sums, manifest = {}, None
    try:
        sums = _read_sums(folder / SUMS)
    except (OSError, ValueError) as error:
        found.append(Finding(SUMS, f"cannot be read: {error}"))
    try:
        manifest = load(folder / MANIFEST)
    except InputError as error:
        found.append(Finding(MANIFEST, str(error)))
    found += _files(folder, sums, manifest)
    if manifest is not None:
        found += _tables(folder, manifest, {one.file for one in found})
    return found


def _read_sums(path: Path) -> dict[str, str]:
    """The checksums by file name. Raises ValueError if the file is not exactly as it is written."""
    content = path.read_bytes()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in content.decode().splitlines())}
    if sums_text(sums).encode() != content:
        raise ValueError("not as it was written")
    return sums


def _files(folder: Path, sums: Mapping[str, str], manifest: Manifest | None) -> Iterator[Finding]:
    """Every file against its two witnesses, SHA256SUMS and the manifest; where they contradict each other, the wrong one is named."""
    entries = manifest.checksums() if manifest else {}
    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    for name in sorted({*sums, *entries, *there} - {SUMS}):
        witnesses = [who for who, says in ((SUMS, sums), (MANIFEST, entries)) if name in says]
        if name not in there or not there[name].is_file():
            yield Finding(name, f"is named in {' and '.join(witnesses)} but not there" if witnesses else "is a folder: nothing names it")
            continue
        if manifest and name not in (*entries, MANIFEST):
            yield Finding(name, f"is not named in {MANIFEST}")
        if sums and name not in sums:
            yield Finding(name, f"is not named in {SUMS}")
        actual = FileEntry(there[name].stat().st_size, sha256(there[name]))
        by_sums, by_manifest = name not in sums or sums[name] == actual.sha256, name not in entries or entries[name] == actual
        if name == MANIFEST and not by_sums:
            yield Finding(MANIFEST, f"is not the file that {SUMS} names (sha256 differs)")
            yield Finding(SUMS, f"names another {MANIFEST} than there is: one of the two is damaged")
        elif name in sums and name in entries and by_sums != by_manifest:
            yield Finding(MANIFEST if by_sums else SUMS, f"names another {name} than there is and {SUMS if by_sums else MANIFEST} names")
        elif not (by_sums and by_manifest):
            yield Finding(name, f"is not the file that {' and '.join(witnesses)} names (bytes or sha256 differ)")


def _tables(folder: Path, manifest: Manifest, damaged: set[str]) -> Iterator[Finding]:
    """The tables whose files are whole against what they must be."""
    tables: dict[str, Snapshot] = {}
    for name, table in manifest.tables.items():
        if table.file in damaged:
            continue
        try:
            tables[name] = read_table(folder / table.file)
        except TableError as error:
            yield Finding(table.file, str(error))
            continue
        frame, about = tables[name].frame, tables[name].about
        if frame.height != table.rows:
            yield Finding(table.file, f"has {frame.height} rows, the manifest says {table.rows}")
        if content_sha256(frame) != table.content_sha256:
            yield Finding(table.file, "has other values than the manifest says (content_sha256 differs)")
        for key, value in (("version", manifest.version), ("schema_version", manifest.schema_version), ("table", name)):
            if about.get(f"paperfacts.{key}") != value:
                yield Finding(table.file, f"says {key} {about.get(f'paperfacts.{key}')}, the manifest {value}")
        yield from _columns(name, table.file, tables[name])
    yield from _relations(manifest, {name: table.frame for name, table in tables.items()})


def same_columns(name: str, table: Snapshot) -> bool:
    """Whether a table has the columns, types and units that this code's model of it declares."""
    if name not in schemas.TABLES:
        return False
    today = of({name: table.frame})[name].columns

    def shape(columns: Mapping[str, Mapping[str, object]]) -> list[tuple[object, ...]]:
        return [
            (column, about.get("type"), about.get("unit"), about.get("nullable"), about.get("values")) for column, about in columns.items()
        ]

    return shape(today) == shape(table.columns)


def _columns(name: str, file: str, table: Snapshot) -> Iterator[Finding]:
    """The checks of a table's model, or, where it was made with another schema, what the file says of its own columns."""
    frame = table.frame
    said = {column: str(about.get("type")) for column, about in table.columns.items()}
    real = {column: type_name(dtype) for column, dtype in frame.schema.items()}
    if said != real:
        yield Finding(file, f"has the columns {real}, and says that it has {said}")
    elif same_columns(name, table):
        try:
            for row, check in failing(schemas.TABLES[name], frame):
                yield Finding(file, f"row {row}: {check}")
        except SchemaMismatchError as error:
            yield Finding(file, str(error))
    else:
        for column, about in table.columns.items():
            if not about.get("nullable") and frame[column].null_count():
                yield Finding(file, f"{column}: {frame[column].null_count()} nulls in a column that has none")


def _relations(manifest: Manifest, tables: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Spans against texts, and references against what they name, for the tables that could be read."""
    for relation in RELATIONS:
        if not {relation.table, *relation.reads} <= tables.keys():
            continue
        try:
            broken = relation.broken(tables[relation.table], tables)
        except pl.exceptions.ColumnNotFoundError:
            continue  # a schema without the column has nothing to check; _columns holds a table to the schema that it says it has
        file = manifest.tables[relation.table].file
        for row in broken.arg_true():
            yield Finding(file, f"row {row}: not true that {relation.says} ({relation.name})")


def verify_all(data: Path) -> dict[str, list[Finding]]:
    """What is wrong with each release of a folder, and, under the folder's own name, with what ties them together."""
    known = releases(data)
    if not known:
        raise InputError(f"{data}: no releases in it; `paperfacts release` makes one")
    found = {version: verify(folder) for version, folder in known.items()}
    before: str | None = None
    for version, folder in known.items():
        try:
            manifest = load(folder / MANIFEST)
        except InputError:
            before = version
            continue  # named already
        if manifest.version != version:
            found[version].append(Finding(MANIFEST, f"is that of {manifest.version}, in the folder of {version}"))
        previous = manifest.previous
        if (previous.version if previous else None) != before:
            found[version].append(
                Finding(MANIFEST, f"names {previous.version if previous else None} as the release before; it is {before}")
            )
        elif previous and sha256(known[previous.version] / MANIFEST) != previous.manifest_sha256:
            found[previous.version].append(Finding(MANIFEST, f"is not the one that {version} was made after (sha256 differs)"))
        before = version
    found[data.resolve().name] = _beside(data, list(known.values())[-1])
    return found


def _beside(data: Path, newest: Path) -> list[Finding]:
    found = [
        Finding(path.name, "is no release and not known here")
        for path in sorted(data.iterdir())
        if path.name not in _BESIDE and not path.name.startswith(".") and path not in releases(data).values()
    ]
    try:
        latest = json.loads((data / LATEST).read_text(encoding="utf-8"))
        parse(latest["version"])
        if latest["version"] != newest.name or latest["path"] != newest.name:
            found.append(
                Finding(LATEST, f"names {latest['version']}; the newest is {newest.name}; the next `paperfacts release` puts it right")
            )
        elif latest["manifest_sha256"] != sha256(newest / MANIFEST):
            found.append(Finding(LATEST, f"names another manifest of {newest.name} than there is (sha256 differs)"))
    except (OSError, ValueError, KeyError, TypeError, InputError) as error:
        found.append(Finding(LATEST, f"cannot be read: {error}"))
    return found

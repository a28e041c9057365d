"""How a folder becomes a release: one at a time, built out of sight, moved into place in one step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from extract.readers.papers import InputError
from publish.manifest import MANIFEST, SUMS, Manifest, load
from publish.versions import releases
from publish.writing import sha256

LATEST = "latest.json"
_STAGING = ".staging-"
_PARTIAL = ".partial-latest.json"


@contextmanager
def exclusive(data: Path) -> Iterator[None]:
    """Hold the folder of releases alone; the hold ends with the process, however that ends. What a stopped one left is cleaned up.

    Raises InputError if another process holds it.
    """
    import fcntl  # only here, so that all other commands work where there is none

    if data.exists() and not data.is_dir():
        raise InputError(f"{data}: not a folder; name the folder of releases")
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(f"{data}: another `paperfacts release` is at work there; wait until it has ended") from error
        _clean(data)
        yield
    finally:
        os.close(handle)


def _clean(data: Path) -> None:
    """Remove what a stopped release left, and let latest.json name the newest release."""
    for path in data.glob(f"{_STAGING}*"):
        shutil.rmtree(path)
    (data / _PARTIAL).unlink(missing_ok=True)
    known = releases(data)
    if not known:
        return
    newest = list(known)[-1]
    try:
        named = json.loads((data / LATEST).read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        named = None
    if named != newest:
        write_latest(data, load(known[newest] / MANIFEST))


@contextmanager
def staged(data: Path, version: str) -> Iterator[Path]:
    """An empty folder beside the release's place; whatever is left of it at the end is removed."""
    folder = data / f"{_STAGING}{version}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sums_text(sums: Mapping[str, str]) -> str:
    """Checksums by file name as `sha256sum -c` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def write_sums(folder: Path) -> None:
    """SHA256SUMS over every other file of a folder."""
    sums = {path.name: sha256(path) for path in folder.iterdir() if path.name != SUMS}
    (folder / SUMS).write_text(sums_text(sums), encoding="utf-8")


def write_latest(data: Path, manifest: Manifest) -> None:
    """Let latest.json name a release."""
    said = {
        "version": manifest.version,
        "path": manifest.version,
        "released": manifest.released,
        "schema_version": manifest.schema_version,
        "manifest_sha256": sha256(data / manifest.version / MANIFEST),
    }
    (data / _PARTIAL).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    _to_disk(data / _PARTIAL)
    (data / _PARTIAL).rename(data / LATEST)


def publish(folder: Path, data: Path, manifest: Manifest) -> Path:
    """Move a staged folder into its place, in one step, and name it in latest.json."""
    for path in folder.iterdir():
        _to_disk(path)
    _to_disk(folder)
    target = data / manifest.version
    folder.rename(target)
    _to_disk(data)
    write_latest(data, manifest)
    return target


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

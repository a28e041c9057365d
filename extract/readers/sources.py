"""Where inputs are: files, folders, globs, standard input and addresses such as `s3://` become sources, each opened as a stream.

Folders and globs are named relative to where they begin, so that `2024-05-01/part_000.gz` and `2024-06-01/part_000.gz`
are two documents.
"""

from __future__ import annotations

import glob
import hashlib
import io
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, cast

from extract.readers.papers import InputError

STDIN = "-"
SUFFIXES = (".txt", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".bib", ".gz", ".zst")
"""What the names of files end with that are read when a folder is named; any other is taken for a note."""
_WILD = frozenset("*?[")
_VERSION_KEYS = (
    "ETag",
    "etag",
    "md5Hash",
    "Content-MD5",
    "generation",
    "LastModified",
    "last_modified",
    "mtime",
    "created",
    "Last-Modified",
)


class Source(NamedTuple):
    """One input: its name among the documents, and where it is.

    `identity` differs whenever the content may (empty if nobody can know), `named` says that it was named by itself and
    not found in a folder or by a glob, `outside` that it is a link in a folder that leads out of it.
    """

    name: str
    place: str
    identity: str
    size: int
    named: bool
    outside: bool = False

    @property
    def is_remote(self) -> bool:
        """Whether it is reached through fsspec."""
        return "://" in self.place

    @property
    def is_once(self) -> bool:
        """Whether it can be read once only: standard input or a pipe."""
        return self.place == STDIN or not (self.is_remote or self.identity)

    def open(self) -> IO[bytes]:
        """Its bytes. Raises InputError if it cannot be opened, and for a link out of the folder that it was found in."""
        if self.outside:
            raise InputError(f"{self.place}: is a link out of the folder, to {os.path.realpath(self.place)}; name that file to read it")
        if self.place == STDIN:
            return sys.stdin.buffer
        try:
            if self.is_remote:
                system, path = filesystem(self.place)
                return cast("IO[bytes]", io.BufferedReader(_Remote(system.open(path, "rb")), 1 << 20))
            return Path(self.place).open("rb")
        except OSError as error:
            raise InputError(f"{self.place}: cannot be opened: {error.strerror or error}") from error


class _Remote(io.RawIOBase):
    """A file of fsspec whose errors are OSErrors: every driver has its own."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is, or says so when it is asked to."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill a buffer."""
        try:
            data = self._file.read(len(into))
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}") from error
        into[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        try:
            return int(self._file.seek(offset, whence))
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}") from error

    def tell(self) -> int:
        """The place."""
        return int(self._file.tell())

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def filesystem(place: str) -> tuple[Any, str]:
    """The fsspec filesystem of an address and the path in it. Raises InputError if what it needs is not installed."""
    scheme = place.partition("://")[0]
    try:
        import fsspec
    except ImportError:
        raise InputError(f"{place}: addresses are read through fsspec: pip install 'paperfacts[remote]'") from None
    try:
        system, path = fsspec.core.url_to_fs(place)
    except ImportError as error:
        raise InputError(f"{place}: {error}; pip install 'paperfacts[remote]' has what s3, gs and https need") from None
    except ValueError as error:
        raise InputError(f"{place}: no store is known as {scheme}://: {error}") from None
    return system, str(path)


def find(inputs: Iterable[str]) -> list[Source]:
    """The sources that are meant, in order: a file or address itself, the files of a folder, what fits a glob.

    Raises InputError for an input that is not there or has nothing in it, and for a file that is named twice.
    """
    found: list[Source] = []
    for given in inputs:
        if given == STDIN:
            found.append(Source("stdin", STDIN, "", 0, True))
        elif "://" in given:
            found += _remote(given)
        else:
            found += _local(given)
    twice = [place for place, count in Counter(source.place for source in found).items() if count > 1]
    if twice:
        raise InputError(f"{twice[0]}: is named more than once among the inputs; its papers would be counted twice")
    names = Counter(source.name for source in found)
    return [source._replace(name=_written(source.place)) if names[source.name] > 1 else source for source in found]


def _written(name: str) -> str:
    """A file's name as a text: bytes that are no UTF-8 are written as their codes."""
    return name.encode("utf-8", "backslashreplace").decode()


def _local(given: str) -> list[Source]:
    path = Path(given)
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*") if file.is_file() and _is_input(file.relative_to(path)))
        if not inside:
            raise InputError(f"{given}: a folder without inputs; files are taken whose names end with {', '.join(SUFFIXES)}")
        real = path.resolve()
        return [
            _file(file, file.relative_to(path).as_posix(), named=False)._replace(outside=not file.resolve().is_relative_to(real))
            for file in inside
        ]
    if path.exists():
        return [_file(path, path.name, named=True)]
    if _WILD.isdisjoint(given):
        raise InputError(f"{given}: no such file")
    matches = sorted(file for file in map(Path, glob.glob(given, recursive=True)) if file.is_file())  # noqa: PTH207 - of any folder
    if not matches:
        raise InputError(f"{given}: no file fits")
    root = _root(given)
    return [_file(file, file.relative_to(root).as_posix(), named=False) for file in matches]


def _file(path: Path, name: str, *, named: bool) -> Source:
    about = path.stat()
    # Of a pipe such as `<(zcat …)` neither size nor time say anything.
    return Source(_written(name), str(path), f"{about.st_size}-{about.st_mtime_ns}" if path.is_file() else "", about.st_size, named)


def _remote(given: str) -> list[Source]:
    system, path = filesystem(given)
    scheme = given.partition("://")[0]
    try:
        if not _WILD.isdisjoint(path) and not scheme.startswith("http"):
            root = str(_root(path))
            places = sorted(system.glob(path))
        elif not scheme.startswith("http") and system.isdir(path):
            root = path.rstrip("/")
            places = sorted(place for place in system.find(path) if _is_input(PurePosixPath(place).relative_to(root)))
        else:
            name = PurePosixPath(path.partition("?")[0]).name
            return [Source(name or path, given, *_about(system.info(path)), True)]
        sources = [
            Source(
                PurePosixPath(place).relative_to(root).as_posix(), str(system.unstrip_protocol(place)), *_about(system.info(place)), False
            )
            for place in places
        ]
    # What a store raises is its own: every driver has its own classes of errors.
    except Exception as error:
        raise InputError(f"{given}: cannot be reached: {error or type(error).__name__}") from error
    if not sources:
        raise InputError(f"{given}: nothing there that is an input")
    return sources


def _about(info: dict[str, Any]) -> tuple[str, int]:
    """Identity and size by what a store says of an object; no identity if it says nothing that changes with the content."""
    version = [f"{key}={info[key]}" for key in _VERSION_KEYS if info.get(key)]
    size = int(info.get("size") or 0)
    return (hashlib.sha256(" ".join([str(size), *version]).encode()).hexdigest()[:16] if version else ""), size


def _is_input(path: Path | PurePosixPath) -> bool:
    return path.name.endswith(SUFFIXES) and not any(part.startswith((".", "_")) for part in path.parts)


def _root(pattern: str) -> PurePosixPath:
    """The folder that a glob begins in."""
    parts = PurePosixPath(pattern).parts
    fixed = next(at for at, part in enumerate(parts) if not _WILD.isdisjoint(part))
    return PurePosixPath(*parts[: min(fixed, len(parts) - 1)])

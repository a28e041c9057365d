"""Where a run writes: a folder on disk, or the address of a store that fsspec reaches. Files are there whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from extract.readers.papers import InputError
from extract.readers.sources import filesystem

try:
    import fcntl
except ImportError:  # Windows: two runs into one folder are then the user's care
    fcntl = None  # type: ignore[assignment]

_PARTIAL = ".partial"


class StoreError(Exception):
    """Something cannot be written; the message says where, why and what to do."""


class Store(NamedTuple):
    """The folder or address `root`; paths in it have forward slashes."""

    root: str

    @property
    def _is_remote(self) -> bool:
        return "://" in self.root

    def write(self, path: str, data: bytes) -> None:
        """Write a file: under another name first, then renamed; a store of objects does the same by itself.

        Raises StoreError if the disk is full or the place cannot be written to.
        """
        try:
            if self._is_remote:
                system, root = filesystem(self.root)
                system.pipe_file(f"{root.rstrip('/')}/{path}", data)
                return
            place = Path(self.root, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            partial = place.with_name(f".{place.name}.{uuid.uuid4().hex[:8]}{_PARTIAL}")
            try:
                with partial.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(partial, place)  # noqa: PTH105 - the one call that is atomic on every system
            except OSError:
                partial.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StoreError(
                f"{self.root}: {path} cannot be written: {error.strerror or error}; what is written is whole:"
                " make room, or see to the place, and give the same command again: it goes on from there"
            ) from error

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None if it is not there."""
        try:
            if self._is_remote:
                system, root = filesystem(self.root)
                return bytes(system.cat_file(f"{root.rstrip('/')}/{path}"))
            return Path(self.root, path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(f"{self.root}: {path} cannot be read: {error}") from error

    def sizes(self, folder: str) -> dict[str, int]:
        """The files of a folder and their sizes, by their paths from the root, without hidden ones."""
        if self._is_remote:
            system, root = filesystem(self.root)
            try:
                found = system.ls(f"{root.rstrip('/')}/{folder}", detail=True)
            except FileNotFoundError:
                return {}
            inside = {f"{folder}/{str(one['name']).rpartition('/')[2]}": int(one["size"] or 0) for one in found if one["type"] == "file"}
            return {path: size for path, size in inside.items() if not path.rpartition("/")[2].startswith(".")}
        place = Path(self.root, folder)
        if not place.is_dir():
            return {}
        return {
            f"{folder}/{file.name}": file.stat().st_size for file in place.iterdir() if file.is_file() and not file.name.startswith(".")
        }

    def remove(self, path: str) -> None:
        """Remove a file if it is there."""
        if self._is_remote:
            system, root = filesystem(self.root)
            if system.exists(f"{root.rstrip('/')}/{path}"):
                system.rm_file(f"{root.rstrip('/')}/{path}")
            return
        Path(self.root, path).unlink(missing_ok=True)

    def is_empty(self) -> bool:
        """Whether nothing is there yet."""
        if self._is_remote:
            system, root = filesystem(self.root)
            return not system.exists(root) or not system.ls(root)
        place = Path(self.root)
        return not place.exists() or not any(place.iterdir())

    def sweep(self) -> None:
        """Remove what a run left half-written that was killed."""
        if not self._is_remote:
            for partial in Path(self.root).glob(f"**/.*{_PARTIAL}"):
                partial.unlink(missing_ok=True)


@contextmanager
def alone(root: str) -> Iterator[None]:
    """Make a folder and hold its lock, so that no two runs write to it at once; a store of objects has none.

    Raises InputError if another process holds it, or there can be no such folder.
    """
    if fcntl is None or "://" in root:
        yield
        return
    try:
        Path(root).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{root}: cannot be written: {error.strerror}; name a folder") from None
    # The folder itself is locked: the lock ends with the process that holds it, and leaves no file behind.
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{root}: another run is writing there; wait for it, or name another folder") from None
        yield
    finally:
        os.close(handle)

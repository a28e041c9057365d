"""Bytes of a source as they are read once: hashed on the way, decompressed, looked at before they are read."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator
from typing import IO, Any, cast

import pyarrow as pa

LONGEST_LINE = 1 << 26
"""A line or an entry that is longer than this many bytes is no paper, and is not held in memory."""
HEAD = 1 << 16
"""Bytes that a format is recognised by."""
_CHUNK = 1 << 18


class Hashed(io.RawIOBase):
    """A stream that knows how many bytes have gone through it, and their sha256."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._sum = hashlib.sha256()
        self.bytes = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill a buffer."""
        data = self._stream.read(len(into))
        into[: len(data)] = data
        self._sum.update(data)
        self.bytes += len(data)
        return len(data)

    def finish(self) -> str:
        """Read what nobody has asked for yet; the sha256 of all."""
        while self.read(_CHUNK):
            pass
        return self.digest()

    def digest(self) -> str:
        """The sha256 of what has been read so far."""
        return self._sum.hexdigest()

    def close(self) -> None:
        """Close what is read from."""
        self._stream.close()
        super().close()


class Peeked(io.RawIOBase):
    """A stream whose first bytes are known before they are read. Where it breaks off, what stands before that is read first."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        parts: list[bytes] = []
        # `read` would lose what it has already read when the rest cannot be; `read1` gives it.
        self._read = getattr(stream, "read1", stream.read)
        self._broken: Exception | None = None
        try:
            while size > 0 and (part := self._read(size)):
                parts.append(part)
                size -= len(part)
        except Exception as error:  # every stream has its own errors; it is raised again in its place
            if not parts:
                raise
            self._broken = error
        self.head = b"".join(parts)
        self._rest = memoryview(self.head)
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill a buffer."""
        if not self._rest and self._broken is not None:
            raise self._broken
        data = self._rest[: len(into)] if self._rest else self._read(len(into))
        self._rest = self._rest[len(data) :]
        into[: len(data)] = data
        return len(data)


def plain(stream: IO[bytes]) -> Peeked:
    """The content of a stream, decompressed if it is gzip or zstd, whatever it is called."""
    raw = Peeked(stream, 4)
    buffered = cast("IO[bytes]", io.BufferedReader(raw, _CHUNK))
    if raw.head.startswith(b"\x1f\x8b"):
        return Peeked(cast("IO[bytes]", gzip.GzipFile(fileobj=buffered)), HEAD)
    if raw.head.startswith(b"\x28\xb5\x2f\xfd"):
        return Peeked(cast("IO[bytes]", pa.CompressedInputStream(pa.PythonFile(buffered, "r"), "zstd")), HEAD)
    return Peeked(buffered, HEAD)


def lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines by number (from 1), with None for one that is too long to be a paper."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield number, None

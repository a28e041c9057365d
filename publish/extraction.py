"""Papers through the extractor, in this process or in several, with the same result."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import islice
from multiprocessing import get_context

import polars as pl

from extract.extractor import Extractor
from extract.frames import frames
from extract.limits import TimeLimitError, timer
from extract.readers.papers import Paper
from extract.records import Record

LIMIT = 10.0
"""Seconds of processor time that one paper may take; the longest of 40,000 took a fiftieth of one."""
CHUNK = 200
"""Papers that one worker reads before it gives back their records."""


@cache
def extractor() -> Extractor:
    """The extractor of this process."""
    return Extractor()


@contextmanager
def without_collector() -> Iterator[None]:
    """Reading makes no cycles of objects, while every round of the garbage collector would look at all words known so far."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_all(
    papers: Iterable[Paper], slow: list[tuple[Paper, str]], limit: float = LIMIT
) -> Iterator[tuple[Paper, dict[str, list[Record]]]]:
    """The records of each paper; one that takes longer than `limit` goes to `slow` with what was reading it."""
    reader = extractor()
    with timer() as within, without_collector():
        for paper in papers:
            try:
                within(limit)
                records = reader.read(paper.title, paper.abstract)
                within(0)
            except TimeLimitError as error:
                slow.append((paper, error.where))
                continue
            yield paper, records


def extract_chunk(papers: Sequence[Paper]) -> dict[str, pl.DataFrame]:
    """The records of some papers, one frame per field."""
    reader = extractor()
    with without_collector():
        return frames((paper, reader.read(paper.title, paper.abstract)) for paper in papers)


def extract_all(
    papers: Iterable[Paper], workers: int = 1, advance: Callable[[int], None] | None = None
) -> Iterator[dict[str, pl.DataFrame]]:
    """The records of all papers, chunk by chunk in the order of the papers, whatever the number of workers.

    `advance` is told how many papers each finished chunk had.
    """
    rest = iter(papers)
    chunks = list(iter(lambda: list(islice(rest, CHUNK)), []))
    if workers <= 1 or len(chunks) <= 1:
        results: Iterable[dict[str, pl.DataFrame]] = map(extract_chunk, chunks)
        yield from _told(results, chunks, advance)
        return
    # Processes of their own start: a forked one would share Polars' thread pool, which then hangs.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _told(pool.map(extract_chunk, chunks), chunks, advance)


def _told(
    results: Iterable[dict[str, pl.DataFrame]], chunks: Sequence[Sequence[Paper]], advance: Callable[[int], None] | None
) -> Iterator[dict[str, pl.DataFrame]]:
    for chunk, result in zip(chunks, results, strict=True):
        if advance is not None:
            advance(len(chunk))
        yield result

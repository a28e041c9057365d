"""Papers through the extractor, in this process or in several, with the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context

import polars as pl

from extract.extractor import Extractor
from extract.frames import frames
from extract.readers.papers import Paper

CHUNK = 200
"""Papers that one worker reads before it gives back their records."""


@cache
def extractor() -> Extractor:
    """The extractor of this process."""
    return Extractor()


def extract_chunk(papers: Sequence[Paper]) -> dict[str, pl.DataFrame]:
    """The records of some papers, one frame per field."""
    reader = extractor()
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

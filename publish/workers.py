"""The local engine: this process reads, it or processes of their own start extract."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Container, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from publish.commits import Commit, extract_shard
from publish.shards import Read, Shard, Unit, shards
from publish.store import Store, StoreError


class Step(NamedTuple):
    """News of a run: a shard that is committed now (`commit`), or was before; or a unit that has been read to its end (`unit`)."""

    commit: Commit | None = None
    unit: Unit | None = None
    read: Read | None = None
    papers: int = 0
    bytes: int = 0


Engine = Callable[[Sequence[Unit], Store, frozenset[str]], Generator[Step, None, None]]
"""Reads units, extracts and commits the shards that are not among the keys that are done, and tells of each."""


def local(workers: int) -> Engine:
    """The engine of this machine."""

    def run(units: Sequence[Unit], store: Store, done: frozenset[str]) -> Generator[Step, None, None]:
        if workers == 1:
            for shard, step in _read(units, done):
                yield step if shard is None else step._replace(commit=extract_shard(store, shard))
        else:
            yield from _in_processes(units, store, done, workers)

    return run


def _read(units: Sequence[Unit], done: Container[str]) -> Iterator[tuple[Shard | None, Step]]:
    """Each shard that is to be extracted, with the step that it will be; and steps that need nothing done."""
    for unit in units:
        read = Read()
        for shard in shards(unit, read):
            if shard.key in done:
                yield None, Step(bytes=shard.bytes)
            else:
                yield shard, Step(papers=shard.papers, bytes=shard.bytes)
        yield None, Step(unit=unit, read=read)


def _in_processes(units: Sequence[Unit], store: Store, done: Container[str], workers: int) -> Iterator[Step]:
    # Processes of their own start: a forked one would share Polars' thread pool, which then hangs.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    under_way: dict[Future[Commit], Step] = {}
    try:
        for shard, step in _read(units, done):
            if shard is None:
                yield step
                continue
            # One shard waits for each worker, so that none is idle and memory stays flat.
            while len(under_way) >= 2 * workers:
                yield from _finished(under_way)
            under_way[pool.submit(extract_shard, store, shard)] = step
        while under_way:
            yield from _finished(under_way)
        pool.shutdown()
    except BrokenProcessPool:
        raise StoreError(
            f"{store.root}: a worker process was ended from outside (out of memory?); what is written is whole:"
            " give the same command again, with fewer --workers if memory is short, and it goes on from there"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def _finished(under_way: dict[Future[Commit], Step]) -> Iterator[Step]:
    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
        yield under_way.pop(future)._replace(commit=future.result())


def _begin() -> None:
    """What a worker does first: leave Ctrl-C to the process that started it, and end when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()

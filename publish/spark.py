"""The engine of a cluster: units go out to Spark's executors through `mapInArrow`, news of them come back.

Executors read the inputs and write the part files themselves, with the code of one machine, so that shards, keys and bytes
are the same. The unit of an executor that dies is given to another, which goes on behind the shards that are committed.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from extract.readers.papers import InputError
from publish.commits import committed, committed_keys, extract_shard
from publish.shards import Read, Unit, shards
from publish.store import Store, StoreError
from publish.workers import Engine, Step

_UNIT = "unit binary"
_READ = "read string"
_ASK_EVERY = 5.0
"""Seconds between two looks at what the executors have committed."""


def spark(master: str | None = None) -> Engine:
    """The engine of a Spark master; without one, of that which `spark-submit` names, or of this machine.

    Raises InputError if PySpark is not installed.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise InputError("--engine spark: PySpark is not installed: pip install 'paperfacts[spark]' (it needs Java 17)") from None

    def run(units: Sequence[Unit], store: Store, done: frozenset[str]) -> Generator[Step, None, None]:
        placed = [_placed(unit) for unit in units]
        if not placed:
            return
        builder = SparkSession.builder.appName("paperfacts")
        session = (builder.master(master) if master else builder).getOrCreate()
        there = store if "://" in store.root else Store(str(Path(store.root).resolve()))
        try:
            # One task for each unit: little is lost with an executor, and all cores are busy to the end.
            rows = session.sparkContext.parallelize([(pickle.dumps((at, unit)),) for at, unit in enumerate(placed)], len(placed))
            found = session.createDataFrame(rows, _UNIT).mapInArrow(_work(there, done), _READ)
            with ThreadPoolExecutor(1) as background:
                job = background.submit(found.collect)
                seen = set(done)
                try:
                    while not wait([job], timeout=_ASK_EVERY).done:
                        yield from _news(store, seen)
                except BaseException:
                    session.sparkContext.cancelAllJobs()
                    raise
                yield from _news(store, seen)
                for at, read in (json.loads(row.read) for row in job.result()):
                    yield Step(unit=units[at], read=Read(**read), bytes=units[at].bytes)
        except (PySparkException, Py4JError) as error:
            said = str(error).partition("\n")[0][:500]
            raise StoreError(f"Spark gave up: {said}; what is committed stays: the same command goes on from there") from error
        finally:
            session.stop()

    return run


def _placed(unit: Unit) -> Unit:
    """A unit whose files have full paths: executors work in folders of their own. Raises InputError for a pipe."""
    for source in unit.sources:
        if source.is_once:
            raise InputError(f"{source.place}: a pipe cannot be read by a cluster; write it to a file that all executors reach")
    sources = [one if one.is_remote else one._replace(place=str(Path(one.place).resolve())) for one in unit.sources]
    return unit._replace(sources=tuple(sources))


def _work(store: Store, done: frozenset[str]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What an executor does: Arrow batches of units in, Arrow batches of what was read out; the rows go to the store."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for packed in batch.column(0).to_pylist():
                at, unit = pickle.loads(packed)
                read = Read()
                for shard in shards(unit, read):
                    if shard.key not in done and committed(store, shard.key) is None:
                        extract_shard(store, shard)
                yield pa.RecordBatch.from_pydict({"read": [json.dumps([at, asdict(read)])]})

    return work


def _news(store: Store, seen: set[str]) -> Iterator[Step]:
    """The shards that were committed since the last look."""
    for key in committed_keys(store):
        if key not in seen and (commit := committed(store, key)) is not None:
            seen.add(key)
            yield Step(commit=commit, papers=commit.parts["papers"].rows if "papers" in commit.parts else 0)

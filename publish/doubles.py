"""Papers that stand in more than one shard: the first is kept, as if all had been read by one reader.

Shards are extracted without knowing of each other. When all are there, their ids are compared, in as many passes as memory
asks for, and a shard with papers of a shard before it is written again without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from publish.commits import Commit, Manifest, commit, read_part
from publish.core import DOUBLED, SHARD_TABLES, empty
from publish.store import Store

_AT_ONCE = 10_000_000
"""Ids that are compared in one pass: about 300 MB."""
_TEXT = ["paper_id", "title_sha256", "abstract_sha256"]


def resolve(store: Store, manifest: Manifest, keys: Sequence[str]) -> None:
    """Take each paper out of all shards but the first (in the order of `keys`) that has it; one with another text is a reject."""
    with_papers = [key for key in keys if "papers" in manifest.commits[key].parts]
    total = sum(manifest.commits[key].parts["papers"].rows for key in with_papers)
    passes = total // _AT_ONCE + 1
    losers: dict[str, dict[str, bool]] = {}
    for turn in range(passes):
        for key, paper_id, differs in _doubled(store, manifest, with_papers, passes, turn):
            losers.setdefault(key, {})[paper_id] = differs
    for key, doubled in losers.items():
        manifest.commits[key] = _without(store, manifest.commits[key], doubled)


def _doubled(store: Store, manifest: Manifest, keys: Sequence[str], passes: int, turn: int) -> Iterator[tuple[str, str, bool]]:
    """Shard, id and whether the text differs, for each paper that a shard before it has; one share of all ids."""
    hashes = []
    for at, key in enumerate(keys):
        ids = read_part(store, manifest.commits[key].parts["papers"], ["paper_id"])["paper_id"].hash(seed=0)
        hashes.append(
            pl.DataFrame({"id": ids, "at": pl.Series([at], dtype=pl.UInt32).new_from_index(0, len(ids))}).filter(
                pl.col("id") % passes == turn
            )
        )
    seen = pl.concat(hashes) if hashes else pl.DataFrame()
    if seen.is_empty() or not (again := seen["id"].is_duplicated()).any():
        return
    candidates = seen.filter(again)
    first: dict[str, tuple[str, str]] = {}
    for (at,), group in candidates.sort("at").partition_by("at", as_dict=True, maintain_order=True).items():
        papers = read_part(store, manifest.commits[keys[at]].parts["papers"], _TEXT)
        for paper_id, *text in papers.filter(papers["paper_id"].hash(seed=0).is_in(group["id"].implode())).iter_rows():
            known = first.setdefault(paper_id, (keys[at], "".join(text)))
            if known[0] != keys[at]:
                yield keys[at], paper_id, known[1] != "".join(text)


def _without(store: Store, one: Commit, doubled: dict[str, bool]) -> Commit:
    """A shard written again without some papers, and with a reject for each of them that has another text."""
    tables = {table: read_part(store, one.parts[table]) if table in one.parts else empty(table) for table in SHARD_TABLES}
    papers, listings = tables["papers"], tables["listings"]
    different = [paper_id for paper_id, differs in doubled.items() if differs]
    places = listings.filter(pl.col("paper_id").is_in(different)).join(papers.select("paper_id", "title"), on="paper_id")
    rejects = places.select(
        pl.lit("read").cast(tables["rejects"].schema["stage"]).alias("stage"),
        pl.col("document").alias("source"),
        "line",
        pl.lit(DOUBLED).alias("reason"),
        pl.col("title").str.slice(0, 500).alias("text"),
    )
    for table, frame in tables.items():
        if table == "rejects":
            tables[table] = pl.concat([frame, rejects]).sort("stage", "source", "line", "reason", "text", maintain_order=True)
        elif table != "listings":
            tables[table] = frame.filter(~pl.col("paper_id").is_in(list(doubled)))
    return commit(store, one.key, {table: frame.to_arrow() for table, frame in tables.items()}, sorted(doubled))

"""Any input -> tables in shards: OUT/<table>/part-*.parquet and OUT/manifest.json."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import polars as pl

import schemas
from extract.extractor import FIELD_NAMES
from extract.frames import frames as frames_of
from extract.readers import listing, tables
from extract.readers.papers import InputError, Paper, Reject
from publish.build import papers_frame, rejects_frame, rules_frame, with_ids
from publish.extraction import extract_all, extractor
from publish.validation import WITHIN_A_SHARD, validate
from publish.writing import ordered, sha256, write

SHARD = 10_000
"""Papers of a shard: one part file per table."""
RUN_TABLES = (*schemas.MENTIONS, "papers", "listings", "documents", "rejects")
"""The tables that a run writes in shards; `rules` is one file."""


@dataclass(slots=True)
class Summary:
    """What a run did."""

    papers: int = 0
    seconds: float = 0.0
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*RUN_TABLES, "rules"), 0))

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(slots=True)
class _Shard:
    papers: dict[str, Paper] = field(default_factory=dict)
    documents: list[tuple[str, str, int, str, str | None]] = field(default_factory=list)
    listings: list[tuple[str, int, int, str]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def _shards(inputs: Sequence[Path]) -> Iterator[_Shard]:
    """The papers of all inputs, each id once, in shards of at most SHARD."""
    seen: dict[str, bytes] = {}
    shard = _Shard()

    def take(document: str, position: int, line: int, paper: Paper) -> None:
        shard.listings.append((document, position, line, paper.paper_id))
        digest = hashlib.blake2b(f"{paper.title}\n{paper.abstract}".encode(), digest_size=8).digest()
        first = seen.setdefault(paper.paper_id, digest)
        if first != digest:
            shard.rejects.append(
                Reject(document, line, "the id of a paper before it, with another text; the first is kept", paper.title[:500])
            )
        elif paper.paper_id not in taken:
            taken.add(paper.paper_id)
            shard.papers[paper.paper_id] = paper

    taken: set[str] = set()
    for path in inputs:
        if path.suffix == ".txt":
            document = listing.read(path.name, path.read_bytes())
            shard.documents.append((document.name, document.sha256, document.bytes, document.format, document.page_date))
            shard.rejects += document.rejects
            for position, line, paper in document.listed:
                take(document.name, position, line, paper)
            continue
        shard.documents.append((path.name, sha256(path), path.stat().st_size, path.name.partition(".")[2].removesuffix(".gz"), None))
        position = 0
        for line, read in tables.read(path):
            if isinstance(read, Reject):
                shard.rejects.append(read)
                continue
            position += 1
            take(path.name, position, line, read)
            if len(shard.papers) >= SHARD:
                yield shard
                shard = _Shard()
    yield shard


def extract_files(inputs: Sequence[Path], out: Path, workers: int = 1, advance: Callable[[int], None] | None = None) -> Summary:
    """Extract all inputs into `out`.

    Raises InputError for an input that is not there or of no known kind, for two inputs of one name, and for an output
    folder that has something in it.
    """
    names: dict[str, Path] = {}
    for path in inputs:
        if not path.is_file():
            raise InputError(f"{path}: " + ("a folder; name its files" if path.is_dir() else "no such file"))
        if path.suffix != ".txt" and not path.name.endswith(tables.SUFFIXES):
            raise InputError(f"{path}: unknown kind of file; expected .txt (a listing page) or {', '.join(tables.SUFFIXES)}")
        if path.name in names:
            raise InputError(f"{path}: has the same name as {names[path.name]}; documents are told apart by their names")
        names[path.name] = path
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: is there already and not empty; name a new folder, nothing is written over")
    started = time.perf_counter()
    summary = Summary()
    rules = ordered("rules", rules_frame(extractor().rules, {}))
    parts: dict[str, list[dict[str, object]]] = {table: [] for table in (*RUN_TABLES, "rules")}
    for number, shard in enumerate(_shards(inputs)):
        for table, frame in _tables(shard, rules, workers, advance).items():
            if (frame.height == 0 and number > 0) or (table == "rules" and number > 0):
                continue
            path = out / table / f"part-{number:05d}.parquet"
            write(table, frame, path)
            parts[table].append({"file": str(path.relative_to(out)), "rows": frame.height, "sha256": sha256(path)})
            summary.rows[table] += frame.height
        summary.papers += len(shard.papers)
    manifest = out / ".manifest.json.partial"
    manifest.write_text(json.dumps({"tables": parts}, indent=2) + "\n", encoding="utf-8")
    manifest.replace(out / "manifest.json")
    summary.seconds = time.perf_counter() - started
    return summary


def _tables(shard: _Shard, rules: pl.DataFrame, workers: int, advance: Callable[[int], None] | None) -> dict[str, pl.DataFrame]:
    """The validated tables of one shard."""
    papers = list(shard.papers.values())
    chunks = list(extract_all(papers, workers, advance)) or [frames_of(())]
    frames: dict[str, pl.DataFrame] = {table: with_ids(table, pl.concat(chunk[table] for chunk in chunks)) for table in FIELD_NAMES}
    frames["papers"] = papers_frame(papers)
    frames["documents"] = pl.DataFrame(
        shard.documents,
        schema={"document": pl.String, "sha256": pl.String, "bytes": pl.UInt64, "format": pl.String, "page_date": pl.String},
        orient="row",
    )
    frames["listings"] = pl.DataFrame(
        shard.listings, schema={"document": pl.String, "position": pl.UInt32, "line": pl.UInt32, "paper_id": pl.String}, orient="row"
    )
    frames["rules"] = rules
    frames["rejects"] = rejects_frame(shard.rejects)
    # A paper that is listed again may be in an earlier shard, as may its document.
    kept = validate(frames, relations=WITHIN_A_SHARD)
    return {table: ordered(table, kept[table]) for table in (*RUN_TABLES, "rules")}

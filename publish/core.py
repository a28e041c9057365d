"""The core of a run: a batch of rows in, the batches of all tables out. It knows no engine, no file and no order of batches."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

import schemas
from extract.frames import frames
from extract.readers.papers import Paper
from publish.build import papers_frame, rules_frame, with_ids
from publish.extraction import extractor, read_all
from publish.validation import WITHIN_A_SHARD, validate
from publish.writing import ordered

ROWS = pa.schema(
    [
        pa.field("document", pa.string(), nullable=False),
        pa.field("position", pa.uint32(), nullable=False),
        pa.field("line", pa.uint32()),
        pa.field("paper_id", pa.string()),
        pa.field("title", pa.string()),
        pa.field("abstract", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("text", pa.string()),
    ]
)
"""What stands at a place of a document: a paper, or a reason why there is none, with what is there instead."""
SHARD_TABLES = (*schemas.MENTIONS, "papers", "listings", "rejects")
"""The tables that a batch of rows has a part in."""


def tables_of(rows: pa.RecordBatch) -> dict[str, pa.Table]:
    """The validated tables of a batch of `ROWS`. The same batch gives the same tables, wherever and whenever."""
    papers: dict[str, Paper] = {}
    places: dict[str, tuple[str, int]] = {}
    listings: list[tuple[str, int, int, str]] = []
    rejects: list[tuple[str, str, int | None, str, str]] = []
    for document, position, line, paper_id, title, abstract, reason, text in zip(*rows.to_pydict().values(), strict=True):
        if reason is not None:
            rejects.append(("read", document, line, reason, text))
            continue
        listings.append((document, position, line, paper_id))
        paper = Paper(paper_id, title, abstract)
        if papers.setdefault(paper_id, paper) != paper:
            rejects.append(("read", document, line, DOUBLED, title[:500]))
        places.setdefault(paper_id, (document, line))
    slow: list[tuple[Paper, str]] = []
    found = frames(read_all(papers.values(), slow))
    for paper, where in slow:
        document, line = places[paper.paper_id]
        rejects.append(("extract", document, line, f"stopped by the time limit while reading it: {where}", paper.title[:500]))
    tables: dict[str, pl.DataFrame] = {table: with_ids(table, frame) for table, frame in found.items()}
    tables["papers"] = papers_frame(papers.values())
    tables["listings"] = pl.DataFrame(
        listings, schema={"document": pl.String, "position": pl.UInt32, "line": pl.UInt32, "paper_id": pl.String}, orient="row"
    )
    tables["rejects"] = pl.DataFrame(
        rejects,
        schema={"stage": pl.String, "source": pl.String, "line": pl.UInt32, "reason": pl.String, "text": pl.String},
        orient="row",
    )
    tables["rules"] = rules_frame(extractor().rules, {})
    # A document is known when it has been read to its end, which may be in another batch.
    tables["documents"] = empty("documents")
    kept = validate(tables, relations=WITHIN_A_SHARD)
    return {table: ordered(table, kept[table]).to_arrow() for table in SHARD_TABLES}


def empty(table: str) -> pl.DataFrame:
    """A table without rows."""
    return pl.DataFrame(schema={name: column.dtype.type for name, column in schemas.TABLES[table].to_schema().columns.items()})


DOUBLED = "the id of a paper before it, with another text; the first is kept"
"""Why a paper is not among the papers although it could be read."""

"""seeds -> extract -> schemas -> tables: the whole way, as a pure function of the seeds, the rules and the schemas."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import schemas
from extract.extractor import FIELD_NAMES
from extract.frames import frames
from extract.readers import listing
from extract.readers.papers import Document, InputError, Paper, Reject
from extract.rules import Rule
from publish import gold, places
from publish.evaluation import Evaluation, evaluate
from publish.extraction import extract_all, extractor
from publish.store import alone
from publish.validation import validate
from publish.writing import ordered, sha256, write


@dataclass(frozen=True, slots=True)
class Built:
    """Validated tables in their published order, and how they do on the gold set."""

    tables: dict[str, pl.DataFrame]
    evaluation: Evaluation


def seed_files(folder: Path) -> list[Path]:
    """The seed documents that the manifest names, in its order. Raises InputError if one is missing or not as it says."""
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        raise InputError(f"{folder}: no manifest.csv; name a folder of seeds with --seeds")
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paths = []
    for row in rows:
        path = folder / row["name"]
        if not path.is_file():
            raise InputError(f"{path}: named in manifest.csv but not there; restore it or take its line out")
        if sha256(path) != row["sha256"]:
            raise InputError(
                f"{path}: not the file that manifest.csv names (sha256 differs); seeds are never edited: restore it, or add it under a new name"
            )
        paths.append(path)
    listed = {path.name for path in paths}
    for path in sorted(folder.glob("*.txt")):
        if path.name not in listed:
            raise InputError(f"{path}: not in manifest.csv; add a line with its name, sha256, bytes and kind")
    return paths


def read_documents(paths: Iterable[Path]) -> list[Document]:
    """Read listing pages."""
    return [listing.read(path.name, path.read_bytes()) for path in paths]


def distinct(documents: Iterable[Document]) -> tuple[list[Paper], list[Reject]]:
    """Each paper once, as it is listed first; a later listing with another text is a reject."""
    papers: dict[str, Paper] = {}
    rejects = []
    for document in documents:
        for _, line, paper in document.listed:
            first = papers.setdefault(paper.paper_id, paper)
            if first.abstract != paper.abstract:
                rejects.append(
                    Reject(
                        document.name, line, "the same title as a paper before it, with another abstract; the first is kept", paper.title
                    )
                )
    return list(papers.values()), rejects


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def papers_frame(papers: Iterable[Paper]) -> pl.DataFrame:
    """The table papers."""
    rows = [(*paper, _digest(paper.title), _digest(paper.abstract)) for paper in papers]
    return pl.DataFrame(
        rows,
        schema=["paper_id", "title", "abstract", "title_sha256", "abstract_sha256"],
        orient="row",
        schema_overrides=dict.fromkeys(("paper_id", "title", "abstract", "title_sha256", "abstract_sha256"), pl.String),
    )


def rejects_frame(rejects: Iterable[Reject]) -> pl.DataFrame:
    """Rejects of reading as rows of the table rejects."""
    rows = [("read", *reject) for reject in rejects]
    return pl.DataFrame(
        rows, schema={"stage": pl.String, "source": pl.String, "line": pl.UInt32, "reason": pl.String, "text": pl.String}, orient="row"
    )


def rules_frame(rules: Sequence[Rule], measured: dict[str, tuple[int, float]]) -> pl.DataFrame:
    """The table rules: each rule with its support and precision on the gold set."""
    rows = []
    for rule in rules:
        support, precision = measured.get(rule.id, (0, None))
        rows.append(
            (rule.id, rule.field, rule.reads, rule.pattern, rule.weight, rule.examples[0] if rule.examples else None, support, precision)
        )
    return pl.DataFrame(
        rows,
        schema={
            "rule": pl.String,
            "table": pl.String,
            "reads": pl.String,
            "pattern": pl.String,
            "weight": pl.Float64,
            "example": pl.String,
            "support": pl.UInt32,
            "precision": pl.Float64,
        },
        orient="row",
    )


def with_ids(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame of mentions with `mention_id`: 16 hex digits of sha256 over table, paper_id, section, start and end."""
    keys = frame.select(
        pl.concat_str(pl.lit(table), "paper_id", "section", pl.col("start").cast(pl.String), pl.col("end").cast(pl.String), separator="\t")
    ).to_series()
    return frame.with_columns(pl.Series("mention_id", [_digest(key)[:16] for key in keys], dtype=pl.String))


def assemble(
    documents: Sequence[Document], workers: int = 1, advance: Callable[[int], None] | None = None, gold_file: Path = places.GOLD
) -> Built:
    """All tables of some documents, validated."""
    papers, doubled = distinct(documents)
    chunks = list(extract_all(papers, workers, advance)) or [frames(())]
    extracted = {table: pl.concat(chunk[table] for chunk in chunks) for table in FIELD_NAMES}
    judged = gold.load(gold_file, papers, only_these=True) if papers and gold_file.is_file() else []
    evaluation = evaluate(judged, extracted)
    tables = {
        **{table: with_ids(table, frame) for table, frame in extracted.items()},
        "documents": pl.DataFrame(
            [(document.name, document.sha256, document.bytes, document.format, document.page_date) for document in documents],
            schema={"document": pl.String, "sha256": pl.String, "bytes": pl.UInt64, "format": pl.String, "page_date": pl.String},
            orient="row",
        ),
        "papers": papers_frame(papers),
        "listings": pl.DataFrame(
            [(document.name, one.position, one.line, one.paper.paper_id) for document in documents for one in document.listed],
            schema={"document": pl.String, "position": pl.UInt32, "line": pl.UInt32, "paper_id": pl.String},
            orient="row",
        ),
        "rules": rules_frame(extractor().rules, evaluation.rules()),
        "rejects": rejects_frame([*(reject for document in documents for reject in document.rejects), *doubled]),
    }
    kept = validate(tables)
    return Built({table: ordered(table, kept[table]) for table in schemas.TABLES}, evaluation)


def write_tables(tables: dict[str, pl.DataFrame], folder: Path) -> None:
    """Write tables as Parquet files with a manifest of their rows and checksums; other files in the folder stay.

    Raises InputError if another process is writing there.
    """
    with alone(str(folder)):
        for table, frame in tables.items():
            write(table, frame, folder / f"{table}.parquet")
        manifest = {
            table: {"file": f"{table}.parquet", "rows": frame.height, "sha256": sha256(folder / f"{table}.parquet")}
            for table, frame in tables.items()
        }
        partial = folder / ".manifest.json.partial"
        partial.write_text(json.dumps({"tables": manifest}, indent=2) + "\n", encoding="utf-8")
        partial.replace(folder / "manifest.json")

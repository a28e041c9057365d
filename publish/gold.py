"""Gold files: hand-annotated records, one paper a line of JSON. tests/gold/README.md defines what they hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.readers.papers import InputError, Paper, fold, paper_id

FIELD_NAMES = ("model_sizes", "speedups", "datasets", "repo_links", "metrics", "data_sizes", "context_lengths", "hardware")


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """A paper with what a person found in it, for the tables that were annotated; a record's keys are those of the file."""

    paper: Paper
    records: Mapping[str, list[dict[str, Any]]]


def load(path: Path, papers: Iterable[Paper], only_these: bool = False) -> list[GoldPaper]:
    """The papers of a gold file. A line without its abstract is looked up in `papers` by title and checked by sha256.

    With `only_these`, lines of other papers are left out: what was annotated of seeds that are not read here.

    Raises InputError, with the line, for a file that is none, a paper that is not found, a text that is another, or a
    span that is not in it.
    """
    by_id = {paper_id(paper.title): paper for paper in papers}
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a gold file: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            title = row["title"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: not a line of a gold file: {error}") from error
        if only_these and paper_id(title) not in by_id:
            continue
        if "abstract" in row:
            paper = Paper(str(row.get("id") or paper_id(title)), fold(title), fold(row["abstract"]))
        else:
            listed = by_id.get(paper_id(title))
            if listed is None:
                raise InputError(f"{path}:{number}: the paper {title!r} is in no seed document, and the line has no abstract")
            if hashlib.sha256(listed.abstract.encode()).hexdigest() != row["abstract_sha256"]:
                raise InputError(f"{path}:{number}: the abstract of {title!r} is not the one that was annotated")
            paper = listed
        tables = row.get("tables", FIELD_NAMES)
        if unknown := sorted(set(tables).difference(FIELD_NAMES)):
            raise InputError(f"{path}:{number}: no table {unknown[0]!r}; the tables are {', '.join(FIELD_NAMES)}")
        records = {field: list(row.get(field, ())) for field in tables}
        for field, entries in records.items():
            for entry in entries:
                text = paper.title if entry["where"] == "title" else paper.abstract
                if text[entry["start"] : entry["end"]] != entry["raw"]:
                    raise InputError(f"{path}:{number}: {field}: {entry['raw']!r} is not at {entry['start']} of the {entry['where']}")
        found.append(GoldPaper(paper, records))
    return found

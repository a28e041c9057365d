"""What a change of the rules gains and loses on a corpus: `python -m bench.corpus_report CORPUS --save FILE`, then `--against FILE`.

The corpus is a Parquet file with id, title and abstract. The first call saves the records found by the code as it is;
the second, after the change, writes a report: per field the records gained, lost and changed, a sample of each in
its sentence.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import polars as pl

from extract.extractor import FIELD_NAMES
from extract.readers import formats, sources
from extract.readers.papers import Paper
from publish.extraction import extract_all

_KEY = ["paper_id", "section", "start", "end"]
_AROUND = 80


def records(papers: list[Paper]) -> pl.DataFrame:
    """All records of all fields: field, place, rule and the other values as one text."""
    frames = []
    for chunk in extract_all(papers):
        for field in FIELD_NAMES:
            frame = chunk[field]
            own = [name for name in frame.columns if name not in (*_KEY, "text", "rule")]
            said = pl.concat_str([pl.lit(f"{name}=") + pl.col(name).cast(pl.String).fill_null("-") for name in own], separator=" ")
            frames.append(frame.select(pl.lit(field).alias("field"), *_KEY, "text", "rule", said.alias("said")))
    return pl.concat(frames)


def report(before: pl.DataFrame, after: pl.DataFrame, papers: dict[str, Paper], sample: int) -> str:
    """The differences, field by field."""
    lines = []
    for field in FIELD_NAMES:
        one, other = before.filter(pl.col("field") == field), after.filter(pl.col("field") == field)
        gained = other.join(one, on=_KEY, how="anti")
        lost = one.join(other, on=_KEY, how="anti")
        both = one.join(other, on=_KEY, how="inner", suffix="_after")
        changed = both.filter(pl.col("said") != pl.col("said_after"))
        lines.append(f"## {field}: {one.height} -> {other.height}; gained {gained.height}, lost {lost.height}, changed {changed.height}")
        for what, frame in (("+", gained), ("-", lost), ("~", changed)):
            rows = list(frame.iter_rows(named=True))
            random.Random(0).shuffle(rows)
            for row in rows[:sample]:
                paper = papers[row["paper_id"]]
                text = paper.title if row["section"] == "title" else paper.abstract
                around = f"{text[max(0, row['start'] - _AROUND) : row['start']]}[{row['text']}]{text[row['end'] : row['end'] + _AROUND]}"
                said = row["said"] if what != "~" else f"{row['said']} -> {row['said_after']}"
                lines.append(f"{what} {row['paper_id']} {row['rule']} | {around} | {said}")
        lines.append("")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Save the records of today's rules, or compare with saved ones."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--papers", type=int, default=5000, help="how many papers, from the first")
    parser.add_argument("--sample", type=int, default=40, help="records of each kind to show")
    parser.add_argument("--save", type=Path, help="where to save today's records (Parquet)")
    parser.add_argument("--against", type=Path, help="saved records to compare with")
    asked = parser.parse_args(arguments)
    papers: dict[str, Paper] = {}
    for _, row in formats.read(*sources.find([str(asked.corpus)])).rows:
        if isinstance(row, Paper):
            papers.setdefault(row.paper_id, row)
        if len(papers) >= asked.papers:
            break
    found = records(list(papers.values()))
    if asked.save:
        found.write_parquet(asked.save)
        sys.stdout.write(f"{found.height} records of {len(papers)} papers saved to {asked.save}\n")
    if asked.against:
        sys.stdout.write(report(pl.read_parquet(asked.against), found, papers, asked.sample) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

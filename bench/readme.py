"""The tables of README.md, made from the build: `python -m bench.readme` rewrites them; a test holds README to them."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import regex

from publish import places
from publish.build import Built, assemble, read_documents, seed_files
from publish.scoring import LEVELS, measure

README = Path(__file__).resolve().parent.parent / "README.md"

ROWS = (
    ("speedups", "43%", ("comparator", "value_min", "form", "aspect", "factor_min")),
    ("speedups", "3.18times", ("comparator", "value_min", "form", "aspect", "factor_min")),
    ("metrics", "90.94%", ("comparator", "value_min", "unit", "kind", "metric", "dataset")),
    ("metrics", "1.58", ("comparator", "value_min", "kind", "metric", "dataset")),
    ("model_sizes", "125M to 175B", ("value_min", "value_max", "model", "kind")),
    ("datasets", "LiveXiv", ("dataset", "introduced")),
    ("data_sizes", "141K", ("comparator", "value_min", "unit")),
    ("repo_links", "https://github.com/mlfoundations/model-soups", ("kind", "owner", "repo")),
)
"""The rows that the first screen shows: a table, the text of a mention, and the columns to show of it."""
_AROUND = 34


def rows_table(tables: dict[str, pl.DataFrame]) -> str:
    """Real rows of the build: what stands in the paper, and what is read."""
    papers = {row["paper_id"]: row for row in tables["papers"].iter_rows(named=True)}
    lines = ["| in the paper | table | reads as | rule |", "|---|---|---|---|"]
    for table, text, columns in ROWS:
        row = tables[table].filter(pl.col("text") == text).row(0, named=True)
        source = papers[row["paper_id"]][row["section"]]
        before, after = source[max(0, row["start"] - _AROUND) : row["start"]], source[row["end"] : row["end"] + _AROUND // 2]
        said = ", ".join(f"{name} {row[name]:.6g}" if isinstance(row[name], float) else f"{name} {row[name]}" for name in columns)
        lines.append(f"| …{before}**{row['text']}**{after}… | {table} | {said} | `{row['rule']}` |".replace("\\", "\\\\"))
    return "\n".join(lines)


def scores_table(built: Built) -> str:
    """Precision, recall and F1 on the development set."""
    lines = ["| table | gold | precision | recall | F1 | every attribute right: F1 |", "|---|---|---|---|---|---|"]
    for table, scores in built.evaluation.scores.items():
        strict, record = (measure(scores, level) for level in LEVELS[1:])
        gold = sum(score.gold for score in scores)
        lines.append(
            f"| {table} | {gold} | {strict.precision:.2f} | {strict.recall:.2f} | {strict.f1:.2f} ({strict.low:.2f}-{strict.high:.2f})"
            f" | {record.f1:.2f} ({record.low:.2f}-{record.high:.2f}) |"
        )
    return "\n".join(lines)


def renewed(text: str, built: Built) -> str:
    """README with its tables as the build gives them."""
    for name, table in (("rows", rows_table(built.tables)), ("scores", scores_table(built))):
        block = regex.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", regex.DOTALL)
        text = block.sub(lambda found, table=table: found[1] + table + "\n" + found[2], text)
    return text


def main() -> int:
    """Rewrite the tables in README.md."""
    built = assemble(read_documents(seed_files(places.SEEDS)))
    README.write_text(renewed(README.read_text(encoding="utf-8"), built), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

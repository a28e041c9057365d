"""What people read: the data dictionary, a release's card (README.md), its CHANGES.md and its QUALITY.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
import regex

import schemas
from publish.compare import Comparison, TableChange
from publish.evaluation import Evaluation
from publish.manifest import Manifest
from publish.packages import DESCRIPTION, NAME, TITLE
from publish.scoring import LEVELS, Measured, measure
from publish.validation import RELATIONS

_EXAMPLES = 5
_MARKUP = regex.compile(r"[\\|]|<(?=[\p{L}/!?])")
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def _cell(value: object) -> str:
    """A value in a cell of a table: nothing in it ends the cell or becomes markup."""
    text = " ".join(str(value).split())
    return _MARKUP.sub(r"\\\g<0>", text)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        "|" + "---|" * len(head),
        *(f"| {' | '.join(_cell(value) for value in row)} |" for row in rows),
    ]


def _columns(table: str, level: str) -> list[str]:
    info = schemas.info(table)
    references = {one.reference.column: one.reference.table for one in RELATIONS if one.table == table and one.reference}
    rows = []
    for column in info.columns:
        kind = f"{column.type}: {', '.join(f'`{value}`' for value in column.values)}" if column.values else column.type
        notes = [
            column.description,
            f"in `{references[column.name]}`" if column.name in references and "`" not in column.description else "",
            "may be null" if column.nullable and "null" not in column.description else "",
        ]
        rows.append((column.name, kind, column.unit or "", "; ".join(note for note in notes if note)))
    known = "all its columns" if len(info.key) == len(info.columns) else ", ".join(f"`{name}`" for name in info.key)
    return [
        f"{level} {table}",
        "",
        f"{info.description} A row is known by {known}.",
        "",
        *_table(("column", "type", "unit", "meaning"), rows),
        "",
    ]


def dictionary() -> str:
    """data/README.md: every table and column, as the models declare them."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from `schemas/` by `make dictionary`. Releases lie beside this file, one folder per version; `latest.json` names the",
        "newest. A release never changes; CONTRIBUTING.md says what a version promises, and CHANGES.md in each release what is new.",
        "",
    ]
    for table in schemas.TABLES:
        lines += _columns(table, "##")
    return "\n".join(lines).rstrip() + "\n"


def card(manifest: Manifest) -> str:
    """A release's README.md, with the head that Hugging Face reads. Tables without rows are no configurations: `datasets` refuses them."""
    total = sum(entry.rows for entry in manifest.tables.values())
    filled = [name for name, entry in manifest.tables.items() if entry.rows]
    lines = [
        "---",
        f"pretty_name: {NAME} {manifest.version}",
        "license: cc0-1.0",
        "language:",
        "- en",
        "tags:",
        "- papers",
        "- information-extraction",
        "size_categories:",
        f"- {next((name for bound, name in _SIZES if total < bound), '1M<n<10M')}",
        "configs:",
    ]
    for name in filled:
        lines += [f"- config_name: {name}", f"  data_files: {manifest.tables[name].file}"]
        lines += ["  default: true"] if name == filled[0] else []
    lines += [
        "---",
        "",
        f"# {NAME} {manifest.version}",
        "",
        f"{TITLE}. {DESCRIPTION}",
        "",
        *_table(("table", "rows", "what"), ((name, f"{entry.rows:,}", schemas.info(name).description) for name, entry in manifest.tables.items())),
        "",
        f"Schema version {manifest.schema_version}, made {manifest.released}. CHANGES.md says what is new, QUALITY.md how well the rules read,",
        "manifest.json what this was made from and with. `sha256sum -c SHA256SUMS` checks the files. The tables are under CC0-1.0.",
        "",
        "`content_sha256` in manifest.json is the sha256 of a table's values, whatever wrote the file: a JSON list of the column names,",
        "then each row as a JSON list, joined by line feeds, in UTF-8, without spaces between items and with numbers in their shortest form.",
        "",
        "## Columns",
        "",
    ]  # fmt: skip
    for name in manifest.tables:
        lines += _columns(name, "###")
    return "\n".join(lines).rstrip() + "\n"


def _short(value: object) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else "null" if value is None else str(value)
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= 80 else text[:79] + "…"


_NOT_SHOWN = ("mention_id", "title_sha256", "abstract_sha256", "section", "start", "end")


def _example(change: TableChange, row: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """One row: what it is known by, its text if it has one, and what is said of it."""
    known = " ".join(_short(row[name]) for name in change.key)
    said = ", ".join(f"{name} {value}" for name, value in values.items())
    return (
        f"`{known}`"
        + (f" “`{_short(row['text'])}`”" if "text" in row and "text" not in values and "text" not in change.key else "")
        + f": `{said}`"
    )


def _examples(change: TableChange) -> list[str]:
    lines = []
    for what, frame in (("gained", change.gained), ("lost", change.lost)):
        for row in frame.head(_EXAMPLES).iter_rows(named=True):
            shown = {
                name: _short(value) for name, value in row.items() if value is not None and name not in (*_NOT_SHOWN, *change.key, "text")
            }
            lines.append(f"- {what} {_example(change, row, shown)}")
    for row in change.changed.head(_EXAMPLES).iter_rows(named=True):
        shown = {name: f"{_short(before)} → {_short(after)}" for name, (before, after) in change.differences(row).items()}
        lines.append(f"- changed {_example(change, row, shown)}")
    return lines


def changes(manifest: Manifest, difference: Comparison | None) -> str:
    """A release's CHANGES.md: what differs from the release before."""
    lines = [f"# Changes in {manifest.version}", ""]
    if difference is None or manifest.previous is None:
        lines += ["The first release: all of it is new.", ""]
        return (
            "\n".join([*lines, *_table(("table", "rows"), ((name, f"{entry.rows:,}") for name, entry in manifest.tables.items()))]) + "\n"
        )
    lines += [f"Against {manifest.previous.version}. The change requires: {difference.bump}.", "", "## Schema", ""]
    lines += [f"- {_cell(one)} ({one.bump})" for one in difference.schema] or ["No table and no column differs."]
    lines += ["", "## Rows", ""]
    if not difference.tables:
        return "\n".join([*lines, "No row differs."]) + "\n"
    lines += _table(
        ("table", "gained", "lost", "changed", "columns that differ"),
        (
            (
                one.table,
                *(f"{count:,}" for count in one.counts().values()),
                ", ".join(f"{name} ({count})" for name, count in one.columns.items()),
            )
            for one in difference.tables
        ),
    )
    lines += ["", f"`paperfacts compare {manifest.previous.version} {manifest.version} --parquet changes.parquet` lists every row.", ""]
    for one in difference.tables:
        lines += [f"### {one.table}", "", *_examples(one), ""]
    return "\n".join(lines).rstrip() + "\n"


def _percentages(one: Measured) -> tuple[str, ...]:
    return (
        f"{one.precision:.3f} ({one.precision_low:.3f}-{one.precision_high:.3f})",
        f"{one.recall:.3f} ({one.recall_low:.3f}-{one.recall_high:.3f})",
        f"{one.f1:.3f} ({one.low:.3f}-{one.high:.3f})",
    )


def quality(manifest: Manifest, evaluation: Evaluation, rules: pl.DataFrame) -> str:
    """A release's QUALITY.md: how its fields and rules do on the gold set."""
    says = {
        "found": "The span overlaps a record of the gold set",
        "strict": "The value is right too",
        "record": "Every attribute is right as well",
    }
    papers = len(evaluation.papers)
    lines = [
        f"# Quality of {manifest.version}",
        "",
        f"Measured on {papers} annotated papers (gold set sha256 `{manifest.gold_sha256[:16]}…`), which the rules were developed on: on papers",
        "that nobody tuned to, expect less. In parentheses what holds in 95 of 100 bootstrap samples of papers.",
        "",
    ]
    for level in LEVELS:
        rows = []
        for table, scores in evaluation.scores.items():
            gold, predicted = sum(score.gold for score in scores), sum(score.predicted for score in scores)
            rows.append((table, gold, predicted, *_percentages(measure(scores, level))))
        lines += [f"## {says[level]} ({level})", "", *_table(("table", "gold", "read", "precision", "recall", "F1"), rows), ""]
    used = rules.filter(pl.col("support") > 0)
    lines += [
        "## Rules",
        "",
        "Support is the number of mentions on the gold set of which a rule is the strongest evidence, precision the share of them with the right",
        f"value. {rules.height - used.height} further rules are the strongest evidence of none.",
        "",
        *_table(
            ("rule", "reads", "support", "precision"),
            ((row["rule"], row["reads"], row["support"], f"{row['precision']:.2f}") for row in used.iter_rows(named=True)),
        ),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"

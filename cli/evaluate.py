"""`paperfacts evaluate`: precision and recall against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.console import OUT, plain, progress
from extract.readers.papers import InputError, Paper
from publish import gold, places
from publish.build import distinct, read_documents, seed_files
from publish.evaluation import Evaluation, evaluate, extract_gold
from publish.scoring import LEVELS, Measured, Mistake, measure

_AROUND = 70


def command(
    gold_file: Annotated[
        Path, typer.Option("--gold", help="A gold file (JSON lines); the seeds' development set if not given.")
    ] = places.GOLD,
    errors: Annotated[str | None, typer.Option(help="List what is wrong in a table.")] = None,
    seeds: Annotated[Path, typer.Option(help="The seed documents, for gold lines without an abstract.")] = places.SEEDS,
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure the extraction: precision, recall and F1 of each table at three levels.

    found: the span overlaps a gold span. strict: the value is right too. record: every attribute is right as well.

    Example: `paperfacts evaluate --errors speedups`
    """
    if errors is not None and errors not in gold.FIELD_NAMES:
        raise InputError(f"no table {errors!r}; the tables are {', '.join(gold.FIELD_NAMES)}")
    papers, _ = distinct(read_documents(seed_files(seeds)))
    judged = gold.load(gold_file, papers)
    with progress("extracting", None):
        evaluation = evaluate(judged, extract_gold(judged, workers))
    figures = {table: {level: measure(scores, level) for level in LEVELS} for table, scores in evaluation.scores.items()}
    if as_json:
        typer.echo(json.dumps({table: {level: one._asdict() for level, one in levels.items()} for table, levels in figures.items()}))
        return
    shown = Table(title=f"{len(judged)} papers of {gold_file.name}", title_justify="left")
    shown.add_column("table")
    for column in ("gold", "found F1", "strict P", "strict R", "strict F1", "95 %", "record F1", "95 %"):
        shown.add_column(column, justify="right", no_wrap=True)
    for table, levels in figures.items():
        total = sum(score.gold for score in evaluation.scores[table])
        found, strict, record = (levels[level] for level in LEVELS)
        cells = (found.f1, strict.precision, strict.recall, strict.f1)
        shown.add_row(table, str(total), *(f"{cell:.3f}" for cell in cells), _interval(strict), f"{record.f1:.3f}", _interval(record))
    OUT.print(shown)
    if errors is not None:
        for score in evaluation.scores[errors]:
            for mistake in score.mistakes:
                _show(mistake, evaluation)


def _interval(one: Measured) -> str:
    return f"{one.low:.2f}-{one.high:.2f}"


def _show(mistake: Mistake, evaluation: Evaluation) -> None:
    place = mistake.row if mistake.row is not None else mistake.entry
    if place is None:
        return
    paper: Paper = evaluation.papers[mistake.paper_id]
    source = paper.title if place.get("section", place.get("where")) == "title" else paper.abstract
    start, end = place["start"], place["end"]
    line = Text.assemble(
        (f"{mistake.what:>10} ", "bold red"),
        "…",
        plain(source[max(0, start - _AROUND) : start]),
        (plain(source[start:end]), "reverse"),
        plain(source[end : end + _AROUND]),
        "…",
    )
    OUT.print(line, soft_wrap=True)
    hidden = ("where", "section", "start", "end", "raw", "text", "paper_id")
    for name, values in (("gold", mistake.entry), ("found", mistake.row)):
        if values is not None:
            OUT.print(
                Text(
                    plain(f"{name:>16}: " + ", ".join(f"{key}={value}" for key, value in values.items() if key not in hidden)), style="dim"
                ),
                soft_wrap=True,
            )

"""`paperfacts show`: one paper with its evidence marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from cli.console import OUT, plain, tell
from cli.data import folder
from query import TableError, connect
from schemas import MENTIONS

COLOURS = {
    "model_sizes": "bold cyan", "speedups": "bold green", "datasets": "bold magenta", "repo_links": "underline blue", "metrics": "bold yellow",
    "data_sizes": "bold red", "context_lengths": "bold bright_cyan", "hardware": "bold bright_green",
}  # fmt: skip


def command(
    paper: Annotated[str, typer.Argument(help="A paper_id, the beginning of one, or words of the title.", show_default=False)],
    data: Annotated[Path | None, typer.Option(help="A folder of tables; the newest release (or ./build) if not given.")] = None,
    version: Annotated[str | None, typer.Option(help="A release by its version.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the paper and its mentions as JSON.")] = False,
) -> None:
    """Show one paper with every mention marked in place and named.

    Example: `paperfacts show "model soups"`
    """
    connection = connect(folder(data, version))
    pattern = paper.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = connection.execute(
        "SELECT paper_id, title, abstract FROM papers WHERE starts_with(paper_id, ?) OR title ILIKE '%' || ? || '%' ESCAPE '\\' ORDER BY paper_id = ? DESC, length(title), paper_id",
        [paper, pattern, paper],
    ).fetchall()
    if not found:
        raise TableError(f"no paper with the id or the title {paper!r}")
    paper_id, title, abstract = found[0]
    mentions: list[dict[str, Any]] = []
    for table in MENTIONS:
        result = connection.execute(f"SELECT * EXCLUDE (mention_id, paper_id) FROM {table} WHERE paper_id = ?", [paper_id])
        columns = [column[0] for column in result.description or ()]
        mentions += [{"table": table, **dict(zip(columns, row, strict=True))} for row in result.fetchall()]
    mentions.sort(key=lambda mention: (mention["section"] != "title", mention["start"]))
    if as_json:
        tell(json.dumps({"paper_id": paper_id, "title": title, "abstract": abstract, "mentions": mentions}, ensure_ascii=False) + "\n")
        return
    for shown in page(title, abstract, mentions):
        OUT.print(shown)
    OUT.print(Text(plain(paper_id), style="dim"))
    if len(found) > 1:
        OUT.print(Text(f"{len(found) - 1} more papers match: " + "; ".join(plain(row[1]) for row in found[1:4]), style="dim"))


def page(title: str, abstract: str, mentions: Sequence[Mapping[str, Any]]) -> Iterator[Text | Table]:
    """What is printed of a paper: its texts with every mention marked in place, and a table of what each reads as.

    A mention has its `table`, and that table's columns but for the ids.
    """
    for section, text in (("title", title), ("abstract", abstract)):
        marked = Text(plain(text), style="bold" if section == "title" else "")
        for mention in mentions:
            if mention["section"] == section:
                marked.stylize(COLOURS[mention["table"]], mention["start"], mention["end"])
        yield marked
        yield Text()
    shown = Table("field", "text", "reads as", "rule")
    for mention in mentions:
        values = {
            name: value
            for name, value in mention.items()
            if name not in ("table", "section", "start", "end", "text", "rule") and value is not None
        }
        reads = ", ".join(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}" for name, value in values.items())
        shown.add_row(
            Text(mention["table"], style=COLOURS[mention["table"]]),
            Text(plain(mention["text"])),
            Text(plain(reads)),
            Text(plain(mention["rule"])),
        )
    yield shown

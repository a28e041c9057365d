"""`paperfacts build`: seeds -> validated tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

import schemas
from cli.console import ERR, FINDINGS, OUT, progress
from cli.data import releases
from publish import places
from publish.build import assemble, read_documents, seed_files, write_tables
from publish.compare import compare
from publish.extraction import extractor


def command(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write the tables to.")] = Path("build"),
    seeds: Annotated[Path, typer.Option(help="The folder of listing pages with its manifest.csv.")] = places.SEEDS,
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Build the tables from the seed documents.

    Example: `paperfacts build -o build`
    """
    documents = read_documents(seed_files(seeds))
    listings = sum(len(document.listed) for document in documents)
    papers = len({one.paper.paper_id for document in documents for one in document.listed})
    with progress("reading rules", None):
        extractor()
    with progress("extracting", papers) as advance:
        built = assemble(documents, workers, advance)
    write_tables(built.tables, out)
    counts = {table: frame.height for table, frame in built.tables.items()}
    if as_json:
        typer.echo(json.dumps({"out": str(out.resolve()), "tables": counts}))
    else:
        shown = Table(title=f"{listings} listings of {papers} papers in {len(documents)} documents", title_justify="left")
        for column in ("table", "rows", "papers"):
            shown.add_column(column, justify="left" if column == "table" else "right")
        for table, count in counts.items():
            of = f"{built.tables[table]['paper_id'].n_unique():,}" if table in schemas.MENTIONS else ""
            shown.add_row(table, f"{count:,}", of)
        OUT.print(shown)
        OUT.print(f"written to {out.resolve()}", soft_wrap=True, highlight=False, markup=False)
    if known := releases():
        newest = list(known)[-1]
        difference = compare(known[newest], out)
        rows = sum(sum(change.counts().values()) for change in difference.tables)
        ERR.print(f"against release {newest}: {rows} rows differ, bump required: {difference.bump}", highlight=False)
    if counts["rejects"]:
        ERR.print(
            f'[yellow]{counts["rejects"]} rejects:[/] `paperfacts query --data {out} "SELECT * FROM rejects"` shows them', highlight=False
        )
        raise typer.Exit(FINDINGS)

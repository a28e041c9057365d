"""`paperfacts release`: a new immutable release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.compare import show
from cli.console import OUT, progress, tell
from extract.readers.papers import InputError
from publish import places
from publish.extraction import extractor
from publish.manifest import MANIFEST, load
from publish.release import release


def command(
    version: Annotated[str | None, typer.Argument(help="The version to publish, such as 0.2.0.", show_default=False)] = None,
    bump: Annotated[Literal["auto"] | None, typer.Option(help="auto: the next version that the change requires.")] = None,
    data: Annotated[Path | None, typer.Option(help="The folder of releases; the checkout's data/ if not given.")] = None,
    seeds: Annotated[Path, typer.Option(help="The folder of listing pages with its manifest.csv.")] = places.SEEDS,
    allow_rejects: Annotated[bool, typer.Option("--allow-rejects", help="Publish although some rows are rejects.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that extract.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Publish the tables of the seeds as a new release, which never changes again.

    It is built and verified out of sight and moved into place in one step; if anything is wrong, nothing is published.

    Example: `paperfacts release --bump auto`
    """
    if (version is None) == (bump is None):
        raise InputError("give a version, or --bump auto")
    if data is None:
        if not (places.DATA.parent / "seeds").is_dir():
            raise InputError("this is an installed package and no checkout: name the folder of releases with --data")
        data = places.DATA
    with progress("reading rules", None):
        extractor()
    with progress("extracting", None) as advance:
        folder, difference = release(version, data, seeds, allow_rejects, workers, advance)
    manifest = load(folder / MANIFEST)
    if as_json:
        rows = {table: entry.rows for table, entry in manifest.tables.items()}
        said = {"version": manifest.version, "path": str(folder.resolve()), "schema_version": manifest.schema_version, "tables": rows}
        tell(json.dumps({**said, "difference": difference.as_dict() if difference else None}, ensure_ascii=False) + "\n")
        return
    if difference is not None:
        show(difference)
    size = sum(entry.bytes for entry in manifest.checksums().values())
    OUT.print(
        f"released {manifest.version} (schema {manifest.schema_version}): {len(manifest.tables)} tables, {size / 1e6:.2f} MB, in {folder.resolve()}",
        soft_wrap=True,
        highlight=False,
    )

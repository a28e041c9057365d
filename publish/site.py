"""The explorer: a static site built from a release. The data is written here; the front end in site/ is built around it with npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

import schemas
from extract.readers.papers import InputError
from publish.manifest import MANIFEST, load
from publish.places import SITE
from publish.verification import verify
from query.connect import literal
from query.export import to_duckdb
from query.named_queries import load as named_queries

_FIGURES = "figures"
_SHOWN = ("datasets_by_papers",)
"""Named queries that the first page draws, beside the queries in site/figures/."""


def site(release: Path, out: Path) -> None:
    """Build the explorer of a release into a new folder, which any static host can serve.

    Raises InputError if the release is not whole, `out` is there already, or the front end cannot be built (no checkout, no npm).
    """
    if out.exists():
        raise InputError(f"{out}: is there already; name a new folder, nothing is written over")
    if wrong := verify(release):
        raise InputError(f"{release}: not whole ({wrong[0].file}: {wrong[0].what}); `paperfacts verify {release}` says all that is wrong")
    npm = _npm()
    out.parent.mkdir(parents=True, exist_ok=True)
    built = Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))
    try:
        with tempfile.TemporaryDirectory() as given:
            write_data(release, Path(given))
            _build(npm, Path(given), built)
        built.chmod(0o755)
        built.rename(out)
    finally:
        shutil.rmtree(built, ignore_errors=True)


def write_data(release: Path, out: Path) -> None:
    """What the front end is given: the release as it is, one .duckdb file, and site.json with what the first page shows."""
    shutil.copytree(release, out / "release")
    (out / "data").mkdir()
    to_duckdb(release, out / "data" / "paperfacts.duckdb")
    text = json.dumps(described(release, out / "data" / "paperfacts.duckdb"), ensure_ascii=False, allow_nan=False)
    (out / "data" / "site.json").write_text(text, encoding="utf-8")
    (out / ".nojekyll").touch()  # GitHub Pages serves every file as it is


def described(release: Path, database: Path) -> dict[str, Any]:
    """A release as plain values: version, tables with their columns and rows, views, named queries, and the rows of the figures."""
    manifest = load(release / MANIFEST)
    queries = named_queries()
    figures = {path.stem: path.read_text(encoding="utf-8") for path in sorted((SITE / _FIGURES).glob("*.sql"))}
    figures |= {name: queries[name].sql for name in _SHOWN}
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {literal(str(database))} AS release (READ_ONLY)")
        connection.execute("USE release")
        views = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND database_name = 'release' ORDER BY 1"
        ).fetchall()
        return {
            "version": manifest.version,
            "schema_version": manifest.schema_version,
            "released": manifest.released,
            "previous": manifest.previous and manifest.previous.version,
            "tables": [_table(name, entry.rows) for name, entry in manifest.tables.items()],
            "views": [{"name": name, "description": comment} for name, comment in views],
            "queries": [asdict(query) for query in queries.values()],
            "figures": {name: {"sql": sql.strip(), "rows": _rows(connection, sql)} for name, sql in figures.items()},
        }
    finally:
        connection.close()


def _table(name: str, rows: int) -> dict[str, Any]:
    info = schemas.info(name)
    columns = [
        {"name": one.name, "type": one.type, "unit": one.unit, "description": one.description, "values": list(one.values)}
        for one in info.columns
    ]
    return {"name": name, "description": info.description, "rows": rows, "mentions": name in schemas.MENTIONS, "columns": columns}


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = connection.execute(sql)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _npm() -> str:
    """Where npm is. Raises InputError if there is none, or nothing to build."""
    if not (SITE / "package.json").is_file():
        raise InputError("the explorer is built in a checkout of paperfacts: its front end (site/) is no part of an installed package")
    npm = shutil.which("npm")
    if npm is None:
        raise InputError("npm is not there: the explorer's front end is built with Node.js 20.19 or newer (nodejs.org)")
    return npm


def _build(npm: str, given: Path, out: Path) -> None:
    installed, lock = SITE / "node_modules" / ".package-lock.json", SITE / "package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        _run([npm, "ci", "--loglevel=error"], {})
    _run([npm, "run", "--silent", "build", "--", "--outDir", str(out.resolve())], {"PAPERFACTS_SITE_DATA": str(given)})


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=SITE, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise InputError(f"`{' '.join(['npm', *command[1:]])}` in {SITE} failed:\n{said}")

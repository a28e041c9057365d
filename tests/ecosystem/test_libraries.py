"""Releases opened by libraries that this package does not need: `make test-ecosystem` installs and runs them."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from publish.manifest import MANIFEST, Manifest, load
from query.export import to_duckdb
from tests.releasing import copied

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.filterwarnings("default")  # their warnings are not ours


@pytest.fixture(scope="module")
def elsewhere(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a release in another place."""
    return copied(data / "0.2.0", tmp_path_factory.mktemp("somewhere") / "release")


@pytest.fixture(scope="module")
def manifest(elsewhere: Path) -> Manifest:
    return load(elsewhere / MANIFEST)


def plain(value: Any) -> Any:
    """A value without the ways in which libraries say text and null."""
    if isinstance(value, bytes):
        return value.decode()
    return None if isinstance(value, float) and value != value else value


def test_pandas_reads_every_table(elsewhere: Path, manifest: Manifest) -> None:
    """Rows, columns and values are those of the release."""
    for entry in manifest.tables.values():
        frame = pd.read_parquet(elsewhere / entry.file)
        assert len(frame) == entry.rows
        rows = [tuple(plain(value) for value in row) for row in frame.itertuples(index=False, name=None)]
        assert rows == pl.read_parquet(elsewhere / entry.file).rows()


def test_frictionless_validates_the_package(elsewhere: Path) -> None:
    """`frictionless validate datapackage.json` is content: types, constraints, keys and foreign keys."""
    call = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    result = subprocess.run(call, cwd=elsewhere, capture_output=True, text=True, check=False)
    report = json.loads(result.stdout)
    assert (result.returncode, report["valid"], report["stats"]["errors"]) == (0, True, 0)
    assert len(report["tasks"]) == 13


def test_frictionless_sees_what_is_wrong(elsewhere: Path, tmp_path: Path) -> None:
    """The package says enough that a reference to nothing and a value out of its enum are errors."""
    import frictionless

    mine = copied(elsewhere, tmp_path / "mine")
    frame = pl.read_parquet(mine / "speedups.parquet").with_columns(pl.col("aspect").cast(pl.String))
    frame.with_columns(paper_id=pl.lit("nobody"), aspect=pl.lit("taste")).write_parquet(mine / "speedups.parquet")
    found = {error.type for task in frictionless.validate(str(mine / "datapackage.json")).tasks for error in task.errors}
    assert {"foreign-key", "constraint-error"} <= found


def test_mlcroissant_validates_and_loads_every_record(elsewhere: Path, manifest: Manifest) -> None:
    """croissant.json is valid without an error or warning, and every table's records are those of the release."""
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(elsewhere / "croissant.json"))
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    for name, entry in manifest.tables.items():
        records = [{key.partition("/")[2]: plain(value) for key, value in record.items()} for record in dataset.records(name)]
        assert len(records) == entry.rows
        assert records == pl.read_parquet(elsewhere / entry.file).to_dicts()


def test_datasets_loads_every_table(elsewhere: Path, manifest: Manifest, tmp_path: Path) -> None:
    """`load_dataset` on the folder gives a table by its name, and the first one without."""
    import datasets

    filled = [name for name, entry in manifest.tables.items() if entry.rows]
    assert datasets.get_dataset_config_names(str(elsewhere)) == filled
    for name in filled:
        loaded = datasets.load_dataset(str(elsewhere), name, split="train", cache_dir=str(tmp_path))
        assert loaded.to_list() == pl.read_parquet(elsewhere / f"{name}.parquet").to_dicts()
    assert datasets.load_dataset(str(elsewhere), cache_dir=str(tmp_path))["train"].num_rows == manifest.tables[filled[0]].rows


def test_the_lines_of_the_readme_pin_a_release(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line under "Pin a release" gives the rows of the release that it names."""
    monkeypatch.chdir(data.parent)
    block = (
        (ROOT / "README.md").read_text(encoding="utf-8").partition("## Pin a release")[2].partition("```python\n")[2].partition("```")[0]
    )
    counts = []
    for line in block.splitlines():
        name = line.partition(".")[0]
        found = eval(line, {name: importlib.import_module(name)})  # the README's own lines
        match name:
            case "duckdb":
                counts.append(len(found.fetchall()))
            case "polars":
                counts.append(found.collect().height)
            case "pandas":
                counts.append(len(found))
            case _:
                counts.append(found["train"].num_rows)
    assert counts == [load(data / "0.1.0" / MANIFEST).tables["metrics"].rows] * 4


_OLD = """
import duckdb, json, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
views = [row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
macros = [row[0] for row in connection.execute("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal").fetchall()]
print(json.dumps({
    "version": duckdb.__version__,
    "rows": {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names},
    "views": {name: len(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in views},
    "macros": {name: len(connection.execute(f"SELECT * FROM {name}()").fetchall()) for name in macros},
    "asked": len(connection.execute("SELECT * FROM reports_on_dataset(dataset := 'ImageNet')").fetchall()),
    "comments": connection.execute("SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL").fetchone()[0],
}))
"""


def test_duckdb_1_1_reads_the_exported_file(elsewhere: Path, manifest: Manifest, tmp_path: Path) -> None:
    """The .duckdb file opens in a DuckDB two years older: every table, view, macro and comment of it works."""
    to_duckdb(elsewhere, tmp_path / "x.duckdb")
    call = [os.environ["DUCKDB11"], "-c", _OLD, str(tmp_path / "x.duckdb")]
    said = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
    assert said["version"].startswith("1.1.")
    assert said["rows"] == {**{name: entry.rows for name, entry in manifest.tables.items()}, "about": 3}
    assert said["views"]["mentions"] == sum(rows for name, rows in said["views"].items() if name != "mentions")
    assert len(said["macros"]) == 10
    assert said["asked"] > 0
    assert said["comments"] > 100

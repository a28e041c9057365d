from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest

from extract.readers.papers import InputError
from publish import site as sites
from publish.site import site, write_data
from schemas import MENTIONS, TABLES, info
from tests.releasing import copied


@pytest.fixture(scope="module")
def given(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the front end is given of 0.2.0."""
    out = tmp_path_factory.mktemp("site")
    write_data(data / "0.2.0", out)
    return out


def test_the_release_lies_beside_the_front_end_byte_for_byte(given: Path, data: Path) -> None:
    """Readers of the site can download what was released and check it."""
    release = data / "0.2.0"
    assert {path.name: path.read_bytes() for path in (given / "release").iterdir()} == {
        path.name: path.read_bytes() for path in release.iterdir()
    }


def test_the_front_end_is_told_of_every_table_and_column(given: Path, data: Path) -> None:
    """site.json has the version, each table with its rows, and each column with its description, unit and values."""
    told = json.loads((given / "data" / "site.json").read_text(encoding="utf-8"))
    assert (told["version"], told["previous"]) == ("0.2.0", "0.1.0")
    assert [table["name"] for table in told["tables"]] == list(TABLES)
    assert [table["name"] for table in told["tables"] if table["mentions"]] == list(MENTIONS)
    for table in told["tables"]:
        assert table["rows"] == pl.read_parquet(data / "0.2.0" / f"{table['name']}.parquet").height
        assert [(one["name"], one["description"], one["unit"]) for one in table["columns"]] == [
            (one.name, one.description, one.unit) for one in info(table["name"]).columns
        ]


def test_the_figures_are_those_of_their_sql(given: Path) -> None:
    """What the first page draws is what its SQL gives, which readers can open in the console."""
    told = json.loads((given / "data" / "site.json").read_text(encoding="utf-8"))
    database = duckdb.connect(str(given / "data" / "paperfacts.duckdb"), read_only=True)
    assert set(told["figures"]) == {"sizes_by_family", "speedups_by_aspect", "results_by_dataset", "datasets_by_papers"}
    for figure in told["figures"].values():
        assert [tuple(row.values()) for row in figure["rows"]] == database.execute(figure["sql"]).fetchall()
        assert figure["rows"]


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("Llama-2", "llama"),
        ("LLaMA", "llama"),
        ("Llama 3.1", "llama"),
        ("GPT-3.5", "gpt"),
        ("T5", "t5"),
        ("DeepSeek-V3", "deepseek"),
        (None, None),
    ],
)
def test_a_model_belongs_to_the_family_that_its_name_begins_with(model: str | None, family: str | None, given: Path) -> None:
    """The macro model_family folds case and leaves out versions and sizes."""
    database = duckdb.connect(str(given / "data" / "paperfacts.duckdb"), read_only=True)
    assert database.execute("SELECT model_family(?::VARCHAR)", [model]).fetchall() == [(family,)]


def test_a_damaged_release_is_not_shown(data: Path, tmp_path: Path) -> None:
    """A site is built of a whole release only; the error names the file, and nothing is written."""
    broken = copied(data, tmp_path / "data") / "0.2.0"
    with (broken / "speedups.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match=r"not whole \(speedups\.parquet: .*paperfacts verify"):
        site(broken, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(data: Path, tmp_path: Path) -> None:
    """A folder that is there already stays as it is."""
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="is there already"):
        site(data / "0.2.0", tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_without_a_front_end_or_npm_the_error_says_what_is_missing(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package has no front end, and a machine may have no Node.js."""
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "which", lambda _: None)
        with pytest.raises(InputError, match=r"npm is not there.*Node\.js"):
            site(data / "0.2.0", tmp_path / "out")
    monkeypatch.setattr(sites, "SITE", tmp_path / "nowhere")
    with pytest.raises(InputError, match="built in a checkout"):
        site(data / "0.2.0", tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_build_that_fails_leaves_nothing_and_says_why(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What npm said is in the error; no half-built folder is left."""
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'the disk is full' >&2\nexit 3\n")
    npm.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(npm))
    with pytest.raises(InputError, match="failed:\nthe disk is full"):
        site(data / "0.2.0", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["npm"]

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from extract.readers.papers import InputError
from publish.build import Built, assemble, read_documents, seed_files
from publish.compare import compare
from publish.writing import sha256


def test_a_build_holds_all_papers_and_listings(built: Built) -> None:
    """405 papers, 448 listings, five documents, and nothing rejected."""
    assert {table: built.tables[table].height for table in ("papers", "listings", "documents", "rejects")} == {
        "papers": 405,
        "listings": 448,
        "documents": 5,
        "rejects": 0,
    }
    assert all(built.tables[table].height for table in built.tables if table != "rejects")


def test_a_build_is_the_same_bytes_from_any_folder_with_any_workers(folder: Path, tmp_path: Path) -> None:
    """Two more builds, by the command, from other folders and with 2 workers, write the same bytes."""
    for name, workers in (("one", "1"), ("two", "2")):
        place = tmp_path / name
        place.mkdir()
        subprocess.run(
            [sys.executable, "-m", "cli", "build", "-o", "out", "--workers", workers], cwd=place, check=True, capture_output=True
        )
        for path in folder.glob("*"):
            assert sha256(path) == sha256(place / "out" / path.name), path.name


def test_equal_builds_do_not_differ(folder: Path) -> None:
    """A build compared with itself requires no new version."""
    difference = compare(folder, folder)
    assert difference.bump == "none"
    assert not difference.tables


def test_a_comparison_finds_what_was_changed(folder: Path, built: Built, tmp_path: Path) -> None:
    """One row gained, one lost and one changed are each found, and the bump follows from what changed."""
    for path in folder.glob("*.parquet"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    frame = built.tables["speedups"]
    changed = frame.slice(1).with_columns(
        aspect=pl.when(pl.int_range(frame.height - 1) == 0)
        .then(pl.lit("energy"))
        .otherwise(pl.col("aspect").cast(pl.String))
        .cast(frame.schema["aspect"])
    )
    changed.write_parquet(tmp_path / "speedups.parquet")
    difference = compare(folder, tmp_path)
    (change,) = difference.tables
    assert (change.table, change.gained.height, change.lost.height, change.changed.height) == ("speedups", 0, 1, 1)
    assert change.columns == {"aspect": 1}
    assert difference.bump == "patch"
    frame.drop("aspect").write_parquet(tmp_path / "speedups.parquet")
    assert compare(folder, tmp_path).bump == "major"
    frame.with_columns(new=pl.lit(1)).write_parquet(tmp_path / "speedups.parquet")
    assert compare(folder, tmp_path).bump == "minor"
    (tmp_path / "speedups.parquet").unlink()
    assert compare(folder, tmp_path).bump == "major"


def test_seeds_that_differ_from_their_manifest_are_refused(tmp_path: Path) -> None:
    """A changed, missing or unlisted seed stops the build with the file's name and what to do."""
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match=r"no manifest\.csv"):
        seed_files(tmp_path)
    (tmp_path / "manifest.csv").write_text("name,sha256,bytes,kind\n")
    with pytest.raises(InputError, match="not in manifest"):
        seed_files(tmp_path)
    (tmp_path / "manifest.csv").write_text(f"name,sha256,bytes,kind\na.txt,{'0' * 64},1,paragraphs\n")
    with pytest.raises(InputError, match="sha256 differs"):
        seed_files(tmp_path)
    (tmp_path / "manifest.csv").write_text(f"name,sha256,bytes,kind\nb.txt,{'0' * 64},1,paragraphs\n")
    with pytest.raises(InputError, match="not there"):
        seed_files(tmp_path)


def test_bad_documents_are_in_the_tables(tmp_path: Path) -> None:
    """What could not be read is a row of rejects; a build of nothing but that is still a build."""
    path = tmp_path / "bad.txt"
    path.write_bytes(b"\xff")
    built = assemble(read_documents([path]))
    assert built.tables["papers"].height == 0
    assert built.tables["rejects"].row(0, named=True)["source"] == "bad.txt"

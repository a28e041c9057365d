from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from extract.readers.papers import InputError
from publish.manifest import MANIFEST, SUMS, FileEntry, load
from publish.staging import write_sums
from publish.verification import verify, verify_all
from publish.writing import content_sha256, describe, sha256, write
from tests.releasing import copied

FILES = 20
"""Files of a release: thirteen tables, the manifest, the sums, two packages and three pages."""


@pytest.fixture
def mine(data: Path, tmp_path: Path) -> Path:
    """A copy of the newest release, to be broken."""
    return copied(data / "0.2.0", tmp_path / "0.2.0")


def named(folder: Path) -> set[str]:
    return {one.file for one in verify(folder)}


@pytest.mark.parametrize("number", range(FILES))
def test_any_flipped_byte_is_found_and_named(number: int, mine: Path) -> None:
    """In every file, a byte flipped at the beginning, the end, or between is found, and that file is named."""
    files = sorted(mine.iterdir())
    assert len(files) == FILES
    path = files[number]
    content = path.read_bytes()
    places = {0, len(content) - 1, *random.Random(number).sample(range(len(content)), 2)}
    for place in sorted(places):
        path.write_bytes(content[:place] + bytes((content[place] ^ (1 << place % 8),)) + content[place + 1 :])
        assert path.name in named(mine), place
    path.write_bytes(content)
    assert not verify(mine)


@pytest.mark.parametrize("number", range(FILES))
def test_a_missing_or_shorter_file_is_found_and_named(number: int, mine: Path) -> None:
    """A file that is gone or cut is found and named."""
    path = sorted(mine.iterdir())[number]
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert path.name in named(mine)
    path.unlink()
    assert path.name in named(mine)


def test_an_extra_file_or_folder_is_found(mine: Path) -> None:
    """Nothing is in a release that its manifest does not name."""
    (mine / "notes.txt").write_text("x")
    (mine / "more").mkdir()
    (mine / "more" / "x.parquet").write_text("x")
    assert named(mine) == {"notes.txt", "more", "more/x.parquet"}
    write_sums_of_files(mine)
    assert "notes.txt" in named(mine)


def write_sums_of_files(folder: Path) -> None:
    """SHA256SUMS made anew, as somebody would who changes a file on purpose."""
    shutil.rmtree(folder / "more", ignore_errors=True)
    write_sums(folder)


def forge(folder: Path, table: str, frame: pl.DataFrame, honest: bool = False) -> None:
    """Other values in a table, with every checksum made to agree; the content hash too if `honest`."""
    manifest = load(folder / MANIFEST)
    path = folder / f"{table}.parquet"
    about = {"paperfacts.version": manifest.version, "paperfacts.schema_version": manifest.schema_version}
    write(table, frame, path, about)
    entry = replace(manifest.tables[table], bytes=path.stat().st_size, sha256=sha256(path), rows=frame.height)
    if honest:
        entry = replace(entry, content_sha256=content_sha256(frame))
    (folder / MANIFEST).write_text(replace(manifest, tables={**manifest.tables, table: entry}).text())
    write_sums(folder)


def test_an_edited_value_is_found_even_with_checksums_made_to_agree(mine: Path) -> None:
    """The content hash holds the values, whatever the file's own checksum says."""
    frame = pl.read_parquet(mine / "metrics.parquet")
    forge(mine, "metrics", frame.with_columns(value_max=pl.col("value_max") + 1))
    assert [one.what for one in verify(mine)] == ["has other values than the manifest says (content_sha256 differs)"]


@pytest.mark.parametrize(
    ("table", "change", "says"),
    [
        ("metrics", {"value_max": pl.lit(-1.0)}, "values_in_order"),
        ("metrics", {"paper_id": pl.lit("nobody")}, "every mention is of a paper"),
        ("metrics", {"rule": pl.lit("nobody.knows")}, "every rule is in `rules`"),
        ("metrics", {"text": pl.col("text").str.replace(".$", "§")}, "section[start:end] of the paper is the text"),
        ("listings", {"document": pl.lit("nowhere.txt")}, "every listing is in a document"),
        ("papers", {"abstract": pl.lit("Nothing.")}, "section[start:end] of the paper is the text"),
        ("repo_links", {"url": pl.lit("ftp://x")}, "str_matches"),
    ],
)
def test_values_that_cannot_be_are_found_whatever_the_hashes_say(table: str, change: dict[str, pl.Expr], says: str, mine: Path) -> None:
    """Schemas, spans and references are checked on the values themselves."""
    forge(mine, table, pl.read_parquet(mine / f"{table}.parquet").with_columns(**change), honest=True)
    assert any(says in one.what for one in verify(mine))


def test_a_forged_release_breaks_the_chain(data: Path, tmp_path: Path) -> None:
    """Each manifest names the checksum of the one before, and latest.json that of the newest: a forger would have to change them all."""
    both = copied(data, tmp_path / "data")
    for version in ("0.1.0", "0.2.0"):
        forge(both / version, "hardware", pl.read_parquet(both / version / "hardware.parquet").head(0), honest=True)
        assert verify(both / version) == []
    found = verify_all(both)
    assert [one.file for one in found["0.1.0"]] == [MANIFEST]
    assert [one.file for one in found["data"]] == ["latest.json"]


@pytest.mark.parametrize(
    "broken", ["", "{}", "[]", '{"version": "0.2.0"}', "\x00", '{"name": "paperfacts", "tables": 3}'], ids=["empty", "{}", "[]", "version", "nul", "3"]
)  # fmt: skip
def test_a_broken_latest_or_manifest_is_a_finding(broken: str, data: Path, tmp_path: Path) -> None:
    """Whatever stands in them, there is no traceback: the file is named."""
    both = copied(data, tmp_path / "data")
    (both / "latest.json").write_text(broken)
    (both / "0.1.0" / MANIFEST).write_text(broken)
    found = verify_all(both)
    assert found["data"][0].file == "latest.json"
    assert MANIFEST in {one.file for one in found["0.1.0"]}


def test_a_gap_or_a_stranger_among_releases_is_found(data: Path, tmp_path: Path) -> None:
    """A release that was taken out, renamed, or a file that nobody knows is named."""
    both = copied(data, tmp_path / "data")
    (both / "0.2.0").rename(both / "0.4.0")
    (both / "notes.txt").write_text("x")
    found = verify_all(both)
    assert "is that of 0.2.0" in found["0.4.0"][0].what
    assert {one.file for one in found["data"]} == {"notes.txt", "latest.json"}
    shutil.rmtree(both / "0.1.0")
    assert any("as the release before" in one.what for one in verify_all(both)["0.4.0"])


def test_a_release_of_another_schema_is_held_to_its_own(mine: Path) -> None:
    """A release with a column that this code does not know is whole; its files say what they hold."""
    frame = pl.read_parquet(mine / "hardware.parquet").with_columns(colour=pl.lit("red"))
    about = describe("hardware")
    columns = json.loads(about["paperfacts.columns"]) | {"colour": {"description": "x", "type": "string", "nullable": False}}
    manifest = load(mine / MANIFEST)
    versions = {"paperfacts.version": manifest.version, "paperfacts.schema_version": manifest.schema_version}

    def put(frame: pl.DataFrame) -> None:
        path = mine / "hardware.parquet"
        write("hardware", frame, path, {**versions, "paperfacts.columns": json.dumps(columns)})
        entry = replace(manifest.tables["hardware"], bytes=path.stat().st_size, sha256=sha256(path), content_sha256=content_sha256(frame))
        (mine / MANIFEST).write_text(replace(manifest, tables={**manifest.tables, "hardware": entry}).text())
        write_sums(mine)

    put(frame)
    assert verify(mine) == []
    put(frame.with_columns(colour=pl.lit(None, pl.String)))
    assert any("nulls in a column that has none" in one.what for one in verify(mine))
    put(frame.with_columns(colour=pl.lit(3)))
    assert any("has the columns" in one.what for one in verify(mine))


def test_the_manifest_names_what_is_not_there(mine: Path) -> None:
    """A file that only the manifest knows is missing, whatever SHA256SUMS says."""
    manifest = load(mine / MANIFEST)
    (mine / MANIFEST).write_text(replace(manifest, files={**manifest.files, "more.md": FileEntry(1, "0" * 64)}).text())
    write_sums(mine)
    assert named(mine) == {"more.md"}
    assert (mine / SUMS).is_file()


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """The message says what to name; a folder without releases says how to make one."""
    with pytest.raises(InputError, match="no such folder"):
        verify(tmp_path / "x")
    with pytest.raises(InputError, match="no releases in it"):
        verify_all(tmp_path)

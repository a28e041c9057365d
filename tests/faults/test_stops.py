"""`extract`, `build` and `export` killed at random moments: `make test-faults`. Whatever the moment, nothing is half, and the next run completes."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from publish.build import assemble, read_documents, seed_files, write_tables
from publish.release import release
from publish.verification import verify_all
from tests.faults.driving import Driver
from tests.mutating import papers
from tests.releasing import ONE, copied, seeds

EXTRACT, BUILD, EXPORT = 60, 25, 40
"""Kills of each command, one at a random moment of each equal share of its run."""

WORK = """
from pathlib import Path
from publish import shards
from publish.build import assemble, read_documents, seed_files, write_tables
from publish.run import extract_files
from query import export
shards.SHARD = 8
def work(out, command, source):
    if command == "extract":
        extract_files([source], out)
    elif command == "build":
        write_tables(assemble(read_documents(seed_files(Path(source)))).tables, Path(out))
    else:
        getattr(export, command)(Path(source), Path(out))
"""


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    one = Driver(WORK)
    yield one
    one.close()


def files(folder: Path, *, hidden: bool = False) -> dict[str, bytes]:
    """Every file under its final name (or every other), with its content."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if any(part.startswith(".") for part in name.split("/")) == hidden}


def moments(count: int, seconds: float) -> Iterator[float]:
    """A random moment of each of so many shares of a run."""
    chance = random.Random(count)
    return (seconds * (number + chance.random()) / count for number in range(count))


def test_a_killed_extract_goes_on_to_the_same_bytes(driver: Driver, tmp_path: Path) -> None:
    """Each kill on what the one before left: every part under its name is the whole run's, and in the end they all are there."""
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": one.paper_id, "title": one.title, "abstract": one.abstract}) + "\n" for one in papers(100)))
    seconds = driver.timed(tmp_path / "whole", "extract", source)
    whole = files(tmp_path / "whole")
    left: Counter[str] = Counter()
    out = tmp_path / "out"
    for number, moment in enumerate(moments(EXTRACT, seconds)):
        # What is done already makes the next run shorter: every few kills it begins anew, with later moments.
        if number % 5 == 0:
            out = tmp_path / f"out-{number}"
        driver.run(out, "extract", source, seconds=moment)
        now = files(out) if out.exists() else {}
        manifest = now.pop("manifest.json", b"{}")
        assert now.items() <= whole.items()
        complete = json.loads(manifest).get("complete", False)
        assert complete is False or now == {name: content for name, content in whole.items() if name != "manifest.json"}
        left["complete" if complete else "parts" if now else "nothing"] += 1
        if number % 5 == 4:
            assert driver.run(out, "extract", source) >= 0
            assert files(out) == whole
            assert not files(out, hidden=True)
    print(f"extract: {EXTRACT} kills over {seconds:.1f} s left {dict(left)}")
    assert left["parts"] > EXTRACT / 4


def test_a_killed_build_leaves_old_or_new_tables(driver: Driver, tmp_path: Path) -> None:
    """Over an older build, each table is the old one or the new one, whole; the next run makes all of them new."""
    older = seeds(tmp_path / "older", ONE)
    newer = seeds(tmp_path / "newer", ONE, edit=lambda text: text.replace("2.7times", "2.9times").replace("7B", "8B"))
    write_tables(assemble(read_documents(seed_files(older))).tables, tmp_path / "old")
    seconds = driver.timed(tmp_path / "new", "build", newer)
    old, new = files(tmp_path / "old"), files(tmp_path / "new")
    assert old != new
    left: Counter[str] = Counter()
    for number, moment in enumerate(moments(BUILD, seconds * 1.05)):
        out = copied(tmp_path / "old", tmp_path / f"out-{number}")
        driver.run(out, "build", newer, seconds=moment)
        now = files(out)
        assert now.keys() == old.keys()
        assert all(content in (old[name], new[name]) for name, content in now.items())
        left["new" if now == new else "old" if now == old else "both"] += 1
        driver.run(out, "build", newer)
        assert files(out) == new
        assert not files(out, hidden=True)
    print(f"build: {BUILD} kills over {seconds:.1f} s left {dict(left)}")


def content(path: Path) -> object:
    """What an export holds: its bytes, or, of a database, the rows of all tables."""
    if path.is_dir():
        return files(path)
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as database:
            return list(database.iterdump())
    with duckdb.connect(str(path), read_only=True) as database:
        names = [row[0] for row in database.sql("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: database.sql(f"FROM {name}").fetchall() for name in names}


@pytest.mark.parametrize("command", ["to_duckdb", "to_sqlite", "to_csv", "to_jsonl"])
def test_a_killed_export_is_there_whole_or_not_at_all(command: str, driver: Driver, tmp_path: Path) -> None:
    """After a kill nothing or all of it stands under its name, the release is as it was, and the next run leaves nothing beside it."""
    data = tmp_path / "data"
    release("0.1.0", data, seeds(tmp_path / "seeds", ONE))
    before = files(data)
    name = {"to_duckdb": "x.duckdb", "to_sqlite": "x.sqlite"}.get(command, "x")
    seconds = driver.timed(tmp_path / name, command, data / "0.1.0")
    whole = content(tmp_path / name)
    left: Counter[str] = Counter()
    for number, moment in enumerate(moments(EXPORT // 4, seconds)):
        folder = tmp_path / f"out-{number}"
        folder.mkdir()
        driver.run(folder / name, command, data / "0.1.0", seconds=moment)
        if (folder / name).exists():
            assert content(folder / name) == whole
            left["whole"] += 1
        else:
            left["partial" if any(folder.iterdir()) else "nothing"] += 1
            driver.run(folder / name, command, data / "0.1.0")
            assert content(folder / name) == whole
        assert [path.name for path in folder.iterdir()] == [name]
    assert files(data) == before
    assert not any(verify_all(data).values())
    print(f"export {command}: {EXPORT // 4} kills over {seconds:.1f} s left {dict(left)}")

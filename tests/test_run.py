from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fsspec
import polars as pl
import pytest

from extract.readers.papers import InputError
from extract.rules import Rule
from extract.scanning import Scanner
from publish import extraction, shards
from publish.extraction import extractor
from publish.run import Summary, extract_files
from publish.store import Store, StoreError
from publish.workers import local

SMALL = "import publish.shards; publish.shards.SHARD = 20; from cli.main import main; main()"
"""The command with shards of 20 papers."""


def papers(first: int, count: int, text: str = "A {n}B model is {n}x faster on MMLU.") -> list[dict[str, str]]:
    return [{"id": f"p{n:05d}", "title": f"Title {n}", "abstract": text.format(n=n)} for n in range(first, first + count)]


def write_lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def rows_of(out: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of an output by table, in any order."""
    return {
        folder.name: sorted((row for file in folder.glob("part-*") for row in pl.read_parquet(file).rows()), key=repr)
        for folder in out.iterdir()
        if folder.is_dir() and not folder.name.startswith(".")
    }


def files_of(out: Path) -> dict[str, bytes]:
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*.parquet")}


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of 20 papers."""
    monkeypatch.setattr(shards, "SHARD", 20)


def run(inputs: Path, out: Path, workers: int = 1) -> Summary:
    return extract_files([str(inputs)], str(out), engine=local(workers))


def listed(out: Path) -> dict[str, int]:
    """The part files that the manifest lists, with their rows."""
    manifest = json.loads((out / "manifest.json").read_text())
    return {part["file"]: part["rows"] for parts in manifest["tables"].values() for part in parts}


@pytest.mark.usefixtures("small_shards")
def test_an_output_is_parts_and_a_manifest_that_lists_them(tmp_path: Path) -> None:
    """Every part file is listed with its rows and nothing else is there; the inputs are named with their identity."""
    write_lines(tmp_path / "x.jsonl", papers(1, 50))
    summary = run(tmp_path / "x.jsonl", tmp_path / "out")
    assert summary.papers == 50
    assert len(list((tmp_path / "out" / "papers").iterdir())) == 3
    assert listed(tmp_path / "out") == {file: pl.read_parquet(tmp_path / "out" / file).height for file in files_of(tmp_path / "out")}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["complete"]
    assert manifest["inputs"][0]["inputs"][0]["document"] == "x.jsonl"
    assert manifest["inputs"][0]["inputs"][0]["identity"]
    assert not list((tmp_path / "out").rglob(".*.partial"))


@pytest.mark.usefixtures("small_shards")
def test_two_workers_give_the_same_files(tmp_path: Path) -> None:
    """The same bytes under the same names, whatever the number of processes."""
    write_lines(tmp_path / "x.jsonl", papers(1, 110))
    run(tmp_path / "x.jsonl", tmp_path / "one", 1)
    run(tmp_path / "x.jsonl", tmp_path / "two", 2)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


@pytest.mark.parametrize(("sign", "code", "workers"), [(signal.SIGKILL, -9, 2), (signal.SIGINT, 130, 1)])
def test_a_run_that_was_stopped_goes_on(
    sign: signal.Signals, code: int, workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL or Ctrl-C in the middle: what is there is whole, and the same command gives what an uninterrupted run gives."""
    write_lines(tmp_path / "x.jsonl", papers(1, 300, "We train a {n}B model that is {n}x faster and reaches {n}% on MMLU. " * 4))
    command = [sys.executable, "-c", SMALL, "extract", "x.jsonl", "--workers", str(workers), "--json", "-o"]
    stopped = subprocess.Popen([*command, "out"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while len(list((tmp_path / "out").glob("papers/part-*"))) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    stopped.send_signal(sign)
    said = stopped.communicate(timeout=60)[1]
    assert stopped.returncode == code
    assert "Traceback" not in said
    before = files_of(tmp_path / "out")
    assert 3 <= len([file for file in before if file.startswith("papers/")]) < 15
    again = subprocess.run([*command, "out"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert json.loads(again.stdout)["papers"] < 300
    monkeypatch.setattr(shards, "SHARD", 20)
    run(tmp_path / "x.jsonl", tmp_path / "whole")
    after = files_of(tmp_path / "out")
    assert after == files_of(tmp_path / "whole")
    assert before.items() <= after.items()


@pytest.mark.usefixtures("small_shards")
def test_a_full_disk_stops_a_run_that_goes_on_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room in the middle: a message that says what to do, nothing half-written, and the rest later."""
    write_lines(tmp_path / "x.jsonl", papers(1, 100))
    room = iter(range(20))

    def fsync(_: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(StoreError, match="No space left on device; what is written is whole"):
            run(tmp_path / "x.jsonl", tmp_path / "out")
    assert not list((tmp_path / "out").rglob(".*.partial"))
    assert 0 < run(tmp_path / "x.jsonl", tmp_path / "out").papers < 100
    run(tmp_path / "x.jsonl", tmp_path / "whole")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


@pytest.mark.usefixtures("small_shards")
def test_a_finished_output_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command again reads no rule and writes no file."""
    write_lines(tmp_path / "x.jsonl", papers(1, 50))
    first = run(tmp_path / "x.jsonl", tmp_path / "out")
    monkeypatch.setattr(Store, "write", lambda *_: pytest.fail("something is written"))
    again = run(tmp_path / "x.jsonl", tmp_path / "out")
    assert (again.papers, again.in_all, again.rows) == (0, 50, first.rows)


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    """A second run is told that the first is at work."""
    write_lines(tmp_path / "x.jsonl", papers(1, 5))
    (tmp_path / "out").mkdir()
    held = os.open(tmp_path / "out", os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="another run is writing there"):
            run(tmp_path / "x.jsonl", tmp_path / "out")
    finally:
        os.close(held)


@pytest.mark.usefixtures("small_shards")
def test_an_output_may_be_an_address(tmp_path: Path) -> None:
    """A store of objects holds the files that a folder would."""
    write_lines(tmp_path / "x.jsonl", papers(1, 50))
    run(tmp_path / "x.jsonl", tmp_path / "out")
    address = f"memory://{tmp_path.name}/facts"
    assert extract_files([str(tmp_path / "x.jsonl")], address).papers == 50
    memory = fsspec.filesystem("memory")
    for file, content in files_of(tmp_path / "out").items():
        assert memory.cat_file(f"/{tmp_path.name}/facts/{file}") == content
    assert extract_files([str(tmp_path / "x.jsonl")], address).papers == 0


@pytest.mark.usefixtures("small_shards")
def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    """One row group of one file changes: its shard is redone, the others keep their files, and the rows are those of a new run."""
    (tmp_path / "in").mkdir()
    for name, first in (("a", 1), ("b", 101)):
        pl.DataFrame(papers(first, 100)).write_parquet(tmp_path / "in" / f"{name}.parquet", row_group_size=20)
    run(tmp_path / "in", tmp_path / "out")
    before = files_of(tmp_path / "out")
    changed = papers(101, 100)
    changed[45]["abstract"] = "It has 3B parameters."
    pl.DataFrame(changed).write_parquet(tmp_path / "in" / "b.parquet", row_group_size=20)
    assert run(tmp_path / "in", tmp_path / "out").papers == 20
    after = files_of(tmp_path / "out")
    assert len([file for file in before if file.startswith("papers/") and file in after]) == 9
    (tmp_path / "in" / "a.parquet").unlink()
    assert run(tmp_path / "in", tmp_path / "out").papers == 0
    run(tmp_path / "in", tmp_path / "new")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "new")


@pytest.mark.usefixtures("small_shards")
def test_changed_rules_ask_for_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rules than those of the output: all of it is redone, and nothing of it is left."""
    write_lines(tmp_path / "x.jsonl", papers(1, 50))
    run(tmp_path / "x.jsonl", tmp_path / "out")
    before = files_of(tmp_path / "out")
    monkeypatch.setattr(shards, "fingerprint", lambda: "another")
    monkeypatch.setattr("publish.run.fingerprint", lambda: "another")
    assert run(tmp_path / "x.jsonl", tmp_path / "out").papers == 50
    parts = [file for file in before if "all" not in file and "empty" not in file]
    assert not [file for file in parts if (tmp_path / "out" / file).exists()]


@pytest.mark.usefixtures("small_shards")
def test_a_part_that_is_gone_is_written_again(tmp_path: Path) -> None:
    """A part file that was lost or cut is noticed, and only its shard is redone."""
    write_lines(tmp_path / "x.jsonl", papers(1, 100))
    run(tmp_path / "x.jsonl", tmp_path / "out")
    whole = files_of(tmp_path / "out")
    parts = sorted((tmp_path / "out" / "speedups").iterdir())
    parts[0].unlink()
    parts[1].write_bytes(parts[1].read_bytes()[:-9])
    assert run(tmp_path / "x.jsonl", tmp_path / "out").papers == 40
    assert files_of(tmp_path / "out") == whole


@pytest.mark.usefixtures("small_shards")
def test_a_paper_in_several_shards_is_kept_once(tmp_path: Path) -> None:
    """The first stays with its mentions; the others stay listed; one with another text is a reject. Later runs agree."""
    again = papers(5, 2)
    other = {"id": "p00007", "title": "Title 7", "abstract": "Another text with 9B parameters."}
    write_lines(tmp_path / "x.jsonl", [*papers(1, 50), *again, other])
    run(tmp_path / "x.jsonl", tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert len(rows["papers"]) == len({row[0] for row in rows["papers"]}) == 50
    assert len(rows["speedups"]) == 50
    assert len(rows["listings"]) == 53
    assert [(row[1], row[2], "another text" in row[3]) for row in rows["rejects"]] == [("x.jsonl", 53, True)]
    assert run(tmp_path / "x.jsonl", tmp_path / "out").papers == 0
    write_lines(tmp_path / "x.jsonl", [*papers(100, 40), *again, other])
    run(tmp_path / "x.jsonl", tmp_path / "out")
    assert len(rows_of(tmp_path / "out")["speedups"]) == 42
    run(tmp_path / "x.jsonl", tmp_path / "new")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "new")


@pytest.mark.usefixtures("small_shards")
def test_a_paper_comes_back_when_its_first_place_is_gone(tmp_path: Path) -> None:
    """A shard that lost papers to one before it has them again when that one is taken out of the inputs."""
    (tmp_path / "in").mkdir()
    for name, first in (("a", 1), ("b", 11)):
        pl.DataFrame(papers(first, 20)).write_parquet(tmp_path / "in" / f"{name}.parquet")
    run(tmp_path / "in", tmp_path / "out")
    assert len(rows_of(tmp_path / "out")["papers"]) == 30
    (tmp_path / "in" / "a.parquet").unlink()
    run(tmp_path / "in", tmp_path / "out")
    assert {row[0] for row in rows_of(tmp_path / "out")["papers"]} == {paper["id"] for paper in papers(11, 20)}


def test_a_paper_that_makes_a_rule_explode_is_rejected_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit stops one paper, the rejects say which rule, and the papers around it are extracted."""
    w = " ".join(["( !END* !END* )*"] * 8)
    slow = Rule("speedups.exploding", "an explosion", f"{w} q=FACTOR {w} OPEN{{2,2}}", 1.0, ("{3x}",))
    own = extractor()
    monkeypatch.setattr(own, "claims", Scanner([*own.claims.rules, slow], own.reader.alphabet))
    monkeypatch.setattr(extraction.read_all, "__defaults__", (0.5,))
    rows = papers(1, 3)
    rows[1]["abstract"] = "This (as it is) goes " + "on and on " * 40 + "3x " + "and on and on " * 30 + "(and on)"
    write_lines(tmp_path / "x.jsonl", rows)
    run(tmp_path / "x.jsonl", tmp_path / "out")
    found = rows_of(tmp_path / "out")
    assert [(row[0], row[2], "speedups.exploding" in row[3]) for row in found["rejects"]] == [("extract", 2, True)]
    assert {row[1] for row in found["speedups"]} == {"p00001", "p00003"}

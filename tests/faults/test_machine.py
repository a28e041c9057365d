"""What machines do to commands: full and read-only disks, clocks that jump, Ctrl-C, a worker that dies, two runs at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple

import pytest

from publish import release as releasing
from publish.release import release
from publish.run import extract_files
from publish.verification import verify_all
from tests.faults.test_stops import content, files
from tests.mutating import papers
from tests.releasing import ONE, copied, seeds

SMALL = (
    "import os, signal; signal.signal(signal.SIGINT, lambda *_: os._exit(130));"
    "import publish.shards; publish.shards.SHARD = 20; from cli.start import main; main()"
)
"""The command with shards of 20 papers; it begins as the command does (`cli/start.py`)."""


class Command(NamedTuple):
    """A command that writes: its arguments, of which {out} is where to, and where what it makes stands then."""

    arguments: tuple[str, ...]
    made: str = "{out}"


COMMANDS = {
    "extract": Command(("extract", "{in}/papers.jsonl", "-o", "{out}")),
    "extract by two": Command(("extract", "{in}/papers.jsonl", "-o", "{out}", "--workers", "2")),
    "build": Command(("build", "--seeds", "{in}/seeds", "-o", "{out}")),
    "release": Command(("release", "--bump", "auto", "--seeds", "{in}/seeds", "--data", "{out}")),
    "export duckdb": Command(("export", "--duckdb", "{out}/x.duckdb", "--data", "{in}/data/0.1.0"), "{out}/x.duckdb"),
    "export sqlite": Command(("export", "--sqlite", "{out}/x.sqlite", "--data", "{in}/data/0.1.0"), "{out}/x.sqlite"),
    "export csv": Command(("export", "--csv", "{out}/x", "--data", "{in}/data/0.1.0"), "{out}/x"),
    "export jsonl": Command(("export", "--jsonl", "{out}/x", "--data", "{in}/data/0.1.0"), "{out}/x"),
}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands read: papers, seeds, a folder of releases."""
    folder = tmp_path_factory.mktemp("given")
    rows = ({"id": one.paper_id, "title": one.title, "abstract": one.abstract} for one in papers(200))
    (folder / "papers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    release("0.1.0", folder / "data", seeds(folder / "first", ONE))
    seeds(folder / "seeds", ONE, edit=lambda text: text.replace("2.7times", "2.9times"))
    return folder


def begin(name: str, given: Path, out: Path) -> subprocess.Popen[str]:
    """Begin a command; a release goes into a folder that has one."""
    if name == "release" and not list(out.glob("0.*")):
        for path in (given / "data").iterdir():
            (copied(path, out / path.name) if path.is_dir() else (out / path.name).write_bytes(path.read_bytes()))
    arguments = [part.replace("{in}", str(given)).replace("{out}", str(out)) for part in COMMANDS[name].arguments]
    return subprocess.Popen([sys.executable, "-c", SMALL, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(name: str, given: Path, out: Path) -> tuple[int, str]:
    """Run a command; its exit code, and what it said of errors."""
    process = begin(name, given, out)
    said = " ".join(process.communicate(timeout=120)[1].split())
    assert "Traceback" not in said
    return process.returncode, said


def made(name: str, out: Path) -> object:
    """What a command made; of a release everything that another day would not change."""
    path = Path(COMMANDS[name].made.replace("{out}", str(out)))
    if name == "release":
        assert not any(verify_all(out).values())
        return {file: data for file, data in files(path).items() if file.endswith(".parquet")}
    return content(path)


@pytest.fixture(scope="module")
def whole(given: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What each command makes when nothing happens to it."""
    found = {}
    for name in COMMANDS:
        out = tmp_path_factory.mktemp("whole")
        assert run(name, given, out)[0] == 0
        found[name] = made(name, out)
    return found


def complete(name: str, given: Path, out: Path, whole: dict[str, object]) -> None:
    """The next run completes to the same, what was published before is untouched, and nothing is left beside it."""
    code, said = run(name, given, out)
    done = "nothing differs" if name == "release" else "is there already"
    assert code == 0 or done in said
    assert made(name, out) == whole[name]
    assert files(given / "data/0.1.0") == (files(out / "0.1.0") if name == "release" else files(given / "data/0.1.0"))
    assert not files(out, hidden=True)


def nothing_half(name: str, out: Path, whole: dict[str, object]) -> None:
    """Under final names stands nothing, or what the whole run makes."""
    if name == "release":
        assert not any(verify_all(out).values())
    elif name.startswith("export"):
        place = Path(COMMANDS[name].made.replace("{out}", str(out)))
        assert not place.exists() or content(place) == whole[name]
    else:
        expected = whole[name]
        assert isinstance(expected, dict)
        assert {file: data for file, data in files(out).items() if file != "manifest.json"}.items() <= expected.items()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of its own in memory, with options such as size=1m; given again, its options change."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        call = ["mount", "-t", "tmpfs", "-o", f"remount,{options}" if mounted else options, "tmpfs", str(place)]
        if subprocess.run(call, check=False, capture_output=True).returncode:
            pytest.skip("no disk of a chosen size can be made here: that takes the rights of root")
        mounted = True
        return place

    yield mount
    if mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


ROOM = {
    "extract": 250,
    "extract by two": 250,
    "build": 100,
    "release": 0,
    "export duckdb": 1500,
    "export sqlite": 100,
    "export csv": 100,
    "export jsonl": 100,
}
"""Kilobytes that are not enough."""


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(name: str, given: Path, whole: dict[str, object], disk: Callable[[str], Path]) -> None:
    """No room in the middle: a message that says so, exit code 2, nothing half; with room the same command completes."""
    out = disk("size=50m")
    if name == "release":
        begin(name, given, out).communicate()
        for path in (out / "0.1.1").iterdir():
            path.unlink()
        (out / "0.1.1").rmdir()
        (out / "latest.json").write_bytes((given / "data/latest.json").read_bytes())
    used = sum(path.stat().st_blocks * 512 for path in out.rglob("*")) // 1024
    out = disk(f"size={max(ROOM[name], used + 60)}k")
    code, said = run(name, given, out)
    assert (code, "No space left" in said or "full" in said) == (2, True), said
    nothing_half(name, out, whole)
    disk("size=50m")
    complete(name, given, out, whole)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_cannot_be_written(name: str, given: Path, whole: dict[str, object], disk: Callable[[str], Path]) -> None:
    """A read-only target: a message that names it, exit code 2, nothing changed; when it can be written the command completes."""
    out = disk("size=50m")
    if name == "release":
        for path in (given / "data").iterdir():
            (copied(path, out / path.name) if path.is_dir() else (out / path.name).write_bytes(path.read_bytes()))
    before = files(out)
    disk("size=50m,ro")
    code, said = run(name, given, out)
    assert (code, "Read-only file system" in said or "read-only" in said or "unable to open" in said) == (2, True), said
    assert files(out) == before
    disk("size=50m,rw")
    complete(name, given, out, whole)


@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c(name: str, given: Path, whole: dict[str, object], tmp_path: Path) -> None:
    """Ctrl-C at several moments: exit code 130, or done; nothing half, and the next run completes."""
    codes = []
    # An export takes a second, all of it the start of Python but for the last tenths.
    for number, seconds in enumerate((0.3, 0.5, 0.7) if name.startswith("export") else (0.8, 1.3, 2.0)):
        out = tmp_path / str(number)
        out.mkdir()
        process = begin(name, given, out)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        codes.append(process.returncode)
        if name != "release" or list(out.glob("0.*")):
            nothing_half(name, out, whole)
    complete(name, given, out, whole)
    # Before the command has begun Python itself ends by the signal.
    assert set(codes) <= {0, 130, -signal.SIGINT}
    assert set(codes) != {0}


def test_a_worker_that_dies(given: Path, whole: dict[str, object], tmp_path: Path) -> None:
    """A worker killed in the middle: a message that says what to do, exit code 2, nothing half, and the same command goes on."""
    out = tmp_path / "out"
    process = begin("extract by two", given, out)
    until = time.monotonic() + 60
    while not list(out.glob("papers/part-*")) and time.monotonic() < until:
        time.sleep(0.01)
    children = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    workers = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(workers[0], signal.SIGKILL)
    said = " ".join(process.communicate(timeout=60)[1].split())
    assert (process.returncode, "a worker process was ended from outside" in said) == (2, True)
    nothing_half("extract by two", out, whole)
    complete("extract by two", given, out, whole)


@pytest.mark.parametrize("name", COMMANDS)
def test_two_at_once(name: str, given: Path, whole: dict[str, object], tmp_path: Path) -> None:
    """Two runs on one output: one of them makes it; the other says that one is at work, or has made the same; nothing is mixed."""
    out = tmp_path / "out"
    out.mkdir()
    both = [begin(name, given, out) for _ in range(2)]
    codes = []
    for process in both:
        said = " ".join(process.communicate(timeout=120)[1].split())
        codes.append(process.returncode)
        assert "Traceback" not in said
        assert process.returncode == 0 or any(
            part in said for part in ("is writing there", "is at work there", "is there already", "nothing differs", "not empty")
        ), said
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert made(name, out) == whole[name]
    assert not files(out, hidden=True)


class Clock(datetime):
    """A clock that is set."""

    shift = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """A time of another year."""
        return datetime.now(tz) + cls.shift


def test_a_clock_that_jumps(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases dated 2099 and then 1990 follow each other by their versions and are whole."""
    monkeypatch.setattr(releasing, "datetime", Clock)
    data = tmp_path / "data"
    for version, years, source in (("0.1.0", 73, "first"), ("0.1.1", -36, "seeds")):
        Clock.shift = timedelta(days=365 * years)
        release(version, data, given / source)
    assert not any(verify_all(data).values())
    assert json.loads((data / "latest.json").read_text())["version"] == "0.1.1"


def test_files_of_other_times(given: Path, whole: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input that changes is read again although its clock went back; times of the files themselves decide nothing."""
    monkeypatch.setattr("publish.shards.SHARD", 20)
    source, out = tmp_path / "papers.jsonl", tmp_path / "out"
    content = (given / "papers.jsonl").read_bytes()
    source.write_bytes(content)
    os.utime(source, (4e9, 4e9))
    assert extract_files([str(source)], str(out)).papers == 200
    for path in out.rglob("*"):
        os.utime(path, (1, 1))
    assert extract_files([str(source)], str(out)).papers == 0
    source.write_bytes(content.replace(b"m0000001", b"n0000001"))
    os.utime(source, (2, 2))
    assert extract_files([str(source)], str(out)).papers == 20
    source.write_bytes(content)
    os.utime(source, (4e9, 4e9))
    extract_files([str(source)], str(out))
    assert {name: data for name, data in files(out).items() if name.endswith(".parquet")} == {
        name: data
        for name, data in whole["extract"].items()
        if name.endswith(".parquet")  # type: ignore[attr-defined]
    }

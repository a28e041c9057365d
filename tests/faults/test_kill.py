"""`paperfacts release` killed at random moments and at chosen steps: `make test-faults`. Whatever the moment, data/ is whole."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.release import release
from publish.verification import verify, verify_all
from publish.versions import releases
from publish.writing import sha256
from tests.faults.driving import Driver
from tests.releasing import ONE, copied, seeds

RANDOM_MOMENTS = 100
"""Kills over the whole run, one at a random moment of each hundredth of it."""
STEPS = 40
"""Kills at steps that touch the folder, from the first to the last."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds of the release that is killed: those of 0.1.0 with one value corrected."""
    return seeds(tmp_path_factory.mktemp("source") / "seeds", ONE, edit=lambda text: text.replace("2.7times", "2.9times"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 0.1.0 and nothing else."""
    folder = tmp_path_factory.mktemp("first")
    release("0.1.0", folder / "data", seeds(folder / "seeds", ONE))
    return folder / "data"


def call(data: Path, source: Path) -> list[str]:
    return [sys.executable, "-m", "cli", "release", "--bump", "auto", "--data", str(data), "--seeds", str(source)]


def published(data: Path) -> dict[str, str]:
    """What is published: every file that is not hidden, with its checksum."""
    files = (path for path in data.rglob("*") if path.is_file())
    return {name: sha256(data / name) for name in (path.relative_to(data).as_posix() for path in files) if not name.startswith(".")}


def outcome(data: Path, first: Path) -> str:
    """What a kill left, after a look at everything: nothing, something staged, a release that latest.json does not name yet, or one that it names."""
    before, after = published(first), published(data)
    latest = json.loads((data / "latest.json").read_text())["version"]
    assert {name: after.get(name) for name in before if name != "latest.json"} == {
        name: digest for name, digest in before.items() if name != "latest.json"
    }
    assert {name.partition("/")[0] for name in after} == {"latest.json", *releases(data)}
    assert latest in releases(data)
    assert set(releases(data)) <= {"0.1.0", "0.1.1"}
    if "0.1.1" in releases(data):
        assert verify(data / "0.1.1") == []
        return "released" if latest == "0.1.1" else "released, not yet in latest.json"
    return "staged" if any(path.name.startswith(".") for path in data.iterdir()) else "nothing"


def finish(data: Path, source: Path) -> None:
    """The next run, after which everything is as if nothing had happened."""
    subprocess.run(call(data, source), check=False, capture_output=True)
    assert not any(verify_all(data).values())
    assert {path.name for path in data.iterdir()} == {"0.1.0", "0.1.1", "latest.json"}


WORK = """
from pathlib import Path
from publish.release import release
def work(data, source):
    release(None, Path(data), Path(source))
"""


@pytest.fixture(scope="module")
def releasing() -> Iterator[Driver]:
    one = Driver(WORK)
    yield one
    one.close()


def test_killed_at_any_moment_data_is_whole(releasing: Driver, first: Path, source: Path, tmp_path: Path) -> None:
    """SIGKILL at random moments over the run, each on what the kill before it left."""
    seconds = releasing.timed(copied(first, tmp_path / "timed"), source)
    assert "0.1.1" in releases(tmp_path / "timed")
    data = copied(first, tmp_path / "data")
    outcomes: Counter[str] = Counter()
    moments = random.Random(20261120)
    for number in range(RANDOM_MOMENTS):
        releasing.run(data, source, seconds=seconds * (number + moments.random()) / RANDOM_MOMENTS)
        left = outcome(data, first)
        outcomes[left] += 1
        if left.startswith("released"):
            data = copied(first, tmp_path / f"data-{number}")
    print(f"{RANDOM_MOMENTS} kills over {seconds:.1f} s: {dict(outcomes)}")
    finish(data, source)


def test_killed_at_any_step_data_is_whole(releasing: Driver, first: Path, source: Path, tmp_path: Path) -> None:
    """SIGKILL just before a step on the folder (a file opened, a folder made, something renamed or removed), from the first to the last."""
    steps = releasing.run(copied(first, tmp_path / "whole"), source)
    # The last steps are those that publish; each of them is tried.
    tried = sorted({*range(steps - 9, steps + 1), *random.Random(1).sample(range(1, steps - 9), STEPS - 10)})
    outcomes: Counter[str] = Counter()
    for last in tried:
        data = copied(first, tmp_path / f"step-{last}")
        assert releasing.run(data, source, last=last) == -1
        outcomes[outcome(data, first)] += 1
    print(f"{len(tried)} kills at {steps} steps: {dict(outcomes)}")
    assert {"staged", "released, not yet in latest.json"} < set(outcomes)
    finish(data, source)


def test_the_killed_command_leaves_data_whole(first: Path, source: Path, tmp_path: Path) -> None:
    """The command itself, killed as soon as something is staged."""
    data = copied(first, tmp_path / "data")
    run = subprocess.Popen(call(data, source), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None and not list(data.glob(".staging-*/*.parquet")):
        time.sleep(0.001)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert outcome(data, first) == "staged"
    finish(data, source)

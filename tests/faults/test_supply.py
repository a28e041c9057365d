"""What is shipped: the wheel, in an environment of its own, from a folder that is not the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINE = {"id": "a", "title": "T", "abstract": "A 7B model is 3x faster on MMLU."}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("dist")
    call = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        str(out),
        str(ROOT),
    ]
    subprocess.run(call, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that the wheel installs, beside the locked packages and none of the checkout."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home / "venv", with_pip=True)
    python = home / "venv/bin/python"
    own = Path(
        subprocess.run(
            [str(python), "-c", "import site; print(site.getsitepackages()[0])"], check=True, capture_output=True, text=True
        ).stdout.strip()
    )
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    # The packages of this environment, one by one: all but the editable install of the checkout.
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "paperfacts" not in path.name and not path.name.startswith(("_editable", "__editable")) and not (own / path.name).exists():
            (own / path.name).symlink_to(path)
    return [str(home / "venv/bin/paperfacts")]


def run(*call: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(call, cwd=cwd, env=clean, capture_output=True, text=True, check=False)


def test_the_wheel_has_the_package_and_nothing_of_its_makers(wheel: Path) -> None:
    """Code, lexicons, queries, seeds, gold and licences are in it; no tests, no releases, no file of another machine."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cli", "extract", "publish", "query", "schemas"}
    for name in ("extract/lexicons/datasets.csv", "query/named/leaderboard.sql", "publish/seeds/manifest.csv", "publish/gold/dev.jsonl"):
        assert name in names
    assert [name for name in names if name.endswith(("LICENSE", "LICENSE-DATA"))]


def test_the_installed_command_works_from_any_folder(command: list[str], tmp_path: Path) -> None:
    """--version, extract, query, show, build and export work; where releases would be is said, as a wheel has none."""
    (tmp_path / "papers.jsonl").write_text(json.dumps(LINE))
    version = run(*command, "--version", cwd=tmp_path)
    assert (version.returncode, version.stdout.startswith("paperfacts ")) == (0, True), version.stderr
    origin = run(command[0].replace("paperfacts", "python"), "-c", "import extract; print(extract.__file__)", cwd=tmp_path)
    assert str(ROOT) not in origin.stdout
    assert run(*command, "extract", "papers.jsonl", "-o", "facts", cwd=tmp_path).returncode == 0
    answer = run(*command, "query", "SELECT value_min FROM speedups", "--data", "facts", "--format", "csv", cwd=tmp_path)
    assert answer.stdout == "value_min\n3.0\n"
    absent = run(*command, "query", "SELECT 1", cwd=tmp_path)
    assert (absent.returncode, "no release and no ./build: run `paperfacts build`" in " ".join(absent.stderr.split())) == (2, True)
    assert run(*command, "build", "-o", "build", cwd=tmp_path).returncode == 0
    papers = run(*command, "query", "SELECT count(*) AS n FROM papers", "--format", "csv", cwd=tmp_path)
    assert papers.stdout == "n\n405\n"
    assert run(*command, "export", "--sqlite", "x.sqlite", cwd=tmp_path).returncode == 0
    assert "model soups" in run(*command, "show", "model soups", cwd=tmp_path).stdout.lower()
    print(f"{version.stdout.strip()}: installed from the wheel, {papers.stdout.split()[1]} papers built from its seeds")

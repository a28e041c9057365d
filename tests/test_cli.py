from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from cli.main import COMMANDS
from query import connect


def call(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command as a user calls it, from a folder that is not the project's."""
    return subprocess.run([sys.executable, "-m", "cli", *arguments], cwd=cwd, capture_output=True, text=True, check=False, env=None)


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_command_explains_itself_with_an_example(module: object, tmp_path: Path) -> None:
    """--help of each command shows an example call of it."""
    name = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    result = call(name, "--help", cwd=tmp_path)
    assert result.returncode == 0
    assert f"paperfacts {name}" in " ".join(result.stdout.split())


def test_the_readme_names_every_command() -> None:
    """No command is undocumented."""
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    for module in COMMANDS:
        assert f"paperfacts {module.__name__.rpartition('.')[2]}" in readme


def test_query_gives_tables_csv_json_and_parquet(folder: Path, tmp_path: Path) -> None:
    """One answer in four formats."""
    sql = "SELECT paper_id, title FROM papers ORDER BY paper_id LIMIT 2"
    base = ("query", sql, "--data", str(folder))
    assert "paper_id" in call(*base, cwd=tmp_path).stdout
    csv = call(*base, "--format", "csv", cwd=tmp_path).stdout
    assert csv.startswith("paper_id,title\n")
    assert len(json.loads(call(*base, "--format", "json", cwd=tmp_path).stdout)) == 2
    assert call(*base, "--format", "parquet", "-o", "x.parquet", cwd=tmp_path).returncode == 0
    assert pl.read_parquet(tmp_path / "x.parquet").height == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("query", "SELECT 1 FROM nothing"), "no table 'nothing'"),
        (("query",), "give one of"),
        (("query", "--named", "nothing"), "no query 'nothing'"),
        (("query", "--named", "leaderboard", "-p", "colour=red"), "no parameter colour"),
        (("show", "no such paper anywhere"), "no paper"),
        (("rules", "nothing"), "no table 'nothing'"),
        (("evaluate", "--gold", "nothing.jsonl"), "nothing.jsonl"),
        (("evaluate", "--errors", "nothing"), "no table 'nothing'"),
        (("extract", "nothing.jsonl", "-o", "out"), "no such file"),
        (("extract", "x.doc", "-o", "out"), "unknown kind"),
        (("extract", "x.csv", "-o", "out"), "no column 'abstract'"),
        (("extract", "x.csv", "-o", "out", "--format", "nothing"), "no format 'nothing'"),
        (("extract", "x.csv", "-o", "x.csv/out", "--abstract", "summary"), "cannot be written"),
        (("extract", "nowhere://x", "-o", "out"), "no store is known"),
        (("extract", "x.csv", "-o", "out", "--engine", "nothing"), "no engine 'nothing'"),
        (("build", "--seeds", "nowhere"), "manifest.csv"),
        (("query", "SELECT 1", "--version", "9.9.9"), "no release 9.9.9"),
        (("compare", "9.9.9", "."), "9.9.9: no release and no folder"),
        (("compare", ".", "."), "no tables"),
        (("release",), "give a version, or --bump auto"),
        (("release", "0.1.0", "--bump", "auto"), "give a version, or --bump auto"),
        (("release", "v1", "--data", "releases"), "'v1' is not a version"),
        (("release", "0.1.0", "--data", "x.doc"), "x.doc: not a folder"),
        (("release", "0.1.0", "--data", "releases", "--seeds", "nowhere"), "manifest.csv"),
        (("release", "0.1.0", "--data", "/proc/nowhere"), "/proc/nowhere"),
        (("verify", "nowhere"), "nowhere: no release and no folder"),
        (("verify", "--all", "."), "no releases in it"),
        (("rebuild", "9.9.9"), "9.9.9: no release and no folder"),
        (("rebuild", "."), "manifest.json: not there"),
        (("export",), "say what to write"),
        (("export", "--csv", "."), "is there already"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(arguments: tuple[str, ...], says: str, folder: Path, tmp_path: Path) -> None:
    """Every wrong call says what is wrong, in words, and does nothing."""
    (tmp_path / "x.doc").touch()
    (tmp_path / "x.csv").write_text("title,summary\nT,A.\n")
    data = ("--data", str(folder)) if arguments[0] in ("query", "show", "rules", "export") and "--version" not in arguments else ()
    result = call(*arguments, *data, cwd=tmp_path)
    assert result.returncode == 2
    assert says in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_show_marks_a_paper(folder: Path, tmp_path: Path) -> None:
    """A paper is found by words of its title and shown with its mentions; as JSON, spans and texts agree."""
    result = call("show", "model soups", "--data", str(folder), cwd=tmp_path)
    assert "90.94%" in result.stdout
    assert "top-1 accuracy" in result.stdout
    shown = json.loads(call("show", "model soups", "--data", str(folder), "--json", cwd=tmp_path).stdout)
    for mention in shown["mentions"]:
        assert shown[mention["section"]][mention["start"] : mention["end"]] == mention["text"]


def test_extract_reads_own_papers_and_keeps_the_good_ones(tmp_path: Path) -> None:
    """Tables in parts, a manifest, rejects counted, exit code 1; the output folder opens like a build; a finished one is left alone."""
    rows = [{"id": "a", "title": "T", "abstract": "It runs 3x faster than a 7B model on MMLU."}, {"id": "b", "title": "", "abstract": "x"}]
    (tmp_path / "papers.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    result = call("extract", "papers.jsonl", "-o", "out", "--json", cwd=tmp_path)
    assert result.returncode == 1
    summary = json.loads(result.stdout)
    assert (summary["papers"], summary["rows"]["speedups"], summary["rows"]["rejects"]) == (1, 1, 1)
    assert connect(tmp_path / "out").execute("SELECT paper_id, value_min FROM speedups").fetchall() == [("a", 3.0)]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["tables"]["papers"][0]["rows"] == 1
    again = json.loads(call("extract", "papers.jsonl", "-o", "out", "--json", cwd=tmp_path).stdout)
    assert (again["papers"], again["rows"]) == (0, summary["rows"])
    assert manifest == json.loads((tmp_path / "out" / "manifest.json").read_text())


def test_extract_writes_over_nothing_else(folder: Path, tmp_path: Path) -> None:
    """A folder with something else in it, a build among them, is refused and left as it is."""
    (tmp_path / "papers.jsonl").write_text(json.dumps({"title": "T", "abstract": "A."}))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "note.txt").touch()
    for out in ("other", str(folder), "papers.jsonl"):
        result = call("extract", "papers.jsonl", "-o", out, cwd=tmp_path)
        assert result.returncode == 2
        assert "name " in result.stderr
        assert "Traceback" not in result.stderr


def test_extract_reads_standard_input(tmp_path: Path) -> None:
    """`-` reads a stream; its format is recognised, or named."""
    line = json.dumps({"id": "a", "title": "T", "abstract": "It runs 3x faster than a 7B model."})
    for out, more in (("one", ()), ("two", ("--format", "jsonl"))):
        command = [sys.executable, "-m", "cli", "extract", "-", "-o", out, "--json", *more]
        result = subprocess.run(command, cwd=tmp_path, input=line, capture_output=True, text=True, check=True)
        assert json.loads(result.stdout)["rows"]["speedups"] == 1


def test_workers_change_nothing(tmp_path: Path) -> None:
    """One worker or two: the same rows."""
    rows = [
        {"id": str(number), "title": f"Title {number}", "abstract": f"A {number}B model is {number}x faster."} for number in range(1, 450)
    ]
    (tmp_path / "papers.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    for workers in ("1", "2"):
        assert call("extract", "papers.jsonl", "-o", workers, "--workers", workers, cwd=tmp_path).returncode == 0
    for path in (tmp_path / "1").rglob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "2" / path.relative_to(tmp_path / "1")).read_bytes()


def test_rules_and_evaluate_speak_json(folder: Path, tmp_path: Path) -> None:
    """What a program would read is JSON."""
    rules = json.loads(call("rules", "speedups", "--json", "--data", str(folder), cwd=tmp_path).stdout)
    assert {rule["rule"].partition(".")[0].partition(":")[0] for rule in rules} == {"speedups"}
    figures = json.loads(call("evaluate", "--json", cwd=tmp_path).stdout)
    assert figures["repo_links"]["strict"]["f1"] >= 0.98


def test_compare_says_when_builds_differ(folder: Path, tmp_path: Path) -> None:
    """Exit code 0 for equal builds, 1 for a difference, with counts."""
    assert call("compare", str(folder), str(folder), cwd=tmp_path).returncode == 0
    for path in folder.glob("*.parquet"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    pl.read_parquet(tmp_path / "metrics.parquet").slice(3).write_parquet(tmp_path / "metrics.parquet")
    result = call("compare", str(folder), str(tmp_path), "--json", cwd=tmp_path)
    assert result.returncode == 1
    assert json.loads(result.stdout)["tables"]["metrics"]["lost"] == 3

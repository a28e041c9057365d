from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from extract.readers.papers import InputError
from publish import pages, places
from publish import release as releasing
from publish.manifest import load
from publish.rebuilding import rebuild
from publish.release import release
from publish.verification import Finding, verify, verify_all
from publish.versions import bumped, parse, releases, step
from publish.writing import content_sha256, sha256
from schemas import MENTIONS
from tests.releasing import ONE, TWO, copied, seeds


def state(folder: Path) -> dict[str, str]:
    """Every file under a folder with its sha256."""
    return {str(path.relative_to(folder)): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_release_holds_what_it_promises(data: Path) -> None:
    """Every file is there and named with its checksum; latest.json names the newest; nothing staged is left."""
    assert list(releases(data)) == ["0.1.0", "0.2.0"]
    assert json.loads((data / "latest.json").read_text())["version"] == "0.2.0"
    assert {path.name for path in data.iterdir()} == {"0.1.0", "0.2.0", "latest.json"}
    manifest = load(data / "0.2.0" / "manifest.json")
    assert {"README.md", "CHANGES.md", "QUALITY.md", "datapackage.json", "croissant.json"} <= manifest.files.keys()
    assert [seed.name for seed in manifest.seeds] == [ONE, TWO]
    assert (manifest.bump, manifest.schema_version) == ("minor", "1.0.0")
    assert manifest.previous is not None
    assert manifest.previous.manifest_sha256 == sha256(data / "0.1.0" / "manifest.json")
    assert set(verify_all(data)) == {"0.1.0", "0.2.0", "data"}
    assert not any(verify_all(data).values())


def test_a_file_says_what_it_is(data: Path) -> None:
    """Version, schema version and the description of each column travel in every Parquet file."""
    for path in (data / "0.2.0").glob("*.parquet"):
        about = pl.read_parquet_metadata(path)
        assert (about["paperfacts.version"], about["paperfacts.schema_version"]) == ("0.2.0", "1.0.0")
        columns = json.loads(about["paperfacts.columns"])
        assert list(columns) == pl.read_parquet(path).columns
        assert all(column["description"] for column in columns.values())


def test_sha256sum_reads_the_checksums(data: Path) -> None:
    """The sums are those of the common tool, so that nobody needs this code to check a copy."""
    for line in (data / "0.2.0" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert sha256(data / "0.2.0" / name) == digest


def test_the_content_hash_is_that_of_the_values(data: Path, tmp_path: Path) -> None:
    """Another compression, other row groups, another writer: the same hash; another value or order: another."""
    frame = pl.read_parquet(data / "0.2.0" / "metrics.parquet")
    said = load(data / "0.2.0" / "manifest.json").tables["metrics"].content_sha256
    frame.write_parquet(tmp_path / "one.parquet", compression="snappy", row_group_size=7)
    frame.write_parquet(tmp_path / "two.parquet", use_pyarrow=True)
    for name in ("one", "two"):
        assert sha256(tmp_path / f"{name}.parquet") != sha256(data / "0.2.0" / "metrics.parquet")
        assert content_sha256(pl.read_parquet(tmp_path / f"{name}.parquet")) == said
    assert content_sha256(frame.reverse()) != said
    assert content_sha256(frame.with_columns(value_max=pl.col("value_max") + 1e-9)) != said
    assert content_sha256(frame.rename({"kind": "kinds"})) != said


def test_changes_says_what_is_new(data: Path) -> None:
    """CHANGES.md of a first release lists its tables; that of the next counts rows and shows examples."""
    assert "first release" in (data / "0.1.0" / "CHANGES.md").read_text()
    text = (data / "0.2.0" / "CHANGES.md").read_text()
    gained = pl.read_parquet(data / "0.2.0" / "papers.parquet").height - pl.read_parquet(data / "0.1.0" / "papers.parquet").height
    assert f"| papers | {gained} | 0 | 0 |" in text
    assert "requires: minor" in text
    assert "- gained `" in text


def test_quality_has_every_table_and_rule_that_was_measured(data: Path) -> None:
    """Each field has precision, recall and F1 with intervals, each rule that found something its support and precision."""
    text = (data / "0.2.0" / "QUALITY.md").read_text()
    rules = pl.read_parquet(data / "0.2.0" / "rules.parquet").filter(pl.col("support") > 0)
    assert rules.height
    for rule in rules["rule"]:
        assert f"| {rule} |" in text
    for table in MENTIONS:
        row = next(line for line in text.splitlines() if line.startswith(f"| {table} |"))
        assert row.count("(") == 3


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("0.2.0", "is published"),
        ("0.1.5", "is lower than 0.2.0"),
        ("0.2.1", "too small a step from 0.2.0: the change requires 0.3.0"),
        ("1.0", "not a version"),
        ("01.0.0", "not a version"),
        ("../x", "not a version"),
    ],
)
def test_a_version_that_cannot_be_is_refused(version: str, says: str, data: Path, tmp_path: Path) -> None:
    """Existing, lower, too small and malformed versions are refused in words, and nothing is written."""
    mine = copied(data, tmp_path / "data")
    before = state(mine)
    source = places.SEEDS
    with pytest.raises(InputError, match=says):
        release(version, mine, source)
    assert state(mine) == before


def test_auto_takes_the_smallest_step_that_is_enough(data: Path, tmp_path: Path) -> None:
    """Nothing new: nothing to release. A corrected text: patch. A paper more: minor. A paper less: major."""
    mine = copied(data, tmp_path / "data")
    with pytest.raises(InputError, match="nothing differs"):
        release(None, mine, seeds(tmp_path / "same", ONE, TWO))
    # The abstract of a paper that nobody annotated: gold is held to the texts that were read.
    corrected = seeds(tmp_path / "corrected", ONE, TWO, edit=lambda text: text.replace("2.7times", "2.9times"))
    assert release(None, mine, corrected)[0].name == "0.2.1"
    assert release(None, mine, places.SEEDS)[0].name == "0.3.0"
    assert release(None, mine, seeds(tmp_path / "less", ONE))[0].name == "1.0.0"
    assert not any(verify_all(mine).values())
    assert "lost" in (mine / "1.0.0" / "CHANGES.md").read_text()


def test_rejects_are_published_only_if_asked_for(tmp_path: Path) -> None:
    """A seed that cannot be read stops a release unless --allow-rejects is given."""
    source = seeds(tmp_path / "seeds", ONE)
    (source / "bad.txt").write_bytes(b"\xff")
    with (source / "manifest.csv").open("a") as file:
        file.write(f"bad.txt,{sha256(source / 'bad.txt')},1,paragraphs\n")
    with pytest.raises(InputError, match="--allow-rejects"):
        release("0.1.0", tmp_path / "data", source)
    assert not any((tmp_path / "data").iterdir())
    folder, _ = release("0.1.0", tmp_path / "data", source, allow_rejects=True)
    assert load(folder / "manifest.json").tables["rejects"].rows == 1


def test_changed_seeds_are_refused(tmp_path: Path) -> None:
    """Seeds that differ from their manifest are no source of a release."""
    source = seeds(tmp_path / "seeds", ONE)
    with (source / ONE).open("a") as file:
        file.write("more\n")
    with pytest.raises(InputError, match="sha256 differs"):
        release("0.1.0", tmp_path / "data", source)


def test_nothing_follows_a_damaged_release(data: Path, tmp_path: Path) -> None:
    """A release is not compared with one that is not what it was."""
    mine = copied(data, tmp_path / "data")
    (mine / "0.2.0" / "QUALITY.md").write_text("All is well.\n")
    with pytest.raises(InputError, match=r"damaged: QUALITY\.md"):
        release(None, mine, places.SEEDS)


def test_what_does_not_read_back_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If what was written is not what was meant, there is no release and nothing staged."""
    monkeypatch.setattr(releasing, "verify", lambda _: [Finding("metrics.parquet", "is wrong")])
    with pytest.raises(InputError, match="nothing is published"):
        release("0.1.0", tmp_path / "data", seeds(tmp_path / "seeds", ONE))
    assert not any((tmp_path / "data").iterdir())


def test_what_a_stopped_release_left_is_cleaned_up(data: Path, tmp_path: Path) -> None:
    """The next run, even one that is refused, removes what was staged and names the newest in latest.json."""
    mine = copied(data, tmp_path / "data")
    before = state(mine)
    (mine / ".staging-0.3.0").mkdir()
    (mine / ".staging-0.3.0" / "papers.parquet").write_bytes(b"half a fi")
    latest = json.loads((mine / "latest.json").read_text())
    (mine / "latest.json").write_text(json.dumps(latest | {"version": "0.1.0", "path": "0.1.0"}))
    assert verify_all(mine)["data"][0].file == "latest.json"
    with pytest.raises(InputError, match="is published"):
        release("0.2.0", mine, places.SEEDS)
    assert state(mine) == before


def test_of_two_at_once_one_says_so(data: Path, tmp_path: Path) -> None:
    """While one process holds the folder, another is refused; when it has ended, it is free."""
    mine = copied(data, tmp_path / "data")
    handle = os.open(mine, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(InputError, match="another `paperfacts release` is at work"):
        release(None, mine, places.SEEDS)
    os.close(handle)
    assert release(None, mine, places.SEEDS)[0].name == "0.3.0"


def test_two_commands_at_once_make_one_release(tmp_path: Path) -> None:
    """Two processes, one version: one release, one refusal, nothing else."""
    source = seeds(tmp_path / "seeds", ONE)
    call = [sys.executable, "-m", "cli", "release", "0.1.0", "--data", "data", "--seeds", str(source)]
    runs = [subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [run.communicate()[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 2]
    refused = " ".join(said[0 if runs[0].returncode else 1].split())
    assert "at work" in refused or "is published" in refused
    assert verify_all(tmp_path / "data") == {"0.1.0": [], "data": []}


def test_a_release_is_rebuilt_to_the_same_values(data: Path, tmp_path: Path) -> None:
    """This code makes the same values of the same seeds again; without a seed it says which is missing."""
    rebuilt = rebuild(data / "0.2.0", places.SEEDS)
    assert (rebuilt.same_rules, rebuilt.same_gold, rebuilt.damaged) == (True, True, False)
    assert all(rebuilt.agrees.values())
    with pytest.raises(InputError, match="restore it"):
        rebuild(data / "0.2.0", seeds(tmp_path / "seeds", ONE))


def test_another_ruleset_is_no_damage(data: Path, tmp_path: Path) -> None:
    """A release of other rules may differ; one of the same rules may not."""
    mine = copied(data, tmp_path / "data")
    path = mine / "0.2.0" / "manifest.json"
    text = path.read_text()
    wrong = text.replace(load(path).tables["metrics"].content_sha256, "0" * 64)
    path.write_text(wrong)
    assert rebuild(mine / "0.2.0").damaged
    path.write_text(wrong.replace(load(path).ruleset_sha256, "1" * 64))
    rebuilt = rebuild(mine / "0.2.0")
    assert (rebuilt.same_rules, rebuilt.damaged, rebuilt.agrees["metrics"], rebuilt.agrees["papers"]) == (False, False, False, True)


PUBLISHED = releases(places.DATA)


@pytest.mark.skipif(not PUBLISHED, reason="nothing is published yet")
def test_all_published_releases_are_whole() -> None:
    """Every release under data/ is what its manifest says, and latest.json names the newest; all together are under 20 MB."""
    assert not any(verify_all(places.DATA).values())
    assert sum(path.stat().st_size for path in places.DATA.rglob("*") if path.is_file()) < 20_000_000


@pytest.mark.skipif(not PUBLISHED, reason="nothing is published yet")
def test_the_newest_release_is_rebuilt() -> None:
    """Its seeds are here; with its ruleset the values are the same, and with another, what was read is of the same documents."""
    folder = list(PUBLISHED.values())[-1]
    rebuilt = rebuild(folder)
    assert not rebuilt.damaged
    if rebuilt.same_rules and rebuilt.same_gold:
        assert all(rebuilt.agrees.values())
    documents = pl.read_parquet(folder / "documents.parquet")
    for name, digest, size in documents.select("document", "sha256", "bytes").rows():
        assert (sha256(places.SEEDS / name), (places.SEEDS / name).stat().st_size) == (digest, size)


def test_the_data_dictionary_is_todays() -> None:
    """`make dictionary` would change nothing."""
    assert (places.DATA / "README.md").read_text(encoding="utf-8") == pages.dictionary()


@pytest.mark.parametrize(("bump", "next_"), [("none", "1.2.3"), ("patch", "1.2.4"), ("minor", "1.3.0"), ("major", "2.0.0")])
def test_a_bump_is_a_step(bump: str, next_: str) -> None:
    """The next version after a bump announces that bump."""
    assert bumped("1.2.3", bump) == next_
    assert bump == "none" or step("1.2.3", next_) == bump
    assert parse("10.0.0") > parse("9.9.9")


def test_a_copy_elsewhere_is_verified(data: Path, tmp_path: Path) -> None:
    """A release is whole wherever it lies."""
    assert verify(copied(data / "0.2.0", tmp_path / "elsewhere")) == []

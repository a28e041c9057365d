from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.dataset
import pyarrow.parquet
import pytest

from publish.manifest import MANIFEST, Manifest, load
from publish.writing import write
from query import connect
from tests.releasing import copied
from tests.serving import served


@pytest.fixture
def elsewhere(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a release in another place, as somebody has it who downloaded it; the working folder is a third."""
    release = copied(data / "0.2.0", tmp_path / "somewhere" / "paperfacts-0.2.0")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return release


@pytest.fixture
def manifest(elsewhere: Path) -> Manifest:
    return load(elsewhere / MANIFEST)


def test_duckdb_reads_the_files(elsewhere: Path, manifest: Manifest) -> None:
    """SQL over the Parquet files, with nothing of this package."""
    for entry in manifest.tables.values():
        assert duckdb.sql(f"SELECT count(*) FROM '{elsewhere}/{entry.file}'").fetchall() == [(entry.rows,)]
    joined = (
        f"SELECT count(*) FROM '{elsewhere}/metrics.parquet' JOIN '{elsewhere}/papers.parquet' USING (paper_id) WHERE kind = 'absolute'"
    )
    assert duckdb.sql(joined).fetchall() > [(0,)]


def test_connect_reads_the_folder(elsewhere: Path, manifest: Manifest) -> None:
    """The Python call of this package gives one view per table, described."""
    connection = connect(elsewhere)
    for name, entry in manifest.tables.items():
        assert connection.execute(f"SELECT count(*) FROM {name}").fetchall() == [(entry.rows,)]


def test_the_command_reads_the_folder(elsewhere: Path) -> None:
    """`paperfacts query --data` takes a release that lies anywhere."""
    call = [sys.executable, "-m", "cli", "query", "SELECT count(*) AS n FROM papers", "--data", str(elsewhere), "--format", "csv"]
    rows = load(elsewhere / MANIFEST).tables["papers"].rows
    assert subprocess.run(call, check=True, capture_output=True, text=True).stdout == f"n\n{rows}\n"


def test_polars_scans_the_files(elsewhere: Path, manifest: Manifest) -> None:
    """A lazy scan with a filter; enums and counts are those of the release."""
    found = pl.scan_parquet(elsewhere / "speedups.parquet").filter(pl.col("factor_min") > 2).select("aspect", "factor_min").collect()
    assert found.height
    assert isinstance(found.schema["aspect"], pl.Enum)
    assert pl.scan_parquet(elsewhere / "speedups.parquet").select(pl.len()).collect().item() == manifest.tables["speedups"].rows


def test_pyarrow_reads_the_files_as_a_dataset(elsewhere: Path, manifest: Manifest) -> None:
    """A dataset over a file, with a filter; the descriptions are in the file's metadata."""
    found = pyarrow.dataset.dataset(elsewhere / "metrics.parquet", format="parquet")
    assert found.count_rows() == manifest.tables["metrics"].rows
    assert found.to_table(filter=pyarrow.dataset.field("value_max") > 50).num_rows > 0
    assert b"paperfacts.columns" in pyarrow.parquet.read_metadata(elsewhere / "metrics.parquet").metadata


def test_polars_reads_over_http(elsewhere: Path) -> None:
    """From a static server, every table is what it is on disk."""
    with served(elsewhere) as (address, _):
        for path in elsewhere.glob("*.parquet"):
            assert pl.scan_parquet(f"{address}/{path.name}").collect().equals(pl.read_parquet(path))


def test_over_http_only_what_is_asked_for_is_sent(tmp_path: Path) -> None:
    """Of a large table, a scan for one paper fetches the row group that has it, by ranges, and not the rest."""
    digests = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(200_000)]
    ids = sorted(digest[:16] for digest in digests)
    texts = dict.fromkeys(("title", "abstract", "title_sha256", "abstract_sha256"), digests)
    write("papers", pl.DataFrame({"paper_id": ids, **texts}), tmp_path / "papers.parquet")
    with served(tmp_path) as (address, sent):
        found = pl.scan_parquet(f"{address}/papers.parquet").filter(pl.col("paper_id") == ids[70_000]).select("paper_id", "title").collect()
    assert found.rows() == [(ids[70_000], digests[70_000])]
    assert 0 < sum(size for _, size in sent) < (tmp_path / "papers.parquet").stat().st_size / 4


def test_files_are_fit_for_range_reads(elsewhere: Path) -> None:
    """Every column chunk is compressed with zstd and has statistics; row groups are small; rows are sorted by their paper."""
    for path in elsewhere.glob("*.parquet"):
        about = pyarrow.parquet.read_metadata(path)
        for group in range(about.num_row_groups):
            assert about.row_group(group).num_rows <= 65_536
            for at in range(about.num_columns):
                column = about.row_group(group).column(at)
                assert (column.compression, column.is_stats_set) == ("ZSTD", True), (path.name, column.path_in_schema)
    papers = pl.read_parquet(elsewhere / "metrics.parquet")["paper_id"].to_list()
    assert papers == sorted(papers)

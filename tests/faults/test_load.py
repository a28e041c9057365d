"""Many papers in one run of `extract`: `make test-faults`; `LOAD=500000 make test-faults` for half a million."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from bisect import bisect
from itertools import pairwise
from pathlib import Path

import polars as pl

from tests.mutating import papers

ROWS = int(os.environ.get("LOAD", "40000"))
SHARD = ROWS // 100
"""A hundred shards: ten for each tenth of the run."""
COMMAND = f"import publish.shards; publish.shards.SHARD = {SHARD}; from cli.main import main; main()"
BROKEN = 1_000
"""One row of so many cannot be read."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")


def write_input(path: Path) -> int:
    """Write the papers, with broken lines among them; the number of broken ones."""
    breaks = (
        '{"id": "x", "title": "T", "abstract": "A.',
        "[]",
        '{"id": "x", "title": "T"}',
        '{"id": "\\ud800", "title": "T", "abstract": "A."}',
    )
    broken = 0
    with path.open("w", encoding="utf-8") as file:
        for number, paper in enumerate(papers(ROWS)):
            if number % BROKEN == BROKEN // 2:
                file.write(breaks[broken % len(breaks)] + "\n")
                broken += 1
            else:
                file.write(json.dumps(paper._asdict() | {"id": paper.paper_id}) + "\n")
    return broken


def watched(process: subprocess.Popen[str]) -> list[tuple[float, float, int]]:
    """Time, processor seconds and bytes of memory of a process, five times a second until it ends."""
    seen = []
    stat = Path(f"/proc/{process.pid}/stat")
    while process.poll() is None:
        fields = stat.read_text().rpartition(")")[2].split()
        if fields[0] != "Z":
            seen.append((time.time(), (int(fields[11]) + int(fields[12])) / _TICK, int(fields[21]) * _PAGE))
        time.sleep(0.2)
    return seen


def measured(folder: Path, out: Path) -> tuple[dict[str, int], list[float], list[float]]:
    """Run `extract` over `in.jsonl`: rows by table, papers a second by tenths, and MB by tenths from the second."""
    started = time.monotonic()
    with (folder / "said").open("w") as said:
        call = [sys.executable, "-c", COMMAND, "extract", "in.jsonl", "-o", str(out), "--json"]
        process = subprocess.Popen(call, cwd=folder, stdout=said, stderr=subprocess.DEVNULL, text=True)
        seen = watched(process)
    seconds = time.monotonic() - started
    assert process.returncode == 1  # there are rejects
    rows: dict[str, int] = json.loads((folder / "said").read_text())["rows"]
    # Processor time, so that other work on the machine does not count; the fastest shard of each tenth, as caches are shared.
    ends = sorted(path.stat().st_mtime for path in (out / "papers").iterdir())
    times = [one[0] for one in seen]
    spent = [seen[min(bisect(times, end), len(seen) - 1)][1] for end in ends]
    costs = [after - before for before, after in pairwise(spent)]
    tenths = [SHARD / min(costs[at * 10 : at * 10 + 10]) for at in range(10)]
    memory = [max(one[2] for one in seen if first < one[0] <= last) / 1e6 for first, last in zip(ends[9::10], ends[19::10], strict=False)]
    print(
        f"{ROWS:,} rows: {rows['papers']:,} papers and {rows['rejects']} rejects in {seconds:.0f} s ({spent[-1]:.0f} s of processor time);"
        f" papers a second by tenths: {', '.join(f'{one:.0f}' for one in tenths)}; MB by tenths from the second: {', '.join(f'{one:.0f}' for one in memory)}"
    )
    return rows, tenths, memory


def test_a_long_run_loses_nothing_and_stays_as_fast_and_as_small(tmp_path: Path) -> None:
    """Rows in are papers and rejects out; memory does not grow; the last tenth is read as fast as the first."""
    broken = write_input(tmp_path / "in.jsonl")
    for attempt in range(3):  # what a machine takes away for a minute comes and goes; what a long run takes stays
        out = tmp_path / f"out{attempt}"
        rows, tenths, memory = measured(tmp_path, out)
        assert rows["papers"] == rows["listings"] == ROWS - broken
        assert rows["rejects"] == broken
        assert pl.scan_parquet(out / "papers/part-*.parquet").select(pl.col("paper_id").n_unique()).collect().item() == ROWS - broken
        if tenths[-1] > 0.9 * tenths[0]:
            break
    assert memory[-1] < memory[2] * 1.1 + 20  # from the fourth tenth: the tables of words and of the scan's states fill first
    assert tenths[-1] > 0.9 * tenths[0]

"""Small files that are large inside."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
from pathlib import Path

from tests.test_hostile_files import CSV, LINES


def test_a_bomb_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """A thousandfold of zeros, and a string that never ends, in any format, within half a gigabyte more than the command takes."""
    (tmp_path / "zeros.jsonl.gz").write_bytes(gzip.compress(LINES + bytes(1 << 30), 1))
    (tmp_path / "string.json.gz").write_bytes(gzip.compress(b'[{"id": "' + b"a" * (1 << 29), 1))
    (tmp_path / "field.csv.gz").write_bytes(gzip.compress(CSV.encode() + b'"' + b"a" * (1 << 29), 1))
    (tmp_path / "entry.bib.gz").write_bytes(gzip.compress(b"@article{a, title = {" + b"a" * (1 << 29), 1))
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress(b"Get trending papers in your email inbox!\n" + b"a" * (1 << 29), 1))
    limit = 4 << 30

    def least() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    for path in sorted(tmp_path.glob("*.gz")):
        call = [sys.executable, "-m", "cli", "extract", str(path), "-o", f"{path}.out", "--json"]
        ran = subprocess.run(call, capture_output=True, text=True, check=False, preexec_fn=least)
        assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
        assert json.loads(ran.stdout)["papers"] == (3 if path.name.startswith(("zeros", "field")) else 0)
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000

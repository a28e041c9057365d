from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl
import pytest

from extract.readers.papers import InputError
from publish import spark
from publish.build import Built

ABSTRACTS = 50_000


def mutated(built: Built) -> pl.DataFrame:
    """Papers of the seeds, over and over, each time with other numbers and an id of its own."""
    chance = random.Random(0)
    seeds = built.tables["papers"].select("title", "abstract").rows()
    rows = []
    for at in range(ABSTRACTS):
        title, abstract = seeds[at % len(seeds)]
        words = [word.replace("3", str(chance.randint(1, 9))) if chance.random() < 0.5 else word for word in abstract.split(" ")]
        rows.append((f"p{at:06d}", f"{title} {at}", " ".join(words)))
    return pl.DataFrame(rows, schema=["id", "title", "abstract"], orient="row")


@contextmanager
def daemon(home: Path, folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Spark with all that it starts in one group."""
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_WORKER_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [str(home / "bin" / "spark-class"), *arguments]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def until(what: str, holds: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, f"{what} has not come in {seconds} s"
        time.sleep(0.1)


def test_a_killed_worker_loses_and_doubles_no_row(built: Built, tmp_path: Path) -> None:
    """A standalone master with two workers, one killed by SIGKILL in mid-stage: the files of the local engine, byte by byte."""
    pyspark = pytest.importorskip("pyspark")
    home = Path(pyspark.__file__).parent
    papers = tmp_path / "papers.parquet"
    mutated(built).write_parquet(papers, row_group_size=2_500)
    command = [sys.executable, "-m", "cli", "extract", str(papers), "--json", "-o"]
    subprocess.run([*command, "local", "--workers", "2"], cwd=tmp_path, check=True, capture_output=True)
    port = free_port()
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    with ExitStack() as stack:
        master = ("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        stack.enter_context(daemon(home, tmp_path / "master", *master))
        until("the master", lambda: "Successfully started service 'sparkMaster'" in (tmp_path / "master.log").read_text(), 60)
        worker = ("org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0")
        workers = [stack.enter_context(daemon(home, tmp_path / f"worker{n}", *worker, f"spark://127.0.0.1:{port}")) for n in (1, 2)]
        until("a worker", lambda: (tmp_path / "master.log").read_text().count("Registering worker") == 2, 60)
        run = subprocess.Popen(
            [*command, "spark", "--engine", "spark", "--master", f"spark://127.0.0.1:{port}"],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until("a commit", lambda: run.poll() is not None or len(list(tmp_path.glob("spark/.shards/*.json"))) >= 3, 300)
        assert run.poll() is None, run.communicate()
        assert not (tmp_path / "spark" / "rules").exists()
        kill(workers[0])
        _, said = run.communicate(timeout=1200)
    assert run.returncode == 0, said
    assert "Lost" in said or "lost" in said
    files = {file.relative_to(tmp_path / "local"): file.read_bytes() for file in (tmp_path / "local").rglob("*.parquet")}
    assert files == {file.relative_to(tmp_path / "spark"): file.read_bytes() for file in (tmp_path / "spark").rglob("*.parquet")}
    ids = pl.read_parquet(tmp_path / "spark" / "papers" / "*.parquet")["paper_id"]
    assert (len(ids), ids.n_unique()) == (ABSTRACTS, ABSTRACTS)
    mentions = pl.concat(
        pl.read_parquet(tmp_path / "spark" / table / "*.parquet").select("mention_id") for table in ("metrics", "datasets")
    )
    assert mentions["mention_id"].n_unique() == mentions.height > ABSTRACTS / 10
    again = subprocess.run([*command, "spark"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert '"papers": 0,' in again.stdout


def test_a_cluster_cannot_read_a_pipe(tmp_path: Path) -> None:
    """What executors cannot reach is said before anything is started."""
    from publish.run import extract_files

    with pytest.raises(InputError, match="cannot be read by a cluster"):
        extract_files(["-"], str(tmp_path / "out"), engine=spark.spark("local[1]"))

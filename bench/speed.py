"""Speed beside pinned peers, on real texts: `make bench CORPUS=papers.parquet` writes bench/README.md.

Each measurement is a process of its own, for its peak memory. A peer is measured between two measurements of this package on
the same texts, so that both see the same machine; its ratio is to the mean of the two. Every text is read once, so that
nothing is gained by having seen it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import polars as pl

PAGE = Path(__file__).with_name("README.md")
_PEERS = {"quantulum3": 300, "spacy": 2000}
"""The peers, and how many papers each is given: enough for some seconds."""
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_READS = {
    "paperfacts": "eight fields with their attributes, validated",
    "quantulum3": "quantities only",
    "spacy": "quantity patterns only (`Matcher`, tokens of `spacy.blank('en')`)",
}


class Figure(NamedTuple):
    """One measurement: texts, seconds to read them, seconds to get ready, peak memory in MB and processor time, with child processes."""

    texts: int
    seconds: float
    ready: float
    memory: float
    processor: float

    @property
    def rate(self) -> float:
        """Texts a second."""
        return self.texts / self.seconds


def _paperfacts(papers: Path, workers: int) -> Callable[[], object]:
    """Parquet in, validated Parquet out, through the command's own function."""
    from publish.extraction import extractor
    from publish.run import extract_files
    from publish.workers import local

    if workers == 1:
        extractor()
    out = tempfile.mkdtemp(dir=papers.parent)
    return lambda: extract_files([str(papers)], out, engine=local(workers))


def _quantulum3(papers: Path) -> Callable[[], object]:
    """Its parser, without the optional classifier, which would slow it down."""
    from quantulum3 import parser

    texts = _texts(papers)
    parser.parse("It has 5 GB.")
    return lambda: [parser.parse(text) for text in texts]


def _spacy(papers: Path) -> Callable[[], object]:
    """Tokens and patterns over them: a number with a unit, a magnitude or a comparator."""
    import spacy
    from spacy.matcher import Matcher

    pipeline = spacy.blank("en")
    matcher = Matcher(pipeline.vocab)
    number = {"LIKE_NUM": True}
    matcher.add("percent", [[number, {"ORTH": "%"}], [number, {"LOWER": {"IN": ["percent", "points", "pp"]}}]])
    matcher.add(
        "factor", [[number, {"LOWER": {"IN": ["x", "times", "×", "fold"]}}], [{"TEXT": {"REGEX": r"^\d+(?:\.\d+)?(?:x|×|times)$"}}]]
    )
    matcher.add("magnitude", [[number, {"LOWER": {"IN": ["k", "m", "b", "t", "thousand", "million", "billion", "trillion"]}}]])
    matcher.add("glued", [[{"TEXT": {"REGEX": r"^\d+(?:\.\d+)?[KMBT]$"}}]])
    matcher.add("bound", [[{"LOWER": {"IN": ["over", "under", "about", "nearly"]}}, number], [{"LOWER": "up"}, {"LOWER": "to"}, number]])
    matcher.add("range", [[number, {"ORTH": {"IN": ["-", "–", "to"]}}, number]])
    texts = _texts(papers)
    return lambda: [matcher(document) for document in pipeline.pipe(texts)]


def _texts(papers: Path) -> list[str]:
    return [f"{title}. {abstract}" for title, abstract in pl.read_parquet(papers, columns=["title", "abstract"]).iter_rows()]


def _measure(what: str, papers: Path, workers: int) -> Figure:
    """In this process."""
    warnings.simplefilter("ignore")
    started = time.perf_counter()
    work = {"paperfacts": lambda: _paperfacts(papers, workers), "quantulum3": lambda: _quantulum3(papers), "spacy": lambda: _spacy(papers)}[
        what
    ]()
    begun, before = time.perf_counter(), _processor_time()
    work()
    done = time.perf_counter()
    memory = sum(resource.getrusage(who).ru_maxrss for who in _WHO) / 1024
    return Figure(
        pl.scan_parquet(papers).select(pl.len()).collect().item(), done - begun, begun - started, memory, _processor_time() - before
    )


def _processor_time() -> float:
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, _WHO))


def measured(what: str, papers: Path, workers: int = 1) -> Figure:
    """In a process of its own."""
    command = [sys.executable, "-m", "bench.speed", str(papers), "--measure", what, "--workers", str(workers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)
    return Figure(*json.loads(done.stdout.splitlines()[-1]))


def page(corpus: Path, count: int) -> str:
    """Everything measured, as the text of bench/README.md."""
    frame = pl.read_parquet(corpus, columns=["id", "title", "abstract"]).unique("id", maintain_order=True).head(count)
    lines = [
        "| | reads | texts | a second | ratio | core-hours a million | peak memory | ready after |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:

        def sample(size: int) -> Path:
            path = Path(folder) / f"{size}.parquet"
            frame.head(size).write_parquet(path, row_group_size=5000)
            return path

        one, two = (measured("paperfacts", sample(frame.height), workers) for workers in (1, 2))
        for name, figure, ratio in (("1 process", one, "1"), ("2 processes", two, f"{two.rate / one.rate:.2f} of 1 process")):
            lines.append(_line(f"paperfacts, {name}", _READS["paperfacts"], figure, ratio))
        for peer, size in _PEERS.items():
            ours = [measured("paperfacts", sample(size))]
            theirs = measured(peer, sample(size))
            ours.append(measured("paperfacts", sample(size)))
            both = Figure(
                size,
                sum(figure.seconds for figure in ours) / 2,
                ours[0].ready,
                max(figure.memory for figure in ours),
                sum(figure.processor for figure in ours) / 2,
            )
            lines.append(_line(f"{peer} {version(peer)}", _READS[peer], theirs, "1"))
            lines.append(_line("paperfacts, same texts", _READS["paperfacts"], both, f"{both.rate / theirs.rate:.2f} of {peer}"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return "\n".join(
        (
            "# How fast it is",
            "",
            "`make bench CORPUS=papers.parquet` measured this and wrote it; `bench/speed.py` says how.",
            "",
            *lines,
            "",
            f"Corpus: {frame.height:,} papers with {frame['abstract'].str.len_chars().mean():,.0f} characters an abstract, each read once.",
            "A rate is from Parquet in to validated Parquet out for paperfacts, and from texts in memory for its peers.",
            "With 2 processes, their start is part of the time. Small samples weigh the fixed cost of a shard more heavily.",
            "Rates are by the clock, core-hours by the processor: only the latter do not depend on what else the machine did.",
            "",
            f"Machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, load {load:.1f} at the end; Python {platform.python_version()},"
            f" {', '.join(f'{name} {_version(name)}' for name in ('regex', 'polars', 'pyarrow'))}.",
            "",
        )
    )


def _line(name: str, reads: str, figure: Figure, ratio: str) -> str:
    hours = figure.processor / figure.texts * 1e6 / 3600
    return f"| {name} | {reads} | {figure.texts:,} | {figure.rate:,.0f} | {ratio} | {hours:.2f} | {figure.memory:,.0f} MB | {figure.ready:.1f} s |"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def main(arguments: list[str] | None = None) -> int:
    """Measure everything, or, with --measure, one thing in this process."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a Parquet file with id, title, abstract")
    parser.add_argument("--papers", type=int, default=40_000, help="how many papers, from the first")
    parser.add_argument("--measure", choices=sorted(_READS), help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.measure:
        sys.stdout.write(json.dumps(_measure(asked.measure, asked.corpus, asked.workers)) + "\n")
        return 0
    if not asked.corpus.is_file():
        parser.error(f"{asked.corpus}: no such file; name a Parquet file with id, title and abstract")
    PAGE.write_text(page(asked.corpus, asked.papers), encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What any input must leave true: one function for each part that reads text, and a loop that feeds it mutations.

`make fuzz` runs this loop, and then atheris over the same functions (tests/fuzzing_by_coverage.py). Each takes bytes and
raises AssertionError, or whatever the code under it raises by mistake.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from typing import IO, NamedTuple, cast

import pyarrow as pa
import pyarrow.parquet
import regex
from rich.console import Console

from cli.show import page
from extract import lexicons, quantities, words
from extract.extractor import FIELD_NAMES
from extract.frames import frames
from extract.numerals import read_numeral
from extract.readers import formats
from extract.readers.papers import InputError, Paper, Reject, fold
from extract.readers.sources import Source
from extract.text import MASK, REPAIRS, urls, view
from publish.core import ROWS, tables_of
from publish.extraction import extractor
from tests.mutating import HOSTILE, mutated, papers, seed_papers

Target = Callable[[bytes], None]


def text_of(data: bytes) -> str:
    """Bytes as a text that a reader can have given: no line break, no lone surrogate."""
    return fold(data.decode("utf-8", "replace"))


def repair(data: bytes) -> None:
    """The reading view is as long as its text, and masks every address."""
    text = text_of(data)
    shown = view(text)
    assert len(shown) == len(text)
    for start, end in urls(text):
        assert 0 <= start < end <= len(text)
        assert shown[start:end] == MASK * (end - start)


def numeral(data: bytes) -> None:
    """A token is a finite number or none."""
    found = read_numeral(text_of(data))
    if found is not None:
        assert math.isfinite(found.value * found.scale)


def numbers(data: bytes) -> None:
    """Quantities lie in their text, in order and apart, with finite values, the lower first."""
    text = text_of(data)
    last = 0
    for group in quantities.read(words.read(text, extractor().reader.table)):
        for one in group:
            assert last <= one.start < one.end <= len(text)
            assert math.isfinite(one.low)
            assert math.isfinite(one.high)
            last = one.end


def rules(data: bytes) -> None:
    """Every rule, over letters of phrases in any order: targets and links lie in the text."""
    own = extractor()
    alphabet = sorted(own.reader.alphabet.kind_of)
    letters = "".join(alphabet[(high << 8 | low) % len(alphabet)] for high, low in zip(data[::2], data[1::2], strict=False))
    for scanner in (own.claims, own.links):
        for hit in scanner.scan(letters):
            assert 0 <= hit.target < len(letters)
            assert hit.link is None or 0 <= hit.link[0] <= hit.link[1] <= len(letters)


def split(data: bytes) -> tuple[str, str]:
    """A title and an abstract."""
    title, _, abstract = data.decode("utf-8", "replace").partition("\n")
    return fold(title), fold(abstract)


def extraction(data: bytes) -> None:
    """Records lie in the title or the abstract, in order and apart; values are finite."""
    title, abstract = split(data)
    for records in extractor().read(title, abstract).values():
        last = 0
        for start, end, rule, values in records:
            assert rule
            assert last <= start < end <= len(title) + 1 + len(abstract)
            assert end <= len(title) or start > len(title)
            assert all(math.isfinite(value) for value in values if isinstance(value, float))
            last = end


def tables(data: bytes) -> None:
    """Eight papers at once become tables: each is a paper with its exact text, or a reject, and every span is that text."""
    lines = [text for part in data.split(b"\n")[:16] if (text := text_of(part))]
    rows = [
        ("x", at, at, f"p{at}", title, abstract, None, None)
        for at, (title, abstract) in enumerate(zip(lines[::2], lines[1::2], strict=False), 1)
    ]
    if not rows:
        return
    batch = pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), ROWS, strict=True)], schema=ROWS
    )
    made = tables_of(batch)
    texts = {row["paper_id"]: row for row in made["papers"].to_pylist()}
    assert {row[3]: (row[4], row[5]) for row in rows} == {key: (row["title"], row["abstract"]) for key, row in texts.items()}
    for table in FIELD_NAMES:
        for row in made[table].to_pylist():
            assert texts[row["paper_id"]][row["section"]][row["start"] : row["end"]] == row["text"]


@cache
def console() -> Console:
    return Console(file=io.StringIO(), width=100, color_system=None, force_terminal=True)


def show(data: bytes) -> None:
    """`show` prints any paper with its mentions, and nothing that commands a terminal."""
    title, abstract = split(data)
    paper = Paper("p", title, abstract)
    mentions = []
    for table, frame in frames([(paper, extractor().read(title, abstract))]).items():
        mentions += [{"table": table, **row} for row in frame.drop("paper_id").iter_rows(named=True)]
    out = cast("io.StringIO", console().file)
    for shown in page(title, abstract, mentions):
        console().print(shown)
    said = out.getvalue()
    out.seek(0)
    out.truncate()
    assert all(sign.isprintable() or sign == "\n" for sign in said)


class Held(Source):
    """An input that is held in memory: its place is its bytes, in Latin 1."""

    def open(self) -> IO[bytes]:
        """Its bytes."""
        return io.BytesIO(self.place.encode("latin-1"))


def reader(format: str | None) -> Target:
    """The function that reads bytes as a format, or as whatever they look like."""

    def read(data: bytes) -> None:
        last = 0
        try:
            for line, row in formats.read(Held("x", data.decode("latin-1"), "1", len(data), True), format).rows:
                assert line >= 1
                assert format in (None, "listing", "parquet") or line >= last
                last = line
                if isinstance(row, Paper):
                    assert (row.title, row.abstract) == (fold(row.title), fold(row.abstract))
                    assert "".join(row).encode()
                elif isinstance(row, Reject):
                    assert row.reason
                    assert f"{row.document}{row.text}".encode()
        except InputError:
            pass

    read.__doc__ = f"Bytes read as {format or 'what they look like'}: papers that can be written, rejects with a reason, or an InputError."
    return read


TARGETS: dict[str, Target] = {
    "numeral": numeral,
    "repair": repair,
    "numbers": numbers,
    "rules": rules,
    "extraction": extraction,
    "show": show,
    "tables": tables,
    **{f"read {format}": reader(format) for format in formats.FORMATS},
    "read": reader(None),
}


@cache
def fragments() -> tuple[str, ...]:
    """Pieces of what patterns look for: the examples of every rule, what repairs need, names of every lexicon."""
    own = extractor()
    examples = [regex.sub(r"[{}\[\]]", "", example) for rule in own.rules for example in (*rule.examples, *rule.counter_examples)]
    needs = [need for repair in REPAIRS for need in repair.needs]
    names = [next(iter(row.values())) for lexicon in ("datasets.csv", "names.csv", "metrics.csv") for row in lexicons.rows(lexicon)[::20]]
    said = [word for rule in own.rules for word in regex.findall(r"\b[a-z]{3,}\b", rule.pattern)]
    return tuple(dict.fromkeys((*examples, *needs, *names, *said)))


def documents() -> dict[str, bytes]:
    """A small document of every format, to be damaged."""
    some = list(papers(3))
    rows = [{"id": paper.paper_id, "title": paper.title, "abstract": paper.abstract[:300]} for paper in some]
    lines = "\n".join(json.dumps(row) for row in rows)
    index = {word: [at] for at, word in enumerate(rows[0]["abstract"].split())}
    listing = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nApr 22\n\n" + "\n\n".join(
        f"{row['title']}\n\n{row['abstract']}" for row in rows
    )
    table = pa.Table.from_pylist(rows)
    sink = io.BytesIO()
    pa.parquet.write_table(table, sink)
    return {
        "listing": listing.encode(),
        "jsonl": lines.encode(),
        "json": json.dumps(rows).encode(),
        "arxiv": "\n".join(json.dumps({**row, "categories": "cs.CL"}) for row in rows).encode(),
        "openalex": (json.dumps({"id": "https://openalex.org/W1", "title": "T", "abstract_inverted_index": index}) + "\n").encode() * 2,
        "semantic-scholar": b"\n".join(json.dumps({"corpusid": at, "abstract": row["abstract"]}).encode() for at, row in enumerate(rows)),
        "daily-papers": json.dumps(
            [{"paper": {"id": row["id"], "title": row["title"], "summary": row["abstract"]}} for row in rows]
        ).encode(),
        "bibtex": "\n".join(
            f'@article{{{row["id"]},\n title = {{{row["title"]}}},\n abstract = "{row["abstract"]}"\n}}' for row in rows
        ).encode(),
        "csv": ("id,title,abstract\n" + "\n".join(f'{row["id"]},"{row["title"]}","{row["abstract"]}"' for row in rows)).encode(),
        "parquet": sink.getvalue(),
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A document with some of its bytes changed, cut, doubled, or replaced by signs of its grammar."""
    grammar = (
        b'"',
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\\",
        b"\\ud800",
        b"\\u0000",
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"null",
        b"1e999",
        b"-1",
        b"9" * 400,
        b"[" * 2000,
        b'{"a":' * 300,
        b"@",
        b"@x{",
        b"=",
        b"#",
        b";",
        b"\t",
        b"NaN",
        b"true",
        b"\xf0\x9f",
        b"\xed\xa0\x80",
        b"\xc0\x80",
    )
    for _ in range(chance.choice((1, 1, 2, 4, 9))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 1, 5, 60)))
        middle = chance.choice(
            (
                b"",
                bytes([chance.randrange(256)]),
                chance.choice(grammar),
                chance.choice(grammar),
                data[at:end] * 2,
                chance.choice(HOSTILE).encode(),
            )
        )
        data = data[:at] + middle + data[end:]
    if chance.random() < 0.05:
        data = gzip.compress(data)[: chance.randrange(1, len(data) + 50)]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.05 else data


def inputs(name: str, chance: random.Random) -> bytes:
    """One input for a target."""
    if name.startswith("read"):
        known = documents_once()
        format = name.removeprefix("read").strip() or chance.choice(list(known))
        return damaged(known[format if chance.random() < 0.97 else chance.choice(list(known))], chance)
    if name == "rules":
        return chance.randbytes(2 * chance.choice((1, 5, 20, 60, 200)))
    if name == "numeral":
        alphabet = "0123456789" * 3 + ".,-+eExX×%kKMBTGb/^{}_~$€°:th "
        if chance.random() < 0.5:
            return "".join(chance.choice(alphabet) for _ in range(chance.choice((1, 2, 3, 4, 6, 9, 30, 400)))).encode()
        return mutated(
            chance.choice(("3.18", "1,000", "7B", "8x7B", "1/7th", "10^{-3}", "70M", "512x512", "2024", "1e9")), chance, HOSTILE
        ).encode()

    def one() -> str:
        kind = chance.random()
        if kind < 0.1:
            return " ".join(chance.choice(fragments()) for _ in range(chance.randrange(12)))
        if kind < 0.2:
            return "".join(chance.choice(HOSTILE) for _ in range(chance.randrange(30)))
        paper = chance.choice(seed_papers())
        # A few sentences: what is short is read often.
        at = chance.randrange(len(paper.abstract))
        return mutated(paper.abstract[at : at + chance.choice((40, 120, 300, 1500))], chance, fragments())

    count = 8 if name == "tables" else 1
    return "\n".join(f"{one()[:200]}\n{one()}" if name in ("tables", "extraction", "show") else one() for _ in range(count)).encode(
        "utf-8", "replace"
    )


@cache
def documents_once() -> dict[str, bytes]:
    return documents()


@cache
def warm() -> None:
    """Read so many papers that most words and states of the scan are known: no input is to be blamed for them."""
    for paper in papers(450, seed=0):
        extractor().read(paper.title, paper.abstract)


class Outcome(NamedTuple):
    """What the loop did with a target: inputs, processor seconds, the slowest in milliseconds a kilobyte, and what it found."""

    executions: int
    seconds: float
    slowest: float
    findings: list[str]


def loop(name: str, runs: int, seed: int, seconds: float = math.inf) -> Outcome:
    """Feed a target so many mutations, the same ones for the same seed; each finding is named with the input, in hex."""
    target = TARGETS[name]
    warm()
    findings: dict[str, str] = {}
    slowest = spent = 0.0
    until = time.monotonic() + seconds
    done = 0
    for number in range(runs):
        data = inputs(name, random.Random(f"{seed}-{name}-{number}"))
        before = time.thread_time()
        try:
            target(data)
        except Exception as error:  # what it is does not matter: nothing may come out
            place = traceback.extract_tb(error.__traceback__)[-1]
            findings.setdefault(
                f"{type(error).__name__} {place.filename.rpartition('/')[2]}:{place.lineno}", f"{str(error)[:200]}: {data[:4000].hex()}"
            )
        took = time.thread_time() - before
        spent += took
        # Below two kilobytes the fixed cost of a call would be counted as that of its text.
        slowest = max(slowest, took * 1000 / max(len(data) / 1024, 2))
        done += 1
        if time.monotonic() > until:
            break
    return Outcome(done, spent, slowest, [f"{where}: {what}" for where, what in findings.items()])


def main(arguments: Sequence[str]) -> int:
    """Feed all targets, print what was done, and end with 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--runs", type=int, default=10**9, help="for each target, at most")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    given = parser.parse_args(arguments)
    found = 0
    total = 0
    print(f"seed {given.seed}")
    for name in given.targets:
        one = loop(name, given.runs, given.seed, given.seconds)
        total += one.executions
        found += len(one.findings)
        print(
            f"{name:24} {one.executions:>9,} executions {one.seconds:8.0f} s {one.slowest:8.1f} ms/KB at most {len(one.findings):3} findings",
            flush=True,
        )
        for finding in one.findings:
            print(f"  {finding}", flush=True)
    print(f"{total:,} executions, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main(sys.argv[1:]))

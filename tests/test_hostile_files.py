from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli.main import main

GOOD = [{"id": f"g{n}", "title": f"Good {n}", "abstract": f"A {n}B model is {n}x faster on MMLU."} for n in range(2, 5)]
LINES = "".join(json.dumps(row) + "\n" for row in GOOD).encode()
CSV = "id,title,abstract\n" + "".join(f"{row['id']},{row['title']},{row['abstract']}\n" for row in GOOD)


class Ran:
    """What the command did."""

    def __init__(self, code: int, said: str, out: Path) -> None:
        self.code = code
        self.said = " ".join(said.split())
        self.papers: list[str] = []
        self.rejects: list[tuple[str, int | None, str]] = []
        if (out / "manifest.json").exists():
            self.papers = sorted(pl.read_parquet(out / "papers/part-*.parquet")["paper_id"].to_list())
            self.rejects = pl.read_parquet(out / "rejects/part-*.parquet").select("source", "line", "reason").rows()


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`paperfacts extract` as a user calls it, in the folder of the test."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["paperfacts", "extract", *arguments, "-o", "out"])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(int(ended.value.code or 0), said.err + said.out, tmp_path / "out")

    return run


def parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


ROWS = parquet(pa.Table.from_pylist(GOOD))
OTHER_TYPES = parquet(
    pa.table({"id": [1, 2, 3], "title": pa.array(["T", "U", "V"]), "abstract": pa.array([[1], None, [2, 3]], pa.list_(pa.int8()))})
)
NO_UTF8 = parquet(
    pa.table({"id": ["a", "b"], "title": ["T", "U"], "abstract": pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\x00\x00\x00\x00\x05\x00\x00\x00\x0a\x00\x00\x00"), pa.py_buffer(b"a 3x \xff\xff\xff\xff\xff")]
    )})
)  # fmt: skip

# What is in the file, its papers, and for each reject its line and a part of the reason.
FILES: dict[str, tuple[bytes, list[str], list[tuple[int | None, str]]]] = {
    "cut.jsonl.gz": (gzip.compress(LINES, 0)[:-60], ["g2", "g3"], [(3, "breaks off")]),
    "no.jsonl.gz": (b"\x1f\x8b" + LINES, [], [(1, "Unknown compression method")]),
    "bytes.jsonl.gz": (gzip.compress(LINES)[:25] + b"\x00\xff" * 9 + gzip.compress(LINES)[43:], [], [(1, "breaks off")]),
    "cut.parquet": (ROWS[:-20], [], [(None, "cannot be read as Parquet")]),
    "half.parquet": (ROWS[: len(ROWS) // 2], [], [(None, "cannot be read as Parquet")]),
    "text.parquet": (b"no magic here", [], [(None, "unknown kind of file")]),
    "types.parquet": (OTHER_TYPES, [], [(1, "'abstract' is missing, empty or no text"), (2, "'abstract'"), (3, "'abstract'")]),
    "utf8.parquet": (NO_UTF8, [], [(1, "breaks off")]),
    "columns.parquet": (parquet(pa.table({"a": [1]})), [], [(None, "no column 'title' and no column 'abstract'")]),
    "columns.csv": (b"a,b\n1,2\n", [], [(None, "no column 'title'")]),
    "ragged.csv": (CSV.replace("Good 3,", "").encode(), ["g2", "g4"], [(3, "a row of 2 fields where the header has 3")]),
    "stray.csv": (CSV.replace("Good 3", '"Good 3').encode(), ["g2", "g4"], [(3, "a row of 2 fields")]),
    "inner.csv": (CSV.replace("Good 3", 'The "Good" 3').encode(), ["g2", "g3", "g4"], []),
    "behind.csv": (CSV.replace("Good 3", '"Good" 3').encode(), ["g2", "g3", "g4"], []),
    "two_lines.csv": (CSV.replace("Good 3", '"Good\n\n3"').encode(), ["g2", "g3", "g4"], []),
    "mac.csv": (CSV.replace("\n", "\r").encode(), ["g2", "g3", "g4"], []),
    "latin.csv": (CSV.replace("Good 3", "Gööd").encode("latin-1"), ["g2", "g4"], [(3, "lone surrogate")]),
    "broken.jsonl": (LINES.replace(b'"g3"', b'"g3'), ["g2", "g4"], [(2, "not a line of JSON")]),
    "deep.jsonl": (LINES.replace(b'"g3"', b"[" * 100_000), ["g2", "g4"], [(2, "not a line of JSON")]),
    "deep.json": (b"[" + LINES.replace(b"\n", b",") + b"[" * 100_000, ["g2", "g3", "g4"], [(4, "not JSON")]),
    "surrogate.jsonl": (LINES.replace(b"Good 3", rb"Good \ud800"), ["g2", "g4"], [(2, "lone surrogate at character 5")]),
    "shown.jsonl": (LINES + rb'{"id": 1, "title": "\ud800"}', ["g2", "g3", "g4"], [(4, "no abstract")]),
    "long.jsonl": (LINES.replace(b"Good 3", b"G" * 10_000_000), ["g2", "g4"], [(2, "10,000,000 characters")]),
    "line.jsonl": (LINES + b"x" * ((1 << 26) + 5) + b"\n" + LINES.replace(b"g", b"h"), ["g2", "g3", "g4", "h2", "h3", "h4"], [(4, "a line of more than")]),
    "empty.jsonl": (b"", [], [(None, "the file is empty")]),
    "empty.parquet": (b"", [], [(None, "the file is empty")]),
    "empty.csv.gz": (gzip.compress(b""), [], [(None, "the file is empty")]),
    "empty.txt": (b"", [], [(None, "the file is empty")]),
    "wide.jsonl": (LINES.decode().encode("utf-16"), [], [(None, "is UTF-16; write it as UTF-8")]),
    "wide.txt": (LINES.decode().encode("utf-16"), [], [(None, "is UTF-16")]),
    "mark.jsonl": (b"\xef\xbb\xbf" + LINES, ["g2", "g3", "g4"], []),
    "mark.csv": (b"\xef\xbb\xbf" + CSV.encode(), ["g2", "g3", "g4"], []),
    "windows.jsonl": (LINES.replace(b"\n", b"\r\n"), ["g2", "g3", "g4"], []),
    "windows.csv": (CSV.replace("\n", "\r\n").encode(), ["g2", "g3", "g4"], []),
    "same.jsonl": (LINES + LINES, ["g2", "g3", "g4"], []),
    "other.jsonl": (LINES + LINES.replace(b"faster", b"slower"), ["g2", "g3", "g4"], [(line, "with another text") for line in (4, 5, 6)]),
    "two\nlines and spaces.jsonl": (LINES, ["g2", "g3", "g4"], []),
    "zeros.jsonl.gz": (gzip.compress(LINES + bytes(1 << 28)), ["g2", "g3", "g4"], [(4, "a line of more than")]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES, ids=lambda name: name.replace("\n", "_"))
def test_a_bad_file_in_a_folder_loses_only_what_is_bad(name: str, extract: Callable[..., Ran], tmp_path: Path) -> None:
    """What is good in it and beside it is read; each reject names file, line and reason; the exit code says whether there are any."""
    content, papers, rejects = FILES[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "beside.jsonl").write_bytes(LINES.replace(b'"g', b'"beside'))
    ran = extract("in")
    assert ran.papers == sorted([*papers, "beside2", "beside3", "beside4"])
    assert [(source, line) for source, line, _ in ran.rejects] == [(name, line) for line, _ in rejects]
    for (_, _, reason), (_, part) in zip(ran.rejects, rejects, strict=True):
        assert part in reason
    assert ran.code == (1 if rejects else 0)


@pytest.mark.parametrize("name", [name for name, (_, papers, _) in FILES.items() if not papers])
def test_a_bad_file_by_itself_ends_with_its_name(name: str, extract: Callable[..., Ran], tmp_path: Path) -> None:
    """A file that is named and holds nothing good ends with exit code 1 or 2, and the message or the rejects name it."""
    (tmp_path / name).write_bytes(FILES[name][0])
    ran = extract(name)
    assert ran.code == (1 if ran.rejects else 2)
    assert name in (ran.rejects[0][0] if ran.rejects else ran.said)


def test_a_folder_where_a_file_should_be(extract: Callable[..., Ran], tmp_path: Path) -> None:
    """An empty folder called like a file is said to be one without inputs."""
    (tmp_path / "x.jsonl").mkdir()
    ran = extract("x.jsonl")
    assert (ran.code, "x.jsonl: a folder without inputs" in ran.said) == (2, True)


def test_a_link_out_of_a_folder_is_not_followed(extract: Callable[..., Ran], tmp_path: Path) -> None:
    """In a folder, a link to what is outside of it is a reject that says where it leads; one inside, and one that is named, are read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.jsonl").write_bytes(LINES.replace(b'"g', b'"secret'))
    (tmp_path / "in" / "own.jsonl").write_bytes(LINES)
    (tmp_path / "in" / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (tmp_path / "in" / "inner.jsonl").symlink_to("own.jsonl")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    ran = extract("in")
    assert ran.papers == ["g2", "g3", "g4"]
    assert [(source, "is a link out of the folder" in reason and "secret.jsonl" in reason) for source, _, reason in ran.rejects] == [
        ("link.jsonl", True)
    ]
    for file in (tmp_path / "out").rglob("*.parquet"):
        file.unlink()
    assert extract("in/link.jsonl").papers == ["secret2", "secret3", "secret4"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else for a while")
def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without permission: a reject in a folder, a message when it is named; the others are read."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in").mkdir()
        (folder / "in" / "own.jsonl").write_bytes(LINES)
        (folder / "in" / "shut.jsonl").write_bytes(LINES)
        (folder / "in" / "shut.jsonl").chmod(0)
        folder.chmod(0o777)
        monkeypatch.chdir(folder)
        codes = []
        for given in ("in", "in/shut.jsonl"):
            monkeypatch.setattr(sys, "argv", ["paperfacts", "extract", given, "-o", f"out{len(codes)}"])
            os.seteuid(65534)
            try:
                with pytest.raises(SystemExit) as ended:
                    main()
            finally:
                os.seteuid(0)
            codes.append(ended.value.code)
        assert codes == [1, 2]
        assert "in/shut.jsonl: cannot be opened: Permission denied" in capsys.readouterr().err
        rejects = pl.read_parquet(folder / "out0/rejects/part-*.parquet")
        assert rejects.select("source").rows() == [("shut.jsonl",)]
        assert pl.read_parquet(folder / "out0/papers/part-*.parquet").height == 3


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux")
def test_a_name_that_is_no_text(extract: Callable[..., Ran], tmp_path: Path) -> None:
    """A name of bytes that are no UTF-8 is written with their codes."""
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/\xff.jsonl")).write_bytes(LINES + b"{\n")
    ran = extract("in")
    assert (ran.papers, [source for source, _, _ in ran.rejects]) == (["g2", "g3", "g4"], ["\\udcff.jsonl"])

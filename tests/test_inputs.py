from __future__ import annotations

import gzip
import json
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import fsspec
import pyarrow as pa
import pytest

from extract.readers import formats
from extract.readers.objects import from_index
from extract.readers.papers import Columns, InputError, Paper, Reject
from extract.readers.sources import Source, find

ARXIV = {
    "id": "0704.0001",
    "submitter": "A",
    "title": "Calculation of prompt\n  diphoton",
    "categories": "hep-ph",
    "abstract": "  It is $3.18\\times$\nfaster.\n",
}
OPENALEX = {
    "id": "https://openalex.org/W1",
    "display_name": "A Work",
    "abstract_inverted_index": {"faster": [3], "It": [0], "is": [1], "3x": [2]},
}
SCHOLAR = {"corpusid": 7, "openaccessinfo": {}, "abstract": "It is 3x faster."}
DAILY = {"paper": {"id": "2401.00001", "title": "A Daily Paper", "summary": "It is 3x\nfaster."}, "title": "A Daily Paper"}
BIBTEX = """% of the Anthology
@string{acl = "Association"}
@inproceedings{a-etal-2020-x,
    title = "{BERT} at $\\sim$7{B}",
    booktitle = acl,
    month = jul,
    abstract = "It is 3x faster and 5{\\%} better."
}
@proceedings{no-abstract, title = "Proceedings"}
@article{broken, title = {a {b}, abstract = {c}
@article{after, title = {After}, abstract = {It is {GPU} bound.}}
"""


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def read(path: Path | str, columns: Columns | None = None) -> tuple[str, list[Paper], list[Reject], int]:
    """Format, papers, rejects and the number of entries without an abstract."""
    (source,) = find([str(path)])
    reading = formats.read(source, None, columns or Columns())
    rows = [row for _, row in reading.rows]
    papers = [row for row in rows if isinstance(row, Paper)]
    return reading.format, papers, [row for row in rows if isinstance(row, Reject)], rows.count(None)


FORMS: dict[str, tuple[bytes, Paper]] = {
    "arxiv": (lines(ARXIV), Paper("0704.0001", "Calculation of prompt diphoton", "It is $3.18\\times$ faster.")),
    "openalex": (lines(OPENALEX, {**OPENALEX, "abstract_inverted_index": None}), Paper("W1", "A Work", "It is 3x faster")),
    "semantic-scholar": (lines(SCHOLAR, {**SCHOLAR, "abstract": None}), Paper("7", "", "It is 3x faster.")),
    "daily-papers": (json.dumps([DAILY]).encode(), Paper("2401.00001", "A Daily Paper", "It is 3x faster.")),
    "jsonl": (lines({"id": 5, "title": "T", "abstract": "A."}), Paper("5", "T", "A.")),
    "json": (json.dumps([{"id": 5, "title": "T", "abstract": "A."}], indent=2).encode(), Paper("5", "T", "A.")),
    "csv": (b"abstract;id;title\nA.;5;T\n", Paper("5", "T", "A.")),
    "bibtex": (BIBTEX.encode(), Paper("a-etal-2020-x", "BERT at $\\sim$7B", "It is 3x faster and 5\\% better.")),
}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": lambda data: gzip.compress(data[:40]) + gzip.compress(data[40:]),
    "zstd": lambda data: pa.compress(data[:40], "zstd", asbytes=True) + pa.compress(data[40:], "zstd", asbytes=True),
}


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("format", FORMS)
def test_a_format_is_known_by_its_content(format: str, packed: str, tmp_path: Path) -> None:
    """Every format is recognised under a name that says nothing, plain or compressed, also in several members."""
    content, paper = FORMS[format]
    path = tmp_path / "download"
    path.write_bytes(PACKED[packed](content))
    found, papers, _, _ = read(path)
    assert (found, papers[0]) == (format, paper)


def test_entries_without_an_abstract_are_counted_and_no_rejects(tmp_path: Path) -> None:
    """Where a source has many entries without an abstract, they are neither papers nor faults."""
    for name in ("openalex", "semantic-scholar"):
        (tmp_path / name).write_bytes(FORMS[name][0])
        _, papers, rejects, without = read(tmp_path / name)
        assert (len(papers), rejects, without) == (1, [], 1)


def test_a_broken_entry_of_bibtex_loses_only_itself(tmp_path: Path) -> None:
    """What bibtexparser cannot read is a reject with its line; the entries around it are read, without the braces of capitals."""
    (tmp_path / "x.bib").write_text(BIBTEX)
    _, papers, rejects, without = read(tmp_path / "x.bib")
    assert [paper.paper_id for paper in papers] == ["a-etal-2020-x", "after"]
    assert papers[1].abstract == "It is GPU bound."
    assert [(reject.line, "BibTeX" in reject.reason) for reject in rejects] == [(10, True)]
    assert without == 1


def test_columns_may_have_any_name(tmp_path: Path) -> None:
    """--id, --title and --abstract name the columns of JSON, CSV and BibTeX; letter case does not matter in CSV."""
    columns = Columns("doi", "name", "summary")
    (tmp_path / "a.jsonl").write_bytes(lines({"doi": "1", "name": "T", "summary": "A."}))
    (tmp_path / "a.csv").write_text("DOI,Name,Summary\n1,T,A.\n")
    (tmp_path / "a.bib").write_text("@article{k, doi={1}, name={T}, summary={A.}}")
    for name in ("a.jsonl", "a.csv", "a.bib"):
        assert read(tmp_path / name, columns)[1] == [Paper("1", "T", "A.")]


@pytest.mark.parametrize("broken", ['{"id": 2, "title": T}', '{"id": 2, "title": "T" "abstract": "A."}', '{"id": 2, "title": "T'])
def test_a_broken_entry_of_an_array_loses_only_itself(broken: str, tmp_path: Path) -> None:
    """Entries before and behind a broken one are read, also where the input is longer than what is held of it."""
    good = json.dumps({"id": 1, "title": "T", "abstract": "A. " * 400})
    for count in (3, 1000):
        (tmp_path / "x").write_text("[" + ",\n".join([*[good] * count, broken, *[good] * count]) + "]")
        _, papers, rejects, _ = read(tmp_path / "x")
        assert len(papers) >= 2 * count - 1
        assert 1 <= len(rejects) <= 2
        assert rejects[0].line == count + 1


def test_a_broken_first_line_loses_only_itself(tmp_path: Path) -> None:
    """JSON lines are known as such by the second line."""
    (tmp_path / "x").write_bytes(b'{"id": 1, "title\n' + lines(ARXIV, ARXIV))
    _, papers, rejects, _ = read(tmp_path / "x")
    assert (len(papers), len(rejects)) == (2, 1)


@pytest.mark.parametrize("index", [{"a": [-1]}, {"a": 1}, ["a"], {"a": ["x"]}])
def test_a_broken_index_of_words_is_a_reject(index: object, tmp_path: Path) -> None:
    """An index that is none loses its work only."""
    (tmp_path / "x").write_bytes(lines(OPENALEX, {**OPENALEX, "abstract_inverted_index": index}, OPENALEX))
    _, papers, rejects, _ = read(tmp_path / "x")
    assert (len(papers), len(rejects)) == (2, 1)


def test_words_come_in_the_order_of_their_places() -> None:
    """A word may stand in several places, and places may be missing."""
    assert from_index({"b": [1, 5], "a": [0, 3]}) == "a b a b"


def test_a_document_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    """A truncated download gives its papers and one reject that says so."""
    whole = gzip.compress(b"".join(lines({"id": n, "title": "T", "abstract": str(n * 7919)}) for n in range(5000)))
    (tmp_path / "x.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    _, papers, rejects, _ = read(tmp_path / "x.jsonl.gz")
    assert len(papers) > 1000
    assert "breaks off" in rejects[-1].reason


def test_folders_globs_and_addresses_name_their_files(tmp_path: Path) -> None:
    """A folder, a glob and an fsspec address give the same documents, with names from where they begin."""
    memory = fsspec.filesystem("memory")
    for day in ("updated_date=2024-01-01", "updated_date=2024-02-01"):
        data = gzip.compress(lines(OPENALEX))
        (tmp_path / "works" / day).mkdir(parents=True)
        (tmp_path / "works" / day / "part_000.gz").write_bytes(data)
        memory.pipe_file(f"/works/{day}/part_000.gz", data)
    (tmp_path / "works" / "manifest").write_text("{}")
    memory.pipe_file("/works/manifest", b"{}")
    expected = ["updated_date=2024-01-01/part_000.gz", "updated_date=2024-02-01/part_000.gz"]
    for given in (f"{tmp_path}/works", f"{tmp_path}/works/*/*.gz", f"{tmp_path}/works/**/*.gz", "memory://works", "memory://works/*/*.gz"):
        sources = find([given])
        assert [source.name for source in sources] == expected
        assert [len(list(formats.read(source).rows)) for source in sources] == [1, 1]
        assert all(source.identity for source in sources)


def test_standard_input_is_read_as_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is recognised and read like a file."""

    class Stdin:
        buffer = fsspec.filesystem("memory")

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/stdin", gzip.compress(lines(ARXIV)))
    Stdin.buffer = memory.open("/stdin", "rb")
    monkeypatch.setattr(sys, "stdin", Stdin)
    assert read("-")[:2] == ("arxiv", [FORMS["arxiv"][1]])


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        (["nowhere.jsonl"], "no such file"),
        (["*.nothing"], "no file fits"),
        (["empty"], "a folder without inputs"),
        (["x.csv", "x.csv"], "named more than once"),
        (["nostore://x"], "no store is known as nostore"),
        (["memory://nothing/there.gz"], "cannot be reached"),
    ],
)
def test_inputs_that_are_not_there_are_named(inputs: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there, fits nothing or is named twice is an error that says so."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.csv").write_text("title,abstract\n")
    with pytest.raises(InputError, match=says):
        find(inputs)


def test_an_address_without_fsspec_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named where it is missing."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(InputError, match=r"paperfacts\[remote\]"):
        find(["https://example.org/x.jsonl"])


def test_two_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    """Names that would be the same are given in full."""
    for day in ("a", "b"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "part.jsonl").write_bytes(lines(ARXIV))
    names = [source.name for source in find([f"{tmp_path}/a/part.jsonl", f"{tmp_path}/b/part.jsonl"])]
    assert names == [f"{tmp_path}/a/part.jsonl", f"{tmp_path}/b/part.jsonl"]


@pytest.mark.parametrize("form", ["lines", "array"])
def test_memory_does_not_grow_with_the_input(form: str, tmp_path: Path) -> None:
    """A hundred times the papers take no more memory."""
    peaks = []
    for count in (200, 20_000):
        rows = (json.dumps({"id": n, "title": "T", "abstract": f"{n} " * 40}) for n in range(count))
        path = tmp_path / f"{count}"
        path.write_text("\n".join(rows) if form == "lines" else "[" + ",\n".join(rows) + "]")
        tracemalloc.start()
        assert sum(isinstance(row, Paper) for _, row in formats.read(find([str(path)])[0]).rows) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4_000_000


def test_an_identity_follows_the_content(tmp_path: Path) -> None:
    """A file that was written anew has another identity; one that was not has the same."""

    def source() -> Source:
        return find([str(tmp_path / "x.jsonl")])[0]

    (tmp_path / "x.jsonl").write_bytes(lines(ARXIV))
    before = source()
    assert source() == before
    (tmp_path / "x.jsonl").write_bytes(lines(ARXIV, ARXIV))
    assert source().identity != before.identity

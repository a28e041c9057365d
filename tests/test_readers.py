from __future__ import annotations

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from extract.readers import formats, listing
from extract.readers.papers import InputError, Paper, Reject, paper_id
from extract.readers.sources import find
from publish import places
from publish.build import read_documents, seed_files

ABSTRACT = (
    "We show that a method which does one thing well is better than a method which does many things, on a set of tasks. Code is available."
)


def page(
    *items: str, header: str = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nApr 22", between: str = "\n\n"
) -> bytes:
    return (header + between + between.join(items)).encode()


def test_the_seeds_hold_448_listings_of_405_papers() -> None:
    """Every listing of the five documents is read, in file order, and nothing is rejected."""
    documents = read_documents(seed_files(places.SEEDS))
    assert [len(document.listed) for document in documents] == [91, 139, 51, 75, 92]
    assert not [reject for document in documents for reject in document.rejects]
    ids = [one.paper.paper_id for document in documents for one in document.listed]
    assert len(set(ids)) == 405
    in_documents: dict[str, set[str]] = {}
    for document in documents:
        for one in document.listed:
            in_documents.setdefault(one.paper.paper_id, set()).add(document.name)
    assert sum(len(names) > 1 for names in in_documents.values()) == 35


def test_a_layout_is_known_by_its_content() -> None:
    """Paragraphs and alternating lines give the same papers, whatever the file is called."""
    one = listing.read("x.txt", page("A Title", ABSTRACT, "Another Title", ABSTRACT))
    header = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
    other = listing.read("y.txt", (header + "\n".join(["A Title", ABSTRACT, "Another Title", ABSTRACT])).encode())
    assert (one.format, other.format) == ("paragraphs", "alternating")
    assert [entry.paper for entry in one.listed] == [entry.paper for entry in other.listed]
    assert (one.page_date, other.page_date) == ("Apr 22", None)


def test_windows_lines_and_a_byte_order_mark_change_nothing() -> None:
    """How a file ends its lines is no part of its text."""
    plain = listing.read("x.txt", page("A Title", ABSTRACT))
    windows = listing.read("x.txt", b"\xef\xbb\xbf" + page("A Title", ABSTRACT).replace(b"\n", b"\r\n"))
    assert [entry.paper for entry in plain.listed] == [entry.paper for entry in windows.listed]


@pytest.mark.parametrize(
    ("raw", "reason", "lines"),
    [
        (b"", "empty", [None]),
        (b"\n \n", "empty", [None]),
        (b"A Title\n\nSome text.", "fits no layout", [1]),
        (page("A Title", ABSTRACT) + b"\n\xff\xfe", "not UTF-8", [12]),
        (page("A Title", ABSTRACT, "A Title Alone"), "title without an abstract", [13]),
        (page("A Title", "Next page", "Another Title", ABSTRACT), "no paper", [9, 11]),
        (page(ABSTRACT + " One more. And more. " + ABSTRACT, "A Title", ABSTRACT), "abstract without a title", [9]),
    ],
)
def test_what_is_no_paper_is_a_reject_with_its_place(raw: bytes, reason: str, lines: list[int | None]) -> None:
    """Each kind of bad listing page gives a reject that names file, line and reason."""
    document = listing.read("bad.txt", raw)
    assert [(reject.document, reject.line) for reject in document.rejects if reason in reject.reason] == [
        ("bad.txt", line) for line in lines
    ]


def test_the_rest_of_a_page_is_still_read() -> None:
    """A title without an abstract in the middle loses no other paper."""
    document = listing.read("x.txt", page("A Title", ABSTRACT, "A Title Alone", "Another Title", ABSTRACT, "A Third", ABSTRACT))
    assert [entry.paper.title for entry in document.listed] == ["A Title", "Another Title", "A Third"]
    assert [reject.text for reject in document.rejects] == ["A Title Alone"]


ROWS = [
    {"id": "1", "title": "A  Title", "abstract": "Some\ntext."},
    {"title": "No id", "abstract": "Text."},
    {"id": "3", "title": "", "abstract": "Text."},
    {"id": "4", "title": "No abstract", "abstract": None},
    {"id": "5", "title": "Last", "abstract": "Text."},
]


def read(path: Path) -> tuple[list[Paper], list[Reject]]:
    rows = [row for _, row in formats.read(*find([str(path)])).rows]
    return [row for row in rows if isinstance(row, Paper)], [row for row in rows if isinstance(row, Reject)]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".csv", ".parquet"])
def test_every_kind_of_table_gives_the_same_papers(suffix: str, tmp_path: Path) -> None:
    """jsonl, gzipped jsonl, csv and parquet are read alike: ids kept, white space folded, bad rows rejected with their number."""
    path = tmp_path / f"papers{suffix}"
    frame = pl.DataFrame(ROWS)
    match suffix:
        case ".parquet":
            frame.write_parquet(path)
        case ".csv":
            frame.write_csv(path)
        case ".jsonl":
            path.write_text("\n".join(json.dumps(row) for row in ROWS))
        case _:
            path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in ROWS).encode()))
    papers, rejects = read(path)
    assert papers == [Paper("1", "A Title", "Some text."), Paper(paper_id("No id"), "No id", "Text."), Paper("5", "Last", "Text.")]
    assert [reject.line for reject in rejects] == ([5, 6] if suffix == ".csv" else [3, 4])


def test_a_broken_line_loses_only_itself(tmp_path: Path) -> None:
    """Lines that are no JSON, no object or no UTF-8 are rejects; those around them are papers."""
    path = tmp_path / "papers.jsonl"
    good = json.dumps(ROWS[0]).encode()
    lone = json.dumps({"id": "x", "title": "\ud800", "abstract": "t"}).encode()
    path.write_bytes(b"\n".join([good, b"{broken", b"[1]", b'{"title": "\xff"}', lone, good]))
    papers, rejects = read(path)
    assert len(papers) == 2
    assert [reject.line for reject in rejects] == [2, 3, 4, 5]


def test_a_ragged_row_of_csv_loses_only_itself(tmp_path: Path) -> None:
    """A row with too few fields is a reject that says how many it has."""
    path = tmp_path / "papers.csv"
    path.write_text('id,title,abstract\n1,A,"text, with comma"\n2,B\n3,C,text\n')
    papers, rejects = read(path)
    assert [paper.paper_id for paper in papers] == ["1", "3"]
    assert "2 fields where the header has 3" in rejects[0].reason


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv", b"a,b\n1,2\n"), ("x.parquet", b"nothing"), ("x.jsonl.gz", b"nothing"), ("x.doc", b"")]
)
def test_a_file_that_is_no_table_is_an_error_that_names_it(name: str, content: bytes, tmp_path: Path) -> None:
    """A missing column, a wrong magic number or an unknown suffix stops with the file's name."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=name):
        list(formats.read(*find([str(path)])).rows)

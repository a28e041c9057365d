from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.evidence import claim
from extract.extractor import FIELD_NAMES, Extractor
from extract.readers.papers import Paper, fold
from extract.records import Record
from extract.text import view
from publish.build import Built
from publish.extraction import extract_all, extractor

PIECES = st.sampled_from(
    [
        "We",
        "present",
        "FooBench",
        ",",
        "a",
        "benchmark",
        "of",
        "1.2M",
        "images",
        ".",
        "It",
        "runs",
        "3.18times",
        "faster",
        "than",
        "Llama-3-8B",
        ",",
        "43%",
        "less",
        "memory",
        "(",
        "from",
        "15.9%",
        "to",
        "56%",
        "on",
        "MMLU",
        ")\n",
        "",
        "",
        "",
        "up",
        "to",
        "about",
        "7B",
        "parameters",
        ",",
        "128K",
        "tokens",
        "context",
        ",",
        "NVIDIA",
        "A100",
        "GPUs",
        "at",
        "https://github.com/a/b",
        ".",
        "$3\\times$",
        "\\textbf{CIFAR-10/100}",
        "sim",
        "2%",
        "and",
        "twice",
        "half\n",
        "",
        "",
        "",
        "AIME",
        "2024",
        "\\%",
        "±",
        "~",
        "-",
        "—",
        "/",
        "'",
        '"',
        ";",
        ":",
        "(",
        ")",
        "accuracy",
        "F1",
        "of",
        "on",
        "in",
        "by",
        "with",
        "trained",
        "evaluated",
        "dataset",
        "model",
        "70M-12B",
        "512x512",
        "1/7th",
        "10^{-3}",
        "é",
        "中文",
        "𝛼",
        "́",
        "\u202e",
        "\x00",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=40).map(" ".join).map(fold)


def spans(records: list[Record]) -> list[tuple[int, int]]:
    return [(record.start, record.end) for record in records]


@given(title=TEXTS, abstract=TEXTS)
@settings(deadline=None, max_examples=150)
def test_any_text_gives_sound_records(title: str, abstract: str) -> None:
    """Whatever the text: spans lie in one of its two strings and hold something, no two of a field overlap, values are finite."""
    title, abstract = title.replace("\n", " "), abstract.replace("\n", " ")
    for records in extractor().read(title, abstract).values():
        last = 0
        for start, end in spans(records):
            assert last <= start < end <= len(title) + 1 + len(abstract)
            assert end <= len(title) or start > len(title)
            last = end
        for record in records:
            assert all(abs(value) < float("inf") for value in record.values if isinstance(value, float))


@given(title=TEXTS, abstract=TEXTS)
@settings(deadline=None, max_examples=40)
def test_reading_is_a_pure_function(title: str, abstract: str) -> None:
    """The same text gives the same records, whatever was read before, and with a fresh table of words."""
    first = extractor().read(title, abstract)
    extractor().read(abstract, title)
    assert extractor().read(title, abstract) == first


@given(data=st.data())
@settings(deadline=None, max_examples=200)
def test_evidence_weighs_the_same_in_any_order(data: st.DataObject) -> None:
    """The order in which rules fire changes no sum, so that a tie is a tie in every process."""
    rules = data.draw(st.lists(st.sampled_from(extractor().rules), unique_by=lambda rule: rule.id))
    shuffled = data.draw(st.permutations(rules))
    assert claim(rules).score == claim(shuffled).score == sum(round(rule.weight * 10) for rule in rules)


def test_a_fresh_extractor_reads_the_same(built: Built, extractor: Extractor) -> None:
    """What one extractor has read before changes nothing: a new one finds the same in a paper from the middle."""
    row = built.tables["papers"].row(200, named=True)
    assert Extractor().read(row["title"], row["abstract"]) == extractor.read(row["title"], row["abstract"])


def test_the_company_of_a_paper_changes_nothing(built: Built, extractor: Extractor) -> None:
    """Papers read in chunks give the rows that each gives alone."""
    papers = [Paper(row["paper_id"], row["title"], row["abstract"]) for row in built.tables["papers"].head(40).iter_rows(named=True)]
    together = list(extract_all(papers))
    for table in FIELD_NAMES:
        alone = sum(len(extractor.read(paper.title, paper.abstract)[table]) for paper in papers)
        assert sum(chunk[table].height for chunk in together) == alone


def test_spans_are_the_published_text(built: Built) -> None:
    """section[start:end] == text, in code points, for every row of every table."""
    texts = {row["paper_id"]: row for row in built.tables["papers"].iter_rows(named=True)}
    for table in FIELD_NAMES:
        for row in built.tables[table].iter_rows(named=True):
            assert texts[row["paper_id"]][row["section"]][row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    "repeated",
    ["3.18times ", "ImageNet, ", "( ", "$\\sim$", "1/", "accuracy of 90% ", "https://a.io/", "\\textbf{", "7B-", "A-", "1,000,", "- "],
)
def test_long_repetitions_are_read_in_linear_time(repeated: str, extractor: Extractor) -> None:
    """A text that repeats what patterns look for is read; its view keeps its length."""
    text = fold(repeated * 400)
    assert len(view(text)) == len(text)
    extractor.read("Title", text)

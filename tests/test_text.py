from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.text import FILL, MASK, clean, urls, view

SHOWN = [
    ("runs 3.18times faster", "runs 3.18× faster"),
    (r"$3.18\times$ faster", "3.18× faster"),
    (r"up to $9 \times$", "up to 9 ×"),
    (r"16.8$\times$ gain", "16.8× gain"),
    ("at 512times512", "at 512×512"),
    ("64{times}64", "64×64"),
    ("15timessim50times", "15× ~50×"),
    (r"$\sim$7B and $\approx 3\%$", "~7B and ~3%"),
    ("1% sim 2% and ge 175B", "1% ~ 2% and ≥ 175B"),
    ("hallucinate on leq5% of it", "hallucinate on ≤5% of it"),
    (r"by~3.2\% (~39%)", "by 3.2% (~39%)"),
    ("+8.67~pp", "+8.67 pp"),
    ("9M~12M", "9M~12M"),
    (r"cost \500 or \$100", "cost €500 or €100"),
    ("modelsx2014and", "models — and"),
    ("modelx2019s", "model's"),
    (r"\textbf{Foo} and \emph{bar}", "Foo and bar"),
    (r"\textbf{3D-\textit{Foo}}", "3D-Foo"),
    ("LaSOT_{ext}", "LaSOT_ext"),
    (r"$\tau$-bench", "τ-bench"),
    ("69.8 pm 0.5", "69.8 ± 0.5"),
    (r"5.7\% $\rightarrow$ 25.4\%", "5.7% → 25.4%"),
    ("11{,}412", "11,412"),
    (r"M$^3$Eval and $τ^2$-bench", "M^3Eval and τ^2-bench"),
    (r"A\textsuperscript{2}FM", "A^2FM"),
    (r"by $5\%$, ($0.8$B) at 91.5$\%$", "by 5% , ( 0.8B) at 91.5%"),
    (r"$3$-$4\times$ and $1.4-2.5\times$", "3 - 4× and 1.4-2.5×"),
    (r"\textbf{\textsc{Foo}}-1.5B", "Foo-1.5B"),
    (r"$\textbf{ECON}$omist", "ECONomist"),
    (r"$\mathcal{J}\&\mathcal{F}$", "J&F"),
    (r"reaches$95\%$", "reaches 95%"),
    ("ImageNet-$64\\times 64$", "ImageNet-64× 64"),
    (r"${\sim}750$ and {sim}750", "~750 and ~750"),
    (r"1.2{\sim}1.3$\times$", "1.2~1.3×"),
    ("66.3%rightarrow72.9, 0.117to0.598", "66.3% → 72.9, 0.117→ 0.598"),
    ("a times3.23 gain at 256 times 256", "a ×3.23 gain at 256 × 256"),
    (r"\textasciitilde30B (ICCapprox0.78", "~30B (ICC ~0.78"),
    (r"from $0.398 to $0.228", "from €0.398 to €0.228"),
    ("the times and simple gels", "the times and simple gels"),
    ("LLMtimesMapReduce", "LLMtimesMapReduce"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_damage_is_read_as_the_sign_that_was_meant(text: str, shown: str) -> None:
    """What pages and LaTeX do to numbers and names is undone in the view."""
    assert " ".join(clean(view(text)).split()) == shown


@pytest.mark.parametrize(("text", "_"), SHOWN)
def test_a_view_is_as_long_as_its_text(text: str, _: str) -> None:
    """Offsets in the view are offsets in the source."""
    assert len(view(text)) == len(text)


DAMAGED = st.lists(
    st.sampled_from(
        [
            "times",
            "sim",
            "$",
            "\\",
            "{",
            "}",
            "%",
            "3",
            "1.5",
            "B",
            " ",
            "~",
            "textbf{",
            "x2014",
            "pm",
            "https://a.io/b",
            "_",
            "^",
            "\\times",
            "le ",
            "€",
            "é",
            "𝛼",
            "\u0301",
        ]
    )
    | st.characters(codec="utf-8"),
    max_size=40,
).map("".join)


@given(text=DAMAGED)
@settings(deadline=None, max_examples=300)
def test_any_text_has_a_view_of_its_length(text: str) -> None:
    """No input changes the length of the view, and every address is masked."""
    shown = view(text)
    assert len(shown) == len(text)
    for start, end in urls(text):
        assert shown[start:end] == MASK * (end - start)


URLS = [
    ("Code: https://github.com/a/b.", ["https://github.com/a/b"]),
    ("(https://github.com/a/b)", ["https://github.com/a/b"]),
    ("at github.com/a/b-c, and", ["github.com/a/b-c"]),
    (r"\href{https://github.com/a/b_c.git}{here}", ["https://github.com/a/b_c.git"]),
    (r"https://github.com/a/b\_c is", [r"https://github.com/a/b\_c"]),
    ("at~https://a.github.io/b/.", ["https://a.github.io/b/"]),
    ("url{https://a.io}url{https://a.io}", ["https://a.io", "https://a.io"]),
    ("https://en.wikipedia.org/wiki/A_(b) is", ["https://en.wikipedia.org/wiki/A_(b)"]),
    ("no address: e.g. this/that or 1.5.", []),
    ("see foo.github.io.", ["foo.github.io"]),
]


@pytest.mark.parametrize(("text", "found"), URLS)
def test_addresses_are_found_without_what_is_around_them(text: str, found: list[str]) -> None:
    """Brackets, quotes and sentence punctuation are no part of an address."""
    assert [text[start:end] for start, end in urls(text)] == found


def test_filling_says_nothing() -> None:
    """Padding never shows in a cleaned piece."""
    assert FILL not in clean(view("10\\% of 3.18times"))

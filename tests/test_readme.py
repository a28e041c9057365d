from __future__ import annotations

from bench.readme import README, renewed
from publish.build import Built


def test_the_tables_of_the_readme_are_todays(built: Built) -> None:
    """`python -m bench.readme` would change nothing: the rows and figures in README.md are those of this code."""
    text = README.read_text(encoding="utf-8")
    assert renewed(text, built) == text

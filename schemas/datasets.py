"""The table datasets."""

from __future__ import annotations

from schemas.table import MentionTable, column


class Datasets(MentionTable):
    """Mentions of named datasets, benchmarks, corpora, challenge sets and environments."""

    dataset: str = column("the name that most people use for it", str_length={"min_value": 1})
    introduced: bool = column("whether this paper presents it, or a new version of it")

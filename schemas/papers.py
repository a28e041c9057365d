"""The table papers."""

from __future__ import annotations

from schemas.table import Table, column


class Papers(Table):
    """The papers: the text that every span points into."""

    paper_id: str = column(
        "the input's own id, or 16 hex digits of sha256 of the title, case-folded, white space folded",
        unique=True,
        str_length={"min_value": 1},
    )
    title: str = column("the title, white space folded, otherwise as the source has it; empty if it has none")
    abstract: str = column("the abstract, white space folded, otherwise as the source has it", str_length={"min_value": 1})
    title_sha256: str = column("sha256 of the title", str_matches=r"^(?:[0-9a-f]{64})$")
    abstract_sha256: str = column("sha256 of the abstract", str_matches=r"^(?:[0-9a-f]{64})$")

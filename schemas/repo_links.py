"""The table repo_links."""

from __future__ import annotations

import polars as pl

from schemas.table import MentionTable, column, enum

KINDS = ("code", "project_page", "model", "dataset", "demo", "other")


class RepoLinks(MentionTable):
    """URLs, and what is there."""

    url: str = column(
        "the address, with a scheme, without a final slash or `.git`", str_matches=r"^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\s/]+(?:/\S*)?)$"
    )
    kind: pl.Enum = enum("what the text says is there, else what the host tells", KINDS)
    host: str = column("the host, in lower case, without `www.`", str_matches=r"^(?:[^\s/A-Z]+)$")
    owner: str = column("who owns the repository, on hosts that have owners", nullable=True)
    repo: str = column("the repository's name, on hosts that have repositories", nullable=True)

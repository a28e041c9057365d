"""What a published table is: one Pandera model per table, a description on each column, a unit on each number."""

from __future__ import annotations

from functools import cache

from schemas.context_lengths import ContextLengths
from schemas.data_sizes import DataSizes
from schemas.datasets import Datasets
from schemas.description import TableInfo, described
from schemas.documents import Documents
from schemas.hardware import Hardware
from schemas.listings import Listings
from schemas.metrics import Metrics
from schemas.model_sizes import ModelSizes
from schemas.papers import Papers
from schemas.rejects import Rejects
from schemas.repo_links import RepoLinks
from schemas.rules import Rules
from schemas.speedups import Speedups
from schemas.table import Table

TABLES: dict[str, type[Table]] = {
    "model_sizes": ModelSizes,
    "speedups": Speedups,
    "datasets": Datasets,
    "repo_links": RepoLinks,
    "metrics": Metrics,
    "data_sizes": DataSizes,
    "context_lengths": ContextLengths,
    "hardware": Hardware,
    "documents": Documents,
    "papers": Papers,
    "listings": Listings,
    "rules": Rules,
    "rejects": Rejects,
}
"""Every published table by name, in the published order."""

MENTIONS = ("model_sizes", "speedups", "datasets", "repo_links", "metrics", "data_sizes", "context_lengths", "hardware")
"""The tables with one row per mention."""


@cache
def info(table: str) -> TableInfo:
    """What a table is, as plain values."""
    return described(table, TABLES[table])

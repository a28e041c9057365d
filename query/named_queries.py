"""The named queries: one .sql file each; its first comment says what it answers and which parameters it takes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import regex

_PARAMETER = regex.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query by name."""

    name: str
    answers: str
    sql: str
    parameters: tuple[str, ...]


def load() -> dict[str, NamedQuery]:
    """All named queries, by name."""
    found = {}
    for entry in sorted((files(__package__) / "named").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".sql"):
            sql = entry.read_text(encoding="utf-8")
            name = entry.name.removesuffix(".sql")
            answers = " ".join(line.removeprefix("--").strip() for line in sql.splitlines() if line.startswith("--"))
            found[name] = NamedQuery(name, answers, sql, tuple(dict.fromkeys(_PARAMETER.findall(sql))))
    return found

"""Mutations for every part that reads text: a share of what `make fuzz` does, the same ones each time."""

from __future__ import annotations

import pytest

from tests.fuzzing import TARGETS, loop

RUNS = {"rules": 2_000, "numbers": 5_000, "extraction": 2_000, "show": 400, "tables": 20, "read bibtex": 3_000, "read": 5_000}
OTHERS = 20_000
SLOWEST = 600.0
"""Milliseconds a kilobyte: the worst of three million was a quarter of it, on a machine with other work."""


@pytest.mark.parametrize("name", TARGETS)
def test_no_mutation_breaks_what_must_be(name: str) -> None:
    """No exception, no untrue span, no infinite value, nothing that takes too long."""
    done = loop(name, RUNS.get(name, OTHERS), seed=1)
    print(
        f"{name}: {done.executions:,} executions in {done.seconds:.0f} s, {done.slowest:.1f} ms/KB at most, {len(done.findings)} findings"
    )
    assert not done.findings
    assert name == "tables" or done.slowest < SLOWEST  # tables take what their checks take, however short the texts

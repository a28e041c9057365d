"""One target of tests/fuzzing.py under atheris, which keeps what reaches new code: `python -m tests.fuzzing_by_coverage TARGET SECONDS`."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["extract", "cli.show"]):
    from tests.fuzzing import TARGETS, inputs, warm


def main() -> None:
    """Begin from some mutations; what is found is printed with its input, and ends the run with a code that is not 0."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    warm()
    with tempfile.TemporaryDirectory() as corpus:
        for number in range(200):
            Path(corpus, str(number)).write_bytes(inputs(name, random.Random(number)))
        options = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=30", "-print_final_stats=1", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, corpus], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()

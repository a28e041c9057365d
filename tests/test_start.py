"""Ctrl-C ends the command with exit code 130, whatever a library makes of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEGIN = """
import os, signal, sys, time, types

class Panic(BaseException):
    pass

class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

def stopped():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(1)

def into(error):
    try:
        stopped()
    except KeyboardInterrupt:
        raise error from None

def lost():
    Dying()
    time.sleep(10)

def fails(error):
    raise error

sys.modules["cli.main"] = types.SimpleNamespace(main=lambda: {run})
from cli.start import main
main()
"""


@pytest.mark.parametrize(
    ("run", "code"),
    [
        ("stopped()", 130),
        ("into(Panic())", 130),
        ("into(ValueError())", 130),
        ("into(SystemExit(2))", 130),
        ("into(SystemExit(0))", 0),
        ("lost()", 130),
        ("fails(ValueError())", 1),
        ("fails(SystemExit(2))", 2),
    ],
)
def test_exit_codes(run: str, code: int) -> None:
    """130 after Ctrl-C, be it turned into an error, a panic, an exit, or lost where Python cannot raise; else what the command ended with."""
    process = subprocess.run([sys.executable, "-c", BEGIN.replace("{run}", run)], capture_output=True, text=True, timeout=60)
    assert process.returncode == code, process.stderr
    assert ("Traceback" in process.stderr) == (run == "fails(ValueError())")

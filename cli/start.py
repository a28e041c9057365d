"""The beginning of the command: what it needs is loaded, and Ctrl-C meanwhile stops it as it does later, with exit code 130.

A library whose import is interrupted may turn that into an error of its own.
"""

from __future__ import annotations

import os
import signal

_STOPPED = 130


def main() -> None:
    """Load the command and run it."""
    heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # under nohup it is not
    if heard:
        signal.signal(signal.SIGINT, lambda *_: os._exit(_STOPPED))
    from cli.main import main as run

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()

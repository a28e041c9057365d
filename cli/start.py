"""The beginning of the command, and its end by Ctrl-C: exit code 130, wherever it comes.

A library that is interrupted, while it is imported or later, may turn that into an error of its own.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_STOPPED = 130


def main() -> None:
    """Load the command and run it; what fails after Ctrl-C failed by it."""
    stopped = False

    def stop(_: int, __: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        raise KeyboardInterrupt

    heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # under nohup it is not
    if heard:
        signal.signal(signal.SIGINT, lambda *_: os._exit(_STOPPED))
    from cli.main import main as run

    if heard:
        signal.signal(signal.SIGINT, stop)
    try:
        run()
    except SystemExit as end:
        if stopped and end.code not in (0, None):
            sys.exit(_STOPPED)
        raise
    except (Exception, KeyboardInterrupt):
        if stopped:
            sys.exit(_STOPPED)
        raise

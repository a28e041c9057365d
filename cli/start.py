"""The beginning of the command, and its end by Ctrl-C: exit code 130, wherever it comes.

A library that is interrupted, while it is imported or later, may turn that into an error of its own
(Polars into a panic, which is no Exception), or lose it where Python cannot raise (in a `__del__`).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

_STOPPED = 130


def main() -> None:
    """Load the command and run it; what fails after Ctrl-C failed by it."""
    stopped = False

    def stop(_: int, __: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        raise KeyboardInterrupt

    def lost(what: sys.UnraisableHookArgs) -> None:
        if isinstance(what.exc_value, KeyboardInterrupt):
            threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGINT)).start()
        else:
            sys.__unraisablehook__(what)

    heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # under nohup it is not
    if heard:
        signal.signal(signal.SIGINT, lambda *_: os._exit(_STOPPED))
    from cli.main import main as run

    if heard:
        sys.unraisablehook = lost
        signal.signal(signal.SIGINT, stop)
    try:
        run()
    except SystemExit as end:
        if stopped and end.code not in (0, None):
            sys.exit(_STOPPED)
        raise
    except BaseException:
        if stopped:
            sys.exit(_STOPPED)
        raise

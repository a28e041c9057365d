"""A limit to the time that one text may take, so that no pattern can hold up a run."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitError(Exception):
    """A text took too long; `where` says what was reading it: a rule, or a repair of the reading view."""

    def __init__(self) -> None:
        super().__init__()
        self._where: str | None = None

    def within(self, where: str) -> None:
        """Note what was reading."""
        self._where = where

    @property
    def where(self) -> str:
        """What was reading: the rule if one was, else the function."""
        frame = traceback.extract_tb(self.__traceback__)[-2:][0]
        return self._where or f"{frame.filename.rpartition('/')[2]}: {frame.name}"


def _stop(_: int, __: FrameType | None) -> None:
    raise TimeLimitError


@contextmanager
def timer() -> Iterator[Callable[[float], object]]:
    """Gives a function that starts a limit anew: after so many seconds of processor time, TimeLimitError. 0 stops it.

    `regex` looks for signals while it matches, so that a pattern is stopped where it is. Processor time does not depend on
    what else the machine does. Without effect outside the main thread and where there is no such timer (Windows).
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield lambda _: None
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        yield lambda seconds: signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

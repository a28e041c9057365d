"""Work that is begun again and again where the rules are read already, and killed: a run of seconds, and all of it is the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

_DRIVER = """
import os, signal, sys
from publish.extraction import extractor
{work}
extractor()
print("ready", flush=True)
while line := sys.stdin.readline():
    *arguments, last = line.split()
    pid = os.fork()
    if pid == 0:
        steps = 0
        def step(event, given):
            global steps
            if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir") and arguments[0] in str(given[0]):
                steps += 1
                if steps == int(last):
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(step)
        work(*arguments)
        os._exit(min(steps, 255))
    print(pid, flush=True)
    sys.stdin.readline()  # until then its id is its own, even if it has ended
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class Driver:
    """Processes that do `work`, a function of texts in Python, whose first one is the place that it writes to."""

    def __init__(self, work: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _DRIVER.replace("{work}", work)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.line()

    def line(self) -> str:
        """What the driver says."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def tell(self, line: str) -> None:
        """Say something to the driver."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def run(self, *arguments: object, seconds: float | None = None, last: int = 0) -> int:
        """Do the work, killed after some seconds or before the step `last` on its place; its steps if it came to the end, or -1."""
        self.tell(" ".join(map(str, (*arguments, last))))
        pid = int(self.line())
        if seconds is not None:
            time.sleep(seconds)
            os.kill(pid, signal.SIGKILL)
        self.tell("end")
        status = int(self.line())
        return -1 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)

    def timed(self, *arguments: object) -> float:
        """How many seconds the work takes from its beginning to its end."""
        started = time.monotonic()
        self.run(*arguments)
        return time.monotonic() - started

    def close(self) -> None:
        """End it."""
        self.process.communicate()

"""What it costs to look at a session: the live view, and `paws watch` beside it, at 80 columns and 24 rows.

Processor time is the kernel's own count of each thread, for a session at the true pace.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .commands import PAWS

# The first press is over by then, and Python has loaded what it will.
FROM_S = 8.0
_SIZE = struct.pack("HHHH", 24, 80, 0, 0)


@dataclass(frozen=True)
class Cost:
    """What was spent in a second: of a core, and of a link."""

    what: str
    core_share: float
    bytes_per_s: float


class _Seen:
    """A command at a terminal whose output is read at once, and counted."""

    def __init__(self, home: str, *arguments: str) -> None:
        self._keys, program = pty.openpty()
        fcntl.ioctl(program, termios.TIOCSWINSZ, _SIZE)
        self.bytes = 0
        self._process = subprocess.Popen(
            [PAWS, *arguments],
            stdin=program,
            stdout=program,
            env={**os.environ, "KITTYPAWS_HOME": home, "TERM": "xterm-256color"},
        )
        # Kept open: a terminal that nobody has open any more cannot be read to its end.
        self._program = program

    def read_for(self, length_s: float) -> None:
        until_s = time.monotonic() + length_s
        while (left_s := until_s - time.monotonic()) > 0:
            if select.select([self._keys], [], [], left_s)[0]:
                self.bytes += len(os.read(self._keys, 65536))

    def spent_s(self) -> dict[str, float]:
        """Return the processor time of each of its threads."""
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return {thread.name: int((thread / "schedstat").read_text().split()[0]) / 1e9 for thread in threads}

    def end(self) -> None:
        self._process.send_signal(signal.SIGINT)
        while self._process.poll() is None:
            self.read_for(0.05)
        os.close(self._keys)
        os.close(self._program)
        if self._process.returncode != 130:
            sys.exit(f"it ended with {self._process.returncode}, not 130")


@contextmanager
def _seen(home: str, *arguments: str) -> Iterator[_Seen]:
    seen = _Seen(home, *arguments)
    try:
        yield seen
    finally:
        seen.end()


def costs(length_s: float) -> list[Cost]:
    """Return what the views cost, and beside them the session that they show."""
    session = ("session", "--emulated", "gentle", "--yes")
    with TemporaryDirectory() as home, _seen(home, *session, "--json") as unseen:
        unseen.read_for(FROM_S)
        before_s, threads = sum(unseen.spent_s().values()), len(unseen.spent_s())
        unseen.read_for(length_s)
        alone = (sum(unseen.spent_s().values()) - before_s) / length_s
    with TemporaryDirectory() as home, _seen(home, *session) as shown:
        shown.read_for(FROM_S)
        with _seen(home, "watch") as watching:
            watching.read_for(2.0)
            shown.read_for(0.1)
            first = (shown.spent_s(), watching.spent_s(), shown.bytes, watching.bytes)
            for _ in range(round(length_s * 10)):
                shown.read_for(0.05)
                watching.read_for(0.05)
            last = (shown.spent_s(), watching.spent_s(), shown.bytes, watching.bytes)
    if len(last[0]) != threads + 1:
        sys.exit(f"the view is not the one thread more: {threads} without it, {len(last[0])} with it")
    # Threads are numbered as they begin: the view's is the youngest.
    view = max(last[0], key=int)
    return [
        Cost("live view of a session", (last[0][view] - first[0][view]) / length_s, (last[2] - first[2]) / length_s),
        Cost("`paws watch`", (sum(last[1].values()) - sum(first[1].values())) / length_s,
             (last[3] - first[3]) / length_s),
        Cost("the emulated session without a view", alone, 0.0),
    ]  # fmt: skip

"""The command at a terminal, as a person types and reads."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .command import DEADLINE_S, Running, Told


class Terminal:
    """The command at a terminal of its own: what a person types, and what shows."""

    def __init__(self, keys: int, program: int, process: Running) -> None:
        self._keys, self.program, self._process = keys, program, process
        self.shown = ""

    def until(self, words: str) -> None:
        """Wait until these words show."""
        deadline_s = time.monotonic() + DEADLINE_S
        while words not in self.shown:
            left_s = max(deadline_s - time.monotonic(), 0.0)
            assert select.select([self._keys], [], [], left_s)[0], f"{words!r} never came: {self.shown}"
            self.shown += os.read(self._keys, 4096).decode(errors="replace")

    def answer(self, question: str, answer: str) -> None:
        """Wait for a question, forget what was before it, and type."""
        self.until(question)
        self.shown = self.shown.partition(question)[2]
        os.write(self._keys, f"{answer}\r".encode())

    def send(self, number: signal.Signals) -> None:
        self._process.send(number)

    @property
    def pid(self) -> int:
        return self._process.pid

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.program, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def stop(self) -> None:
        """Let the terminal take nothing, as Ctrl-S does."""
        termios.tcflow(self.program, termios.TCOOFF)

    def go_on(self) -> None:
        """Let it take what waits, as Ctrl-Q does."""
        termios.tcflow(self.program, termios.TCOON)

    def hang_up(self) -> None:
        """Take the terminal away, as a window that is closed or an ssh that is cut does."""
        os.dup2(os.open(os.devnull, os.O_RDONLY), self._keys)

    def end_unseen(self) -> Told:
        """Wait for the end of a program whose terminal is gone or not read."""
        return self._process.end()

    def end(self) -> Told:
        """Wait for the end, and return it with the rest of what showed."""
        told = self._process.end()
        while select.select([self._keys], [], [], 0)[0]:
            self.shown += os.read(self._keys, 4096).decode(errors="replace")
        return Told(told.code, self.shown.replace("\r\n", "\n"), told.err)


@contextmanager
def at_a_terminal(*arguments: object, home: Path, **environment: str) -> Iterator[Terminal]:
    """Run the command at a terminal of its own, which is told when that goes away."""
    keys, program = pty.openpty()

    def at_it() -> None:
        os.setsid()
        fcntl.ioctl(program, termios.TIOCSCTTY, 0)
        os.dup2(program, 0)
        os.dup2(program, 1)

    try:
        with Running(*arguments, home=home, before=at_it, environment={"TERM": "xterm", **environment}) as process:
            yield Terminal(keys, program, process)
    finally:
        os.close(keys)
        os.close(program)

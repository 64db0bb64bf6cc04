"""The lines on their way from the loop to the tape: handed over at once, kept in order, and never without bound.

While the disk takes nothing they wait here; when there are too many the oldest go, and their times are noted.
"""

import threading
from collections import deque

# Ten minutes at 100 sweeps a second with what is said about them: at the usual 50 it is twenty. A Pi Zero 2 W has
# 512 MB for everything.
KEPT_AT_MOST_BYTES = 16 * 1024 * 1024
# What Python spends on a line beside its bytes: a tuple, a float, two headers (CPython, 64 bits).
_OVERHEAD_BYTES = 130
# More than a second of lines: whoever is so far behind writes many at once.
BEHIND_ABOVE_LINES = 120
BATCH_AT_MOST_BYTES = 64 * 1024


class WaitingLines:
    """A queue that forgets the oldest.

    Attributes:
        lost_from_s: Time of the first line that had to go; None of none.
        lost_to_s: Time of the last one.
    """

    def __init__(self) -> None:
        self._lines: deque[tuple[float, bytes]] = deque()
        self._bytes = 0
        self._is_over = False
        # Held for moments only, never while a disk is waited for.
        self._changed = threading.Condition()
        self.lost_from_s: float | None = None
        self.lost_to_s: float | None = None

    def put(self, line: bytes, t_s: float) -> None:
        """Add a line; returns at once."""
        with self._changed:
            self._lines.append((t_s, line))
            self._bytes += len(line) + _OVERHEAD_BYTES
            while self._bytes > KEPT_AT_MOST_BYTES:
                self.lost_to_s, lost = self._lines.popleft()
                self._bytes -= len(lost) + _OVERHEAD_BYTES
                if self.lost_from_s is None:
                    self.lost_from_s = self.lost_to_s
            self._changed.notify()

    def end(self) -> None:
        """Say that no line will follow."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def take(self) -> tuple[float, float, bytes] | None:
        """Wait for the next line; return its time twice, and it. None after the last one.

        When many wait, they come together: the times are those of the first and of the last.
        """
        with self._changed:
            while not self._lines:
                if self._is_over:
                    return None
                self._changed.wait()
            first_s = last_s = self._lines[0][0]
            taken: list[bytes] = []
            size = 0
            together = len(self._lines) > BEHIND_ABOVE_LINES
            while self._lines and (not taken or (together and size < BATCH_AT_MOST_BYTES)):
                last_s, line = self._lines.popleft()
                taken.append(line)
                size += len(line)
            self._bytes -= size + len(taken) * _OVERHEAD_BYTES
            return first_s, last_s, b"".join(taken)

    @property
    def oldest_s(self) -> float | None:
        """Time of the line that has waited longest."""
        with self._changed:
            return self._lines[0][0] if self._lines else None

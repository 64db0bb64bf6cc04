"""The header of a Pi as a folder: pins that outlive the process that drives them, as real ones do.

`trace` has a line for every level that was set: seconds of the monotonic clock, pin, level, and the frequency of a
tone. `driven` has a byte for each pin, what the world outside does to it: 0, 1, or - for nothing.
"""

import mmap
import time
from pathlib import Path

PINS = 28
_NOTHING, _LOW, _HIGH = b"-01"


class Header:
    """The pins in a folder, which is made where it is missing; several processes may open the same one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._trace = (folder / "trace").open("ab", buffering=0)
        path = folder / "driven"
        if not path.exists():
            path.write_bytes(bytes([_NOTHING]) * PINS)
        with path.open("r+b") as file:
            self._driven = mmap.mmap(file.fileno(), PINS)

    def drive(self, pin: int, *, high: bool) -> None:
        """Do what a button does: connect a pin to ground, or let it go to its supply."""
        self._driven[pin] = _HIGH if high else _LOW

    def driven(self, pin: int) -> bool | None:
        """Return what drives a pin from outside, None of nothing."""
        level = self._driven[pin]
        return None if level == _NOTHING else level == _HIGH

    def note(self, pin: int, level: float, frequency_hz: float | None) -> None:
        """Write down that a pin was set."""
        tone = "" if frequency_hz is None else f" {frequency_hz:g}"
        self._trace.write(f"{time.monotonic():.6f} {pin} {level:g}{tone}\n".encode())

    def close(self) -> None:
        """Let go of the files; the pins stay as they are."""
        self._trace.close()
        self._driven.close()

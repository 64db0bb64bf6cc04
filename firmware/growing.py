"""The lines of a tape that is still being written, as they come: read often, cheaply, and without touching it.

Only whole lines are handed on; a torn one waits for its rest. Nothing is judged here, and a view shows a few readings a
second: so the others are only checked, which makes an hour of tape a matter of a second.
"""

import os
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from .tapes import is_growing

# Each look wakes a core up, which costs more than what is read; from afar three a second are a picture that moves.
LOOK_EVERY_S = 0.33
# One reading of each glove in so many seconds of tape is handed on; a microsecond less, as times are kept to that.
READING_EVERY_S = 0.24 - 1e-6
# More than half a second at the usual pace; a synced or slow disk may well write in lumps.
_READ_AT_ONCE_BYTES = 64 * 1024
# No line of ours is a tenth as long: without any end of line it is no tape, and not to be kept in memory.
_LINE_AT_MOST_BYTES = 256 * 1024
_CHECKSUM_DIGITS = 8


class GrowingTape:
    """The lines of a tape, from its first to the last there will be.

    Args:
        path: The tape.
        goes_on: Asked whenever nothing new has come, and while much is read; False ends the lines.

    Attributes:
        first_damage: The first line whose checksum is wrong, in words; None of none.
        trouble: Why it cannot be followed any further; None while it can.

    Raises:
        OSError: It cannot be opened.
    """

    def __init__(self, path: Path, goes_on: Callable[[], bool]) -> None:
        self._path, self._goes_on = path, goes_on
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._read_bytes = self._number = 0
        self._grew_s = time.monotonic()
        self._kept_s: dict[bytes, float] = {}
        self.first_damage: str | None = None
        self.trouble: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    @property
    def quiet_s(self) -> float:
        """For how long nothing new has come."""
        return time.monotonic() - self._grew_s

    def has_writer(self) -> bool:
        """Return whether somebody still writes it, as far as anybody can tell."""
        try:
            return is_growing(self._path)
        except OSError:
            # On a disk without locks nobody knows.
            return True

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines; wait for more of them at the end for as long as it goes on."""
        rest = b""
        while True:
            data = self._more()
            if data:
                *lines, rest = (rest + data).split(b"\n")
                if len(rest) > _LINE_AT_MOST_BYTES:
                    lines, rest = [*lines, rest], b""
                for line in lines:
                    self._number += 1
                    if self._is_wanted(line):
                        yield line + b"\n"
            if self.trouble is not None or not self._goes_on():
                return
            if len(data) < _READ_AT_ONCE_BYTES:
                time.sleep(LOOK_EVERY_S)

    def _more(self) -> bytes:
        try:
            status = os.fstat(self._file)
            if status.st_size > self._read_bytes:
                data = os.read(self._file, _READ_AT_ONCE_BYTES)
                self._read_bytes += len(data)
                self._grew_s = time.monotonic()
                return data
        except OSError as error:
            self.trouble = f"cannot be read any further: {(error.strerror or str(error)).lower()}"
            return b""
        if status.st_size < self._read_bytes:
            self.trouble = "was made shorter while it was followed"
        elif not status.st_nlink:
            self.trouble = "was removed while it was followed"
        return b""

    def _is_wanted(self, line: bytes) -> bool:
        """Return whether a line is handed on: all but most of the readings that are well."""
        kind = line[_CHECKSUM_DIGITS + 1 : _CHECKSUM_DIGITS + 2]
        try:
            is_well = int(line[:_CHECKSUM_DIGITS], 16) == zlib.crc32(line[_CHECKSUM_DIGITS + 1 :])
            if is_well and kind in b"Rr":
                t_s = float(line[_CHECKSUM_DIGITS + 3 :].partition(b" ")[0])
                if 0 <= t_s - self._kept_s.get(kind, -1.0) < READING_EVERY_S:
                    return False
                self._kept_s[kind] = t_s
        except ValueError:
            is_well = False
        if not is_well and self.first_damage is None:
            self.first_damage = f"line {self._number}"
        return True

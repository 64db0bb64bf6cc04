"""Tapes that nobody ended, because the power went or the program was killed: each is given the end that it lacks.

Nothing that is there is removed: a torn last line is closed, an end with its reason is added. A tape that somebody
still writes is locked and left alone. That it cannot be done is no reason not to coach.
"""

import fcntl
import io
import os
import stat
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from coach.events import SessionEnded
from coach.tape import TapeReader, input_line
from coach.verdict import minutes
from sensing.inputs import End, EndReason

from .boot import boot_id
from .tapes import UNFINISHED_MODE, numbered
from .words import ENDINGS

# Sessions come one by one, and a demo or two beside them; with thousands on the disk the old ones have their end.
LOOKED_AT = 5
# Half a minute of tape. If no whole line is in it, more of the tape is read.
TAIL_BYTES = 64 * 1024


def recover(folder: Path) -> Iterator[str]:
    """End the newest tapes where they were cut off, and yield what to tell a person."""
    try:
        newest = [path for path in numbered(folder)[-LOOKED_AT:] if path.is_file()]
        cut_off = [path for path in newest if stat.S_IMODE(path.stat().st_mode) != UNFINISHED_MODE]
    except OSError:
        return
    for path in cut_off:
        try:
            told = _recover(path)
        except (OSError, ValueError):
            # Not ours to write, no tape, or of a newer program: its readers will say so.
            continue
        if told is not None:
            yield told


def _recover(path: Path) -> str | None:
    """End a tape if it has no end and nobody writes it."""
    with path.open("r+b", buffering=0) as file:
        # Raises BlockingIOError, which is an OSError, while its writer lives.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        header = file.readline() + file.readline()
        tail = _Tail(file, header, str(path))
        if tail.is_ended or not tail.header.has_events:
            return None
        reason = _reason(tail)
        end = input_line(End(tail.last_s, reason), tail.header.volt_per_code)
        file.seek(0, os.SEEK_END)
        file.write(end if tail.is_whole else b"\n" + end)
        if tail.is_over:
            return None
        cut = f"the session of {tail.header.label} was cut off at {minutes(tail.last_s)}"
        return f"{cut} ({ENDINGS[reason]}); its tape, {path.name}, is kept up to there"


def _reason(tail: "_Tail") -> EndReason:
    if tail.is_over:
        return "finished"
    now, then = boot_id(), tail.header.boot
    if now is None or then is None:
        return "cut_off"
    return "killed" if now == then else "power_loss"


class _Tail:
    """The last lines of a tape.

    Attributes:
        header: The tape's first line.
        last_s: Time of the last input.
        is_ended: Whether the end is among them.
        is_over: Whether the session was over, with the end or without.
        is_whole: Whether the last line is.
    """

    def __init__(self, file: BinaryIO, header: bytes, name: str) -> None:
        first = len(header)
        size = file.seek(0, os.SEEK_END)
        window = TAIL_BYTES
        while True:
            begin = max(first, size - window)
            file.seek(begin)
            data = file.read(size - begin)
            lines = io.BytesIO(data)
            if begin > first:
                lines.readline()
            reader = TapeReader(chain(io.BytesIO(header), lines), name)
            items = list(reader)
            # The reader adds an end to whatever has none.
            found = items if reader.has_end else items[:-1]
            if reader.last_s > 0.0 or begin == first:
                break
            window *= 8
        self.header, self.last_s, self.is_ended = reader.header, reader.last_s, reader.has_end
        self.is_over = any(isinstance(item, SessionEnded) for item in found)
        self.is_whole = not data or data.endswith(b"\n")

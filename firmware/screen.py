"""A terminal on which rows are drawn in place: only the cells that changed are sent, each frame in one write.

Nothing here ever waits for the terminal. What it does not take at once is finished before the next frame, and frames in
between are left out; one that is gone is noticed and not written to again. So it may hang or vanish: whoever draws on
it goes on.
"""

import os
import select
import time
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import zip_longest
from typing import TextIO

from .frame import Row

# What a terminal that does not know its size is taken for.
_USUAL_SIZE = (80, 24)
# A terminal of its own for as long as it lasts, so that what was there comes back; no cursor; and a row that is too
# long for a moment, while the window is made narrower, is cut off and does not spill into the next.
_ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE = b"\x1b[0m\x1b[2J\x1b[H\x1b[?7h\x1b[?25h\x1b[?1049l"
# A terminal that knows these shows all between them at once; any other ignores them.
_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"

# A sign and how it looks. The second half of a wide sign is "".
_Cell = tuple[str, str]
_Shown = tuple[Row, list[_Cell]]
_NOTHING: _Shown = ((), [])
_BLANK: _Cell = (" ", "")
# For terminals that cannot show them.
_PLAIN_SIGNS = str.maketrans("█░●○◐…", "#.*o+.")


def can_draw(out: TextIO) -> bool:
    """Return whether this is a terminal that one can draw on."""
    return out.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


class Screen:
    """A terminal to draw on.

    Args:
        descriptor: The terminal, as `can_draw` likes it.
        encoding: What its signs are written in.

    Attributes:
        is_gone: Whether the terminal has gone away.
    """

    def __init__(self, descriptor: int, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._translates = "█".encode(encoding, "replace") == b"?"
        self._is_coloured = not os.environ.get("NO_COLOR")
        self._file, self._is_own = _opened_again(descriptor)
        self._rest = b""
        self._shown: list[_Shown] = []
        self._size: tuple[int, int] | None = None
        self._has_entered = self._has_left = False
        self.is_gone = False

    def size(self) -> tuple[int, int]:
        """Return columns and rows, as they are now."""
        try:
            columns, rows = os.get_terminal_size(self._file)
        except OSError:
            self.is_gone = True
            return _USUAL_SIZE
        return (columns, rows) if columns and rows else _USUAL_SIZE

    def show(self, rows: Sequence[Row], size: tuple[int, int]) -> None:
        """Show these rows and nothing else; left out while the terminal has not taken what came before.

        Args:
            rows: From the top.
            size: The columns and rows that they were made for.
        """
        if self._has_left or not self._flush():
            return
        before = self._shown if size == self._size else []
        shown = [
            # Most rows are as they were.
            before[i] if i < len(before) and before[i][0] == row else (row, self._cells(row, size[0]))
            for i, row in enumerate(rows[: size[1]])
        ]
        drawn = self._changes(shown) if size == self._size else self._whole(shown, size)
        self._size, self._shown = size, shown
        if drawn:
            enter = b"" if self._has_entered else _ENTER
            self._has_entered = True
            self._rest = enter + _BEGIN + drawn + _END
            self._flush()

    def leave(self) -> None:
        """Give the terminal back as it was; what it does not take now it may take within `is_given_back`."""
        if not self._has_left:
            self._has_left = True
            # A sequence that was cut off in the middle is ended by the beginning of the next.
            self._rest += _LEAVE if self._has_entered else b""
            self._flush()

    def is_given_back(self, within_s: float) -> bool:
        """Return whether the terminal is as it was, once it has taken all; it is waited for that long."""
        until_s = time.monotonic() + within_s
        while not self._flush() and not self.is_gone:
            left_s = until_s - time.monotonic()
            if left_s <= 0:
                break
            # One that was stopped by a key says that it can be written to, and takes nothing.
            select.select([], [self._file], [], left_s)
            time.sleep(min(0.02, left_s))
        return not self._rest and not self.is_gone

    def close(self) -> None:
        """Let go of the terminal."""
        if self._is_own:
            self._is_own = False
            os.close(self._file)

    def _flush(self) -> bool:
        """Write what is left of the last frame; return whether the terminal has taken it."""
        try:
            while self._rest and not self.is_gone:
                # One that could not be opened anew would be waited for.
                if not self._is_own and not select.select([], [self._file], [], 0)[1]:
                    return False
                self._rest = self._rest[os.write(self._file, self._rest) :]
        except BlockingIOError:
            return False
        except (OSError, ValueError):
            self.is_gone = True
        return not self.is_gone

    # -- what changed ---------------------------------------------------------------------------------------

    def _whole(self, shown: list[_Shown], size: tuple[int, int]) -> bytes:
        """Return what draws all rows over whatever is there, without an empty terminal in between."""
        rows = [b"\x1b[%dH%b\x1b[K" % (i, self._signs(cells)) for i, (_, cells) in enumerate(shown, start=1)]
        below = b"\x1b[%dH\x1b[J" % (len(rows) + 1) if len(rows) < size[1] else b""
        return b"".join(rows) + below

    def _changes(self, shown: list[_Shown]) -> bytes:
        drawn = []
        for i, (before, now) in enumerate(zip_longest(self._shown, shown, fillvalue=_NOTHING)):
            if now is not before and now[1] != before[1]:
                drawn.append(self._change(i, before[1], now[1]))
        return b"".join(drawn)

    def _change(self, row: int, before: list[_Cell], now: list[_Cell]) -> bytes:
        length = max(len(before), len(now))
        old = before + [_BLANK] * (length - len(before))
        new = now + [_BLANK] * (length - len(now))
        first, last = 0, length
        while first < last and old[first] == new[first]:
            first += 1
        while last > first and old[last - 1] == new[last - 1]:
            last -= 1
        return b"\x1b[%d;%dH%b" % (row + 1, first + 1, self._signs(new[first:last]))

    def _signs(self, cells: Sequence[_Cell]) -> bytes:
        """Return these cells as a terminal takes them."""
        parts, style = [], ""
        for sign, its_style in cells:
            if its_style != style:
                parts.append(f"\x1b[0;{its_style}m" if its_style else "\x1b[0m")
                style = its_style
            parts.append(sign)
        text = "".join(parts) + ("\x1b[0m" if style else "")
        return (text.translate(_PLAIN_SIGNS) if self._translates else text).encode(self._encoding, "replace")

    def _cells(self, row: Row, width: int) -> list[_Cell]:
        cells: list[_Cell] = []
        for text, its_style in row:
            style = its_style if self._is_coloured else ""
            for sign in text:
                taken = _width(sign)
                if len(cells) + taken > width:
                    return cells
                if taken:
                    # What stands on a tape may be anything; the terminal is given nothing that it would obey.
                    cells.append((sign if sign.isprintable() else "?", style))
                    cells.extend([("", style)] * (taken - 1))
        return cells


@lru_cache(maxsize=512)
def _width(sign: str) -> int:
    """Return how many cells a sign takes; 0 for one that is put onto another, which is left out."""
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _opened_again(descriptor: int) -> tuple[int, bool]:
    """Return the terminal opened once more, so that not waiting for it is nobody else's business."""
    with suppress(OSError):
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC), True
    return descriptor, False

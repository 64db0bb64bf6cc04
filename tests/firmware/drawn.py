"""A terminal that shows what is written to it: as much of one as our own drawing needs, and nothing that it should not.

What it does not know is a failure, so that no sequence goes out that was not thought of.
"""

import codecs
import os
import re
import select
import unicodedata
from typing import Any

_SEQUENCE = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")

_BEGUN = re.compile(r"\x1b(\[\??[0-9;]*)?")


class Drawn:
    """The cells of a terminal, its cursor, and its modes."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.columns, self.rows = columns, rows
        self._cells: dict[tuple[int, int], str] = {}
        self._row = self._column = 1
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._rest = ""
        self.modes: set[str] = set()
        self.bytes = 0

    def resize(self, columns: int, rows: int) -> None:
        """Cut off what is outside, as terminals do."""
        self.columns, self.rows = columns, rows
        self._cells = {at: sign for at, sign in self._cells.items() if at[0] <= rows and at[1] <= columns}

    @property
    def text(self) -> list[str]:
        """The rows without the empty ones at the end."""
        rows = ["".join(self._cells.get((row, column), " ") for column in range(1, self.columns + 1)).rstrip()
                for row in range(1, self.rows + 1)]  # fmt: skip
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def feed(self, data: bytes) -> None:
        self.bytes += len(data)
        text = self._rest + self._decoder.decode(data)
        at = 0
        while at < len(text):
            sequence = _SEQUENCE.match(text, at)
            if sequence:
                self._obey(*sequence.groups())
                at = sequence.end()
            elif _BEGUN.fullmatch(text, at):
                break
            else:
                self._put(text[at])
                at += 1
        # What was cut off in the middle is completed by what comes next.
        self._rest = text[at:]

    def read(self, master: int) -> "Drawn":
        """Take all that was written to a terminal so far."""
        while select.select([master], [], [], 0)[0]:
            self.feed(os.read(master, 65536))
        return self

    def _put(self, sign: str) -> None:
        assert sign.isprintable(), repr(sign)
        assert self._row <= self.rows, f"{sign!r} below the last row"
        if self._column <= self.columns:
            self._cells[self._row, self._column] = sign
            self._column += 1
            if unicodedata.east_asian_width(sign) in "WF":
                self._cells[self._row, self._column] = ""
                self._column += 1

    def _obey(self, private: str, numbers: str, kind: str) -> None:
        match private, kind:
            case "?", "h" | "l":
                (self.modes.add if kind == "h" else self.modes.discard)(numbers)
            case "", "H":
                row, _, column = numbers.partition(";")
                self._row, self._column = int(row or 1), int(column or 1)
            case "", "K":
                self._clear(lambda row, column: row == self._row and column >= self._column)
            case "", "J" if numbers == "2":
                self._clear(lambda _row, _column: True)
            case "", "J":
                self._clear(lambda row, column: (row, column) >= (self._row, self._column))
            case "", "m":
                pass
            case _:
                raise AssertionError(f"nobody thought of {private}{numbers}{kind}")

    def _clear(self, where: Any) -> None:
        self._cells = {at: sign for at, sign in self._cells.items() if not where(*at)}

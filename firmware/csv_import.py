"""A recording made elsewhere, as a CSV, becomes readings.

The header is `t_s` and then, for each pad, `PAD_newton` or `PAD_volt`; a column `mark` is optional. Newtons are
turned into volts by the inverse of the calibration, so that the whole path from volts on is used.
"""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TextIO

from hardware.board import PADS
from sensing.calibration import Calibration, Curve
from sensing.divider import Divider
from sensing.inputs import MARK_WORDS, Dropout, End, Input, Mark, Reading

# Session time starts near 0; a time beyond eleven days is a wall clock.
LONGEST_S = 1e6
# A pad that is pressed beyond its table reads this much more than its last knot: OVER, as on the glove.
BEYOND = 1.05
# The zero of a load cell is noisy, so a little below nothing is nothing; more than this, and no zero was taken.
LOWEST_NEWTON = -1.0
# The reason of a row in which a pad has no value.
NO_VALUE = "no value"
# What an input of the ADC can bear, with the 3.3 V supply.
LOWEST_VOLT, HIGHEST_VOLT = -0.3, 4.096

# Newtons in hundredths up to twice the reach, and some MB.
CACHED_VALUES = 1 << 13
# A wrong cell is shown in the message; more than this of it helps nobody.
SHOWN_AT_MOST = 40

_UNITS = ("newton", "volt")
_COLUMNS = ("t_s", "mark", *(f"{pad}_{unit}" for pad in PADS for unit in _UNITS))


def plain(text: str) -> str:
    """Return a cell as one can show it: short, and without what a terminal might obey."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[:SHOWN_AT_MOST])
    return shown if len(text) <= SHOWN_AT_MOST else f"{shown}..."


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what: `pads` in the glove's order with their column and unit."""

    time: int
    pads: tuple[tuple[str, int, str], ...]
    mark: int | None

    @property
    def pad_names(self) -> tuple[str, ...]:
        """The pads in use."""
        return tuple(pad for pad, _, _ in self.pads)


def read_columns(header: list[str], name: str) -> Columns:
    """Return the columns that a header names.

    Raises:
        ValueError: A column is missing, unknown or named twice.
    """
    names = [column.strip().lower() for column in header]
    for column in names:
        if ";" in column or "\t" in column:
            raise ValueError(
                f"{name}: the header is one long column - separate columns by commas, and write points in numbers"
            )
        if column not in _COLUMNS:
            near = get_close_matches(column, _COLUMNS, n=1)
            meant = f"did you mean `{near[0]}`?" if near else f"it may have {', '.join(_COLUMNS)}; rename or remove it"
            raise ValueError(f"{name}: unknown column `{plain(column)}` - {meant}")
        if names.count(column) > 1:
            raise ValueError(f"{name}: column `{column}` is there twice - keep one of them")
    if "t_s" not in names:
        raise ValueError(f"{name}: there is no column `t_s` - the first column must be the time in seconds")
    pads = []
    for pad in PADS:
        found = [unit for unit in _UNITS if f"{pad}_{unit}" in names]
        if len(found) > 1:
            raise ValueError(f"{name}: {pad} is there in newtons and in volts - keep one of them")
        pads += [(pad, names.index(f"{pad}_{unit}"), unit) for unit in found]
    if not pads:
        raise ValueError(f"{name}: there is no pad - add a column such as `heel_newton`")
    return Columns(names.index("t_s"), tuple(pads), names.index("mark") if "mark" in names else None)


class _NoValueError(Exception):
    """A pad's cell is empty: the recording has no reading there."""


class CsvRecording:
    """The inputs of one CSV.

    Args:
        file: The open text file.
        name: What to call it in a message.
        calibration: What newtons mean in conductance, for all pads of the glove.
        divider: The circuit that turns conductance into volts.
        volt_per_code: Volts of one ADC code; readings come in whole codes, as from the glove.

    Attributes:
        calibration: That of the pads in use.
        has_volts_only: Whether every pad is there in volts, as an FSR gave them.
        rows: Rows read so far.
        lost_rows: Rows in which a pad has no value.
        over_values: Forces above the reach of the calibration, which read as OVER.
        below_zero_values: Forces a little below 0, which read as 0.
        lowest_newton: The lowest of them.

    Raises:
        ValueError: The header is missing or wrong, or the calibration lacks a pad.
    """

    def __init__(
        self, file: TextIO, name: str, calibration: Calibration, divider: Divider, volt_per_code: float
    ) -> None:
        self._rows = csv.reader(file)
        self._name = name
        header = self._next_row()
        if header is None:
            raise ValueError(f"{name} is empty - the first line must name the columns, such as t_s,heel_newton")
        self._columns = read_columns(header, name)
        self._width = len(header)
        self.calibration = calibration.only(self._columns.pad_names)
        self._divider = divider
        self._volt_per_code = volt_per_code
        curves = dict(zip(self._columns.pad_names, (Curve(table) for _, table in self.calibration.pads), strict=True))
        self._to_volt: list[tuple[str, int, Callable[[float, str], float]]] = [
            (f"{pad}_{unit}", column, self._from_newton(curves[pad]) if unit == "newton" else self._from_volt)
            for pad, column, unit in self._columns.pads
        ]
        # Volts come from an FSR, which creeps; newtons that something else measured do not.
        self.has_volts_only = all(unit == "volt" for _, _, unit in self._columns.pads)
        self.rows = self.lost_rows = 0
        self.over_values = self.below_zero_values = 0
        self.lowest_newton = 0.0

    def __iter__(self) -> Iterator[Input]:
        """Yield readings and marks, and at last the end.

        Raises:
            ValueError: A row is wrong: the line, the value and the limit.
        """
        supply_volt = self._in_codes(self._divider.supply_volt / 2)
        last_s = -math.inf
        while (row := self._next_row()) is not None:
            if not row:
                continue
            if len(row) != self._width:
                raise ValueError(
                    f"{self._here()}: {len(row)} columns, the header names {self._width} - mend that line; "
                    "numbers take a point, not a comma"
                )
            t_s = self._time(row, last_s)
            last_s = t_s
            try:
                volts = tuple([self._in_codes(to_volt(self._number(row, column, name), name))
                               for name, column, to_volt in self._to_volt])  # fmt: skip
            except _NoValueError:
                self.lost_rows += 1
                yield Dropout(t_s, NO_VALUE)
            else:
                self.rows += 1
                yield Reading(t_s, (*volts, supply_volt))
            word = "" if self._columns.mark is None else row[self._columns.mark].strip()
            if word:
                if word not in MARK_WORDS:
                    raise ValueError(
                        f"{self._here()}: mark is `{plain(word)}` - it must be one of {', '.join(MARK_WORDS)}"
                    )
                yield Mark(t_s, word)
        if self.rows < 2:
            raise ValueError(
                f"{self._name} has {_counted(self.rows, 'row')} of readings, at least 2 are needed - record for longer"
            )
        yield End(last_s, "recording_ended")

    def _next_row(self) -> list[str] | None:
        try:
            return next(self._rows, None)
        except UnicodeDecodeError as error:
            # Text is decoded a block ahead of the rows, so there is no line to name.
            byte = error.object[error.start]
            raise ValueError(
                f"{self._name}: byte 0x{byte:02x} is no UTF-8 - save the recording as UTF-8 text"
            ) from None
        except csv.Error as error:
            raise ValueError(f"{self._here()}: not readable as CSV ({error}) - mend that line") from None

    def _here(self) -> str:
        return f"{self._name} line {self._rows.line_num}"

    def _number(self, row: list[str], column: int, name: str) -> float:
        text = row[column]
        try:
            number = float(text)
        except ValueError:
            if column != self._columns.time and not text.strip():
                raise _NoValueError from None
            number = None
        # Python takes `1_0` for ten; nobody who writes recordings does.
        if number is None or "_" in text:
            raise ValueError(f"{self._here()}: {name} is `{plain(text)}`, not a number - mend or remove that line")
        if not math.isfinite(number):
            raise ValueError(f"{self._here()}: {name} is `{plain(text)}`, it must be finite - mend or remove that line")
        return number

    def _time(self, row: list[str], last_s: float) -> float:
        # To the microsecond, which is what the tape keeps.
        t_s = round(self._number(row, self._columns.time, "t_s"), 6)
        if t_s > LONGEST_S and last_s == -math.inf:
            raise ValueError(
                f"{self._here()}: t_s is {t_s:.12g}, a clock's time, and sessions begin near 0 - "
                "subtract the first time from all of them"
            )
        if not 0 <= t_s <= LONGEST_S:
            raise ValueError(
                f"{self._here()}: t_s is {t_s:.10g}, it must be 0 to {LONGEST_S:g} - count from the session's start"
            )
        if t_s <= last_s:
            raise ValueError(
                f"{self._here()}: t_s is {t_s:.12g} after {last_s:.12g}, it must rise - sort the rows by time"
            )
        return t_s

    def _from_newton(self, curve: Curve) -> Callable[[float, str], float]:
        # Recordings repeat their few hundred values; the inverse by bisection is half of the work of a row.
        siemens_from_newton = lru_cache(CACHED_VALUES)(curve.siemens_from_newton)

        def volt(newton: float, name: str) -> float:
            if newton < 0:
                newton = self._below_zero(newton, name)
            if newton <= curve.last_newton:
                siemens = siemens_from_newton(newton)
            else:
                self.over_values += 1
                siemens = BEYOND * curve.last_siemens
            return self._divider.supply_volt * self._divider.fraction_from_siemens(siemens)

        return volt

    def _below_zero(self, newton: float, name: str) -> float:
        if newton < LOWEST_NEWTON:
            raise ValueError(
                f"{self._here()}: {name} is {newton:g}, it must be {LOWEST_NEWTON:g} or more - take the zero first"
            )
        self.below_zero_values += 1
        self.lowest_newton = min(self.lowest_newton, newton)
        return 0.0

    def _from_volt(self, volt: float, name: str) -> float:
        if not LOWEST_VOLT <= volt <= HIGHEST_VOLT:
            raise ValueError(
                f"{self._here()}: {name} is {volt:g}, it must be {LOWEST_VOLT:g} to {HIGHEST_VOLT:g} - take volts"
            )
        return volt

    def _in_codes(self, volt: float) -> float:
        return round(volt / self._volt_per_code) * self._volt_per_code

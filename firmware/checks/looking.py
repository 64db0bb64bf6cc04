"""Looking at one glove for a while: its sweeps, what supplies them, and how much each pad feels in them."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firmware.home import divider_of
from firmware.live import LiveSource
from hardware.board import PADS, Board
from sensing.calibration import Calibration, Curve
from sensing.inputs import Dropout, Reading
from sensing.pads import SHORT_ABOVE_U


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a glove for a while.

    Attributes:
        readings: The sweeps that were well.
        lost: Why the others were not.
        worst_s: How late the latest tick was.
        lasted_s: How long it was looked at.
    """

    readings: list[Reading]
    lost: list[str]
    worst_s: float
    lasted_s: float


class Glove:
    """One glove that is looked at.

    Args:
        source: Its sweeps, tick by tick; it is asked again and again.
        board: Its wiring.
        calibration: What its pads feel.

    Attributes:
        untouched_u: What a pad shows of its supply when nobody touches it.
    """

    def __init__(self, source: Callable[[float], LiveSource], board: Board, calibration: Calibration) -> None:
        self._source, self.board = source, board
        self.divider = divider_of(board)
        self.curves = [Curve(table) for _, table in calibration.pads]
        self.untouched_u = self.divider.fraction_from_siemens(0.0)
        self._supply_parts = board.electronics.supply_volt / board.electronics.midpoint_volt

    def looked(self, length_s: float) -> Looked:
        """Look for so long."""
        source = self._source(length_s)
        readings, lost = list[Reading](), list[str]()
        for item in source:
            if isinstance(item, Reading):
                readings.append(item)
            elif isinstance(item, Dropout):
                lost.append(item.reason)
        return Looked(readings, lost, source.pace.worst_s, length_s)

    def looked_until(self, within_s: float, holds: Callable[[list[float]], bool]) -> list[Reading]:
        """Look until it holds of the forces of the pads; return what was seen."""
        readings = []
        for item in self._source(within_s):
            if isinstance(item, Reading):
                readings.append(item)
                if holds(self.newtons(item)):
                    break
        return readings

    def supply_volt(self, reading: Reading) -> float:
        """Return what fed the pads."""
        return reading.volts[3] * self._supply_parts

    def shares(self, reading: Reading) -> list[float]:
        """Return what each pad shows of its supply."""
        supply_volt = self.supply_volt(reading)
        return [volt / supply_volt for volt in reading.volts[: len(PADS)]]

    def mean_shares(self, readings: Sequence[Reading]) -> list[float]:
        """Return what each pad shows of its supply, on average."""
        return [statistics.fmean(of_pad) for of_pad in zip(*map(self.shares, readings), strict=True)]

    def newtons(self, reading: Reading) -> list[float]:
        """Return how much each pad feels."""
        return [self.newton(i, u) for i, u in enumerate(self.shares(reading))]

    def newton(self, pad: int, u: float) -> float:
        """Return how much a pad feels that shows so much of its supply."""
        curve = self.curves[pad]
        if u >= SHORT_ABOVE_U:
            return curve.last_newton
        return curve.newton_from_siemens(self.divider.siemens_from_fraction(u))

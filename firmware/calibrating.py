"""The glove while a pad of it is calibrated: one pad's conductance, tick by tick, and the supply beside it.

A lost sweep is nothing to worry about, a glove that stays silent or a wire that stays broken ends the dialogue.
"""

from dataclasses import dataclass
from statistics import fmean

from hardware.ads1115 import GloveAdc
from hardware.board import PADS, Board
from hardware.clock import Clock
from hardware.trouble import BusTrouble
from sensing.divider import Divider
from sensing.pads import OPEN_BELOW_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U

from .home import divider_of
from .refusal import NO_HARDWARE, Refusal

# A plug that is pushed home takes a moment; who waits longer looks at a picture that does not move.
SILENT_AFTER_S = 3.0
# An FSR that conducts better than this is shorted inside; nearer to 0 ohm the circuit has no answer.
_LEAST_OHM = 30.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at one pad."""

    t_s: float
    siemens: float


class GloveReader:
    """Reads a glove at its pace.

    Args:
        adc: The glove's converter.
        clock: Real or virtual.
        board: Its wiring.

    Attributes:
        period_s: From look to look.
    """

    def __init__(self, adc: GloveAdc, clock: Clock, board: Board) -> None:
        self._adc, self._clock = adc, clock
        self.period_s = 1 / board.adc.sweeps_hz
        self._divider: Divider = divider_of(board)
        self._supply_parts = board.electronics.supply_volt / board.electronics.midpoint_volt
        least_ohm = self._divider.series_ohm + _LEAST_OHM
        self._highest_u = self._divider.fixed_ohm / (self._divider.fixed_ohm + least_ohm)
        self._planned_s = self._well_at_s = clock.now_s()
        self._supplies_volt: list[float] = []

    @property
    def supply_volt(self) -> float | None:
        """Mean of all that was measured; None before the first sweep."""
        return round(fmean(self._supplies_volt), 4) if self._supplies_volt else None

    def now_s(self) -> float:
        """Return the time."""
        return self._clock.now_s()

    def fraction(self, siemens: float) -> float:
        """Return the pad's part of the supply when it conducts so much."""
        return self._divider.fraction_from_siemens(siemens)

    def look(self, pad: str) -> Seen | None:
        """Wait for the next tick and look at a pad; None when this sweep was lost.

        Raises:
            Refusal: It has been silent, or its wire broken, for too long.
        """
        # What is missed is not caught up.
        self._planned_s = max(self._planned_s + self.period_s, self._clock.now_s())
        self._clock.sleep_until(self._planned_s)
        t_s = self._clock.now_s()
        trouble = None
        try:
            volts = self._adc.sweep()
            u = volts[PADS.index(pad)] / (volts[-1] * self._supply_parts)
        except BusTrouble as lost:
            trouble = f"the glove does not answer ({lost.reason}) - look at its plug and its cable"
        else:
            if u < OPEN_BELOW_U:
                trouble = f"pad {pad} reads as a cut wire - look at its plug and its solder joints"
            elif u > SHORT_ABOVE_U:
                trouble = f"pad {pad} reads as a short to the supply - look at its wires"
        if trouble is not None:
            if t_s - self._well_at_s > SILENT_AFTER_S:
                raise Refusal(f"{trouble}; nothing was written", NO_HARDWARE)
            return None
        self._well_at_s = t_s
        self._supplies_volt.append(volts[-1] * self._supply_parts)
        if u < UNTOUCHED_BELOW_U:
            return Seen(t_s, 0.0)
        return Seen(t_s, self._divider.siemens_from_fraction(min(u, self._highest_u)))

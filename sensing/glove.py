"""One glove: a sweep's volts to what the pads say at that moment.

Only valid values go in; a pad that fails leaves the sum without a jump, and the others go on.
"""

from dataclasses import dataclass

from .calibration import Calibration
from .divider import Divider
from .inputs import Reading
from .pads import FAULTS, Pad, PadRules, PadState
from .smoother import Smoother


@dataclass(frozen=True, slots=True)
class Touch:
    """What the pads say at one moment.

    Attributes:
        t_s: When.
        pad_newton: Each pad's force, None where there is no valid value.
        force_newton: Their sum; None when no pad is valid.
        rate_newton_per_s: How fast the sum rises (falls when negative).
        pad_rate_newton_per_s: How fast each pad's force rises; 0 where there is no valid value.
        pads_in_sum: Which pads the sum is made of.
        over: Whether a pad reads more than its table reaches.
    """

    t_s: float
    pad_newton: tuple[float | None, ...]
    force_newton: float | None
    rate_newton_per_s: float
    pad_rate_newton_per_s: tuple[float, ...]
    pads_in_sum: tuple[bool, ...]
    over: bool


class Glove:
    """The pads of one glove and their common smoother.

    Args:
        calibration: The pads in use, in the order of the readings' volts.
        divider: Their circuit.
        limit_newton_per_s: The plan's limit on the rate, which sets how much is smoothed.
        rules: What the source of the readings promises.

    Attributes:
        states: Of each pad, now.
        has_fault: Whether a pad is not to be trusted.
        all_verified: Whether every pad has shown since the start that it feels.
    """

    def __init__(
        self, calibration: Calibration, divider: Divider, limit_newton_per_s: float, rules: PadRules | None = None
    ) -> None:
        rules = rules or PadRules()
        self.pads = tuple(Pad(name, table, divider, rules) for name, table in calibration.pads)
        self._smoother = Smoother(len(self.pads), limit_newton_per_s)
        self.states = [pad.state for pad in self.pads]
        self.has_fault = False
        self.all_verified = False

    def feed(self, reading: Reading) -> Touch:
        """Judge one sweep.

        Raises:
            ValueError: The reading has not one voltage a pad and the supply's, or no supply.
        """
        t_s = reading.t_s
        supply_volt = 2 * reading.volts[-1]
        if len(reading.volts) != len(self.pads) + 1 or not supply_volt > 0:
            raise ValueError(
                f"reading at {t_s:g} s has the volts {reading.volts}, it needs {len(self.pads)} pads and a supply"
            )
        for pad, volt in zip(self.pads, reading.volts, strict=False):
            pad.feed(t_s, volt, supply_volt)
        newtons = tuple([pad.newton(t_s) for pad in self.pads])
        in_sum = tuple([newton is not None for newton in newtons])
        known = [newton for newton in newtons if newton is not None]
        total = round(sum(known), 6) if known else None
        _, rates = self._smoother.feed(t_s, newtons)
        self._look_at_pads(t_s)
        *pad_rates, sum_rate = [round(rate, 6) for rate in rates]
        return Touch(t_s, newtons, total, sum_rate, tuple(pad_rates), in_sum, PadState.OVER in self.states)

    def feed_silence(self, t_s: float) -> None:
        """Let time pass without a reading."""
        self._look_at_pads(t_s)

    def _look_at_pads(self, t_s: float) -> None:
        for pad in self.pads:
            if pad.valid_at_s != t_s:
                pad.age(t_s)
        self.states = [pad.state for pad in self.pads]
        self.has_fault = not FAULTS.isdisjoint(self.states)
        self.all_verified = PadState.UNVERIFIED not in self.states

    def is_fresh(self, t_s: float) -> bool:
        """Return whether every pad in use has a valid value young enough for the good lights (P1)."""
        return not self.has_fault and all(pad.is_fresh(t_s) for pad in self.pads)

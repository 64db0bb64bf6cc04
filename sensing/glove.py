"""One glove: a sweep's volts to what the pads say at that moment.

Only valid values go in; a pad that fails leaves the sum without a jump, and the others go on.
"""

from dataclasses import dataclass

from .calibration import Calibration
from .divider import Divider
from .faults import Silence
from .inputs import Reading
from .pads import FAULTS, Pad, PadRules, PadState
from .smoother import Smoother
from .zero import ZeroNews, Zeros


@dataclass(frozen=True, slots=True)
class Touch:
    """What the pads say at one moment.

    Attributes:
        t_s: When.
        pad_newton: Each pad's force, None where there is no valid value.
        force_newton: Their sum; None when no pad is valid.
        rate_newton_per_s: How fast the sum rises (falls when negative).
        pad_rate_newton_per_s: How fast each pad's force rises; 0 where there is no valid value.
        wobble_newton_per_s: How much of the sum's rate the hand's own wobble can explain.
        pad_wobble_newton_per_s: The same of each pad.
        pads_in_sum: Which pads the sum is made of.
        over: Whether a pad reads more than its table reaches.
        may_be_glove: Whether the zero is not decided yet: what the pads bear may be the glove's own pressure.
        zero_news: What is to be said of the zero.
    """

    t_s: float
    pad_newton: tuple[float | None, ...]
    force_newton: float | None
    rate_newton_per_s: float
    pad_rate_newton_per_s: tuple[float, ...]
    wobble_newton_per_s: float
    pad_wobble_newton_per_s: tuple[float, ...]
    pads_in_sum: tuple[bool, ...]
    over: bool
    may_be_glove: bool = False
    zero_news: tuple[ZeroNews, ...] = ()


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
        self._zeros = Zeros(len(self.pads)) if rules.zeroes else None
        # The pads of an import may have been silent for good reasons, and nobody can look after them now.
        self._silence = None if rules.verified else Silence(len(self.pads))
        self.states = [pad.state for pad in self.pads]
        self.has_fault = False
        self.all_verified = False

    def feed(self, reading: Reading, *, in_contact: bool = False) -> Touch:
        """Judge one sweep.

        Args:
            reading: The sweep.
            in_contact: Whether a press is on, in which no zero is taken.

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
        news: tuple[ZeroNews, ...] = ()
        if self._zeros is not None and self._zeros.idle_while is not in_contact:
            news = self._take_zeros(t_s, self._zeros, in_contact)
        newtons = tuple([pad.newton(t_s) for pad in self.pads])
        in_sum = tuple([newton is not None for newton in newtons])
        known = [newton for newton in newtons if newton is not None]
        total = round(sum(known), 6) if known else None
        _, rates, wobbles = self._smoother.feed(t_s, newtons)
        if self._silence is not None and t_s >= self._silence.looks_at_s:
            for i in self._silence.look(t_s, newtons, [pad.touched_at_s for pad in self.pads]):
                self.pads[i].fall_silent()
        self._look_at_pads(t_s)
        sum_rate = round(rates.pop(), 6)
        sum_wobble = wobbles.pop()
        over = PadState.OVER in self.states
        may_be_glove = self._zeros is not None and self._zeros.decides
        return Touch(
            t_s=t_s,
            pad_newton=newtons,
            force_newton=total,
            rate_newton_per_s=sum_rate,
            pad_rate_newton_per_s=tuple(rates),
            wobble_newton_per_s=sum_wobble,
            pad_wobble_newton_per_s=tuple(wobbles),
            pads_in_sum=in_sum,
            over=over,
            may_be_glove=may_be_glove,
            zero_news=news,
        )

    def _take_zeros(self, t_s: float, zeros: Zeros, in_contact: bool) -> tuple[ZeroNews, ...]:
        news = zeros.feed(t_s, [pad.felt_newton(t_s) for pad in self.pads], in_contact=in_contact)
        # They count from the next reading on.
        for pad, newton in zip(self.pads, zeros.newton, strict=True):
            pad.zero_newton = newton
        return tuple(news)

    def feed_silence(self, t_s: float) -> None:
        """Let time pass without a reading."""
        self._look_at_pads(t_s)

    def _look_at_pads(self, t_s: float) -> None:
        for pad in self.pads:
            if pad.valid_at_s != t_s:
                pad.age(t_s)
        states = [pad.state for pad in self.pads]
        if states == self.states:
            return
        self.states = states
        self.has_fault = not FAULTS.isdisjoint(self.states)
        self.all_verified = PadState.UNVERIFIED not in self.states

    def is_fresh(self, t_s: float) -> bool:
        """Return whether every pad in use has a valid value young enough for the good lights (P1)."""
        return not self.has_fault and all(pad.is_fresh(t_s) for pad in self.pads)

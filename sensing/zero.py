"""What the glove itself presses on its pads: taken at the start and after each press, never in contact.

A zero is taken in newtons, from the pad's own table, and it is small: no reading ever loses more than 2 N a pad and
3 N in all. (Taken in conductance, 2 N at rest would take 5 N away from 20.) It is refused while the force moves;
more than that is told and left in, so that the warnings err towards "softer". A pad that reads less than its zero
lowers it at once: a zero that was wrong lasts until the hand next lifts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# More than this on one pad is a glove that is too tight, or a hand that rests on something.
PRELOAD_ABOVE_NEWTON = 2.0
# On all together: what a hand may bear without knowing it, and what a zero may hide in the worst case.
ZEROED_AT_MOST_NEWTON = 3.0
# Less than this is nothing: not worth a wait, nor a word.
NOTHING_NEWTON = 0.1
# A second tells a glove from a hand that is on its way: at 0.1 N/s a pad of 1 N is not still.
STEADY_FOR_S = 1.0
# An FSR's own noise spreads over 2 % in a second, the wobble of a hand in contact over 4 to 8 %.
STEADY_SHARE = 0.05
STEADY_NEWTON = 0.05
# A second, and the readings that it may take until it begins: longer no press is kept waiting at the start.
DECIDES_WITHIN_S = 1.2
# A hole in the readings is no stillness.
HOLE_S = 0.2 + 1e-6


class Zeroing(StrEnum):
    """Where the zero stands."""

    # None was taken yet: what is the glove's and what is the hand's cannot be told apart.
    FIRST = "first"
    # There was a press; the next steady second without the hand counts.
    WANTED = "wanted"
    # It holds until the next press.
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class ZeroNews:
    """Something about a zero that is worth a word.

    Attributes:
        what: `zeroed` (this much is taken away from now on), `preload` (too much for that), or `refused` (the force
            moves).
        pad: Its number; None where all are meant.
        newton: How much.
    """

    what: Literal["zeroed", "preload", "refused"]
    pad: int | None = None
    newton: float = 0.0


class Zeros:
    """The zeros of one glove.

    Args:
        pads: How many pads are in use.

    Attributes:
        newton: What is taken away from each pad.
        state: Where the zero stands.
        decides: Whether a press must wait, because it may be the glove's own.
        idle_while: In contact or away, whichever it can do nothing in; None when it is to be fed always.
    """

    def __init__(self, pads: int) -> None:
        self.newton = [0.0] * pads
        self.state = Zeroing.FIRST
        self.decides = True
        self.idle_while: bool | None = None
        self._first_s: float | None = None
        self._told: set[int] = set()
        self._last_s = 0.0
        self._since_s: float | None = None
        self._readings = 0
        self._low: list[float] = []
        self._high: list[float] = []
        self._sum: list[float] = []

    def feed(self, t_s: float, felt_newton: Sequence[float | None], *, in_contact: bool) -> list[ZeroNews]:
        """Take the next reading.

        Args:
            t_s: When.
            felt_newton: What each pad reads, zero included; None where that is not known.
            in_contact: Whether a press is on.
        """
        is_hole, self._last_s = t_s - self._last_s > HOLE_S, t_s
        self._follow_down(felt_newton)
        if in_contact and self.state is Zeroing.TAKEN:
            self.state = Zeroing.WANTED
        if self.state is Zeroing.TAKEN or (self.state is Zeroing.WANTED and in_contact):
            self._since_s = None
            self.idle_while = None if any(self.newton) else in_contact
            return []
        self.idle_while = None
        known = [newton for newton in felt_newton if newton is not None]
        all_known = len(known) == len(felt_newton)
        if all_known and max(known) < NOTHING_NEWTON:
            return self._take([0.0] * len(known))
        news: list[ZeroNews] = []
        if not all_known or is_hole:
            self._since_s = None
        elif self._is_steady(t_s, known):
            self._since_s = None
            news = self._judge(in_contact)
        return news + self._no_longer_waits(t_s, all_known)

    def _follow_down(self, felt_newton: Sequence[float | None]) -> None:
        for i, newton in enumerate(felt_newton):
            if newton is not None and newton < self.newton[i]:
                self.newton[i] = newton

    def _no_longer_waits(self, t_s: float, all_known: bool) -> list[ZeroNews]:
        """Let the presses begin, zero or no zero; what is not known at all is told elsewhere."""
        if self._first_s is None:
            self._first_s = t_s
        if not self.decides or t_s - self._first_s < DECIDES_WITHIN_S - 1e-6:
            return []
        self.decides = False
        return [ZeroNews("refused")] if all_known else []

    def _is_steady(self, t_s: float, newton: list[float]) -> bool:
        """Return whether all pads have been still for a second, and begin a new one where one moves."""
        if self._since_s is not None:
            for i, value in enumerate(newton):
                low, high = min(self._low[i], value), max(self._high[i], value)
                if high - low > max(STEADY_NEWTON, STEADY_SHARE * high):
                    self._since_s = None
                    break
                self._low[i], self._high[i] = low, high
                self._sum[i] += value
        if self._since_s is None:
            self._since_s, self._readings = t_s, 0
            self._low, self._high, self._sum = newton[:], newton[:], newton[:]
        self._readings += 1
        return t_s - self._since_s >= STEADY_FOR_S - 1e-6

    def _judge(self, in_contact: bool) -> list[ZeroNews]:
        """Take the steady second for the zero, or say why not."""
        means = [round(value / self._readings, 6) for value in self._sum]
        if max(means) < PRELOAD_ABOVE_NEWTON and round(sum(means), 6) < ZEROED_AT_MOST_NEWTON:
            return self._take([mean if mean >= NOTHING_NEWTON else 0.0 for mean in means])
        # In contact it is the hand.
        if in_contact:
            return []
        self.decides = False
        # Where each of them is small and all together are too much, the greatest is named.
        pads = [i for i, mean in enumerate(means) if mean >= min(PRELOAD_ABOVE_NEWTON, max(means))]
        news = [ZeroNews("preload", i, means[i]) for i in pads if i not in self._told]
        self._told.update(pads)
        return news

    def _take(self, newton: list[float]) -> list[ZeroNews]:
        before, self.newton = self.newton, newton
        self.state = Zeroing.TAKEN
        self.decides = False
        self._told.clear()
        return [
            ZeroNews("zeroed", i, value)
            for i, (value, was) in enumerate(zip(newton, before, strict=True))
            if abs(value - was) > NOTHING_NEWTON
        ]

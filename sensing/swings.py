"""One pad's short presses: up from at most 60 % of the peak and down to at most 60 %, and not long above that.

The level is a share of the peak alone, so the same rule finds a pad that is let go between two presses and one that is
only eased; a hold's wobble, breath and sag stay within a fifth of its force and come nowhere near.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

# When, and the force of every pad; None where nothing valid was read.
Row = tuple[float, Sequence[float | None]]

# A pad turns on at 0.15 to 0.35 N; below that it tells nothing.
TOUCHED_ABOVE_NEWTON = 0.3
# Down to this share of the peak, and up until the lowest since is this share again. Real grips that follow a quick up
# and down (6 load-cell recordings, 18 bumps) ease to 36 to 53 % between two bumps: half would lose three of the six.
LEVEL_SHARE = 0.6
# Time above that level. Knocks and the clicks of a finger last 50 to 150 ms in all, less than half of it above.
AT_LEAST_S = 0.08
# Stillness is judged over 2 s: whatever stays longer may be a short hold, whatever is shorter cannot. A smooth paw of
# 5 N that never rises faster than 4 N/s is there for 1.7 s.
AT_MOST_S = 2.0
# Two pads of one movement: a hand rolls from heel to fingers in less than 0.2 s, and nobody takes turns that quickly;
# in slow movements they share half of the time, and hands that take turns and overlap share less.
ROLLS_WITHIN_S = 0.2
TOGETHER_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Swing:
    """A short press of one pad.

    Attributes:
        pad: Which one, as its place in the row.
        low_s: When it was last at its lowest before the rise.
        from_s: When it rose through its level.
        to_s: When it fell through it.
        peak_newton: Its highest force.
    """

    pad: int
    low_s: float
    from_s: float
    to_s: float
    peak_newton: float

    @property
    def middle_s(self) -> float:
        """Between rise and fall: of a flat top the moment of the peak is chance, this is not."""
        return (self.from_s + self.to_s) / 2

    def is_with(self, other: "Swing") -> bool:
        """Return whether both are one movement."""
        together_s = min(self.to_s, other.to_s) - max(self.from_s, other.from_s)
        shorter_s = min(self.to_s - self.from_s, other.to_s - other.from_s)
        return abs(self.middle_s - other.middle_s) < ROLLS_WITHIN_S or together_s >= TOGETHER_SHARE * shorter_s


class Swings:
    """The short presses of one pad.

    Args:
        pad: Its place in the row.

    Attributes:
        is_up: Whether it has risen and not yet fallen again. A pad of which nothing is known is up: it has to be seen
            falling before its next rise can be believed.
    """

    def __init__(self, pad: int) -> None:
        self._pad = pad
        self.forget()

    def forget(self) -> None:
        """Know nothing of the pad any more."""
        self.is_up = True
        self._extreme_newton = 0.0
        self._low_s = 0.0

    def feed(self, past: deque[Row]) -> Swing | None:
        """Take the newest row and return the short press that it ends, if any.

        Args:
            past: The rows of the last seconds, the newest last.
        """
        t_s, row = past[-1]
        newton = row[self._pad]
        if newton is None:
            self.forget()
        elif self.is_up:
            if newton > self._extreme_newton:
                self._extreme_newton = newton
            elif newton <= LEVEL_SHARE * self._extreme_newton:
                peak_newton, low_s = self._extreme_newton, self._low_s
                self.is_up, self._extreme_newton, self._low_s = False, newton, t_s
                return self._swing(past, peak_newton, low_s)
        elif newton <= self._extreme_newton:
            self._extreme_newton, self._low_s = newton, t_s
        elif newton > TOUCHED_ABOVE_NEWTON and LEVEL_SHARE * newton >= self._extreme_newton:
            self.is_up, self._extreme_newton = True, newton
        return None

    def _swing(self, past: deque[Row], peak_newton: float, low_s: float) -> Swing | None:
        """Walk back from the fall to where the pad rose through its level."""
        level_newton = LEVEL_SHARE * peak_newton
        after_s, after_newton, to_s = 0.0, 0.0, None
        for t_s, row in reversed(past):
            newton = row[self._pad]
            if newton is None:
                break
            if to_s is None and newton > level_newton:
                to_s = crossing_s(t_s, newton, after_s, after_newton, level_newton)
            elif to_s is not None and newton <= level_newton:
                from_s = crossing_s(t_s, newton, after_s, after_newton, level_newton)
                is_short = AT_LEAST_S <= round(to_s - from_s, 6) <= AT_MOST_S
                return Swing(self._pad, low_s, from_s, to_s, peak_newton) if is_short else None
            elif to_s is not None and to_s - t_s > AT_MOST_S:
                break
            after_s, after_newton = t_s, newton
        return None


def crossing_s(t0_s: float, newton0: float, t1_s: float, newton1: float, at_newton: float) -> float:
    """Return when a straight line between two readings is at a force between them."""
    return t0_s + (t1_s - t0_s) * (at_newton - newton0) / (newton1 - newton0)

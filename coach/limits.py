"""Too fast and too hard: the two limits that must speak at once.

Both come from valid pads alone; a pad that reads more than its table reaches is too hard whatever the others do.
"""

from collections import deque
from dataclasses import dataclass
from statistics import fmean

from sensing.glove import Touch
from sensing.smoother import wobble_newton_per_s

from .her_words import SURE_AFTER_S
from .plan import Plan

# What the filter overshoots when a slow lean-in at the limit begins or jerks: with this margin it stays quiet.
TOO_FAST_MARGIN = 1.15
# SLOWER ends when the rate is under 70 % of the limit.
TOO_FAST_ENDS_SHARE = 0.7
# Over the ceiling for 100 ms must show; two readings at 25 a second are 80 ms.
TOO_HARD_AFTER_S = 0.08
# SOFTER ends under 90 % of the ceiling, for long enough that tremor does not flicker.
TOO_HARD_ENDS_SHARE = 0.9
TOO_HARD_ENDS_AFTER_S = 0.3
# Her button: the new ceiling is 80 % of the highest force of the last 2 s, to absorb part spread and hysteresis,
# if that was over 3 N; below, she did not mean the force.
HER_CEILING_SHARE = 0.8
HER_LOOK_BACK_S = 2.0
HER_FORCE_ABOVE_NEWTON = 3.0


def usual_limit_newton_per_s(limit_newton_per_s: float, force_newton: float) -> float:
    """Return above which rate SLOWER comes at that force, for a hand that wobbles as most do.

    It grows with the force, because a hand's wobble does, and nobody is called hasty for that.
    """
    return TOO_FAST_MARGIN * limit_newton_per_s + wobble_newton_per_s(force_newton, limit_newton_per_s)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Her first press, and the force of the two seconds before it."""

    t_s: float
    highest_newton: float
    mean_newton: float


class Limits:
    """The state of both limits.

    Attributes:
        ceiling_newton: The force that is too much, as things stand.
        limit_newton_per_s: The rate that is too fast, as things stand.
        is_too_fast: Whether the force rises too fast.
    """

    def __init__(self, plan: Plan) -> None:
        self.ceiling_newton = plan.ceiling_newton
        self.limit_newton_per_s = plan.slower_above_newton_per_s
        self.is_too_fast = False
        self._too_fast_s: float | None = None
        self._is_over_ceiling = False
        self._too_hard_s: float | None = None
        self._crossed_s: float | None = None
        self._pad_over = False
        self._force_newton: float | None = None
        self._recent: deque[tuple[float, float]] = deque()
        self._asked: _Asked | None = None

    def feed(self, touch: Touch) -> None:
        """Judge the next touch."""
        if touch.force_newton is None:
            self.forget_force()
            return
        self._judge_rate(touch)
        self._judge_force(touch.t_s, touch.force_newton)
        self._pad_over, self._force_newton = touch.over, touch.force_newton
        if self._is_over_ceiling or self._pad_over:
            self._too_hard_s = touch.t_s
        self._recent.append((touch.t_s, touch.force_newton))
        self._forget_old(touch.t_s)

    def _judge_rate(self, touch: Touch) -> None:
        """Judge the sum, and every pad: one may dig in while the others give way.

        A release is never too fast, even where the hand rolls off over its fingers.
        """
        if self.is_too_fast:
            fastest = max(touch.rate_newton_per_s, *touch.pad_rate_newton_per_s)
            self.is_too_fast = fastest > TOO_FAST_ENDS_SHARE * self.limit_newton_per_s
        else:
            clear = touch.rate_newton_per_s - touch.wobble_newton_per_s
            if touch.rate_newton_per_s > -TOO_FAST_ENDS_SHARE * self.limit_newton_per_s:
                for rate, wobble in zip(touch.pad_rate_newton_per_s, touch.pad_wobble_newton_per_s, strict=True):
                    clear = max(clear, rate - wobble)
            self.is_too_fast = clear > TOO_FAST_MARGIN * self.limit_newton_per_s
        if self.is_too_fast:
            self._too_fast_s = touch.t_s

    def _judge_force(self, t_s: float, force_newton: float) -> None:
        share, after_s = 1.0, TOO_HARD_AFTER_S
        if self._is_over_ceiling:
            share, after_s = TOO_HARD_ENDS_SHARE, TOO_HARD_ENDS_AFTER_S
        if (force_newton > share * self.ceiling_newton) is self._is_over_ceiling:
            self._crossed_s = None
            return
        if self._crossed_s is None:
            self._crossed_s = t_s
        if t_s - self._crossed_s >= after_s - 1e-6:
            self._is_over_ceiling = not self._is_over_ceiling
            self._crossed_s = None

    def forget_force(self) -> None:
        """Nothing valid is known any more: no warning is drawn from it either."""
        self.is_too_fast = False
        self._is_over_ceiling = False
        self._pad_over, self._force_newton = False, None
        self._crossed_s = None

    def was_too_fast(self, since_s: float) -> bool:
        """Return whether the force rose too fast at or after that time."""
        return self._too_fast_s is not None and self._too_fast_s >= since_s

    def was_too_hard(self, since_s: float) -> bool:
        """Return whether it was too hard at or after that time, by the force or by a word of hers that stands."""
        asked_s = None if self._asked is None else self._asked.t_s
        return any(t_s is not None and t_s >= since_s for t_s in (self._too_hard_s, asked_s))

    def is_too_hard(self, t_s: float) -> bool:
        """Return whether it is too much: over the ceiling, beyond what a pad can tell, or by her word."""
        asked = self._asked is not None and t_s - self._asked.t_s < SURE_AFTER_S
        return self._is_over_ceiling or self._pad_over or asked

    def highest_newton(self, t_s: float) -> float:
        """Return the highest force of the last 2 s, 0 where there was none."""
        return max(self._lately(t_s), default=0.0)

    def too_much(self, t_s: float, highest_newton: float) -> None:
        """Take her "too much".

        Args:
            t_s: Now.
            highest_newton: Of the last 2 s, of both hands where there are two: she has one word for both.
        """
        self._asked = _Asked(t_s, highest_newton, self._mean_newton(t_s))

    def _mean_newton(self, t_s: float) -> float:
        forces = self._lately(t_s)
        return round(fmean(forces), 6) if forces else 0.0

    def _lately(self, t_s: float) -> list[float]:
        self._forget_old(t_s)
        return [force for _, force in self._recent]

    def _forget_old(self, t_s: float) -> None:
        recent = self._recent
        while recent and recent[0][0] < t_s - HER_LOOK_BACK_S:
            recent.popleft()

    def just_right(self, t_s: float) -> float | None:
        """Take her "just right", and return the force that she meant; None where she can hardly have meant one.

        The first press of the two did not mean too much; and he may have eased since.
        """
        asked, self._asked = self._asked, None
        newton = self._mean_newton(t_s) if asked is None else asked.mean_newton
        return newton if newton > HER_FORCE_ABOVE_NEWTON else None

    def settle(self, t_s: float) -> float | None:
        """Lower the ceiling once her word is sure, and return the new one; None where nothing changed."""
        asked = self._asked
        if asked is None or t_s - asked.t_s < SURE_AFTER_S - 1e-6:
            return None
        self._too_hard_s = max(asked.t_s, self._too_hard_s or 0.0)
        self._asked = None
        lowered = round(HER_CEILING_SHARE * asked.highest_newton, 6)
        if asked.highest_newton <= HER_FORCE_ABOVE_NEWTON or lowered >= self.ceiling_newton:
            return None
        self.ceiling_newton = lowered
        # The hand is where she said too much: her SOFTER goes on without a gap, which would show "stay here".
        self._is_over_ceiling = self._force_newton is not None and self._force_newton > lowered
        return lowered

"""Force, its rate, and what of that rate the hand's own wobble explains: all pads and their sum at once, in numpy.

A constant-velocity Kalman filter a row, with the true time between readings. What it cannot foresee of a hand is the
wobble of that hand: it grows with the force, so it is measured as a share of the force all through the session. A
steady hand is smoothed less and believed sooner; a trembling or heavy one must rise more clearly to be called fast.

Compared on simulated hands at 50 readings a second, with equal numbers of false cues: `make bench`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Tuned at 50 readings a second for a limit of 12 N/s. Forces and rates scale together, so for another limit
# the process noise goes with its square and everything in newtons with the limit itself.
TUNED_FOR_NEWTON_PER_S = 12.0
TUNED_AT_S = 0.02
PROCESS_NEWTON2_PER_S3 = 64.0
SENSOR_NEWTON = 0.3
# A reading that stands for a longer time is worth more, because wobble is slower than the readings; but one after
# a gap is still only one.
WORTH_AT_MOST = 5.0

# Mean surprise of a reading, as a share of the force: that of most hands in the simulations, where each begins.
USUAL_WOBBLE = 0.0095
LEAST_WOBBLE, MOST_WOBBLE = USUAL_WOBBLE / 4, USUAL_WOBBLE * 2
WOBBLE_FOLLOWS_S = 8.0
# A push is a surprise too, and must not pass for wobble.
SURPRISE_AT_MOST = 3.0
# Seconds of the limit: 4.7 N at 4 N/s. Below, the sensor's own noise is larger than a hand's wobble.
WOBBLE_SHOWS_ABOVE_S = 1.17
# How fast a wobbling force seems to rise, a second; in full only for forces that are large beside the limit, because
# near the limit every share of it would delay the warning more than it saves false ones.
WOBBLE_RATE_PER_S = 36.0
LARGE_BESIDE_LIMIT_S = 5.5
# In limits: four times as fast as allowed is fast, however heavy or unsteady the hand.
EXPLAINS_AT_MOST = 3.0

# Seconds of the limit: 1.6 N at 4 N/s. A pad says nothing below its turn-on (0.15 to 0.35 N), and after a long hold its
# creep comes back with the touch: the first it says tells where the hand is, not how fast it came.
LANDING_S = 0.4

# After a silence as long as this nothing of the old motion is left to predict from.
FORGET_AFTER_S = 1.0

Motion = tuple[list[float], list[float], list[float]]


class Smoother:
    """The motion of each pad, and last of their sum.

    Args:
        pads: How many pads are in use.
        limit_newton_per_s: The plan's limit, to which the filter scales itself.
    """

    def __init__(self, pads: int, limit_newton_per_s: float) -> None:
        scale = limit_newton_per_s / TUNED_FOR_NEWTON_PER_S
        self._process = PROCESS_NEWTON2_PER_S3 * scale * scale
        self._sensor_newton = SENSOR_NEWTON * scale
        self._shows_above_newton = WOBBLE_SHOWS_ABOVE_S * limit_newton_per_s
        self._large_newton = LARGE_BESIDE_LIMIT_S * limit_newton_per_s
        self._landing_newton = LANDING_S * limit_newton_per_s
        self._explains_newton_per_s = EXPLAINS_AT_MOST * limit_newton_per_s
        # At first the force is known as well as one reading tells it, and the rate to about the limit.
        self._first_variance = np.array([[self._sensor_newton**2], [0.0], [limit_newton_per_s**2]])
        # Rows: force, rate, and their variances p00, p01, p11; every operation is elementwise, because the last
        # bits of a matrix product differ between processors and a tape must replay on any of them.
        self._rows = np.zeros((5, pads + 1))
        self._force, self._rate, self._p00, self._p01, self._p11 = self._rows
        self._force_and_p01, self._rate_and_p11 = self._rows[0::3], self._rows[1::3]
        self._state, self._p00_and_p01 = self._rows[0:2], self._rows[2:4]
        self._noise = np.zeros((5, 1))
        self._wobble = np.full(pads + 1, USUAL_WOBBLE)
        self._before: list[float | None] = [None] * pads
        self._t_s: float | None = None

    def feed(self, t_s: float, newton: Sequence[float | None]) -> Motion:
        """Take the pads' forces at one time.

        A pad given as None is left out of the sum and starts anew, at rest, with its next value. When a pad
        joins or leaves, the sum goes on without a jump and without a false rate.

        Returns:
            Force in newtons, rate in newtons per second, and the part of a rate in newtons per second that wobble
            alone can explain; of every pad and last of their sum.
        """
        dt_s = TUNED_AT_S if self._t_s is None else t_s - self._t_s
        if self._t_s is None or dt_s > FORGET_AFTER_S:
            self._before = [None] * len(newton)
            self._state[:] = 0.0
        else:
            self._predict(dt_s)
        self._t_s = t_s
        self._come_and_go(newton)
        values = [value or 0.0 for value in newton]
        self._correct(np.array([*values, sum(values)]), dt_s)
        force, rate = self._state.tolist()
        return force, rate, self._wobble_rate().tolist()

    def _come_and_go(self, newton: Sequence[float | None]) -> None:
        """Let pads join, leave, land and lift: each a jump of the force that is no motion."""
        for i, (before, now) in enumerate(zip(self._before, newton, strict=True)):
            if (before is None) is not (now is None):
                self._join_or_leave(i, now)
            elif before is not None and now is not None and (before > 0) is not (now > 0):
                jump = min(now, self._landing_newton) - min(before, self._landing_newton)
                self._force[i] += jump
                self._force[-1] += jump
        self._before = list(newton)

    def _join_or_leave(self, i: int, now: float | None) -> None:
        if all(before is None for before in self._before):
            self._rows[2:, -1:] = self._first_variance
        self._state[:, -1] -= self._state[:, i]
        self._state[:, i] = (now or 0.0, 0.0)
        self._state[:, -1] += self._state[:, i]
        self._rows[2:, i : i + 1] = self._first_variance

    def _predict(self, dt_s: float) -> None:
        q = self._process * dt_s
        self._noise[2:, 0] = (q * dt_s * dt_s / 3, q * dt_s / 2, q)
        # p00 + 2 dt p01 + dt^2 p11 is p00 + dt (p01 before + p01 after).
        self._p00 += dt_s * self._p01
        self._force_and_p01 += dt_s * self._rate_and_p11
        self._p00 += dt_s * self._p01
        self._rows += self._noise

    def _correct(self, measured: NDArray[np.float64], dt_s: float) -> None:
        surprise = measured - self._force
        newton = np.maximum(self._force, 0.0)
        deviation = self._wobble * newton
        deviation += self._sensor_newton
        deviation *= deviation
        deviation /= min(max(dt_s, 1e-6) / TUNED_AT_S, WORTH_AT_MOST)
        gain = self._p00_and_p01 / (self._p00 + deviation)
        self._state += gain * surprise
        self._p11 -= gain[1] * self._p01
        self._p00_and_p01 *= 1 - gain[0]
        self._learn_wobble(surprise, newton, dt_s)

    def _learn_wobble(self, surprise: NDArray[np.float64], newton: NDArray[np.float64], dt_s: float) -> None:
        shows = newton > self._shows_above_newton
        share = np.abs(surprise)
        share /= np.maximum(newton, self._shows_above_newton)
        wobble = self._wobble
        np.minimum(share, SURPRISE_AT_MOST * wobble, out=share)
        share -= wobble
        share *= shows * (min(dt_s, FORGET_AFTER_S) / WOBBLE_FOLLOWS_S)
        wobble += share
        np.maximum(wobble, LEAST_WOBBLE, out=wobble)
        np.minimum(wobble, MOST_WOBBLE, out=wobble)

    def _wobble_rate(self) -> NDArray[np.float64]:
        newton = np.maximum(self._force, 0.0)
        rate: NDArray[np.float64] = WOBBLE_RATE_PER_S * self._wobble * newton * (newton / (newton + self._large_newton))
        return np.minimum(rate, self._explains_newton_per_s)

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

# A hand is not another one within a tenth of a second; more looks would only cost time. They come with the tenths of
# the session, so that a lost reading shifts one of them and not all that follow.
LOOK_EVERY_S = 0.1
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

# Steps of time whose noise is kept ready: even readings have one or two, jittery ones very many.
STEPS_KEPT = 64

# After a silence as long as this nothing of the old motion is left to predict from.
FORGET_AFTER_S = 1.0

Motion = tuple[list[float], list[float], list[float]]
# A length of time as an array of one, and the process noise that comes with it.
_Step = tuple[NDArray[np.float64], NDArray[np.float64]]


def wobble_newton_per_s(newton: float, limit_newton_per_s: float, wobble: float = USUAL_WOBBLE) -> float:
    """Return how much of a rate the wobble of a hand can explain at a force.

    Args:
        newton: The force.
        limit_newton_per_s: The plan's limit.
        wobble: The hand's, as a share of the force.
    """
    if newton <= 0:
        return 0.0
    share = newton / (newton + LARGE_BESIDE_LIMIT_S * limit_newton_per_s)
    return min(WOBBLE_RATE_PER_S * wobble * newton * share, EXPLAINS_AT_MOST * limit_newton_per_s)


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
        self._landing_newton = LANDING_S * limit_newton_per_s
        # Every operation is elementwise, because the last bits of a matrix product differ between processors and a
        # tape must replay on any of them. Rows lie so that what is worked on together lies together: an operation on
        # rows that are apart, or on an array and a number, takes twice as long.
        rows = np.zeros((5, pads + 1))
        self._rows = rows
        self._force, self._p01, self._rate, self._p11, self._p00 = rows
        self._force_and_p01, self._rate_and_p11 = rows[0:2], rows[2:4]
        self._ones, self._sensor = np.ones(pads + 1), np.full(pads + 1, self._sensor_newton)
        self._limit = limit_newton_per_s
        self._steps: dict[float, _Step] = {}
        self._wobble = np.full(pads + 1, USUAL_WOBBLE)
        self._wobbles: list[float] = self._wobble.tolist()
        self._look = 0
        self._looked_s = 0.0
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
        # To the microsecond, which is how times are kept: equal steps are then equal.
        dt_s = TUNED_AT_S if self._t_s is None else round(t_s - self._t_s, 6)
        if self._t_s is None or dt_s > FORGET_AFTER_S:
            self._before = [None] * len(newton)
            self._force[:] = self._rate[:] = 0.0
        else:
            self._predict(dt_s)
        self._t_s = t_s
        self._come_and_go(newton)
        values = [value or 0.0 for value in newton]
        # Not sum(), whose last bits differ between versions of Python.
        total = 0.0
        for value in values:
            total += value
        surprise = self._correct(np.array([*values, total]), dt_s)
        # A hair of tolerance, so that a reading at 0.3 s belongs to the third tenth.
        look = int(t_s / LOOK_EVERY_S + 1e-6)
        if look != self._look:
            self._look = look
            self._learn_wobble(surprise, t_s)
        forces = self._force.tolist()
        explained = [
            wobble_newton_per_s(force, self._limit, wobble) for force, wobble in zip(forces, self._wobbles, strict=True)
        ]
        return forces, self._rate.tolist(), explained

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
            self._know_nothing(-1)
        self._force[-1] += (now or 0.0) - self._force[i]
        self._rate[-1] -= self._rate[i]
        self._force[i], self._rate[i] = now or 0.0, 0.0
        self._know_nothing(i)

    def _know_nothing(self, i: int) -> None:
        """Begin a row: the force is known as well as one reading tells it, and the rate to about the limit."""
        self._p00[i], self._p01[i], self._p11[i] = self._sensor_newton**2, 0.0, self._limit**2

    def _predict(self, dt_s: float) -> None:
        step = self._steps.get(dt_s)
        if step is None:
            step = self._make_step(dt_s)
        dt, noise = step
        # p00 + 2 dt p01 + dt^2 p11 is p00 + dt (p01 before + p01 after).
        self._p00 += dt * self._p01
        self._force_and_p01 += dt * self._rate_and_p11
        self._p00 += dt * self._p01
        self._rows += noise

    def _make_step(self, dt_s: float) -> _Step:
        if len(self._steps) >= STEPS_KEPT:
            self._steps.clear()
        q = self._process * dt_s
        noise = np.zeros_like(self._rows)
        noise[1], noise[3], noise[4] = q * dt_s / 2, q, q * dt_s * dt_s / 3
        step = self._steps[dt_s] = np.array(dt_s), noise
        return step

    def _correct(self, measured: NDArray[np.float64], dt_s: float) -> NDArray[np.float64]:
        """Take the newest forces in, and return how far they were from what was foreseen."""
        measured -= self._force
        deviation = self._wobble * self._force
        deviation += self._sensor
        deviation *= deviation
        if dt_s != TUNED_AT_S:
            deviation /= min(max(dt_s, 1e-6) / TUNED_AT_S, WORTH_AT_MOST)
        deviation += self._p00
        gain_0, gain_1 = self._p00 / deviation, self._p01 / deviation
        self._force += gain_0 * measured
        self._rate += gain_1 * measured
        self._p11 -= gain_1 * self._p01
        kept = self._ones - gain_0
        self._p00 *= kept
        self._p01 *= kept
        return measured

    def _learn_wobble(self, surprise: NDArray[np.float64], t_s: float) -> None:
        part = min(t_s - self._looked_s, FORGET_AFTER_S) / WOBBLE_FOLLOWS_S
        self._looked_s = t_s
        shows_above, wobble = self._shows_above_newton, self._wobble
        share = np.abs(surprise) / np.maximum(self._force, shows_above)
        share = np.minimum(share, SURPRISE_AT_MOST * wobble) - wobble
        wobble += share * part * (self._force > shows_above)
        np.minimum(np.maximum(wobble, LEAST_WOBBLE, out=wobble), MOST_WOBBLE, out=wobble)
        self._wobbles = wobble.tolist()

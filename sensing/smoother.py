"""Force and its rate for all pads and their sum at once: one Kalman filter a row, in numpy.

A constant-velocity model with the true time between readings. Its measurement noise grows with the force,
because a hand's wobble does; that was the best of the estimators compared at 50 readings a second
(limit 12 N/s: 166 ms median and 315 ms at 95 % from the true rate passing the limit to the alarm;
limit 4 N/s: 200 and 396 ms; a few ms more of steady wobble rejection than a tuned double average).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Tuned at 50 readings a second for a limit of 12 N/s. Forces and rates scale together, so for another limit
# the process noise goes with its square and the constant part of the measurement noise with the limit itself.
TUNED_FOR_NEWTON_PER_S = 12.0
PROCESS_NEWTON2_PER_S3 = 20.0
SENSOR_NEWTON = 0.4
# Wobble of a hand: 1 % of its force in the band that reads as rate.
WOBBLE_SHARE = 0.01

# After a silence as long as this nothing of the old motion is left to predict from.
FORGET_AFTER_S = 1.0


class Smoother:
    """Force in newtons and rate in newtons per second of each pad, and last of their sum.

    Args:
        pads: How many pads are in use.
        limit_newton_per_s: The plan's limit, to which the filter scales itself.
    """

    def __init__(self, pads: int, limit_newton_per_s: float) -> None:
        scale = limit_newton_per_s / TUNED_FOR_NEWTON_PER_S
        self._process = PROCESS_NEWTON2_PER_S3 * scale * scale
        self._sensor_newton = SENSOR_NEWTON * scale
        # At first the force is known as well as one reading tells it, and the rate to about the limit.
        self._first_variance = np.array([[self._sensor_newton**2], [0.0], [limit_newton_per_s**2]])
        # Rows: force, rate, and their variances p00, p01, p11; every operation is elementwise, because the last
        # bits of a matrix product differ between processors and a tape must replay on any of them.
        self._rows = np.zeros((5, pads + 1))
        self._force, self._rate, self._p00, self._p01, self._p11 = self._rows
        self._force_and_p01, self._rate_and_p11 = self._rows[0::3], self._rows[1::3]
        self._state, self._p00_and_p01 = self._rows[0:2], self._rows[2:4]
        self._noise = np.zeros((5, 1))
        self._given: list[bool] = []
        self._t_s: float | None = None

    def feed(self, t_s: float, newton: Sequence[float | None]) -> tuple[list[float], list[float]]:
        """Take the pads' forces at one time and return (force, rate) of every pad and of their sum.

        A pad given as None is left out of the sum and starts anew, at rest, with its next value. When a pad
        joins or leaves, the sum is begun again from the pads that make it up: no jump, no false rate.
        """
        given = [value is not None for value in newton]
        values = [value or 0.0 for value in newton]
        measured = np.array([*values, sum(values)])
        if self._t_s is None or t_s - self._t_s > FORGET_AFTER_S:
            self._given = [False] * len(given)
        else:
            self._predict(t_s - self._t_s)
        self._t_s = t_s
        if given != self._given:
            self._start(given, measured)
        self._correct(measured)
        force, rate = self._state.tolist()
        return force, rate

    def _start(self, given: list[bool], measured: NDArray[np.float64]) -> None:
        anew = np.array([not was for was in self._given] + [not any(self._given)])
        self._force[anew] = measured[anew]
        self._rate[anew] = 0.0
        self._rows[2:, anew] = self._first_variance
        absent = np.array([not here for here in given] + [False])
        self._state[:, absent] = 0.0
        self._state[:, -1] = self._state[:, :-1].sum(axis=1)
        self._given = given

    def _predict(self, dt_s: float) -> None:
        q = self._process * dt_s
        self._noise[2:, 0] = (q * dt_s * dt_s / 3, q * dt_s / 2, q)
        # p00 + 2 dt p01 + dt^2 p11 is p00 + dt (p01 before + p01 after).
        self._p00 += dt_s * self._p01
        self._force_and_p01 += dt_s * self._rate_and_p11
        self._p00 += dt_s * self._p01
        self._rows += self._noise

    def _correct(self, measured: NDArray[np.float64]) -> None:
        deviation = WOBBLE_SHARE * np.abs(self._force)
        deviation += self._sensor_newton
        gain = self._p00_and_p01 / (self._p00 + deviation * deviation)
        self._state += gain * (measured - self._force)
        self._p11 -= gain[1] * self._p01
        self._p00_and_p01 *= 1 - gain[0]

"""What a reading costs: our session, and beside it what a maker would write first, and the One-Euro filter.

The other two only find the rate of three pads and their sum and compare it with the limit; they know no pad states,
holds, plans or cues.
"""

import math
from collections import deque
from collections.abc import Callable

import numpy as np

from coach.plan import FREE
from coach.session import Session
from firmware.home import divider_of
from hardware.board import DEFAULT_BOARD, PADS
from sensing.calibration import Curve, nominal_calibration
from sensing.inputs import Reading

Readings = list[tuple[float, tuple[float, ...]]]
LIMIT = 4.0
_CALIBRATION = nominal_calibration(PADS)
_DIVIDER = divider_of(DEFAULT_BOARD)


def ours(readings: Readings) -> None:
    session = Session(_CALIBRATION, _DIVIDER, FREE)
    for i, (_, volts) in enumerate(readings):
        t_s = round(i * 0.02, 6)
        session.feed(Reading(t_s, volts))
        session.levels(t_s)


def _newtons(volts: tuple[float, ...], curve: Curve) -> list[float]:
    supply = 2 * volts[-1]
    return [curve.newton_from_siemens(_DIVIDER.siemens_from_fraction(volt / supply)) for volt in volts[:-1]]


def makers_first(readings: Readings) -> None:
    """A deque of half a second, numpy.mean for the force and numpy.polyfit for the rate."""
    curve = Curve(_CALIBRATION.pads[0][1])
    times: deque[float] = deque(maxlen=25)
    forces: deque[list[float]] = deque(maxlen=25)
    for i, (_, volts) in enumerate(readings):
        newtons = _newtons(volts, curve)
        times.append(i * 0.02)
        forces.append([*newtons, sum(newtons)])
        if len(times) > 2:
            window = np.array(forces)
            np.mean(window, axis=0)
            _ = np.polyfit(np.array(times) - times[0], window, 1)[0] > LIMIT


class OneEuro:
    """Casiez, Roussel and Vogel 2012, one signal."""

    def __init__(self, min_cutoff_hz: float = 1.0, beta: float = 0.0, rate_cutoff_hz: float = 0.5) -> None:
        self._min_cutoff_hz, self._beta, self._rate_cutoff_hz = min_cutoff_hz, beta, rate_cutoff_hz
        self._t_s: float | None = None
        self._value = self._rate = 0.0

    @staticmethod
    def _alpha(cutoff_hz: float, dt_s: float) -> float:
        return 1 / (1 + 1 / (2 * math.pi * cutoff_hz * dt_s))

    def feed(self, t_s: float, value: float) -> float:
        """Return the rate after one value."""
        if self._t_s is None:
            self._t_s, self._value = t_s, value
            return 0.0
        dt_s = t_s - self._t_s
        self._t_s = t_s
        alpha = self._alpha(self._rate_cutoff_hz, dt_s)
        self._rate += alpha * ((value - self._value) / dt_s - self._rate)
        alpha = self._alpha(self._min_cutoff_hz + self._beta * abs(self._rate), dt_s)
        self._value += alpha * (value - self._value)
        return self._rate


def one_euro(readings: Readings) -> None:
    """Four One-Euro filters: three pads and their sum."""
    curve = Curve(_CALIBRATION.pads[0][1])
    filters = [OneEuro() for _ in range(4)]
    for i, (_, volts) in enumerate(readings):
        newtons = _newtons(volts, curve)
        _ = any(f.feed(i * 0.02, value) > LIMIT for f, value in zip(filters, [*newtons, sum(newtons)], strict=True))


ALL: list[tuple[str, Callable[[Readings], None]]] = [
    ("ours: pad states, force, phases, cues and lights", ours),
    ("a deque, numpy.mean and numpy.polyfit: rate only", makers_first),
    ("One-Euro filters in plain Python: rate only", one_euro),
]

"""What smoothing costs, and what numpy across the pads costs or saves: beside it the same filter in plain floats.

Plain floats are written here only, to be measured; that both give the same is asserted while they are.
"""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

from coach.plan import FREE
from sensing import smoother
from sensing.glove import Glove
from sensing.inputs import Reading
from sensing.press import Presses
from sensing.smoother import Motion, Smoother
from tests.story import CALIBRATION, DIVIDER, PADS, Hand

LIMIT = FREE.slower_above_newton_per_s
# A press, over and over; at rest and in contact as in a session.
HAND = Hand().rest(4).lean(12, over_s=5).hold(20).release(over_s=2).rest(4)
RUNS = 5
READINGS = [item for item in HAND.readings(wobble=0.4) if isinstance(item, Reading)]
_GLOVE = Glove(CALIBRATION, DIVIDER, LIMIT)
NEWTONS = [(item.t_s, [newton or 0.0 for newton in _GLOVE.feed(item).pad_newton]) for item in READINGS]


class PlainSmoother:
    """`sensing.smoother` a row at a time; without pads that fail, which these readings do not have."""

    def __init__(self, pads: int, limit_newton_per_s: float) -> None:
        scale = limit_newton_per_s / smoother.TUNED_FOR_NEWTON_PER_S
        self._process = smoother.PROCESS_NEWTON2_PER_S3 * scale * scale
        self._sensor = smoother.SENSOR_NEWTON * scale
        self._shows_above = smoother.WOBBLE_SHOWS_ABOVE_S * limit_newton_per_s
        self._landing = smoother.LANDING_S * limit_newton_per_s
        self._limit = limit_newton_per_s
        # Of each row: force, rate, p00, p01, p11 and the share of wobble.
        first = [0.0, 0.0, self._sensor**2, 0.0, limit_newton_per_s**2, smoother.USUAL_WOBBLE]
        self._rows = [first[:] for _ in range(pads + 1)]
        self._before: list[float] | None = None
        self._t_s = self._looked_s = 0.0
        self._look = 0

    def feed(self, t_s: float, newton: Sequence[float]) -> Motion:
        """Take the pads' forces at one time."""
        dt_s = smoother.TUNED_AT_S if self._before is None else round(t_s - self._t_s, 6)
        self._t_s = t_s
        if self._before is None:
            self._begin(newton)
        else:
            self._predict(dt_s)
            self._land(self._before, newton)
        self._before = list(newton)
        worth = min(max(dt_s, 1e-6) / smoother.TUNED_AT_S, smoother.WORTH_AT_MOST)
        learns = 0.0
        look = int(t_s / smoother.LOOK_EVERY_S + 1e-6)
        if look != self._look:
            self._look = look
            learns = min(t_s - self._looked_s, smoother.FORGET_AFTER_S) / smoother.WOBBLE_FOLLOWS_S
            self._looked_s = t_s
        for row, measured in zip(self._rows, (*newton, sum(newton)), strict=True):
            self._correct(row, measured, worth, learns)
        wobbles = [smoother.wobble_newton_per_s(row[0], self._limit, row[5]) for row in self._rows]
        return [row[0] for row in self._rows], [row[1] for row in self._rows], wobbles

    def _begin(self, newton: Sequence[float]) -> None:
        for row, now in zip(self._rows, (*newton, sum(newton)), strict=True):
            row[0] = now

    def _predict(self, dt_s: float) -> None:
        q = self._process * dt_s
        for row in self._rows:
            _, rate, _, p01, p11, _ = row
            row[0] += dt_s * rate
            row[2] += dt_s * (2 * p01 + dt_s * p11) + q * dt_s * dt_s / 3
            row[3] += dt_s * p11 + q * dt_s / 2
            row[4] += q

    def _land(self, before: Sequence[float], newton: Sequence[float]) -> None:
        for row, was, now in zip(self._rows, before, newton, strict=False):
            if (was > 0) is not (now > 0):
                jump = min(now, self._landing) - min(was, self._landing)
                row[0] += jump
                self._rows[-1][0] += jump

    def _correct(self, row: list[float], measured: float, worth: float, learns: float) -> None:
        force, _, p00, p01, _, wobble = row
        surprise = measured - force
        noise = (wobble * force + self._sensor) ** 2 / worth
        gain0, gain1 = p00 / (p00 + noise), p01 / (p00 + noise)
        row[0] += gain0 * surprise
        row[1] += gain1 * surprise
        row[4] -= gain1 * p01
        row[2], row[3] = p00 * (1 - gain0), p01 * (1 - gain0)
        if learns and row[0] > self._shows_above:
            share = min(abs(surprise) / row[0], smoother.SURPRISE_AT_MOST * wobble)
            wobble += (share - wobble) * learns
            row[5] = min(max(wobble, smoother.LEAST_WOBBLE), smoother.MOST_WOBBLE)


def one_glove() -> None:
    glove, presses = Glove(CALIBRATION, DIVIDER, LIMIT), Presses(LIMIT)
    for reading in READINGS:
        presses.feed(glove.feed(reading))


def two_gloves() -> None:
    """Two hands, each with pads, presses and a smoother of its own."""
    hands = [(Glove(CALIBRATION, DIVIDER, LIMIT), Presses(LIMIT)) for _ in range(2)]
    for reading in READINGS:
        for glove, presses in hands:
            presses.feed(glove.feed(reading))


def smoothed(make: Callable[[int, float], Smoother | PlainSmoother], gloves: int) -> Callable[[], None]:
    def run() -> None:
        filtered = make(len(PADS) * gloves, LIMIT)
        for t_s, newtons in rows:
            filtered.feed(t_s, newtons)

    rows = [(t_s, newtons * gloves) for t_s, newtons in NEWTONS]
    return run


ALL: list[tuple[str, Callable[[], None]]] = [
    ("one glove: pads, smoother, presses", one_glove),
    ("two gloves, each by itself", two_gloves),
    ("the smoother of one glove (4 rows): numpy", smoothed(Smoother, 1)),
    ("the same in plain Python floats", smoothed(PlainSmoother, 1)),
    ("one smoother of two gloves (7 rows): numpy", smoothed(Smoother, 2)),
    ("the same in plain Python floats", smoothed(PlainSmoother, 2)),
]


def assert_both_are_the_same_filter() -> None:
    ours, plain = Smoother(len(PADS), LIMIT), PlainSmoother(len(PADS), LIMIT)
    for t_s, newtons in NEWTONS:
        for mine, other in zip(ours.feed(t_s, newtons), plain.feed(t_s, newtons), strict=True):
            assert all(abs(a - b) < 1e-9 for a, b in zip(mine, other, strict=True)), (t_s, mine, other)


def microseconds(run: Callable[[], None]) -> float:
    """Return the median a reading."""
    took = []
    for _ in range(RUNS):
        began_s = perf_counter()
        run()
        took.append((perf_counter() - began_s) / len(READINGS) * 1e6)
    return median(took)

"""What a pad's conductance means in newtons, by the pad's own table and nothing else.

Between the knots: monotone cubic interpolation (PCHIP) of log newton over log siemens, the best of the
models compared on real dead weights. Below the first knot a straight line to nothing; above the last
knot there is no answer: such a pad is OVER. Tables are never extrapolated.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .creep import HIGHEST_CREEP_SHARE

Knot = tuple[float, float]

# A line needs two, but two cannot show that a load was wrong; the kitchen-scale dialogue asks for six or more.
FEWEST_KNOTS = 3
# An up-down spread of half the force is a pad that tells nothing.
HIGHEST_SPREAD_SHARE = 0.5
# Mean error of another sensor's curve, on real dead weights (five FSRs, 10 to 500 g).
UNMEASURED_SHARE = 0.26
# A hand is no puck on a scale: pressed by hand beside a reference, even the best FSR is off by so much (median).
BY_HAND_SHARE = 0.04
# A share is told for a press of this force, the middle of what hands do.
USUAL_NEWTON = 10.0


@dataclass(frozen=True, slots=True)
class PadCalibration:
    """One pad's knots as (siemens, newton), both rising.

    Attributes:
        knots: At least three.
        residual_newton: What the calibration could not explain (rms), None when nobody measured it.
        spread_share: How far the way up and the way down lay apart (rms), as a share of the force.
        creep_share: How much the conductance grows in each decade of time under a steady force.

    All but the knots are None when nobody measured them.

    Raises:
        ValueError: Too few knots, one that is not above the one before it, or a share that cannot be.
    """

    knots: tuple[Knot, ...]
    residual_newton: float | None = None
    spread_share: float | None = None
    creep_share: float | None = None

    def __post_init__(self) -> None:
        if len(self.knots) < FEWEST_KNOTS:
            raise ValueError(
                f"{len(self.knots)} knots are too few, at least {FEWEST_KNOTS} are needed - calibrate with more loads"
            )
        before: Knot = (0.0, 0.0)
        for number, knot in enumerate(self.knots, start=1):
            if not all(low < high < math.inf for low, high in zip(before, knot, strict=True)):
                raise ValueError(
                    f"knot {number} ({knot[0]:.6g} S, {knot[1]:.6g} N) is not above the one before it - "
                    "calibrate this pad again"
                )
            before = knot
        residual = self.residual_newton
        if residual is not None and not 0 <= residual < math.inf:
            raise ValueError(f"residual_newton is {residual}, it must be 0 or more - calibrate this pad again")
        for name, share, highest in (
            ("spread_share", self.spread_share, HIGHEST_SPREAD_SHARE),
            ("creep_share", self.creep_share, HIGHEST_CREEP_SHARE),
        ):
            if share is not None and not 0 <= share <= highest:
                raise ValueError(f"{name} is {share}, it must be 0 to {highest} - calibrate this pad again")

    @property
    def highest_newton(self) -> float:
        """The last knot: more than this is OVER."""
        return self.knots[-1][1]

    @property
    def is_measured(self) -> bool:
        """Whether anybody measured how well the table fits this pad."""
        return self.residual_newton is not None or self.spread_share is not None

    def uncertainty_newton(self, newton: float) -> float:
        """Return how far from that force the true one may be (one standard deviation).

        The table is the way up, and a held force lies somewhere between the two ways: on average half of what lies
        between them is wrong. To that come what the loads could not explain of each other, and the hand.
        """
        if not self.is_measured:
            return UNMEASURED_SHARE * newton
        ways_newton = (self.spread_share or 0.0) / 2 * newton
        return math.hypot(ways_newton, self.residual_newton or 0.0, BY_HAND_SHARE * newton)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The tables of the pads in use, in the order of the readings' volts.

    Attributes:
        pads: (name, table) of each pad.
        made_on: Date label such as 2026-11-22, or a few words on where the tables come from.
        supply_volt: The supply that was measured meanwhile, None when nobody did.

    Raises:
        ValueError: No pad, one named twice, or a supply that cannot be.
    """

    pads: tuple[tuple[str, PadCalibration], ...]
    made_on: str
    supply_volt: float | None = None

    def __post_init__(self) -> None:
        if not self.pads:
            raise ValueError("a calibration needs at least one pad - calibrate heel, palm or fingers")
        if len(set(self.names)) < len(self.pads):
            raise ValueError(f"a pad stands twice in {', '.join(self.names)} - keep one of them")
        if self.supply_volt is not None and not 0 < self.supply_volt < math.inf:
            raise ValueError(f"supply_volt is {self.supply_volt}, it must be above 0 - calibrate again")

    @property
    def names(self) -> tuple[str, ...]:
        """The pads in use."""
        return tuple(name for name, _ in self.pads)

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """The pads of which nobody knows how well their table fits, such as those with the data sheet's curve."""
        return tuple(name for name, table in self.pads if not table.is_measured)

    def uncertainty_newton(self, newton: float) -> float:
        """Return how far from that force the true one may be: as far as its worst pad, which may bear all of it."""
        return max(table.uncertainty_newton(newton) for _, table in self.pads)

    @property
    def uncertain_share(self) -> float:
        """The same as a share, at a usual force."""
        return self.uncertainty_newton(USUAL_NEWTON) / USUAL_NEWTON

    def only(self, names: Sequence[str]) -> "Calibration":
        """Return the calibration of these pads alone.

        Raises:
            ValueError: One of them is not in this calibration.
        """
        tables = dict(self.pads)
        for name in names:
            if name not in tables:
                raise ValueError(
                    f"pad {name} is not in this calibration, which has {', '.join(self.names)} - "
                    "calibrate that pad or take another file"
                )
        return replace(self, pads=tuple((name, tables[name]) for name in names))


# R = 150 + 5900 F^-0.86 ohm: the typical FSR 402 of its data sheet, from turn-on to the force where it flattens.
NOMINAL_KNOTS: tuple[Knot, ...] = tuple(
    (1 / (150 + 5900 * newton**-0.86), newton)
    for newton in (0.2, 0.35, 0.6, 1.0, 1.7, 3.0, 5.0, 8.0, 12.0, 17.0, 23.0, 30.0)
)


def nominal_calibration(names: Sequence[str]) -> Calibration:
    """Return the data-sheet curve for each pad: right in shape, off by a quarter for a real pad."""
    return Calibration(tuple((name, PadCalibration(NOMINAL_KNOTS)) for name in names), "nominal, not measured")


class Curve:
    """A table made ready for reading: newtons from siemens and back, both by the same cubic."""

    def __init__(self, table: PadCalibration) -> None:
        self._first_siemens, self._first_newton = table.knots[0]
        self.last_siemens, self.last_newton = table.knots[-1]
        self._x = [math.log(siemens) for siemens, _ in table.knots]
        self._y = [math.log(newton) for _, newton in table.knots]
        slopes = _pchip_slopes(self._x, self._y)
        self._cubics: list[tuple[float, float, float]] = []
        for i in range(len(slopes) - 1):
            h = self._x[i + 1] - self._x[i]
            secant = (self._y[i + 1] - self._y[i]) / h
            c = (3 * secant - 2 * slopes[i] - slopes[i + 1]) / h
            d = (slopes[i] + slopes[i + 1] - 2 * secant) / (h * h)
            self._cubics.append((slopes[i], c, d))

    def newton_from_siemens(self, siemens: float) -> float:
        """Return newtons, rounded to 1e-6; at most the last knot.

        The last bits of exp and log differ between processors; rounded here, every later sum and
        comparison comes out the same on the Pi and on the laptop that replays its tape.
        """
        if siemens >= self.last_siemens:
            return self.last_newton
        if siemens <= self._first_siemens:
            return round(max(siemens, 0.0) / self._first_siemens * self._first_newton, 6)
        x = math.log(siemens)
        i = bisect_right(self._x, x, 1, len(self._x) - 1) - 1
        b, c, d = self._cubics[i]
        step = x - self._x[i]
        return min(round(math.exp(self._y[i] + step * (b + step * (c + step * d))), 6), self.last_newton)

    def siemens_from_newton(self, newton: float) -> float:
        """Return the conductance that reads as these newtons, by bisection inside the knot's interval.

        Raises:
            ValueError: The force is negative or above the last knot.
        """
        if not 0 <= newton <= self.last_newton:
            raise ValueError(f"{newton:g} N is outside 0 to {self.last_newton:g} N, the reach of this calibration")
        if newton <= self._first_newton:
            return newton / self._first_newton * self._first_siemens
        y = math.log(newton)
        i = bisect_right(self._y, y, 1, len(self._y) - 1) - 1
        b, c, d = self._cubics[i]
        low, high = 0.0, self._x[i + 1] - self._x[i]
        # 40 halvings of an interval of at most a few e-folds end at 1e-12, far below one code of the ADC.
        for _ in range(40):
            step = (low + high) / 2
            if self._y[i] + step * (b + step * (c + step * d)) < y:
                low = step
            else:
                high = step
        return math.exp(self._x[i] + (low + high) / 2)


def _pchip_slopes(x: Sequence[float], y: Sequence[float]) -> list[float]:
    """Return the slope at each knot: Fritsch and Butland 1984 inside, a three-point formula at the ends."""
    h = [high - low for low, high in pairwise(x)]
    secant = [(high - low) / width for low, high, width in zip(y, y[1:], h, strict=False)]
    slopes = [_end_slope(h[0], h[1], secant[0], secant[1])]
    for i in range(1, len(h)):
        first, second = 2 * h[i] + h[i - 1], h[i] + 2 * h[i - 1]
        slopes.append((first + second) / (first / secant[i - 1] + second / secant[i]))
    slopes.append(_end_slope(h[-1], h[-2], secant[-1], secant[-2]))
    return slopes


def _end_slope(near: float, far: float, near_secant: float, far_secant: float) -> float:
    """Return a one-sided slope, not below flat so that the curve stays monotone.

    With rising knots it stays under two secants by itself, well below the three that would bend it back.
    """
    return max(((2 * near + far) * near_secant - near * far_secant) / (near + far), 0.0)


def table_from_loads(loads: Sequence[Knot]) -> PadCalibration:
    """Make a pad's table of measured loads (siemens, newton), in any order.

    Loads that the pad cannot tell apart (the conductance did not rise with the force) are merged into
    their mean, as a pooled neighbour; a table must rise.

    Raises:
        ValueError: A load is not above nothing, or too few are left.
    """
    pools: list[tuple[float, float, int]] = []
    for siemens, newton in sorted(loads, key=lambda load: load[1]):
        if not (0 < siemens < math.inf and 0 < newton < math.inf):
            raise ValueError(f"a load of {newton:g} N reading {siemens:g} S is no knot - leave it out")
        pools.append((siemens, newton, 1))
        while len(pools) > 1 and not (pools[-2][0] < pools[-1][0] and pools[-2][1] < pools[-1][1]):
            (g1, f1, n1), (g2, f2, n2) = pools[-2:]
            n = n1 + n2
            pools[-2:] = [((g1 * n1 + g2 * n2) / n, (f1 * n1 + f2 * n2) / n, n)]
    return PadCalibration(tuple((siemens, newton) for siemens, newton, _ in pools))


def left_one_out(loads: Sequence[Knot]) -> list[tuple[float, float]]:
    """Return (newton read from a table of the other loads, true newton) of each load.

    Never of the first or the last: without them the table would have to be extrapolated, which it refuses.
    """
    ordered = sorted(loads, key=lambda load: load[1])
    told = []
    for i in range(1, len(ordered) - 1):
        siemens, newton = ordered[i]
        curve = Curve(table_from_loads(ordered[:i] + ordered[i + 1 :]))
        told.append((curve.newton_from_siemens(siemens), newton))
    return told


def left_one_out_error(loads: Sequence[Knot], low_newton: float, high_newton: float) -> float:
    """Return the rms relative error of each load read from a table made of the others.

    Only loads between low and high newton are judged.

    Raises:
        ValueError: No load can be judged.
    """
    squares = [(read / true - 1) ** 2 for read, true in left_one_out(loads) if low_newton <= true <= high_newton]
    if not squares:
        raise ValueError(f"no load between {low_newton:g} and {high_newton:g} N can be judged - add loads")
    return math.sqrt(sum(squares) / len(squares))

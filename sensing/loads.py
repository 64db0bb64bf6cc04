"""The loads of one pad, up and then down, and the table that they make; a load that would spoil it is refused.

The table is the way up. How far the way down lies from it is the pad's own uncertainty; how well each load is told by
the others is what the calibration cannot explain.
"""

import math
from collections.abc import Callable

from .calibration import Curve, Knot, PadCalibration, left_one_out, table_from_loads
from .pads import OVER_ABOVE_U
from .steadiness import STEADY_SHARE, TURN_ON_SIEMENS, Rest

# What a hand can press onto a kitchen scale with some ease; the scale is worth 0.5 to 40 N.
STANDARD_NEWTON = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 40.0)
# With six points the interpolation is 10 % wrong at a point left out, with all of a dozen 7 %; fewer were never tried.
FEWEST_UP = 6
# Three are enough to say how far up and down lie apart.
FEWEST_DOWN = 3
# Wobble and creep are worth 5 % each: loads nearer than this might trade places.
STEP_SHARE = 0.15
# The nearest load to ask for: a little further, so that one pressed as told is not refused for its rounding.
NEXT_STEP = 1 + STEP_SHARE + 0.01
# Noise of a mean over a second is 0.1 %, creep between two loads 2 %: a rise below that may be no rise.
RISE_SHARE = 0.02


def in_newton(newton: float) -> str:
    """Say a load in newtons."""
    return f"{newton:.3g} N"


class PadLoads:
    """What was taken so far.

    Args:
        say: How to say a load, in the unit of the person's scale.

    Attributes:
        up: (siemens, newton) of each load on the way up.
        down: The same on the way down.
    """

    def __init__(self, say: Callable[[float], str] = in_newton) -> None:
        self.up: list[Knot] = []
        self.down: list[Knot] = []
        self._say = say

    def add_up(self, newton: float, rest: Rest, u: float) -> None:
        """Take the next heavier load.

        Args:
            newton: What the scale shows.
            rest: What the pad did meanwhile.
            u: The pad's part of the supply then, which tells how near its end it is.

        Raises:
            ValueError: It would spoil the table; one line says why and what to do.
        """
        last_siemens, last_newton = self.up[-1] if self.up else (0.0, 0.0)
        if newton < last_newton * (1 + STEP_SHARE):
            raise ValueError(
                f"{self._say(newton)} is not enough above {self._say(last_newton)} - "
                f"going up, press {self._say(last_newton * NEXT_STEP)} or more"
            )
        self._refuse_what_no_load_can_be(newton, rest, u)
        if rest.siemens <= last_siemens:
            raise ValueError(
                f"the pad feels less at {self._say(newton)} than at {self._say(last_newton)} - "
                "put the puck back on the middle of the pad and press again, or go back one load"
            )
        if rest.siemens < last_siemens * (1 + RISE_SHARE):
            raise ValueError(
                f"the pad hardly tells {self._say(newton)} from {self._say(last_newton)}: it is at its end - "
                "leave out this load and what is heavier"
            )
        if rest.from_above:
            raise ValueError(
                f"the hand came down to {self._say(newton)} - let go, and press up to it without going beyond"
            )
        self.up.append(_noted(rest, newton))

    def add_down(self, newton: float, rest: Rest, u: float) -> None:
        """Take the next lighter load, see `add_up`.

        Raises:
            ValueError: It would spoil the table.
        """
        last_siemens, last_newton = (self.down or self.up)[-1]
        if newton > last_newton / (1 + STEP_SHARE):
            raise ValueError(
                f"{self._say(newton)} is not enough below {self._say(last_newton)} - "
                f"going down, ease off to {self._say(last_newton / NEXT_STEP)} or less"
            )
        self._refuse_what_no_load_can_be(newton, rest, u)
        if rest.siemens >= last_siemens:
            raise ValueError(
                f"the pad feels more at {self._say(newton)} than at {self._say(last_newton)} - "
                "put the puck back on the middle of the pad, press the heavier load again and come down"
            )
        if rest.from_above is False:
            raise ValueError(
                f"the hand came up to {self._say(newton)} - "
                f"press {self._say(last_newton)} again, and ease down from there without letting go"
            )
        self.down.append(_noted(rest, newton))

    def _refuse_what_no_load_can_be(self, newton: float, rest: Rest, u: float) -> None:
        if rest.spread_share > STEADY_SHARE:
            raise ValueError(f"the hand moved by {rest.spread_share:.0%} - rest your arm on the table, and keep still")
        if u > OVER_ABOVE_U:
            raise ValueError(
                f"{self._say(newton)} is more than this pad can tell - leave out this load and what is heavier"
            )
        if rest.siemens < TURN_ON_SIEMENS:
            raise ValueError(f"the pad does not feel {self._say(newton)} yet - begin with a heavier load")

    def table(self, creep_share: float | None = None) -> PadCalibration:
        """Return the pad's table.

        Args:
            creep_share: The pad's creep, where somebody measured it.

        Raises:
            ValueError: Too few loads, or the pad is too bad to be used.
        """
        for loads, fewest, way in ((self.up, FEWEST_UP, "up"), (self.down, FEWEST_DOWN, "down")):
            if len(loads) < fewest:
                raise ValueError(
                    f"{len(loads)} loads on the way {way} are too few - at least {fewest} are needed, press some more"
                )
        table = table_from_loads(self.up)
        curve = Curve(table)
        apart = [curve.newton_from_siemens(siemens) / newton - 1 for siemens, newton in self.down]
        missed = [read - true for read, true in left_one_out(self.up)]
        return PadCalibration(
            table.knots,
            residual_newton=round(_rms(missed), 4),
            spread_share=round(_rms(apart), 4),
            creep_share=creep_share,
        )


def _noted(rest: Rest, newton: float) -> Knot:
    """Return a load with the digits that mean something; the rest would only make a file hard to read."""
    return float(f"{rest.siemens:.5g}"), float(f"{newton:.5g}")


def _rms(values: list[float]) -> float:
    return math.sqrt(sum(value * value for value in values) / len(values))

"""How near the limits of the pads' states many gloves come, and how many are called what they are not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sensing.pads import OPEN_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U, PadState
from tests.tolerances import parts
from tests.tolerances.parts import Array, Happens, Parts

# The states by the part of the supply that a pad has, from below; between two of them lies a limit.
STATES = (PadState.OPEN, PadState.UNTOUCHED, PadState.OK, PadState.OVER, PadState.SHORT)
LIMITS_U = (OPEN_BELOW_U, UNTOUCHED_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U)


@dataclass(frozen=True, slots=True)
class Case:
    """What happens to a pad, and what it has to be called then."""

    name: str
    happens: Happens
    state: PadState


CASES: Sequence[Case] = (
    Case("wire off, or at ground", parts.cut, PadState.OPEN),
    Case("wire off, bridged by 1 Mohm of sweat", parts.bridged(1e6), PadState.OPEN),
    Case("wire off, bridged by 300 kohm", parts.bridged(3e5), PadState.OPEN),
    Case("untouched", parts.untouched, PadState.UNTOUCHED),
    Case("untouched, damp inside: 3 Mohm", parts.damp(3e6), PadState.UNTOUCHED),
    Case("turn-on, 100 kohm", parts.turned_on, PadState.OK),
    Case("light touch, 10 to 100 kohm", parts.lightly, PadState.OK),
    Case("full force, 150 to 400 ohm", parts.fully, PadState.OK),
    Case("shorted inside, 0 to 5 ohm", parts.shorted_inside, PadState.OVER),
    Case("measuring resistor or its ground lost", parts.without_ground, PadState.SHORT),
    Case("touching 3.3 V", parts.at_the_supply, PadState.SHORT),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """What came of one case.

    Attributes:
        case: Which.
        low_u: The lowest part of the supply that was read, noise and steps of the converter included.
        high_u: The highest.
        called: What the gloves are called and how many are, the most frequent first.
        margin_u: How far the worst glove is from the next limit; below 0 when it is beyond.
    """

    case: Case
    low_u: float
    high_u: float
    called: tuple[tuple[PadState, int], ...]
    margin_u: float

    @property
    def misnamed(self) -> int:
        """How many gloves are called something else."""
        return sum(gloves for state, gloves in self.called if state is not self.case.state)


def places(u: Array) -> NDArray[np.intp]:
    """Return where in `STATES` each belongs by one reading; where its table ends a pad that is OK here may be OVER."""
    is_open, untouched, over, short = LIMITS_U
    place: NDArray[np.intp] = 0 + (u >= is_open) + (u > untouched) + (u > over) + (u > short)
    return place


def spread_of(case: Case, gloves: int, seed: int, tolerance: float) -> Spread:
    """Return what comes of a case with so many gloves, whose resistors are right within a tolerance."""
    drawn = Parts(gloves, seed, tolerance)
    u = drawn.read(case.happens(drawn)) / (2 * drawn.read(drawn.supply_volt * drawn.halved_part))
    counted = np.bincount(places(u), minlength=len(STATES))
    called = [(STATES[i], int(counted[i])) for i in np.argsort(-counted, kind="stable") if counted[i]]
    below, above = (-np.inf, *LIMITS_U), (*LIMITS_U, np.inf)
    at = STATES.index(case.state)
    margin_u = min(float(u.min()) - below[at], above[at] - float(u.max()))
    return Spread(case, float(u.min()), float(u.max()), tuple(called), margin_u)

"""An FSR under a steady force conducts more and more; this takes that growth away again.

Four elements, one a decade of time, each follow the force with their own delay (a standard linear solid):

    conductance = settled (1 - 4 share) + share (x1 + x2 + x3 + x4),     x' = (settled - x) / tau

From the newest conductance and the four x the settled one follows in closed form. What comes out is scaled to what
the pad shows 4.5 s after a step of force, because calibration tables are read there. Only + - * / are used, so that
a tape replays to the last bit on any processor.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

# Of the conductance, in each decade of time. The data sheets promise less than 5 %; inks that were measured do 1 to
# 2.3 %. A share that is too high hides force in a long hold, one that is too low shows too much: rather too low.
USUAL_CREEP_SHARE = 0.022
# Twice what any data sheet allows is no creep but a load that settles; four elements of it still leave 60 % that
# answer at once, so that the inverse stays tame.
HIGHEST_CREEP_SHARE = 0.1
# After a greater force the rest of its creep might explain all of a light touch. That much is not believed; a quarter
# has to be, or a pad that a tight glove presses would seem in contact for half a minute after each press.
BELIEVED_SHARE = 0.75
# Loads on a kitchen scale are read as the mean of seconds 4 to 5.
REFERENCE_S = 4.5
# One element a decade: from the tremor of a hand, below which nothing is seen, to the longest hold.
_TAU_1_S, _TAU_2_S, _TAU_3_S, _TAU_4_S = 0.1, 1.0, 10.0, 100.0
# What an element still lacks at REFERENCE_S, exp(-4.5 / tau) of each in sum.
_LACKING_AT_REFERENCE = 0.011109 + 0.637628 + 0.955997

_Part = tuple[float, float]

# A hold tells its creep once it spans about two decades; what comes before the first is the load coming to rest.
SHORTEST_HOLD_S = 30.0
FIT_FROM_S = 0.5
# Fewer values than this are no hold that somebody recorded.
FEWEST_VALUES = 20


class Creep:
    """The creep of one pad, undone.

    Args:
        share: How much the conductance grows in each decade of time, 0 to 0.1; None when nobody measured it.
    """

    def __init__(self, share: float | None) -> None:
        self._share = USUAL_CREEP_SHARE if share is None else share
        self._at_reference = 1 - self._share * _LACKING_AT_REFERENCE
        self._t_s: float | None = None
        self._x = (0.0, 0.0, 0.0, 0.0)

    def feed(self, t_s: float, siemens: float) -> float:
        """Return what the pad would show 4.5 s after the force that it bears now came to rest.

        Between two readings the force is taken to have been the newer one all the time (backward Euler), which is
        stable for any gap. A force that is there at the first reading is taken for a fresh one: too much of it is
        shown rather than too little.
        """
        last_s = t_s if self._t_s is None else self._t_s
        self._t_s = t_s
        (keep_1, gain_1), (keep_2, gain_2), (keep_3, gain_3), (keep_4, gain_4), kept = _step(t_s - last_s)
        x1, x2, x3, x4 = self._x
        x1 *= keep_1
        x2 *= keep_2
        x3 *= keep_3
        x4 *= keep_4
        settled = (siemens - self._share * (x1 + x2 + x3 + x4)) / (1 - self._share * kept)
        # The least that is believed of what the pad shows now.
        if settled < BELIEVED_SHARE * siemens:
            settled = BELIEVED_SHARE * siemens
        self._x = (x1 + gain_1 * settled, x2 + gain_2 * settled, x3 + gain_3 * settled, x4 + gain_4 * settled)
        return settled * self._at_reference


# The pads of a glove are read together: one computes, the others look it up.
@lru_cache(maxsize=16)
def _step(dt_s: float) -> tuple[_Part, _Part, _Part, _Part, float]:
    """Return which part of each x outlives a step of time and which is new, and the sum of the first."""
    dt_s = max(dt_s, 0.0)
    keep_1, keep_2 = _TAU_1_S / (_TAU_1_S + dt_s), _TAU_2_S / (_TAU_2_S + dt_s)
    keep_3, keep_4 = _TAU_3_S / (_TAU_3_S + dt_s), _TAU_4_S / (_TAU_4_S + dt_s)
    parts = (keep_1, 1 - keep_1), (keep_2, 1 - keep_2), (keep_3, 1 - keep_3), (keep_4, 1 - keep_4)
    # Not sum(), whose last bit is another one from Python 3.12 on.
    return *parts, keep_1 + keep_2 + keep_3 + keep_4


def creep_share_of(hold: Sequence[tuple[float, float]]) -> float:
    """Return how much of its conductance a pad gains in each decade of time, from one steady hold.

    That is the slope of a straight line over the logarithm of time, in which every decade weighs the same.

    Args:
        hold: (seconds since the load came to rest, siemens).

    Raises:
        ValueError: The hold is too short, or has no conductance.
    """
    length_s = max((t_s for t_s, _ in hold), default=0.0)
    if length_s < SHORTEST_HOLD_S:
        raise ValueError(f"the hold lasted {length_s:.0f} s, at least {SHORTEST_HOLD_S:.0f} s are needed - hold longer")
    values = [(math.log10(t_s / REFERENCE_S), siemens, 1 / t_s) for t_s, siemens in hold if t_s >= FIT_FROM_S]
    if len(values) < FEWEST_VALUES:
        raise ValueError(f"the hold has {len(values)} readings, at least {FEWEST_VALUES} are needed - read it again")
    weight = sum(w for _, _, w in values)
    mean_decade = sum(w * decade for decade, _, w in values) / weight
    mean_siemens = sum(w * siemens for _, siemens, w in values) / weight
    products = sum(w * (decade - mean_decade) * (siemens - mean_siemens) for decade, siemens, w in values)
    slope = max(products / sum(w * (decade - mean_decade) ** 2 for decade, _, w in values), 0.0)
    at_reference = mean_siemens - slope * mean_decade
    if not at_reference > 0:
        raise ValueError("the pad bore nothing during the hold - put the load onto the pad and hold it again")
    # What the line shows at REFERENCE_S is less than what the pad settles at.
    return min(slope / (at_reference + _LACKING_AT_REFERENCE * slope), HIGHEST_CREEP_SHARE)

"""Hands for rules that hold of every hand: what hypothesis may choose, and what a session says of a press.

Slow is clearly slow and fast clearly fast, and no hold is near the border of an outcome: what lies in between may be
judged either way, and no rule speaks of it.
"""

import random
from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import strategies as st

from coach.cues import Look
from coach.events import PressEnded
from coach.plan import FREE, Plan
from tests.simulated import held_hand
from tests.story import Hand, Told

Force = Callable[[float], float]

# Above any hand here, so that "softer" never outranks "slower".
NO_CEILING = Plan(ceiling_newton=1000)
CLEARLY_SLOW, CLEARLY_FAST = 0.7, 1.8
# Where the outcome changes, and how near to it nobody is asked.
BORDERS_S, NEAR_S = (3.0, FREE.hold_s), 0.5
NEWTONS = st.floats(4, 20)
HOLDS_S = st.floats(5, 50).filter(lambda held_s: all(abs(held_s - border_s) > NEAR_S for border_s in BORDERS_S))
# What the press was, in newtons a second; fast ones go on from the lowest of them by 3 N, far more than they need.
SLOW = st.floats(1, CLEARLY_SLOW * FREE.slower_above_newton_per_s)
FAST = st.floats(CLEARLY_FAST * FREE.slower_above_newton_per_s, 40)
# At once, or taking its time.
RELEASES_S = st.one_of(st.floats(0.2, 0.6), st.floats(1, 5))
WOBBLES = st.sampled_from([0.0, 0.4, 1.0])
SEEDS = st.integers(0, 9999)
# Longer than a hand may take to come back to the same press.
APART_S = 3.5

PRESSES = st.tuples(NEWTONS, st.one_of(SLOW, FAST), HOLDS_S, RELEASES_S)


def hand_of(presses: Sequence[tuple[float, float, float, float]]) -> Hand:
    """One press after the other, each a force, its rise, the hold and the release."""
    hand = Hand().rest(1)
    for newton, newton_per_s, hold_s, release_s in presses:
        hand = hand.lean(newton, over_s=newton / newton_per_s).hold(hold_s).release(release_s).rest(APART_S)
    return hand


def simulated(seed: int) -> tuple[Force, float]:
    """One of the simulated hands, with its creep and hysteresis, at any time; and how long it takes."""
    hand = held_hand(np.random.default_rng(seed), "plain")
    return lambda t_s: float(np.interp(t_s, hand.t_s, hand.newton)), float(hand.t_s[-1])


def times_s(length_s: float, rate_hz: float, jitter: random.Random | None = None) -> list[float]:
    """When somebody reads: evenly, or each time 0.6 to 1.4 times as long after the last."""
    if jitter is None:
        return [i / rate_hz for i in range(round(length_s * rate_hz) + 1)]
    at_s = [0.0]
    while at_s[-1] < length_s:
        at_s.append(round(at_s[-1] + jitter.uniform(0.6, 1.4) / rate_hz, 6))
    return at_s


def outcomes(told: Told) -> list[str]:
    """The outcome of each press."""
    return [press.outcome for press in told.of(PressEnded)]


def alike(some: Sequence[PressEnded], others: Sequence[PressEnded]) -> bool:
    """Whether presses are judged alike; each of two holds nearly as long as a border may be on its own side of it."""
    return len(some) == len(others) and all(
        one.outcome == other.outcome or (_is_near(one) and _is_near(other))
        for one, other in zip(some, others, strict=True)
    )


def _is_near(press: PressEnded) -> bool:
    # Twice the tolerance: one may be off by it in the one direction, one in the other.
    return any(abs((press.held_s or 0.0) - border_s) <= 2 * NEAR_S for border_s in BORDERS_S)


def held(told: Told) -> list[float]:
    """How long each press was held."""
    return [press.held_s or 0.0 for press in told.of(PressEnded)]


def slowed_at_s(told: Told, from_s: float = 0.0) -> list[float]:
    """When "slower" began to show."""
    return [began_s for began_s, _ in told.shown(Look.SLOWER) if began_s >= from_s]

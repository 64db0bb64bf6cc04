"""How true a hold is told: start and length within half a second, and the right outcome, of hands known exactly."""

import typing
from dataclasses import dataclass

import numpy as np

from coach.plan import FREE
from sensing.glove import Touch
from sensing.press import HoldBegan, PressEnded, Presses
from tests.simulated import Held, HeldHand, held_hand

SEED = 5
WITHIN_S = 0.5
WAYS: tuple[Held, ...] = typing.get_args(Held)


@dataclass(frozen=True)
class Told:
    """Shares of the hands of one kind."""

    start: float
    length: float
    outcome: float
    all_right: float
    light_s: float


def judge(how: Held, hands: int) -> Told:
    """Return how well holds of that kind are told; `light_s` is the median time from stillness to the light."""
    rng = np.random.default_rng([SEED, WAYS.index(how)])
    right, lights = [], []
    for _ in range(hands):
        hand = held_hand(rng, how)
        began, ended = _told(hand)
        if began is None or ended is None:
            right.append((False, False, False))
            continue
        lights.append(began.t_s - hand.still_since_s)
        start = abs(began.still_since_s - hand.still_since_s) <= WITHIN_S
        held_s = ended.held_s or 0.0
        # A hold of 30 s give or take the tolerance may be called either.
        outcome = (held_s >= FREE.hold_s) is (hand.held_s >= FREE.hold_s) or abs(hand.held_s - FREE.hold_s) < WITHIN_S
        right.append((start, abs(held_s - hand.held_s) <= WITHIN_S, outcome))
    start, length, outcome = np.mean(right, axis=0).tolist()
    return Told(start, length, outcome, float(np.mean(np.all(right, axis=1))), float(np.median(lights)))


def _told(hand: HeldHand) -> tuple[HoldBegan | None, PressEnded | None]:
    """Return the last beginning of a hold and the one press, None where there is no such thing."""
    presses = Presses(FREE.slower_above_newton_per_s)
    events = []
    for t_s, newton in zip(np.round(hand.t_s, 6).tolist(), np.round(hand.newton, 6).tolist(), strict=True):
        events += presses.feed(Touch(t_s, (newton,), newton, 0.0, (0.0,), 0.0, (0.0,), (True,), over=False))
    events += presses.finish(float(hand.t_s[-1]))
    began = [event for event in events if isinstance(event, HoldBegan)]
    ended = [event for event in events if isinstance(event, PressEnded)]
    return (began[-1] if began else None), (ended[0] if len(ended) == 1 else None)

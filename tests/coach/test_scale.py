"""A light hand and a heavy one, each judged by limits in proportion, are told the same.

The calibration is scaled and the volts stay as they are: the same conductance means so many times the newtons. Only
contact is in newtons whatever the limit (0.8 and 0.4 N), so what hangs on it may come a little sooner or later.
"""

from dataclasses import dataclass

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from coach.cues import Look
from coach.events import CueChanged, Event, PressEnded
from coach.plan import FREE, Plan
from coach.session import Session
from sensing.calibration import Calibration, PadCalibration
from sensing.inputs import End, Input
from sensing.pads import PadRules
from tests.any_hand import NO_CEILING, PRESSES, SEEDS, WOBBLES, hand_of
from tests.story import CALIBRATION, DIVIDER, STORIES, run

pytestmark = pytest.mark.many

# Below that, contact at 0.8 N is in the middle of the lean-in.
LIGHTEST_NEWTON = 2.0
# Warnings are decided reading by reading, in newtons that are rounded to 1e-6: one reading at 25 a second. Stillness is
# decided beat by beat, and of a slow lean-in by its mean rate since contact: two beats.
WARNED_WITHIN_S, HELD_WITHIN_S = 0.04, 0.2
WARNINGS, PRAISE = (Look.SLOWER, Look.SOFTER), (Look.HOLD, Look.ENOUGH, Look.PLENTY)
# How abrupt a release was is reckoned to the end of contact too: let go so slowly, no hand is near the border.
RELEASE_NEWTON_PER_S = 6.0
# Green begins with 0.5 N on every pad, which is no matter of limits.
VERIFIED = PadRules(verified=True)


@dataclass(frozen=True)
class Said:
    """What does not hang on newtons."""

    looks: list[str]
    warned_s: list[float]
    praised_s: list[float]
    outcomes: list[tuple[str, bool]]
    held_s: list[float]


def judged(inputs: list[Input], times: float, ceiling_newton: float) -> Said:
    """Judge the same volts on pads and by limits that are so many times higher."""
    knots = [(siemens, newton * times) for siemens, newton in CALIBRATION.pads[0][1].knots]
    pads = Calibration(tuple((name, PadCalibration(tuple(knots))) for name in CALIBRATION.names), "scaled")
    limit = FREE.slower_above_newton_per_s * times
    session = Session(pads, DIVIDER, Plan("scaled", limit, ceiling_newton * times), VERIFIED)
    said: list[Event] = []
    for item in [*inputs, End(inputs[-1].t_s, "finished")]:
        said += session.feed(item)
    begun = [event for event in said if isinstance(event, CueChanged) and event.on]
    presses = [event for event in said if isinstance(event, PressEnded)]
    return Said(
        [event.look for event in begun if event.look != Look.WATCHING],
        [event.t_s for event in begun if event.look in WARNINGS],
        [event.t_s for event in begun if event.look in PRAISE],
        [(press.outcome, press.slow_enough) for press in presses],
        [press.held_s or 0.0 for press in presses],
    )


@STORIES
@given(
    pressed=PRESSES,
    wobble=WOBBLES,
    seed=SEEDS,
    times=st.floats(0.25, 4),
    ceiling_share=st.sampled_from([0.8, 3.0]),
)
@example(pressed=(20.0, 2.8, 31.0, 2.0), wobble=1.0, seed=1, times=0.25, ceiling_share=0.8)
@example(pressed=(4.0, 7.2, 31.0, 0.3), wobble=1.0, seed=2, times=4.0, ceiling_share=0.8)
def test_forces_and_limits_may_grow_together(
    pressed: tuple[float, float, float, float], wobble: float, seed: int, times: float, ceiling_share: float
) -> None:
    newton, newton_per_s, hold_s, _ = pressed
    assume(newton * min(times, 1) >= LIGHTEST_NEWTON)
    hand = hand_of([(newton, newton_per_s, hold_s, newton / RELEASE_NEWTON_PER_S)])
    inputs = hand.readings(25, wobble=wobble, seed=seed)
    usual = judged(inputs, 1, ceiling_share * newton)
    scaled = judged(inputs, times, ceiling_share * newton)
    assert (scaled.looks, scaled.outcomes) == (usual.looks, usual.outcomes)
    assert scaled.held_s == pytest.approx(usual.held_s, abs=HELD_WITHIN_S)
    assert scaled.praised_s == pytest.approx(usual.praised_s, abs=HELD_WITHIN_S)
    assert scaled.warned_s == pytest.approx(usual.warned_s, abs=WARNED_WITHIN_S)


@pytest.mark.parametrize(("newton", "limit"), [(3.0, 1.5), (8.0, 4.0), (18.0, 9.0)])
def test_a_rise_of_twice_the_limit_is_slowed_whatever_the_limit(newton: float, limit: float) -> None:
    hand = hand_of([(newton, 2 * limit, 5.0, 1.0)])
    plan = Plan("limit", limit, NO_CEILING.ceiling_newton)
    told = run(hand.readings(wobble=0.4, seed=3), plan)
    ((began_s, _),) = told.shown(Look.SLOWER)
    assert 1 < began_s < 1.4

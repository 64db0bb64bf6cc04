"""A session with steps: how it goes on, and how it ends."""

import pytest

from coach.cues import Look
from coach.events import HoldBegan, PressEnded, StepBegan
from coach.plan import Plan, Spot, Step, StepKind
from tests.story import Hand, run, say

PLAN = Plan(
    hold_s=5.0,
    enough_s=10.0,
    steps=(
        Step(StepKind.PAWS, Spot.SACRUM_LEFT, length_s=4),
        Step(StepKind.HOLD, Spot.CREST_LEFT),
        Step(StepKind.HOLD, Spot.CREST_RIGHT),
        Step(StepKind.REST, length_s=3),
    ),
)
PRESS = Hand().rest(5).lean(8, over_s=3).hold(7).release(over_s=2)
TWO_PRESSES = PRESS.rest(3).lean(8, over_s=3).hold(7).release(over_s=2).rest(12)


def test_a_plan_is_walked_through_and_ends_with_stop() -> None:
    told = run(TWO_PRESSES.readings(), PLAN)
    assert [(event.number, event.kind) for event in told.of(StepBegan)] == [
        (1, "paws"),
        (2, "hold"),
        (3, "hold"),
        (4, "rest"),
    ]
    assert (len(told.shown(Look.NEXT)), told.looks[-1], told.ending.reason) == (3, "stop", "finished")


def test_each_press_bears_the_spot_of_its_step() -> None:
    told = run(TWO_PRESSES.readings(), PLAN)
    assert [event.spot for event in told.of(PressEnded)] == [Spot.CREST_LEFT, Spot.CREST_RIGHT]


def test_a_step_goes_on_when_its_time_or_its_hold_is_over_and_stop_shows_3_s() -> None:
    told = run(TWO_PRESSES.readings(), PLAN)
    steps_s = [event.t_s for event in told.of(StepBegan)]
    ended_s = [event.t_s for event in told.of(PressEnded)]
    assert steps_s == [0.0, 4.0, *ended_s]
    assert told.shown(Look.STOP) == [(pytest.approx(ended_s[1] + 3), pytest.approx(ended_s[1] + 6))]


def test_next_is_shown_for_a_second_with_a_chime() -> None:
    told = run(Hand().rest(7).readings(), PLAN)
    greeting = (1.4, 523.0)
    assert (told.shown(Look.NEXT), told.sounds()) == ([(4.0, 5.0)], [greeting, (4.0, 784.0)])


@pytest.mark.parametrize("waits", [StepKind.REST, StepKind.ASK])
def test_who_holds_before_a_rest_or_a_question_is_over_holds_the_next_spot(waits: StepKind) -> None:
    steps = (Step(waits, Spot.SIDE_LEFT, length_s=60), Step(StepKind.HOLD, Spot.CREST_LEFT), Step(StepKind.REST))
    told = run(PRESS.rest(3).readings(), Plan(hold_s=5, enough_s=10, steps=steps))
    (hold,) = told.of(HoldBegan)
    assert (told.press.spot, told.press.outcome) == (Spot.CREST_LEFT, "full")
    assert [(event.number, event.t_s) for event in told.of(StepBegan)] == [(1, 0.0), (2, hold.t_s), (3, told.press.t_s)]


def test_a_hold_let_go_early_does_not_end_its_step() -> None:
    told = run(Hand().rest(5).lean(8, over_s=3).hold(4).release(over_s=2).rest(5).readings(), PLAN)
    assert [event.number for event in told.of(StepBegan)] == [1, 2]


def test_the_partner_may_go_on_at_any_time() -> None:
    told = run(say(Hand().rest(6).readings(), (1, "next"), (2.5, "next"), (4, "next"), (5, "next")), PLAN)
    assert ([event.t_s for event in told.of(StepBegan)], told.shown(Look.STOP)) == ([0.0, 1, 2.5, 4], [(5, 6.0)])


def test_next_twice_in_half_a_second_goes_on_twice() -> None:
    told = run(say(Hand().rest(6).readings(), (1, "next"), (1.5, "next")), PLAN)
    assert [event.t_s for event in told.of(StepBegan)] == [0.0, 1, 1.5]


def test_next_right_after_letting_go_goes_on_one_step_and_the_press_keeps_its_spot() -> None:
    # The press is told 2 s after letting go at 17 s; the button is quicker.
    told = run(say(PRESS.rest(5).readings(), (17.5, "next")), PLAN)
    assert ([event.number for event in told.of(StepBegan)], told.press.spot) == ([1, 2, 3], Spot.CREST_LEFT)


def test_next_in_a_free_session_is_only_noted() -> None:
    told = run(say(Hand().rest(3).readings(), (1, "next")))
    assert (told.words, told.looks) == (["mark", "session_ended"], [])

"""What is no danger but a habit is told when it lasts, and not all the time."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cues import Look
from coach.events import JustRightAt, PawSeen, Poking, RoughPaws, TooFirm
from coach.habits import Habit, most_share, one_sided, poking, too_firm
from coach.habits import RoughPaws as Counter
from coach.plan import JustRight, Plan, Spot, Step, StepKind
from sensing.inputs import Input, MarkWord
from tests.story import CUT_U, PADS, PROPERTY, Hand, Told, by_pad, run, say, spoil

PAT = Hand().rest(0.5).bump(1.5, over_s=1.5)
PATS = PAT.readings()
POINT = (0.06, 0.06, 0.88)


def told_of_a_press(shares: tuple[float, ...] = POINT, newton: float = 8.0, plan: Plan | None = None) -> Told:
    """A pat with the whole hand, so that every pad has felt; then a press of 10 s."""
    press = Hand().rest(2).lean(newton, over_s=4).hold(10).release(over_s=3).rest(1)
    return run([*PATS, *press.readings(shares=shares, from_s=PAT.length_s + 0.02)], plan or Plan())


# -- poking -------------------------------------------------------------------------------------------------


def test_a_point_is_told_after_0_7_s_with_two_tones_and_again_after_5_s() -> None:
    told = told_of_a_press()
    times_s = [event.t_s for event in told.of(Poking)]
    # 5 N are reached after 2.5 s of the lean-in that begins at 4.02 s.
    assert times_s == [pytest.approx(7.3, abs=0.15), pytest.approx(12.3, abs=0.15), pytest.approx(17.3, abs=0.15)]
    assert [(event.pad, event.share) for event in told.of(Poking)] == [("fingers", pytest.approx(0.88, abs=0.02))] * 3
    assert told.shown(Look.GENTLER) == [(t_s, pytest.approx(t_s + 1.5)) for t_s in times_s]


def test_between_two_tellings_a_hold_is_shown_as_good_as_it_is() -> None:
    told = told_of_a_press()
    (gentler_s, gentle_s), (again_s, _) = told.shown(Look.GENTLER)[:2]
    assert any(gentle_s <= began_s < again_s for began_s, _ in told.shown(Look.HOLD)), gentler_s


@pytest.mark.parametrize("shares", [(0.45, 0.34, 0.21), (0.7, 0.2, 0.1), (0.22, 0.03, 0.75)])
def test_a_hand_that_lies_flat_or_leans_on_its_heel_does_not_poke(shares: tuple[float, ...]) -> None:
    assert told_of_a_press(shares).of(Poking) == []


def test_a_light_touch_with_a_finger_is_no_poking() -> None:
    assert told_of_a_press(newton=4.5).of(Poking) == []


def test_a_hand_of_which_two_pads_have_never_felt_anything_may_lie_flat() -> None:
    # Green waits for them; but nobody is told to be softer for it.
    assert run(Hand().rest(1).lean(8, over_s=4).hold(10).rest(1).readings(shares=(0.0, 0.0, 1.0))).of(Poking) == []


def test_where_a_pad_is_broken_nobody_knows_how_the_force_is_spread() -> None:
    press = Hand().rest(2).lean(8, over_s=4).hold(10).release(over_s=3).rest(1)
    inputs = [*PATS, *press.readings(shares=POINT, from_s=PAT.length_s + 0.02)]
    assert run(spoil(inputs, "palm", 0.0, 3)).of(Poking) == []


def test_in_a_step_of_paws_the_ends_of_the_hand_are_meant_to_press() -> None:
    assert told_of_a_press(plan=Plan(steps=(Step(StepKind.PAWS),))).of(Poking) == []


def test_a_habit_ends_with_the_contact() -> None:
    hand = Hand().rest(2).lean(6, over_s=2).hold(0.1).release(1).rest(1)
    twice = [*hand.readings(shares=POINT), *hand.readings(shares=POINT, from_s=hand.length_s + 0.02)]
    assert run([*PATS, *_later(twice, PAT.length_s + 0.02)]).of(Poking) == []


def _later(inputs: list[Input], by_s: float) -> list[Input]:
    return [replace(item, t_s=round(item.t_s + by_s, 6)) for item in inputs]


@pytest.mark.parametrize(
    ("pads", "most"),
    [
        ((8.0, 1.0, 1.0), (0, 0.8)),
        ((0.0, 0.0, 5.0), (2, 1.0)),
        ((0.0, 0.0, 4.9), None),
        ((8.0, None, 1.0), None),
        ((8.0,), None),
        ((None, None), None),
    ],
)
def test_the_share_of_the_busiest_pad_is_known_where_all_are(
    pads: tuple[float | None, ...], most: tuple[int, float] | None
) -> None:
    assert most_share(pads) == most


# -- her just right -----------------------------------------------------------------------------------------

AT_CREST = Plan(steps=(Step(StepKind.HOLD, Spot.CREST_LEFT), Step(StepKind.HOLD, Spot.SIDE_LEFT)))
TEN = Hand().rest(1).lean(10, over_s=4).hold(6)


def said_at_ten(then_newton: float, plan: Plan = AT_CREST) -> Told:
    """She says "just right" at 10 N, and he goes on with another force."""
    inputs = TEN.lean(then_newton, over_s=2).hold(6).release(over_s=3).rest(3).readings()
    return run(say(inputs, (10, "too_much"), (10.8, "just_right")), plan)


def test_what_she_calls_just_right_becomes_the_force_for_this_spot() -> None:
    (right,) = said_at_ten(10).of(JustRightAt)
    assert (right.t_s, right.spot, right.newton) == (10.8, Spot.CREST_LEFT, pytest.approx(10, abs=0.2))


def test_a_noticeable_step_more_than_that_is_told_once_it_lasts() -> None:
    told = said_at_ten(12.5)
    (firm,) = told.of(TooFirm)[:1]
    # 11.5 N are reached 1.2 s after he begins to lean in more, at 11 s.
    assert (firm.t_s, firm.spot) == (pytest.approx(12.9, abs=0.25), Spot.CREST_LEFT)
    assert (firm.newton > 11.5, firm.just_right_newton) == (True, pytest.approx(10, abs=0.2))
    assert told.shown(Look.GENTLER)[0][0] == firm.t_s


@pytest.mark.parametrize("newton", [11.2, 10, 6])
def test_what_she_would_not_notice_and_less_is_not_told(newton: float) -> None:
    assert said_at_ten(newton).of(TooFirm) == []


def test_at_another_spot_it_does_not_count() -> None:
    more = Hand().rest(1).lean(10, over_s=4).hold(6).release(3).rest(3).lean(14, over_s=5).hold(5).release(3).rest(3)
    told = run(say(more.readings(), (10, "too_much"), (10.8, "just_right"), (16, "next")), AT_CREST)
    assert told.of(TooFirm) == []


def test_without_a_plan_it_counts_for_this_press_alone() -> None:
    hand = TEN.release(3).rest(3).lean(14, over_s=5).hold(5).release(3).rest(3)
    told = run(say(hand.readings(), (10, "too_much"), (10.8, "just_right")))
    assert ([event.spot for event in told.of(JustRightAt)], told.of(TooFirm)) == ([None], [])
    assert len(said_at_ten(13, Plan()).of(TooFirm)) > 0


def test_what_was_just_right_the_last_time_still_is() -> None:
    plan = Plan(steps=AT_CREST.steps, just_right=(JustRight(Spot.CREST_LEFT, 8.0),))
    assert run(TEN.release(3).rest(1).readings(), plan).of(TooFirm)[0].just_right_newton == 8.0


def test_what_was_just_right_on_both_sides_is_so_for_one_hand_alone() -> None:
    plan = Plan(steps=(Step(StepKind.HOLD, Spot.SIDE_BOTH),), just_right=(JustRight(Spot.SIDE_BOTH, 8.0),))
    firm = run(TEN.release(3).rest(1).readings(), plan).of(TooFirm)[0]
    assert (firm.just_right_newton, firm.spot) == (8.0, Spot.SIDE_BOTH)


def test_where_nothing_is_felt_any_more_nothing_is_too_firm() -> None:
    plan = Plan(steps=AT_CREST.steps, just_right=(JustRight(Spot.CREST_LEFT, 8.0),))
    inputs = TEN.release(3).rest(1).readings()
    for pad in PADS:
        inputs = spoil(inputs, pad, CUT_U, 8)
    # 9.2 N are reached after 3.7 s of the lean-in.
    assert [event.t_s for event in run(inputs, plan).of(TooFirm)] == [pytest.approx(5.4, abs=0.2)]


def test_in_a_step_of_paws_what_was_just_right_for_a_hold_does_not_count() -> None:
    plan = Plan(steps=(Step(StepKind.PAWS, Spot.CREST_LEFT),), just_right=(JustRight(Spot.CREST_LEFT, 5.0),))
    assert run(TEN.release(3).rest(1).readings(), plan).of(TooFirm) == []


def test_too_firm_begins_anew_after_a_moment_in_which_nothing_was_felt() -> None:
    plan = Plan(steps=AT_CREST.steps, just_right=(JustRight(Spot.CREST_LEFT, 8.0),))
    inputs = TEN.release(3).rest(1).readings()
    for pad in PADS:
        inputs = spoil(inputs, pad, CUT_U, 5, 5.3)
    assert run(inputs, plan).of(TooFirm)[0].t_s == pytest.approx(6.05, abs=0.1)


def test_just_right_of_a_hand_that_stays_after_next_is_for_where_it_is() -> None:
    told = run(say(TEN.hold(3).release(3).rest(1).readings(), (9, "next"), (11, "just_right")), AT_CREST)
    assert [event.spot for event in told.of(JustRightAt)] == [Spot.CREST_LEFT]


@pytest.mark.parametrize("before", [[], [(4.05, "next")]])
def test_just_right_may_come_just_after_a_touch_of_the_only_hand(before: list[tuple[float, MarkWord]]) -> None:
    touch = Hand().rest(1).bump(8, over_s=3).rest(2)
    told = run(say(touch.readings(), *before, (4.1, "just_right")), AT_CREST)
    assert told.press.t_s < 4.1
    # Most of the wave lies in the last 2 s; all of it, which lasts 3 s, has a mean of 4 N.
    assert [(event.spot, event.newton > 4) for event in told.of(JustRightAt)] == [(Spot.CREST_LEFT, True)]


def test_just_right_of_a_hand_that_is_away_means_no_force() -> None:
    told = run(say(Hand().rest(4).readings(), (2, "just_right")), AT_CREST)
    assert (told.of(JustRightAt), told.looks) == ([], [])


def test_a_mark_without_the_first_press_means_the_force_of_the_last_2_s() -> None:
    (right,) = run(say(TEN.release(3).rest(1).readings(), (9, "just_right"))).of(JustRightAt)
    assert right.newton == pytest.approx(10, abs=0.2)


# -- paws ---------------------------------------------------------------------------------------------------


def kneaded(newton: float, each_s: float, plan: Plan | None = None) -> Told:
    """Ten paws of the heel and the fingers in turn."""
    heel = fingers = Hand().rest(1)
    for i in range(10):
        heel = heel.bump(newton, each_s) if i % 2 == 0 else heel.rest(each_s)
        fingers = fingers.bump(newton, each_s) if i % 2 else fingers.rest(each_s)
    return run(by_pad(heel.rest(1), Hand().rest(2 + 10 * each_s), fingers.rest(1)), plan or KNEADING)


KNEADING = Plan(steps=(Step(StepKind.PAWS, length_s=60),))


def test_the_last_paw_counts_though_the_session_ends_before_another_pad_could_join_it() -> None:
    heel = Hand().rest(1)
    for _ in range(4):
        heel = heel.bump(4, 0.8).rest(0.2)
    inputs = by_pad(heel, Hand().lean(3, over_s=0.5).hold(9), Hand().rest(9))
    told = run([item for item in inputs if item.t_s <= 4.7], KNEADING)
    assert [event.t_s for event in told.of(PawSeen)][3:] == [4.7]


def test_soft_paws_forty_a_minute_are_told_nothing_at_all_in_a_step_of_paws() -> None:
    # They rise at up to 10 N/s, which no lean-in may.
    told = kneaded(5.0, 1.5)
    assert (told.of(RoughPaws), told.shown(Look.SLOWER), told.shown(Look.SOFTER)) == ([], [], [])


def test_the_same_paws_in_a_step_of_holding_are_lean_ins_that_are_too_fast() -> None:
    assert kneaded(5.0, 1.5, Plan(steps=(Step(StepKind.HOLD),))).shown(Look.SLOWER) != []


def test_paws_that_are_too_hard_are_told_from_the_second_on() -> None:
    told = kneaded(7.5, 2.2)
    # The third paw shows that it is a rhythm; then all three are told at once.
    first = told.of(RoughPaws)[0]
    assert (first.what, first.t_s) == ("hard", pytest.approx(1 + 3 * 2.2, abs=1))
    assert told.shown(Look.GENTLER)[0][0] == first.t_s


def test_paws_that_are_too_quick_are_told_to_be_slower() -> None:
    told = kneaded(2.0, 0.75)
    assert {event.what for event in told.of(RoughPaws)} == {"quick"}
    assert told.shown(Look.CALMER)[0][0] == told.of(RoughPaws)[0].t_s


def test_one_paw_may_slip_and_two_in_a_row_are_told_once_in_5_s() -> None:
    counter = Counter(6.0, 60.0)
    paws = [(1.0, 7.0), (2.0, 5.0), (3.0, 7.0), (4.0, 7.0), (5.0, 7.0), (8.9, 7.0), (9.0, 7.0), (9.5, 5.0)]
    told = [(t_s, counter.feed(t_s, newton, None)) for t_s, newton in paws]
    assert [t_s for t_s, what in told if what == "hard"] == [4.0, 9.0]


def test_at_the_limit_itself_a_paw_is_well() -> None:
    counter = Counter(6.0, 60.0)
    assert [counter.feed(float(t_s), 6.0, 60.0) for t_s in range(4)] == [None] * 4


# -- the rule -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("habit", [poking(), too_firm(), one_sided()])
def test_each_habit_begins_over_its_limit_and_ends_a_little_below(habit: Habit) -> None:
    edge = (habit.begins + habit.ends) / 2
    assert not any(habit.feed(t_s / 10, edge) for t_s in range(20))
    habit.feed(2.0, habit.begins)
    assert [habit.feed(2.6, edge), habit.feed(2.7, edge), habit.feed(2.8, edge)] == [False, True, False]


def fed(habit: Habit, t_s: float, value: float | None) -> bool:
    if value is None:
        habit.lapse()
        return False
    return habit.feed(t_s, value)


def test_a_habit_that_paused_begins_anew() -> None:
    habit = poking()
    values = [(0.0, 0.9), (0.6, 0.9), (0.65, None), (0.7, 0.9), (1.3, 0.9), (1.4, 0.9)]
    assert [t_s for t_s, value in values if fed(habit, t_s, value)] == [1.4]


@PROPERTY
@given(values=st.lists(st.one_of(st.none(), st.floats(0, 2)), min_size=1, max_size=200))
def test_nothing_is_told_before_it_lasted_nor_twice_within_5_s(values: list[float | None]) -> None:
    habit = poking()
    told_s = [i / 10 for i, value in enumerate(values) if fed(habit, i / 10, value)]
    assert all(later - sooner >= 5 - 1e-6 for sooner, later in pairwise(told_s))
    assert all(None not in values[round(t_s * 10) - 7 : round(t_s * 10) + 1] for t_s in told_s)

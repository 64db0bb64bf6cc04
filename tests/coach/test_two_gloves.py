"""Two hands at once: what is common, what each is told of its own, and that neither hides the other."""

from itertools import pairwise

import pytest

from coach.cues import Look
from coach.events import (
    Balance,
    Dropped,
    ForceSeen,
    HoldBegan,
    PadChanged,
    PressBegan,
    PressEnded,
    StepBegan,
)
from coach.plan import Plan, Spot
from sensing.inputs import Reading
from tests.story import CUT_U, Hand, both, drop, new_session, run, silence, spoil
from tests.two_hands import GOOD, HOLD_S, SEATED, is_on, left_of, outcomes, right_of, summed_up, told_of

# -- together -----------------------------------------------------------------------------------------------


def test_both_hold_together_and_are_told_one_hold_and_one_chime() -> None:
    told = told_of(GOOD, GOOD)
    assert outcomes(told) == [("left", "full"), ("right", "full")]
    assert sorted(str(event.side) for event in told.of(PressBegan)) == ["left", "right"]
    assert sorted(str(event.side) for event in told.of(HoldBegan)) == ["left", "right"]
    assert (len(told.shown(Look.HOLD)), len(told.shown(Look.ENOUGH))) == (1, 1)
    assert [look for look in told.looks if look not in ("watching", "hold", "enough")] == []
    assert [tone for _, tone in told.sounds()] == [523.0, 659.0]


@pytest.mark.parametrize("side", [0, 1])
def test_no_green_comes_before_every_pad_of_both_gloves_has_felt_something(side: int) -> None:
    press = Hand().rest(1).lean(10, over_s=4).hold(6).release(over_s=3).rest(2)
    hands = [press, press]
    hands[side] = Hand().rest(press.length_s)
    told = told_of(*hands, plan=Plan(hold_s=5))
    assert (outcomes(told), told.looks) == ([(("right", "left")[side], "full")], ["hold"])


def test_the_force_of_both_is_the_sum_of_what_each_gives_to_the_micronewton() -> None:
    readings = Hand().rest(1).lean(8, over_s=3).hold(2).readings()
    alone, together = run(readings).of(ForceSeen), run(both(readings, readings)).of(ForceSeen)
    assert [(event.from_s, event.mean_newton, event.peak_newton) for event in together] == [
        (event.from_s, pytest.approx(2 * event.mean_newton, abs=2e-6), pytest.approx(2 * event.peak_newton, abs=1e-6))
        for event in alone
        if event.mean_newton is not None and event.peak_newton is not None
    ]


def test_a_second_is_told_when_both_gloves_of_its_tick_were_read() -> None:
    session, readings = new_session(of_two=True), Hand().rest(3).readings()
    told = [
        (item.t_s, item.glove)
        for item in both(readings, readings)
        for event in session.feed(item)
        if isinstance(item, Reading) and isinstance(event, ForceSeen)
    ]
    assert told == [(1.0, 1), (2.0, 1), (3.0, 1)]


# -- each for itself ----------------------------------------------------------------------------------------


# -- trouble of one glove -----------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [0, 1])
def test_a_broken_wire_of_one_glove_darkens_green_and_the_other_still_says_softer_and_slower(side: int) -> None:
    hasty = Hand().rest(1).lean(6, over_s=3).hold(3).lean(25, over_s=2).hold(4).release(over_s=4).rest(3)
    gloves = [left_of(GOOD), right_of(GOOD)]
    gloves[side] = spoil(gloves[side], "palm", CUT_U, 3)
    gloves[1 - side] = (left_of, right_of)[1 - side](hasty)
    told = run(both(*gloves))
    worn = ("left", "right")
    assert (worn[side], "palm", "open") in [(event.side, event.pad, event.state) for event in told.of(PadChanged)]
    assert is_on(told, Look.CHECK_GLOVE, 6)
    assert told.shown(Look.SLOWER)
    assert told.shown(Look.SOFTER)
    assert not any(began_s > 3.3 for look in (Look.HOLD, Look.WATCHING) for began_s, _ in told.shown(look))


@pytest.mark.parametrize(("fails_s", "reason"), [(0.0, "nothing came"), (0.1, "bus hangs")])
def test_a_glove_of_which_nothing_comes_is_told_with_what_its_last_sweeps_said(fails_s: float, reason: str) -> None:
    press = Hand().rest(1).lean(6, over_s=3).hold(3)
    lost = silence(drop(right_of(press), 5, 5 + fails_s), 5 + fails_s, 6)
    told = run(both(left_of(press), lost))
    assert [(event.t_s, event.reason, event.side) for event in told.of(Dropped)] == [(5.2, reason, "right")]
    assert [(event.t_s, event.side) for event in told.of(PadChanged) if event.state == "stale"] == [(5.2, "right")] * 3


def test_a_glove_that_was_mended_is_trusted_2_s_after_while_the_other_was_well_all_the_time() -> None:
    press = Hand().rest(1).lean(6, over_s=3).hold(6).release(over_s=2).rest(1)
    told = run(both(spoil(left_of(press), "palm", CUT_U, 5, 6), right_of(press)))
    assert told.shown(Look.CHECK_GLOVE) == [(5.06, pytest.approx(8, abs=0.03))]


# -- her say ------------------------------------------------------------------------------------------------


# -- balance ------------------------------------------------------------------------------------------------


def test_who_leans_on_one_side_is_told_once_it_lasts_and_which() -> None:
    light = Hand().rest(1).lean(4, over_s=4).hold(HOLD_S).release(over_s=3).rest(4)
    told = told_of(light, Hand().rest(1).lean(12, over_s=4).hold(HOLD_S).release(over_s=3).rest(4))
    told_s = [event.t_s for event in told.of(Balance)]
    assert {event.heavier for event in told.of(Balance)} == {"right"}
    assert all(event.share == pytest.approx(0.75, abs=0.05) for event in told.of(Balance))
    # As soon as both are still, and have been one-sided for 0.7 s.
    assert told_s[0] == pytest.approx(max(event.t_s for event in told.of(HoldBegan)) + 0.7, abs=0.05)
    assert all(4.99 <= later_s - t_s < 6 for t_s, later_s in pairwise(told_s))
    assert [began_s for began_s, _ in told.shown(Look.GENTLER)] == told_s


def test_of_each_press_a_hand_that_leans_on_one_side_is_told_only_when_that_has_lasted() -> None:
    left, right = Hand(), Hand()
    for _ in range(2):
        left = left.rest(2).lean(4, over_s=3).hold(3).release(over_s=2)
        right = right.rest(2).lean(12, over_s=3).hold(3).release(over_s=2)
    told = told_of(left.rest(3), right.rest(3))
    still_s = [max(pair) for pair in zip(*[iter([event.t_s for event in told.of(HoldBegan)])] * 2, strict=True)]
    assert [event.t_s for event in told.of(Balance)] == [pytest.approx(t_s + 0.7, abs=0.05) for t_s in still_s]


@pytest.mark.parametrize(
    ("left_newton", "right_newton"), [(9.0, 6.0), (6.0, 9.0), (2.0, 5.0)], ids=["left", "right", "both light"]
)
def test_a_little_more_on_one_side_or_two_light_hands_are_no_news(left_newton: float, right_newton: float) -> None:
    left, right = (
        Hand().rest(1).lean(newton, over_s=4).hold(8).release(over_s=3).rest(1)
        for newton in (left_newton, right_newton)
    )
    assert told_of(left, right).of(Balance) == []


# -- a plan for both ----------------------------------------------------------------------------------------


def test_a_step_of_both_is_done_when_both_have_held_and_each_press_has_its_side_and_spot() -> None:
    one = Hand().rest(1).lean(8, over_s=3).hold(7).release(over_s=2)
    left = one.rest(12).lean(8, over_s=3).hold(7).release(over_s=2).rest(4)
    right = Hand().rest(6).lean(8, over_s=3).hold(7).release(over_s=2).rest(22)
    told = told_of(left, right, SEATED)
    assert [(press.side, press.spot, press.outcome) for press in told.of(PressEnded)] == [
        ("left", Spot.SACRUM_LEFT, "full"),
        ("right", Spot.SACRUM_RIGHT, "full"),
        ("left", Spot.CREST_LEFT, "full"),
    ]
    ended_s = [press.t_s for press in told.of(PressEnded)]
    # The second step waits for the right hand; the third for one hand alone, since its spot is on one side.
    assert [(event.number, event.t_s) for event in told.of(StepBegan)] == [(1, 0.0), (2, ended_s[1]), (3, ended_s[2])]


# -- what a viewer sees -------------------------------------------------------------------------------------


def test_a_viewer_sees_the_step_under_way() -> None:
    session = new_session(SEATED, of_two=True)
    assert session.step is None
    session.feed(Reading(0.0, (0.0, 0.0, 0.0, 1.65)))
    assert session.step == SEATED.steps[0]


# -- the account --------------------------------------------------------------------------------------------


def test_the_account_knows_whose_holds_they_were_and_how_often_one_bore_most() -> None:
    light = Hand().rest(1).lean(4, over_s=4).hold(HOLD_S).release(over_s=3).rest(4)
    summary = summed_up(told_of(light, Hand().rest(1).lean(12, over_s=4).hold(HOLD_S).release(over_s=3).rest(4)))
    assert [hold.side for hold in summary.holds] == ["left", "right"]
    assert summary.balance_count >= 3
    assert summary.verdict.try_next == "Sit straight behind her, and let both hands lean in alike."


def test_what_the_gloves_had_is_told_of_each_and_the_longer_gap_counts() -> None:
    gloves = spoil(left_of(GOOD), "palm", CUT_U, 10), drop(drop(right_of(GOOD), 15, 20), 30, 31)
    summary = summed_up(run(both(*gloves)))
    assert [trouble.what for trouble in summary.troubles] == [
        "left palm pad not connected",
        "no readings of the right glove (bus hangs)",
        "no readings of the right glove (bus hangs)",
    ]
    assert summary.unwatched_s == pytest.approx(6.04, abs=0.05)

"""What the page says of a session."""

from collections.abc import Sequence

import pytest

from coach.plan import FREE, Plan, Spot, Step, StepKind
from coach.summary import LISTED_AT_MOST, Account, HerMark, Hold, Summary, Trouble
from sensing.inputs import End, Input
from tests.story import CUT_U, Hand, drop, new_session, run, say, spoil

SHORT = Plan(name="short", hold_s=5.0, enough_s=10.0)
PRESS = Hand().rest(1).lean(8, over_s=3).hold(7).release(over_s=2).rest(3)


def summed_up(inputs: Sequence[Input], plan: Plan = FREE) -> Summary:
    account = Account(plan, "22 Nov 2026", "a story")
    for event in run(inputs, plan).events:
        account.feed(event)
    return account.summary()


def test_an_evening_with_nothing_pressed() -> None:
    page = summed_up(Hand().rest(5).readings())
    assert (page.presses, page.holds, page.longest_hold_s, page.quickest_newton_per_s, page.picture_newton) == (
        0,
        (),
        None,
        None,
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    )
    assert page.verdict.went_well == "You made time for each other. Nothing was pressed this time."


def test_a_full_hold_on_the_page() -> None:
    plan = Plan(name="short", hold_s=5.0, enough_s=10.0, steps=(Step(StepKind.HOLD, Spot.CREST_LEFT),))
    page = summed_up(PRESS.readings(), plan)
    assert page.holds == (
        Hold(
            pytest.approx(1.3, abs=0.1),
            pytest.approx(4, abs=0.3),
            pytest.approx(7, abs=0.3),
            pytest.approx(6.5, abs=0.3),
            "full",
            Spot.CREST_LEFT,
        ),
    )
    assert (page.presses, page.holds_count, page.full_holds_count, page.longest_hold_s, page.lean_ins_slow) == (
        1,
        1,
        1,
        page.holds[0].held_s,
        1,
    )
    assert (page.label, page.source, page.plan, page.hold_s) == ("22 Nov 2026", "a story", "short", 5.0)


def test_a_hold_let_go_early_is_listed_as_such() -> None:
    page = summed_up(PRESS.readings())
    assert (page.let_go_early, page.full_holds_count, page.verdict.try_next) == (
        page.holds,
        0,
        "Stay a little longer: breathe together until 30 seconds are over.",
    )


def test_a_hold_that_the_end_cut_short_was_not_let_go() -> None:
    page = summed_up(Hand().rest(1).lean(8, over_s=3).hold(7).readings())
    assert (page.holds_count, page.let_go_early) == (1, ())


def test_a_touch_is_a_press_and_no_hold() -> None:
    page = summed_up(Hand().rest(1).lean(8, over_s=3).hold(2.6).release(2).rest(3).readings())
    assert (page.presses, page.holds_count, page.longest_hold_s) == (1, 0, pytest.approx(2.6, abs=0.4))


def test_too_fast_too_hard_and_abrupt_are_counted() -> None:
    hand = Hand().rest(1).lean(12, over_s=0.8).hold(6).release(over_s=0.2).rest(4)
    page = summed_up(hand.readings(), Plan(ceiling_newton=11))
    assert (page.too_fast_count, page.too_hard_count, page.abrupt_count, page.lean_ins_slow) == (1, 1, 1, 0)
    assert page.quickest_newton_per_s == pytest.approx(15, abs=3)


def test_her_words_stand_with_the_force_and_the_ceiling_that_came_of_it() -> None:
    page = summed_up(say(PRESS.readings(), (8, "too_much")))
    assert (page.marks, page.ceiling_newton) == (
        (HerMark(8, "too_much", pytest.approx(8, abs=0.2)),),
        pytest.approx(6.4, abs=0.2),
    )


def test_a_broken_pad_is_told_and_comes_before_advice_on_hands() -> None:
    page = summed_up(spoil(PRESS.readings(), "palm", CUT_U, 8))
    assert (page.troubles, page.verdict.try_next) == (
        (Trouble(8.06, "palm pad open"),),
        "Look after the glove before next time (palm pad open): plugs first, then the wires.",
    )


def test_readings_that_were_missing_are_told_with_their_length() -> None:
    page = summed_up(drop(PRESS.readings(), 8, 10))
    assert (page.troubles, page.unwatched_s) == ((Trouble(8.2, "bus hangs"),), 2.02)


def test_a_hand_that_pressed_beyond_the_pads_is_told_to_lean_in_less_not_to_mend_wires() -> None:
    hand = Hand().rest(1).lean(35, over_s=12).hold(2).release(over_s=5).rest(3)
    page = summed_up(hand.readings(shares=(1, 0, 0)))
    assert page.verdict.try_next == "Lean in a little less, and ask her how it feels."


def test_a_session_that_was_cut_off_says_so() -> None:
    session, account = new_session(), Account(FREE, "", "")
    inputs = PRESS.readings()
    for item in (*inputs[:400], End(inputs[399].t_s, "cut_off")):
        for event in session.feed(item):
            account.feed(event)
    page = account.summary(not_recorded="the card was full", damaged_lines=2)
    assert (page.ended, page.length_s, page.presses, page.not_recorded, page.damaged_lines) == (
        "cut_off",
        7.98,
        1,
        "the card was full",
        2,
    )


def test_a_session_under_way_has_no_end_yet() -> None:
    session, account = new_session(), Account(FREE, "", "")
    for item in PRESS.readings():
        for event in session.feed(item):
            account.feed(event)
    page = account.summary()
    assert (page.ended, page.presses) == (None, 1)


def test_the_picture_is_the_force_of_each_second() -> None:
    page = summed_up(Hand().rest(2).lean(6, over_s=3).hold(2).release(1).rest(1).readings())
    assert (page.picture_column_s, page.picture_newton) == (
        1.0,
        (0, 0, *[pytest.approx(newton, abs=0.25) for newton in (1, 3, 5, 6, 6, 3, 0, 0)]),
    )


def test_a_second_without_valid_force_is_a_hole_in_the_picture() -> None:
    page = summed_up(drop(PRESS.readings(), 7, 10))
    assert page.picture_newton[6:11] == (pytest.approx(8, abs=0.2), None, None, None, pytest.approx(8, abs=0.2))


def test_a_page_lists_so_many_and_counts_on() -> None:
    words = [(1 + i / 10, "just_right") for i in range(LISTED_AT_MOST + 50)]
    page = summed_up(say(Hand().rest(30).readings(rate_hz=20), *words))
    assert (len(page.marks), page.marks[0].t_s) == (LISTED_AT_MOST, 1)

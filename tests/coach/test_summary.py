"""What the page says of a session."""

from collections.abc import Sequence

import pytest

from coach.account import Account
from coach.before import Asked
from coach.events import Dropped, Event, PadChanged, Preload
from coach.forces import AS_RECORDED, forces_of
from coach.her_words import HerMark
from coach.lists import LISTED_AT_MOST
from coach.plan import FREE, Plan, Spot, Step, StepKind
from coach.summary import Hold, Summary
from coach.troubles import Trouble
from sensing.calibration import Calibration, PadCalibration, nominal_calibration
from sensing.inputs import End, Input
from sensing.pads import PadRules
from tests.story import CALIBRATION, CUT_U, FSR_SHORTED_U, PADS, Hand, drop, new_session, run, say, spoil

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
            too_hard=False,
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
        (Trouble(8.06, "palm pad not connected"),),
        "Look after the glove before next time (palm pad not connected): plugs first, then the wires.",
    )


def test_readings_that_were_missing_are_told_with_their_length() -> None:
    page = summed_up(drop(PRESS.readings(), 8, 10))
    assert (page.troubles, page.unwatched_s) == ((Trouble(8.2, "no readings (bus hangs)"),), 2.02)


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


def told_of(*events: Event) -> Summary:
    account = Account(FREE, "", "")
    for event in events:
        account.feed(event)
    return account.summary()


def test_the_faults_of_a_pad_are_named_in_words_and_the_first_is_the_one_to_mend() -> None:
    page = told_of(
        Dropped(1.0, "nothing came", 0.5),
        PadChanged(2.0, "heel", "loose"),
        PadChanged(3.0, "palm", "silent"),
        PadChanged(4.0, "palm", "ok"),
    )
    assert page.troubles[1:] == (
        Trouble(2.0, "heel pad loose wire"),
        Trouble(3.0, "palm pad feels nothing while the others do"),
    )
    assert "(heel pad loose wire)" in page.verdict.try_next


def test_a_tight_glove_is_listed_but_no_wire_is_to_blame() -> None:
    page = told_of(Preload(1.0, "palm", 4.2))
    assert (page.troubles, "wires" in page.verdict.try_next) == (
        (Trouble(1.0, "palm pad too tight, loosen it", 4.2),),
        False,
    )


# -- kneading -----------------------------------------------------------------------------------------------


def kneading(count: int, newton: float = 3.0, over_s: float = 1.6, pause_s: float = 0.2) -> Hand:
    hand = Hand().rest(1)
    for _ in range(count):
        hand = hand.bump(newton, over_s).rest(pause_s)
    return hand


def test_paws_are_counted_and_are_no_lean_ins() -> None:
    page = summed_up(kneading(10).rest(2).lean(8, over_s=3).hold(7).release(over_s=2).rest(3).readings(wobble=0.4))
    assert (page.presses, page.lean_ins_slow, page.holds_count, page.paws_count) == (1, 1, 1, 10)
    assert (page.paws_per_min, page.paws_evenness, page.paws_peak_newton, page.paws_rise_newton_per_s) == (
        pytest.approx(33.3, abs=0.7),
        pytest.approx(0.98, abs=0.03),
        pytest.approx(3.0, abs=0.1),
        # 70 % of 3 N in half of the 0.8 s up.
        pytest.approx(5.25, abs=0.2),
    )
    assert page.quickest_newton_per_s == pytest.approx(2.9, abs=0.4)


def test_quick_paws_are_not_called_hasty_lean_ins_but_asked_to_be_slower() -> None:
    page = summed_up(kneading(10, newton=6, over_s=0.6).rest(2).readings())
    assert (page.presses, page.lean_ins_slow, page.quickest_newton_per_s, page.paws_count) == (0, 0, None, 10)
    assert (page.verdict.went_well, page.verdict.try_next) == (
        "You kneaded like a cat on a pillow, 10 paws of it.",
        "Let each paw sink in and lift more slowly, like a cat that is falling asleep.",
    )


def test_paws_that_a_plan_asks_for_may_be_as_quick_as_it_says() -> None:
    inputs = kneading(10, newton=4, over_s=1.0).rest(2).readings()
    plan = Plan(steps=(Step(StepKind.PAWS, length_s=60),))
    page, free = summed_up(inputs, plan), summed_up(inputs)
    assert page.paws_rise_newton_per_s == pytest.approx(11.2, abs=0.7)
    assert ["each paw" in told.verdict.try_next for told in (page, free)] == [False, True]


def test_a_hand_that_stays_on_while_it_kneads_is_one_contact_and_no_lean_in() -> None:
    hand = Hand().rest(1).lean(1, over_s=0.3)
    for _ in range(10):
        hand = hand.lean(5, over_s=0.6).lean(1, over_s=0.6)
    page = summed_up(hand.release(0.3).rest(2).readings())
    assert (page.presses, page.paws_count, page.paws_per_min) == (0, 10, pytest.approx(50, abs=1))


def test_two_short_presses_are_touches_and_no_paws() -> None:
    page = summed_up(kneading(2, newton=8, over_s=0.8).rest(20).readings())
    assert (page.presses, page.lean_ins_slow, page.paws_count, page.paws_per_min) == (2, 0, 0, None)


def test_touches_long_before_the_kneading_stay_lean_ins() -> None:
    hand = kneading(2, newton=1.8).rest(18)
    for _ in range(5):
        hand = hand.bump(3, 1.6).rest(0.2)
    page = summed_up(hand.rest(2).readings())
    assert (page.presses, page.lean_ins_slow, page.paws_count) == (2, 2, 5)


def test_no_kneading_is_unknown_and_not_zero_a_minute() -> None:
    page = summed_up(PRESS.readings())
    assert (page.paws_count, page.paws_per_min, page.paws_evenness, page.paws_peak_newton) == (0, None, None, None)


def test_a_paw_that_the_end_finds_not_yet_told_is_counted() -> None:
    # The palm bears all the time, so the last paw waits for it.
    inputs = spoil(kneading(4).readings(), "palm", 0.3, 0.0)
    page = summed_up([item for item in inputs if item.t_s < 7.6])
    assert (page.length_s, page.paws_count) == (7.58, 4)


def test_three_paws_have_a_pace_and_no_evenness_yet() -> None:
    page = summed_up(kneading(3).rest(2).readings())
    assert (page.paws_count, page.paws_per_min, page.paws_evenness) == (3, pytest.approx(33.3, abs=0.7), None)


# -- her words ----------------------------------------------------------------------------------------------

# So light that her "too much" means something else than the force, and the ceiling stays.
LIGHT = Hand().rest(1).lean(2.9, over_s=2).hold(9).release(over_s=2).rest(3)


def test_her_two_quick_presses_are_one_just_right_and_nothing_was_too_hard() -> None:
    page = summed_up(say(PRESS.readings(), (7, "too_much"), (7.5, "just_right")))
    assert ([mark.word for mark in page.marks], page.too_hard_count, page.ceiling_newton) == (["just_right"], 0, 20)
    assert page.verdict.try_next == "Stay a little longer: breathe together until 30 seconds are over."


def test_between_her_two_presses_the_partner_may_press_too() -> None:
    page = summed_up(say(PRESS.readings(), (7, "too_much"), (7.2, "next"), (7.5, "just_right")))
    assert ([mark.word for mark in page.marks], page.too_hard_count) == (["next", "just_right"], 0)


def test_just_right_long_after_too_much_takes_nothing_back() -> None:
    page = summed_up(say(LIGHT.readings(), (7, "too_much"), (9, "just_right")))
    assert ([mark.word for mark in page.marks], page.too_hard_count) == (["too_much", "just_right"], 1)


def test_a_third_press_means_too_much_after_all() -> None:
    page = summed_up(say(LIGHT.readings(), (7, "too_much"), (7.3, "just_right"), (7.6, "too_much")))
    assert ([mark.word for mark in page.marks], page.too_hard_count) == (["just_right", "too_much"], 1)


def test_just_right_while_it_is_over_the_ceiling_does_not_make_it_softer() -> None:
    inputs = say(PRESS.readings(), (3.0, "too_much"), (3.6, "just_right"))
    assert summed_up(inputs, Plan(ceiling_newton=5)).too_hard_count == 1
    inputs = say(PRESS.readings(), (7.0, "too_much"), (7.6, "just_right"))
    assert summed_up(inputs, Plan(ceiling_newton=5)).too_hard_count == 1


def test_marks_beyond_those_listed_are_taken_back_too() -> None:
    words = [(1 + i / 50, "next") for i in range(LISTED_AT_MOST)]
    page = summed_up(say(Hand().rest(10).readings(), *words, (7, "too_much"), (7.5, "just_right")))
    assert (len(page.marks), page.too_hard_count) == (LISTED_AT_MOST, 0)


@pytest.mark.parametrize(
    ("words", "stopped_by"),
    [([(8, "stop")], "stop"), ([(8, "end")], "end"), ([(8, "end"), (9, "stop")], "end"), ([], None)],
)
def test_who_ended_it_is_known(words: Sequence[tuple[float, str]], stopped_by: str | None) -> None:
    assert summed_up(say(PRESS.readings(), *words)).stopped_by == stopped_by


def test_what_she_said_comes_before_all_other_advice() -> None:
    stopped = summed_up(say(spoil(PRESS.readings(), "palm", CUT_U, 6), (8, "too_much"), (9, "stop")))
    too_much = summed_up(say(PRESS.readings(), (8, "too_much")))
    assert [page.verdict.try_next for page in (stopped, too_much)] == [
        "She said stop: ask her what was too much, and begin more softly there.",
        "She said too much: ask her how it feels, and lean in a little less.",
    ]


# -- too hard -----------------------------------------------------------------------------------------------


def test_a_hold_that_was_too_hard_is_counted_and_not_praised() -> None:
    hand = Hand().rest(1).lean(8, over_s=3).hold(7).release(over_s=2).rest(4)
    hand = hand.lean(4, over_s=2).hold(6).release(over_s=2).rest(3)
    page = summed_up(hand.readings(), Plan(name="short", hold_s=5, enough_s=10, ceiling_newton=6))
    assert ([hold.too_hard for hold in page.holds], page.too_hard_holds_count) == ([True, False], 1)
    assert page.verdict.went_well == "You stayed with her for 0:06, calm and steady."
    only = summed_up(PRESS.readings(), Plan(name="short", hold_s=5, enough_s=10, ceiling_newton=6))
    assert (only.full_holds_count, only.verdict.went_well) == (1, "You leaned in softly every time.")


def test_a_hold_that_she_called_too_much_was_too_hard_and_one_that_was_just_right_was_not() -> None:
    for words, too_hard in (
        ([(8, "too_much")], True),
        ([(13.5, "too_much")], True),
        ([(8, "too_much"), (8.5, "just_right")], False),
        ([(0.5, "too_much"), (1.0, "just_right")], False),
    ):
        page = summed_up(say(PRESS.readings(), *words))
        assert [hold.too_hard for hold in page.holds] == [too_hard], words


# -- how far it can be believed -----------------------------------------------------------------------------


def test_the_limits_and_the_highest_press_are_told() -> None:
    page = summed_up(PRESS.readings(), Plan(slower_above_newton_per_s=3.5, ceiling_newton=12))
    assert (page.slower_above_newton_per_s, page.plan_ceiling_newton, page.peak_newton) == (
        3.5,
        12,
        pytest.approx(8, abs=0.3),
    )


MEASURED = PadCalibration(CALIBRATION.pads[0][1].knots, residual_newton=0.3, spread_share=0.1)


@pytest.mark.parametrize(
    ("calibration", "rules", "share", "not_calibrated"),
    [
        (nominal_calibration(PADS), PadRules(), 0.26, PADS),
        (Calibration((("heel", MEASURED), ("palm", MEASURED)), "today"), PadRules(), 0.0707, ()),
        (Calibration((("heel", MEASURED), *nominal_calibration(["palm"]).pads), "today"), PadRules(), 0.26, ("palm",)),
        # A recording in volts is an FSR's; one in newtons was measured by something else.
        (nominal_calibration(["heel"]), PadRules(verified=True, creeps=True), 0.26, ("heel",)),
        (nominal_calibration(["heel"]), PadRules(verified=True), None, ()),
    ],
)
def test_how_uncertain_the_newtons_are_stands_in_the_account(
    calibration: Calibration, rules: PadRules, share: float | None, not_calibrated: tuple[str, ...]
) -> None:
    page = Account(FREE, "", "", forces_of([calibration], rules)).summary()
    assert (page.uncertain_share, page.not_calibrated, page.over_newton) == (share, not_calibrated, None)


def test_what_was_too_much_to_tell_is_told_with_the_reach() -> None:
    account = Account(FREE, "", "", forces_of([CALIBRATION], PadRules(verified=True)))
    account.feed(PadChanged(3.0, "heel", "over"))
    assert (account.summary().over_newton, AS_RECORDED.reach_newton) == (30.0, None)


def test_a_pad_that_was_over_for_too_long_is_told_as_that() -> None:
    page = summed_up(spoil(Hand().rest(1).lean(8, over_s=3).hold(45).readings(), "palm", FSR_SHORTED_U, 8))
    assert page.troubles == (Trouble(38.0, "palm pad pressed beyond what it can tell for half a minute"),)


def test_a_pad_that_is_stuck_after_it_was_well_again_is_stuck() -> None:
    page = told_of(PadChanged(1.0, "palm", "over"), PadChanged(2.0, "palm", "ok"), PadChanged(3.0, "palm", "stuck"))
    assert page.troubles == (Trouble(3.0, "palm pad stuck"),)


@pytest.mark.parametrize("asked", [None, "list", "line", "nobody"])
def test_what_was_asked_before_stands_in_the_account(asked: Asked | None) -> None:
    assert Account(FREE, "", "", asked=asked).summary().asked == asked

"""Too fast and too hard."""

import pytest

from coach.cues import Look
from coach.plan import Plan
from tests.story import FSR_SHORTED_U, Hand, by_pad, drop, run, spoil

GENTLE = Hand().rest(1).lean(8, over_s=4).hold(4)


# -- slower -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newton_per_s", [8.0, 15.0, 40.0])
def test_a_steep_lean_is_slowed_within_0_4_s(newton_per_s: float) -> None:
    told = run(Hand().rest(1).lean(12, over_s=12 / newton_per_s).hold(3).release(3).rest(1).readings(wobble=0.4))
    ((began_s, _),) = told.shown(Look.SLOWER)
    assert 1 < began_s <= 1.4


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_lean_at_3_n_per_s_is_not_slowed(seed: int) -> None:
    told = run(Hand().rest(1).lean(12, over_s=4).hold(3).release(3).rest(3).readings(wobble=0.4, seed=seed))
    assert (told.shown(Look.SLOWER), told.press.slow_enough) == ([], True)


def test_a_lean_that_was_slowed_was_not_slow_enough() -> None:
    told = run(Hand().rest(1).lean(12, over_s=1).hold(4).release(3).rest(3).readings())
    assert (told.looks[0], told.press.slow_enough) == ("slower", False)


def test_a_push_in_the_middle_of_a_hold_is_slowed() -> None:
    told = run(GENTLE.lean(14, over_s=0.5).hold(3).release(3).rest(1).readings())
    ((began_s, ended_s),) = told.shown(Look.SLOWER)
    assert (began_s, ended_s) == (pytest.approx(9.25, abs=0.2), pytest.approx(10, abs=0.4))


def test_the_second_press_is_judged_for_itself() -> None:
    hand = Hand().rest(1).lean(8, over_s=0.5).rest(2).lean(8, over_s=4).rest(1)
    told = run(hand.readings())
    assert [event.slow_enough for event in told.events if hasattr(event, "slow_enough")] == [False, True]


def test_a_pad_that_digs_in_while_the_others_give_way_is_slowed() -> None:
    gives_way = Hand().rest(1).lean(5, over_s=3).hold(4).lean(2, over_s=0.5).hold(3).rest(1)
    digs_in = Hand().rest(1).lean(3, over_s=3).hold(4).lean(8, over_s=0.5).hold(3).rest(1)
    told = run(by_pad(gives_way, gives_way, digs_in))
    ((began_s, _),) = told.shown(Look.SLOWER)
    assert began_s == pytest.approx(8.25, abs=0.2)


def test_a_release_that_rolls_off_over_the_fingers_is_no_lean() -> None:
    lifts = Hand().rest(1).lean(6, over_s=4).hold(4).lean(0, over_s=0.8).hold(2).rest(1)
    rolls = Hand().rest(1).lean(2, over_s=4).hold(4).lean(6, over_s=0.6).lean(0, over_s=0.4).hold(2).rest(1)
    assert run(by_pad(lifts, lifts, rolls)).shown(Look.SLOWER) == []


def test_a_weight_that_shifts_slowly_between_the_pads_is_a_hold_all_the_time() -> None:
    heavier = Hand().rest(1).lean(3, over_s=2).hold(4).lean(6, over_s=3).hold(30).release(2).rest(3)
    lighter = Hand().rest(1).lean(6, over_s=2).hold(4).lean(3, over_s=3).hold(30).release(2).rest(3)
    steady = Hand().rest(1).lean(2, over_s=2).hold(37).release(2).rest(3)
    told = run(by_pad(heavier, lighter, steady), Plan(slower_above_newton_per_s=6))
    assert (told.shown(Look.SLOWER), told.press.outcome) == ([], "full")
    assert told.press.held_s == pytest.approx(37, abs=0.5)


def test_a_steep_rise_is_slowed_though_a_pad_can_tell_no_more() -> None:
    beyond = Hand().rest(1).lean(40, over_s=1).hold(3).release(3).rest(1)
    told = run(by_pad(beyond, Hand().rest(8), Hand().rest(8)), Plan(ceiling_newton=1000))
    assert told.shown(Look.SLOWER)[0][0] == pytest.approx(1.2, abs=0.15)
    assert told.shown(Look.SOFTER)[0][0] == pytest.approx(1.76, abs=0.1)


@pytest.mark.parametrize("lost_s", [0.1, 0.3, 0.8])
def test_a_steep_rise_is_slowed_though_its_readings_were_lost(lost_s: float) -> None:
    hand = Hand().rest(1).lean(3, over_s=2).hold(3).lean(14, over_s=0.5).hold(3).release(3).rest(1)
    told = run(drop(hand.readings(), 6.0, 6.0 + lost_s))
    assert 6 < told.shown(Look.SLOWER)[0][0] <= max(6.4, 6.1 + lost_s)


def test_the_touch_itself_is_no_rise() -> None:
    # Nothing is felt below the turn-on, and then all of it at once.
    hand = Hand().rest(1).lean(0.6, over_s=0).lean(4, over_s=4).hold(3).release(3).rest(1)
    told = run(hand.readings(shares=(1.0, 0.0, 0.0)), Plan(slower_above_newton_per_s=1.5))
    assert (told.shown(Look.SLOWER), told.press.slow_enough) == ([], True)


def test_an_unsteady_hand_has_to_rise_more_clearly_than_a_steady_one() -> None:
    heavy = Hand().rest(1).lean(18, over_s=6).hold(20).lean(24, over_s=0.9).hold(2).release(4).rest(1)
    steady, unsteady = (run(heavy.readings(wobble=wobble), Plan(ceiling_newton=1000)) for wobble in (0.1, 1.2))
    (at_s, _), *_ = steady.shown(Look.SLOWER)
    assert at_s == pytest.approx(27.4, abs=0.2)
    assert [began_s for began_s, _ in unsteady.shown(Look.SLOWER) if began_s < at_s + 0.06] == []


def test_a_stricter_plan_slows_a_slower_lean() -> None:
    strict = Plan(slower_above_newton_per_s=2.0)
    told = run(Hand().rest(1).lean(12, over_s=4).hold(1).release(3).rest(1).readings(), strict)
    assert "slower" in told.looks


# -- softer -------------------------------------------------------------------------------------------------


def test_over_the_ceiling_is_softer_until_it_is_well_under_it() -> None:
    hand = GENTLE.lean(11, over_s=3).hold(2).lean(9.5, over_s=1).hold(1).lean(8, over_s=1).hold(2)
    told = run(hand.release(2).rest(1).readings(), Plan(ceiling_newton=10))
    # Over 10 N at 11 s, under 9 N at 16.33 s.
    assert told.shown(Look.SOFTER) == [(pytest.approx(11.08, abs=0.1), pytest.approx(16.63, abs=0.15))]


def test_a_hand_that_trembles_at_the_ceiling_does_not_flicker() -> None:
    hand = Hand().rest(1).lean(10, over_s=4).hold(20).release(3).rest(1)
    told = run(hand.readings(wobble=1.0, seed=5), Plan(ceiling_newton=10))
    assert len(told.shown(Look.SOFTER)) <= 3


def test_softer_sounds_five_pulses_and_again_after_5_s() -> None:
    hand = Hand().rest(1).lean(12, over_s=5).hold(6).release(3).rest(1)
    tones = [tone for _, tone in run(hand.readings(), Plan(ceiling_newton=10)).sounds()]
    assert tones == [523.0, *[988.0] * 10], "the greeting, then five pulses twice"


def test_softer_goes_before_slower_and_slower_before_hold() -> None:
    told = run(GENTLE.lean(16, over_s=1).hold(2).release(4).rest(1).readings(), Plan(ceiling_newton=14))
    assert told.looks[:4] == ["watching", "hold", "slower", "softer"]


def test_a_pad_beyond_its_table_is_softer_at_once_however_high_the_ceiling() -> None:
    told = run(
        spoil(GENTLE.hold(5).release(2).rest(1).readings(), "palm", FSR_SHORTED_U, 9, 9.02), Plan(ceiling_newton=1000)
    )
    ((began_s, ended_s),) = told.shown(Look.SOFTER)
    assert (began_s, ended_s) == (9.0, pytest.approx(9.7))


def test_leaning_beyond_the_reach_of_a_pad_is_softer_until_it_is_back() -> None:
    hand = Hand().rest(1).lean(33, over_s=11).hold(2).lean(20, over_s=4).release(4).rest(1)
    told = run(hand.readings(shares=(1, 0, 0)), Plan(ceiling_newton=1000))
    # Over 30 N at 11 s, under 29.1 N at 15.2 s.
    assert told.shown(Look.SOFTER) == [(pytest.approx(11, abs=0.1), pytest.approx(15.2, abs=0.1))]


def test_easing_off_from_too_hard_is_not_told_to_stay() -> None:
    told = run(Hand().rest(1).lean(25, over_s=9).hold(8).release(5).rest(3).readings())
    assert told.looks == ["watching", "softer", "watching", "let_go_early"]

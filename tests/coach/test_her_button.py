"""Her words and the partner's."""

import pytest

from coach.cues import DARK, Look
from coach.events import CeilingLowered, Marked
from coach.plan import Plan
from sensing.inputs import MarkWord
from tests.story import Hand, Told, drop, new_session, run, say

HOLD = Hand().rest(1).lean(10, over_s=4).hold(10).release(over_s=3).rest(3)


def told_at(*words: tuple[float, MarkWord], hand: Hand = HOLD, plan: Plan | None = None) -> Told:
    return run(say(hand.readings(), *words), plan or Plan())


def test_too_much_is_softer_at_once_and_lowers_the_ceiling_when_it_is_sure() -> None:
    told = told_at((10, "too_much"))
    (mark,), (lowered,) = told.of(Marked), told.of(CeilingLowered)
    assert (mark, lowered, told.shown(Look.SOFTER)[0][0]) == (
        Marked(10, "too_much", pytest.approx(10, abs=0.2)),
        CeilingLowered(11.6, pytest.approx(8, abs=0.15)),
        10,
    )


def test_from_then_on_the_lower_ceiling_holds() -> None:
    hand = Hand().rest(1).lean(10, over_s=4).hold(5).release(2).rest(3).lean(9, over_s=4).hold(3).release(2).rest(1)
    told = told_at((9, "too_much"), hand=hand)
    # The second press is under the plan's 20 N and over her 8 N, from 18.55 s on.
    assert [began_s for began_s, _ in told.shown(Look.SOFTER)] == [9, pytest.approx(18.65, abs=0.15)]


def test_while_her_hand_stays_too_heavy_softer_goes_on_without_a_gap() -> None:
    told = told_at((9, "too_much"), hand=Hand().rest(1).lean(10, over_s=4).hold(8).release(over_s=3).rest(3))
    ((began_s, ended_s),) = told.shown(Look.SOFTER)
    assert (began_s, ended_s > 13, told.of(CeilingLowered)[0].t_s) == (9, True, 10.6)


def test_where_nothing_is_felt_any_more_her_lower_ceiling_warns_of_nothing() -> None:
    inputs = drop(say(HOLD.readings(), (9.9, "too_much")), 10, 14)
    told = run(inputs)
    (_, ended_s), (again_s, _) = told.shown(Look.SOFTER)
    # Until her word is over; and again once her 10 N are felt.
    assert (ended_s, again_s) == (pytest.approx(11.5, abs=0.05), pytest.approx(14.1, abs=0.05))


def test_the_highest_force_of_the_last_2_s_is_what_she_means() -> None:
    hand = Hand().rest(1).lean(15, over_s=5).lean(6, over_s=1).hold(5).release(2).rest(1)
    assert [told_at((t_s, "too_much"), hand=hand).of(CeilingLowered)[0].ceiling_newton for t_s in (7.9, 9.5)] == [
        pytest.approx(12, abs=0.2),
        pytest.approx(4.8, abs=0.1),
    ]


def test_too_much_at_a_touch_of_3_n_does_not_mean_the_force() -> None:
    hand = Hand().rest(1).lean(2.9, over_s=1).hold(6).release(1).rest(1)
    told = told_at((5, "too_much"), hand=hand)
    assert (told.of(CeilingLowered), told.shown(Look.SOFTER)) == ([], [(5, pytest.approx(6.6))])


def test_her_word_never_raises_the_ceiling() -> None:
    told = told_at((10, "too_much"), plan=Plan(ceiling_newton=7))
    assert told.of(CeilingLowered) == []


def test_just_right_takes_it_back() -> None:
    told = told_at((10, "too_much"), (10.8, "just_right"))
    assert (told.of(CeilingLowered), told.shown(Look.SOFTER)) == ([], [(10, pytest.approx(10.8))])


def test_just_right_alone_changes_nothing() -> None:
    told = told_at((10, "just_right"))
    assert (told.looks, told.of(Marked)[0].word) == (["watching", "hold", "watching", "let_go_early"], "just_right")


def test_too_much_speaks_while_the_bus_hangs() -> None:
    told = run(say(drop(HOLD.readings(), 8, 12), (10, "too_much")))
    assert (told.of(Marked)[0].force_newton, told.shown(Look.SOFTER)[0]) == (None, (10, pytest.approx(11.6)))


def test_too_much_long_after_the_glove_fell_silent_means_no_force_of_before() -> None:
    told = run(say(drop(HOLD.readings(), 8, 15), (12, "too_much")))
    assert told.of(CeilingLowered) == []


def test_a_word_before_the_first_reading_is_heard() -> None:
    told = run(say(Hand().rest(3).readings(from_s=1.0), (0.5, "too_much")))
    assert (told.of(Marked), told.looks) == ([Marked(0.5, "too_much", None)], ["softer"])


@pytest.mark.parametrize("word", ["stop", "end"])
def test_stop_shows_for_3_s_and_ends_the_session_whatever_the_hand_does(word: MarkWord) -> None:
    told = told_at((10, word), (11, "just_right"), (12, "stop"))
    assert (told.shown(Look.STOP), told.ending.t_s, told.ending.reason) == ([(10, 13)], 13, "stopped")


@pytest.mark.parametrize("tick", range(250, 300))
def test_the_end_is_150_ticks_after_her_stop_whenever_she_says_it(tick: int) -> None:
    """In binary 8.46 - 5.46 is a hair less than 3."""
    told = run(say(Hand().rest(10).readings(), (tick / 50, "stop")))
    assert told.ending.t_s == (tick + 150) / 50


def test_stop_goes_before_everything() -> None:
    told = told_at((9, "too_much"), (10, "stop"), plan=Plan(ceiling_newton=5))
    assert told.looks[-1] == "stop"


def test_a_session_cut_off_while_stopping_was_stopped() -> None:
    told = run(say(Hand().rest(2).readings(), (1, "stop")))
    assert told.ending.reason == "stopped"


def test_a_press_under_way_at_the_stop_is_told() -> None:
    told = told_at((10, "stop"))
    assert (told.words[-2:], told.press.held_s) == (["press_ended", "session_ended"], pytest.approx(8, abs=0.4))


def test_after_the_end_it_is_dark() -> None:
    session = new_session()
    for item in say(Hand().rest(5).readings(), (1, "stop")):
        session.feed(item)
    assert (session.is_over, session.levels(5.0), session.looks) == (True, DARK, ())


def test_the_ceiling_in_force_can_be_asked() -> None:
    session, ceilings = new_session(), set()
    for item in say(HOLD.readings(), (10, "too_much")):
        session.feed(item)
        ceilings.add(round(session.ceiling_newton))
    assert ceilings == {20, 8}


def test_the_five_tones_go_on_to_their_end_though_she_took_her_word_back() -> None:
    told = told_at((3, "too_much"), (3.3, "just_right"), hand=Hand().rest(6))
    assert [tone for t_s, tone in told.sounds() if t_s >= 3] == [988.0] * 5
    # The light is over before the last of them begins.
    assert told.shown(Look.SOFTER) == [(3, pytest.approx(3.7))]

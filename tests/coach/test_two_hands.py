"""More of two gloves: holds, warnings, her word and silence, each for one hand, for the other and for both."""

import pytest

from coach.cues import Look
from coach.events import (
    Balance,
    CeilingLowered,
    Dropped,
    ForceSeen,
    JustRightAt,
    Marked,
    PressEnded,
    Resumed,
)
from coach.plan import JustRight, Plan, Spot, Step, StepKind
from sensing.inputs import End, Reading
from sensing.press import Phase
from tests.story import CUT_U, Hand, both, drop, new_session, run, say, silence, spoil
from tests.two_hands import (
    AWAY,
    GOOD,
    HOLD_S,
    SEATED,
    is_on,
    left_of,
    outcomes,
    phases_of,
    right_of,
    summed_up,
    told_of,
)

pytestmark = pytest.mark.many


@pytest.mark.parametrize("is_left_later", [False, True])
def test_a_hold_shows_when_the_later_hand_is_still_too_and_the_chime_waits_for_it(is_left_later: bool) -> None:
    later_s = 6.0
    later = Hand().rest(1 + later_s).lean(10, over_s=4).hold(HOLD_S + 4).release(over_s=3).rest(4)
    earlier = Hand().rest(1).lean(10, over_s=4).hold(HOLD_S + 4 + later_s).release(over_s=3).rest(4)
    told = told_of(later, earlier) if is_left_later else told_of(earlier, later)
    # The earlier one is still from 5 s on; the later one leans in from 7 s to 11 s, and is still after that.
    holds = told.shown(Look.HOLD)
    assert (holds[0][0], holds[0][1]) == (pytest.approx(6, abs=1), pytest.approx(7.1, abs=0.3))
    assert holds[1][0] == pytest.approx(12, abs=1)
    assert [began_s for began_s, _ in told.shown(Look.ENOUGH)] == [pytest.approx(41.3, abs=0.7)]
    assert outcomes(told) == [("left", "full"), ("right", "full")]


def test_one_that_holds_alone_is_shown_a_hold_too() -> None:
    woken = Hand().rest(1).lean(6, over_s=2).release(over_s=2).rest(GOOD.length_s)
    told = told_of(Hand().rest(6).lean(10, over_s=4).hold(HOLD_S).release(over_s=3).rest(4), woken)
    assert outcomes(told) == [("right", "touch"), ("left", "full")]
    assert (is_on(told, Look.HOLD, 20), len(told.shown(Look.ENOUGH))) == (True, 1)


def test_plenty_is_told_when_both_have_had_it_and_then_nobody_is_told_to_stay() -> None:
    plan = Plan(hold_s=4, enough_s=8)
    later = Hand().rest(3).lean(8, over_s=3).hold(12).release(over_s=3).rest(3)
    told = told_of(Hand().rest(1).lean(8, over_s=3).hold(14).release(over_s=3).rest(3), later, plan)
    (plenty_s, _), (_, hold_ends_s) = told.shown(Look.PLENTY)[0], told.shown(Look.HOLD)[-1]
    assert (plenty_s, hold_ends_s) == (pytest.approx(14, abs=0.7), pytest.approx(plenty_s, abs=0.8))
    assert (len(told.shown(Look.ENOUGH)), len(told.shown(Look.PLENTY))) == (1, 1)


def test_one_that_lets_go_early_is_told_so_and_the_other_goes_on() -> None:
    early = Hand().rest(1).lean(10, over_s=4).hold(15).release(over_s=3).rest(20)
    told = told_of(early, GOOD)
    assert outcomes(told) == [("left", "short"), ("right", "full")]
    (early_s, _) = told.shown(Look.LET_GO_EARLY)[0]
    assert early_s < told.shown(Look.ENOUGH)[0][0]
    assert is_on(told, Look.HOLD, early_s + 3)


def test_who_comes_back_has_a_chime_of_its_own_and_the_other_hears_none_twice() -> None:
    plan = Plan(hold_s=5, enough_s=40)
    twice = Hand()
    for _ in range(2):
        twice = twice.rest(3).lean(8, over_s=3).hold(7).release(over_s=2)
    told = told_of(Hand().rest(3).lean(8, over_s=3).hold(24).release(over_s=2).rest(2), twice.rest(4), plan)
    assert outcomes(told) == [("right", "full"), ("right", "full"), ("left", "full")]
    assert len(told.shown(Look.ENOUGH)) == 2


def test_one_that_is_too_hard_is_told_softer_and_only_its_press_was() -> None:
    hard = Hand().rest(1).lean(24, over_s=10).hold(25).release(over_s=6).rest(3)
    told = told_of(GOOD, hard)
    assert [(press.side, press.too_hard) for press in told.of(PressEnded)] == [("left", False), ("right", True)]
    assert told.shown(Look.SOFTER)


def test_the_ceiling_is_for_each_hand_and_not_for_their_sum() -> None:
    told = told_of(*[Hand().rest(1).lean(14, over_s=5).hold(8).release(over_s=4).rest(3)] * 2)
    assert told.shown(Look.SOFTER) == []


def test_one_that_is_too_fast_is_told_slower_and_only_its_press_was() -> None:
    fast = Hand().rest(1).lean(10, over_s=0.5).hold(HOLD_S).release(over_s=3).rest(7)
    told = told_of(fast, GOOD)
    assert told.shown(Look.SLOWER)
    assert {press.side: press.slow_enough for press in told.of(PressEnded)} == {"left": False, "right": True}


@pytest.mark.parametrize("silent", [drop, silence])
@pytest.mark.parametrize("side", [0, 1])
def test_one_glove_falls_silent_and_the_other_still_says_softer_and_slower(
    silent: type[drop],
    side: int,  # type: ignore[valid-type]  # one of two functions
) -> None:
    hasty = Hand().rest(1).lean(6, over_s=3).hold(3).lean(25, over_s=2).hold(4).release(over_s=4).rest(26)
    gloves = [left_of(GOOD), right_of(GOOD)]
    gloves[side] = silent(gloves[side], 4, 20)
    gloves[1 - side] = (left_of, right_of)[1 - side](hasty)
    told = run(both(*gloves))
    worn = ("left", "right")
    (dropped,), (resumed,) = told.of(Dropped), told.of(Resumed)
    assert (dropped.side, dropped.t_s, dropped.since_s) == (worn[side], pytest.approx(4.2, abs=0.03), 3.98)
    assert (resumed.side, resumed.lost_s) == (worn[side], pytest.approx(16.02))
    assert told.shown(Look.SLOWER)
    assert told.shown(Look.SOFTER)
    good = [began_s for look in (Look.HOLD, Look.ENOUGH, Look.WATCHING) for began_s, _ in told.shown(look)]
    assert not any(4.2 < began_s < 20 for began_s in good)


@pytest.mark.parametrize("side", [0, 1])
def test_a_good_light_goes_out_as_soon_as_either_glove_is_not_heard(side: int) -> None:
    gloves = [left_of(GOOD), right_of(GOOD)]
    gloves[side] = drop(gloves[side], 15, 15.15)
    told = run(both(*gloves))
    # Longer than 90 ms is too old for a good light, and it stays away for 0.7 s then; nothing is wrong with the glove.
    (_, out_s), (again_s, _) = told.shown(Look.HOLD)[:2]
    assert (out_s, again_s - out_s, told.shown(Look.CHECK_GLOVE)) == (
        pytest.approx(15.08, abs=0.03),
        pytest.approx(0.75, abs=0.1),
        [],
    )


def test_her_too_much_means_the_heavier_hand_and_lowers_the_ceiling_of_both() -> None:
    left = Hand().rest(1).lean(8, over_s=4).hold(25).release(over_s=3).rest(3)
    right = Hand().rest(1).lean(12, over_s=4).hold(6).lean(7, over_s=2).hold(8).lean(11, over_s=3).hold(6)
    right = right.release(over_s=3).rest(3)
    told = run(say(both(left_of(left), right_of(right)), (9.0, "too_much")))
    (lowered,) = told.of(CeilingLowered)
    assert lowered.ceiling_newton == pytest.approx(0.8 * 12, rel=0.05)
    (marked,) = told.of(Marked)
    assert marked.force_newton == pytest.approx(12, rel=0.05)
    assert told.shown(Look.SOFTER)[0][0] == 9.0
    # The right one is softer from 12 s on; when it is at 11 N again, that is too much now.
    assert is_on(told, Look.SOFTER, 26)
    assert not is_on(told, Look.SOFTER, 18)


def test_what_she_said_was_too_much_is_too_much_for_the_other_hand_as_well() -> None:
    left = Hand().rest(1).lean(12, over_s=4).hold(5).release(over_s=3).rest(20)
    right = Hand().rest(14).lean(11, over_s=4).hold(8).release(over_s=3).rest(3)
    told = run(say(both(left_of(left), right_of(right)), (8.0, "too_much")))
    assert [(press.side, press.too_hard) for press in told.of(PressEnded)] == [("left", True), ("right", True)]


def test_her_just_right_is_kept_for_each_hand_that_is_there() -> None:
    plan = Plan(steps=(Step(StepKind.HOLD, Spot.SIDE_BOTH),))
    left = Hand().rest(1).lean(8, over_s=4).hold(10).release(over_s=3).rest(3)
    right = Hand().rest(1).lean(6, over_s=4).hold(10).release(over_s=3).rest(3)
    told = run(say(both(left_of(left), right_of(right)), (9.0, "too_much"), (9.5, "just_right")), plan)
    assert [(event.side, event.spot, round(event.newton)) for event in told.of(JustRightAt)] == [
        ("left", Spot.SIDE_LEFT, 8),
        ("right", Spot.SIDE_RIGHT, 6),
    ]
    assert told.of(CeilingLowered) == []


def test_her_just_right_is_not_for_a_hand_that_has_gone() -> None:
    left = Hand().rest(1).lean(8, over_s=2).release(over_s=1).rest(14)
    right = Hand().rest(1).lean(6, over_s=4).hold(10).release(over_s=3).rest(3)
    told = run(say(both(left_of(left), right_of(right)), (4.5, "just_right"), (10.0, "just_right")))
    assert {event.side for event in told.of(JustRightAt)} == {"right"}


def test_a_just_right_of_before_for_both_sides_is_for_either_hand() -> None:
    plan = Plan(steps=(Step(StepKind.HOLD, Spot.SIDE_BOTH),), just_right=(JustRight(Spot.SIDE_BOTH, 6.0),))
    told = told_of(GOOD, Hand().rest(1).lean(6, over_s=4).hold(HOLD_S).release(over_s=3).rest(4), plan)
    firm = [event for event in told.events if event.__struct_config__.tag == "too_firm"]
    assert {event.side for event in firm} == {"left"}  # type: ignore[attr-defined]  # chosen by its tag


def test_a_hand_alone_is_not_out_of_balance_nor_is_one_whose_other_is_not_known() -> None:
    assert told_of(GOOD, AWAY).of(Balance) == []
    light = Hand().rest(1).lean(3, over_s=4).hold(HOLD_S).release(over_s=3).rest(4)
    told = run(both(drop(left_of(light), 3, 30), right_of(GOOD)))
    assert not any(3.3 < event.t_s < 30 for event in told.of(Balance))


def test_who_leans_in_later_or_lets_go_sooner_is_not_out_of_balance() -> None:
    later = Hand().rest(4).lean(10, over_s=6).hold(12).release(over_s=6).rest(15)
    assert told_of(later, GOOD).of(Balance) == []


def test_together_they_do_what_the_one_does_that_is_furthest_from_rest() -> None:
    later = Hand().rest(8).lean(8, over_s=3).hold(6).release(over_s=2).rest(4)
    earlier = Hand().rest(1).lean(8, over_s=3).hold(13).release(over_s=2).rest(4)
    seen = phases_of(both(left_of(earlier), right_of(later)))
    assert [together for together, _, _ in seen if together] == [
        Phase.AWAY,
        Phase.LEAN_IN,
        Phase.HOLD,
        Phase.LEAN_IN,
        *[Phase.HOLD] * (len(seen) - 7),
        Phase.RELEASE,
        Phase.RELEASE,
        Phase.AWAY,
    ]


def test_the_force_of_a_second_is_that_of_both_and_not_known_where_one_is_not() -> None:
    told = run(both(drop(left_of(GOOD), 12, 15.01), right_of(GOOD)))
    mean = {event.from_s: event.mean_newton for event in told.of(ForceSeen)}
    assert (mean[8.0], mean[13.0], mean[20.0]) == (pytest.approx(20, rel=0.05), None, pytest.approx(20, rel=0.05))


@pytest.mark.parametrize("side", [0, 1])
def test_the_force_of_both_is_not_known_where_one_was_never_heard_or_has_no_pad_that_tells(side: int) -> None:
    silent, deaf = ([left_of(GOOD), right_of(GOOD)] for _ in range(2))
    silent[side] = drop(silent[side], 0, 100)
    for pad in ("heel", "palm", "fingers"):
        deaf[side] = spoil(deaf[side], pad, CUT_U, 0)
    for gloves in (silent, deaf):
        assert {event.mean_newton for event in run(both(*gloves)).of(ForceSeen)} == {None}


def test_an_end_in_the_middle_ends_the_presses_of_both() -> None:
    session = new_session(of_two=True)
    said = [event for item in both(left_of(GOOD), right_of(GOOD)) if item.t_s < 12 for event in session.feed(item)]
    ends = session.feed(End(12.0, "interrupted"))
    assert not [event for event in said if isinstance(event, PressEnded)]
    assert [event.side for event in ends if isinstance(event, PressEnded)] == ["left", "right"]
    assert session.feed(Reading(13.0, (0.0,) * 4, glove=1)) == []


def test_what_she_says_at_a_spot_of_both_is_told_of_either() -> None:
    told = run(say(both(left_of(GOOD), right_of(GOOD)), (12.0, "too_much")), SEATED)
    assert [(seen.spot, seen.said) for seen in summed_up(told, SEATED).spots[:2]] == [
        (Spot.SACRUM_LEFT, ("too_much",)),
        (Spot.SACRUM_RIGHT, ("too_much",)),
    ]


def test_paws_of_one_hand_are_no_touches_of_the_other() -> None:
    kneads = Hand().rest(1)
    for _ in range(10):
        kneads = kneads.bump(3, 1.2).rest(0.3)
    touches = Hand().rest(1.2).lean(5, over_s=2).release(over_s=2).rest(10.8)
    summary = summed_up(told_of(kneads.rest(20), touches.rest(20)))
    assert (summary.presses, summary.paws_count) == (1, 10)

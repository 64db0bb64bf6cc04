"""Where on the hip it was."""

import pytest

from coach.account import Account
from coach.her_words import HerMark
from coach.plan import JustRight, Plan, Spot, Step, StepKind
from coach.spots import SpotHold, SpotSeen, spots_seen
from coach.summary import Summary
from coach.tips import EVERY, TIPS, tip_for
from sensing.inputs import MarkWord
from tests.story import Hand, run, say

FULL, SHORT = SpotHold(10.0, 34.0, 11.0, "full"), SpotHold(60.0, 15.0, 9.0, "short")


def test_a_spot_has_its_holds_and_what_she_said_there_and_one_without_any_is_told_too() -> None:
    seen = spots_seen(
        [Spot.CREST_LEFT, Spot.SIDE_LEFT],
        [(Spot.CREST_LEFT, FULL), (Spot.CREST_LEFT, SHORT), (None, FULL), (Spot.SACRUM_LEFT, SHORT)],
        [JustRight(Spot.CREST_LEFT, 9.0), JustRight(Spot.CREST_LEFT, 10.0)],
        [HerMark(12.0, "just_right", 10.0, Spot.CREST_LEFT), HerMark(99.0, "next", None)],
        30.0,
    )
    assert seen == (
        SpotSeen(Spot.CREST_LEFT, (FULL, SHORT), 1, 1.0, 10.0, ("just_right",)),
        SpotSeen(Spot.SIDE_LEFT, (), 0, 0.0, None, ()),
        SpotSeen(Spot.SACRUM_LEFT, (SHORT,), 0, 0.5, None, ()),
    )


PLAN = Plan(
    name="two",
    hold_s=5,
    enough_s=10,
    steps=(
        Step(StepKind.HOLD, Spot.CREST_LEFT),
        Step(StepKind.HOLD, Spot.MIDDLE_LEFT),
        Step(StepKind.HOLD, Spot.SIDE_LEFT),
    ),
)
HOLDS = Hand().rest(1).lean(8, over_s=3).hold(7).release(over_s=3).rest(3)


def summed_up(*words: tuple[float, MarkWord], hand: Hand = HOLDS, plan: Plan = PLAN) -> Summary:
    told = run(say(hand.readings(), *words), plan)
    account = Account(plan, "2026-11-23 20:00", "a story")
    for event in told.events:
        account.feed(event)
    return account.summary()


def test_a_session_tells_where_each_hold_and_each_word_was() -> None:
    hand = HOLDS.lean(8, over_s=3).hold(4).release(over_s=3).rest(3)
    summary = summed_up((8, "too_much"), (8.8, "just_right"), hand=hand)
    crest, middle, side = summary.spots
    assert (crest.spot, crest.full, crest.just_right_newton, crest.said) == (
        Spot.CREST_LEFT,
        1,
        pytest.approx(8, abs=0.2),
        ("just_right",),
    )
    assert (middle.full, middle.share, side.holds) == (0, pytest.approx(0.8, abs=0.05), ())
    assert summary.just_right == (JustRight(Spot.CREST_LEFT, crest.just_right_newton or 0.0),)


def test_coverage_is_how_much_of_its_spots_a_plan_had() -> None:
    summary = summed_up(hand=HOLDS.lean(8, over_s=3).hold(4).release(over_s=3).rest(3))
    coverage = summary.score.parts[-1]
    assert (coverage.part, coverage.points, coverage.good, coverage.of) == ("coverage", pytest.approx(63, abs=3), 1, 3)


def test_who_heard_her_say_stop_has_nothing_left_to_cover() -> None:
    assert summed_up((16.5, "stop")).score.parts[-1].points is None


def test_a_session_of_one_press_has_no_score() -> None:
    assert summed_up().score.points is None


def test_three_holds_have_one() -> None:
    hand = HOLDS
    for _ in range(2):
        hand = hand.lean(8, over_s=3).hold(7).release(over_s=3).rest(3)
    score = summed_up(hand=hand).score
    assert (score.points, [part.points for part in score.parts]) == (100, [100] * 5)


def test_a_point_takes_from_softness_and_is_counted() -> None:
    pat = Hand().rest(1).bump(1.5, over_s=1.5)
    point = Hand().rest(2).lean(8, over_s=3).hold(7).release(over_s=3).rest(3)
    inputs = [*pat.readings(), *point.readings(shares=(0.06, 0.06, 0.88), from_s=pat.length_s + 0.02)]
    account = Account(PLAN, "2026-11-23 20:00", "a story")
    for event in run(inputs, PLAN).events:
        account.feed(event)
    summary = account.summary()
    assert (summary.poking_count > 0, summary.score.parts[1].good, summary.score.parts[1].of) == (True, 1, 2)
    assert summary.verdict.try_next.startswith("Lay the whole hand on her")


def test_now_and_then_there_is_a_tip_and_the_same_page_always_has_the_same() -> None:
    labels = [f"2026-11-{day:02d} {hour}:15" for day in range(1, 31) for hour in (10, 21)]
    tips = [tip_for(label) for label in labels]
    given = [tip for tip in tips if tip is not None]
    assert (set(given), tips == [tip_for(label) for label in labels]) == (set(TIPS), True)
    assert len(labels) / EVERY * 0.5 < len(given) < len(labels) / EVERY * 1.5

"""Praise fades while it goes well, and comes back after an error."""

import pytest

from coach.cues import TABLE, CueBoard, Look
from coach.events import Outcome, PressEnded
from coach.plan import Plan
from coach.praise import Praise
from tests.story import Hand, run


def press(outcome: Outcome, *, slow_enough: bool = True, too_hard: bool = False) -> PressEnded:
    return PressEnded(50.0, 1.0, 10.0, 9.0, 4.0, 2.5, 2.0, 40.0, outcome, slow_enough, None, too_hard)


def faded_after(*presses: PressEnded) -> list[int]:
    praise, faded = Praise(), []
    for one in presses:
        praise.feed(one)
        faded.append(praise.faded)
    return faded


def test_after_three_good_holds_it_is_quieter_and_after_six_there_is_the_light_alone() -> None:
    assert faded_after(*[press("full")] * 8) == [0, 0, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    "error",
    [press("short"), press("full", slow_enough=False), press("full", too_hard=True), press("touch", too_hard=True)],
)
def test_it_is_back_after_an_error(error: PressEnded) -> None:
    assert faded_after(*[press("full")] * 4, error, press("full"))[-2:] == [0, 0]


@pytest.mark.parametrize("neither", [press("touch"), press("touch", slow_enough=False), press("unsure")])
def test_a_touch_and_what_nobody_knows_change_nothing(neither: PressEnded) -> None:
    assert faded_after(press("full"), press("full"), neither, press("full")) == [0, 0, 0, 1]


@pytest.mark.parametrize(("faded", "heard_s"), [(0, 0.25), (1, 0.125), (2, 0.0)])
def test_the_light_of_a_full_hold_stays_while_its_chime_fades(faded: int, heard_s: float) -> None:
    board = CueBoard()
    board.praise_faded = faded
    board.say(Look.ENOUGH, 0.0)
    board.update(0.0, [Look.HOLD], forbid_good=False)
    levels = [board.levels(t_ms / 1000) for t_ms in range(1000)]
    assert all(shown.green and shown.blue for shown in levels)
    assert sum(shown.tone_hz is not None for shown in levels) / 1000 == pytest.approx(heard_s, abs=0.002)


@pytest.mark.parametrize("look", [look for look in Look if look is not Look.ENOUGH and TABLE[look].sound])
def test_nothing_else_fades(look: Look) -> None:
    told = []
    for faded in (0, 2):
        board = CueBoard()
        board.praise_faded = faded
        board.say(look, 0.0)
        board.update(0.0, [look], forbid_good=False)
        told.append([board.levels(t_ms / 1000) for t_ms in range(1000)])
    assert told[0] == told[1]


def test_the_fourth_good_hold_of_an_evening_is_praised_with_a_shorter_chime() -> None:
    hand = Hand().rest(1)
    for _ in range(4):
        hand = hand.lean(8, over_s=3).hold(7).release(over_s=2).rest(3)
    told = run(hand.readings(), Plan(hold_s=5, enough_s=60))
    chimes_s = [t_s for t_s, tone in told.sounds() if tone == 659.0]
    long_s = [sum(levels.tone_hz == 659.0 for t_s, levels in told.levels if 0 <= t_s - at_s < 1) for at_s in chimes_s]
    # At 50 a second: 0.25 s, and half of it.
    assert (len(chimes_s), long_s[:3], long_s[3] < 8) == (4, [13, 13, 13], True)

"""What shows between two sessions: nothing, but a greeting when the glove comes and amber after a press in vain."""

from collections.abc import Sequence

import pytest

from coach.cues import DARK, Levels
from firmware.waiting import PluggedLater, wait_for_start
from hardware.board import DEFAULT_BOARD
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove, Nobody
from hardware.recovery import RecoveringAdc
from hardware.trouble import BusTrouble, NoHardware
from sensing.inputs import Dropout, End, Input, Mark, MarkWord, Reading

VOLTS = (0.07, 0.07, 0.07, 1.65)
PERIOD_S = 0.05


class Shown:
    """Lights that remember what they showed, one after the other."""

    are_lost = False

    def __init__(self) -> None:
        self.levels: list[Levels] = []

    def show(self, levels: Levels) -> None:
        if not self.levels or self.levels[-1] != levels:
            self.levels.append(levels)

    def words(self) -> list[MarkWord]:
        return []

    def close(self) -> None:
        self.show(DARK)

    @property
    def names(self) -> list[str]:
        return [
            "+".join(name for name in ("green", "amber", "blue", "red") if getattr(one, name)) for one in self.levels
        ]


def there(from_s: float, to_s: float, *gloves: int) -> list[Input]:
    return [Reading(t_s, VOLTS, glove) for t_s in ticks(from_s, to_s) for glove in gloves or (0,)]


def away(from_s: float, to_s: float, glove: int = 0) -> list[Input]:
    return [Dropout(t_s, "no answer from 0x49", glove) for t_s in ticks(from_s, to_s)]


def ticks(from_s: float, to_s: float) -> list[float]:
    return [round(from_s + i * PERIOD_S, 6) for i in range(round((to_s - from_s) / PERIOD_S))]


def waited(
    inputs: Sequence[Input], *, gloves: int = 1, is_known: bool = False, is_trouble: bool = False
) -> tuple[str, list[str], list[str]]:
    lights, told = Shown(), list[str]()
    outcome = wait_for_start(
        [*inputs, End(inputs[-1].t_s + PERIOD_S, "terminated")],
        lights,
        gloves=gloves,
        tell=told.append,
        is_wanted=lambda: False,
        is_known=is_known,
        is_trouble=is_trouble,
    )
    return outcome, lights.names, told


GREETING = ["green", "amber", "blue", "red", "", ""]
HERE = "the glove is here: the partner's button begins a session"
GONE = "no glove: no answer from 0x49"


def test_it_is_dark_until_the_first_good_sweep_then_greets_and_is_dark_again() -> None:
    assert waited(away(0, 5) + there(5, 10)) == ("terminated", ["", *GREETING], [GONE, HERE])


def test_a_press_begins_a_session_and_a_long_one_does_not() -> None:
    assert waited([*there(0, 3), Mark(3.0, "end"), *there(3, 4)])[0] == "terminated"
    assert waited([*there(0, 3), Mark(3.0, "next"), *there(3, 4)])[0] == "start"


def test_after_a_session_nobody_is_greeted_again() -> None:
    assert waited(there(0, 5), is_known=True) == ("terminated", [""], [])


def test_a_plug_that_loses_touch_for_a_moment_is_no_news() -> None:
    assert waited(there(0, 5) + away(5, 6.5) + there(6.5, 8)) == ("terminated", GREETING, [HERE])


def test_a_glove_that_is_plugged_in_again_is_greeted_again() -> None:
    _, shown, told = waited(there(0, 5) + away(5, 9) + there(9, 14))
    assert (shown, told) == (GREETING + GREETING, [HERE, GONE, HERE])


def test_two_gloves_are_here_when_both_are() -> None:
    only_one = [
        item for t_s in ticks(0, 3) for item in (Reading(t_s, VOLTS, 0), Dropout(t_s, "no answer from 0x49", 1))
    ]
    assert waited(only_one, gloves=2) == ("terminated", [""], [GONE])
    assert waited(only_one + there(3, 8, 0, 1), gloves=2)[1:] == (["", *GREETING], [GONE, HERE])


def test_a_press_in_vain_is_answered_by_amber_and_no_greeting() -> None:
    outcome, shown, _ = waited(away(0, 6), is_known=True, is_trouble=True)
    assert (outcome, shown[0], set(shown)) == ("terminated", "amber", {"amber", ""})
    assert shown[-1] == ""


def test_whoever_wants_the_glove_gets_it() -> None:
    wanted = iter([False, False, True])
    outcome = wait_for_start(
        there(0, 5), Shown(), gloves=1, tell=lambda _: None, is_wanted=lambda: next(wanted), is_trouble=False
    )
    assert outcome == "wanted"


def test_a_glove_that_is_plugged_in_later_is_found_and_not_looked_for_all_the_time() -> None:
    clock, tries_s = VirtualClock(), list[float]()
    glove = EmulatedGlove(DEFAULT_BOARD, Nobody(), clock, seed=1)

    def opened() -> RecoveringAdc:
        tries_s.append(clock.now_s())
        if clock.now_s() < 5:
            raise NoHardware("no ADS1115 answers at 0x49")
        return RecoveringAdc(lambda: glove.bus, DEFAULT_BOARD.adc.right_address, DEFAULT_BOARD, clock)

    later = PluggedLater(opened, clock)
    lost = list[str]()
    while clock.now_s() < 10:
        try:
            assert later.sweep()[3] == pytest.approx(1.65, abs=0.01)
        except BusTrouble as trouble:
            lost.append(trouble.reason)
        clock.advance(PERIOD_S)
    assert tries_s == pytest.approx([0.0, 2.0, 4.0, 6.0], abs=0.1)
    assert (set(lost), len(lost)) == ({"no ADS1115 answers at 0x49"}, pytest.approx(120, abs=4))
    later.close()
    later.close()

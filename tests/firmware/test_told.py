"""What a tape tells is what the session showed: the one is drawn without judging, the other judged every reading."""

from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from coach.cues import Look
from coach.events import CueChanged, PadChanged, PressBegan, StepBegan, Zeroed
from coach.tape import TapeReader
from firmware.gauge import Gauge
from firmware.growing import GrowingTape
from firmware.moment import Moment, moment_of
from firmware.recording import open_tape, session_of, to_press
from firmware.told import Told
from firmware.words import Telling
from sensing.inputs import Reading
from sensing.pads import PadRules
from sensing.press import Phase
from tests.story import CALIBRATION, DIVIDER

from .command import paws

DEMOS: dict[str, tuple[str, ...]] = {
    "gentle": ("--hand", "gentle"),
    "restless": ("--hand", "restless"),
    "kneading": ("--hand", "kneading"),
    "first-time": ("--plan", "first-time"),
    "both": ("--hand", "gentle", "--both"),
    "bus stuck": ("--hand", "gentle", "--fault", "bus stuck from 40 s to 45 s"),
}
LOOK_EVERY_S = 0.5
# A reading that is shown may be a quarter of a second old, of two gloves every other is its own.
LATELY = 15


@pytest.fixture(scope="module")
def tapes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("told")
        patch.setenv("KITTYPAWS_HOME", str(place))
        for demo in DEMOS.values():
            assert paws("demo", "--seed", 3, *demo).code == 0
        yield place / "tapes"


@cache
def pairs(tape: Path) -> list[tuple[list[Moment], Moment]]:
    """Return what the session showed lately and what its tape tells, twice a second."""
    with open_tape(tape) as reader:
        session, showed, lately = session_of(reader.header), {}, deque[Moment](maxlen=LATELY)
        telling = Telling(None, to_press(reader.header))
        for item in reader.inputs():
            list(telling.lines(session.feed(item)))
            lately.append(moment_of(session, item.t_s, telling.to_press, ()))
            showed[item.t_s] = list(lately)
    found: list[tuple[list[Moment], Moment]] = []
    with GrowingTape(tape, lambda: False) as growing:
        growing._goes_on = lambda: growing.quiet_s < 0.1
        reader = TapeReader(growing, "tape")
        told, next_s = Told(reader.header), LOOK_EVERY_S
        for item in reader:
            # Before a reading all that was said of the one before has been told.
            if isinstance(item, Reading) and told.t_s >= next_s and told.t_s in showed:
                found.append((showed[told.t_s], told.moment()))
                next_s = told.t_s + LOOK_EVERY_S
            told.take(item)
    return found


def demo_named(name: str, tapes: Path) -> list[tuple[list[Moment], Moment]]:
    return pairs(tapes / f"{list(DEMOS).index(name) + 1:06d}.tape")


@pytest.mark.parametrize("demo", DEMOS)
def test_the_cue_the_lights_the_step_and_the_limits_are_the_same_at_every_moment(demo: str, tapes: Path) -> None:
    for (*_, showed), told in demo_named(demo, tapes):
        same = ("step", "looks", "ceiling_newton", "hold_s", "to_press", "is_over")
        # When she says stop the session still knows the step; nobody need.
        same = same[1:] if Look.STOP in showed.looks else same
        assert [name for name in same if getattr(showed, name) != getattr(told, name)] == [], showed.t_s
        if showed.looks:
            assert told.lamps == showed.lamps


@pytest.mark.parametrize("demo", DEMOS)
def test_the_force_is_one_that_the_session_has_just_shown(demo: str, tapes: Path) -> None:
    off: Counter[str] = Counter()
    for lately, told in demo_named(demo, tapes):
        for hand, (_, newton) in enumerate(told.force_newton):
            shown = [moment.force_newton[hand][1] for moment in lately]
            known = [newton for newton in shown if newton is not None]
            off["all"] += 1
            if newton is None or not known:
                off["unknown"] += (newton is None) is not (None in shown)
            else:
                off["wrong"] += not 0.95 * min(known) - 0.3 <= newton <= 1.05 * max(known) + 0.3
    assert off["wrong"] <= 0.01 * off["all"], off
    assert off["unknown"] <= 0.01 * off["all"], off


@pytest.mark.parametrize("demo", DEMOS)
def test_what_the_hand_does_and_for_how_long_is_nearly_the_same(demo: str, tapes: Path) -> None:
    moments = [(showed, told) for (*_, showed), told in demo_named(demo, tapes)]
    assert sum(showed.phase is not told.phase for showed, told in moments) <= 0.1 * len(moments)
    held = [(showed.held_s, told.held_s) for showed, told in moments if showed.phase is told.phase is Phase.HOLD]
    # A start that is known better later, and a re-grip whose gap counts.
    assert [pair for pair in held if pair[0] is None or pair[1] is None or abs(pair[0] - pair[1]) > 3][1:] == []


def test_a_greeting_is_shown_before_the_first_look(tapes: Path) -> None:
    greeted = [told for (*_, showed), told in demo_named("gentle", tapes) if showed.greets]
    assert greeted
    assert all(told.greets for told in greeted)


def gauge() -> Gauge:
    return Gauge(CALIBRATION, DIVIDER, PadRules(zeroes=True, creeps=True))


def reading(newton: float, t_s: float) -> Reading:
    from tests.story import Hand

    last = [item for item in Hand().rest(0.1).lean(newton, over_s=1).hold(1).readings() if isinstance(item, Reading)]
    return Reading(t_s, last[-1].volts)


def test_a_gauge_without_a_reading_knows_nothing_and_an_old_one_is_not_believed() -> None:
    made = gauge()
    assert made.force_newton(0.0) is None
    made.feed(reading(10, 1.0))
    assert made.force_newton(1.4) == pytest.approx(10, rel=0.1)
    assert made.force_newton(1.6) is None


def test_what_the_session_said_of_a_pad_is_believed() -> None:
    made = gauge()
    pad = CALIBRATION.names[0]
    made.feed(reading(9, 1.0))
    whole = made.force_newton(1.0)
    made.hear(PadChanged(1.0, pad, "stuck"))
    made.feed(reading(9, 1.2))
    without = made.force_newton(1.2)
    made.hear(PadChanged(1.3, pad, "ok"))
    made.hear(Zeroed(1.3, pad, 1.0))
    made.feed(reading(9, 1.4))
    zeroed = made.force_newton(1.4)
    assert whole is not None
    assert without is not None
    assert zeroed is not None
    assert without < 0.8 * whole
    assert zeroed == pytest.approx(whole - 1, abs=0.5)


def test_a_gauge_is_told_of_a_pad_that_it_does_not_have_and_of_no_supply() -> None:
    made = gauge()
    made.hear(PadChanged(1.0, "thumb", "stuck"))
    made.feed(Reading(1.0, (0.1, 0.1, 0.1, 0.0)))
    assert made.force_newton(1.0) is None


def test_what_a_later_program_says_is_passed_over(tapes: Path) -> None:
    with open_tape(tapes / "000001.tape") as reader:
        told = Told(reader.header)
    assert told.take(CueChanged(1.0, "hold", True, "sparkle")) == []
    assert told.take(StepBegan(1.0, 2, "dance", None)) == []
    # Of a hand that is not there.
    assert told.take(PressBegan(1.0, 0.9, side="left")) == []
    assert (told.moment().looks, told.moment().step, told.moment().phase) == ((), None, Phase.AWAY)

"""After the end, however it comes, every light and the buzzer are off."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pytest

from coach.cues import Levels
from coach.events import Event
from coach.session import Session
from firmware.emulation import emulated_stage
from firmware.home import divider_of
from firmware.loop import LightsSink, run
from firmware.playing import Stage, play
from firmware.recording import new_header, session_of
from hardware.board import DEFAULT_BOARD
from hardware.emulated.clock import VirtualClock
from sensing.inputs import Input

PINS = (*(getattr(DEFAULT_BOARD.lights, name) for name in ("green", "amber", "blue", "red")), DEFAULT_BOARD.buzzer.pin)
# Long enough for every light but the red one.
MINUTES = 0.7


def stage(hand: str = "hasty", seed: int = 1) -> tuple[Stage, Any]:
    """Return a stage and the mock pins that its panel is on."""
    made = emulated_stage(hand, seed, VirtualClock(), None, MINUTES, "demo")
    return made, made.lights.panel._lights[0].pin_factory


def levels(factory: Any) -> list[float]:
    return [factory.pin(number).state for number in PINS]


class Watcher:
    """A sink that keeps every pattern of the pins, and whether they were what the session said."""

    def __init__(self, factory: Any) -> None:
        self.seen: set[tuple[float, ...]] = set()
        self.wrong: list[float] = []
        self._factory = factory

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        del events
        said = session.levels(item.t_s)
        pins = levels(self._factory)
        self.seen.add(tuple(pins))
        if pins != [said.green, said.amber, said.blue, said.red, 0 if said.tone_hz is None else 0.5]:
            self.wrong.append(item.t_s)


def test_the_pins_show_what_the_session_says_in_every_tick_and_are_off_afterwards() -> None:
    made, factory = stage()
    watcher = Watcher(factory)
    session = session_of(new_header("x", made.calibrations, divider_of(DEFAULT_BOARD), made.plan))
    with closing(made.lights):
        run(session, made.inputs, [LightsSink(made.lights), watcher])
    assert (watcher.wrong, levels(factory)) == ([], [0, 0, 0, 0, 0])
    # The buzzer sounded, and each light was lit.
    assert [max(pattern[i] for pattern in watcher.seen) for i in range(5)] == [1, 1, 1, 1, 0.5]


def test_all_is_dark_after_a_demo() -> None:
    made, factory = stage()
    assert (play(made, as_json=False), levels(factory)) == (0, [0, 0, 0, 0, 0])


def test_all_is_dark_when_the_loop_raises() -> None:
    made, factory = stage()
    lit = []

    def broken(inputs: Iterator[Input]) -> Iterator[Input]:
        for item in inputs:
            yield item
            if any(levels(factory)[1:]):
                lit.append(levels(factory))
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        play(made, as_json=False, paced=broken)
    assert (len(lit), levels(factory)) == (1, [0, 0, 0, 0, 0])


def test_all_is_dark_when_a_sink_raises() -> None:
    made, factory = stage()

    class Broken:
        def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
            del events
            if session.levels(item.t_s) != Levels():
                raise MemoryError

    session = session_of(new_header("x", made.calibrations, divider_of(DEFAULT_BOARD), made.plan))
    with pytest.raises(MemoryError), closing(made.lights):
        run(session, made.inputs, [LightsSink(made.lights), Broken()])
    assert levels(factory) == [0, 0, 0, 0, 0]

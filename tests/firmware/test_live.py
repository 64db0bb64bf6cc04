"""The pace of the ticks, and trouble on the bus as data; on the emulated glove and in its own time."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from coach.cues import Levels
from coach.events import CueChanged, Dropped, Event, Resumed
from coach.plan import FREE
from coach.session import Session
from firmware.emulated_lights import LightsHere
from firmware.home import divider_of
from firmware.live import LiveSource
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import make_hand
from hardware.panel import Buttons, Panel
from hardware.recovery import RecoveringAdc
from sensing.calibration import nominal_calibration
from sensing.inputs import Dropout, End, Input, MarkWord, Notice, Reading

SEED = 4


class World:
    """A glove with a gentle hand, its clock, and what happens to it when."""

    are_lost = False

    def __init__(self, length_s: float | None) -> None:
        self.clock = VirtualClock()
        self.glove = EmulatedGlove(DEFAULT_BOARD, make_hand("gentle", SEED), self.clock, SEED)
        self._happens: list[tuple[float, Callable[[], object]]] = []
        panel, buttons = Panel(DEFAULT_BOARD, self.glove.factory), Buttons(DEFAULT_BOARD, self.glove.factory)
        self._lights = LightsHere(panel, buttons, self.glove, self.clock)
        address = DEFAULT_BOARD.adc.right_address
        adc = RecoveringAdc(lambda: self.glove.bus, address, DEFAULT_BOARD, self.clock, self.glove.free_bus)
        self.source = LiveSource([adc], self, self.clock, DEFAULT_BOARD.adc.sweeps_hz, length_s)

    def at(self, t_s: float, happening: Callable[[], object]) -> None:
        self._happens.append((t_s, happening))

    def words(self) -> Sequence[MarkWord]:
        """What a tick begins with; here things happen."""
        while self._happens and self.glove.t_s() >= self._happens[0][0]:
            self._happens.pop(0)[1]()
        return self._lights.words()

    def show(self, levels: Levels) -> None:
        self._lights.show(levels)

    def close(self) -> None:
        self._lights.close()

    def fault(self, kind: Any) -> Callable[[], object]:
        return lambda: setattr(self.glove.bus, "fault", kind)


def times(inputs: list[Input]) -> list[float]:
    return [item.t_s for item in inputs if isinstance(item, Reading)]


def test_ticks_come_at_their_planned_times() -> None:
    world = World(length_s=2.0)
    inputs = list(world.source)
    assert times(inputs) == [round(i * 0.02, 6) for i in range(100)]
    assert (inputs[-1], world.source.pace.missed, world.source.pace.late) == (End(2.0, "finished"), 0, 0)


def test_a_sweep_of_70_ms_costs_its_ticks_and_is_not_caught_up() -> None:
    world = World(length_s=1.0)
    # The bus is held up: the sweep that begins at 0.2 s is over at 0.27 s and a little.
    world.at(0.2, lambda: world.clock.advance(0.07))
    read = times(list(world.source))
    assert [t_s for t_s in read if 0.17 < t_s < 0.35] == pytest.approx(
        [0.18, 0.2, 0.277, 0.28, 0.3, 0.32, 0.34], abs=0.006
    )
    assert world.source.pace.missed == 2
    # All ticks but the missed ones, and none twice.
    assert len(read) == 50 - 2


def test_a_tick_that_comes_more_than_10_ms_late_is_counted() -> None:
    world = World(length_s=1.0)
    # The sweep before holds up the tick at 0.22 s; the one at 0.52 s is only a little late.
    world.at(0.2, lambda: world.clock.advance(0.025))
    world.at(0.5, lambda: world.clock.advance(0.018))
    assert list(world.source)[-1] == End(1.0, "finished")
    assert (world.source.pace.ticks, world.source.pace.late, world.source.pace.missed) == (51, 1, 0)
    assert world.source.pace.worst_s == pytest.approx(0.012, abs=0.003)


def test_lights_that_are_lost_and_come_back_are_a_notice_each() -> None:
    world = World(length_s=1.0)
    world.at(0.2, lambda: setattr(world, "are_lost", True))
    world.at(0.6, lambda: setattr(world, "are_lost", False))
    notices = [item for item in world.source if isinstance(item, Notice)]
    assert notices == [Notice(0.2, "lights_lost"), Notice(0.6, "lights_back")]


def test_lateness_does_not_add_up() -> None:
    world = World(length_s=10.0)
    for i in range(20):
        world.at(i * 0.5 + 0.1, lambda: world.clock.advance(0.013))
    read = times(list(world.source))
    assert read[-1] == pytest.approx(9.98, abs=1e-6)
    assert world.source.pace.worst_s < 0.02


def test_whoever_asks_for_the_end_gets_it_at_the_next_tick() -> None:
    world = World(length_s=None)
    world.at(0.5, lambda: setattr(world.source, "ending", "terminated"))
    *_, last = world.source
    assert last == End(0.52, "terminated")


REASONS = {
    "silent": "no answer from 0x49",
    "stuck": "bus stuck at zero",
    "floating": "bus reads all ones: floating, or the chip lost its power",
    "hangs": "bus timed out at 0x49",
}


@pytest.mark.parametrize("fault", REASONS)
def test_trouble_on_the_bus_is_a_dropout_with_its_reason_and_the_session_recovers(fault: str) -> None:
    world = World(length_s=12.0)
    world.at(4.0, world.fault(fault))
    world.at(5.0, world.fault(None))
    inputs = list(world.source)
    reasons = {item.reason for item in inputs if isinstance(item, Dropout)}
    said = list(_judged(inputs))
    dropped = [event.reason for event in said if isinstance(event, Dropped)]
    resumed = [event.t_s for event in said if isinstance(event, Resumed)]
    assert (reasons, dropped) == ({REASONS[fault]}, [REASONS[fault]])
    assert resumed == [pytest.approx(5.0, abs=0.1)]


@pytest.mark.parametrize("fault", REASONS)
def test_what_is_lost_is_seen_and_watching_comes_back_after_two_clean_seconds(fault: str) -> None:
    world = World(length_s=12.0)
    world.at(4.0, world.fault(fault))
    world.at(5.0, world.fault(None))
    cues = _cues(world)
    assert [cue for _, cue in cues] == ["watching", "check_glove", "watching"]
    assert cues[1][0] == pytest.approx(4.2, abs=0.1)
    assert cues[2][0] == pytest.approx(7.0, abs=0.1)


def test_a_chip_that_holds_the_line_is_freed_and_watching_comes_back_by_itself() -> None:
    world = World(length_s=12.0)
    world.at(4.0, world.fault("held"))
    cues = _cues(world)
    assert [cue for _, cue in cues] == ["watching", "check_glove", "watching"]
    assert cues[2][0] == pytest.approx(6.5, abs=0.1)


def test_a_bus_that_comes_and_goes_does_not_flicker() -> None:
    world = World(length_s=20.0)
    for i in range(20):
        world.at(4.0 + i * 0.5, world.fault("silent"))
        world.at(4.3 + i * 0.5, world.fault(None))
    assert [cue for _, cue in _cues(world)] == ["watching", "check_glove", "watching"]


@pytest.mark.parametrize("ms", [1, 40])
def test_a_short_trouble_is_a_dropout_but_no_alarm(ms: int) -> None:
    world = World(length_s=6.0)
    world.at(4.0, world.fault("silent"))
    world.at(4.0 + ms / 1000, world.fault(None))
    inputs = list(world.source)
    assert any(isinstance(item, Dropout) for item in inputs)
    assert not [event for event in _judged(inputs) if isinstance(event, Dropped)]


def _cues(world: World) -> list[tuple[float, str]]:
    """When each cue began; what is said of the hand is left out."""
    events = [event for event in _judged(list(world.source)) if isinstance(event, CueChanged) and event.on]
    return [(event.t_s, event.cue.value) for event in events if event.cue.value in ("watching", "check_glove")]


def _judged(inputs: list[Input]) -> Iterator[Event]:
    session = Session(nominal_calibration(PADS), divider_of(DEFAULT_BOARD), FREE)
    for item in inputs:
        yield from session.feed(item)

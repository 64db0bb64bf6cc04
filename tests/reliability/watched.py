"""A whole session in virtual time, its pins watched every 10 ms, beside what is true at that moment.

All of it is the real program: the driver over the emulated chip, the loop, the session, the guard over mock pins. What
is true is never asked of the session: forces come from the hand, the newest valid value of a pad from the conversions
of the chip and the state of its wires at that instant.
"""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from coach.cues import Look
from coach.events import CueChanged, Event
from coach.plan import FREE, Plan
from coach.session import Session
from coach.tape import header_lines
from firmware.emulated_lights import LightsHere
from firmware.guard import Guard
from firmware.home import divider_of
from firmware.live import LiveSource
from firmware.loop import LightsSink, Sink, TapeSink, run
from firmware.recording import new_header, session_of
from firmware.tape_writer import TapeWriter
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.glove import EmulatedGlove, Presser
from hardware.emulated.harm import Harm
from hardware.panel import Buttons, Panel
from hardware.recovery import RecoveringAdc
from hardware.trouble import NoHardware
from sensing.calibration import Calibration, nominal_calibration
from sensing.inputs import Input, Reading

# As often as the guard looks at the buttons; no light is meant to be seen for less.
WATCH_EVERY_S = 0.010
# The converter's noise and its last step, many times over.
_SAME_VOLT = 0.003
# From the death of a guardian to the next that has the pins, on a small Pi.
REPLACED_AFTER_S = 1.5
_WATCHED_AFTERWARDS_S = 1.6
_MUX_SHIFT, _FIRST_SINGLE = 12, 4


@dataclass(frozen=True, slots=True)
class Sample:
    """What a person saw and heard at one moment, and what was true.

    Attributes:
        t_s: When.
        green: The light, as all four.
        tone_hz: What sounded, None of nothing.
        newton: The true force on each pad.
        valid_s: When the newest valid value of each pad was converted; minus infinity before the first.
        mama_down: Whether her button is down for the program: pressed, or its wire off.
        looks: What the session wants to show.
        ceiling_newton: The session's.
        is_awake: Whether the loop runs.
        is_guarded: Whether somebody has the pins.
    """

    t_s: float
    green: bool
    amber: bool
    blue: bool
    red: bool
    tone_hz: float | None
    newton: tuple[float, float, float]
    valid_s: tuple[float, ...]
    mama_down: bool
    looks: tuple[Look, ...]
    ceiling_newton: float
    is_awake: bool
    is_guarded: bool

    @property
    def pins(self) -> tuple[bool, bool, bool, bool, float | None]:
        return self.green, self.amber, self.blue, self.red, self.tone_hz

    @property
    def is_dark(self) -> bool:
        return not (self.green or self.amber or self.blue or self.red or self.tone_hz)


@dataclass
class Seen:
    """All that was seen of one session.

    Attributes:
        samples: Every 10 ms.
        events: What the session said.
        read_s: The time of every reading that the session was fed.
        ended_s: When the program ended, however.
        refused: Why it did not begin, if it did not.
        writer: The tape's, if there was one.
        crashed: What ended it that should not have.
    """

    samples: list[Sample] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    read_s: list[float] = field(default_factory=list)
    ended_s: float = math.inf
    refused: str | None = None
    writer: TapeWriter | None = None
    crashed: str | None = None

    def of_look(self, look: Look) -> list[float]:
        """When a look began."""
        return [e.t_s for e in self.events if isinstance(e, CueChanged) and e.on and e.look == look]


class Broke(Exception):  # noqa: N818 - what is done to the loop, not whose error it is
    """Ends the loop, as a bug in it would."""


class Killed(Exception):  # noqa: N818 - as above
    """Ends the loop without a word to anybody, as SIGKILL does."""


@dataclass(frozen=True, slots=True)
class Blow:
    """What happens to the program itself.

    Attributes:
        what: "frozen", "broken", "killed" or "guardian".
        at_s: When; a freeze begins between a sweep and its judgement, the worst place.
        lasts_s: How long a freeze lasts.
    """

    what: str
    at_s: float
    lasts_s: float = 0.0


class _Lights(LightsHere):
    """Lights whose guardian may die, and is replaced."""

    _back_s = -math.inf

    def __init__(self, panel: Panel, buttons: Buttons, glove: EmulatedGlove, clock: VirtualClock) -> None:
        super().__init__(panel, buttons, glove, clock)
        self._time = clock

    @property
    def is_guarded(self) -> bool:
        return self._time.now_s() >= self._back_s

    def die(self) -> None:
        """Leave the pins, which fall to dark by themselves; another guardian comes in a while."""
        self._back_s = self._time.now_s() + REPLACED_AFTER_S
        self.panel.show(green=False, amber=False, blue=False, red=False, tone_hz=None)
        self._guard, self._taken = Guard(), 0

    def _look(self) -> None:
        if self.is_guarded:
            super()._look()

    def show(self, levels: Any) -> None:
        if self.is_guarded:
            super().show(levels)


class _Sweeps:
    """The driver, and beside it which of its values are true."""

    def __init__(self, world: "Watched", adc: RecoveringAdc) -> None:
        self._world, self._adc = world, adc
        self.valid_s = (-math.inf,) * len(PADS)
        # Of each input of the chip: when it was converted last, its true volts, and whether its wires were well.
        self._converted: dict[int, tuple[float, float, bool]] = {}
        chip = world.glove.chip
        convert = chip._converted

        def watched(config: int, t_s: float) -> int:
            code = convert(config, t_s)
            channel = (config >> _MUX_SHIFT & 7) - _FIRST_SINGLE
            if 0 <= channel < len(PADS):
                self._converted[channel] = t_s, world.glove.inputs[channel], not world.glove.pads.wrong[channel]
            return code

        chip._converted = watched  # type: ignore[method-assign]  # the chip's own eye

    def sweep(self) -> tuple[float, float, float, float]:
        volts = self._adc.sweep()
        valid_s = list(self.valid_s)
        for channel in range(len(PADS)):
            t_s, true_volt, is_well = self._converted[channel]
            if is_well and abs(volts[channel] - true_volt) < _SAME_VOLT:
                valid_s[channel] = t_s
        self.valid_s = tuple(valid_s)
        return volts


class Watched:
    """One session, played to its end.

    Args:
        hand: Who presses.
        length_s: How long it lasts.
        faults: What goes wrong with the glove.
        blow: What happens to the program.
        seed: For all that is chance.
        spread: How unlike the pads are.
        plan: The limits and steps.
        calibration: Of the pads; the nominal one by default.
        tape: Folder for the tape; None for none.
        sinks: Who else is told everything.
    """

    def __init__(
        self,
        hand: Presser,
        length_s: float,
        *,
        faults: Sequence[Fault] = (),
        blow: Blow | None = None,
        seed: int = 1,
        spread: float = 0.0,
        plan: Plan = FREE,
        calibration: Calibration | None = None,
        tape: Path | None = None,
        sinks: Sequence[Sink] = (),
    ) -> None:
        self.clock = VirtualClock()
        self.hand, self.faults, self.blow, self.seed = hand, tuple(faults), blow, seed
        self.glove = EmulatedGlove(DEFAULT_BOARD, hand, self.clock, seed, spread=spread, faults=faults)
        self._header = new_header("a scenario", [calibration or nominal_calibration(PADS)], _DIVIDER, plan)
        self.session: Session = session_of(self._header)
        self.seen = Seen()
        self.factory = self.glove.factory
        # The factory looks every pin up in the header's plan, which a session does a hundred thousand times.
        self.factory.pin = cache(self.factory.pin)
        self.lights = _Lights(
            Panel(DEFAULT_BOARD, self.factory), Buttons(DEFAULT_BOARD, self.factory), self.glove, self.clock
        )
        self._length_s = length_s
        self._sinks, self._tape = sinks, tape
        self._lines: list[tuple[bytes, float]] = []
        self._sweeps: _Sweeps | None = None
        self._source: LiveSource | None = None
        self._is_awake = True
        # Called once before the loop takes the first input from then on; it may change what is still to come.
        self.pause: tuple[float, Callable[[], object]] | None = None
        lights, buzzer = DEFAULT_BOARD.lights, DEFAULT_BOARD.buzzer
        self._pins = [self.factory.pin(n) for n in (lights.green, lights.amber, lights.blue, lights.red, buzzer.pin)]

    def strike(self, faults: Sequence[Fault], blow: Blow | None) -> None:
        """Let this go wrong from now on, as if it had been said at the start."""
        self.faults, self.blow = tuple(faults), blow
        if faults:
            glove = self.glove
            glove._harm = Harm(faults, self.seed, glove.chip, glove.bus, glove.t_s)

    def ends_at(self, length_s: float) -> None:
        """End it earlier than it was said at the start."""
        self._length_s = length_s
        if self._source is not None:
            self._source._length_s = length_s

    def play(self) -> Seen:
        """Play it, and watch the pins for a moment after its end."""
        try:
            adc = RecoveringAdc(
                lambda: self.glove.bus, DEFAULT_BOARD.adc.right_address, DEFAULT_BOARD, self.clock, self.glove.free_bus
            )
        except NoHardware as missing:
            self.seen.refused = str(missing)
            self.lights.close()
            self._watch_the_end()
            return self.seen
        self._sweeps = _Sweeps(self, adc)
        source = self._source = LiveSource(
            [self._sweeps], self.lights, self.clock, DEFAULT_BOARD.adc.sweeps_hz, self._length_s
        )
        self.clock.every(WATCH_EVERY_S, self._watch)
        is_killed = False
        try:
            run(self.session, self._struck(source), [LightsSink(self.lights), _Told(self), *self._sinks])
        except Killed:
            is_killed = True
        except Broke:
            pass
        if not is_killed:
            self.lights.close()
        self._watch_the_end()
        if self.seen.writer is not None:
            self.seen.writer.close()
        return self.seen

    def _watch_the_end(self) -> None:
        self.seen.ended_s = self.clock.now_s()
        self._is_awake = False
        self.clock.advance(_WATCHED_AFTERWARDS_S)

    def _struck(self, source: LiveSource) -> Iterator[Input]:
        """The inputs, and between them what happens to the program."""
        is_struck = False
        for item in source:
            if self.pause is not None and self.clock.now_s() >= self.pause[0]:
                (_, call), self.pause = self.pause, None
                call()
            if self._tape is not None and self.seen.writer is None:
                self.begin_tape(self._tape)
            if self.blow is not None and not is_struck and self.clock.now_s() >= self.blow.at_s:
                is_struck = True
                self._strike_now(self.blow)
            yield item

    def _strike_now(self, blow: Blow) -> None:
        if blow.what == "frozen":
            self._is_awake = False
            self.clock.advance(blow.lasts_s)
            self._is_awake = True
        elif blow.what == "guardian":
            self.lights.die()
        else:
            raise {"broken": Broke, "killed": Killed}[blow.what]

    # -- the tape -------------------------------------------------------------------------------------------

    def begin_tape(self, folder: Path, before_more: Callable[[Path], object] | None = None) -> None:
        """Write the tape from here on, and all that was said until now.

        Args:
            folder: Where.
            before_more: Called with the tape once all that was said until now stands on it.
        """
        writer = self.seen.writer = TapeWriter(folder, header_lines(self._header))
        for line, t_s in self._lines:
            writer.write(line, t_s)
        if before_more is not None:
            written = len(header_lines(self._header)) + sum(len(line) for line, _ in self._lines)
            while writer.path is None or writer.path.stat().st_size < written:
                os.sched_yield()
            before_more(writer.path)
        self._lines.clear()

    def write(self, line: bytes, t_s: float) -> None:
        """Take a line for the tape, as its writer does."""
        if self.seen.writer is None:
            self._lines.append((line, t_s))
        else:
            self.seen.writer.write(line, t_s)

    # -- watching -------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        t_s = self.clock.now_s()
        green, amber, blue, red, buzzer = self._pins
        mama = self.hand.mama_down(t_s)
        if self.glove._harm is not None:
            mama = self.glove._harm.mama_down(t_s, down=mama)
        assert self._sweeps is not None
        self.seen.samples.append(
            Sample(
                t_s,
                bool(green.state),
                bool(amber.state),
                bool(blue.state),
                bool(red.state),
                buzzer.frequency if buzzer.state else None,
                self.hand.force_newton(t_s),
                self._sweeps.valid_s,
                mama,
                self.session.looks,
                self.session.ceiling_newton,
                self._is_awake,
                self.lights.is_guarded,
            )
        )


class _Told:
    """Keeps what was said, for the judge and for the tape."""

    def __init__(self, world: Watched) -> None:
        self._seen = world.seen
        self._tape = TapeSink(world, world._header.volt_per_code)  # type: ignore[arg-type]  # takes lines as the writer does

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        self._seen.events += events
        if isinstance(item, Reading):
            self._seen.read_s.append(item.t_s)
        self._tape.take(item, events, session)


_DIVIDER = divider_of(DEFAULT_BOARD)

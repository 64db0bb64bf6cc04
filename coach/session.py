"""The one entry for live and replay: feed it inputs, it says events, and knows what the lights show.

    for input in inputs:
        for event in session.feed(input):
            ...

Pure: time comes with the inputs; the same inputs always give the same events.
"""

from collections.abc import Iterator

from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.inputs import Dropout, End, Input, Mark, Reading
from sensing.pads import PadRules
from sensing.press import Phase

from . import events
from .cues import DARK, SHOWS_AT_LEAST_S, STOP_SHOWS_S, TABLE, CueBoard, Levels, Look
from .events import Event
from .greeting import GREETS_S, greeting
from .guide import Guide
from .hand import Hand
from .hands import Hands
from .plan import Plan, Side, Step
from .praise import Praise


class Session:
    """A session from its first input to its end.

    Args:
        calibration: The pads in use.
        divider: Their circuit.
        plan: Limits and steps.
        rules: What the source of the readings promises.
        second_calibration: The pads of the right glove where two are worn; `calibration` has the left one's then.
    """

    def __init__(
        self,
        calibration: Calibration,
        divider: Divider,
        plan: Plan,
        rules: PadRules | None = None,
        second_calibration: Calibration | None = None,
    ) -> None:
        self.plan = plan
        self.is_over = False
        gloves: tuple[tuple[Side | None, Calibration], ...] = ((None, calibration),)
        if second_calibration is not None:
            gloves = (("left", calibration), ("right", second_calibration))
        self._guide = Guide(plan, len(gloves))
        self._board = CueBoard()
        each = tuple(Hand(pads, divider, plan, rules, self._guide, self._board, side) for side, pads in gloves)
        self._hands = Hands(each, plan, self._board)
        self._last_glove = len(each) - 1
        self._stopped_s: float | None = None
        self._ending: events.Ending = "stopped"
        self._praise = Praise()
        self._second = _Second()
        self._greets_s: float | None = None
        self._stale_s = -SHOWS_AT_LEAST_S

    @property
    def hands(self) -> tuple[Hand, ...]:
        """The hand that wears the glove; with two gloves the left and the right."""
        return self._hands.each

    @property
    def phase(self) -> Phase:
        """What the hands do now."""
        return self._hands.phase

    @property
    def held_s(self) -> float | None:
        """How long the hold under way has lasted, of two the later one; None outside a hold."""
        return self._hands.held_s

    @property
    def step(self) -> Step | None:
        """The step of the plan under way; None in a free session."""
        return self._guide.step

    @property
    def looks(self) -> tuple[Look, ...]:
        """The looks that show now."""
        return tuple(self._board.since_s)

    @property
    def ceiling_newton(self) -> float:
        """The force that is too much, as things stand."""
        return self._hands.ceiling_newton

    def levels(self, t_s: float) -> Levels:
        """Return the lights and the tone at a time at or after the newest input."""
        if self._greets_s is not None and t_s - self._greets_s < GREETS_S and not self.looks and not self.is_over:
            return greeting(t_s - self._greets_s) if self._hands.is_fresh(t_s) else DARK
        return self._board.levels(t_s)

    def feed(self, item: Input) -> list[Event]:
        """Take the next input and return what is to be said about it; nothing after the end."""
        if self.is_over:
            return []
        if isinstance(item, End):
            return self._finish(item)
        said: list[Event] = []
        if isinstance(item, Reading):
            said += self._take_reading(item)
        elif isinstance(item, Dropout):
            said += self._second.feed(item.t_s, None)
            said += self._hands.feed(item)
        elif isinstance(item, Mark):
            said += self._take_mark(item)
        else:
            said.append(events.Noticed(item.t_s, item.word))
        said += self._hands.look_at_gloves(item.t_s)
        for event in said:
            if isinstance(event, events.PressEnded):
                self._praise.feed(event)
        said += self._follow_plan(item.t_s)
        self._board.praise_faded = self._praise.faded
        said += self._update_cues(item.t_s)
        if self._stopped_s is not None and item.t_s - self._stopped_s >= STOP_SHOWS_S - 1e-6:
            said += self._close(item.t_s, self._ending)
        return said

    # -- inputs ---------------------------------------------------------------------------------------------

    def _take_reading(self, reading: Reading) -> Iterator[Event]:
        t_s = reading.t_s
        yield from self._hands.feed(reading)
        # The sweeps of one tick come one after the other.
        if reading.glove == self._last_glove:
            yield from self._second.feed(t_s, self._hands.force_newton(t_s))
        if self._greets_s is None and self._hands.is_fresh(t_s):
            self._greets_s = t_s

    def _take_mark(self, mark: Mark) -> Iterator[Event]:
        yield events.Marked(mark.t_s, mark.word, self._hands.heaviest_newton(mark.t_s))
        match mark.word:
            case "too_much":
                self._hands.too_much(mark.t_s)
            case "just_right":
                yield from self._hands.just_right(mark.t_s)
            case "next":
                self._guide.skip()
            case _:
                self._stop(mark.t_s, "stopped")

    def _stop(self, t_s: float, why: events.Ending) -> None:
        """Begin to stop; nothing can take that back."""
        if self._stopped_s is None:
            self._stopped_s, self._ending = t_s, why

    def _follow_plan(self, t_s: float) -> Iterator[Event]:
        if not self._guide.advance(t_s):
            return
        if self._guide.is_over:
            self._stop(t_s, "finished")
        step = self._guide.step
        if step is not None:
            if self._guide.number > 1:
                self._board.say(Look.NEXT, t_s)
            yield events.StepBegan(t_s, self._guide.number, step.kind, step.spot, step.say)

    # -- cues -----------------------------------------------------------------------------------------------

    def _update_cues(self, t_s: float) -> Iterator[Event]:
        lowered = self._hands.settle(t_s)
        if lowered is not None:
            yield events.CeilingLowered(t_s, lowered)
        if not self._hands.is_fresh(t_s):
            self._stale_s = t_s
        # Many short gaps would make a good light flash; so it stays away for as long as a light shows.
        forbid_good = t_s - self._stale_s < SHOWS_AT_LEAST_S - 1e-6
        for look, on in self._board.update(t_s, self._wanted(t_s), forbid_good):
            yield events.CueChanged(t_s, TABLE[look].cue, on, look)

    def _wanted(self, t_s: float) -> list[Look]:
        stop = [] if self._stopped_s is None else [Look.STOP]
        return [*stop, *self._hands.looks(t_s)]

    # -- the end --------------------------------------------------------------------------------------------

    def _finish(self, end: End) -> list[Event]:
        return list(self._close(end.t_s, end.reason if self._stopped_s is None else self._ending))

    def _close(self, t_s: float, reason: events.Ending) -> Iterator[Event]:
        self.is_over = True
        yield from self._hands.finish(t_s)
        yield from self._second.finish(t_s)
        for look in self._board.since_s:
            yield events.CueChanged(t_s, TABLE[look].cue, False, look)
        self._board = CueBoard()
        yield events.SessionEnded(t_s, reason)


class _Second:
    """Mean and peak of the valid force, a second at a time."""

    def __init__(self) -> None:
        self._from_s = 0
        self._forces: list[float] = []

    def feed(self, t_s: float, force_newton: float | None) -> Iterator[Event]:
        """Take the force at a time; None where nobody knows it."""
        from_s = int(t_s + 1e-6)
        if from_s != self._from_s:
            yield from self.finish(t_s)
            self._from_s = from_s
        if force_newton is not None:
            self._forces.append(force_newton)

    def finish(self, t_s: float) -> Iterator[Event]:
        """Say the second under way."""
        forces = self._forces
        mean = round(sum(forces) / len(forces), 6) if forces else None
        yield events.ForceSeen(t_s, float(self._from_s), mean, max(forces, default=None))
        self._forces = []

"""The one entry for live and replay: feed it inputs, it says events, and knows what the lights show.

    for input in inputs:
        for event in session.feed(input):
            ...

Pure: time comes with the inputs; the same inputs always give the same events.
"""

from collections.abc import Iterator

from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.glove import Glove, Touch
from sensing.inputs import Dropout, End, Input, Mark, Reading
from sensing.pads import PadRules
from sensing.press import Phase

from . import events
from .cues import DARK, SHOWS_AT_LEAST_S, STOP_SHOWS_S, TABLE, CueBoard, Levels, Look
from .events import Event
from .greeting import GREETS_S, greeting
from .guide import Guide
from .hand import Hand
from .plan import Plan, Step
from .praise import Praise

# Back to "watching" only after this long without any fault, so that a loose wire does not flicker.
TRUST_AGAIN_AFTER_S = 2.0


class Session:
    """A session from its first input to its end.

    Args:
        calibration: The pads in use.
        divider: Their circuit.
        plan: Limits and steps.
        rules: What the source of the readings promises.
    """

    def __init__(self, calibration: Calibration, divider: Divider, plan: Plan, rules: PadRules | None = None) -> None:
        self.plan = plan
        self.is_over = False
        self._guide = Guide(plan)
        self._board = CueBoard()
        self._hand = Hand(calibration, divider, plan, rules, self._guide, self._board)
        self._stopped_s: float | None = None
        self._ending: events.Ending = "stopped"
        self._praise = Praise()
        self._second = _Second()
        self._greets_s: float | None = None
        self._stale_s = -SHOWS_AT_LEAST_S

    @property
    def glove(self) -> Glove:
        """The pads in use."""
        return self._hand.glove

    @property
    def touch(self) -> Touch | None:
        """What the pads said at the newest reading; None before the first."""
        return self._hand.touch

    @property
    def phase(self) -> Phase:
        """What the hand does now."""
        return self._hand.phase

    @property
    def held_s(self) -> float | None:
        """How long the hold under way has lasted; None outside a hold."""
        return self._hand.held_s

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
        return self._hand.limits.ceiling_newton

    def levels(self, t_s: float) -> Levels:
        """Return the lights and the tone at a time at or after the newest input."""
        if self._greets_s is not None and t_s - self._greets_s < GREETS_S and not self.looks and not self.is_over:
            return greeting(t_s - self._greets_s) if self.glove.is_fresh(t_s) else DARK
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
            said += self._hand.feed_dropout(item)
        elif isinstance(item, Mark):
            said += self._take_mark(item)
        else:
            said.append(events.Noticed(item.t_s, item.word))
        said += self._hand.look_at_glove(item.t_s)
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
        yield from self._hand.feed(reading)
        yield from self._second.feed(t_s, self._hand.force_newton(t_s))
        if self._greets_s is None and self.glove.is_fresh(t_s):
            self._greets_s = t_s

    def _take_mark(self, mark: Mark) -> Iterator[Event]:
        yield events.Marked(mark.t_s, mark.word, self._hand.force_newton(mark.t_s))
        match mark.word:
            case "too_much":
                self._hand.limits.too_much(mark.t_s)
            case "just_right":
                yield from self._hand.just_right(mark.t_s)
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
        lowered = self._hand.limits.settle(t_s)
        if lowered is not None:
            yield events.CeilingLowered(t_s, lowered)
        if not self.glove.is_fresh(t_s):
            self._stale_s = t_s
        # Many short gaps would make a good light flash; so it stays away for as long as a light shows.
        forbid_good = t_s - self._stale_s < SHOWS_AT_LEAST_S - 1e-6
        for look, on in self._board.update(t_s, list(self._wanted(t_s)), forbid_good):
            yield events.CueChanged(t_s, TABLE[look].cue, on, look)

    def _wanted(self, t_s: float) -> Iterator[Look]:
        hand = self._hand
        if self._stopped_s is not None:
            yield Look.STOP
        if hand.limits.is_too_hard(t_s):
            yield Look.SOFTER
        if hand.fault_s is not None and t_s - hand.fault_s < TRUST_AGAIN_AFTER_S:
            yield Look.CHECK_GLOVE
        if hand.limits.is_too_fast:
            yield Look.SLOWER
        yield from hand.praise(t_s)
        if self.glove.all_verified:
            yield Look.WATCHING

    # -- the end --------------------------------------------------------------------------------------------

    def _finish(self, end: End) -> list[Event]:
        return list(self._close(end.t_s, end.reason if self._stopped_s is None else self._ending))

    def _close(self, t_s: float, reason: events.Ending) -> Iterator[Event]:
        self.is_over = True
        yield from self._hand.finish(t_s)
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

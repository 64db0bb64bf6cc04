"""The one entry for live and replay: feed it inputs, it says events, and knows what the lights show.

    for input in inputs:
        for event in session.feed(input):
            ...

Pure: time comes with the inputs; the same inputs always give the same events.
"""

from collections.abc import Iterator
from dataclasses import asdict
from math import inf

from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.glove import Glove, Touch
from sensing.inputs import Dropout, End, Input, Mark, Reading
from sensing.pads import FRESH_S, PadRules
from sensing.paws import Paws
from sensing.press import HoldBegan as HandHoldBegan
from sensing.press import LetGo, Phase, Presses, PressEvent
from sensing.press import PressBegan as HandPressBegan
from sensing.press import PressEnded as HandPressEnded
from sensing.zero import ZeroNews

from . import events
from .cues import DARK, SHOWS_AT_LEAST_S, STOP_SHOWS_S, TABLE, CueBoard, Levels, Look
from .events import Event
from .greeting import GREETS_S, greeting
from .guide import Guide
from .limits import Limits
from .plan import Plan

# Back to "watching" only after this long without any fault, so that a loose wire does not flicker.
TRUST_AGAIN_AFTER_S = 2.0
# A release from 80 % of the level that is quicker than this many times the plan's limit is abrupt:
# 12 N/s at the default, where a 10 N hold is gone in less than a second.
ABRUPT_PER_LIMIT = 3.0
# Shorter stillness than this is a touch, and nothing to let go of too early.
SHORT_HOLD_S = 3.0


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
        self.glove = Glove(calibration, divider, plan.slower_above_newton_per_s, rules)
        self.touch: Touch | None = None
        self.is_over = False
        self._presses = Presses(plan.slower_above_newton_per_s)
        self._paws = Paws([pad.name for pad in self.glove.pads])
        self._limits = Limits(plan)
        self._guide = Guide(plan)
        self._board = CueBoard()
        self._pad_states = self.glove.states
        self._reading_s: float | None = None
        self._is_dropped = False
        self._why_lost: str | None = None
        self._fault_s: float | None = None
        self._stopped_s: float | None = None
        self._ending: events.Ending = "stopped"
        self._praised: set[Look] = set()
        self._is_hold_cut = False
        self._still_since_s = inf
        self._second = _Second()
        self._greets_s: float | None = None
        self._stale_s = -SHOWS_AT_LEAST_S

    @property
    def phase(self) -> Phase:
        """What the hand does now."""
        return self._presses.phase

    @property
    def held_s(self) -> float | None:
        """How long the hold under way has lasted; None outside a hold."""
        return self._presses.held_s

    @property
    def looks(self) -> tuple[Look, ...]:
        """The looks that show now."""
        return tuple(self._board.since_s)

    @property
    def ceiling_newton(self) -> float:
        """The force that is too much, as things stand."""
        return self._limits.ceiling_newton

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
            self.glove.feed_silence(item.t_s)
            said += self._second.feed(item.t_s, None)
            self._why_lost = item.reason
            said += self._notice_silence(item.t_s, item.reason)
        elif isinstance(item, Mark):
            said += self._take_mark(item)
        else:
            said.append(events.Noticed(item.t_s, item.word))
        if self.glove.states != self._pad_states:
            said += self._pad_changes(item.t_s)
        if self.glove.has_fault:
            self._fault_s = item.t_s
        said += self._follow_plan(item.t_s)
        said += self._update_cues(item.t_s)
        if self._stopped_s is not None and item.t_s - self._stopped_s >= STOP_SHOWS_S - 1e-6:
            said += self._close(item.t_s, self._ending)
        return said

    # -- inputs ---------------------------------------------------------------------------------------------

    def _take_reading(self, reading: Reading) -> Iterator[Event]:
        t_s = reading.t_s
        last_s = self._reading_s
        if last_s is not None:
            yield from self._notice_silence(t_s, self._why_lost or events.NOTHING_CAME)
        self._why_lost = None
        if self._is_dropped:
            self._is_dropped = False
            yield events.Resumed(t_s, round(t_s - (last_s or 0.0), 6))
        self._reading_s = t_s
        self.touch = self.glove.feed(reading, in_contact=self._presses.phase is not Phase.AWAY)
        for news in self.touch.zero_news:
            yield self._zero_event(t_s, news)
        self._limits.feed(self.touch)
        # The glove's own pressure is no press; a warning waits for nothing.
        if not self.touch.may_be_glove:
            for paw in self._paws.feed(t_s, self.touch.pad_newton):
                yield events.PawSeen(**asdict(paw))
            for event in self._presses.feed(self.touch):
                yield from self._judge(event)
        yield from self._second.feed(t_s, self.touch.force_newton)
        if self._greets_s is None and self.glove.is_fresh(t_s):
            self._greets_s = t_s

    def _notice_silence(self, t_s: float, reason: str) -> Iterator[Event]:
        last_s = 0.0 if self._reading_s is None else self._reading_s
        if t_s - last_s <= FRESH_S:
            return
        self._fault_s = t_s
        if self._is_dropped:
            return
        self._is_dropped = True
        self._limits.forget_force()
        yield events.Dropped(t_s, reason, last_s)

    def _take_mark(self, mark: Mark) -> Iterator[Event]:
        is_known = self.touch is not None and mark.t_s - self.touch.t_s <= FRESH_S
        force = self.touch.force_newton if self.touch is not None and is_known else None
        yield events.Marked(mark.t_s, mark.word, force)
        match mark.word:
            case "too_much":
                self._limits.too_much(mark.t_s)
            case "just_right":
                self._limits.just_right()
            case "next":
                self._guide.skip()
            case _:
                self._stop(mark.t_s, "stopped")

    def _stop(self, t_s: float, why: events.Ending) -> None:
        """Begin to stop; nothing can take that back."""
        if self._stopped_s is None:
            self._stopped_s, self._ending = t_s, why

    # -- judging --------------------------------------------------------------------------------------------

    def _judge(self, event: PressEvent) -> Iterator[Event]:
        match event:
            case HandPressBegan():
                self._guide.press_began()
                # What begins just as readings come back began earlier.
                self._is_hold_cut = self._had_fault_since(event.began_s - FRESH_S)
                self._still_since_s = inf
                yield events.PressBegan(event.t_s, event.began_s)
            case HandHoldBegan():
                # The second hold of a press, where it was not the hand that made it two.
                self._is_hold_cut |= self._had_fault_since(self._still_since_s)
                self._still_since_s = event.still_since_s
                yield events.HoldBegan(event.t_s, event.still_since_s, event.rise_newton_per_s)
            case LetGo():
                limit = ABRUPT_PER_LIMIT * self.plan.slower_above_newton_per_s
                if (event.held_s or 0.0) >= SHORT_HOLD_S and event.release_newton_per_s > limit:
                    self._board.say(Look.EASE_OFF, event.t_s)
            case _:
                yield self._verdict(event)

    def _verdict(self, event: HandPressEnded) -> Event:
        held_s = event.held_s or 0.0
        outcome: events.Outcome = "touch"
        if held_s >= self.plan.hold_s:
            outcome = "full"
        elif held_s >= SHORT_HOLD_S:
            still_until_s = event.began_s + event.lean_in_s + held_s
            is_unsure = self._is_hold_cut or self._had_fault_since(still_until_s - FRESH_S)
            outcome = "unsure" if is_unsure else "short"
        if outcome == "short":
            self._board.say(Look.LET_GO_EARLY, event.t_s)
        spot = self._guide.press_ended(outcome)
        self._praised.clear()
        return events.PressEnded(
            event.t_s,
            began_s=event.began_s,
            peak_newton=event.peak_newton,
            mean_newton=event.mean_newton,
            lean_in_s=event.lean_in_s,
            rise_newton_per_s=event.rise_newton_per_s,
            release_newton_per_s=event.release_newton_per_s,
            held_s=event.held_s,
            outcome=outcome,
            slow_enough=not self._limits.was_too_fast(event.began_s),
            spot=spot,
            too_hard=self._limits.was_too_hard(event.began_s),
        )

    def _had_fault_since(self, t_s: float) -> bool:
        return self._fault_s is not None and self._fault_s >= t_s

    def _zero_event(self, t_s: float, news: ZeroNews) -> Event:
        if news.pad is None:
            return events.ZeroRefused(t_s)
        pad = self.glove.pads[news.pad].name
        kind = events.Zeroed if news.what == "zeroed" else events.Preload
        return kind(t_s, pad, news.newton)

    def _pad_changes(self, t_s: float) -> Iterator[Event]:
        for pad, before in zip(self.glove.pads, self._pad_states, strict=True):
            if pad.state is not before:
                yield events.PadChanged(t_s, pad.name, pad.state)
        self._pad_states = self.glove.states

    def _follow_plan(self, t_s: float) -> Iterator[Event]:
        if not self._guide.advance(t_s):
            return
        if self._guide.is_over:
            self._stop(t_s, "finished")
        step = self._guide.step
        if step is not None:
            if self._guide.number > 1:
                self._board.say(Look.NEXT, t_s)
            yield events.StepBegan(t_s, self._guide.number, step.kind, step.spot)

    # -- cues -----------------------------------------------------------------------------------------------

    def _update_cues(self, t_s: float) -> Iterator[Event]:
        lowered = self._limits.settle(t_s)
        if lowered is not None:
            yield events.CeilingLowered(t_s, lowered)
        if not self.glove.is_fresh(t_s):
            self._stale_s = t_s
        # Many short gaps would make a good light flash; so it stays away for as long as a light shows.
        forbid_good = t_s - self._stale_s < SHOWS_AT_LEAST_S - 1e-6
        for look, on in self._board.update(t_s, list(self._wanted(t_s)), forbid_good):
            yield events.CueChanged(t_s, TABLE[look].cue, on, look)

    def _wanted(self, t_s: float) -> Iterator[Look]:
        if self._stopped_s is not None:
            yield Look.STOP
        if self._limits.is_too_hard(t_s):
            yield Look.SOFTER
        if self._fault_s is not None and t_s - self._fault_s < TRUST_AGAIN_AFTER_S:
            yield Look.CHECK_GLOVE
        if self._limits.is_too_fast:
            yield Look.SLOWER
        yield from self._praise(t_s)
        if self.glove.all_verified:
            yield Look.WATCHING

    def _praise(self, t_s: float) -> Iterator[Look]:
        held_s = self._presses.held_s
        if held_s is None:
            return
        for look, after_s in ((Look.ENOUGH, self.plan.hold_s), (Look.PLENTY, self.plan.enough_s)):
            # No green before every pad has shown that it feels.
            if held_s >= after_s and look not in self._praised and self.glove.all_verified:
                self._praised.add(look)
                self._board.say(look, t_s)
        # A dip may be the beginning of the release: "stay" goes on through it, but does not begin in it.
        if held_s < self.plan.enough_s and (self._presses.is_at_level or Look.HOLD in self._board.since_s):
            yield Look.HOLD

    # -- the end --------------------------------------------------------------------------------------------

    def _finish(self, end: End) -> list[Event]:
        return list(self._close(end.t_s, end.reason if self._stopped_s is None else self._ending))

    def _close(self, t_s: float, reason: events.Ending) -> Iterator[Event]:
        self.is_over = True
        for paw in self._paws.finish(t_s):
            yield events.PawSeen(**asdict(paw))
        for event in self._presses.finish(t_s):
            yield from self._judge(event)
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
        from_s = int(t_s + 1e-6)
        if from_s != self._from_s:
            yield from self.finish(t_s)
            self._from_s = from_s
        if force_newton is not None:
            self._forces.append(force_newton)

    def finish(self, t_s: float) -> Iterator[Event]:
        forces = self._forces
        mean = round(sum(forces) / len(forces), 6) if forces else None
        yield events.ForceSeen(t_s, float(self._from_s), mean, max(forces, default=None))
        self._forces = []

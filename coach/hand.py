"""One hand in its glove: what it does now, what it has just done, and whether that was good.

What hands have in common (the plan, the lights, the end) is the session's.
"""

from collections.abc import Iterator
from dataclasses import asdict
from math import inf

from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.glove import Glove, Touch
from sensing.inputs import Dropout, Reading
from sensing.pads import FRESH_S, PadRules
from sensing.paws import Paw, Paws
from sensing.press import HoldBegan as HandHoldBegan
from sensing.press import LetGo, Phase, Presses, PressEvent
from sensing.press import PressBegan as HandPressBegan
from sensing.press import PressEnded as HandPressEnded
from sensing.zero import ZeroNews

from . import events
from .cues import CueBoard, Look
from .events import Event
from .guide import Guide
from .habits import RoughPaws, most_share, poking, too_firm
from .limits import Limits
from .plan import Plan, Side, Spot, StepKind

# A release from 80 % of the level that is quicker than this many times the plan's limit is abrupt:
# 12 N/s at the default, where a 10 N hold is gone in less than a second.
ABRUPT_PER_LIMIT = 3.0
# Shorter stillness than this is a touch, and nothing to let go of too early.
SHORT_HOLD_S = 3.0


class Hand:
    """A hand from the session's first input to its end.

    Args:
        calibration: The pads of its glove.
        divider: Their circuit.
        plan: Limits and steps.
        rules: What the source of the readings promises.
        guide: Says where on the hip a press is.
        board: Takes the looks that a press calls for as it ends.
        side: Which of two it is; None of a single one.

    Attributes:
        side: Which of two it is; None of a single one.
        glove: Its pads.
        limits: Too fast and too hard.
        touch: What the pads said at the newest reading; None before the first.
        fault_s: When the glove was last not to be trusted; None while it always was.
        praised: What has been said of the hold under way.
    """

    def __init__(
        self,
        calibration: Calibration,
        divider: Divider,
        plan: Plan,
        rules: PadRules | None,
        guide: Guide,
        board: CueBoard,
        side: Side | None,
    ) -> None:
        self.side = side
        self._plan, self._guide, self._board = plan, guide, board
        self.glove = Glove(calibration, divider, plan.slower_above_newton_per_s, rules)
        self.limits = Limits(plan)
        self.touch: Touch | None = None
        self.fault_s: float | None = None
        self._presses = Presses(plan.slower_above_newton_per_s)
        self._paws = Paws([pad.name for pad in self.glove.pads])
        self._pad_states = self.glove.states
        self._reading_s: float | None = None
        self._is_dropped = False
        self._why_lost = events.NOTHING_CAME
        self.praised: set[Look] = set()
        self._pressed_in = 0
        self._just_right: dict[Spot | None, float] = {
            one.spot if side is None else one.spot.on(side): one.newton for one in plan.just_right
        }
        self._poking, self._too_firm = poking(), too_firm()
        self._rough_paws = RoughPaws(plan.paw_ceiling_newton, plan.paws_at_most_per_min)
        self._is_hold_cut = False
        self._still_since_s = inf

    @property
    def phase(self) -> Phase:
        """What the hand does now."""
        return self._presses.phase

    @property
    def held_s(self) -> float | None:
        """How long the hold under way has lasted; None outside a hold."""
        return self._presses.held_s

    @property
    def is_at_level(self) -> bool:
        """Whether the hold under way is at its level now, and not in a dip that may be its end."""
        return self._presses.is_at_level

    def force_newton(self, t_s: float) -> float | None:
        """Return the force at a time; None where no reading is young enough to say."""
        if self.touch is None or t_s - self.touch.t_s > FRESH_S:
            return None
        return self.touch.force_newton

    # -- inputs ---------------------------------------------------------------------------------------------

    def feed(self, reading: Reading) -> Iterator[Event]:
        """Take the next reading."""
        t_s = reading.t_s
        last_s = self._reading_s
        if last_s is not None:
            yield from self._notice_silence(t_s)
        self._why_lost = events.NOTHING_CAME
        if self._is_dropped:
            self._is_dropped = False
            yield events.Resumed(t_s, round(t_s - (last_s or 0.0), 6), side=self.side)
        self._reading_s = t_s
        self.touch = self.glove.feed(reading, in_contact=self._presses.phase is not Phase.AWAY)
        for news in self.touch.zero_news:
            yield self._zero_event(t_s, news)
        # A paw rises more steeply than a lean-in may.
        is_kneading = self._guide.kind is StepKind.PAWS
        plan = self._plan
        limit = plan.paws_slower_above_newton_per_s if is_kneading else plan.slower_above_newton_per_s
        self.limits.limit_newton_per_s = limit
        self.limits.feed(self.touch)
        # The glove's own pressure is no press; a warning waits for nothing.
        if not self.touch.may_be_glove:
            for paw in self._paws.feed(t_s, self.touch.pad_newton):
                yield events.PawSeen(**asdict(paw), side=self.side)
                yield from self._judge_paw(paw)
            for event in self._presses.feed(self.touch):
                yield from self._judge(event)
            yield from self._judge_habits(self.touch)

    def feed_dropout(self, dropout: Dropout) -> Iterator[Event]:
        """Take a sweep that failed."""
        self.glove.feed_silence(dropout.t_s)
        self._why_lost = dropout.reason
        yield from self._notice_silence(dropout.t_s)

    def feed_nothing(self, t_s: float) -> Iterator[Event]:
        """Let time pass in which the other glove alone is heard."""
        self.glove.feed_silence(t_s)
        yield from self._notice_silence(t_s)

    def look_at_glove(self, t_s: float) -> Iterator[Event]:
        """Say which pads have changed, and remember since when the glove is not to be trusted."""
        for pad, before in zip(self.glove.pads, self._pad_states, strict=True):
            if pad.state is not before:
                yield events.PadChanged(t_s, pad.name, pad.state, side=self.side)
        self._pad_states = self.glove.states
        if self.glove.has_fault:
            self.fault_s = t_s

    def finish(self, t_s: float) -> Iterator[Event]:
        """End the input; what is under way ends with it."""
        for paw in self._paws.finish(t_s):
            yield events.PawSeen(**asdict(paw), side=self.side)
        for event in self._presses.finish(t_s):
            yield from self._judge(event)

    def _notice_silence(self, t_s: float) -> Iterator[Event]:
        last_s = 0.0 if self._reading_s is None else self._reading_s
        if t_s - last_s <= FRESH_S:
            return
        self.fault_s = t_s
        if self._is_dropped:
            return
        self._is_dropped = True
        self.limits.forget_force()
        yield events.Dropped(t_s, self._why_lost, last_s, side=self.side)

    def _zero_event(self, t_s: float, news: ZeroNews) -> Event:
        if news.pad is None:
            return events.ZeroRefused(t_s, side=self.side)
        pad = self.glove.pads[news.pad].name
        kind = events.Zeroed if news.what == "zeroed" else events.Preload
        return kind(t_s, pad, news.newton, side=self.side)

    # -- judging --------------------------------------------------------------------------------------------

    def _judge(self, event: PressEvent) -> Iterator[Event]:
        match event:
            case HandPressBegan():
                self._pressed_in = self._guide.number
                # What begins just as readings come back began earlier.
                self._is_hold_cut = self._had_fault_since(event.began_s - FRESH_S)
                self._still_since_s = inf
                yield events.PressBegan(event.t_s, event.began_s, side=self.side)
            case HandHoldBegan():
                # The second hold of a press, where it was not the hand that made it two.
                self._is_hold_cut |= self._had_fault_since(self._still_since_s)
                self._still_since_s = event.still_since_s
                self._pressed_in = self._guide.hold_began()
                yield events.HoldBegan(event.t_s, event.still_since_s, event.rise_newton_per_s, side=self.side)
            case LetGo():
                limit = ABRUPT_PER_LIMIT * self._plan.slower_above_newton_per_s
                if (event.held_s or 0.0) >= SHORT_HOLD_S and event.release_newton_per_s > limit:
                    self._board.say(Look.EASE_OFF, event.t_s)
            case _:
                yield self._verdict(event)

    def _verdict(self, event: HandPressEnded) -> Event:
        held_s = event.held_s or 0.0
        outcome: events.Outcome = "touch"
        if held_s >= self._plan.hold_s:
            outcome = "full"
        elif held_s >= SHORT_HOLD_S:
            still_until_s = event.began_s + event.lean_in_s + held_s
            is_unsure = self._is_hold_cut or self._had_fault_since(still_until_s - FRESH_S)
            outcome = "unsure" if is_unsure else "short"
        if outcome == "short":
            self._board.say(Look.LET_GO_EARLY, event.t_s)
        self._guide.press_ended(self._pressed_in, self.side, outcome)
        self.praised.clear()
        # Where nobody knows the spot, the next press may be elsewhere.
        self._just_right.pop(None, None)
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
            slow_enough=not self.limits.was_too_fast(event.began_s),
            spot=self.spot,
            too_hard=self.limits.was_too_hard(event.began_s),
            side=self.side,
        )

    # -- habits ---------------------------------------------------------------------------------------------

    def _judge_habits(self, touch: Touch) -> Iterator[Event]:
        # The ends of a hand that kneads are meant to press.
        kneads = self._guide.kind is StepKind.PAWS
        # A pad that has never felt anything makes any other bear all.
        most = None if kneads or not self.glove.all_verified else most_share(touch.pad_newton)
        if most is None:
            self._poking.lapse()
        elif self._poking.feed(touch.t_s, most[1]):
            self._board.say(Look.GENTLER, touch.t_s)
            yield events.Poking(touch.t_s, self.glove.pads[most[0]].name, most[1], side=self.side)
        spot, force = self.spot, touch.force_newton
        just_right_newton = None if kneads else self._just_right.get(spot)
        if just_right_newton is None or force is None:
            self._too_firm.lapse()
        elif self._too_firm.feed(touch.t_s, force / just_right_newton):
            self._board.say(Look.GENTLER, touch.t_s)
            yield events.TooFirm(touch.t_s, force, just_right_newton, spot, side=self.side)

    def _judge_paw(self, paw: Paw) -> Iterator[Event]:
        rough = self._rough_paws.feed(paw.t_s, paw.peak_newton, paw.cadence_per_min)
        if rough is not None:
            self._board.say(Look.GENTLER if rough == "hard" else Look.CALMER, paw.t_s)
            yield events.RoughPaws(paw.t_s, rough, side=self.side)

    @property
    def spot(self) -> Spot | None:
        """Where the hand presses or pressed last, as far as the plan says."""
        return self._guide.spot(self._pressed_in, self.side)

    def just_right(self, t_s: float) -> Iterator[Event]:
        """Take her "just right"; of two hands it is for those that are there."""
        newton = self.limits.just_right(t_s)
        is_meant = self.side is None or self._presses.phase is not Phase.AWAY
        if newton is not None and is_meant:
            self._just_right[self.spot] = newton
            yield events.JustRightAt(t_s, newton, self.spot, side=self.side)

    def _had_fault_since(self, t_s: float) -> bool:
        return self.fault_s is not None and self.fault_s >= t_s

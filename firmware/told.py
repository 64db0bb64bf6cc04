"""What a tape has told so far, put together for a view, without judging anything a second time.

To judge a tape again costs as much as the session did, which on a small Pi is a minute for twenty, and a part of the
core beside the session that is under way. What was said stands on the tape; what was not, the view does without: a
hold whose level was lost is seen by the light that ended, and a re-grip counts with its gap.
"""

from collections import deque
from dataclasses import dataclass
from math import inf

from coach.cues import DARK, Look
from coach.events import (
    CeilingLowered,
    CueChanged,
    Event,
    HoldBegan,
    PadChanged,
    PressBegan,
    PressEnded,
    SessionEnded,
    StepBegan,
    Zeroed,
)
from coach.greeting import GREETS_S, greeting
from coach.plan import SIDES, Side
from coach.tape import Header
from coach.verdict import minutes
from sensing.inputs import Dropout, End, Input, Mark, Notice, Reading
from sensing.press import CONTACT_ENDS_BELOW_NEWTON, Phase

from .frame import LINES_AT_MOST
from .gauge import Gauge
from .moment import Moment, lamps_of, said_step
from .recording import forces_on, to_press
from .words import STEPS, Telling

_RANK = {look: rank for rank, look in enumerate(Look)}
# Of two hands, what is furthest from a rest is what they do.
_FIRST = (Phase.LEAN_IN, Phase.HOLD, Phase.RELEASE, Phase.AWAY)


@dataclass(slots=True)
class _Hand:
    """What is known of one hand; `still_since_s` of none that holds is None."""

    gauge: Gauge
    is_pressing: bool = False
    still_since_s: float | None = None


def _is_known(event: Event) -> bool:
    """Return whether we have words for it; a later program may know more."""
    match event:
        case CueChanged(look=look):
            return look in _RANK
        case StepBegan(kind=kind):
            return kind in STEPS
        case _:
            return True


class Told:
    """What a tape has told so far.

    Args:
        header: Of the tape.

    Attributes:
        t_s: How far that is.
        is_over: Whether the end of the session was told.
    """

    def __init__(self, header: Header) -> None:
        self._plan = header.plan
        self._ceiling_newton = header.plan.ceiling_newton
        worn: dict[Side | None, _Hand] = {}
        gloves = (header.calibration, header.second_calibration)
        for side, glove in zip((None,) if gloves[1] is None else SIDES, gloves, strict=False):
            if glove is not None:
                worn[side] = _Hand(Gauge(glove, header.divider, header.rules))
        self._hands = worn
        self._by_glove = list(worn.values())
        self._looks: set[Look] = set()
        self._step: str | None = None
        self._greets_s = inf
        self._telling = Telling(forces_on(header).uncertain_share, to_press(header))
        self._lines: deque[str] = deque(self._telling.first_lines(), maxlen=LINES_AT_MOST)
        self.t_s = 0.0
        self.is_over = False

    def take(self, item: Input | Event) -> list[str]:
        """Take what stands next on the tape, and return the lines to tell a person."""
        self.t_s = max(self.t_s, item.t_s)
        if isinstance(item, Reading):
            self._greets_s = min(self._greets_s, item.t_s)
            self._by_glove[item.glove].gauge.feed(item)
            return []
        if isinstance(item, Dropout | Mark | Notice | End) or not _is_known(item):
            return []
        self._hear(item)
        lines = list(self._telling.lines([item]))
        self._lines.extend(lines)
        return lines

    def remark(self, text: str) -> None:
        """Put a line of the reader's own among those that are shown."""
        self._lines.append(f"{minutes(self.t_s):>6}  {text}")

    @property
    def lines(self) -> tuple[str, ...]:
        """What was said last; of a tape that was just opened, what is to be told before anything happens."""
        return tuple(self._lines)

    def _hear(self, event: Event) -> None:
        match event:
            case CueChanged():
                (self._looks.add if event.on else self._looks.discard)(Look(event.look))
            case StepBegan():
                self._step = said_step(event.kind, event.spot, event.say)
            case CeilingLowered():
                self._ceiling_newton = event.ceiling_newton
            case SessionEnded():
                self.is_over = True
            case PressBegan() | HoldBegan() | PressEnded() | PadChanged() | Zeroed():
                hand = self._hands.get(event.side)
                if hand is not None:
                    self._hear_of(hand, event)
            case _:
                pass

    @staticmethod
    def _hear_of(hand: _Hand, event: PressBegan | HoldBegan | PressEnded | PadChanged | Zeroed) -> None:
        match event:
            case PressBegan():
                hand.is_pressing, hand.still_since_s = True, None
            case HoldBegan():
                hand.still_since_s = event.still_since_s
            case PressEnded():
                hand.is_pressing, hand.still_since_s = False, None
            case _:
                hand.gauge.hear(event)

    def moment(self) -> Moment:
        """Return what there is to show now."""
        t_s = self.t_s
        looks = tuple(sorted(self._looks, key=_RANK.__getitem__))
        greets = not looks and not self.is_over and 0 <= t_s - self._greets_s < GREETS_S
        greeted = greeting(t_s - self._greets_s) if greets else DARK
        hands = [(side or "force", hand.gauge.force_newton(t_s), hand) for side, hand in self._hands.items()]
        phases = [self._phase(hand, newton) for _, newton, hand in hands]
        held = [t_s - since for since in [hand.still_since_s for hand in self._by_glove] if since is not None]
        phase = next(phase for phase in _FIRST if phase in phases)
        return Moment(
            t_s,
            tuple([(name, newton) for name, newton, _ in hands]),
            phase,
            min(held) if held and Phase.HOLD in phases else None,
            self._plan.hold_s,
            self._ceiling_newton,
            lamps_of(looks, greeted),
            looks,
            greeted != DARK,
            # No event says that the last one is over.
            None if Look.STOP in looks or self.is_over else self._step,
            self._telling.to_press,
            self.lines,
            self.is_over,
        )

    def _phase(self, hand: _Hand, newton: float | None) -> Phase:
        if not hand.is_pressing:
            return Phase.AWAY
        if newton is not None and newton < CONTACT_ENDS_BELOW_NEWTON:
            return Phase.RELEASE
        if hand.still_since_s is None:
            return Phase.LEAN_IN
        # Blue goes when the level is lost; unless something more urgent hides it, or the minute is over.
        has_blue = any(_RANK[look] <= _RANK[Look.HOLD] for look in self._looks)
        return Phase.HOLD if has_blue or self.t_s - hand.still_since_s >= self._plan.enough_s else Phase.LEAN_IN

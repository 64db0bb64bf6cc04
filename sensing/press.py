"""From contact to release: where a press begins, when it is still, when it lets go.

A hand that was still and comes back within 2 s of letting go goes on with the same press.
"""

from dataclasses import dataclass
from enum import StrEnum

from .glove import Touch
from .stillness import DIP_AT_MOST_S, Stillness

# Contact: turn-on lies at 0.15 to 0.35 N, so below 0.3 N a pad tells nothing.
CONTACT_ABOVE_NEWTON = 0.8
CONTACT_AFTER_S = 0.05
CONTACT_ENDS_BELOW_NEWTON = 0.4
CONTACT_ENDS_AFTER_S = 0.1
# Only a press that was still this long is worth waiting for.
REGRIP_AFTER_HELD_S = 3.0
REGRIP_WITHIN_S = 2.0


class Phase(StrEnum):
    """What the hand does now."""

    AWAY = "away"
    LEAN_IN = "lean_in"
    HOLD = "hold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class PressBegan:
    """Contact."""

    t_s: float
    began_s: float


@dataclass(frozen=True, slots=True)
class HoldBegan:
    """The force is still, and has been since `still_since_s`; again when the hand settles elsewhere."""

    t_s: float
    still_since_s: float
    rise_newton_per_s: float


@dataclass(frozen=True, slots=True)
class LetGo:
    """Contact ended; the hand may still come back."""

    t_s: float
    held_s: float | None
    release_newton_per_s: float


@dataclass(frozen=True, slots=True)
class PressEnded:
    """The press is over.

    Attributes:
        t_s: When that was sure.
        began_s: When contact began.
        peak_newton: Highest force.
        mean_newton: Mean force while in contact.
        lean_in_s: From contact to the longest stillness, or to the highest force where it never settled.
        rise_newton_per_s: The quickest rise while leaning in.
        held_s: Longest stillness; None when it never settled.
        release_newton_per_s: From 80 % of its level to nothing, None when it was never let go.
    """

    t_s: float
    began_s: float
    peak_newton: float
    mean_newton: float
    lean_in_s: float
    rise_newton_per_s: float
    held_s: float | None
    release_newton_per_s: float | None


PressEvent = PressBegan | HoldBegan | LetGo | PressEnded


@dataclass(slots=True)
class _Press:
    """The press under way."""

    began_s: float
    pads_in_sum: tuple[bool, ...]
    stillness: Stillness
    peak_newton: float = 0.0
    peak_s: float = 0.0
    sum_newton: float = 0.0
    readings: int = 0
    rise_newton_per_s: float = 0.0
    # Letting go: when the force was last at 80 % of its level, when contact ended and how fast that went.
    high_s: float = 0.0
    let_go_s: float | None = None
    release_newton_per_s: float | None = None


class Presses:
    """The presses of one hand.

    Args:
        limit_newton_per_s: The plan's limit on the rate; stillness is judged in proportion to it.
    """

    def __init__(self, limit_newton_per_s: float) -> None:
        self._limit = limit_newton_per_s
        self._press: _Press | None = None
        self._crossed_s: float | None = None
        self._seen_s = 0.0

    @property
    def phase(self) -> Phase:
        """What the hand does now."""
        press = self._press
        if press is None:
            return Phase.AWAY
        if press.let_go_s is not None:
            return Phase.RELEASE
        return Phase.LEAN_IN if press.stillness.level_newton is None else Phase.HOLD

    @property
    def held_s(self) -> float | None:
        """How long the hold under way has lasted at the last reading, dips included; None outside a hold."""
        return None if self._press is None else self._press.stillness.held_s(self._seen_s)

    @property
    def is_at_level(self) -> bool:
        """Whether the hold under way is at its level now, and not in a dip that may be its end."""
        return self._press is not None and self._press.stillness.is_at_level

    def feed(self, touch: Touch) -> list[PressEvent]:
        """Take the next touch."""
        press = self._press
        if press is not None and touch.pads_in_sum != press.pads_in_sum:
            # Another set of pads is another scale: wait for the old one, then begin the hold anew on what is left.
            if touch.t_s - self._seen_s <= DIP_AT_MOST_S:
                return []
            press.stillness.start_over()
            press.pads_in_sum = touch.pads_in_sum
            self._seen_s = touch.t_s
        if touch.force_newton is None:
            return self._end(touch.t_s) if press is not None else []
        events: list[PressEvent] = []
        if press is not None and touch.t_s - self._seen_s > DIP_AT_MOST_S:
            events = self._end(touch.t_s)
        self._seen_s = touch.t_s
        if self._press is None:
            return events + self._away(touch, touch.force_newton)
        if self._press.let_go_s is not None:
            return self._let_go(self._press, self._press.let_go_s, touch, touch.force_newton)
        return self._in_contact(self._press, touch, touch.force_newton)

    def finish(self, t_s: float) -> list[PressEvent]:
        """End the input; a press under way ends with it."""
        return self._end(t_s)

    def _away(self, touch: Touch, force_newton: float) -> list[PressEvent]:
        since_s = self._crossing(touch.t_s, force_newton >= CONTACT_ABOVE_NEWTON, CONTACT_AFTER_S)
        if since_s is None:
            return []
        self._press = _Press(since_s, touch.pads_in_sum, Stillness(self._limit, since_s))
        return [PressBegan(touch.t_s, since_s), *self._in_contact(self._press, touch, force_newton)]

    def _in_contact(self, press: _Press, touch: Touch, force_newton: float) -> list[PressEvent]:
        level = press.stillness.level_newton
        press.sum_newton += force_newton
        press.readings += 1
        if level is None:
            press.rise_newton_per_s = max(press.rise_newton_per_s, touch.rate_newton_per_s)
        if force_newton > press.peak_newton:
            press.peak_newton, press.peak_s = force_newton, touch.t_s
        if force_newton >= 0.8 * (level or press.peak_newton):
            press.high_s = touch.t_s
        events: list[PressEvent] = []
        if press.stillness.feed(touch.t_s, force_newton):
            events = [HoldBegan(touch.t_s, press.stillness.still_since_s, press.rise_newton_per_s)]
        let_go_s = self._crossing(touch.t_s, force_newton < CONTACT_ENDS_BELOW_NEWTON, CONTACT_ENDS_AFTER_S)
        return events if let_go_s is None else events + self._release(press, let_go_s, touch.t_s)

    def _release(self, press: _Press, let_go_s: float, t_s: float) -> list[PressEvent]:
        level = press.stillness.level_newton or press.peak_newton
        press.stillness.let_go()
        press.let_go_s = let_go_s
        # A release between two readings took at most the time between them; 10 ms keeps the division honest.
        press.release_newton_per_s = round(0.8 * level / max(let_go_s - press.high_s, 0.01), 6)
        longest_s = press.stillness.longest_s
        events: list[PressEvent] = [LetGo(t_s, longest_s, press.release_newton_per_s)]
        return events if (longest_s or 0.0) >= REGRIP_AFTER_HELD_S else events + self._end(t_s)

    def _let_go(self, press: _Press, let_go_s: float, touch: Touch, force_newton: float) -> list[PressEvent]:
        """Wait for the hand to come back."""
        if touch.t_s - let_go_s > REGRIP_WITHIN_S:
            return self._end(touch.t_s)
        if self._crossing(touch.t_s, force_newton >= CONTACT_ABOVE_NEWTON, CONTACT_AFTER_S) is None:
            return []
        press.let_go_s = None
        press.release_newton_per_s = None
        press.stillness.come_back()
        return self._in_contact(press, touch, force_newton)

    def _end(self, t_s: float) -> list[PressEvent]:
        press = self._press
        if press is None:
            return []
        press.stillness.end()
        self._press = None
        self._crossed_s = None
        settled_s = press.peak_s if press.stillness.settled_s is None else press.stillness.settled_s
        return [
            PressEnded(
                t_s,
                press.began_s,
                press.peak_newton,
                round(press.sum_newton / press.readings, 6),
                round(max(0.0, settled_s - press.began_s), 6),
                press.rise_newton_per_s,
                press.stillness.longest_s,
                press.release_newton_per_s,
            )
        ]

    def _crossing(self, t_s: float, beyond: bool, for_s: float) -> float | None:
        """Return since when the force has been beyond a threshold, once that has lasted; else None."""
        if not beyond:
            self._crossed_s = None
        elif self._crossed_s is None:
            self._crossed_s = t_s
        since_s = self._crossed_s
        # 1 us below, because 0.34 - 0.29 is a hair less than 0.05.
        if since_s is None or t_s - since_s < for_s - 1e-6:
            return None
        self._crossed_s = None
        return since_s

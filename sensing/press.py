"""From contact to release: where a press begins, when it is still, when it lets go.

A hold is still force: it survives a dip of up to 2 s, a slow sag and a slow climb, and it counts from the moment
the force became still, not from the moment we were sure. A hand that was still and comes back within 2 s of
letting go goes on with the same press.
"""

from dataclasses import dataclass
from enum import StrEnum

from .beats import BEAT_S, STILL_BEATS, Beat, Beats
from .glove import Touch

# Contact: turn-on lies at 0.15 to 0.35 N, so below 0.3 N a pad tells nothing.
CONTACT_ABOVE_NEWTON = 0.8
CONTACT_AFTER_S = 0.05
CONTACT_ENDS_BELOW_NEWTON = 0.4
CONTACT_ENDS_AFTER_S = 0.1
# Breathing moves a hold by up to 6 % a second. A light hand cannot be that steady, nor a pad near its turn-on: below
# 17 N (at a limit of 4 N/s) a quarter of the limit decides.
STILL_SHARE_PER_S = 0.06
STILL_LIMIT_SHARE = 0.25
# One noticeable step is 13 to 14 % of the force; creep and a tired hand use 9 of them. For a light hand, as above: what
# a lean-in at the limit adds in 0.15 s, 0.6 N at 4 N/s. To begin with, stillness has to be a fifth better than that.
HOLD_BAND_SHARE = 0.15
HOLD_BAND_LIMIT_S = 0.15
BEGINS_WITHIN = 0.8
# The level follows the hand, so that a sag of 15 % in half a minute stays inside its own band.
LEVEL_FOLLOWS_S = 5.0
# Hands move: up to 2 s away from the level is a dip, and the beats at its edges smear it by a quarter of a second.
DIP_AT_MOST_S = 2.25
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
    """The force is still, and has been since `still_since_s`."""

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
        lean_in_s: From contact to stillness, or to the highest force where it never settled.
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
    peak_newton: float = 0.0
    peak_s: float = 0.0
    sum_newton: float = 0.0
    readings: int = 0
    rise_newton_per_s: float = 0.0
    settled_s: float | None = None
    # The hold under way: its level, what it had gathered before a re-grip, and where it goes on from.
    level_newton: float | None = None
    gathered_s: float = 0.0
    still_since_s: float = 0.0
    last_at_level: int = 0
    longest_s: float | None = None
    last_held_s: float = 0.0
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
        self._still_below = STILL_LIMIT_SHARE * limit_newton_per_s
        self._narrowest_newton = HOLD_BAND_LIMIT_S * limit_newton_per_s
        self._beats = Beats()
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
        return Phase.LEAN_IN if press.level_newton is None else Phase.HOLD

    @property
    def held_s(self) -> float | None:
        """How long the hold under way has lasted at the last reading, dips included; None outside a hold."""
        press = self._press
        if press is None or press.level_newton is None or press.let_go_s is not None:
            return None
        return round(press.gathered_s + self._seen_s - press.still_since_s, 6)

    @property
    def is_at_level(self) -> bool:
        """Whether the hold under way is at its level now, and not in a dip that may be its end."""
        press = self._press
        return press is not None and press.level_newton is not None and press.last_at_level == self._beats.newest

    def feed(self, touch: Touch) -> list[PressEvent]:
        """Take the next touch."""
        press = self._press
        if press is not None and touch.pads_in_sum != press.pads_in_sum:
            # Another set of pads is another scale: wait for the old one, then begin the hold anew on what is left.
            if touch.t_s - self._seen_s <= DIP_AT_MOST_S:
                return []
            self._lose_hold(press)
            press.pads_in_sum = touch.pads_in_sum
            self._beats = Beats()
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
        self._press = _Press(since_s, touch.pads_in_sum)
        self._beats = Beats()
        return [PressBegan(touch.t_s, since_s), *self._in_contact(self._press, touch, force_newton)]

    def _in_contact(self, press: _Press, touch: Touch, force_newton: float) -> list[PressEvent]:
        press.sum_newton += force_newton
        press.readings += 1
        if press.settled_s is None:
            press.rise_newton_per_s = max(press.rise_newton_per_s, touch.rate_newton_per_s)
        if force_newton > press.peak_newton:
            press.peak_newton, press.peak_s = force_newton, touch.t_s
        if force_newton >= 0.8 * (press.level_newton or press.peak_newton):
            press.high_s = touch.t_s
        beat = self._beats.feed(touch.t_s, force_newton)
        events = self._settle(press, beat, touch.t_s) if beat is not None else []
        let_go_s = self._crossing(touch.t_s, force_newton < CONTACT_ENDS_BELOW_NEWTON, CONTACT_ENDS_AFTER_S)
        return events if let_go_s is None else events + self._release(press, let_go_s, touch.t_s)

    def _settle(self, press: _Press, beat: Beat, t_s: float) -> list[PressEvent]:
        """Follow the level of a hold, or look for a new one."""
        level = press.level_newton
        if level is not None:
            if abs(beat.newton - level) <= self._band_newton(level):
                press.level_newton = level + (beat.newton - level) * BEAT_S / LEVEL_FOLLOWS_S
                press.last_at_level = beat.number
            elif (beat.number - press.last_at_level) * BEAT_S > DIP_AT_MOST_S:
                self._lose_hold(press)
            return []
        slope = self._beats.slope_newton_per_s()
        level = self._beats.level_newton(STILL_BEATS // 2)
        if slope is None or abs(slope) > max(self._still_below, STILL_SHARE_PER_S * level):
            return []
        if not self._beats.is_within(level, BEGINS_WITHIN * self._band_newton(level)):
            return []
        press.level_newton = level
        press.last_at_level = beat.number
        press.still_since_s = round(max(self._beats.still_since_s(level), press.began_s), 6)
        if press.settled_s is not None:
            return []
        press.settled_s = press.still_since_s
        return [HoldBegan(t_s, press.still_since_s, press.rise_newton_per_s)]

    def _band_newton(self, level_newton: float) -> float:
        """How far from its level a force still counts as the same hold."""
        return max(HOLD_BAND_SHARE * level_newton, self._narrowest_newton)

    def _lose_hold(self, press: _Press) -> None:
        """Close the hold under way at the moment when the force left its level."""
        if press.level_newton is None:
            return
        until_s = self._beats.still_until_s(press.level_newton, press.last_at_level)
        held_s = press.gathered_s + max(0.0, until_s - press.still_since_s)
        press.last_held_s = held_s
        press.longest_s = round(max(held_s, press.longest_s or 0.0), 6)
        press.level_newton = None
        press.gathered_s = 0.0

    def _release(self, press: _Press, let_go_s: float, t_s: float) -> list[PressEvent]:
        level = press.level_newton or press.peak_newton
        press.last_held_s = 0.0
        self._lose_hold(press)
        press.let_go_s = let_go_s
        # A release between two readings took at most the time between them; 10 ms keeps the division honest.
        press.release_newton_per_s = round(0.8 * level / max(let_go_s - press.high_s, 0.01), 6)
        events: list[PressEvent] = [LetGo(t_s, press.longest_s, press.release_newton_per_s)]
        return events if (press.longest_s or 0.0) >= REGRIP_AFTER_HELD_S else events + self._end(t_s)

    def _let_go(self, press: _Press, let_go_s: float, touch: Touch, force_newton: float) -> list[PressEvent]:
        """Wait for the hand to come back."""
        if touch.t_s - let_go_s > REGRIP_WITHIN_S:
            return self._end(touch.t_s)
        if self._crossing(touch.t_s, force_newton >= CONTACT_ABOVE_NEWTON, CONTACT_AFTER_S) is None:
            return []
        press.let_go_s = None
        press.release_newton_per_s = None
        press.gathered_s = press.last_held_s
        self._beats = Beats()
        return self._in_contact(press, touch, force_newton)

    def _end(self, t_s: float) -> list[PressEvent]:
        press = self._press
        if press is None:
            return []
        self._lose_hold(press)
        self._press = None
        self._crossed_s = None
        settled_s = press.peak_s if press.settled_s is None else press.settled_s
        return [
            PressEnded(
                t_s,
                press.began_s,
                press.peak_newton,
                round(press.sum_newton / press.readings, 6),
                round(max(0.0, settled_s - press.began_s), 6),
                press.rise_newton_per_s,
                press.longest_s,
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

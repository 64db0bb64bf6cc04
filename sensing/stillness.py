"""The holds of one press: still force, from when to when.

A hold survives a dip of up to 2 s, a slow sag and a slow climb. It counts from the moment the force became still, not
from the moment we were sure; where the hand settles elsewhere, another hold begins, and the longest counts.
"""

from .beats import BEAT_S, STILL_BEATS, Beat, Beats

# Breathing moves a hold by up to 6 % a second. A light hand cannot be that steady, nor a pad near its turn-on: below
# 17 N (at a limit of 4 N/s) a quarter of the limit decides.
STILL_SHARE_PER_S = 0.06
STILL_LIMIT_SHARE = 0.25
# But a slow lean-in is slower than that: until it settles, still is less than half of its own mean rate, though no less
# than what breathing does to a slope over 2 s.
STILL_LEAN_SHARE = 0.45
STILL_BREATH_PER_S = 0.04
# One noticeable step is 13 to 14 % of the force; creep and a tired hand use 9 of them. For a light hand, as above: what
# a lean-in at the limit adds in 0.15 s, 0.6 N at 4 N/s. To begin with, stillness has to be a fifth better than that.
HOLD_BAND_SHARE = 0.15
HOLD_BAND_LIMIT_S = 0.15
BEGINS_WITHIN = 0.8
# A breath later the level is known better, and with it when it was reached.
SURE_OF_START_S = 4.0
# The level follows the hand, so that a sag of 15 % in half a minute stays inside its own band.
LEVEL_FOLLOWS_S = 5.0
# Hands move: up to 2 s away from the level is a dip, and the beats at its edges smear it by a quarter of a second.
DIP_AT_MOST_S = 2.25


class Stillness:
    """What is still of a press, and since when.

    Args:
        limit_newton_per_s: The plan's limit on the rate; stillness is judged in proportion to it.
        began_s: When contact began.

    Attributes:
        level_newton: The force of the hold under way; None outside a hold.
        still_since_s: When that hold, or its part after a re-grip, began.
        settled_s: When the longest hold that is over began; None when there is none.
        longest_s: How long that was.
    """

    def __init__(self, limit_newton_per_s: float, began_s: float) -> None:
        self.level_newton: float | None = None
        self.still_since_s = 0.0
        self.settled_s: float | None = None
        self.longest_s: float | None = None
        self._still_below = STILL_LIMIT_SHARE * limit_newton_per_s
        self._narrowest_newton = HOLD_BAND_LIMIT_S * limit_newton_per_s
        self._began_s = began_s
        self._beats = Beats()
        self._last_at_level = 0
        # What the hold had gathered before a re-grip, and when it began then.
        self._gathered_s = 0.0
        self._first_s = 0.0
        self._last_held_s = 0.0
        self._is_rough = False

    @property
    def is_at_level(self) -> bool:
        """Whether the hold under way is at its level now, and not in a dip that may be its end."""
        return self.level_newton is not None and self._last_at_level == self._beats.newest

    def held_s(self, t_s: float) -> float | None:
        """Return how long the hold under way has lasted, dips included; None outside a hold."""
        if self.level_newton is None:
            return None
        return round(self._gathered_s + t_s - self.still_since_s, 6)

    def feed(self, t_s: float, newton: float) -> bool:
        """Take the next force; return whether a hold begins."""
        beat = self._beats.feed(t_s, newton)
        if beat is None:
            return False
        if self.level_newton is None:
            return self._settle(beat)
        self._follow(beat, self.level_newton)
        return False

    def _settle(self, beat: Beat) -> bool:
        slope = self._beats.slope_newton_per_s()
        level = self._beats.level_newton(STILL_BEATS // 2)
        if slope is None or abs(slope) > self._still_below_newton_per_s(beat, level):
            return False
        if not self._beats.is_within(level, BEGINS_WITHIN * self._band_newton(level)):
            return False
        self.level_newton = level
        self._last_at_level = beat.number
        self._find_start(level)
        self._is_rough = True
        return self._gathered_s == 0.0

    def _follow(self, beat: Beat, level: float) -> None:
        if abs(beat.newton - level) <= self._band_newton(level):
            self.level_newton = level + (beat.newton - level) * BEAT_S / LEVEL_FOLLOWS_S
            self._last_at_level = beat.number
            if self._is_rough and beat.middle_s - self.still_since_s >= SURE_OF_START_S:
                self._find_start(self.level_newton)
            return
        # Past a dip the way back to the start cannot be seen any more.
        self._is_rough = False
        if (beat.number - self._last_at_level) * BEAT_S > DIP_AT_MOST_S:
            self.end()

    def _find_start(self, level_newton: float) -> None:
        self.still_since_s = round(max(self._beats.still_since_s(level_newton), self._began_s), 6)
        if self._gathered_s == 0.0:
            self._first_s = self.still_since_s
        self._is_rough = False

    def _still_below_newton_per_s(self, beat: Beat, level_newton: float) -> float:
        lean = level_newton / max(beat.middle_s - self._began_s, BEAT_S)
        slow_lean = max(STILL_LEAN_SHARE * lean, STILL_BREATH_PER_S * level_newton)
        return min(max(self._still_below, STILL_SHARE_PER_S * level_newton), slow_lean)

    def _band_newton(self, level_newton: float) -> float:
        """How far from its level a force still counts as the same hold."""
        return max(HOLD_BAND_SHARE * level_newton, self._narrowest_newton)

    def end(self) -> None:
        """Close the hold under way, if any, at the moment when the force left its level."""
        if self.level_newton is None:
            return
        until_s = self._beats.still_until_s(self.level_newton, self._last_at_level)
        held_s = self._gathered_s + max(0.0, until_s - self.still_since_s)
        self._last_held_s = held_s
        if self.longest_s is None or held_s > self.longest_s:
            self.longest_s, self.settled_s = round(held_s, 6), self._first_s
        self.level_newton = None
        self._gathered_s = 0.0

    def let_go(self) -> None:
        """Close the hold under way at the end of contact; only that one can go on after a re-grip."""
        self._last_held_s = 0.0
        self.end()

    def come_back(self) -> None:
        """Go on with the hold that was let go."""
        self._gathered_s = self._last_held_s
        self._beats = Beats()

    def start_over(self) -> None:
        """Close the hold under way and forget the force so far: it was of other pads."""
        self.end()
        self._beats = Beats()

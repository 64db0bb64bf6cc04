"""From the levels of a button to the words of a mark.

Mama's: down is "too much", at once; a second press soon after is "just right"; held for a second it is "stop".
A third press soon after is "too much" again: who taps many times means that.
The partner's: a press is "next"; held for a second it is "end".
"""

from dataclasses import dataclass
from math import inf

from sensing.inputs import MarkWord

HELD_AFTER_S = 1.0
SECOND_PRESS_WITHIN_S = 0.6
# Contacts bounce for up to 20 ms. Down counts at once; up only when it has lasted this long.
UP_AFTER_S = 0.03


@dataclass(slots=True)
class _Level:
    """A level without its bounce.

    Attributes:
        down_s: Since when it is down; None while it is up.
    """

    down_s: float | None = None
    _up_s: float | None = None

    @property
    def is_down(self) -> bool:
        return self.down_s is not None

    def is_held(self, t_s: float) -> bool:
        return self.down_s is not None and t_s - self.down_s >= HELD_AFTER_S

    def feed(self, t_s: float, down: bool) -> bool:
        """Take the raw level; return whether the debounced one changed."""
        if down:
            self._up_s = None
            if self.is_down:
                return False
            self.down_s = t_s
            return True
        if not self.is_down:
            return False
        if self._up_s is None:
            self._up_s = t_s
        if t_s - self._up_s < UP_AFTER_S:
            return False
        self.down_s = None
        return True


class MamasButton:
    """Her button through a session."""

    def __init__(self) -> None:
        self._level = _Level()
        self._up_s = -inf
        # Of the press that is on, or was the last.
        self._said: MarkWord | None = None

    def feed(self, t_s: float, down: bool) -> MarkWord | None:
        """Take the level at that time; return the word that it makes, if any."""
        changed = self._level.feed(t_s, down)
        if changed and self._level.is_down:
            is_soon = t_s - self._up_s <= SECOND_PRESS_WITHIN_S
            self._said = "just_right" if is_soon and self._said == "too_much" else "too_much"
            return self._said
        if changed:
            self._up_s = t_s
        if self._said != "stop" and self._level.is_held(t_s):
            self._said = "stop"
            return "stop"
        return None


class PartnersButton:
    """The partner's button through a session; what was down before it began says nothing until it is let go."""

    def __init__(self) -> None:
        self._level = _Level()
        self._ended = False
        self._is_new = True

    def feed(self, t_s: float, down: bool) -> MarkWord | None:
        """Take the level at that time; return the word that it makes, if any."""
        changed, is_new, self._is_new = self._level.feed(t_s, down), self._is_new, False
        if changed and self._level.is_down:
            self._ended = is_new
        elif changed and not self._ended:
            return "next"
        if not self._ended and self._level.is_held(t_s):
            self._ended = True
            return "end"
        return None

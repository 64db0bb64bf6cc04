"""From the levels of a button to the words of a mark.

Mama's: down is "too much", at once; a second press soon after is "just right"; held for a second it is "stop".
A third press soon after is "too much" again: who taps many times means that.
The partner's: a press is "next"; held for a second it is "end".
"""

from dataclasses import dataclass

from sensing.inputs import MarkWord

HELD_AFTER_S = 1.0
SECOND_PRESS_WITHIN_S = 0.6
# Contacts bounce for up to 20 ms. Down counts at once; up only when it has lasted this long.
UP_AFTER_S = 0.03


@dataclass(slots=True)
class _Level:
    """A level without its bounce."""

    is_down: bool = False
    down_s: float = 0.0
    _up_s: float | None = None

    def feed(self, t_s: float, down: bool) -> bool:
        """Take the raw level; return whether the debounced one changed."""
        if down:
            self._up_s = None
            if self.is_down:
                return False
            self.is_down, self.down_s = True, t_s
            return True
        if not self.is_down:
            return False
        if self._up_s is None:
            self._up_s = t_s
        if t_s - self._up_s < UP_AFTER_S:
            return False
        self.is_down = False
        return True


class MamasButton:
    """Her button through a session."""

    def __init__(self) -> None:
        self._level = _Level()
        self._up_s: float | None = None
        self._is_second = False
        self._stopped = False

    def feed(self, t_s: float, down: bool) -> MarkWord | None:
        """Take the level at that time; return the word that it makes, if any."""
        changed = self._level.feed(t_s, down)
        if changed and self._level.is_down:
            is_soon = self._up_s is not None and t_s - self._up_s <= SECOND_PRESS_WITHIN_S
            self._is_second = is_soon and not self._is_second
            self._stopped = False
            return "just_right" if self._is_second else "too_much"
        if changed:
            self._up_s = t_s
        if self._level.is_down and not self._stopped and t_s - self._level.down_s >= HELD_AFTER_S:
            self._stopped = True
            return "stop"
        return None


class PartnersButton:
    """The partner's button through a session."""

    def __init__(self) -> None:
        self._level = _Level()
        self._ended = False

    def feed(self, t_s: float, down: bool) -> MarkWord | None:
        """Take the level at that time; return the word that it makes, if any."""
        changed = self._level.feed(t_s, down)
        if changed and self._level.is_down:
            self._ended = False
        elif changed and not self._ended:
            return "next"
        if self._level.is_down and not self._ended and t_s - self._level.down_s >= HELD_AFTER_S:
            self._ended = True
            return "end"
        return None

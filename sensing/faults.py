"""Faults that no single reading shows: a sensor that hangs, a wire that is loose, a pad that feels nothing.

Each of them is judged by a history of its own; what follows from it is the pad's affair (`pads.py`).
"""

from collections import deque
from collections.abc import Sequence
from math import inf

# A finger's tremor moves the reading by 8 codes or more; the same code for a second is a sensor that hangs.
STUCK_AFTER_S = 1.0
STUCK_AFTER_READINGS = 50
STUCK_ABOVE_NEWTON = 1.0

# A crack opens and closes with every movement: three times in a minute is no accident. It stays a fault to the end
# of the session, because a wire that is whole for the moment is the same wire.
LOOSE_AFTER_BREAKS = 3
LOOSE_WITHIN_S = 60.0
# Contacts bounce: what breaks again this soon is still the same break.
BOUNCE_S = 0.1

# A pad that has not felt the least touch during a minute in which all others were at work is torn, or it is not on
# the hand. A minute of work is several presses; that a soft hand leaves one pad out in all of them is no accident.
SILENT_AFTER_S = 60.0
# At work: more than the glove itself or a brush of cloth on each, and together so much that a spread hand would
# press the third as well. A partner who works with the heel of the hand alone leaves two pads out, and is not meant.
WORKS_ABOVE_NEWTON = 0.5
WORK_ABOVE_NEWTON = 3.0
# Work is looked at twice a second; a hole in the readings is no work.
LOOK_EVERY_S = 0.5
STEP_AT_MOST_S = 0.7


class Repeats:
    """Whether a pad gives the same code again and again."""

    def __init__(self) -> None:
        self._volt = -1.0
        self._since_s = 0.0
        self._readings = 0

    def feed(self, t_s: float, volt: float, newton: float) -> bool:
        """Return whether it hangs; only under a force, because an untouched pad may rest."""
        if volt != self._volt:
            self._volt = volt
            self._since_s = t_s
            self._readings = 0
        self._readings += 1
        return (
            newton > STUCK_ABOVE_NEWTON
            and self._readings >= STUCK_AFTER_READINGS
            and t_s - self._since_s >= STUCK_AFTER_S
        )


class Wire:
    """Whether a pad's wire is loose: broken and whole again, and again."""

    def __init__(self) -> None:
        self.is_loose = False
        self._breaks_s: deque[float] = deque(maxlen=LOOSE_AFTER_BREAKS)
        self._whole_since_s = -inf

    def breaks(self, t_s: float) -> None:
        """Take note that the wire, whole until now, reads as none; a single such reading counts."""
        if t_s - self._whole_since_s < BOUNCE_S:
            return
        self._breaks_s.append(t_s)
        if len(self._breaks_s) == LOOSE_AFTER_BREAKS and t_s - self._breaks_s[0] <= LOOSE_WITHIN_S:
            self.is_loose = True

    def heals(self, t_s: float) -> None:
        """Take note that the wire is whole again."""
        self._whole_since_s = t_s


class Silence:
    """How long each pad has felt nothing while all the others worked.

    Args:
        pads: How many pads are in use; with fewer than three, one pad alone may well do all the work.
    """

    def __init__(self, pads: int) -> None:
        self.looks_at_s = LOOK_EVERY_S
        self._looked_at_s = 0.0
        self._others = pads - 1
        self._silent_s = [0.0] * pads

    def look(self, t_s: float, newton: Sequence[float | None], touched_at_s: Sequence[float]) -> list[int]:
        """Return the pads that are silent; to be asked at the first reading from `looks_at_s` on.

        Args:
            t_s: When.
            newton: What each pad bears by the hand, None where it is not known.
            touched_at_s: When each pad last felt anything at all, be it by the glove.
        """
        last_s, self._looked_at_s, self.looks_at_s = self._looked_at_s, t_s, t_s + LOOK_EVERY_S
        step_s = min(t_s - last_s, STEP_AT_MOST_S)
        work = [value for value in newton if value is not None and value >= WORKS_ABOVE_NEWTON]
        is_work = len(work) == self._others >= 2 and round(sum(work), 6) >= WORK_ABOVE_NEWTON
        silent = []
        for i, touched_s in enumerate(touched_at_s):
            if touched_s >= last_s:
                self._silent_s[i] = 0.0
            elif is_work and newton[i] is not None:
                self._silent_s[i] += step_s
            if self._silent_s[i] >= SILENT_AFTER_S:
                silent.append(i)
        return silent

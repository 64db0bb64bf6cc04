"""Force in beats of 0.1 s: the same picture of a press whatever the sampling rate, jitter or a lost reading.

Stillness, level and corners are judged on beats; they need no more time resolution than that. What is decided on is
rounded to 1e-6, because the last bits of `sum` differ between versions of Python and a tape must replay on any.
"""

from collections import deque
from dataclasses import dataclass

BEAT_S = 0.1
# Twenty seconds: the longest look back, down a slow lean-in from 4 s into the hold.
REMEMBERED = 200
# Slope over 2 s: long enough that breathing at 0.25 Hz and tremor cancel, short enough for a light that feels prompt.
STILL_BEATS = 20
# Centred beat numbers over 2 s, and the sum of their squares, for the least-squares slope.
_CENTRED = tuple(i - (STILL_BEATS - 1) / 2 for i in range(STILL_BEATS))
_SQUARES = sum(c * c for c in _CENTRED)
# The flank of a lean-in or release lies between these shares of the level. A straight line through all of it, run on
# to the level, finds the corner within 0.5 s for 99 % of simulated hands; two of its beats alone do so for 93 %.
FLANK_SHARES = (0.9, 0.3)
# It ends where the force falls, in the next second, at less than this part of its pace so far: there is another level.
FLAT_BEATS, FLAT_SHARE = 10, 0.2
# With fewer beats than this the flank is over before a line says more than the corner itself.
SHORTEST_FLANK_BEATS = 3
# A flank so slow that it would put the corner further away than this tells nothing of where it was.
CORNER_AT_MOST_S = 2.5
# Her breath lifts and lowers the level: once there is a corner, the level is the mean of all that is still beyond it.
LEVEL_BEATS = 30
STEADY_SHARE = 0.15
# An FSR that is let go reads up to 8 % high, which makes a slow release look late; a load cell does not. Half of it
# keeps both within 0.2 s for a release over 5 s. What creeps on after a lean-in makes the level a little high.
READS_HIGH_AFTER, READS_HIGH_BEFORE = 1.04, 0.985


@dataclass(frozen=True, slots=True)
class Beat:
    """The mean force over one tenth of a second; `number` counts tenths from session start."""

    number: int
    newton: float

    @property
    def middle_s(self) -> float:
        """The time that the mean stands for."""
        return (self.number + 0.5) * BEAT_S


class Beats:
    """The beats of a press so far, newest last."""

    def __init__(self) -> None:
        self.past: deque[Beat] = deque(maxlen=REMEMBERED)
        self._number = -1
        self._sum = 0.0
        self._count = 0

    @property
    def newest(self) -> int | None:
        """The number of the newest beat."""
        return self.past[-1].number if self.past else None

    def feed(self, t_s: float, newton: float) -> Beat | None:
        """Add a reading; return the beat that it closes, if any."""
        # A hair of tolerance, so that a reading at 0.3 s is in the fourth beat although 0.3 / 0.1 is below 3.
        number = int(t_s / BEAT_S + 1e-6)
        closed = None
        if number != self._number and self._count:
            closed = Beat(self._number, self._sum / self._count)
            self.past.append(closed)
        if number != self._number:
            self._number, self._sum, self._count = number, 0.0, 0
        self._sum += newton
        self._count += 1
        return closed

    def slope_newton_per_s(self) -> float | None:
        """Return the least-squares slope of the last 2 s; None where there are not yet 2 s without a hole."""
        past = self.past
        if len(past) < STILL_BEATS or past[-1].number - past[-STILL_BEATS].number != STILL_BEATS - 1:
            return None
        start = len(past) - STILL_BEATS
        products = sum(centred * past[start + i].newton for i, centred in enumerate(_CENTRED))
        return round(products / _SQUARES / BEAT_S, 6)

    def is_within(self, level_newton: float, band_newton: float) -> bool:
        """Return whether the last 2 s stayed that close to a level; a bump has no slope either."""
        return all(abs(beat.newton - level_newton) <= band_newton for beat in list(self.past)[-STILL_BEATS:])

    def level_newton(self, beats: int) -> float:
        """Return the mean of the newest beats."""
        newest = list(self.past)[-beats:]
        return round(sum(beat.newton for beat in newest) / len(newest), 6)

    def still_since_s(self, level_newton: float) -> float:
        """Return when the force came to this level, having been at it until now."""
        return _corner_s(list(reversed(self.past)), level_newton, towards=-1)

    def still_until_s(self, level_newton: float, last_at_level: int) -> float:
        """Return when the force left this level, of which the beat with that number was the last to show it."""
        still = [beat for beat in self.past if beat.number <= last_at_level][-LEVEL_BEATS:]
        after = [beat for beat in self.past if beat.number > last_at_level]
        return _corner_s(still + after, level_newton, towards=1, begins=len(still) - 1)


def _corner_s(beats: list[Beat], level_newton: float, towards: int, begins: int = 0) -> float:
    """Walk away from the level down its flank, and run the flank back up to the level.

    Args:
        beats: From the level outward in time.
        level_newton: What the level is held to be so far.
        towards: The sign of time on that way.
        begins: The beat from which on the flank may begin.
    """
    aim = READS_HIGH_AFTER if towards > 0 else READS_HIGH_BEFORE
    corner_s = beats[-1].middle_s + towards * BEAT_S / 2
    for _ in range(2):
        top = next((i for i in range(begins, len(beats)) if not _is_near(beats[i].newton, level_newton)), None)
        if top is None:
            return corner_s
        if beats[top].newton > level_newton:
            return beats[top].middle_s
        corner_s = _foot_of_level_s(beats[top:], aim * level_newton, towards)
        still = [beat.newton for beat in beats[:top] if (beat.middle_s - corner_s) * towards < -BEAT_S]
        still = [newton for newton in still if abs(newton - level_newton) <= STEADY_SHARE * level_newton]
        if len(still) < SHORTEST_FLANK_BEATS:
            return corner_s
        level_newton = round(sum(still) / len(still), 6)
    return corner_s


def _is_near(newton: float, level_newton: float) -> bool:
    high, _ = FLANK_SHARES
    return high <= newton / level_newton <= 1 / high


def _foot_of_level_s(flank: list[Beat], level_newton: float, towards: int) -> float:
    """Return where the straight line through a flank, whose first beat is below the level, meets the level."""
    edge = flank[0]
    _, low = FLANK_SHARES
    end = next((i for i, beat in enumerate(flank) if beat.newton < low * level_newton), len(flank))
    near_s = edge.middle_s - towards * BEAT_S / 2
    if end < SHORTEST_FLANK_BEATS:
        return near_s
    flank = flank[: _falls_until(flank[:end])]
    middle_s = sum(beat.middle_s for beat in flank) / len(flank)
    middle_newton = sum(beat.newton for beat in flank) / len(flank)
    across = sum((beat.middle_s - middle_s) * (beat.newton - middle_newton) for beat in flank)
    fall = -towards * across / sum((beat.middle_s - middle_s) ** 2 for beat in flank)
    if fall <= 0:
        return near_s
    back_s = (level_newton - middle_newton) / fall
    corner_s = middle_s - towards * back_s
    return near_s - towards * min(max((near_s - corner_s) * towards, 0.0), CORNER_AT_MOST_S)


def _falls_until(flank: list[Beat]) -> int:
    """Return how many beats there are before another level begins, where the force hardly falls any more."""
    edge = flank[0].newton
    for i in range(SHORTEST_FLANK_BEATS, len(flank) - FLAT_BEATS):
        pace = (edge - flank[i].newton) / i
        if flank[i].newton - flank[i + FLAT_BEATS].newton < FLAT_SHARE * pace * FLAT_BEATS:
            return i + 1
    return len(flank)

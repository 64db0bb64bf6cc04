"""Force in beats of 0.1 s: the same picture of a press whatever the sampling rate, jitter or a lost reading.

Stillness, level and corners are judged on beats; they need no more time resolution than that.
"""

from collections import deque
from dataclasses import dataclass

BEAT_S = 0.1
# Ten seconds: the longest look back, to the corner where a lean-in became a hold.
REMEMBERED = 100
# Slope over 2 s: long enough that breathing at 0.25 Hz and tremor cancel, short enough for a light that feels prompt.
STILL_BEATS = 20
# Centred beat numbers over 2 s, and the sum of their squares, for the least-squares slope.
_CENTRED = tuple(i - (STILL_BEATS - 1) / 2 for i in range(STILL_BEATS))
_SQUARES = sum(c * c for c in _CENTRED)
# A corner lies where the force leaves the level by more than wobble (6 %), run on at the slope of the next half second.
CORNER_SHARE = 0.06
CORNER_BEATS = 5
# A slope so slow that it would put the corner further away than this tells nothing of where it was.
CORNER_AT_MOST_S = 1.5


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
        return products / _SQUARES / BEAT_S

    def is_within(self, level_newton: float, band_newton: float) -> bool:
        """Return whether the last 2 s stayed that close to a level; a bump has no slope either."""
        return all(abs(beat.newton - level_newton) <= band_newton for beat in list(self.past)[-STILL_BEATS:])

    def level_newton(self, beats: int) -> float:
        """Return the mean of the newest beats."""
        newest = list(self.past)[-beats:]
        return sum(beat.newton for beat in newest) / len(newest)

    def still_since_s(self, level_newton: float) -> float:
        """Return when the force came to this level, having been at it until now."""
        backwards = list(reversed(self.past))
        return self._corner_s(backwards, level_newton, towards=-1)

    def still_until_s(self, level_newton: float, last_at_level: int) -> float:
        """Return when the force left this level, of which the beat with that number was the last to show it."""
        forwards = [beat for beat in self.past if beat.number >= last_at_level]
        earlier = [beat for beat in self.past if beat.number < last_at_level]
        near = CORNER_SHARE * level_newton
        while earlier and forwards[0].newton < level_newton - near:
            forwards.insert(0, earlier.pop())
        return self._corner_s(forwards, level_newton, towards=1)

    @staticmethod
    def _corner_s(beats: list[Beat], level_newton: float, towards: int) -> float:
        """Walk away from the level; where the force goes under it, run its slope back to the level."""
        near = CORNER_SHARE * level_newton
        for i, beat in enumerate(beats):
            if abs(beat.newton - level_newton) <= near:
                continue
            after = beats[min(i + CORNER_BEATS, len(beats) - 1)]
            per_s = (beat.newton - after.newton) / ((after.number - beat.number) * BEAT_S * towards or 1.0)
            if beat.newton > level_newton or per_s <= 0:
                return beat.middle_s
            back_s = min((level_newton - beat.newton) / per_s, CORNER_AT_MOST_S)
            return beat.middle_s - towards * back_s
        return beats[-1].middle_s + towards * BEAT_S / 2

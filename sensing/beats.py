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
# The flank of a lean-in or release is read between these shares of the level, where breathing hardly bends it,
# and run on in a straight line to the level: there is the corner.
FLANK_SHARES = (0.85, 0.5)
# A steeper piece that is shorter than this is tremor.
SHORTEST_FLANK_BEATS = 3
# A flank so slow that it would put the corner further away than this tells nothing of where it was.
CORNER_AT_MOST_S = 2.5


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
        return self._corner_s(list(reversed(self.past)), level_newton, towards=-1)

    def still_until_s(self, level_newton: float, last_at_level: int) -> float:
        """Return when the force left this level, of which the beat with that number was the last to show it."""
        after = [beat for beat in self.past if beat.number >= last_at_level]
        return self._corner_s(after, level_newton, towards=1)

    @staticmethod
    def _corner_s(beats: list[Beat], level_newton: float, towards: int) -> float:
        """Walk away from the level down its flank, and run the flank back up to the level."""
        high, low = FLANK_SHARES
        top = next((i for i, beat in enumerate(beats) if not high <= beat.newton / level_newton <= 1 / high), None)
        if top is None:
            return beats[-1].middle_s + towards * BEAT_S / 2
        if beats[top].newton > level_newton:
            return beats[top].middle_s
        flank = beats[top + SHORTEST_FLANK_BEATS :]
        # Down to half the level; where the force stays above that, as far as it falls fastest.
        foot = next((beat for beat in flank if beat.newton < low * level_newton), None)
        edge = beats[top]
        if foot is None:
            foot = max(flank, key=lambda beat: _per_beat(edge, beat), default=edge)
        fall = _per_beat(edge, foot)
        if fall <= 0:
            return edge.middle_s
        back_s = (level_newton - edge.newton) / fall * BEAT_S
        return edge.middle_s - towards * min(back_s, CORNER_AT_MOST_S)


def _per_beat(edge: Beat, foot: Beat) -> float:
    """Return how many newtons the force falls a beat from one beat to another."""
    return (edge.newton - foot.newton) / max(abs(foot.number - edge.number), 1)

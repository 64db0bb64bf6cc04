"""Paws: the short soft presses of kneading, by whichever pads of one hand or of two they come.

Pads that rise and fall together are one paw, that of the pad which bore most; pads that take turns are paws of their
own. One press is no rhythm: paws are told from the third on, with the two before it. A paw may be as hard or as quick
as it likes: that is for the coach to say, so it is told with its peak and its rise.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .rhythm import Rhythm
from .swings import AT_MOST_S, ROLLS_WITHIN_S, Row, Swing, Swings, crossing_s

# A press is contact from 0.8 N on, and so much a paw adds to what the pads bore before it: less is a brush, or fingers
# that fidget.
PAW_ADDS_NEWTON = 0.8
# One short press may be a touch, a landing or weight that moved on; two may be a second try.
RHYTHM_FROM = 3
# So long a paw waits for a pad that is still up; a pad that comes later adds nothing to it.
WAITS_S = 0.25
# Of a longer silence nobody knows what happened in it: a quick paw lasts 0.3 s.
SILENCE_AT_MOST_S = 0.3
# A paw at its longest, and its rise as slow again.
REMEMBERED_S = 2 * AT_MOST_S + 1.0
# The rise is the mean slope from 10 to 80 % of the height, as measured of real kneading: less would be
# the skin's give and the pad's turn-on, more the wobble of the top.
RISE_SHARES = (0.1, 0.8)
# A rise between two readings took at most the time between them; 10 ms keeps the division honest.
QUICKEST_RISE_S = 0.01


@dataclass(frozen=True, slots=True)
class Paw:
    """One short press of the kneading rhythm.

    Attributes:
        t_s: When that was sure.
        began_s: When a tenth of its rise was done.
        peak_s: When it bore most.
        pad: The pad that bore most.
        peak_newton: The highest force of the pads that made it, together; a pad that only rests is not in it.
        rise_newton_per_s: Mean slope of the rise.
        cadence_per_min: Paws a minute, of the last few; None for the first after a pause.
        evenness: 1 when intervals and peaks of the last few are all alike, less by the coefficient of variation of the
            more uneven of the two; None until there are four.
    """

    t_s: float
    began_s: float
    peak_s: float
    pad: str
    peak_newton: float
    rise_newton_per_s: float
    cadence_per_min: float | None
    evenness: float | None


class Paws:
    """The paws of all pads that knead together, of one glove or of two.

    Args:
        pads: Their names, in the order of the forces.
    """

    def __init__(self, pads: Sequence[str]) -> None:
        self._names = tuple(pads)
        self._pads = [Swings(pad) for pad in range(len(pads))]
        self._past: deque[Row] = deque()
        self._rhythm = Rhythm()
        # The paw that other pads may still join, and the last one.
        self._joined: list[Swing] = []
        self._last: Swing | None = None
        # Paws that wait for the third of their rhythm.
        self._unsure: list[Paw] = []

    def feed(self, t_s: float, pad_newton: Sequence[float | None]) -> list[Paw]:
        """Take the forces of all pads at one time."""
        past = self._past
        if past and t_s - past[-1][0] > SILENCE_AT_MOST_S:
            return self._begin_anew(t_s, pad_newton)
        past.append((t_s, pad_newton))
        while past[0][0] < t_s - REMEMBERED_S:
            past.popleft()
        ended = [swing for pad in self._pads if (swing := pad.feed(past)) is not None]
        if not ended and not self._joined:
            return []
        paws: list[Paw] = []
        for swing in sorted(ended, key=lambda swing: swing.to_s):
            if self._joined and not swing.is_with(self._leader()):
                paws += self._tell(t_s)
            self._joined.append(swing)
        return paws if self._may_grow(t_s) else paws + self._tell(t_s)

    def _begin_anew(self, t_s: float, pad_newton: Sequence[float | None]) -> list[Paw]:
        paws = self.finish(t_s)
        self._past.clear()
        for pad in self._pads:
            pad.forget()
        return paws + self.feed(t_s, pad_newton)

    def finish(self, t_s: float) -> list[Paw]:
        """End the input; nothing can join any more."""
        return self._tell(t_s) if self._joined else []

    def _leader(self) -> Swing:
        return max(self._joined, key=lambda swing: swing.peak_newton)

    def _may_grow(self, t_s: float) -> bool:
        """Return whether a pad that is still up may belong to the paw that has just ended."""
        return t_s - self._joined[0].to_s <= WAITS_S and any(pad.is_up for pad in self._pads)

    def _tell(self, t_s: float) -> list[Paw]:
        """Close the paw under way; one that goes with the last was a pad that rolled off late."""
        leader, joined = self._leader(), self._joined
        self._joined = []
        if self._last is not None and leader.is_with(self._last):
            return []
        # A hand that rolls comes down on its other pads first: what they bear then is part of the rise.
        low_s = max(min(swing.low_s for swing in joined), leader.low_s - ROLLS_WITHIN_S)
        rows = self._rows(low_s, leader, joined)
        top = max((i for i, row in enumerate(rows) if row[0] >= leader.from_s), key=lambda i: rows[i][1])
        way_up, (peak_s, peak_newton) = rows[: top + 1], rows[top]
        if peak_newton - min(newton for _, newton in way_up) < PAW_ADDS_NEWTON:
            return []
        self._last = leader
        pad = self._names[leader.pad]
        cadence_per_min, evenness = self._rhythm.feed(leader.middle_s, pad, peak_newton)
        began_s, rise_newton_per_s = _rise(way_up)
        paw = Paw(t_s, began_s, peak_s, pad, peak_newton, rise_newton_per_s, cadence_per_min, evenness)
        return self._in_rhythm(paw)

    def _in_rhythm(self, paw: Paw) -> list[Paw]:
        if self._rhythm.count == 1:
            self._unsure = []
        self._unsure.append(paw)
        if self._rhythm.count < RHYTHM_FROM:
            return []
        sure, self._unsure = self._unsure, []
        return [replace(each, t_s=paw.t_s) for each in sure]

    def _rows(self, from_s: float, leader: Swing, joined: list[Swing]) -> list[tuple[float, float]]:
        """Return what the pads of a paw bore together until it ended; a pad that failed meanwhile is left out."""
        rows: list[Row] = []
        for t_s, row in reversed(self._past):
            if t_s > leader.to_s:
                continue
            if t_s < from_s or row[leader.pad] is None:
                break
            rows.append((t_s, row))
        pads = {swing.pad for swing in joined if all(row[swing.pad] is not None for _, row in rows)}
        return [(t_s, round(sum(row[pad] or 0.0 for pad in pads), 6)) for t_s, row in reversed(rows)]


def _rise(rows: list[tuple[float, float]]) -> tuple[float, float]:
    """Return when the way up to the last row began, and its mean slope."""
    low_newton = min(newton for _, newton in rows)
    height_newton = rows[-1][1] - low_newton
    low, high = (_passed_s(rows, low_newton + share * height_newton) for share in RISE_SHARES)
    share = RISE_SHARES[1] - RISE_SHARES[0]
    return round(low, 6), round(share * height_newton / max(high - low, QUICKEST_RISE_S), 6)


def _passed_s(rows: list[tuple[float, float]], at_newton: float) -> float:
    """Return when the way up last passed a force that is higher than its lowest."""
    back = pairwise(reversed(rows))
    return next(crossing_s(*row, *after, at_newton) for after, row in back if row[1] <= at_newton)

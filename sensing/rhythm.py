"""How quick and how even the kneading is, from the last few paws.

A rhythm goes on until no paw comes for a few seconds; what came before that says nothing of what comes after.
"""

import math
from collections import deque
from itertools import pairwise
from statistics import fmean, median_low

# Slower than 12 a minute nobody kneads: the hand rests, or looks for another spot.
ENDS_AFTER_S = 5.0
# Eight paws are ten seconds of kneading at the usual pace: enough for a figure that is calm, few enough to follow.
REMEMBERED = 8
# Three intervals: of two nobody can say which one is the odd one.
EVEN_AFTER = 4


class Rhythm:
    """The last paws of the rhythm under way.

    Attributes:
        count: How many it has had so far.
    """

    def __init__(self) -> None:
        self.count = 0
        self._at_s: deque[float] = deque(maxlen=REMEMBERED)
        self._peaks: deque[tuple[str, float]] = deque(maxlen=REMEMBERED)

    def feed(self, at_s: float, pad: str, peak_newton: float) -> tuple[float | None, float | None]:
        """Take the next paw, which is later than the last, and return cadence (a minute) and evenness (0 to 1).

        The cadence comes from the median interval, of two the shorter: a single pause does not count.
        """
        if self._at_s and at_s - self._at_s[-1] > ENDS_AFTER_S:
            self._at_s.clear()
            self._peaks.clear()
            self.count = 0
        self.count += 1
        self._at_s.append(at_s)
        self._peaks.append((pad, peak_newton))
        if len(self._at_s) < 2:
            return None, None
        intervals = [later_s - sooner_s for sooner_s, later_s in pairwise(self._at_s)]
        cadence = round(60 / median_low(intervals), 6)
        if len(intervals) < EVEN_AFTER - 1:
            return cadence, None
        middle_s = fmean(intervals)
        varied = max(_spread([interval / middle_s for interval in intervals], 1), self._peaks_varied())
        return cadence, round(max(0.0, 1 - varied), 6)

    def _peaks_varied(self) -> float:
        """Return by how much the peaks differ from the others of the same pad: the heel may be the stronger one."""
        of_pad: dict[str, list[float]] = {}
        for pad, peak_newton in self._peaks:
            of_pad.setdefault(pad, []).append(peak_newton)
        shares = [peak / fmean(peaks) for peaks in of_pad.values() for peak in peaks]
        return _spread(shares, len(of_pad))


def _spread(shares: list[float], means: int) -> float:
    """Return the coefficient of variation of values that were divided by their means, of which there were so many."""
    if len(shares) <= means:
        return 0.0
    return math.sqrt(sum((share - 1) ** 2 for share in shares) / (len(shares) - means))

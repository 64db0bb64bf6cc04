"""The kneading of a session: how many paws, how they were, and which touches were paws and not lean-ins.

A touch is known to have been a paw only when the third of its rhythm is seen, so it waits for that a while.
"""

from collections import Counter, deque

from .events import PawSeen, PressEnded
from .plan import Side

# The first of three paws, 5 s apart at most, that are told when the third has ended.
TOUCH_WAITS_S = 15.0
# Paws of one touch: of a longer one the newest are enough to know it.
REMEMBERED = 8


class Kneading:
    """Gathers paws, in the memory of a page however many there are.

    Attributes:
        count: How many there were.
        per_min: Their cadence.
        evenness: How even they were.
        peak_newton: How hard they pressed.
        rise_newton_per_s: How quickly they rose.
    """

    def __init__(self) -> None:
        self.count = 0
        self.per_min, self.evenness = Middle(), Middle()
        self.peak_newton, self.rise_newton_per_s = Middle(), Middle()
        self._peaks: deque[tuple[Side | None, float]] = deque(maxlen=REMEMBERED)
        self._touches: deque[PressEnded] = deque()

    @property
    def unsure(self) -> tuple[PressEnded, ...]:
        """Touches that may still turn out to have been paws; until then they are lean-ins."""
        return tuple(self._touches)

    def paw(self, paw: PawSeen) -> None:
        """Take a paw; the touch that it was is no lean-in."""
        self.count += 1
        for middle, value in (
            (self.per_min, paw.cadence_per_min),
            (self.evenness, paw.evenness),
            (self.peak_newton, paw.peak_newton),
            (self.rise_newton_per_s, paw.rise_newton_per_s),
        ):
            if value is not None:
                middle.feed(value)
        peak = (paw.side, paw.peak_s)
        self._peaks.append(peak)
        self._touches = deque(touch for touch in self._touches if not _within(peak, touch))

    def touch(self, touch: PressEnded) -> list[PressEnded]:
        """Take a touch, and return those that are lean-ins by now."""
        if not any(_within(peak, touch) for peak in self._peaks):
            self._touches.append(touch)
        sure: list[PressEnded] = []
        while self._touches and touch.t_s - self._touches[0].t_s > TOUCH_WAITS_S:
            sure.append(self._touches.popleft())
        return sure


def _within(peak: tuple[Side | None, float], touch: PressEnded) -> bool:
    side, peak_s = peak
    return side == touch.side and touch.began_s <= peak_s <= touch.t_s


class Middle:
    """The median of any number of values, to a hundredth."""

    def __init__(self) -> None:
        self._times: Counter[int] = Counter()

    def feed(self, value: float) -> None:
        """Take the next value."""
        self._times[round(100 * value)] += 1

    @property
    def value(self) -> float | None:
        """The median, None of nothing."""
        left = self._times.total() / 2
        for hundredths, times in sorted(self._times.items()):
            left -= times
            if left <= 0:
                return hundredths / 100
        return None

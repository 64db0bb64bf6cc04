"""When a load on one pad has come to rest, and what the pad conducts then.

A table's conductance is that of seconds 4 to 5 after the load came to rest: earlier the pad still creeps fast, later
the hand tires. What matters too is where the hand came from, for a pad reads a falling force higher than a rising one.
"""

import math
from collections import deque
from dataclasses import dataclass

# Long enough to see the slow wobble of a hand (0.5 Hz and more), short enough to say "still moving" at once.
WINDOW_S = 1.0
# The mean of seconds 4 to 5 is what the kitchen-scale procedure asks for.
DWELL_S = 5.0
# A hand that presses a scale wobbles 1 to 2 % (rms), the FSR's noise is 0.3 %; whoever still leans in by 10 % a second
# has 2.9 %. Once at rest a single jerk may double it.
STEADY_SHARE = 0.025
MOVING_SHARE = 0.05
# A poor pad creeps by 8 % in these seconds; a load that moved further is another load.
SHIFT_SHARE = 0.1
# Turn-on is defined as 100 kohm (Interlink 94-00004, 2.2): below it the pad does not conduct.
TURN_ON_SIEMENS = 1e-5


@dataclass(frozen=True, slots=True)
class Rest:
    """A load that was kept still.

    Attributes:
        began_s: When it came to rest.
        siemens: Mean of the fifth second.
        spread_share: The wobble of that second (standard deviation), as a share of the mean.
        from_above: Whether the hand came down to it; None when nobody saw it come.
    """

    began_s: float
    siemens: float
    spread_share: float
    from_above: bool | None


class Steadiness:
    """One pad's conductance, from one load to the next.

    Attributes:
        mean_siemens: Of the last second; None at the start.
        spread_share: How much it wobbled in the last second; None while nothing presses.
        since_s: When the load came to rest; None while it moves.
        rest: The newest load that was kept still for 5 s; None when there is none yet.
    """

    def __init__(self) -> None:
        self.mean_siemens: float | None = None
        self.spread_share: float | None = None
        self.since_s: float | None = None
        self.rest: Rest | None = None
        self._t_s = 0.0
        self._window: deque[tuple[float, float]] = deque()
        self._path: list[float] = []
        self._came_at = 0
        self._at_siemens = 0.0
        self._taken = False

    @property
    def rested_s(self) -> float:
        """For how long the load has been at rest."""
        return 0.0 if self.since_s is None else self._t_s - self.since_s

    @property
    def moved_on(self) -> bool:
        """Whether the hand went to another load after the rest; one that let go to type has not."""
        if self.rest is None or self.mean_siemens is None or self.mean_siemens < self.rest.siemens / 2:
            return False
        return abs(self.mean_siemens / self.rest.siemens - 1) > SHIFT_SHARE

    def again(self) -> None:
        """Ask for a new rest; where the hand came from stays known."""
        self.since_s = self.rest = None

    def feed(self, t_s: float, siemens: float) -> None:
        """Take one reading; times never go back."""
        self._t_s = t_s
        self._path.append(siemens)
        self._window.append((t_s, siemens))
        while self._window[0][0] < t_s - WINDOW_S:
            self._window.popleft()
        values = [value for _, value in self._window]
        self.mean_siemens = mean = sum(values) / len(values)
        self.spread_share = None
        # Nine tenths, because a second does not end on a reading.
        if mean < TURN_ON_SIEMENS or t_s - self._window[0][0] < 0.9 * WINDOW_S:
            self.since_s = None
            return
        self.spread_share = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / mean
        self._judge(t_s, mean, self.spread_share)

    def _judge(self, t_s: float, mean: float, spread_share: float) -> None:
        if self.since_s is None:
            if spread_share <= STEADY_SHARE:
                self.since_s, self._at_siemens, self._taken = self._window[0][0], mean, False
                self._came_at = len(self._path) - len(self._window)
        elif spread_share > MOVING_SHARE or abs(mean / self._at_siemens - 1) > SHIFT_SHARE:
            self.since_s = None
        elif not self._taken and t_s - self.since_s >= DWELL_S and spread_share <= STEADY_SHARE:
            self.rest = Rest(self.since_s, mean, spread_share, self._came_from_above())
            # From here on a hold may creep for minutes.
            self._at_siemens, self._taken = mean, True

    def _came_from_above(self) -> bool | None:
        """Return which side the hand was on when it was last elsewhere."""
        for siemens in reversed(self._path[: self._came_at]):
            if abs(siemens / self._at_siemens - 1) > SHIFT_SHARE:
                return siemens > self._at_siemens
        return None

"""The one kind of clock that hardware knows: seconds that only go forward, and waiting for one of them.

Whoever waits is given a clock; nobody calls time.sleep. The emulated one is in hardware.emulated.clock.
"""

import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since some moment, never backwards."""

    def now_s(self) -> float:
        """Return the seconds now."""
        ...

    def sleep_until(self, t_s: float) -> None:
        """Return when `t_s` has come; at once if it has passed."""
        ...


class SystemClock:
    """The computer's monotonic clock: it does not jump when the network sets the time of day."""

    def now_s(self) -> float:
        """Return the seconds now."""
        return time.monotonic()

    def sleep_until(self, t_s: float) -> None:
        """Return when `t_s` has come; at once if it has passed."""
        wait_s = t_s - time.monotonic()
        if wait_s > 0:
            time.sleep(wait_s)

"""Time that passes only when somebody waits: a session of an hour takes as long as its arithmetic."""


class VirtualClock:
    """A clock that starts at 0.0; waiting sets it, bus transfers advance it."""

    def __init__(self) -> None:
        self._t_s = 0.0

    def now_s(self) -> float:
        """Return the seconds since the clock was made."""
        return self._t_s

    def sleep_until(self, t_s: float) -> None:
        """Make it `t_s`, if that is still to come."""
        if t_s > self._t_s:
            self._t_s = t_s

    def advance(self, dt_s: float) -> None:
        """Let `dt_s` pass; a negative time is refused, as it would be by nature."""
        if dt_s < 0:
            raise ValueError(f"time cannot go back by {-dt_s} s")
        self._t_s += dt_s

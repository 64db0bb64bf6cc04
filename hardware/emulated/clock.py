"""Time that passes only when somebody waits: a session of an hour takes as long as its arithmetic."""

from collections.abc import Callable
from math import inf


class VirtualClock:
    """A clock that starts at 0.0; waiting sets it, bus transfers advance it.

    Who wants to act while others wait is called at its own times, as another process would be.
    """

    def __init__(self) -> None:
        self._t_s = 0.0
        self._calls: list[_Call] = []
        # When the first of them is due; time passes a thousand times between two.
        self._due_s = inf

    def now_s(self) -> float:
        """Return the seconds since the clock was made."""
        return self._t_s

    def sleep_until(self, t_s: float) -> None:
        """Make it `t_s`, if that is still to come."""
        if t_s > self._t_s:
            self._pass(t_s)

    def advance(self, dt_s: float) -> None:
        """Let `dt_s` pass; a negative time is refused, as it would be by nature."""
        if dt_s < 0:
            raise ValueError(f"time cannot go back by {-dt_s} s")
        self._pass(self._t_s + dt_s)

    def every(self, period_s: float, call: Callable[[], object]) -> None:
        """Call somebody again and again, first one period from now; a call takes no time and waits for nothing."""
        self._calls.append(_Call(call, self._t_s, period_s))
        self._due_s = min(self._due_s, self._calls[-1].due_s())

    def _pass(self, to_s: float) -> None:
        while self._due_s <= to_s:
            self._t_s = self._due_s
            min(self._calls, key=_Call.due_s).make()
            self._due_s = min(call.due_s() for call in self._calls)
        self._t_s = to_s


class _Call:
    """Somebody to be called again and again; times are counted, so that no rounding adds up."""

    def __init__(self, call: Callable[[], object], began_s: float, period_s: float) -> None:
        self._call, self._began_s, self._period_s = call, began_s, period_s
        self._number = 1

    def due_s(self) -> float:
        return self._began_s + self._number * self._period_s

    def make(self) -> None:
        self._number += 1
        self._call()

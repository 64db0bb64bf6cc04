"""Looks at the Pi's power every few seconds, in a thread that nobody waits for."""

import queue
import threading
from collections.abc import Iterator

from hardware.power import Power, read_power
from sensing.inputs import NoticeWord

# A dip that matters comes again and again; the tool is no load at this pace.
LOOK_EVERY_S = 5.0


class PowerWatch:
    """What there is to be said of the power.

    Args:
        tool: Where `vcgencmd` is.
        look_every_s: From look to look.
    """

    def __init__(self, tool: str, look_every_s: float = LOOK_EVERY_S) -> None:
        self._tool, self._look_every_s = tool, look_every_s
        self._said: queue.SimpleQueue[NoticeWord] = queue.SimpleQueue()
        self._ending = threading.Event()
        # A daemon: a tool that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="power", daemon=True)
        self._thread.start()

    def news(self) -> Iterator[NoticeWord]:
        """Yield what is new since the last call; returns at once."""
        while not self._said.empty():
            yield self._said.get()

    def close(self) -> None:
        """Look no more; returns at once."""
        self._ending.set()

    def _work(self) -> None:
        before: Power | None = None
        while not self._ending.is_set():
            power = read_power(self._tool)
            if power is not None:
                for word in _changes(before, power):
                    self._said.put(word)
                before = power
            self._ending.wait(self._look_every_s)


def _changes(before: Power | None, now: Power) -> Iterator[NoticeWord]:
    if before is None and now.was_low and not now.is_low:
        yield "power_was_low"
    if now.is_low is not (before is not None and before.is_low):
        yield "power_low" if now.is_low else "power_well"
    if now.is_slow is not (before is not None and before.is_slow):
        yield "slowed_down" if now.is_slow else "full_speed"

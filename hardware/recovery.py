"""A glove's ADC that gets its bus back by itself: opened anew, and clocked free where something holds it low.

Each step is a tick of its own, bounded like a sweep, and ends in BusTrouble: nothing is read until a whole sweep is
right again. Nothing here ends a session.
"""

import contextlib
from collections.abc import Callable

from hardware.ads1115 import GloveAdc
from hardware.board import Board
from hardware.bus import I2cBus
from hardware.clock import Clock
from hardware.trouble import BusTrouble, NoHardware, StuckBus

# Five sweeps are 100 ms: for as long the last value may stand in for a lost one. A spark in a plug is over by then, and
# for the person nothing has happened yet.
_OPEN_AFTER_SWEEPS = 5
# A dead bus is not hammered, but nobody waits for longer than a second after it came back.
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.25, 1.0
# A line that nine clocks did not free is shorted; only a hand can mend that, in its time.
_CLOCKS_AGAIN_AFTER_S = 10.0

# Says whether the clocks have all been sent.
IsOver = Callable[[], bool]
# Begins to send nine clocks; None where that cannot be done.
FreeBus = Callable[[], IsOver | None]


class RecoveringAdc(GloveAdc):
    """The ADC of one glove, and the way back when its bus fails.

    Args:
        open_bus: Opens the bus.
        address: The chip's.
        board: Its wiring.
        clock: Real or virtual.
        free_bus: Begins to send nine clocks over the bus's pins, while nobody else uses them.

    Raises:
        NoHardware: The bus or the chip is not there at the start.
    """

    def __init__(
        self, open_bus: Callable[[], I2cBus], address: int, board: Board, clock: Clock, free_bus: FreeBus | None = None
    ) -> None:
        self._open_bus, self._free_bus = open_bus, free_bus
        self._bus: I2cBus | None = None
        bus = open_bus()
        try:
            super().__init__(bus, address, board, clock)
        except NoHardware:
            # Whoever tries again and again must not be left with a file for each time.
            bus.deinit()
            raise
        self._bus = bus
        self._failed = 0
        self._reason, self._is_stuck = "", False
        self._open_at_s = clock.now_s()
        self._wait_s = _FIRST_WAIT_S
        self._clocks_at_s = clock.now_s()
        self._is_free: IsOver | None = None

    def sweep(self) -> tuple[float, float, float, float]:
        """Convert all four channels, or take the next step towards that.

        Raises:
            BusTrouble: The sweep failed, or the bus is being opened anew; nothing may be used.
        """
        if self._is_free is not None:
            if self._is_free():
                self._is_free = None
                self._open()
            raise BusTrouble(self._reason)
        if self._failed >= _OPEN_AFTER_SWEEPS and self._clock.now_s() >= self._open_at_s:
            self._begin_again()
            raise BusTrouble(self._reason)
        if self._bus is None:
            raise BusTrouble(self._reason)
        try:
            volts = super().sweep()
        except BusTrouble as trouble:
            self._failed += 1
            self._reason, self._is_stuck = trouble.reason, isinstance(trouble, StuckBus)
            raise
        if self._failed:
            self._failed = 0
            self._wait_s = _FIRST_WAIT_S
            self._open_at_s = self._clocks_at_s = self._clock.now_s()
        return volts

    def close(self) -> None:
        """Let go of the bus; closing twice is allowed."""
        if self._bus is not None:
            # What cannot be closed any more is closed.
            with contextlib.suppress(OSError):
                self._bus.deinit()
            self._bus = None

    def _begin_again(self) -> None:
        now_s = self._clock.now_s()
        self._open_at_s = now_s + self._wait_s
        self._wait_s = min(2 * self._wait_s, _LONGEST_WAIT_S)
        self.close()
        if self._free_bus is not None and self._is_stuck and now_s >= self._clocks_at_s:
            self._clocks_at_s = now_s + _CLOCKS_AGAIN_AFTER_S
            self._is_free = self._free_bus()
        if self._is_free is None:
            self._open()

    def _open(self) -> None:
        try:
            self._bus = self._open_bus()
        except NoHardware as missing:
            self._reason = str(missing)
            return
        self.use(self._bus)

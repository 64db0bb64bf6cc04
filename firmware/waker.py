"""A wait for the keyboard that a signal ends, however shortly before it the signal came.

Python runs a handler between two of its steps. A signal that comes after the last of them and before the kernel waits,
or to another thread, would be heard when the wait is over, which may be never; so it also writes to what is waited for.
"""

import select
import signal
import socket
from typing import Final

# A signal writes one byte; whatever has gathered is taken at once.
_AT_ONCE_BYTES: Final = 4096


class Waker:
    """Wakes a wait of the main thread, from its making until it is closed."""

    def __init__(self) -> None:
        self._woken, self._waking = socket.socketpair()
        self._woken.setblocking(False)
        self._waking.setblocking(False)
        # Full is as good as one byte.
        self._before = signal.set_wakeup_fd(self._waking.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Let signals do what they did before; closing twice is allowed."""
        if self._waking.fileno() != -1:
            signal.set_wakeup_fd(self._before)
        self._waking.close()
        self._woken.close()

    def wait_for(self, file: int, timeout_s: float | None) -> bool:
        """Return whether there is something to read.

        Args:
            file: Where it would come from.
            timeout_s: How long it is waited for; None for as long as it takes. Each signal that ends nothing begins it
                anew.
        """
        woken = self._woken.fileno()
        while True:
            ready = select.select([file, woken], [], [], timeout_s)[0]
            if woken not in ready:
                return file in ready
            # The handler runs in between, and raises what ends the wait, if it is to end.
            self._woken.recv(_AT_ONCE_BYTES)

"""What systemd is told, where it started us: ready, alive, resting, about to end. Elsewhere nobody listens.

The protocol is a datagram of words (sd_notify, systemd 252). Alive is said by whoever has just renewed the lease of the
lights, so that a loop that hangs is noticed; between two loops there is nothing to be alive, and that is said too.
"""

import os
import socket
from typing import Self

from coach.cues import Levels
from sensing.inputs import MarkWord

from .lights import Lights

# Between two loops: the page of a session, the tapes of all before it, a guardian that starts on a small Pi.
RESTS_AT_MOST_S = 60.0


class ServiceManager:
    """The one who started us as a service, if somebody did; it never keeps anybody waiting."""

    def __init__(self) -> None:
        # Not for the children: the guardian has no say in it.
        address = os.environ.pop("NOTIFY_SOCKET", "")
        usual_us = os.environ.pop("WATCHDOG_USEC", "")
        self._usual_us = int(usual_us) if usual_us.isdecimal() else None
        # A name that begins with "@" is one without a file.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._is_looping = False
        self._is_ready = False
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if address else None
        if self._socket is not None:
            self._socket.setblocking(False)

    def alive(self) -> None:
        """Say that a tick was judged and its levels are on their way."""
        if not self._is_looping:
            self._is_looping = True
            if self._usual_us is not None:
                self._tell(f"WATCHDOG_USEC={self._usual_us}")
        if not self._is_ready:
            self._is_ready = True
            self._tell("READY=1")
        self._tell("WATCHDOG=1")

    def resting(self, what: str) -> None:
        """Say that no loop runs for a while, and why; everything is dark then."""
        self._is_looping = False
        if self._usual_us is not None:
            self._tell(f"WATCHDOG_USEC={round(RESTS_AT_MOST_S * 1e6)}\nWATCHDOG=1")
        self._tell(f"STATUS={what}")

    def status(self, what: str) -> None:
        """Say what `systemctl status` is to show."""
        self._tell(f"STATUS={what}")

    def stopping(self) -> None:
        """Say that this is an end, not a failure."""
        self._tell("STOPPING=1")

    def close(self) -> None:
        """Say nothing any more."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tell(self, words: str) -> None:
        if self._socket is None:
            return
        try:
            self._socket.sendto(words.encode(), self._address)
        except OSError:
            # A manager that does not listen now hears the next one; one that is gone needs nothing.
            return


class WatchedLights:
    """Lights whose every renewed lease is a sign of life for the service manager.

    Args:
        lights: The lights.
        manager: Who is to know.
    """

    def __init__(self, lights: Lights, manager: ServiceManager) -> None:
        self._lights, self._manager = lights, manager

    @property
    def are_lost(self) -> bool:
        """Whether nothing can be shown."""
        return self._lights.are_lost

    def show(self, levels: Levels) -> None:
        """Show that, and say that we are alive."""
        self._lights.show(levels)
        self._manager.alive()

    def words(self) -> list[MarkWord]:
        """Return what the buttons said since the last call."""
        return list(self._lights.words())

    def close(self) -> None:
        """Turn everything off; from now on there is no loop."""
        self._lights.close()

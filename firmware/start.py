"""Where the command `paws` begins: an interrupt is one line from the first moment on, however early it comes.

In the middle of an import an interrupt may get lost, or come out as another error. Until a session takes the signal
over there is nothing to put in order.
"""

import os
import signal
from types import FrameType

INTERRUPTED = 130


def _leave(number: int, frame: FrameType | None) -> None:
    del number, frame
    os.write(2, b"paws: interrupted\n")
    os._exit(INTERRUPTED)


def main() -> None:
    """Hold the signal, then load the command line and run it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    from .cli import main as run  # noqa: PLC0415 - the point of this file: nothing is loaded before the signal is held

    run()

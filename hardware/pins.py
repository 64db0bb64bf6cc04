"""The real pins: gpiozero over lgpio, the only backend that works on every Pi.

Only the process that owns the pins calls this; it imports lgpio, which nobody else needs.
"""

import contextlib
import tempfile
from typing import Any

from hardware.trouble import NoHardware


def real_pin_factory() -> Any:
    """Make lgpio gpiozero's own backend, and return it; the same one each time.

    Raises:
        NoHardware: lgpio is not installed, or the pins are not there or not allowed.
    """
    from gpiozero import Device  # noqa: PLC0415 - 70 ms, only for the owner of the pins

    # lgpio makes a FIFO in the current directory as it is imported, and fails where it cannot write;
    # its own cure, LG_WD, moves the whole process there for good (lg issue 22).
    try:
        with tempfile.TemporaryDirectory() as writable, contextlib.chdir(writable):
            from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415 - see above
    # The lgpio of 2020, which pip takes where it finds no other that fits, is there and has nothing in it.
    except (ImportError, AttributeError, OSError) as error:
        raise NoHardware(
            f"the pins need lgpio ({error}); on a Raspberry Pi run 'make install', elsewhere use --emulated"
        ) from error
    if isinstance(Device.pin_factory, LGPIOFactory):
        return Device.pin_factory
    # lgpio's own error is a plain Exception.
    try:
        Device.pin_factory = LGPIOFactory()
    except Exception as error:
        raise NoHardware(
            f"the pins cannot be opened ({error}); is this a Raspberry Pi, and are you in the group gpio?"
        ) from error
    return Device.pin_factory

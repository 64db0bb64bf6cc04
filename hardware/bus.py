"""The I2C bus of the Pi, opened without Blinka's `board`, which needs gpiod and fails on a fresh Pi.

`I2cBus` is what a chip's driver may ask of a bus; the emulated bus answers the same.
Blinka is imported when a bus is opened, not before: most verbs never open one.
"""

import contextlib
import fcntl
import getpass
from typing import Protocol

from hardware.trouble import NoHardware

# linux/i2c-dev.h: the adapter's time-out, in units of 10 ms.
_I2C_TIMEOUT = 0x0702
# The kernel's default of 1 s would eat 50 sweeps for one hung transfer. The slowest sweep takes 17 ms, so that one that
# hangs in its last transfer is still over within 60 ms.
TIMEOUT_S = 0.040


class I2cBus(Protocol):
    """The methods of busio.I2C that adafruit_bus_device uses."""

    def try_lock(self) -> bool:
        """Take the lock if it is free."""
        ...

    def unlock(self) -> None:
        """Give the lock back."""
        ...

    def scan(self) -> list[int]:
        """Return the addresses that answer."""
        ...

    def writeto(self, address: int, buffer: bytes | bytearray, *, start: int = 0, end: int | None = None) -> None:
        """Write bytes to a chip."""
        ...

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        """Read bytes from a chip."""
        ...

    def writeto_then_readfrom(
        self,
        address: int,
        buffer_out: bytes | bytearray,
        buffer_in: bytearray,
        *,
        out_start: int = 0,
        out_end: int | None = None,
        in_start: int = 0,
        in_end: int | None = None,
    ) -> None:
        """Write, then read without letting go of the bus."""
        ...

    def deinit(self) -> None:
        """Close the bus."""
        ...


def open_bus(number: int) -> I2cBus:
    """Open /dev/i2c-`number`.

    Raises:
        NoHardware: It is not there, or not allowed, with the next step.
    """
    from adafruit_blinka import Lockable  # noqa: PLC0415 - see the rule above
    from adafruit_blinka.microcontroller.generic_linux.i2c import I2C  # noqa: PLC0415 - see the rule above

    class Bus(I2C, Lockable):  # type: ignore[misc]  # Blinka ships no types
        def deinit(self) -> None:
            # Blinka's own does nothing; a bus that hangs is only cured by a new file descriptor.
            self._i2c_bus.close()

    try:
        bus = Bus(number)
    except PermissionError as error:
        raise NoHardware(
            f"/dev/i2c-{number}: permission denied; run 'sudo adduser {getpass.getuser()} i2c' and log in again"
        ) from error
    except (RuntimeError, OSError) as error:
        raise NoHardware(
            f"/dev/i2c-{number} is not there; run 'sudo raspi-config nonint do_i2c 0' and restart"
        ) from error
    # An adapter that does not know the request keeps its own time-out; that is slower, not wrong.
    with contextlib.suppress(OSError):
        fcntl.ioctl(bus._i2c_bus._device.fileno(), _I2C_TIMEOUT, round(TIMEOUT_S * 100))  # noqa: SLF001 - no public way
    return bus

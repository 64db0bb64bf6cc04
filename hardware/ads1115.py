"""One glove's ADS1115: a bounded sweep of three pads and the supply over the real Adafruit driver.

The stock driver polls for ever on a stuck bus and reads the wrong channel in continuous mode. So: single-shot
only, wait the conversion time, poll to a deadline, and compare the whole config word at each poll. What was not
acknowledged is said again, transfer by transfer: a lost poll costs no second conversion.
A sweep is right in all four channels or it is `BusTrouble`; it never returns "no touch" for a fault.
"""

import errno
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from adafruit_ads1x15.ads1x15 import Mode
from adafruit_ads1x15.ads1115 import ADS1115

from hardware.board import PADS, Board
from hardware.bus import I2cBus
from hardware.clock import Clock
from hardware.trouble import BusTrouble, NoHardware, StuckBus

# Gain 1 is +-4.096 V over 16 bits: with a 3.3 V supply it never clips (TI SBAS444E).
_GAIN = 1
VOLT_PER_CODE = 4.096 / 32768

# The fastest there is: four channels and the bus fit into a 20 ms tick, modelled at 50 kHz and more.
_RATE_HZ = 860
# 1/rate plus the wake-up of 25 us; a slower oscillator costs one more poll.
_CONVERSION_S = 1 / _RATE_HZ + 25e-6
# The quickest oscillator: within this long after a poll no other conversion can have ended.
_QUICKEST_S = 0.9 / _RATE_HZ
# Six to eight times what a conversion takes: later it will not come.
_CONVERSION_DEADLINE_S = 0.010
# A retry begun later than this would push the sweep into the next 20 ms tick. It limits retries only:
# at a true 50 kHz a sweep without any fault takes 17 ms.
_RETRY_DEADLINE_S = 0.015
# At 20 % lost acknowledges a sweep fails in 3 of 100 000; a chip that is not there costs a tenth of a tick.
_TRIES = 8
# The driver asks twice whether somebody is there: at 20 % lost acknowledges all three times fail in 6 of 100 000, and
# a bus that hangs is told after a third of a second.
_FINDS = 3
# The supply's resistors and a 3.3 V rail, each at its limit: 1.55 to 1.75 V of 1.65 V.
_SUPPLY_TOLERANCE = 0.06

# ADS1115 mux codes: 0 to 3 are differential, 4 to 7 are A0 to A3 against ground.
_SINGLE_ENDED = 4
# Bit 15 of the config says "ready" when read and "start" when written; the other bits read back as written.
_READY = 0x8000
# What a register of results says after power-on, and what an open pad may say by itself.
_RESET_RESULT = 0
# What the config says after power-on, without the ready bit (TI SBAS444E 8.1.3).
_RESET_CONFIG = 0x0583
# A chip that does not acknowledge: EREMOTEIO from the Pi's controllers, ENXIO and EIO from others.
NO_ACKNOWLEDGE = frozenset({errno.EREMOTEIO, errno.ENXIO, errno.EIO})


class WrongConfig(Exception):  # noqa: N818 - what was found, not whose error it is
    """The config read back is not the one written: not our conversion."""

    def __init__(self, read: int, written: int) -> None:
        # Without the ready bit, which is no difference.
        super().__init__(f"config reads 0x{read & ~_READY:04x}, not 0x{written & ~_READY:04x}")
        self.read = read
        self.written = written


class BoundedAds1115(ADS1115):
    """The Adafruit driver, made unable to wait for ever or to return another conversion's result.

    It overrides private methods of the driver; a test fails when they are no longer called.

    Attributes:
        retry_until_s: What is not acknowledged later than this is not said again.
    """

    def __init__(self, bus: Any, address: int, clock: Clock) -> None:
        self._clock = clock
        self._started_s = self._polled_s = clock.now_s()
        self._written = 0
        self.retry_until_s = clock.now_s() + _RETRY_DEADLINE_S
        super().__init__(bus, gain=_GAIN, data_rate=_RATE_HZ, mode=Mode.SINGLE, address=address)

    def _write_config(self, pin_config: int | None = None) -> None:
        super()._write_config(pin_config)
        self._started_s = self._clock.now_s()
        self._written = self.buf[1] << 8 | self.buf[2]

    def _conversion_complete(self) -> int:
        done_s = self._started_s + _CONVERSION_S
        now_s = self._clock.now_s()
        if now_s < done_s:
            self._clock.sleep_until(done_s)
        ready = super()._conversion_complete()
        read = self.buf[0] << 8 | self.buf[1]
        self._polled_s = self._clock.now_s()
        if (read ^ self._written) & ~_READY:
            raise WrongConfig(read, self._written)
        # Asked after the poll: a process that the kernel held up for 10 ms still takes its finished result.
        if not ready and now_s - self._started_s > _CONVERSION_DEADLINE_S:
            raise TimeoutError
        return ready

    def get_last_result(self, fast: bool = False) -> int:
        """Return the result as the chip's 16 bits, and be sure that it is that of our conversion."""
        result: int = super().get_last_result(fast)
        # Since the poll the chip may have been reset, or, if we were held up, have converted for somebody else.
        if result == _RESET_RESULT or self._clock.now_s() - self._polled_s > _QUICKEST_S:
            self._conversion_complete()
        return result

    def _write_register(self, reg: int, value: int) -> None:
        self._persist(super()._write_register, reg, value)

    def _read_register(self, reg: int, fast: bool = False) -> int:
        return int(self._persist(super()._read_register, reg, fast))

    def _persist(self, transfer: Callable[..., Any], reg: int, value: int) -> Any:
        """Do a transfer, and again for as long as it is not acknowledged and there is time."""
        for _ in range(_TRIES - 1):
            try:
                return transfer(reg, value)
            except OSError as error:
                if error.errno not in NO_ACKNOWLEDGE or self._clock.now_s() > self.retry_until_s:
                    raise
        return transfer(reg, value)


def midpoint_limits_volt(board: Board) -> tuple[float, float]:
    """Return between which volts of the supply's channel a sweep counts."""
    midpoint_volt = board.electronics.midpoint_volt
    return midpoint_volt * (1 - _SUPPLY_TOLERANCE), midpoint_volt * (1 + _SUPPLY_TOLERANCE)


class GloveAdc:
    """The ADC of one glove; one process and one thread own it."""

    def __init__(self, bus: I2cBus, address: int, board: Board, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        pads = board.pads
        self._channels = ((*PADS, "supply"), (pads.heel, pads.palm, pads.fingers, pads.supply))
        self._lowest_volt, self._highest_volt = midpoint_limits_volt(board)
        self._driver = self._found(bus, board)

    def _found(self, bus: I2cBus, board: Board) -> BoundedAds1115:
        for _ in range(_FINDS - 1):
            with suppress(ValueError, OSError):
                return BoundedAds1115(bus, self._address, self._clock)
        try:
            return BoundedAds1115(bus, self._address, self._clock)
        except (ValueError, OSError) as error:
            raise NoHardware(
                f"no ADS1115 answers at 0x{self._address:02x} on /dev/i2c-{board.adc.bus};"
                " check its plug, its power and the ADDR wire"
            ) from error

    def sweep(self) -> tuple[float, float, float, float]:
        """Convert all four channels.

        Returns:
            Volts at heel, palm, fingers and the midpoint of the supply's divider; whole multiples of
            `VOLT_PER_CODE`. An open pad may read -1 code.

        Raises:
            BusTrouble: The sweep failed; nothing of it may be used.
        """
        self._driver.retry_until_s = self._clock.now_s() + _RETRY_DEADLINE_S
        names, channels = self._channels
        heel, palm, fingers, supply = (
            self._convert(name, channel) * VOLT_PER_CODE for name, channel in zip(names, channels, strict=True)
        )
        if not self._lowest_volt <= supply <= self._highest_volt:
            raise BusTrouble(
                f"supply channel reads {supply:.2f} V, not {self._lowest_volt:.2f} to {self._highest_volt:.2f}"
            )
        return heel, palm, fingers, supply

    def use(self, bus: I2cBus) -> None:
        """Speak over this bus from now on.

        The driver stays: it holds nothing that a chip could have forgotten, for each conversion writes the whole
        config; and a new one would probe first, with two more transfers that may hang.
        """
        self._driver.i2c_device.i2c = bus

    def _convert(self, name: str, channel: int) -> int:
        try:
            return self._driver.read(channel + _SINGLE_ENDED)
        except TimeoutError as error:
            raise BusTrouble(self._late(name, error)) from error
        except WrongConfig as error:
            raise self._wrong(error) from error
        except OSError as error:
            if error.errno in NO_ACKNOWLEDGE:
                raise BusTrouble(f"no answer from 0x{self._address:02x}") from error
            raise BusTrouble(f"bus error {error.errno} at 0x{self._address:02x}") from error

    def _late(self, name: str, error: TimeoutError) -> str:
        # Linux raises the same type, with a number, when the bus itself does not get through.
        if error.errno is not None:
            return f"bus timed out at 0x{self._address:02x}"
        return f"{name} not converted after {_CONVERSION_DEADLINE_S * 1000:.0f} ms"

    def _wrong(self, error: WrongConfig) -> BusTrouble:
        if error.read == 0:
            return StuckBus("bus stuck at zero")
        if error.read == 0xFFFF:
            return BusTrouble("bus reads all ones: floating, or the chip lost its power")
        if error.read & ~_READY == _RESET_CONFIG:
            return BusTrouble(f"chip at 0x{self._address:02x} was reset: its power dipped")
        return BusTrouble(f"{error} at 0x{self._address:02x}: another program seems to use the bus")

"""An ADS1115 at register level, behind the interface of busio.I2C.

The chip knows registers, time and voltages, never pads. It speaks only as it was spoken to: pointer, then
two bytes. A conversion ends when its time has come and sees the voltages of that moment (TI SBAS444E).
"""

import contextlib
import errno
from collections.abc import Callable
from math import inf
from random import Random
from typing import Literal

from hardware.bus import TIMEOUT_S
from hardware.clock import Clock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.noise import normals

Volts4 = tuple[float, float, float, float]
BusFault = Literal["silent", "stuck", "held", "floating", "hangs"]

_CONVERSION, _CONFIG = 0, 1
_START_OR_READY, _SINGLE_SHOT = 0x8000, 0x0100
_RESET = (0x0000, 0x8583, 0x8000, 0x7FFF)
_FULL_SCALE_VOLT = (6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256)
_RATE_HZ = (8, 16, 32, 64, 128, 250, 475, 860)
# Mux codes 0 to 3: which input minus which; 4 to 7 are A0 to A3 minus ground.
_PAIRS = ((0, 1), (0, 3), (1, 3), (2, 3))
_WAKE_UP_S = 25e-6
# 267 uV peak to peak at +-4.096 V and 860 SPS is 45 uV rms; in proportion at the other gains (TI SBAS444E).
_NOISE_OF_FULL_SCALE = 45e-6 / 4.096
# The input's protection diodes: no input goes further outside the supply than this.
_DIODE_VOLT = 0.3

# The others are reserved (UM10204 3.1.12).
_SCANNED = range(0x08, 0x78)

# 9 clocks a byte at 400 kHz.
_BYTE_S = 9 / 400_000
# System call and controller set-up; 30 to 150 us are likely on a Pi.
_TRANSFER_S = 80e-6


class EmulatedAds1115:
    """The chip: four registers, a multiplexer, an oscillator that is never quite right, and noise.

    Args:
        volts: Returns the voltages at A0 to A3 at a time; asked with times that never go back.
        clock: The time on its bus.
        seed: For the noise.
        oscillator_error: +0.1 is a chip that converts 10 % slower than its data sheet's nominal.
        supply_volt: The chip's own supply; inputs are clamped around it.
        noise: 1.0 is the data sheet's noise, 0.0 none.

    Attributes:
        is_stalled: Conversions that are started now never end.
    """

    def __init__(
        self,
        volts: Callable[[float], Volts4],
        clock: Clock,
        *,
        seed: int = 0,
        oscillator_error: float = 0.0,
        supply_volt: float = 3.3,
        noise: float = 1.0,
    ) -> None:
        self._volts = volts
        self._clock = clock
        self._normals = normals(seed)
        self._slow = 1.0 + oscillator_error
        self._highest_volt = supply_volt + _DIODE_VOLT
        self._noise = noise * _NOISE_OF_FULL_SCALE
        self.is_stalled = False
        self.reset()

    def reset(self) -> None:
        """Do what a dip of the supply does: forget everything, stop converting."""
        self.registers = list(_RESET)
        self._pointer = _CONVERSION
        self._running: int | None = None
        self._done_s = 0.0

    def write(self, data: bytes | bytearray) -> None:
        """Take the bytes of one write transfer."""
        if not data:
            return
        self._pointer = data[0] & 3
        if len(data) < 3 or self._pointer == _CONVERSION:
            return
        self._settle()
        value = data[1] << 8 | data[2]
        self.registers[self._pointer] = value
        if self._pointer == _CONFIG and self._running is None:
            if value & _START_OR_READY or not value & _SINGLE_SHOT:
                self._start(self._clock.now_s() + _WAKE_UP_S)
        elif self._pointer == _CONFIG and value & _START_OR_READY and value & _SINGLE_SHOT:
            # Not in the data sheet: a second start begins again, with the new config.
            self._start(self._clock.now_s())

    def read(self) -> tuple[int, int]:
        """Return the two bytes of the register that was pointed to."""
        self._settle()
        value = self.registers[self._pointer]
        if self._pointer == _CONFIG:
            value = value & ~_START_OR_READY if self._running is not None else value | _START_OR_READY
        return value >> 8, value & 0xFF

    def _start(self, t_s: float) -> None:
        config = self.registers[_CONFIG]
        self._running = config
        self._done_s = inf if self.is_stalled else t_s + self._slow / _RATE_HZ[config >> 5 & 7]

    def _settle(self) -> None:
        """Let every conversion end whose time has come; in continuous mode the last one counts."""
        if self._running is None or (now_s := self._clock.now_s()) < self._done_s:
            return
        self.registers[_CONVERSION] = self._converted(self._running, self._done_s) & 0xFFFF
        if self.registers[_CONFIG] & _SINGLE_SHOT:
            self._running = None
            return
        # A change of config in continuous mode takes effect with the next conversion, not the running one.
        self._start(self._done_s)
        if now_s >= self._done_s:
            missed = (now_s - self._done_s) // (self._slow / _RATE_HZ[self.registers[_CONFIG] >> 5 & 7])
            self._done_s += missed * (self._slow / _RATE_HZ[self.registers[_CONFIG] >> 5 & 7])
            self._settle()

    def _converted(self, config: int, t_s: float) -> int:
        volts = self._volts(t_s)
        mux = config >> 12 & 7
        if mux >= 4:
            volt = self._clamped(volts[mux - 4])
        else:
            plus, minus = _PAIRS[mux]
            volt = self._clamped(volts[plus]) - self._clamped(volts[minus])
        part = volt / _FULL_SCALE_VOLT[config >> 9 & 7] + self._noise * next(self._normals)
        return max(-32768, min(32767, round(part * 32768)))

    def _clamped(self, volt: float) -> float:
        return max(-_DIODE_VOLT, min(self._highest_volt, volt))


class EmulatedBus:
    """The wires, the chips on them, and what can be wrong with the wires.

    Attributes:
        chips: Who is on the bus, by address.
        fault: None or: "silent" nobody acknowledges; "stuck" data held low, all acknowledge and read 0x00; "held" the
            same by a chip that nine clocks set free; "floating" all read 0xFF; "hangs" the controller gives up.
        timeout_s: When a controller that hangs gives up.
        lost_share: The part of the transfers that is not acknowledged, by chance.
        transfers: How many there were.
        watchers: Called with the number of each transfer just before it begins; whatever is to happen between two
            transfers, happens there.
    """

    def __init__(self, clock: Clock, seed: int = 0) -> None:
        self.chips: dict[int, EmulatedAds1115] = {}
        self.fault: BusFault | None = None
        self.timeout_s = TIMEOUT_S
        self.lost_share = 0.0
        self.transfers = 0
        self.watchers: list[Callable[[int], object]] = []
        self._random = Random(seed).random  # noqa: S311 - a bus is not secret
        self._clock = clock
        self._virtual = clock if isinstance(clock, VirtualClock) else None
        self._locked = False

    def try_lock(self) -> bool:
        """Take the lock if it is free."""
        if self._locked:
            return False
        self._locked = True
        return True

    def unlock(self) -> None:
        """Give the lock back."""
        self._locked = False

    def scan(self) -> list[int]:
        """Return the addresses that answer, each asked in a transfer of its own, as Blinka does."""
        found = []
        for address in _SCANNED:
            with contextlib.suppress(OSError):
                self.writeto(address, b"")
                found.append(address)
        return found

    def nine_clocks(self) -> None:
        """Clock the wires until a chip that stopped within a byte lets go of them (UM10204 3.1.16)."""
        if self.fault == "held":
            self.fault = None

    def deinit(self) -> None:
        """Do nothing; there is no file to close."""

    def writeto(self, address: int, buffer: bytes | bytearray, *, start: int = 0, end: int | None = None) -> None:
        """Write bytes to a chip; the general call 0x06 to address 0 resets all chips."""
        data = buffer[start:end]
        self._pass_time(1 + len(data))
        if self.fault is None and address == 0 and data == b"\x06":
            for chip in self.chips.values():
                chip.reset()
        elif (addressed := self._addressed(address)) is not None:
            addressed.write(data)

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        """Read bytes from a chip."""
        end = len(buffer) if end is None else end
        self._pass_time(1 + end - start)
        self._read(self._addressed(address), buffer, start, end)

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
        data = buffer_out[out_start:out_end]
        in_end = len(buffer_in) if in_end is None else in_end
        self._pass_time(2 + len(data) + in_end - in_start)
        chip = self._addressed(address)
        if chip is not None:
            chip.write(data)
        self._read(chip, buffer_in, in_start, in_end)

    def _pass_time(self, n_bytes: int) -> None:
        self.transfers += 1
        for watcher in self.watchers:
            watcher(self.transfers)
        if self._virtual is not None:
            self._virtual.advance(_TRANSFER_S + n_bytes * _BYTE_S)

    def _addressed(self, address: int) -> EmulatedAds1115 | None:
        """Return the chip; None when the wires answer in its place."""
        chip = self.chips.get(address)
        if self.fault is not None:
            if self.fault == "hangs":
                self._clock.sleep_until(self._clock.now_s() + self.timeout_s)
                raise OSError(errno.ETIMEDOUT, "Connection timed out")
            if self.fault != "silent":
                return None
            chip = None
        if chip is None or (self.lost_share and self._random() < self.lost_share):
            raise OSError(errno.EREMOTEIO, "Remote I/O error")
        return chip

    def _read(self, chip: EmulatedAds1115 | None, buffer: bytearray, start: int, end: int) -> None:
        if chip is None:
            fill = 0xFF if self.fault == "floating" else 0x00
            buffer[start:end] = bytes([fill]) * (end - start)
            return
        # The chip repeats its two bytes for as long as it is clocked.
        pair = chip.read()
        for at in range(start, end):
            buffer[at] = pair[(at - start) & 1]

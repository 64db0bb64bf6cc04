"""What is counted, run by the Python of an emulated Pi: a session whose I2C device answers by itself, or its guardian.

    python -m tests.arm64.ticks session SWEEPS    one of the file SWEEPS a tick, then it is asked to end
    python -m tests.arm64.ticks wire SWEEPS       what the device itself costs in as many sweeps
    python -m tests.arm64.ticks guard TICKS       a guardian that is spoken to as often as in a session of so many ticks

All of a session is the program's own but for its two ends: Blinka opens the device of here in place of /dev/i2c-1, and
the guardian drives the emulated header. The begin of each sweep that MARK_EVERY divides marks the count.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from Adafruit_PureIO import smbus

from coach.cues import DARK
from firmware import guarded_lights, real_stage
from firmware.emulated_lights import PlayedLights
from firmware.start import main as paws
from hardware.board import DEFAULT_BOARD

MARK_EVERY = 250
TICK_S = 1 / DEFAULT_BOARD.adc.sweeps_hz
# The registers of an ADS1115 and its config after power-on with the ready bit (TI SBAS444E 8.1).
_RESULT, _CONFIG = 0, 1
_READY = 0x8000
_RESET_CONFIG = 0x8583
# "Start, and A0 against ground", as the first four bits of the config.
_A0 = 0xC


def mark() -> None:
    """Ask for what nobody else asks for, where the counting plugin sees it."""
    os.getpriority(os.PRIO_PROCESS, 0)


class Device:
    """A file like /dev/i2c-1 with one ADS1115 behind it.

    Args:
        sweeps: A file that says what its channels are to say: four codes a line. After the last the process is asked to
            end.
    """

    def __init__(self, sweeps: Path) -> None:
        # Read as it goes on, so that it costs nothing at the start.
        self._lines = sweeps.open()
        self._swept = 0
        self._codes = [0] * 4
        self._registers = [0, _RESET_CONFIG]

    def fileno(self) -> int:
        return self._lines.fileno()

    def close(self) -> None:
        """Stay open: the program may open it again."""

    def read(self, length: int) -> bytes:
        return bytes(length)

    def write(self, message: bytes | bytearray) -> None:
        if len(message) == 3 and message[0] == _CONFIG:
            self._registers[_CONFIG] = message[1] << 8 | message[2] | _READY
            if message[1] >> 4 >= _A0:
                self._registers[_RESULT] = self._converted((message[1] >> 4) - _A0)

    def _converted(self, channel: int) -> int:
        if channel == 0:
            if self._swept % MARK_EVERY == 0:
                mark()
            self._swept += 1
            line = self._lines.readline()
            if line:
                self._codes = [int(code) for code in line.split()]
            else:
                os.kill(os.getpid(), signal.SIGTERM)
        return self._codes[channel]

    def ioctl(self, descriptor: int, request: int, argument: Any) -> None:
        """Answer as the kernel would: a register's number was written, and its two bytes are read."""
        del descriptor
        if request == smbus.I2C_RDWR:
            value = self._registers[argument.msgs[0].buf[0]]
            answer = argument.msgs[1].buf
            answer[0], answer[1] = value >> 8, value & 0xFF


def session(path: Path) -> None:
    """Play a session without a view, as a service does."""
    device = Device(path)
    smbus.open = lambda *_, **__: device
    smbus.ioctl = device.ioctl
    setattr(real_stage, "GuardedLights", PlayedLights)  # noqa: B010 - the one part that cannot be the Pi's
    sys.argv = ["paws", "session", "--yes", "--json"]
    paws()


def guard(ticks: int) -> None:
    """Tell a guardian to be dark, tick by tick, and ask what the buttons say."""
    lights = PlayedLights(DEFAULT_BOARD)
    began_s = time.monotonic()
    for tick in range(ticks):
        time.sleep(max(0.0, began_s + tick * TICK_S - time.monotonic()))
        lights.words()
        lights.show(DARK)
    lights.close()


def wire(path: Path) -> None:
    """Do to the device what a sweep does: write the config, ask whether it is ready, ask for the result."""
    device = Device(path)
    requests = list(chain(_requests(_CONFIG), _requests(_RESULT)))
    for _ in path.read_text().splitlines():
        for channel in range(4):
            device.write(bytes([_CONFIG, _A0 + channel << 4 | 3, 0xE3]))
            for request in requests:
                device.ioctl(0, smbus.I2C_RDWR, request)


def _requests(register: int) -> Iterator[Any]:
    asked, answer = smbus.create_string_buffer(bytes([register])), smbus.create_string_buffer(2)
    pointer = smbus.POINTER(smbus.c_uint8)
    yield smbus.make_i2c_rdwr_data(
        [(0x49, 0, 1, smbus.cast(asked, pointer)), (0x49, smbus.I2C_M_RD, 2, smbus.cast(answer, pointer))]
    )


if __name__ == "__main__":
    # An emulated one takes its time.
    guarded_lights.READY_WITHIN_S = 300.0
    what, argument = sys.argv[1:]
    if what == "guard":
        guard(int(argument))
    else:
        {"session": session, "wire": wire}[what](Path(argument))

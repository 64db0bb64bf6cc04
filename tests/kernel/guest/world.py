"""The world around the program: hands on the pads, chips on the bus, fingers on the buttons, and what was true.

    python world.py FOLDER

It is told "PIN high" or "PIN low" on its standard input where somebody presses a button. A process of its own inside
the kernel: it answers `/dev/i2c-user`, the far side of the bus, with the emulated glove's own chips; it drives the
simulated lines of the buttons; and it writes down what no program can know: which force there was, and what each
conversion should have said. Its time begins with the first conversion.
"""

import errno
import json
import os
import select
import struct
import sys
import time
from pathlib import Path
from typing import Any

from hardware.board import DEFAULT_BOARD
from hardware.clock import SystemClock
from hardware.emulated.faults import parse_fault
from hardware.emulated.glove import EmulatedGlove, Nobody, Presser
from hardware.emulated.hands import make_hand, make_hands

_READ = 0x0001
_REQUEST, _MESSAGE, _ANSWER = struct.Struct("=II"), struct.Struct("=HHHH"), struct.Struct("=Ii")
_STARTS_CONVERSION = 0x80
_LOOKS_EVERY_S = 0.005
LINES = Path("/run/gpio-sim")
_MUX_SHIFT = 12
# Nine clocks at 400 kHz.
_BYTE_S = 9 / 400e3
WATCHED = (*(getattr(DEFAULT_BOARD.lights, name) for name in ("green", "amber", "blue", "red")), 5, 6)


class Hurried(SystemClock):
    """The clock of a bus that hangs: nobody waits here, the kernel's own time-out ends the transfer."""

    def sleep_until(self, t_s: float) -> None:
        """Return at once."""


class SimulatedLines:
    """The header's lines as gpio-sim has them: a pull is all that the world can do to them.

    A program's own pull-up takes its place when the program claims the line; a contact to ground is stronger than that.
    """

    def __init__(self) -> None:
        self._wanted: dict[Path, str] = {}

    def drive(self, pin: int, *, high: bool) -> None:
        """Connect a line to ground, or let it go to its supply."""
        pull = LINES / f"sim_gpio{pin}" / "pull"
        self._wanted[pull] = "pull-up" if high else "pull-down"
        pull.write_text(self._wanted[pull])

    def hold(self) -> None:
        """Let contacts be stronger than a program's pull-up."""
        for pull, wanted in self._wanted.items():
            if pull.read_text().strip() != wanted:
                pull.write_text(wanted)


def hands_of(scene: dict[str, Any]) -> list[Presser]:
    """Return whose hands press: in the right glove, then in the left one, if there are both."""
    name, seed, minutes = scene["hand"], scene["seed"], scene["minutes"]
    if name == "nobody":
        return [Nobody() for _ in range(1 + scene["both"])]
    if scene["both"]:
        left, right = make_hands(name, seed, minutes)
        return [right, left]
    return [make_hand(name, seed, minutes)]


class World:
    """The glove, or both, and the far side of the bus.

    Args:
        scene: What is to be played.
        folder: Where the truth is written.
    """

    def __init__(self, scene: dict[str, Any], folder: Path) -> None:
        clock, seed = Hurried(), scene["seed"]
        faults = [parse_fault(phrase) for phrase in scene["faults"]]
        hand, *others = hands_of(scene)
        self._contacts = SimulatedLines()
        lines: Any = self._contacts
        self._clock, self._truth = clock, (folder / "truth").open("w", buffering=1 << 16)
        right = EmulatedGlove(DEFAULT_BOARD, hand, clock, seed, header=lines, faults=faults)
        self._gloves = [right]
        for left in others:
            address = DEFAULT_BOARD.adc.left_address
            self._gloves.append(EmulatedGlove(DEFAULT_BOARD, left, clock, seed + 1, address, bus=right.bus))
        self._bus = right.bus
        if scene["chip"] is not None:
            # A chip that somebody wired to another address, or none at all.
            chip = self._bus.chips.pop(DEFAULT_BOARD.adc.right_address)
            if scene["chip"] != "none":
                self._bus.chips[int(scene["chip"], 16)] = chip
        self._has_begun = False
        for glove, name in zip(self._gloves, "rl", strict=False):
            self._watch(glove, name)
        self._wires = os.open("/dev/i2c-user", os.O_RDWR | os.O_NONBLOCK)
        self._lines = {pin: os.open(LINES / f"sim_gpio{pin}" / "value", os.O_RDONLY) for pin in WATCHED}
        self._levels = dict.fromkeys(WATCHED, b"0")

    def _watch(self, glove: EmulatedGlove, name: str) -> None:
        """Write down each conversion: when, of which input, its true volts, and whether its wires were well."""
        convert = glove.chip._converted

        def watched(config: int, t_s: float) -> int:
            code = convert(config, t_s)
            channel = (config >> _MUX_SHIFT & 7) - 4
            if channel >= 0:
                is_well = channel == 3 or not glove.pads.wrong[channel]
                self._truth.write(f"c {t_s:.6f} {name} {channel} {glove.inputs[channel]:.6f} {is_well:d}\n")
            return code

        glove.chip._converted = watched  # type: ignore[method-assign]  # the chip's own eye

    def serve(self) -> None:
        """Answer transfers, move the buttons, and write down what is true, until somebody ends this process."""
        look_s = self._clock.now_s()
        for glove in self._gloves[:1]:
            glove.update()
        print("serving", flush=True)
        while True:
            now_s = self._clock.now_s()
            if now_s >= look_s:
                look_s = now_s + _LOOKS_EVERY_S
                self._look(now_s)
            ready = select.select([self._wires, sys.stdin], [], [], max(0.0, look_s - now_s))[0]
            if self._wires in ready:
                self._answer()
            if sys.stdin in ready:
                self._press(*sys.stdin.readline().split())

    def _press(self, pin: str, level: str) -> None:
        """Do what somebody at the other end asked for."""
        self._contacts.drive(int(pin), high=level == "high")

    def _look(self, now_s: float) -> None:
        right = self._gloves[0]
        if self._has_begun:
            right.update()
        self._contacts.hold()
        for glove, name in zip(self._gloves, "rl", strict=False):
            t_s = glove.t_s() if self._has_begun else 0.0
            heel, palm, fingers = glove.hand.force_newton(t_s)
            self._truth.write(f"f {now_s:.6f} {name} {heel:.4f} {palm:.4f} {fingers:.4f}\n")
        # The trace tells who set a line; that the kernel took it back from a dead process, only the line itself does.
        for pin, line in self._lines.items():
            level = os.pread(line, 1, 0)
            if level != self._levels[pin]:
                self._levels[pin] = level
                self._truth.write(f"l {self._clock.now_s():.6f} {pin} {level.decode()}\n")
        self._truth.flush()

    def _answer(self) -> None:
        try:
            asked = os.read(self._wires, 65536)
        except BlockingIOError:
            return
        number, count = _REQUEST.unpack_from(asked)
        at = _REQUEST.size + count * _MESSAGE.size
        messages: list[tuple[int, int, bytes | int]] = []
        for i in range(count):
            address, flags, length, _ = _MESSAGE.unpack_from(asked, _REQUEST.size + i * _MESSAGE.size)
            if flags & _READ:
                messages.append((address, flags, length))
            else:
                messages.append((address, flags, asked[at : at + length]))
                at += length
        # The wires take their time: in virtual time nothing else does.
        time.sleep(sum(1 + (what if isinstance(what, int) else len(what)) for _, _, what in messages) * _BYTE_S)
        try:
            result, answer = 0, self._transferred(messages)
        except OSError as error:
            if error.errno == errno.ETIMEDOUT:
                # Nobody answers: how long that takes is the kernel's affair.
                return
            result, answer = -(error.errno or errno.EIO), b""
        try:
            os.write(self._wires, _ANSWER.pack(number, result) + answer)
        except OSError as error:
            if error.errno != errno.ESTALE:
                raise
            print(f"the kernel had given up by {self._clock.now_s():.3f}", flush=True)

    def _transferred(self, messages: list[tuple[int, int, bytes | int]]) -> bytes:
        answer = b""
        for address, _, what in messages:
            if isinstance(what, int):
                buffer = bytearray(what)
                self._bus.readfrom_into(address, buffer)
                answer += buffer
                continue
            if not self._has_begun and len(what) == 3 and what[1] & _STARTS_CONVERSION:
                self._begin()
            self._bus.writeto(address, what)
        return answer

    def _begin(self) -> None:
        self._has_begun = True
        for glove in self._gloves:
            glove._began_s = self._clock.now_s()
        self._truth.write(f"b {self._clock.now_s():.6f}\n")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    World(json.loads((place / "scene.json").read_text()), place).serve()

"""The bus: whether it is there, who answers on it, and how fast it really is."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from hardware.ads1115 import NO_ACKNOWLEDGE
from hardware.board import Board
from hardware.bus import I2cBus
from hardware.clock import Clock

from .finding import Finding, look, not_here, ok, wrong

# TI SBAS444E, table 7-2.
ADDRESSES = range(0x48, 0x4C)
_ADDR_WIRES = {0x48: "ground", 0x49: "3.3 V", 0x4A: "SDA", 0x4B: "SCL"}
# Kept for the future (UM10204 3.1.12): there nobody answers but a data line that is held low.
_NOBODYS = 0x7F
# What nobody acknowledges is over in 0.4 ms at 50 kHz. A clock that stays low is waited for, 35 ms by i2c-bcm2835, and
# some controllers call both by the same number.
_NOBODY_WITHIN_S = 0.01
_CHANCES = 2
# Nobody has so many chips beside the glove's.
_MORE_THAN_THERE_ARE = 20
# As many as a session gives to a transfer.
_TRIES = 8
_SDA_LOW_STEP = "switch power off and on; still so: a wire of the glove holds SDA to ground, look at its plug and cable"
_BOTH_LOW_STEP = (
    "power off, unplug the glove, power on, check again - still low: this bus has no pull-ups (only header pins 3 and "
    '5 have their own), or a wire of it touches ground; "nobody answers" then: it is in the glove or its plug, where '
    "3.3 V and ground are swapped, or SDA or SCL touches ground"
)
# Two reads that differ by thirty bytes of nine clocks each.
_SHORT_BYTES, _LONG_BYTES, _READS = 2, 32, 15
_SLOW_HZ = 90_000.0


def who_answers(bus: I2cBus, board: Board, wanted: list[int], clock: Clock) -> Iterator[Finding]:
    """Look who is on the bus, and yield what was found.

    Args:
        bus: The bus.
        board: What the settings say.
        wanted: The addresses of the gloves that are worn.
        clock: The time on the bus.
    """
    while not bus.try_lock():
        pass
    try:
        # First, and at once: a scan of a bus whose wires stay low would take 10 s.
        low = _low(bus, wanted[0], clock)
        if low is None:
            chips = [address for address in ADDRESSES if _is_there(bus, address, clock)]
            others = [address for address in bus.scan() if address not in ADDRESSES]
    finally:
        bus.unlock()
    if low is not None:
        yield low
        return
    if len(others) > _MORE_THAN_THERE_ARE:
        yield wrong(
            "I2C bus", "everybody answers: nobody drives SDA", "look at the glove's plug and cable: SDA, ground"
        )
        return
    for address in wanted:
        yield _chip(address, board, chips, wanted)
    spare = [address for address in chips if address not in wanted]
    if spare and set(wanted) <= set(chips):
        which = " and ".join(map(_hex, spare))
        yield look("other chips", f"{which} answers too", "the other glove? `--both` looks at both")
    if others:
        yield look(
            "other chips", f"{', '.join(map(_hex, others))} answers", "not ours; it shares the bus with the glove"
        )


def _low(bus: I2cBus, address: int, clock: Clock) -> Finding | None:
    """Return that the bus's wires stay low, if they do; a spark is given a second chance."""
    for _ in range(_CHANCES):
        try:
            _read(bus, address, clock)
            said = _read(bus, _NOBODYS, clock)
        except OSError:
            continue
        if said == 0:
            return wrong("I2C bus", "whoever is asked answers zero: SDA stays low", _SDA_LOW_STEP)
        return None
    return wrong("I2C bus", "no transfer gets through: SDA or SCL stays low", _BOTH_LOW_STEP)


def _is_there(bus: I2cBus, address: int, clock: Clock) -> bool:
    return any(_read(bus, address, clock) is not None for _ in range(_TRIES))


def _read(bus: I2cBus, address: int, clock: Clock) -> int | None:
    """Return a byte that is read there; None of nobody.

    Raises:
        OSError: It failed, and not because nobody acknowledged.
    """
    buffer, began_s = bytearray(1), clock.now_s()
    try:
        bus.readfrom_into(address, buffer)
    except OSError as error:
        if error.errno in NO_ACKNOWLEDGE and clock.now_s() - began_s < _NOBODY_WITHIN_S:
            return None
        raise
    return buffer[0]


def _chip(address: int, board: Board, chips: list[int], wanted: list[int]) -> Finding:
    of_left = address == board.adc.left_address
    side, other = ("left", "right") if of_left else ("right", "left")
    about = f"{side} glove's chip"
    if address in chips:
        return ok(about, f"an ADS1115 answers at {_hex(address)}")
    spare = [chip for chip in chips if chip not in wanted]
    if spare:
        seen = f"nobody at {_hex(address)}; at {_hex(spare[0])} somebody, whose ADDR is at {_ADDR_WIRES[spare[0]]}"
        step = f"wire ADDR to {_ADDR_WIRES[address]}, or set {side}_address = {_hex(spare[0])} in glove.toml"
        if spare[0] == (board.adc.right_address if of_left else board.adc.left_address):
            step = f"wire ADDR to {_ADDR_WIRES[address]}; if it is the {other} glove, look at it with `--{other}`"
        return wrong(about, seen, step)
    step = "look at its plug, its power and the ADDR wire"
    if len(wanted) > 1:
        step += f"; with ADDR as in the {other} glove both would answer at one address: unplug that one and look again"
    return wrong(about, f"nobody answers at {_hex(address)}", step)


def _hex(address: int) -> str:
    return f"0x{address:02x}"


def speed(bus: I2cBus, address: int, number: int, root: Path = Path("/")) -> Finding:
    """Measure how fast the bus is: a longer read takes longer by its bytes alone."""
    adapter = root / f"sys/class/i2c-adapter/i2c-{number}"
    try:
        asked_hz = int.from_bytes((adapter / "of_node/clock-frequency").read_bytes(), "big")
    except OSError:
        asked_hz = 0
    took_s = {size: _read_s(bus, address, size) for size in (_SHORT_BYTES, _LONG_BYTES)}
    more_s = took_s[_LONG_BYTES] - took_s[_SHORT_BYTES]
    if more_s <= 0:
        return not_here("bus speed", "no wires that take time")
    true_hz = 9 * (_LONG_BYTES - _SHORT_BYTES) / more_s
    said = f"about {true_hz / 1000:.0f} kHz" + (f", {asked_hz / 1000:.0f} asked for" if asked_hz else "")
    if true_hz < _SLOW_HZ:
        return look(
            "bus speed", said, "`make install` asks for 400 kHz; at this speed there is little time to try again"
        )
    return ok("bus speed", said)


def _read_s(bus: I2cBus, address: int, size: int) -> float:
    buffer, times_s = bytearray(size), []
    for _ in range(_READS):
        while not bus.try_lock():
            pass
        try:
            began_s = time.perf_counter()
            bus.readfrom_into(address, buffer)
            times_s.append(time.perf_counter() - began_s)
        finally:
            bus.unlock()
    return statistics.median(times_s)

"""The bus: whether it is there, who answers on it, and how fast it really is."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from hardware.board import Board
from hardware.bus import I2cBus

from .finding import Finding, look, not_here, ok, wrong

# TI SBAS444E, table 7-2.
ADDRESSES = range(0x48, 0x4C)
_ADDR_WIRES = {0x48: "ground", 0x49: "3.3 V", 0x4A: "SDA", 0x4B: "SCL"}
# Two reads that differ by thirty bytes of nine clocks each.
_SHORT_BYTES, _LONG_BYTES, _READS = 2, 32, 15
_SLOW_HZ = 90_000.0


def who_answers(bus: I2cBus, board: Board, wanted: list[int]) -> Iterator[Finding]:
    """Look who is on the bus, and yield what was found.

    Args:
        bus: The bus.
        board: What the settings say.
        wanted: The addresses of the gloves that are worn.
    """
    while not bus.try_lock():
        pass
    try:
        found = bus.scan()
    finally:
        bus.unlock()
    chips = [address for address in found if address in ADDRESSES]
    others = [address for address in found if address not in ADDRESSES]
    for address in wanted:
        side = "left" if address == board.adc.left_address else "right"
        yield _chip(address, side, chips, wanted)
    spare = [address for address in chips if address not in wanted]
    if spare and set(wanted) <= set(chips):
        which = " and ".join(map(_hex, spare))
        yield look("other chips", f"{which} answers too", "the other glove? `--both` looks at both")
    if others:
        yield look(
            "other chips", f"{', '.join(map(_hex, others))} answers", "not ours; it shares the bus with the glove"
        )


def _chip(address: int, side: str, chips: list[int], wanted: list[int]) -> Finding:
    about = f"{side} glove's chip"
    if address in chips:
        return ok(about, f"an ADS1115 answers at {_hex(address)}")
    spare = [chip for chip in chips if chip not in wanted]
    if spare:
        seen = f"nobody at {_hex(address)}; at {_hex(spare[0])} somebody, whose ADDR is at {_ADDR_WIRES[spare[0]]}"
        step = f"wire ADDR to {_ADDR_WIRES[address]}, or set {side}_address = {_hex(spare[0])} in glove.toml"
        return wrong(about, seen, step)
    return wrong(about, f"nobody answers at {_hex(address)}", "look at its plug, its power and the ADDR wire")


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

"""The real glove, opened in one way by every verb: its bus held against other programs, its chip found."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.board import HEADER_BUS, I2C_PINS, Board
from hardware.bus import open_bus
from hardware.clock import Clock
from hardware.nine_clocks import NineClocks
from hardware.recovery import RecoveringAdc

from .tapes import lock


def open_adc(board: Board, clock: Clock, *, left: bool, frees_bus: bool = True) -> RecoveringAdc:
    """Return the converter of one glove.

    Args:
        board: How it is wired.
        clock: The clock of its session.
        left: Which glove it is.
        frees_bus: Whether it may drive the pins of a bus that is held low.

    Raises:
        NoHardware: The bus or the chip is not there.
    """
    address = board.adc.left_address if left else board.adc.right_address
    # Only of the header's own bus are the pins known.
    clocks = NineClocks(*I2C_PINS) if frees_bus and board.adc.bus == HEADER_BUS else None
    return RecoveringAdc(lambda: open_bus(board.adc.bus), address, board, clock, clocks)


@contextmanager
def only_bus(number: int, devices: Path = Path("/dev")) -> Iterator[None]:
    """Hold the bus against other sessions, whatever folder they keep their tapes in.

    Raises:
        Refusal: Another session has it.
    """
    try:
        descriptor = os.open(devices / f"i2c-{number}", os.O_RDONLY)
    except OSError:
        # Not there, or not ours to open: opening the bus itself says so in better words.
        yield
        return
    try:
        lock(descriptor, "another session has the glove")
        yield
    finally:
        os.close(descriptor)

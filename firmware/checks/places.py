"""Where `paws check` looks: the glove that is wired to this computer, or the emulated one, by the same means."""

from collections.abc import Sequence
from typing import Protocol

from coach.cues import Levels
from coach.plan import Side
from firmware.emulated_lights import lights_here
from firmware.guarded_lights import GuardedLights
from firmware.lights import Lights
from firmware.real_glove import open_adc
from hardware.board import Board
from hardware.bus import I2cBus, open_bus
from hardware.clock import Clock, SystemClock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.glove import EmulatedGlove
from hardware.recovery import RecoveringAdc
from sensing.inputs import MarkWord

from .panel import Witness
from .people import EmulatedMaker
from .presses import Presser


class Helper(Presser, Witness, Protocol):
    """Somebody who is there: presses, looks and listens."""

    def turn_to(self, side: Side) -> None:
        """Mean this one of two gloves from now on."""


class Place(Protocol):
    """A glove, or both, and a panel."""

    board: Board
    sides: Sequence[Side]
    clock: Clock
    person: Helper | None
    is_real: bool

    def bus(self) -> I2cBus:
        """Open the bus, or raise NoHardware."""

    def adc(self, side: Side) -> RecoveringAdc:
        """Open the converter of a glove, or raise NoHardware."""

    def lights(self) -> Lights:
        """Take the pins, or raise NoHardware."""


class RealPlace:
    """What is wired to this computer."""

    is_real = True

    def __init__(self, board: Board, sides: Sequence[Side]) -> None:
        self.board, self.sides = board, sides
        self.clock: Clock = SystemClock()
        self.person: Helper | None = None

    def bus(self) -> I2cBus:
        """Open the bus."""
        return open_bus(self.board.adc.bus)

    def adc(self, side: Side) -> RecoveringAdc:
        """Open the converter of a glove."""
        return open_adc(self.board, self.clock, left=side == "left", frees_bus=False)

    def lights(self) -> Lights:
        """Take the pins."""
        return GuardedLights(self.board)


class EmulatedPlace:
    """An emulated glove in virtual time.

    Args:
        board: Its wiring.
        sides: Which gloves there are.
        faults: What is wrong with the right one, or the only one.
        with_maker: Whether somebody is there.
    """

    is_real = False

    def __init__(self, board: Board, sides: Sequence[Side], faults: Sequence[Fault], *, with_maker: bool) -> None:
        self.board, self.sides = board, sides
        self._clock = VirtualClock()
        self.clock: Clock = self._clock
        self._maker = EmulatedMaker(self._clock, sides[-1])
        self.person: Helper | None = self._maker if with_maker else None
        *others, side = sides
        hand = self._maker.hand(side)
        self._glove = EmulatedGlove(board, hand, self._clock, 1, _address(board, side), faults=faults)
        for other in others:
            hand = self._maker.hand(other)
            EmulatedGlove(board, hand, self._clock, 2, _address(board, other), bus=self._glove.bus)

    def bus(self) -> I2cBus:
        """Return the emulated bus."""
        return self._glove.bus

    def adc(self, side: Side) -> RecoveringAdc:
        """Open an emulated converter."""
        return RecoveringAdc(lambda: self._glove.bus, _address(self.board, side), self.board, self._clock)

    def lights(self) -> Lights:
        """Return the same guard on mock pins."""
        self._maker.look_at(self._glove.factory, self._glove.built)
        return lights_here(self.board, self._glove, self._clock)


def _address(board: Board, side: Side) -> int:
    return board.adc.left_address if side == "left" else board.adc.right_address


class Unlit:
    """No lights at all: pads can be looked at without them."""

    are_lost = False

    def show(self, levels: Levels) -> None:
        """Show nothing."""

    def words(self) -> list[MarkWord]:
        """Return that no button said anything."""
        return []

    def close(self) -> None:
        """Close nothing."""

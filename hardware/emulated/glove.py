"""A whole glove without hardware: a hand presses the pads, the pads feed the chip, the chip hangs on the bus.

Whoever uses it gives `bus` to the real driver and `factory` to the real panel, and calls `update` before
reading the buttons. Its time starts when it is made, and so does that of its faults.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from hardware.board import Board
from hardware.clock import Clock
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus, Volts4
from hardware.emulated.faults import Fault
from hardware.emulated.fsr import HYSTERESIS_SHARE, EmulatedPads, Newtons3
from hardware.emulated.harm import Harm
from hardware.emulated.header import Header
from hardware.emulated.wiring import built_address, built_board, built_circuit, mistakes_of

# Two channels of one sweep are 1.7 ms apart, in which a hand moves by nothing: one state serves both.
_FRESH_S = 0.002
# The data sheet's limit of the oscillator is +-10 % (TI SBAS444E).
_OSCILLATOR_ERROR = 0.1
# Two dozen calls of a tool, and the start of the process that makes them: about so long on a Pi.
_NINE_CLOCKS_S = 0.3


class Presser(Protocol):
    """Whoever presses the pads and the buttons."""

    def force_newton(self, t_s: float) -> Newtons3:
        """Return the force on heel, palm and fingers."""

    def mama_down(self, t_s: float) -> bool:
        """Whether mama holds her button."""

    def partner_down(self, t_s: float) -> bool:
        """Whether the partner holds the other button."""


class Nobody:
    """A glove that lies on the table."""

    def force_newton(self, t_s: float) -> Newtons3:
        """Return no force."""
        del t_s
        return (0.0, 0.0, 0.0)

    def mama_down(self, t_s: float) -> bool:
        """Return that mama does not press."""
        del t_s
        return False

    def partner_down(self, t_s: float) -> bool:
        """Return that the partner does not press."""
        del t_s
        return False


class EmulatedGlove:
    """The glove and the hand in it.

    Args:
        board: Its wiring.
        hand: Who presses.
        clock: A VirtualClock runs as fast as the machine can, a SystemClock in real time.
        seed: For the chip's and the pads' noise and the chip's oscillator.
        address: Where its chip is; the right glove's by default.
        spread: 0.06 makes its pads differ as parts of one batch do.
        header: Where another process has its pins; None for mock pins in this one.
        faults: What goes wrong with it, and when.
        bus: Where another glove hangs already; a bus of its own without one.
        hysteresis_share: How much higher its pads read a falling force than a rising one.

    Attributes:
        built: The board as it really is, with the mistakes of whoever built it.
    """

    def __init__(
        self,
        board: Board,
        hand: Presser,
        clock: Clock,
        seed: int,
        address: int | None = None,
        spread: float = 0.0,
        header: Header | None = None,
        faults: Sequence[Fault] = (),
        bus: EmulatedBus | None = None,
        hysteresis_share: float = HYSTERESIS_SHARE,
    ) -> None:
        self.hand = hand
        self._header = header
        self._driven: dict[int, bool] = {}
        self._pins: dict[int, Any] = {}
        self.supply_volt = board.electronics.supply_volt
        self._board = board
        self._clock = clock
        self._began_s = clock.now_s()
        mistakes = mistakes_of(faults)
        self.built = built_board(board, mistakes)
        self.pads = EmulatedPads(board.electronics, seed, spread=spread, hysteresis_share=hysteresis_share)
        if mistakes:
            self.pads.circuit = built_circuit(board.electronics, mistakes)
        self.chip = EmulatedAds1115(
            self._volts,
            clock,
            seed=seed + 1,
            oscillator_error=float(np.random.default_rng(seed).uniform(-_OSCILLATOR_ERROR, _OSCILLATOR_ERROR)),
        )
        self.bus = bus or EmulatedBus(clock, seed)
        wanted = board.adc.right_address if address is None else address
        self.bus.chips[built_address(board, wanted, mistakes)] = self.chip
        names = {channel: name for name, channel in _channels(self.built)}
        # Which of heel, palm, fingers, supply each input A0 to A3 hears.
        self._order = tuple(("heel", "palm", "fingers", "supply").index(names[i]) for i in range(4))
        self._midpoint = board.electronics.midpoint_volt / board.electronics.supply_volt
        self._harm = Harm(faults, seed, self.chip, self.bus, self.t_s) if faults else None
        self._at_s = 0.0
        self._inputs = self._computed(0.0)

    @cached_property
    def factory(self) -> Any:
        """The mock pins of gpiozero, made when first asked for: the loop has no pins and needs no gpiozero."""
        from gpiozero.pins.mock import MockFactory, MockPWMPin  # noqa: PLC0415 - see above

        return MockFactory(pin_class=MockPWMPin)

    def t_s(self) -> float:
        """Return the hand's time."""
        return self._clock.now_s() - self._began_s

    @property
    def inputs(self) -> Volts4:
        """The voltages at A0 to A3 as they were last converted."""
        return self._inputs

    def free_bus(self) -> Callable[[], bool]:
        """Begin to send nine clocks, as the tool of a Pi does; return what says whether they are over."""
        done_s = self._clock.now_s() + _NINE_CLOCKS_S

        def is_over() -> bool:
            if self._clock.now_s() < done_s:
                return False
            self.bus.nine_clocks()
            return True

        return is_over

    def update(self) -> None:
        """Drive the pins of the buttons as the hand does; mama's is normally closed, to ground."""
        t_s = self.t_s()
        buttons = self._board.buttons
        mama, partner = self.hand.mama_down(t_s), self.hand.partner_down(t_s)
        if self._harm is not None:
            mama, partner = self._harm.mama_down(t_s, down=mama), self._harm.partner_down(t_s, down=partner)
        if buttons.mama != "none":
            self._drive(buttons.mama, high=mama)
        if buttons.partner != "none":
            self._drive(buttons.partner, high=not partner)

    def _drive(self, number: int, *, high: bool) -> None:
        if self._header is not None:
            # Only what the hand does, so that somebody else can press as well.
            if self._driven.get(number) is not high:
                self._driven[number] = high
                self._header.drive(number, high=high)
            return
        # The factory looks a pin up among all headers' names, which is a seventh of a simulated session.
        pin = self._pins.get(number)
        if pin is None:
            pin = self._pins[number] = self.factory.pin(number)
        if high:
            pin.drive_high()
        else:
            pin.drive_low()

    def _volts(self, clock_s: float) -> Volts4:
        t_s = clock_s - self._began_s
        if t_s - self._at_s >= _FRESH_S:
            self._at_s = t_s
            self._inputs = self._computed(t_s)
        return self._inputs

    def _computed(self, t_s: float) -> Volts4:
        supply_volt = self.supply_volt
        if self._harm is not None:
            supply_volt = self._harm.supply_volt(t_s, supply_volt)
            self.pads.wrong = self._harm.wrong(t_s)
        volts = (
            *self.pads.volts(t_s, self.hand.force_newton(t_s), supply_volt),
            supply_volt * self._midpoint,
        )
        a0, a1, a2, a3 = self._order
        return volts[a0], volts[a1], volts[a2], volts[a3]


def _channels(board: Board) -> list[tuple[str, int]]:
    return [(name, getattr(board.pads, name)) for name in board.pads.__struct_fields__]

"""Who goes where, made of a board: each header pin in use, each pole of the plug, each input of the ADC.

What is drawn or printed of the wiring is taken from here. Which ground a part takes is our choice, for all are one;
the ones chosen lie beside the pins of the standard wiring, and no board can want them for anything else.
"""

from dataclasses import dataclass

from hardware.board import HEADER_BUS, I2C_PINS, PADS, Board
from hardware.pi_header import GROUND, PIN_OF_BCM, VOLT_3

_PLUG_SUPPLY_PIN, PLUG_GROUND_PIN = 1, 9
_LIGHTS_GROUND_PIN, _BUTTONS_GROUND_PIN, _BUZZER_GROUND_PIN = 14, 30, 34
_BUZZER_SUPPLY_PIN = 17
# About 4 mA for a green LED: bright enough beside a bed, and little for a pin.
LIGHT_OHM = 330.0
# From each output's pin to ground: what nobody drives is off.
PULL_DOWN_OHM = 10_000.0
# Opens the buzzer's transistor wide with 2.6 mA.
BASE_OHM = 1000.0
# A piezo is a capacitor: without a way back it would stay charged, and silent.
ACROSS_PIEZO_OHM = 1000.0
LIGHTS = ("green", "amber", "blue", "red")
BUTTONS = ("mama", "partner")


@dataclass(frozen=True, slots=True)
class Pole:
    """One pole of the plug between box and glove.

    Attributes:
        number: 1 to 4. The supply and ground are never neighbours, so that no slip by one joins them.
        wire: What it carries.
        colour: Of the wire, as in the usual four-wire cables for I2C.
        pin: Its header pin; None where the bus is not the header's.
    """

    number: int
    wire: str
    colour: str
    pin: int | None


@dataclass(frozen=True, slots=True)
class Use:
    """A header pin in use, and for what; `pole` is that of the plug, None for what stays in the box."""

    pin: int
    what: str
    pole: int | None = None


def plug(board: Board) -> tuple[Pole, ...]:
    """Return the poles of the plug, in their order."""
    on_header = board.adc.bus == HEADER_BUS
    data_pin, clock_pin = (PIN_OF_BCM[bcm] if on_header else None for bcm in I2C_PINS)
    return (
        Pole(1, supply_name(board), "red", _PLUG_SUPPLY_PIN),
        Pole(2, "SDA", "blue", data_pin),
        Pole(3, GROUND, "black", PLUG_GROUND_PIN),
        Pole(4, "SCL", "yellow", clock_pin),
    )


def uses(board: Board) -> tuple[Use, ...]:
    """Return the header pins in use, in their order."""
    poles = [Use(pole.pin, f"plug {pole.number}, {pole.wire}", pole.number) for pole in plug(board) if pole.pin]
    lights = [Use(PIN_OF_BCM[getattr(board.lights, light)], f"{light} light") for light in LIGHTS]
    buttons = [
        Use(PIN_OF_BCM[bcm], f"{whose}'s button") for whose in BUTTONS if (bcm := button_bcm(board, whose)) is not None
    ]
    others = [
        Use(PIN_OF_BCM[board.buzzer.pin], "buzzer"),
        Use(_BUZZER_SUPPLY_PIN, f"buzzer, {VOLT_3}"),
        Use(_BUZZER_GROUND_PIN, f"buzzer, {GROUND}"),
        Use(_LIGHTS_GROUND_PIN, f"lights, {GROUND}"),
        *([Use(_BUTTONS_GROUND_PIN, f"buttons, {GROUND}")] if buttons else []),
    ]
    return tuple(sorted((*poles, *lights, *buttons, *others), key=lambda use: use.pin))


def button_bcm(board: Board, whose: str) -> int | None:
    """Return the BCM pin of mama's or the partner's button; None where there is none."""
    bcm = getattr(board.buttons, whose)
    return bcm if isinstance(bcm, int) else None


def inputs(board: Board) -> tuple[str, ...]:
    """Return what A0 to A3 hear: the name of a pad, or `supply`."""
    heard = {getattr(board.pads, name): name for name in (*PADS, "supply")}
    return tuple(heard[channel] for channel in sorted(heard))


def supply_name(board: Board) -> str:
    """Return what feeds the glove, as in `3.3 V`."""
    return f"{board.electronics.supply_volt:.3g} V"


def addr_goes_to(board: Board, address: int) -> str:
    """Return where the ADDR pin of an ADS1115 is wired for an address (TI SBAS444E, table 7-2)."""
    return {0x48: GROUND, 0x49: supply_name(board), 0x4A: "SDA", 0x4B: "SCL"}[address]


def ohms(ohm: float) -> str:
    """Return a resistor's value as people say it, to four digits: `220 ohm`, `2.2 kohm`, `1 Mohm`."""
    for factor, unit in ((1e6, "Mohm"), (1e3, "kohm")):
        if ohm >= factor:
            return f"{ohm / factor:.4g} {unit}"
    return f"{ohm:.4g} ohm"

"""The board: every pin, address, channel and resistor of the glove as one frozen value.

Whoever needs one of these numbers takes it from here; nobody repeats it. Limits of one number stand in
its type, limits between numbers in `Board`. The file glove.toml is made of these types, and read by them.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta, Struct

from hardware.settings import SettingsError, as_toml, from_toml

PADS = ("heel", "palm", "fingers")

# The header's I2C bus: the ADC is on these two pins, data and clock.
HEADER_BUS = 1
I2C_PINS = (2, 3)

# The header of every Pi brings out BCM 0 to 27.
Pin = Annotated[int, Meta(ge=0, le=27, title="a BCM pin from 0 to 27")]
NoPin = Literal["none"]
ButtonPin = Pin | NoPin
# TI SBAS444E, table 7-2: the ADDR pin chooses one of four addresses.
Address = Annotated[int, Meta(ge=0x48, le=0x4B, title="0x48 to 0x4b, as ADDR is wired")]
Channel = Annotated[int, Meta(ge=0, le=3, title="an input from 0 (A0) to 3 (A3)")]
# 10 Mohm is the stand-off of an FSR: beyond it no resistor of this circuit does anything.
Ohm = Annotated[float, Meta(gt=0, le=10e6, title="more than 0 and at most 10000000 ohm")]


class BoardError(ValueError):
    """A board that cannot be; one line with the thing, the value, the limit and the next step."""


class Adc(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the ADS1115 of each glove is, and how often it is swept."""

    bus: Annotated[int, Meta(ge=0, le=99, title="a bus from 0 to 99", description="/dev/i2c-N; the header is 1")] = (
        HEADER_BUS
    )
    left_address: Annotated[Address, Meta(description="left glove: ADDR to ground")] = 0x48
    right_address: Annotated[Address, Meta(description="right glove: ADDR to 3.3 V")] = 0x49
    # Four channels take 16 to 17 ms at a true 50 kHz bus clock (modelled): 50 is what always fits.
    sweeps_hz: Annotated[
        int, Meta(ge=20, le=100, title="20 to 100", description="sweeps of all four channels per second")
    ] = 50


class Electronics(Struct, frozen=True, forbid_unknown_fields=True):
    """The divider of each pad and that of the supply."""

    # Below 1.6 V the pads drown in noise; above 3.6 V the ADC's input on a 3.3 V board is overdriven.
    supply_volt: Annotated[float, Meta(ge=1.6, le=3.6, title="1.6 to 3.6 V", description="what feeds the pads")] = 3.3
    fixed_ohm: Annotated[Ohm, Meta(description="measuring resistor, each pad's channel to ground")] = 2200.0
    bias_ohm: Annotated[Ohm, Meta(description="across each FSR, at the glove: proves the wire")] = 100_000.0
    series_ohm: Annotated[Ohm, Meta(description="3.3 V to the FSR, one for each pad")] = 220.0
    reference_top_ohm: Annotated[Ohm, Meta(description="3.3 V to the supply channel")] = 10_000.0
    reference_bottom_ohm: Annotated[Ohm, Meta(description="supply channel to ground")] = 10_000.0

    @property
    def midpoint_volt(self) -> float:
        """What the supply channel shows when the supply is right."""
        whole_ohm = self.reference_top_ohm + self.reference_bottom_ohm
        return self.supply_volt * self.reference_bottom_ohm / whole_ohm


class Pads(Struct, frozen=True, forbid_unknown_fields=True):
    """Which input of the ADC hears which pad."""

    heel: Annotated[Channel, Meta(description="heel of the hand")] = 0
    palm: Annotated[Channel, Meta(description="middle of the palm")] = 1
    fingers: Annotated[Channel, Meta(description="fingertips")] = 2
    supply: Annotated[Channel, Meta(description="the supply, halved by the two reference resistors")] = 3


# The pins chosen avoid I2C (2, 3), the serial console (14, 15) and SPI (7 to 11), and lie side by side.
class Lights(Struct, frozen=True, forbid_unknown_fields=True):
    """The four LEDs, each through its resistor to ground."""

    green: Annotated[Pin, Meta(description="watching, well done (header pin 11)")] = 17
    amber: Annotated[Pin, Meta(description="slower (header pin 13)")] = 27
    blue: Annotated[Pin, Meta(description="hold (header pin 15)")] = 22
    red: Annotated[Pin, Meta(description="softer, stop (header pin 16)")] = 23


class Buzzer(Struct, frozen=True, forbid_unknown_fields=True):
    """The passive piezo."""

    # One of the four pins with hardware PWM (12, 13, 18, 19), so that a clean tone stays possible.
    pin: Annotated[Pin, Meta(description="passive piezo, by its transistor (header pin 32)")] = 12


class Buttons(Struct, frozen=True, forbid_unknown_fields=True):
    """The two buttons, each from its pin to ground."""

    mama: Annotated[
        ButtonPin,
        Meta(title='a BCM pin from 0 to 27, or "none"', description='normally closed, or "none" (header pin 29)'),
    ] = 5
    partner: Annotated[
        ButtonPin,
        Meta(title='a BCM pin from 0 to 27, or "none"', description='normally open, or "none" (header pin 31)'),
    ] = 6


class Board(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole wiring; refuses to exist with two things in one place."""

    adc: Adc = Adc()
    electronics: Electronics = Electronics()
    pads: Pads = Pads()
    lights: Lights = Lights()
    buzzer: Buzzer = Buzzer()
    buttons: Buttons = Buttons()

    def __post_init__(self) -> None:
        pins = [
            (f"{section}.{thing}", pin)
            for section in ("lights", "buzzer", "buttons")
            for thing, pin in _fields(getattr(self, section))
            if pin != "none"
        ]
        for thing, pin in pins:
            if pin in I2C_PINS:
                raise BoardError(f"{thing} is on pin {pin}, where the ADC's bus is; choose another pin")
        _refuse_twins(pins, "pin")
        _refuse_twins([(f"pads.{pad}", channel) for pad, channel in _fields(self.pads)], "channel")
        if self.adc.left_address == self.adc.right_address:
            raise BoardError(
                f"adc.left_address and adc.right_address are both 0x{self.adc.left_address:02x};"
                " tie ADDR of one to ground (0x48), of the other to 3.3 V (0x49)"
            )


def _fields(section: Struct) -> Iterable[tuple[str, int | str]]:
    return [(name, getattr(section, name)) for name in section.__struct_fields__]


def _refuse_twins(places: list[tuple[str, int | str]], kind: str) -> None:
    taken: dict[int | str, str] = {}
    for thing, place in places:
        if place in taken:
            raise BoardError(f"{taken[place]} and {thing} are both on {kind} {place}; give one of them another {kind}")
        taken[place] = thing


DEFAULT_BOARD = Board()


def board_from_toml(text: str, name: str) -> Board:
    """Return the board that glove.toml describes; keys that are left out keep their defaults.

    Args:
        text: The content of the file.
        name: The file's name, for the message.

    Raises:
        BoardError: One line that names the key, the value, the limit and what to do.
    """
    try:
        return from_toml(text, DEFAULT_BOARD)
    except (SettingsError, BoardError) as error:
        raise BoardError(f"{name}: {error}") from error


def default_toml() -> str:
    """Return glove.toml with every key, its meaning and its default."""
    return as_toml(DEFAULT_BOARD, "The wiring of the glove. Every key may be left out; these are the defaults.")

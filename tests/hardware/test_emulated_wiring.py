"""A maker's mistakes in the emulated glove: voltages worked out by hand, and what the wires then say."""

import errno
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.ads1115 import GloveAdc
from hardware.board import DEFAULT_BOARD, PADS, board_from_toml
from hardware.bus import TIMEOUT_S
from hardware.emulated.circuit import Circuit, Wrong
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault, parse_fault
from hardware.emulated.glove import EmulatedGlove, Nobody
from hardware.emulated.wiring import built_circuit
from hardware.panel import Buttons
from hardware.trouble import NoHardware
from sensing.divider import Divider
from tests.story import PROPERTY

OF = DEFAULT_BOARD.electronics
WELL: tuple[Wrong, Wrong, Wrong] = (frozenset(), frozenset(), frozenset())
# An FSR of 1000 ohm, which is a press of 10 N; beside its 100 kohm 990.1 ohm.
PRESSED, UNTOUCHED = 0.001, 0.0
PLANNED = Circuit.of(OF)


def volts(mistake: str, *siemens: float) -> tuple[float, ...]:
    return built_circuit(OF, frozenset({mistake})).volts(siemens, WELL, 3.3)


@pytest.mark.parametrize(
    ("mistake", "heel", "expected_volt"),
    [
        # 3.3 V * 2200 / (2200 + 220 + 100 000), and with 990.1 ohm instead of 100 000.
        ("", UNTOUCHED, (0.070885, 0.070885, 0.070885)),
        ("", PRESSED, (2.128973, 0.070885, 0.070885)),
        # No way to the supply at all; and 1000 ohm alone.
        ("no bias", UNTOUCHED, (0.0, 0.070885, 0.070885)),
        ("no bias", PRESSED, (2.122807, 0.070885, 0.070885)),
        # 3.3 V * 220 / (220 + 2200 + 100 000), and with 990.1 ohm.
        ("resistors exchanged", UNTOUCHED, (0.007088, 0.070885, 0.070885)),
        ("resistors exchanged", PRESSED, (0.212897, 0.070885, 0.070885)),
        # 3.3 V * 10 000 / (10 000 + 220 + 100 000), and with 990.1 ohm.
        ("10 kohm", UNTOUCHED, (0.299401, 0.070885, 0.070885)),
        ("10 kohm", PRESSED, (2.943773, 0.070885, 0.070885)),
        # Three times 102 200 ohm behind 220: the feed is 3.3 V / (1 + 220 * 3 / 102 200) = 3.278826 V.
        ("one series resistor", UNTOUCHED, (0.070581, 0.070581, 0.070581)),
        # 1/3190.1 + 2/102 200 S behind 220 ohm: 3.074719 V, of which 2200/3190.1 and 2200/102 200.
        ("one series resistor", PRESSED, (2.120430, 0.066188, 0.066188)),
        # 1210.1 and 100 220 ohm side by side are 1195.66, over two 2200 that are 1100.
        ("pads joined", UNTOUCHED, (0.070885, 0.070885, 0.070885)),
        ("pads joined", PRESSED, (1.581244, 1.581244, 0.070885)),
    ],
)
def test_kirchhoff(mistake: str, heel: float, expected_volt: tuple[float, ...]) -> None:
    assert volts(mistake, heel, UNTOUCHED, UNTOUCHED) == pytest.approx(expected_volt, abs=5e-6)


def test_behind_one_resistor_thirty_newtons_on_each_pad_read_as_less_than_eleven() -> None:
    # The reason for three of them: 30 N are 466.6 ohm, 10.8 N are 912 (Interlink 402).
    siemens = 1 / (150 + 5900 * 30**-0.86)
    divider = Divider(3.3, OF.fixed_ohm, OF.bias_ohm, OF.series_ohm)
    for volt in volts("one series resistor", siemens, siemens, siemens):
        assert 1 / divider.siemens_from_fraction(volt / 3.3) == pytest.approx(912, abs=1)


@PROPERTY
@given(siemens=st.tuples(*[st.floats(0.0, 0.01)] * 3), supply_volt=st.floats(1.6, 3.6))
def test_where_nothing_is_shared_each_pad_is_a_divider(siemens: tuple[float, ...], supply_volt: float) -> None:
    alone = [supply_volt * 2200 / (2200 + 220 + 1 / (one + 1e-5)) for one in siemens]
    assert PLANNED.volts(siemens, WELL, supply_volt) == pytest.approx(alone, abs=1e-5)


def test_a_fault_of_one_pad_pulls_the_one_that_it_is_joined_with() -> None:
    joined = built_circuit(OF, frozenset({"pads joined"}))
    assert joined.volts((0.0,) * 3, (frozenset({"short"}), *WELL[:2]), 3.3)[1] == pytest.approx(3.3, abs=1e-4)
    assert joined.volts((PRESSED,) * 3, (*WELL[:1], frozenset({"grounded"}), WELL[0]), 3.3)[0] < 1e-4


# -- the whole glove -------------------------------------------------------------------------------------------


class Pressed(Nobody):
    """A heel that is pressed with 10 N."""

    def force_newton(self, t_s: float) -> tuple[float, float, float]:
        del t_s
        return (10.0, 0.0, 0.0)


def glove(mistake: str, **of: Any) -> tuple[EmulatedGlove, VirtualClock]:
    clock = VirtualClock()
    board = of.pop("board", DEFAULT_BOARD)
    return EmulatedGlove(board, Pressed(), clock, 1, faults=[parse_fault(f"wiring {mistake}")], **of), clock


@pytest.mark.parametrize("toml", ["", "[pads]\nheel = 3\npalm = 0\nfingers = 1\nsupply = 2\n"])
def test_swapped_pads_are_heard_on_each_others_channel(toml: str) -> None:
    board = board_from_toml(toml, "glove.toml")
    whole, clock = glove("pads swapped", board=board)
    clock.advance(5.0)
    heel, palm, fingers, supply = GloveAdc(whole.bus, board.adc.right_address, board, clock).sweep()
    assert [round(heel, 2), round(fingers, 2), round(supply, 2)] == [0.07, 0.07, 1.65]
    assert palm > 2.0


def test_the_chip_is_at_the_boards_other_address() -> None:
    assert [sorted(glove("other address", address=wanted)[0].bus.chips) for wanted in (0x49, 0x48)] == [[0x48], [0x49]]


@pytest.mark.parametrize("mistake", ["supply reversed", "no pull-ups"])
def test_on_a_bus_that_stays_low_every_transfer_times_out(mistake: str) -> None:
    whole, clock = glove(mistake)
    for address in (0x49, 0x20):
        began_s = clock.now_s()
        with pytest.raises(TimeoutError) as error:
            whole.bus.readfrom_into(address, bytearray(1))
        assert error.value.errno == errno.ETIMEDOUT
        assert TIMEOUT_S <= clock.now_s() - began_s < TIMEOUT_S + 0.001
    assert whole.bus.scan() == []
    with pytest.raises(NoHardware):
        GloveAdc(whole.bus, 0x49, DEFAULT_BOARD, clock)


def test_swapped_lights_are_swapped_on_the_board_that_was_built() -> None:
    built = glove("lights swapped")[0].built.lights
    assert (built.green, built.amber, built.blue, built.red) == (17, 22, 27, 23)


@pytest.mark.parametrize("down", [False, True])
def test_a_normally_open_button_says_the_contrary(down: bool) -> None:
    whole, _ = glove("button normally open")
    whole.hand.mama_down = lambda _: down  # type: ignore[method-assign]  # a hand of this test alone
    buttons = Buttons(DEFAULT_BOARD, whole.factory)
    whole.update()
    assert buttons.mama_down() is not down


def test_two_mistakes_at_once_are_both_there() -> None:
    both = [Fault("wiring", "no bias"), Fault("wiring", "pads joined")]
    whole = EmulatedGlove(DEFAULT_BOARD, Nobody(), VirtualClock(), 1, faults=both)
    # 100 220 ohm of the palm alone, over 1100.
    heel, palm, fingers = whole.inputs[: len(PADS)]
    assert (heel, palm, fingers) == pytest.approx((0.035827, 0.035827, 0.070885), abs=1e-5)

"""Who goes where: the standard wiring as it is soldered, and what becomes of it in a maker's own."""

import pytest

from hardware.board import DEFAULT_BOARD, board_from_toml
from hardware.wiring import addr_goes_to, inputs, ohms, plug, supply_name, uses


def test_the_standard_wiring() -> None:
    assert {use.pin: use.what for use in uses(DEFAULT_BOARD)} == {
        1: "plug 1, 3.3 V",
        3: "plug 2, SDA",
        5: "plug 4, SCL",
        9: "plug 3, ground",
        11: "green light",
        13: "amber light",
        14: "lights, ground",
        15: "blue light",
        16: "red light",
        17: "buzzer, 3.3 V",
        29: "mama's button",
        30: "buttons, ground",
        31: "partner's button",
        32: "buzzer",
        34: "buzzer, ground",
    }
    assert inputs(DEFAULT_BOARD) == ("heel", "palm", "fingers", "supply")


def test_supply_and_ground_are_no_neighbours_in_the_plug() -> None:
    at = {pole.wire: pole.number for pole in plug(DEFAULT_BOARD)}
    assert at == {"3.3 V": 1, "SDA": 2, "ground": 3, "SCL": 4}
    assert abs(at["3.3 V"] - at["ground"]) > 1


def test_where_there_is_no_button_its_pin_is_free() -> None:
    board = board_from_toml('[buttons]\nmama = "none"\npartner = "none"\n', "glove.toml")
    assert {29, 30, 31} & {use.pin for use in uses(board)} == set()


def test_on_another_bus_the_pins_of_the_headers_bus_are_free() -> None:
    board = board_from_toml("[adc]\nbus = 3\n", "glove.toml")
    assert [pole.pin for pole in plug(board)] == [1, None, 9, None]
    assert {3, 5} & {use.pin for use in uses(board)} == set()


def test_the_address_says_where_addr_is_wired() -> None:
    """TI SBAS444E, table 7-2."""
    at = {address: addr_goes_to(DEFAULT_BOARD, address) for address in range(0x48, 0x4C)}
    assert at == {0x48: "ground", 0x49: "3.3 V", 0x4A: "SDA", 0x4B: "SCL"}


def test_the_supply_is_named_by_its_volts() -> None:
    board = board_from_toml("[electronics]\nsupply_volt = 3.284\n", "glove.toml")
    assert supply_name(board) == "3.28 V"
    assert plug(board)[0].wire == "3.28 V"


@pytest.mark.parametrize(
    ("ohm", "said"),
    [
        (4.7, "4.7 ohm"),
        (220.0, "220 ohm"),
        (999.0, "999 ohm"),
        (1000.0, "1 kohm"),
        (2200.0, "2.2 kohm"),
        (2187.6, "2.188 kohm"),
        (100_000.0, "100 kohm"),
        (1e6, "1 Mohm"),
        (4.7e6, "4.7 Mohm"),
    ],
)
def test_a_resistor_is_named_as_people_name_it(ohm: float, said: str) -> None:
    assert ohms(ohm) == said

"""The header against gpiozero's own table of it, and the texts of glove.toml that name its pins."""

import re
from typing import get_type_hints

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.board import DEFAULT_BOARD, I2C_PINS
from hardware.pi_header import BCM_AT, PIN_OF_BCM, PINS, name_of

# A Zero 2 W, a 3B and a 4B by the revision that each tells of itself; the names of supply pins are gpiozero's.
REVISIONS = ["902120", "a02082", "c03111"]
SAME_NAME = {"3V3": "3.3 V", "5V": "5 V", "GND": "ground"}


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_header_is_that_of_a_pi(revision: str) -> None:
    theirs = MockFactory(revision).board_info.headers["J8"].pins
    assert {pin: name_of(pin) for pin in range(1, PINS + 1)} == {
        pin: SAME_NAME.get(info.name, info.name) for pin, info in theirs.items()
    }


def test_every_bcm_pin_is_brought_out_once() -> None:
    assert sorted(BCM_AT.values()) == list(range(28))
    assert [PIN_OF_BCM[bcm] for bcm in (*I2C_PINS, 17, 21)] == [3, 5, 11, 40]


def test_glove_toml_names_the_header_pin_of_each_default() -> None:
    told = {}
    for section in (DEFAULT_BOARD.lights, DEFAULT_BOARD.buzzer, DEFAULT_BOARD.buttons):
        for key, hint in get_type_hints(type(section), include_extras=True).items():
            words = next(layer.description for layer in reversed(hint.__metadata__) if layer.description)
            told[key] = (getattr(section, key), int(re.findall(r"\(header pin (\d+)\)", words)[0]))
    assert len(told) == 7
    assert {key: pin for key, (_, pin) in told.items()} == {key: PIN_OF_BCM[bcm] for key, (bcm, _) in told.items()}

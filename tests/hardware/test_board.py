"""glove.toml: what a person may write, and what they are told when they may not."""

import subprocess
import sys

import pytest

from hardware.board import DEFAULT_BOARD, PADS, Board, BoardError, Lights, board_from_toml, default_toml


def test_the_documented_file_is_the_default_board() -> None:
    text = default_toml()
    assert board_from_toml(text, "glove.toml") == DEFAULT_BOARD
    assert board_from_toml("", "glove.toml") == DEFAULT_BOARD
    assert all("#" in line for line in text.splitlines() if "=" in line)


def test_one_key_changes_one_thing() -> None:
    board = board_from_toml('[buttons]\nmama = "none"\n[electronics]\nfixed_ohm = 1000\n', "glove.toml")
    assert [board.buttons.mama, board.buttons.partner] == ["none", 6]
    assert [board.electronics.fixed_ohm, board.electronics.bias_ohm] == [1000.0, 100_000.0]


def test_the_supply_shows_half_of_itself() -> None:
    assert DEFAULT_BOARD.electronics.midpoint_volt == pytest.approx(1.65)
    assert PADS == ("heel", "palm", "fingers")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[adc]\nleft_adress = 1", "unknown key adc.left_adress; did you mean adc.left_address?"),
        ("[buzer]\npin = 1", "unknown key buzer; did you mean buzzer?"),
        ("[buzzer]\npin = 28", "buzzer.pin is 28; give a BCM pin from 0 to 27"),
        ("[lights]\nred = -1", "lights.red is -1; give a BCM pin from 0 to 27"),
        ("[lights]\nred = true", "lights.red is true; give a BCM pin from 0 to 27"),
        ('[buttons]\nmama = "off"', 'buttons.mama is "off"; give a BCM pin from 0 to 27, or "none"'),
        ("[buttons]\nmama = 40", 'buttons.mama is 40; give a BCM pin from 0 to 27, or "none"'),
        ("[lights]\nred = 12", "lights.red and buzzer.pin are both on pin 12; give one of them another pin"),
        ("[buttons]\nmama = 3", "buttons.mama is on pin 3, where the ADC's bus is; choose another pin"),
        (
            "[electronics]\nfixed_ohm = 0",
            "electronics.fixed_ohm is 0; give more than 0 and at most 10000000 ohm",
        ),
        (
            "[electronics]\nbias_ohm = inf",
            "electronics.bias_ohm is inf; give more than 0 and at most 10000000 ohm",
        ),
        ("[electronics]\nbias_ohm = nan", "electronics.bias_ohm is nan; give a number"),
        ("[electronics]\nsupply_volt = 5.0", "electronics.supply_volt is 5.0; give 1.6 to 3.6 V"),
        ("[adc]\nleft_address = 0x20", "adc.left_address is 0x20; give 0x48 to 0x4b, as ADDR is wired"),
        (
            "[adc]\nleft_address = 0x49",
            (
                "adc.left_address and adc.right_address are both 0x49;"
                " tie ADDR of one to ground (0x48), of the other to 3.3 V (0x49)"
            ),
        ),
        ("[adc]\nsweeps_hz = 500", "adc.sweeps_hz is 500; give 20 to 100"),
        ("[pads]\nheel = 4", "pads.heel is 4; give an input from 0 (A0) to 3 (A3)"),
        ("[pads]\nheel = 1", "pads.heel and pads.palm are both on channel 1; give one of them another channel"),
        ("lights = 3", "lights is 3; write it as a section, [lights]"),
        ("[lights]\nred =", "not TOML: Invalid value (at end of document); correct that line"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(BoardError) as error:
        board_from_toml(text, "glove.toml")
    assert str(error.value) == f"glove.toml: {told}"


def test_a_wrong_board_cannot_be_made_in_code_either() -> None:
    with pytest.raises(BoardError, match=r"lights\.green and lights\.red are both on pin 23"):
        Board(lights=Lights(green=23))


def test_the_board_is_known_without_any_library_of_pins() -> None:
    asked = "import sys, hardware.board; sys.exit(any(m in sys.modules for m in ('gpiozero', 'lgpio', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0

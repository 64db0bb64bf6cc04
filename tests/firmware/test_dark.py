"""After the service's end, however it came, everything is turned off once more."""

import configparser
import subprocess
import sys
from pathlib import Path

import firmware
from firmware.dark import main
from hardware.board import DEFAULT_BOARD
from hardware.emulated.header import Header

from .pins import LIGHTS, Pins

UNIT = Path(firmware.__file__).parent / "service" / "kittypaws@.service"


def test_what_a_killed_guardian_left_lit_is_turned_off(tmp_path: Path) -> None:
    header = Header(tmp_path / "pins")
    for pin in LIGHTS:
        header.note(pin, 1, None)
    header.note(DEFAULT_BOARD.buzzer.pin, 0.5, 440.0)
    header.close()
    with Pins(tmp_path / "pins") as pins:
        assert pins.lit() == {"green", "amber", "blue", "red", "buzzer"}
        assert main([str(pins.folder)]) == 0
        assert pins.lit() == set()


def test_a_computer_without_pins_says_so_in_one_line(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-P", "-m", "firmware.dark"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout, told.stderr.count("\n"), told.stderr[:6]) == (3, "", 1, "paws: ")


def test_the_unit_ends_dark_and_never_gives_up() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    unit.read(UNIT)
    service = unit["Service"]
    assert service["ExecStopPost"].endswith("-m firmware.dark")
    assert (service["KillMode"], service["Restart"], unit["Unit"]["StartLimitIntervalSec"]) == ("mixed", "always", "0")

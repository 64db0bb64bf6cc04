"""Lights, buzzer and buttons, seen at the pins."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory, MockPin, MockPWMPin

from hardware.board import DEFAULT_BOARD, Board, board_from_toml
from hardware.bus import open_bus
from hardware.panel import Buttons, Panel
from hardware.pins import real_pin_factory
from hardware.trouble import NoHardware

LIGHTS = DEFAULT_BOARD.lights
DARK: dict[str, Any] = {"green": False, "amber": False, "blue": False, "red": False, "tone_hz": None}


class KeepingPin(MockPWMPin):  # type: ignore[misc]  # gpiozero ships no types
    """A pin that keeps its level when it is given back, as those of a Pi do."""

    def close(self) -> None:
        MockPin.close(self)


@pytest.fixture
def factory() -> Iterator[Any]:
    made = MockFactory(pin_class=MockPWMPin)
    yield made
    made.reset()
    made.close()


def levels(factory: Any) -> list[float]:
    return [factory.pin(pin).state for pin in (LIGHTS.green, LIGHTS.amber, LIGHTS.blue, LIGHTS.red)]


def test_levels_reach_the_pins_and_leave_them(factory: Any) -> None:
    with Panel(DEFAULT_BOARD, factory) as panel:
        seen = [levels(factory)]
        panel.show(**{**DARK, "green": True, "tone_hz": 2000.0})
        seen.append(levels(factory))
        sounding = (factory.pin(12).frequency, factory.pin(12).state)
        panel.show(**{**DARK, "amber": True, "blue": True, "red": True})
        seen.append(levels(factory))
        silent = factory.pin(12).frequency
    seen.append(levels(factory))
    assert seen == [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 1], [0, 0, 0, 0]]
    assert [sounding, silent] == [(2000.0, 0.5), None]


def test_only_what_changed_is_written(factory: Any) -> None:
    panel = Panel(DEFAULT_BOARD, factory)
    for _ in range(5):
        panel.show(**{**DARK, "green": True})
    panel.show(**DARK)
    assert [s.state for s in factory.pin(LIGHTS.green).states] == [0, 1, 0]
    panel.close()


@pytest.mark.parametrize("tone_hz", [262.0, 1000.0, 4186.0])
def test_the_buzzer_has_four_octaves(factory: Any, tone_hz: float) -> None:
    with Panel(DEFAULT_BOARD, factory) as panel:
        panel.show(**{**DARK, "tone_hz": tone_hz})
        assert factory.pin(12).frequency == tone_hz
    assert factory.pin(12).frequency is None


def test_closing_twice_is_allowed_and_gives_the_pins_back(factory: Any) -> None:
    factory.pin(LIGHTS.red, pin_class=KeepingPin)
    panel = Panel(DEFAULT_BOARD, factory)
    panel.show(**{**DARK, "red": True, "tone_hz": 440.0})
    panel.close()
    panel.close()
    assert levels(factory) == [0, 0, 0, 0]
    Panel(DEFAULT_BOARD, factory).close()


def test_a_panel_that_cannot_have_all_its_pins_takes_none(factory: Any) -> None:
    with Panel(DEFAULT_BOARD, factory), pytest.raises(Exception, match="in use"):
        Panel(DEFAULT_BOARD, factory)
    Panel(DEFAULT_BOARD, factory).close()


def test_mamas_cut_wire_is_a_press_and_the_partners_is_none(factory: Any) -> None:
    with Buttons(DEFAULT_BOARD, factory) as buttons:
        mama, partner = factory.pin(5), factory.pin(6)
        # Nothing connected: the pull-ups decide.
        seen = [(buttons.mama_down(), buttons.partner_down())]
        mama.drive_low()
        seen.append((buttons.mama_down(), buttons.partner_down()))
        partner.drive_low()
        mama.drive_high()
        seen.append((buttons.mama_down(), buttons.partner_down()))
    assert seen == [(True, False), (False, False), (True, True)]


def test_a_button_that_is_not_there_is_never_down(factory: Any) -> None:
    board: Board = board_from_toml('[buttons]\nmama = "none"\npartner = "none"', "glove.toml")
    with Buttons(board, factory) as buttons:
        assert not buttons.mama_down()
        assert not buttons.partner_down()


def test_a_bus_that_is_not_there_is_told_in_one_line() -> None:
    # No machine that runs tests has a 98th I2C bus.
    with pytest.raises(NoHardware) as error:
        open_bus(98)
    assert str(error.value) == "/dev/i2c-98 is not there; run 'sudo raspi-config nonint do_i2c 0' and restart"


def test_a_bus_that_is_forbidden_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: str, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("Adafruit_PureIO.smbus.open", forbidden, raising=False)
    with pytest.raises(NoHardware, match=r"^/dev/i2c-1: permission denied; run 'sudo adduser \S+ i2c' and log in"):
        open_bus(1)


def test_a_bus_is_the_drivers_own_and_can_be_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    node = tmp_path / "i2c-1"
    node.touch()
    opened = node.open("r+b", buffering=0)
    monkeypatch.setattr("Adafruit_PureIO.smbus.open", lambda *_, **__: opened, raising=False)
    bus = open_bus(1)
    assert [bus.try_lock(), bus.try_lock()] == [True, False]
    bus.unlock()
    bus.deinit()
    assert opened.closed


@pytest.mark.skipif(Path("/dev/gpiochip0").exists(), reason="this machine has real pins")
def test_pins_that_are_not_there_are_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoHardware, match=r"^the pins [^\n]*$"):
        real_pin_factory()
    assert [Path.cwd(), list(tmp_path.iterdir())] == [tmp_path, []], "lgpio's FIFO is not left here"


@pytest.mark.parametrize("is_there", [False, True], ids=["none", "the empty one"])
def test_lgpio_that_is_missing_or_the_wrong_one_is_told_in_one_line(
    is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    if is_there:
        # lgpio 0.0.0.2, which pip takes where it finds no other that fits, is a file with nothing in it.
        monkeypatch.delitem(sys.modules, "lgpio", raising=False)
        (tmp_path / "lgpio.py").touch()
        monkeypatch.syspath_prepend(tmp_path)
    else:
        monkeypatch.setitem(sys.modules, "lgpio", None)
    with pytest.raises(NoHardware) as error:
        real_pin_factory()
    assert str(error.value).startswith("the pins need lgpio (")
    assert str(error.value).endswith("); on a Raspberry Pi run 'make install', elsewhere use --emulated")

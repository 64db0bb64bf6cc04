"""However the program ends, nothing stays lit: the whole command as a process, its pins seen from outside."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from .command import Running
from .pins import Pins

SOON_S = 5.0


@pytest.fixture
def pins(tmp_path: Path) -> Iterator[Pins]:
    with Pins(tmp_path / "pins") as made:
        yield made


def session(home: Path, pins: Pins, *more: str) -> Running:
    return Running("session", "--emulated", "gentle", "--pins", pins.folder, *more, home=home)


def wait_until_lit(pins: Pins) -> None:
    """Wait for the greeting or whatever comes after it."""
    pins.wait_until(lambda: bool(pins.lit() - {"buzzer"}), "never lit")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGTERM, 0),
        (signal.SIGHUP, 0),
        (signal.SIGINT, 130),
        (signal.SIGQUIT, 130),
        (signal.SIGKILL, -signal.SIGKILL),
        (signal.SIGSEGV, -signal.SIGSEGV),
        (signal.SIGABRT, -signal.SIGABRT),
    ],
    ids=str,
)
def test_every_signal_that_ends_a_session_ends_it_dark(
    number: signal.Signals, code: int, home: Path, pins: Pins
) -> None:
    with session(home, pins) as running:
        wait_until_lit(pins)
        running.send(number)
        told = running.end()
        pins.wait_for(within_s=SOON_S)
    assert (told.code, told.err) == (code, "")


def test_a_frozen_session_is_dark_and_one_that_thaws_goes_on(home: Path, pins: Pins) -> None:
    with session(home, pins) as running:
        wait_until_lit(pins)
        running.send(signal.SIGSTOP)
        pins.wait_for(within_s=SOON_S)
        running.send(signal.SIGCONT)
        wait_until_lit(pins)
        running.send(signal.SIGTERM)
        assert running.end().code == 0
    assert pins.lit() == set()


def test_a_session_goes_on_without_its_guardian_and_gets_another(home: Path, pins: Pins) -> None:
    with session(home, pins) as running:
        wait_until_lit(pins)
        first = guardian_of(running.pid)
        os.kill(first, signal.SIGKILL)
        running.wait_for("the lights did not answer")
        running.wait_for("the lights are back")
        assert guardian_of(running.pid) != first
        running.send(signal.SIGTERM)
        told = running.end()
    assert (told.code, pins.lit()) == (0, set())
    assert re.search(r"Glove {7}0:0\d the lights did not answer", told.out)


def guardian_of(pid: int) -> int:
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def test_her_button_stops_a_session_whose_bus_hangs(home: Path, pins: Pins) -> None:
    """Each transfer takes three seconds: the loop stands still, and she does not have to wait for it."""
    with session(home, pins, "--fault", "bus hangs for 3 s a transfer at 1 s") as running:
        wait_until_lit(pins)
        pins.wait_for()
        pressed_s = pins.press_mama(down=True)
        pins.wait_until(lambda: "red" in pins.lit(), "never red", SOON_S)
        red = [change for change in pins.changes() if change.name == "red" and change.level]
        assert 0 <= red[-1].t_s - pressed_s < SOON_S
        running.wait_for("she says: stop")
        told = running.end()
    assert (told.code, pins.lit()) == (0, set())
    assert "she said stop" in told.out


def test_somebody_may_press_her_button_from_outside(home: Path, pins: Pins) -> None:
    with session(home, pins, "--json") as running:
        wait_until_lit(pins)
        pins.press_mama(down=True)
        pins.wait_until(lambda: "red" in pins.lit(), "never red", SOON_S)
        told = running.end()
    assert (told.code, told.json["stopped_by"]) == (0, "stop")


def test_a_session_on_an_emulated_header_that_cannot_be_made_is_refused_in_one_line(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Running("session", "--emulated", "gentle", "--pins", tmp_path / "file" / "pins", home=home) as running:
        told = running.end()
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)

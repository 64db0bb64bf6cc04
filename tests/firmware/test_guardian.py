"""The guardian as the process that it is, on an emulated header: nothing stays lit, and somebody looks after it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.cues import DARK, Levels
from firmware.emulated_lights import PlayedLights
from firmware.guarded_lights import GuardedLights
from hardware.board import DEFAULT_BOARD, board_from_toml
from hardware.trouble import NoHardware

from .pins import Pins

BLUE, GREEN = Levels(blue=True), Levels(green=True)
# A machine that runs other tests beside may hold a process up; what is promised is measured in the campaigns.
SOON_S = 5.0


@pytest.fixture
def pins(tmp_path: Path) -> Iterator[Pins]:
    with Pins(tmp_path / "pins") as made:
        yield made


@pytest.fixture
def lights(pins: Pins) -> Iterator[PlayedLights]:
    made = PlayedLights(DEFAULT_BOARD, pins.folder)
    yield made
    made.close()


def test_a_tick_that_took_too_long_shows_nothing_of_the_past(pins: Pins, lights: PlayedLights) -> None:
    tick_until(lights, BLUE, pins, "blue")
    lights.words()
    began_s = time.monotonic()
    pins.wait_until(lambda: time.monotonic() - began_s > 0.25, "time stands still")
    lights.show(GREEN)
    pins.wait_for(within_s=SOON_S)
    assert "green" not in {change.name for change in pins.changes() if change.level}


def tick_until(lights: GuardedLights, levels: Levels, pins: Pins, *lit: str) -> None:
    """Be a loop that says the same thing until it is seen."""

    def seen() -> bool:
        lights.words()
        lights.show(levels)
        return pins.lit() == set(lit)

    pins.wait_until(seen, f"never {lit}")


def test_levels_reach_the_pins_and_closing_turns_them_off(pins: Pins, lights: PlayedLights) -> None:
    assert pins.lit() == set()
    tick_until(lights, Levels(blue=True, tone_hz=440.0), pins, "blue", "buzzer")
    assert pins.changes()[-1].tone_hz in (440.0, None)
    lights.close()
    assert pins.lit() == set()
    lights.close()


def test_a_loop_that_falls_silent_is_dark_after_its_lease(pins: Pins, lights: PlayedLights) -> None:
    tick_until(lights, BLUE, pins, "blue")
    said_s = time.monotonic()
    pins.wait_for()
    (off,) = [change.t_s for change in pins.changes() if change.name == "blue" and not change.level][-1:]
    assert off - said_s == pytest.approx(0.5, abs=0.25)
    assert not lights.are_lost
    tick_until(lights, BLUE, pins, "blue")


def test_her_press_is_red_and_a_word_although_the_loop_says_nothing(pins: Pins, lights: PlayedLights) -> None:
    tick_until(lights, GREEN, pins, "green")
    pressed_s = pins.press_mama(down=True)
    pins.wait_until(lambda: "red" in pins.lit(), "never red", SOON_S)
    red_s = next(change.t_s for change in pins.changes() if change.name == "red" and change.level)
    assert red_s - pressed_s < 0.1 + SOON_S / 10
    pins.wait_until(lambda: _red_for(pins) > 1.0, "never stop", SOON_S)
    pins.press_mama(down=False)
    words: list[str] = []

    def heard() -> bool:
        lights.show(DARK)
        words.extend(lights.words())
        return words == ["too_much", "stop"]

    pins.wait_until(heard, "the words never came", SOON_S)
    lights.show(DARK)
    # Each word comes once.
    for _ in range(20):
        lights.show(DARK)
        assert lights.words() == []


def _red_for(pins: Pins) -> float:
    """Return for how long red has been lit without a break."""
    last = [change for change in pins.changes() if change.name == "red"][-1]
    return time.monotonic() - last.t_s if last.level else 0.0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGSTOP], ids=str)
def test_a_guardian_that_is_gone_or_does_not_answer_is_replaced(
    number: signal.Signals, pins: Pins, lights: PlayedLights
) -> None:
    tick_until(lights, BLUE, pins, "blue")
    first = lights.guardian_pid
    os.kill(first, number)

    def lost() -> bool:
        lights.words()
        lights.show(BLUE)
        return lights.are_lost

    pins.wait_until(lost, "nobody noticed")

    def replaced() -> bool:
        lights.words()
        lights.show(GREEN)
        return not lights.are_lost and pins.lit() == {"green"}

    pins.wait_until(replaced, "nobody came")
    assert lights.guardian_pid != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGQUIT], ids=str)
def test_signals_of_the_terminal_are_not_for_the_guardian(
    number: signal.Signals, pins: Pins, lights: PlayedLights
) -> None:
    tick_until(lights, BLUE, pins, "blue")
    first = lights.guardian_pid
    os.kill(first, number)
    tick_until(lights, GREEN, pins, "green")
    assert (lights.are_lost, lights.guardian_pid) == (False, first)


def test_a_guardian_that_is_asked_to_end_leaves_it_dark(pins: Pins, lights: PlayedLights) -> None:
    tick_until(lights, Levels(red=True, tone_hz=440.0), pins, "red", "buzzer")
    os.kill(lights.guardian_pid, signal.SIGTERM)
    pins.wait_for()


def test_one_that_was_frozen_lights_nothing_old_when_it_wakes(pins: Pins, lights: PlayedLights) -> None:
    tick_until(lights, GREEN, pins, "green")
    os.kill(lights.guardian_pid, signal.SIGSTOP)
    frozen_s = time.monotonic()
    # Not silent for long enough to be killed: a few messages wait in the pipe, and grow old there.
    lights.show(BLUE)
    pins.wait_until(lambda: time.monotonic() - frozen_s > 0.8, "time stands still")
    os.kill(lights.guardian_pid, signal.SIGCONT)
    pins.wait_for()
    assert "blue" not in {change.name for change in pins.changes() if change.level}


def test_a_button_that_is_down_before_anything_began_is_told(pins: Pins) -> None:
    pins.press_mama(down=True)
    with pytest.raises(NoHardware, match=r"^mama's button on pin 5 reads as pressed; let it go - still so: its wire"):
        GuardedLights(DEFAULT_BOARD, pins.folder)
    # Without her button there is nothing to read.
    GuardedLights(board_from_toml('[buttons]\nmama = "none"', "glove.toml"), pins.folder).close()


def test_a_header_that_cannot_be_had_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoHardware, match=r"^[^\n]*File exists[^\n]*$"):
        GuardedLights(DEFAULT_BOARD, tmp_path / "file")


@pytest.mark.skipif(Path("/dev/gpiochip0").exists(), reason="this machine has real pins")
def test_real_pins_that_are_not_there_are_told_in_one_line() -> None:
    with pytest.raises(NoHardware, match=r"^the pins (need|cannot be opened)[^\n]*$"):
        GuardedLights(DEFAULT_BOARD)


LOOP = """
import sys
from pathlib import Path
from coach.cues import Levels
from firmware.emulated_lights import PlayedLights
from hardware.board import DEFAULT_BOARD
lights = PlayedLights(DEFAULT_BOARD, Path(sys.argv[1]))
while True:
    lights.words()
    lights.show(Levels(blue=True, tone_hz=440.0))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGSTOP], ids=str)
def test_a_loop_that_is_gone_leaves_nothing_lit(number: signal.Signals, pins: Pins) -> None:
    with subprocess.Popen([sys.executable, "-c", LOOP, pins.folder], stderr=subprocess.DEVNULL) as loop:
        try:
            pins.wait_for("blue", "buzzer")
            loop.send_signal(number)
            pins.wait_for(within_s=SOON_S)
        finally:
            loop.kill()

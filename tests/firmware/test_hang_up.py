"""A session whose terminal goes away, or takes nothing: the hands are at work, and nothing of it needs a terminal."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .command import lines_of, paws, written
from .drawn import Drawn
from .pins import Pins
from .terminal import Terminal, at_a_terminal

SOON_S = 5.0


@pytest.fixture
def pins(tmp_path: Path) -> Iterator[Pins]:
    with Pins(tmp_path / "pins") as made:
        yield made


@contextmanager
def session(home: Path, pins: Pins, *more: str, **environment: str) -> Iterator[Terminal]:
    """Yield a session that is under way, and its view drawn."""
    arguments = ("session", "--emulated", "gentle", "--yes", "--pins", pins.folder, *more)
    with at_a_terminal(*arguments, home=home, **environment) as terminal:
        pins.wait_until(lambda: bool(pins.lit() - {"buzzer"}), "never lit")
        if "--json" not in more:
            terminal.until("press each pad")
        yield terminal


def tape_in(home: Path) -> Path:
    return home / "tapes" / "000001.tape"


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline_s = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline_s, what
        os.sched_yield()


def wait_until_it_goes_on(home: Path) -> None:
    """Wait for a second's worth of tape."""
    lines = len(lines_of(tape_in(home)))
    wait_until(lambda: len(lines_of(tape_in(home))) > lines + 50, "the tape has stopped")


def ending() -> str:
    told = paws("summary", "--json")
    assert told.code == 0
    return str(told.json["ended"])


def test_a_session_whose_terminal_is_taken_away_goes_on_to_the_end_that_she_gives_it(home: Path, pins: Pins) -> None:
    with session(home, pins) as terminal:
        terminal.hang_up()
        wait_until_it_goes_on(home)
        # The lights still follow: each light once, then dark until the first press.
        pressed_s = pins.press_mama(down=True)
        red_s = pins.wait_until(lambda: "red" in pins.lit(), "never red", SOON_S)
        told = terminal.end_unseen()
    assert red_s - pressed_s < SOON_S
    assert (told.code, told.err, pins.lit()) == (0, "", set())
    assert ending() == "stopped"
    # The page was not printed to nobody; it is where every page is.
    assert "she said stop" in paws("summary").out


def test_the_lights_go_on_after_the_terminal_is_gone(home: Path, pins: Pins) -> None:
    with session(home, pins) as terminal:
        terminal.hang_up()
        gone_s = time.monotonic()
        # Every pad was pressed by then: the heartbeat.
        pins.wait_until(
            lambda: any(change.name == "green" and change.t_s > gone_s + 1 for change in pins.changes()), "no heartbeat"
        )
        terminal.send(signal.SIGTERM)
        assert terminal.end_unseen().code == 0
    assert (ending(), pins.lit()) == ("terminated", set())


def test_a_second_hang_up_as_a_shell_sends_it_ends_nothing_either(home: Path, pins: Pins) -> None:
    with session(home, pins) as terminal:
        terminal.hang_up()
        terminal.send(signal.SIGHUP)
        wait_until_it_goes_on(home)
        terminal.send(signal.SIGTERM)
        told = terminal.end_unseen()
    assert (told.code, ending()) == (0, "terminated")


def test_whoever_sends_the_signal_while_the_terminal_is_there_ends_the_session(home: Path, pins: Pins) -> None:
    with session(home, pins) as terminal:
        terminal.send(signal.SIGHUP)
        pins.wait_for(within_s=SOON_S)
        told = terminal.end()
    assert (told.code, ending()) == (0, "terminated")
    assert "A comfort aid" in told.out


def test_a_session_that_nobody_could_end_ends_with_its_terminal(home: Path, pins: Pins) -> None:
    written(home / "glove.toml", '[buttons]\nmama = "none"\npartner = "none"\n')
    with session(home, pins) as terminal:
        terminal.hang_up()
        pins.wait_for(within_s=SOON_S)
        told = terminal.end_unseen()
    assert (told.code, told.err, ending()) == (0, "", "terminated")


def test_one_button_is_enough_to_go_on(home: Path, pins: Pins) -> None:
    written(home / "glove.toml", '[buttons]\npartner = "none"\n')
    with session(home, pins) as terminal:
        terminal.hang_up()
        wait_until_it_goes_on(home)
        terminal.send(signal.SIGTERM)
        assert terminal.end_unseen().code == 0


@pytest.mark.parametrize("more", [("--json",), ()], ids=["json", "lines"])
def test_so_does_one_that_draws_nothing_there(more: tuple[str, ...], home: Path, pins: Pins) -> None:
    with session(home, pins, *more, TERM="dumb") as terminal:
        terminal.hang_up()
        wait_until_it_goes_on(home)
        terminal.send(signal.SIGTERM)
        told = terminal.end_unseen()
    assert (told.code, told.err, ending()) == (0, "", "terminated")


def test_a_terminal_that_takes_nothing_holds_up_neither_the_session_nor_the_lights(home: Path, pins: Pins) -> None:
    """Somebody pressed Ctrl-S, or the link is down and nobody knows it yet."""
    with session(home, pins) as terminal:
        terminal.stop()
        wait_until_it_goes_on(home)
        terminal.send(signal.SIGTERM)
        pins.wait_for(within_s=SOON_S)
        wait_until(lambda: b'"reason":"terminated"' in lines_of(tape_in(home))[-1], "no end on the tape")
        # The page has waited for it.
        terminal.go_on()
        told = terminal.end()
    assert (told.code, ending()) == (0, "terminated")
    assert "A comfort aid" in told.out[told.out.rfind("\x1b[?1049l") :]


def test_a_window_that_changes_its_size_is_drawn_anew(home: Path, pins: Pins) -> None:
    with session(home, pins) as terminal:
        drawn = Drawn(40, 10)
        terminal.shown = ""
        terminal.resize(40, 10)
        terminal.until("lights")
        terminal.until("○ red")
        drawn.feed(terminal.shown.encode())
        assert [row[:8].strip() for row in drawn.text][1:6] == ["force", "hold", "hand", "lights", "cue"]
        terminal.send(signal.SIGINT)
        told = terminal.end()
    assert told.code == 130
    # As it was: the cursor, the rows that may be long, and the page that was there.
    assert told.out.rfind("\x1b[?25h") > told.out.rfind("\x1b[?25l")
    assert "Kittypaws" in told.out[told.out.rfind("\x1b[?1049l") :]

"""The guardian in numbers: when it looks at the buttons, when a lease ends, and how long it waits for her hand."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from gpiozero import LED

from coach.cues import DARK, Levels
from firmware.guard_messages import PACKET_BYTES, Answer, Ready, Refused, Show, decode_answer, encode
from firmware.guardian import Guardian, panel_and_buttons
from firmware.let_go import wait_until_let_go
from hardware.board import DEFAULT_BOARD
from hardware.emulated.clock import VirtualClock
from hardware.emulated.header import Header
from hardware.emulated.header_pins import HeaderFactory
from hardware.panel import Buttons, Panel
from hardware.trouble import NoHardware

from .pins import Pins

Guarded = tuple[Guardian, socket.socket]

BLUE = Levels(blue=True)
SOON_S = 20.0


@pytest.fixture
def pins(tmp_path: Path) -> Iterator[Pins]:
    with Pins(tmp_path / "pins") as made:
        made.press_mama(down=False)
        yield made


@pytest.fixture
def factory(pins: Pins) -> Iterator[HeaderFactory]:
    with closing(Header(pins.folder)) as header:
        yield HeaderFactory(header)


@pytest.fixture
def guarded(factory: HeaderFactory) -> Iterator[Guarded]:
    """A guardian that began at 0 s, and the loop's end of its pipe."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    with ours, theirs, Panel(DEFAULT_BOARD, factory) as panel, Buttons(DEFAULT_BOARD, factory) as buttons:
        yield Guardian(theirs, panel, buttons, 0.0), ours


def test_a_line_that_was_claimed_just_now_has_20_ms_to_settle_before_it_is_her_word(
    pins: Pins, guarded: Guarded
) -> None:
    pins.press_mama(down=True)
    guardian, _ = guarded
    waits_s = [guardian.look(0.0), guardian.look(0.015)]
    assert (waits_s, pins.lit()) == ([0.02, pytest.approx(0.005)], set())
    guardian.look(0.02)
    assert pins.lit() == {"red", "buzzer"}


def test_it_looks_at_her_button_every_10_ms_and_not_in_between(pins: Pins, guarded: Guarded) -> None:
    guardian, _ = guarded
    assert guardian.look(1.0) == pytest.approx(0.01)
    pins.press_mama(down=True)
    assert (guardian.look(1.004), pins.lit()) == (pytest.approx(0.006), set())
    assert (guardian.look(1.0101), pins.lit()) == (pytest.approx(0.01), {"red", "buzzer"})


def test_a_lease_that_ends_between_two_looks_ends_on_its_own_time(pins: Pins, guarded: Guarded) -> None:
    guardian, _ = guarded
    guardian.look(1.0)
    guardian.take(Show(1, 0.75, 0, BLUE), 1.0)
    assert (guardian.look(1.245), guardian.look(1.2475), pins.lit()) == (
        pytest.approx(0.005),
        pytest.approx(0.0025),
        {"blue"},
    )
    # At its end there is something to wait for again: the buttons.
    assert (guardian.look(1.25), pins.lit()) == (pytest.approx(0.005), set())


def test_what_the_loop_says_shows_at_once_and_is_answered_with_her_words_until_they_are_heard(
    pins: Pins, guarded: Guarded
) -> None:
    guardian, loop = guarded
    pins.press_mama(down=True)
    guardian.look(1.0)
    answers = []
    for number, heard in ((7, 0), (8, 1)):
        guardian.take(Show(number, 1.0, heard, BLUE), 1.0)
        answers.append(decode_answer(loop.recv(PACKET_BYTES)))
    assert answers == [Answer(7, 0, ("too_much",)), Answer(8, 1, ())]
    # Her red has done its work; now the loop's own words show.
    assert pins.lit() == {"blue"}


def test_a_lease_that_is_over_when_it_comes_lights_nothing(pins: Pins, guarded: Guarded) -> None:
    guardian, _ = guarded
    guardian.take(Show(1, 0.4, 0, BLUE), 1.0)
    assert pins.lit() == set()


def test_a_loop_that_does_not_read_is_shown_all_the_same(pins: Pins, guarded: Guarded) -> None:
    guardian, _ = guarded
    for number in range(1, 2000):
        guardian.take(Show(number, 1.0, 0, DARK), 1.0)
    guardian.take(Show(2000, 1.0, 0, BLUE), 1.0)
    assert pins.lit() == {"blue"}


# -- her hand at the start ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("lets_go_s", "ends_s"), [(0.0, 0.0), (0.985, 0.99)])
def test_a_hand_that_lay_on_her_button_has_a_second_to_let_go(
    pins: Pins, factory: HeaderFactory, lets_go_s: float, ends_s: float
) -> None:
    clock = VirtualClock()
    pins.press_mama(down=lets_go_s > 0)
    with Buttons(DEFAULT_BOARD, factory) as buttons:
        if lets_go_s:
            clock.every(lets_go_s, lambda: pins.press_mama(down=False))
        wait_until_let_go(DEFAULT_BOARD, buttons.mama_down, clock)
    assert clock.now_s() == pytest.approx(ends_s)


def test_a_button_that_stays_down_for_a_second_is_a_wire_to_look_at(pins: Pins, factory: HeaderFactory) -> None:
    clock = VirtualClock()
    pins.press_mama(down=True)
    with (
        Buttons(DEFAULT_BOARD, factory) as buttons,
        pytest.raises(NoHardware, match=r"^mama's button on pin 5 reads as pressed"),
    ):
        wait_until_let_go(DEFAULT_BOARD, buttons.mama_down, clock)
    assert clock.now_s() == pytest.approx(1.0, abs=0.011)


def test_when_the_second_is_over_to_the_tick_nobody_looks_once_more() -> None:
    clock = VirtualClock()

    def is_down() -> bool:
        clock.sleep_until(1.0)
        return True

    with pytest.raises(NoHardware):
        wait_until_let_go(DEFAULT_BOARD, is_down, clock)
    assert clock.now_s() == 1.0


def test_a_pin_that_another_program_has_is_told_in_one_line(factory: HeaderFactory) -> None:
    with (
        LED(DEFAULT_BOARD.lights.amber, pin_factory=factory),
        ExitStack() as stack,
        pytest.raises(NoHardware, match=r"^the pins cannot be had \([^\n]*GPIO27[^\n]*\) - end the program that uses"),
    ):
        panel_and_buttons(stack, DEFAULT_BOARD, factory)


# -- the process --------------------------------------------------------------------------------------------


@contextmanager
def started(folder: Path, turn: str) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(SOON_S)
    written = msgspec.json.encode(DEFAULT_BOARD).decode()
    command = [sys.executable, "-P", "-m", "firmware.guardian", str(theirs.fileno()), written, turn, str(folder)]
    with subprocess.Popen(command, pass_fds=(theirs.fileno(),)) as process, ours:
        theirs.close()
        try:
            yield process, ours
        finally:
            process.kill()


def test_each_message_is_answered_once_however_often_it_looks_at_the_buttons_before_the_next(pins: Pins) -> None:
    with started(pins.folder, "first") as (_, loop):
        assert decode_answer(loop.recv(PACKET_BYTES)) == Ready()
        loop.send(encode(Show(1, 0.0, 0, DARK)))
        assert decode_answer(loop.recv(PACKET_BYTES)) == Answer(1, 0, ())
        pins.press_mama(down=True)
        pins.wait_until(lambda: "red" in pins.lit(), "never red", SOON_S)
        loop.send(encode(Show(2, 0.0, 0, DARK)))
        assert decode_answer(loop.recv(PACKET_BYTES)) == Answer(2, 0, ("too_much",))


def test_one_that_takes_anothers_place_shows_at_once_that_she_presses(pins: Pins) -> None:
    pins.press_mama(down=True)
    with started(pins.folder, "again") as (process, loop):
        assert decode_answer(loop.recv(PACKET_BYTES)) == Ready()
        pins.wait_until(lambda: "red" in pins.lit(), "never red", SOON_S)
        loop.close()
        assert (process.wait(SOON_S), pins.lit()) == (0, set())


def test_one_that_cannot_have_the_pins_says_why_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with started(tmp_path / "file", "first") as (process, loop):
        assert (type(decode_answer(loop.recv(PACKET_BYTES))), process.wait(SOON_S)) == (Refused, 1)


def test_one_whose_loop_is_gone_before_it_was_ready_ends_in_good_order(pins: Pins) -> None:
    with started(pins.folder, "first") as (process, loop):
        loop.close()
        assert (process.wait(SOON_S), pins.lit()) == (0, set())

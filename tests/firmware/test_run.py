"""`paws run` as systemd has it: a process, its pins, the partner's finger, and a socket that hears what it says."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.board import DEFAULT_BOARD
from hardware.emulated.header import Header

from .command import Running, in_a_process, paws, written
from .pins import Pins
from .test_service_manager import Systemd

PARTNERS = DEFAULT_BOARD.buttons.partner
HERE = "the glove is here: the partner's button begins a session"


@pytest.fixture
def pins(tmp_path: Path) -> Iterator[Pins]:
    with Pins(tmp_path / "pins") as made:
        yield made


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    made = Systemd(str(tmp_path / "notify"))
    yield made
    made.close()


def running(home: Path, tmp_path: Path, hand: str = "hasty") -> Running:
    environment = {
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
        "WATCHDOG_USEC": "2000000",
        "PYTHONUNBUFFERED": "1",
    }
    return Running("run", "--emulated", hand, "--pins", tmp_path / "pins", home=home, environment=environment)


def press(pins: Pins, for_s: float) -> None:
    """Press the partner's button, as long as a finger does."""
    header = Header(pins.folder)
    header.drive(PARTNERS, high=False)
    let_go_s = time.monotonic() + for_s
    pins.wait_until(lambda: time.monotonic() >= let_go_s, "time stands still")
    header.drive(PARTNERS, high=True)
    header.close()


def test_a_press_begins_a_session_a_long_one_ends_it_and_the_next_may_come(
    home: Path, tmp_path: Path, pins: Pins, systemd: Systemd
) -> None:
    with running(home, tmp_path) as service:
        service.wait_for(HERE)
        pins.wait_until(
            lambda: {"green", "amber", "blue", "red"} <= {c.name for c in pins.changes() if c.level}, "hello"
        )
        pins.wait_for()
        assert "READY=1" in systemd.heard()
        for number in (1, 2):
            press_until_a_session(pins, home, number)
            # Blue: the hand holds.
            pins.wait_for("blue")
            press(pins, 1.2)
            service.wait_for("ended by the partner's button; `paws summary` has its page")
            pins.wait_for()
        claimed = len(pins.changes())
        pins.wait_until(lambda: len(pins.changes()) > claimed, "it does not wait again")
        systemd.heard()
        pins.wait_until(lambda: "WATCHDOG=1" in systemd.heard(), "no loop")
        service.send(signal.SIGTERM)
        told = service.end()
    assert (told.code, told.err) == (0, "")
    assert told.out.count(HERE) == 1
    assert systemd.heard()[-1] == "STOPPING=1"
    assert not pins.lit()
    assert '"asked":"nobody"' in (home / "tapes" / "000001.tape").read_text()


def test_it_steps_aside_for_a_session_by_hand_and_waits_again_after_it(
    home: Path, tmp_path: Path, pins: Pins, systemd: Systemd
) -> None:
    del systemd
    with running(home, tmp_path) as service:
        service.wait_for(HERE)
        with Running("session", "--emulated", "hasty", home=home) as by_hand:
            by_hand.wait_for("slower")
            service.wait_for("somebody else has the glove; I wait")
            assert not pins.lit()
            by_hand.send(signal.SIGINT)
            assert by_hand.end().code == 130
        press_until_a_session(pins, home, 2)
        service.send(signal.SIGTERM)
        assert service.end().code == 0


def test_the_end_of_the_service_is_heard_while_a_session_says_its_own(home: Path, tmp_path: Path, pins: Pins) -> None:
    with running(home, tmp_path) as service:
        service.wait_for(HERE)
        press_until_a_session(pins, home, 1)
        pins.wait_for("blue")
        # The partner's word ends the session; the red light that says so stays for three seconds.
        press(pins, 1.2)
        pins.wait_for("red")
        service.send(signal.SIGTERM)
        told = service.end()
    assert (told.code, told.err, pins.lit()) == (0, "", set())
    assert "ended by the partner's button" in told.out


def press_until_a_session(pins: Pins, home: Path, number: int) -> None:
    """Press, as a person does: again after a while, if nothing came of it."""
    tape = home / "tapes" / f"{number:06d}.tape"

    def begins() -> bool:
        press(pins, 0.2)
        pressed_s = time.monotonic()
        pins.wait_until(lambda: tape.exists() or time.monotonic() - pressed_s > 2.0, "time stands still")
        return tape.exists()

    pins.wait_until(begins, "no session")


def test_a_press_that_cannot_begin_a_session_shows_amber_and_says_why(home: Path, tmp_path: Path, pins: Pins) -> None:
    with running(home, tmp_path) as service:
        service.wait_for(HERE)
        pins.wait_until(lambda: "red" in {c.name for c in pins.changes() if c.level}, "hello")
        pins.wait_for()
        written(home / "calibration.toml", "not a calibration")
        press(pins, 0.2)
        said = service.wait_for("no session: ")
        assert "calibration.toml" in said
        pins.wait_for("amber")
        pins.wait_for()
        # It is still there: mended, the next press begins one.
        (home / "calibration.toml").unlink()
        press_until_a_session(pins, home, 1)
        service.send(signal.SIGINT)
        assert service.end().code == 130


def test_the_plan_that_was_chosen_last_is_played(home: Path, tmp_path: Path, pins: Pins) -> None:
    own = written(tmp_path / "mine.toml", 'name = "our evening"\nceiling_newton = 15\n')
    assert paws("plans", "choose", own).out == (
        "From the next press on the service plays one of your own, with the right glove.\n"
    )
    # Kept as a copy: the file may go.
    own.unlink()
    with running(home, tmp_path) as service:
        service.wait_for(HERE)
        press_until_a_session(pins, home, 1)
        service.send(signal.SIGTERM)
        service.end()
    assert '"name":"our evening"' in (home / "tapes" / "000001.tape").read_text()


def test_a_choice_is_kept_with_its_gloves_and_a_wrong_one_is_refused(home: Path) -> None:
    assert paws("plans", "choose", "seated", "--both").out == (
        "From the next press on the service plays seated, with both gloves.\n"
    )
    assert (home / "chosen.toml").read_text().splitlines()[1:] == ['plan = "seated"', 'gloves = "both"']
    assert paws("plans", "choose", "seatd").refusal == "there is no plan `seatd` - did you mean `seated`?"
    assert 'plan = "seated"' in (home / "chosen.toml").read_text()


def test_a_second_service_is_refused(home: Path, tmp_path: Path, pins: Pins) -> None:
    del pins
    with running(home, tmp_path) as service:
        service.wait_for(HERE)
        second = in_a_process("run", "--emulated", "hasty", "--pins", tmp_path / "other", home=home)
        assert (second.code, second.refusal) == (
            3,
            "the service is running already - end that one first, then start again",
        )


def test_without_a_button_there_is_nothing_to_wait_for(home: Path, tmp_path: Path) -> None:
    written(home / "glove.toml", '[buttons]\npartner = "none"\n')
    told = paws("run", "--emulated", "hasty", "--pins", tmp_path / "pins")
    assert (told.code, told.refusal) == (
        2,
        "`paws run` waits for the partner's button, and glove.toml has none - give it a pin there",
    )


def test_the_emulated_hand_needs_its_folder(home: Path) -> None:
    del home
    told = paws("run", "--emulated", "hasty")
    assert told.refusal.startswith("--emulated HAND and --pins FOLDER belong together")

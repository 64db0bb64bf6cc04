"""Sessions as processes: how they end when they are told to, and who may run beside whom."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from hardware.board import DEFAULT_BOARD

from .command import Running, in_a_process, lines_of, paws

TAPE = Path("tapes", "000001.tape")


@pytest.mark.skipif(Path(f"/dev/i2c-{DEFAULT_BOARD.adc.bus}").exists(), reason="this machine has a glove's bus")
def test_a_session_without_a_glove_is_refused_in_one_line(home: Path) -> None:
    told = paws("session")
    assert (told.code, told.refusal) == (
        3,
        "/dev/i2c-1 is not there; run 'sudo raspi-config nonint do_i2c 0' and restart",
    )
    assert not list(home.glob("**/*.tape"))


def test_ctrl_c_ends_a_session_orderly_and_nobody_else_may_begin_one_meanwhile(home: Path) -> None:
    with Running("session", "--emulated", "gentle", home=home) as first:
        first.wait_for("watching")
        before = sorted(home.glob("**/*"))
        began_s = time.monotonic()
        second = in_a_process("session", "--emulated", "gentle", home=home)
        took_s = time.monotonic() - began_s
        assert (second.code, second.refusal) == (
            3,
            "another session is running - end that one first, then start again",
        )
        assert (took_s < 3.0, sorted(home.glob("**/*"))) == (True, before)
        first.send(signal.SIGINT)
        # Impatient, as people are.
        first.send(signal.SIGINT)
        told = first.end()
    assert (told.code, told.err, "ended at the keyboard" in told.out, "Presses" in told.out) == (130, "", True, True)
    assert lines_of(home / TAPE)[-1].endswith(b'"session_ended","t_s":%s,"reason":"interrupted"}\n' % _end_of(home))
    assert paws("replay", home / TAPE).code == 0


def test_sigterm_ends_a_session_well(home: Path) -> None:
    with Running("session", "--emulated", "gentle", "--json", home=home) as session:
        _recorded(session, home)
        session.send(signal.SIGTERM)
        told = session.end()
    assert (told.code, told.err, told.json["ended"]) == (0, "", "terminated")
    assert told.json == paws("summary", "--json", home / TAPE).json


def test_a_session_that_was_killed_leaves_a_tape_that_opens(home: Path) -> None:
    with Running("session", "--emulated", "gentle", home=home) as session:
        _recorded(session, home)
        session.send(signal.SIGKILL)
        assert session.end().code == -signal.SIGKILL
    replay, page = paws("replay", home / TAPE), paws("summary", "--json", home / TAPE)
    assert (replay.code, page.json["ended"], page.json["length_s"] > 0) == (0, "cut_off", True)
    # And the next session may begin: the kernel has let go of the lock.
    assert in_a_process("demo", "--minutes", "0.1", home=home).code == 0


def _recorded(session: Running, home: Path) -> None:
    """Wait until a session has a few readings on its tape."""
    deadline_s = time.monotonic() + 20
    while time.monotonic() < deadline_s:
        if (home / TAPE).exists() and (home / TAPE).read_bytes().count(b" R ") > 5:
            return
        os.sched_yield()
    session.send(signal.SIGKILL)
    raise AssertionError(f"nothing was recorded: {session.end()}")


def _end_of(home: Path) -> bytes:
    last = json.loads(lines_of(home / TAPE)[-1][11:])
    return json.dumps(last["t_s"]).encode()


# Moments of a start, named by the module that has just been loaded; Python tells them on standard error.
MOMENTS = ("click", "firmware.cli", "numpy", "msgspec", "gpiozero", "firmware.screen", "firmware.playing")


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_while_it_starts_is_no_traceback(moment: str, home: Path) -> None:
    with Running("demo", "--realtime", home=home, environment={"PYTHONPROFILEIMPORTTIME": "1"}) as demo:
        while demo.wait_for(" | ", on="stderr").rpartition(" | ")[2].strip() != moment:
            pass
        demo.send(signal.SIGINT)
        told = demo.end()
    said = [line for line in told.err.splitlines() if not line.startswith("import time:")]
    assert (told.code, "Traceback" in told.err, "ignored" in told.err) == (130, False, False), said


def test_ctrl_c_in_a_demo_ends_it_orderly(home: Path) -> None:
    with Running("demo", "--realtime", "--json", home=home) as demo:
        _recorded(demo, home)
        demo.send(signal.SIGINT)
        told = demo.end()
    assert (told.code, told.err, told.json["ended"]) == (130, "", "interrupted")


@pytest.mark.parametrize(
    "arguments", [("demo", "--minutes", "0.1"), ("summary", TAPE), ("replay", TAPE, "--json")], ids=lambda a: a[0]
)
def test_a_reader_who_has_seen_enough_is_no_error(arguments: tuple[object, ...], home: Path) -> None:
    paws("demo", "--minutes", "0.1")
    arguments = tuple(home / TAPE if argument is TAPE else argument for argument in arguments)
    with Running(*arguments, home=home) as process:
        process.stop_reading()
        told = process.end()
    assert (told.code, told.err) == (0, "")

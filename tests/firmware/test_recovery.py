"""Sessions that nobody ended: the next start gives their tapes an end, says so in a line, and removes nothing."""

import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from coach.tape import TapeReader, header_line
from firmware.boot import boot_id
from firmware.recording import open_tape
from firmware.tape_recovery import recover

from .command import Running, in_a_process, lines_of, paws, written
from .conftest import Demo

ANOTHER_START = "2f7b1c9e-0000-4000-8000-000000000000"


def cut(demo: Demo, place: Path, *, boot: str | None = None, torn: bytes = b"", share: float = 0.5) -> Path:
    """Write the first part of a demo's tape, and what was left of its last line."""
    lines = lines_of(demo.tape)
    with open_tape(demo.tape) as reader:
        header = msgspec.structs.replace(reader.header, boot=boot)
    return written(place, [header_line(header), *lines[1 : int(share * len(lines))], torn])


def told_of(tape: Path) -> list[str]:
    return list(recover(tape.parent))


def last_input_s(tape: Path) -> float:
    with tape.open("rb") as file:
        reader = TapeReader(file, "")
        list(reader)
        return reader.last_s


ENDS = {
    "power cut": (ANOTHER_START, "power_loss", "ended by power loss"),
    "kill": (boot_id(), "killed", "ended by a kill or a crash"),
    "nobody knows": (None, "cut_off", "cut off: the tape has no end"),
}


@pytest.mark.parametrize("torn", [b"", b"2e", b"0badc0de R 62.4 566 56"], ids=["whole", "two digits", "half a line"])
@pytest.mark.parametrize("what", ENDS)
def test_a_tape_that_was_cut_off_is_given_its_end(what: str, torn: bytes, gentle: Demo, home: Path) -> None:
    boot, reason, words = ENDS[what]
    tape = cut(gentle, home / "tapes" / "000001.tape", boot=boot, torn=torn)
    before = tape.read_bytes()
    with open_tape(tape) as reader:
        label = reader.header.label
    assert told_of(tape) == [
        f"the session of {label} was cut off at 1:03 ({words}); its tape, 000001.tape, is kept up to there"
    ]
    assert tape.read_bytes().startswith(before), "nothing that was there is removed"
    assert (told_of(tape), len(lines_of(tape))) == ([], len(before.splitlines()) + 1), "and it is done once"
    page, facts, replay = paws("summary", tape), paws("summary", "--json", tape), paws("replay", tape)
    assert (page.code, words in page.out, "incomplete: the recording breaks off here" in page.out) == (0, True, True)
    assert (facts.json["ended"], facts.json["damaged_lines"], replay.code) == (reason, 0, 0)
    assert replay.out.splitlines()[-1].startswith("Replayed the same")


def test_a_demo_or_a_session_says_it_before_it_begins(gentle: Demo, home: Path) -> None:
    cut(gentle, home / "tapes" / "000001.tape", boot=ANOTHER_START)
    told = paws("demo", "--minutes", "0.1", "--json")
    assert (told.code, told.err.count("\n"), "(ended by power loss)" in told.err) == (0, 1, True)
    assert told.json["ended"] == "finished"
    assert paws("demo", "--minutes", "0.1").err == ""


def test_a_session_that_was_killed_is_told_at_the_next_start(home: Path) -> None:
    tape = home / "tapes" / "000001.tape"
    with Running("session", "--emulated", "gentle", home=home) as session:
        session.wait_for("watching")
        session.send(signal.SIGKILL)
        session.end()
    told = in_a_process("demo", "--minutes", "0.1", home=home)
    assert (told.code, told.err.count("\n"), "(ended by a kill or a crash)" in told.err) == (0, 1, True)
    assert (paws("replay", tape).code, paws("summary", "--json", tape).json["ended"]) == (0, "killed")


@contextmanager
def somebody_writes(tape: Path) -> Iterator[None]:
    with tape.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_a_tape_that_somebody_still_writes_is_left_alone(gentle: Demo, home: Path) -> None:
    tape = cut(gentle, home / "tapes" / "000001.tape", boot=boot_id(), torn=b"half a l")
    before = tape.read_bytes()
    with somebody_writes(tape):
        assert (told_of(tape), tape.read_bytes()) == ([], before)
    assert len(told_of(tape)) == 1


def test_a_demo_beside_a_session_does_not_touch_its_tape(home: Path) -> None:
    with Running("session", "--emulated", "gentle", home=home) as session:
        session.wait_for("watching")
        assert in_a_process("demo", "--minutes", "0.1", home=home).err == ""
        session.send(signal.SIGTERM)
        assert session.end().code == 0
    assert paws("replay", "1").out.splitlines()[-1].startswith("Replayed the same: ")
    assert paws("summary", "1", "--json").json["ended"] == "terminated"


def test_a_session_that_was_over_and_lacks_only_its_end_was_not_cut_off(home: Path, tmp_path: Path) -> None:
    """Killed between its last words and the end, which comes after them when the plan ends a session."""
    plan = written(tmp_path / "plan.toml", '[[steps]]\nkind = "paws"\nlength_s = 2\n')
    paws("demo", "--plan", plan)
    tape = home / "tapes" / "000001.tape"
    *lines, end = lines_of(tape)
    written(tape, lines)
    assert (told_of(tape), lines_of(tape)) == ([], [*lines, end])


def test_a_long_tail_of_zeros_hides_nothing(gentle: Demo, home: Path) -> None:
    """A power cut may leave a file longer than what was written."""
    tape = cut(gentle, home / "tapes" / "000001.tape", boot=ANOTHER_START, torn=bytes(300_000))
    expected_s = last_input_s(tape)
    assert len(told_of(tape)) == 1
    assert paws("summary", "--json", tape).json["length_s"] == pytest.approx(expected_s)


def test_a_tape_that_cannot_be_written_is_no_reason_not_to_coach(gentle: Demo, home: Path) -> None:
    tape = cut(gentle, home / "tapes" / "000001.tape", boot=ANOTHER_START)
    from tests.failing_disk import failing_disk

    tape.with_name("000002.tape").mkdir()
    written(tape.with_name("000003.tape"), b"mine")
    written(tape.with_name("000004.tape"), b"")
    with failing_disk(home / "tapes"):
        assert len(told_of(tape)) == 1
    assert tape.with_name("000003.tape").read_bytes() == b"mine"


def test_only_the_newest_tapes_are_looked_at(gentle: Demo, home: Path) -> None:
    for number in range(1, 8):
        cut(gentle, home / "tapes" / f"{number:06d}.tape", boot=ANOTHER_START, share=0.1)
    assert [line.split(",")[1].strip() for line in told_of(home / "tapes" / "000001.tape")] == [
        f"{number:06d}.tape" for number in range(3, 8)
    ]


def test_a_recording_that_was_imported_is_nobody_s_session(home: Path, tmp_path: Path) -> None:
    csv = written(tmp_path / "r.csv", "t_s,heel_newton\n0,1\n1,2\n")
    paws("import", csv)
    tape = home / "tapes" / "000001.tape"
    written(tape, lines_of(tape)[:-1])
    before = tape.read_bytes()
    assert (told_of(tape), tape.read_bytes()) == ([], before)

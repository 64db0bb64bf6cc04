"""Tapes as files: numbered, never written over, one session at a time, and a disk that fails tells why."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from firmware.refusal import Refusal
from firmware.tapes import TapeWriter, create_next, newest, numbered, only_session

from .command import lines_of, written


def close(writer: TapeWriter) -> None:
    writer.close()
    assert writer.trouble is None


def test_every_line_is_there_whole_and_in_order(tmp_path: Path) -> None:
    lines = [b"%06d %s\n" % (i, b"x" * (i % 200)) for i in range(5000)]
    writer = TapeWriter(tmp_path / "tapes")
    for i, line in enumerate(lines):
        writer.write(line, i / 50)
    close(writer)
    assert lines_of(tmp_path / "tapes" / "000001.tape") == lines


def test_each_tape_has_the_next_number(tmp_path: Path) -> None:
    for _ in range(3):
        close(TapeWriter(tmp_path))
    assert [path.name for path in numbered(tmp_path)] == ["000001.tape", "000002.tape", "000003.tape"]


def test_the_number_after_the_highest_is_the_next_and_gaps_stay(tmp_path: Path) -> None:
    for name in ("000002.tape", "000041.tape", "notes.txt", "x.tape"):
        written(tmp_path / name, b"mine")
    close(TapeWriter(tmp_path))
    assert [path.name for path in numbered(tmp_path)] == ["000002.tape", "000041.tape", "000042.tape"]


def test_more_than_a_million_tapes_stay_in_order(tmp_path: Path) -> None:
    for number in (999999, 1000000):
        written(tmp_path / f"{number}.tape", b"")
    assert newest(tmp_path).name == "1000000.tape"


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    """Another program may be as quick as we are: only the kernel can say who came first."""
    written(tmp_path / "000001.tape", b"mine")
    (tmp_path / "000002.tape").symlink_to(tmp_path / "nowhere")
    (tmp_path / "000003.tape").mkdir()
    path, descriptor = create_next(tmp_path)
    os.close(descriptor)
    assert (path.name, (tmp_path / "000001.tape").read_bytes()) == ("000004.tape", b"mine")


def test_a_folder_that_cannot_be_made_is_told_and_writing_goes_on_as_if(tmp_path: Path) -> None:
    in_the_way = written(tmp_path / "file", b"")
    writer = TapeWriter(in_the_way / "tapes")
    writer.write(b"line\n", 0.0)
    writer.close()
    assert (writer.path, writer.trouble) == (
        None,
        f"not recorded: {in_the_way}/tapes: not a directory - look at the path and its rights",
    )


def test_a_disk_that_is_full_is_told_with_the_time(tmp_path: Path) -> None:
    (tmp_path / "000001.tape").touch()
    writer = TapeWriter(tmp_path)
    # The tape moves to a device on which every write fails for want of space.
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, writer._file)
    os.close(full)
    writer.write(b"line\n", 83.0)
    writer.close()
    assert writer.trouble == "not recorded after 1:23: no space left on device"


def test_closing_twice_is_allowed(tmp_path: Path) -> None:
    writer = TapeWriter(tmp_path)
    writer.close()
    close(writer)


def test_a_disk_that_hangs_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A pipe that nobody reads is a disk that hangs: the write does not return until the other end is closed."""
    tmp_path.mkdir(exist_ok=True)
    writer = TapeWriter(tmp_path)
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    os.dup2(writing, writer._file)
    os.close(writing)
    for _ in range(100):
        writer.write(b"x" * 1000 + b"\n", 1.0)
    writer.close(patience_s=0.2)
    told = writer.trouble
    os.close(reading)
    writer._thread.join(10)
    assert (told, writer._thread.is_alive()) == (
        "the disk did not answer for 0 s: the end of the tape may be missing",
        False,
    )


def test_one_session_at_a_time(tmp_path: Path) -> None:
    with only_session(tmp_path / "tapes"):
        with pytest.raises(Refusal) as refused, only_session(tmp_path / "tapes"):
            pass
        assert (refused.value.exit_code, str(refused.value)) == (
            3,
            "another session is running - end that one first, then start again",
        )
    with only_session(tmp_path / "tapes"):
        assert list((tmp_path / "tapes").iterdir()) == [], "the lock is no file"


def test_a_lock_ends_with_its_session_even_one_that_raised(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_session(tmp_path):
        raise ZeroDivisionError
    with only_session(tmp_path):
        pass


def test_a_session_that_raises_what_a_held_lock_would_raise_is_not_taken_for_one(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError), only_session(tmp_path):
        raise BlockingIOError(errno.EAGAIN, "some pipe is full")

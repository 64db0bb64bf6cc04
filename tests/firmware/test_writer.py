"""The tape's writer: the loop never waits for it, and whatever the disk does, the page says what is missing."""

import errno
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware import tape_lines
from firmware.tape_lines import WaitingLines
from firmware.tape_writer import TapeWriter
from tests.failing_disk import NO_SPACE, failed, failing_disk, takes_all

from .command import lines_of, written

HEADER = b"00000000 H header\n"
TAPE = "000001.tape"


def lines(count: int, first: int = 0) -> list[bytes]:
    return [b"%06d %s\n" % (i, b"x" * (i % 200)) for i in range(first, first + count)]


def hand_over(writer: TapeWriter, given: list[bytes], hz: float = 50.0) -> None:
    for i, line in enumerate(given):
        writer.write(line, i / hz)


def waited(asked: threading.Semaphore, calls: int) -> None:
    """Wait until the disk was asked so many times more."""
    for _ in range(calls):
        assert asked.acquire(timeout=20), "the disk was never asked"


def test_every_line_is_there_whole_and_in_order(tmp_path: Path) -> None:
    writer = TapeWriter(tmp_path / "tapes", HEADER)
    hand_over(writer, lines(5000))
    writer.close()
    assert (writer.trouble, lines_of(tmp_path / "tapes" / TAPE)) == (None, [HEADER, *lines(5000)])


def test_each_line_is_one_write(tmp_path: Path) -> None:
    with failing_disk(tmp_path) as disk:
        writer = TapeWriter(tmp_path, HEADER)
        for i, line in enumerate(lines(50)):
            waited(disk.wrote, 1)
            writer.write(line, i / 50)
        writer.close()
    assert disk.writes == 51


def test_closing_twice_is_allowed(tmp_path: Path) -> None:
    writer = TapeWriter(tmp_path, HEADER)
    writer.close()
    writer.close()
    assert writer.trouble is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    in_the_way = written(tmp_path / "file", b"")
    writer = TapeWriter(in_the_way / "tapes", HEADER)
    writer.write(b"line\n", 0.0)
    writer.close()
    assert (writer.path, writer.trouble) == (
        None,
        f"not recorded: {in_the_way}/tapes: not a directory - look at the path and its rights",
    )


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_tape_that_can_be_made_only_later_has_all_of_the_session(number: int, tmp_path: Path) -> None:
    refused = threading.Event()

    def twice_refused(call: int) -> None:
        if call < 2:
            refused.set()
            raise failed(number)

    with failing_disk(tmp_path) as disk:
        disk.open = twice_refused
        writer = TapeWriter(tmp_path, HEADER)
        hand_over(writer, lines(100))
        assert refused.wait(20)
        waited(disk.opened, 3)
        writer.close()
    assert (writer.trouble, lines_of(tmp_path / TAPE)) == (None, [HEADER, *lines(100)])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing_more_is_told_with_the_time(number: int, tmp_path: Path) -> None:
    def full(call: int, size: int) -> int:
        if call > 50:
            raise failed(number)
        return size

    with failing_disk(tmp_path) as disk:
        disk.write = full
        writer = TapeWriter(tmp_path, HEADER)
        for i in range(5000):
            waited(disk.wrote, 1 if i <= 51 else 0)
            writer.write(b"%06d\n" % i, 83 + i / 50)
        writer.close()
    assert writer.trouble == f"not recorded after 1:24: {os.strerror(number).lower()}"


def test_a_device_without_space_is_told(tmp_path: Path) -> None:
    """/dev/full is the kernel's own disk without space."""
    writer = TapeWriter(tmp_path, HEADER)
    while writer._file is None:
        os.sched_yield()
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, writer._file)
    os.close(full)
    writer.write(b"line\n", 83.0)
    writer.close()
    assert writer.trouble is not None
    assert writer.trouble.startswith("not recorded after 1:23: no space left on device")


@settings(max_examples=15, deadline=None)
@given(at=st.integers(0, 30), part=st.integers(0, 200), times=st.integers(1, 2))
def test_when_space_returns_everything_is_written_in_order_and_no_line_is_torn(
    at: int, part: int, times: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The disk takes a part of the n-th write, then refuses for a while, as a full one does."""

    def short_then_full(call: int, size: int) -> int:
        if call == at:
            return min(part, size) or size
        if at < call <= at + times:
            raise NO_SPACE
        return size

    place = tmp_path_factory.mktemp("disk")
    with failing_disk(place) as disk, pytest.MonkeyPatch.context() as patch:
        # Quick, for there are many of them.
        patch.setattr("firmware.tape_writer.TRY_AGAIN_EVERY_S", 0.01)
        disk.write = short_then_full
        writer = TapeWriter(place, HEADER)
        hand_over(writer, lines(40))
        waited(disk.wrote, at + times + 2)
        writer.close()
    assert (writer.trouble, lines_of(place / TAPE)) == (None, [HEADER, *lines(40)])


def test_what_the_memory_cannot_hold_is_told_with_its_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest goes first; the header never does."""
    monkeypatch.setattr(tape_lines, "KEPT_AT_MOST_BYTES", 100 * 200)
    may_write = threading.Event()

    def full(_: int, size: int) -> int:
        if not may_write.is_set():
            raise NO_SPACE
        return size

    with failing_disk(tmp_path) as disk:
        disk.write = full
        writer = TapeWriter(tmp_path, HEADER)
        waited(disk.wrote, 1)
        hand_over(writer, [b"%069d\n" % i for i in range(1000)], hz=1)
        waited(disk.wrote, 1)
        may_write.set()
        waited(disk.wrote, 1)
        writer.close()
    assert lines_of(tmp_path / TAPE) == [HEADER, *[b"%069d\n" % i for i in range(900, 1000)]]
    assert writer.trouble == (
        f"not recorded from 0:00 to 14:59: {tmp_path}: no space left on device - make room on that disk, then try again"
    )


@given(st.lists(st.integers(1, 400), max_size=300))
def test_what_waits_never_needs_more_memory_than_it_may(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tape_lines, "KEPT_AT_MOST_BYTES", 20_000)
        waiting = WaitingLines()
        given = [b"x" * size for size in sizes]
        for i, line in enumerate(given):
            waiting.put(line, float(i))
        waiting.end()
        kept = b""
        while (taken := waiting.take()) is not None:
            kept += taken[2]
    assert (len(kept) <= 20_000, b"".join(given).endswith(kept)) == (True, True)
    assert (waiting.lost_from_s is None) == (len(kept) == sum(sizes))


def test_a_sync_that_takes_long_holds_up_no_write(tmp_path: Path) -> None:
    may_end, began = threading.Event(), threading.Event()

    def slow(_: int) -> None:
        began.set()
        assert may_end.wait(20)

    with failing_disk(tmp_path) as disk:
        disk.sync = slow
        writer = TapeWriter(tmp_path, HEADER)
        assert began.wait(20)
        hand_over(writer, lines(50))
        waited(disk.wrote, 51)
        there = lines_of(tmp_path / TAPE)
        may_end.set()
        writer.close()
    assert (writer.trouble, there) == (None, [HEADER, *lines(50)])


def test_a_failed_sync_is_told_though_the_next_succeeds(tmp_path: Path) -> None:
    """After it the kernel may have dropped what it was given, and says so once."""

    def once(call: int) -> None:
        if call == 0:
            raise failed(errno.EIO)

    with failing_disk(tmp_path) as disk:
        disk.sync = once
        writer = TapeWriter(tmp_path, HEADER)
        waited(disk.synced, 1)
        hand_over(writer, lines(100))
        waited(disk.synced, 1)
        writer.close()
    assert writer.trouble is not None
    assert writer.trouble.startswith("what came from 0:00 to 0:0")
    assert writer.trouble.endswith(" may be missing: input/output error")


def test_a_disk_that_hangs_keeps_nobody_waiting(tmp_path: Path) -> None:
    may_end = threading.Event()

    def hangs(call: int, size: int) -> int:
        assert call < 20 or may_end.wait(20)
        return size

    with failing_disk(tmp_path) as disk:
        disk.write = hangs
        writer = TapeWriter(tmp_path, HEADER)
        hand_over(writer, lines(100))
        writer.close(patience_s=0.2)
        told = writer.trouble
        may_end.set()
        writer.close()
    assert told == "the disk did not answer for 0 s: what came after 0:00 may be missing"
    assert (writer.trouble, lines_of(tmp_path / TAPE)) == (None, [HEADER, *lines(100)])


@pytest.mark.parametrize("where", ["write", "sync", "open"])
def test_a_bug_in_a_thread_is_told_on_the_page_and_nowhere_else(
    where: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def bug(*_: int) -> int:
        raise ZeroDivisionError("a bug")

    with failing_disk(tmp_path) as disk:
        setattr(disk, where, bug)
        writer = TapeWriter(tmp_path, HEADER)
        hand_over(writer, lines(10))
        writer.close()
    assert (writer.trouble, capfd.readouterr().err) == ("not recorded after 0:00: ZeroDivisionError a bug", "")


def test_a_tape_that_was_removed_meanwhile_is_told(tmp_path: Path) -> None:
    with failing_disk(tmp_path) as disk:
        disk.write = takes_all
        writer = TapeWriter(tmp_path, HEADER)
        waited(disk.wrote, 1)
        while writer.path is None:
            os.sched_yield()
        writer.path.unlink()
        hand_over(writer, lines(10))
        writer.close()
    assert writer.trouble == "the tape was removed while it was written: nothing of this session is kept"

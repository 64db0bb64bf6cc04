"""Tapes as files: numbered, never written over, one session at a time."""

import errno
import os
from collections import namedtuple
from pathlib import Path

import pytest

from firmware.refusal import Refusal
from firmware.tape_writer import TapeWriter
from firmware.tapes import create_next, newest, numbered, only_session, short_of_room
from tests.failing_disk import NO_SPACE, failed, failing_disk

from .command import written

HEADER = b"00000000 H header\n"


def a_session(folder: Path) -> None:
    writer = TapeWriter(folder, HEADER)
    writer.close()
    assert writer.trouble is None


def test_each_tape_has_the_next_number(tmp_path: Path) -> None:
    for _ in range(3):
        a_session(tmp_path)
    assert [path.name for path in numbered(tmp_path)] == ["000001.tape", "000002.tape", "000003.tape"]


def test_the_number_after_the_highest_is_the_next_and_gaps_stay(tmp_path: Path) -> None:
    for name in ("000002.tape", "000041.tape", "notes.txt", "x.tape"):
        written(tmp_path / name, b"mine")
    a_session(tmp_path)
    assert [path.name for path in numbered(tmp_path)] == ["000002.tape", "000041.tape", "000042.tape"]


def test_more_than_a_million_tapes_stay_in_order(tmp_path: Path) -> None:
    for number in (999999, 1000000):
        written(tmp_path / f"{number}.tape", b"")
    assert newest(tmp_path).name == "1000000.tape"


# Not every disk knows files without a name (vfat does not, on a card that a PC reads too).
NAMELESS = {"ext4": None, "vfat": failed(errno.EOPNOTSUPP)}


@pytest.mark.parametrize("disk", NAMELESS)
def test_an_existing_file_is_never_written_over(disk: str, tmp_path: Path) -> None:
    """Another program may be as quick as we are: only the kernel can say who came first."""

    def nameless(call: int) -> None:
        refusal = NAMELESS[disk]
        if call == 0 and refusal is not None:
            raise refusal

    written(tmp_path / "000001.tape", b"mine")
    (tmp_path / "000002.tape").symlink_to(tmp_path / "nowhere")
    (tmp_path / "000003.tape").mkdir()
    with failing_disk(tmp_path) as broken:
        broken.open = nameless
        path, descriptor = create_next(tmp_path, HEADER)
    os.close(descriptor)
    assert (path.name, path.read_bytes(), (tmp_path / "000001.tape").read_bytes()) == ("000004.tape", HEADER, b"mine")


@pytest.mark.parametrize("disk", NAMELESS)
@pytest.mark.parametrize("taken", [0, 5])
def test_a_tape_appears_with_its_header_or_not_at_all(disk: str, taken: int, tmp_path: Path) -> None:
    def nameless(call: int) -> None:
        refusal = NAMELESS[disk]
        if call == 0 and refusal is not None:
            raise refusal

    def full(call: int, _: int) -> int:
        assert not list(tmp_path.iterdir()) or disk == "vfat"
        if call:
            raise NO_SPACE
        return taken

    with failing_disk(tmp_path) as broken:
        broken.open, broken.write = nameless, full
        with pytest.raises(OSError, match="No space left"):
            create_next(tmp_path, HEADER)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("free", "told"),
    [(50e6, None), (31e6, "only 31 MB are free for tapes, an hour takes about 9 - make room before the next session")],
)
def test_a_disk_that_is_nearly_full_is_told(
    free: float, told: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1e9, 1e9 - free, free))
    assert short_of_room(tmp_path) == told


def test_a_folder_that_is_not_there_is_not_called_full(tmp_path: Path) -> None:
    assert short_of_room(tmp_path / "none") is None


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

"""Tapes as files: numbered, written by a thread that nobody waits for, one session at a time.

The loop hands lines over and goes on. Each record is one write, its byte count checked; once a second the file is
synced. When the disk fails the session goes on without a tape, and the page says since when.
"""

import fcntl
import os
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.verdict import minutes

from .refusal import NO_HARDWARE, Refusal, explained, refusing_wrong_files

SYNC_EVERY_S = 1.0


def numbered(folder: Path) -> list[Path]:
    """Return the tapes in a folder, oldest first."""
    tapes = [path for path in folder.glob("*.tape") if path.stem.isdecimal()]
    return sorted(tapes, key=lambda path: int(path.stem))


def newest(folder: Path) -> Path:
    """Return the newest tape.

    Raises:
        Refusal: There is none yet.
    """
    tapes = numbered(folder)
    if not tapes:
        raise Refusal(f"there is no tape in {folder} yet - run `paws demo` or `paws session` first")
    return tapes[-1]


def named(name: str, folder: Path) -> Path:
    """Return the tape that a person means: a path, or the number or file name of one of theirs.

    Raises:
        Refusal: There is no such tape.
    """
    path = Path(name)
    own = None
    if name.isdecimal() and name.isascii():
        own = folder / f"{name.lstrip('0'):0>6}.tape"
    elif name == path.name and path.suffix == ".tape":
        own = folder / name
    with refusing_wrong_files():
        if path.is_file():
            return path
        if own is not None and own.is_file():
            return own
    if name and path.is_dir():
        raise Refusal(f"{name} is a folder - name one of the tapes in it")
    raise Refusal(f"there is no tape {name} - name a file, or the number of a tape in {folder}")


def create_next(folder: Path) -> tuple[Path, int]:
    """Create the tape with the next number and return its path and descriptor.

    Raises:
        OSError: The folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tapes = numbered(folder)
    number = int(tapes[-1].stem) + 1 if tapes else 1
    while True:
        path = folder / f"{number:06d}.tape"
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        except FileExistsError:
            number += 1


@contextmanager
def only_session(folder: Path) -> Iterator[None]:
    """Hold the lock on the folder of tapes: one session at a time.

    The lock is on the folder itself, so that it needs no file and a read-only folder can be locked too. Where there
    is no folder and none can be made, there is nothing to share but the hardware, which its own lock protects.

    Raises:
        Refusal: Another session has it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        lock(descriptor, "another session is running")
        yield
    finally:
        os.close(descriptor)


def lock(descriptor: int, why_not: str) -> None:
    """Lock an open file or folder against other programs, until it is closed.

    Raises:
        Refusal: Somebody else has it.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refusal(f"{why_not} - end that one first, then start again", NO_HARDWARE) from None


class TapeWriter:
    """Writes lines to the next tape, from a thread of its own.

    Attributes:
        path: The tape; None when none could be made.
        trouble: Why the tape is missing or lacks its rest; None while all is well.
    """

    def __init__(self, folder: Path) -> None:
        self.path: Path | None = None
        self.trouble: str | None = None
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._t_s = 0.0
        try:
            self.path, self._file = create_next(folder)
        except OSError as error:
            self.trouble = f"not recorded: {explained(error)}"
            return
        # A daemon: a disk that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="tape", daemon=True)
        self._thread.start()

    def write(self, line: bytes, t_s: float) -> None:
        """Hand over one line; returns at once."""
        self._t_s = t_s
        if self.trouble is None:
            self._lines.put(line)

    def close(self, patience_s: float = 5.0) -> None:
        """Wait until all is written, but not for ever."""
        if self.path is None:
            return
        self._lines.put(None)
        self._thread.join(patience_s)
        if self._thread.is_alive() and self.trouble is None:
            self.trouble = f"the disk did not answer for {patience_s:.0f} s: the end of the tape may be missing"

    def _work(self) -> None:
        try:
            self._write_all()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.trouble = f"not recorded after {minutes(self._t_s)}: {reason}"
        finally:
            os.close(self._file)

    def _write_all(self) -> None:
        synced_s = time.monotonic()
        while True:
            line = self._lines.get()
            if line is None:
                break
            # A full disk may first take a part of a line without a word.
            if os.write(self._file, line) != len(line):
                raise OSError(28, "no space left on device")
            if time.monotonic() - synced_s >= SYNC_EVERY_S:
                os.fsync(self._file)
                synced_s = time.monotonic()
        os.fsync(self._file)

"""Tapes as files: numbered, never written over, locked by who writes them, one session at a time."""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .refusal import NO_HARDWARE, Refusal, refusing_wrong_files

# Five hours of tape: enough for any session, and time to make room.
ROOM_AT_LEAST_BYTES = 50e6
# A service looks twenty times a second whether somebody wants the glove, and turns its lights off within a second.
ASIDE_WITHIN_S = 5.0
_LOOKS_AGAIN_S = 0.02
_TRIES = 3
# Of a tape whose writer had to give up: nobody is to write its end any more. A full disk still takes this.
UNFINISHED_MODE = 0o444


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


def create_next(folder: Path, start: bytes) -> tuple[Path, int]:
    """Create the tape with the next number and return its path and descriptor.

    It appears with its start on it, so that no kill leaves a file that is no tape; and it is locked until the
    descriptor is closed, so that nobody takes a tape that still grows for one that was cut off.

    Raises:
        OSError: The folder cannot be made or written; nothing is left there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tapes = numbered(folder)
    number = int(tapes[-1].stem) + 1 if tapes else 1
    descriptor = _nameless(folder)
    try:
        if descriptor is not None:
            _fill(descriptor, start)
        while True:
            path = folder / f"{number:06d}.tape"
            try:
                if descriptor is not None:
                    # Only with a dir_fd does Python have the link followed to the file behind it.
                    os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor, follow_symlinks=True)
                    return path, descriptor
                named_so = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
            except FileExistsError:
                number += 1
                continue
            _fill_or_remove(path, named_so, start)
            return path, named_so
    except OSError as error:
        if descriptor is not None:
            os.close(descriptor)
        # What has no name yet, nobody knows.
        error.filename, error.filename2 = str(folder), None
        raise


def _nameless(folder: Path) -> int | None:
    """Return the descriptor of a file that has no name yet; None where the disk or the system has no such thing."""
    if not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, os.O_WRONLY | os.O_APPEND | os.O_TMPFILE, 0o644)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL):
            raise
        return None


def _fill(descriptor: int, start: bytes) -> None:
    # Where files cannot be locked nobody finds a lock, and so nobody mends a tape.
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    while start:
        taken = os.write(descriptor, start)
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        start = start[taken:]


def _fill_or_remove(path: Path, descriptor: int, start: bytes) -> None:
    try:
        _fill(descriptor, start)
    except OSError:
        os.close(descriptor)
        path.unlink(missing_ok=True)
        raise


def is_growing(path: Path) -> bool:
    """Return whether a session still writes this tape.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def short_of_room(folder: Path) -> str | None:
    """Return what to tell a person about a disk that is nearly full; None while there is room."""
    try:
        free_bytes = shutil.disk_usage(folder).free
    except OSError:
        return None
    if free_bytes >= ROOM_AT_LEAST_BYTES:
        return None
    return (
        f"only {free_bytes / 1e6:.0f} MB are free for tapes, an hour takes about 9 - make room before the next session"
    )


@contextmanager
def only_session(folder: Path) -> Iterator[None]:
    """Hold the lock on the folder of tapes: one session at a time.

    The lock is on the folder itself, so that it needs no file and a read-only folder can be locked too. Where there
    is no folder and none can be made, there is nothing to share but the hardware, which its own lock protects.
    A service that only waits for a press is waited for until it has let go of the glove.

    Raises:
        Refusal: Another session has it.
    """
    with _locked(folder, "another session is running"):
        _wait_until_aside(folder.parent)
        yield


@contextmanager
def waiting_for_session(folder: Path) -> Iterator[None]:
    """Have the glove for as long as nobody else wants it.

    Raises:
        Refusal: Another service has it.
    """
    with _locked(folder.parent, "the service is running already"):
        yield


def is_session_on(folder: Path) -> bool:
    """Return whether somebody has a session, or wants one."""
    return _is_locked(folder)


@contextmanager
def _locked(folder: Path, why_not: str) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        lock(descriptor, why_not)
        yield
    finally:
        os.close(descriptor)


def _is_locked(folder: Path) -> bool:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _wait_until_aside(folder: Path) -> None:
    until_s = time.monotonic() + ASIDE_WITHIN_S
    while _is_locked(folder):
        if time.monotonic() >= until_s:
            raise Refusal(
                "the service does not let go of the glove - stop it first: sudo systemctl stop 'kittypaws@*'",
                NO_HARDWARE,
            )
        time.sleep(_LOOKS_AGAIN_S)


def lock(descriptor: int, why_not: str) -> None:
    """Lock an open file or folder against other programs, until it is closed.

    Raises:
        Refusal: Somebody else has it.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not tries_left:
                raise Refusal(f"{why_not} - end that one first, then start again", NO_HARDWARE) from None
        # Perhaps somebody only looked whether it is locked.
        time.sleep(_LOOKS_AGAIN_S)

"""A disk with faults: the calls of the kernel by which a tape is written, failing as a disk makes them fail.

Only what goes to tapes is touched. A fault is a function of how many calls there were before; it raises what the
kernel would raise, takes time, or says how many bytes the disk takes.
"""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Given the number of the call, from 0 on, and the bytes that are to be written; returns how many are.
WriteFault = Callable[[int, int], int]
CallFault = Callable[[int], None]


def failed(number: int) -> OSError:
    """Return what the kernel's wrapper raises."""
    return OSError(number, os.strerror(number))


NO_SPACE = failed(errno.ENOSPC)


def well(_: int) -> None:
    """Do what is asked for."""


def takes_all(_: int, size: int) -> int:
    return size


class Disk:
    """Counts the calls that concern tapes in one folder, and lets them fail.

    Attributes:
        write: The fault of writes; `takes_all` at first.
        sync: That of syncs of tapes.
        open: That of the call that makes a tape.
        wrote: One permit for each write that was tried, for a test that waits for it.
        synced: The same for syncs.
        opened: The same for tapes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write: WriteFault = takes_all
        self.sync: CallFault = well
        self.open: CallFault = well
        self.wrote, self.synced, self.opened = (threading.Semaphore(0) for _ in range(3))
        self.writes = self.syncs = self.opens = 0

    def ours(self, descriptor: int) -> bool:
        return Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(self.folder)


@contextmanager
def failing_disk(folder: Path) -> Iterator[Disk]:
    """Put a disk with faults under a folder."""
    disk = Disk(folder)
    real_write, real_sync, real_open = os.write, os.fsync, os.open

    def write(descriptor: int, data: bytes) -> int:
        if not disk.ours(descriptor):
            return real_write(descriptor, data)
        disk.writes += 1
        try:
            taken = disk.write(disk.writes - 1, len(data))
            return real_write(descriptor, data[:taken]) if taken else 0
        finally:
            disk.wrote.release()

    def sync(descriptor: int) -> None:
        if disk.ours(descriptor):
            disk.syncs += 1
            try:
                disk.sync(disk.syncs - 1)
            finally:
                disk.synced.release()
        real_sync(descriptor)

    def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        is_made = flags & (os.O_CREAT | os.O_TMPFILE) and str(path).startswith(str(disk.folder))
        if is_made:
            disk.opens += 1
            try:
                disk.open(disk.opens - 1)
            finally:
                disk.opened.release()
        return real_open(path, flags, *rest, **more)

    os.write, os.fsync, os.open = write, sync, opened  # type: ignore[assignment]
    try:
        yield disk
    finally:
        os.write, os.fsync, os.open = real_write, real_sync, real_open

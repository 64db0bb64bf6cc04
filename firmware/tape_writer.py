"""The tape's two threads: one writes, the other syncs. The loop hands lines over and never waits for a disk.

Each record is one write, its byte count checked; once a second the file is synced, and a slow sync holds up no write.
What cannot be written waits in memory and is tried again every second; a line that was torn is completed first.
At the end `trouble` says what the tape lacks, and why.
"""

import errno
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coach.verdict import minutes

from .refusal import explained
from .tape_lines import WaitingLines
from .tapes import UNFINISHED_MODE, create_next
from .whole_file import sync_folder

# Once a second, and a little early: a thread that wakes late must not make more of it.
SYNC_EVERY_S = 0.9
TRY_AGAIN_EVERY_S = 1.0
# A slow card may take five seconds to sync: one that is under way, and the last one.
PATIENCE_S = 12.0


class TapeWriter:
    """Writes lines to the next tape of a folder.

    Args:
        folder: Where the tapes are; it is made if need be.
        header: The first lines. They are never given up, for without them the rest says nothing.

    Attributes:
        path: The tape; None as long as none could be made.
    """

    def __init__(self, folder: Path, header: bytes) -> None:
        self.path: Path | None = None
        self._folder, self._header = folder, header
        self._file: int | None = None
        self._lines = WaitingLines()
        # What is being written, and the times of its first and last line.
        self._rest, self._rest_from_s, self._rest_to_s = b"", 0.0, 0.0
        self._written_bytes, self._written_s = 0, 0.0
        self._synced_bytes, self._synced_s = -1, 0.0
        self._is_behind = False
        self._failure: str | None = None
        self._unsynced: tuple[float, float, str] | None = None
        self._is_removed = False
        self._unanswered_s: float | None = None
        self._bug: str | None = None
        self._made, self._closing, self._all_written = threading.Event(), threading.Event(), threading.Event()
        # Daemons: a disk that hangs must not keep the program from ending.
        self._threads = [
            threading.Thread(target=self._guarded, args=(work,), name=work.__name__, daemon=True)
            for work in (self._write_all, self._sync_all)
        ]
        for thread in self._threads:
            thread.start()

    def write(self, line: bytes, t_s: float) -> None:
        """Hand over one line; returns at once."""
        self._lines.put(line, t_s)

    def close(self, patience_s: float = PATIENCE_S) -> None:
        """Wait until all is written and synced, but not for ever; what a broken disk refuses now is given up."""
        self._lines.end()
        self._closing.set()
        until_s = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(max(0.0, until_s - time.monotonic()))
        is_waiting = any(thread.is_alive() for thread in self._threads)
        self._unanswered_s = patience_s if is_waiting else None

    @property
    def trouble(self) -> str | None:
        """What the tape lacks, and why; None while nothing is known to be missing."""
        if self._is_removed:
            return "the tape was removed while it was written: nothing of this session is kept"
        said = [self._not_recorded(), self._perhaps_lost()]
        return "; ".join([text for text in said if text is not None]) or None

    def _not_recorded(self) -> str | None:
        lost_s = self._lines.lost_from_s
        if self._bug is not None:
            return f"not recorded after {minutes(self._written_s)}: {self._bug}"
        if self._is_behind and self.path is None:
            return f"not recorded: {self._failure}"
        if self._is_behind:
            return f"not recorded after {minutes(self._rest_from_s)}: {self._failure}"
        if lost_s is not None:
            to_s = minutes(self._lines.lost_to_s or lost_s)
            return f"not recorded from {minutes(lost_s)} to {to_s}: {self._failure or 'the disk was too slow'}"
        return None

    def _perhaps_lost(self) -> str | None:
        if self._unanswered_s is not None:
            since = minutes(self._synced_s)
            return f"the disk did not answer for {self._unanswered_s:.0f} s: what came after {since} may be missing"
        if self._unsynced is not None:
            from_s, to_s, why = self._unsynced
            return f"what came from {minutes(from_s)} to {minutes(to_s)} may be missing: {why}"
        return None

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do a thread's work; whatever goes wrong in it stands on the page, not on the terminal."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - a bug here may cost the tape, and nothing else
            self._bug = f"{type(error).__name__} {error}".strip()
            self._all_written.set()
            self._made.set()

    def _write_all(self) -> None:
        while self._file is None or self._rest or self._next():
            if self._put_rest():
                continue
            # Somebody waits for the page: the try at the end is the last one.
            if self._closing.is_set():
                break
            self._closing.wait(TRY_AGAIN_EVERY_S)
        self._all_written.set()
        self._made.set()

    def _next(self) -> bool:
        taken = self._lines.take()
        if taken is None:
            return False
        self._rest_from_s, self._rest_to_s, self._rest = taken
        return True

    def _put_rest(self) -> bool:
        """Write what is begun; return whether the disk took all of it."""
        try:
            if self._file is None:
                self.path, self._file = create_next(self._folder, self._header)
                self._made.set()
            while self._rest:
                # A full disk may first take a part of a line without a word.
                taken = os.write(self._file, self._rest)
                if not taken:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                self._rest = self._rest[taken:]
                self._written_bytes += taken
        except OSError as error:
            self._failure = explained(error) if self._file is None else _reason(error)
            self._is_behind = True
            return False
        self._written_s = self._rest_to_s
        self._is_behind = False
        return True

    def _sync_all(self) -> None:
        # The header first: once it is on the disk the tape opens, whatever comes.
        self._made.wait()
        pause_s = 0.0
        while not self._all_written.wait(pause_s):
            began_s = time.monotonic()
            self._sync()
            pause_s = max(0.0, began_s + SYNC_EVERY_S - time.monotonic())
        self._sync()
        if self._file is not None:
            if self._is_behind:
                # The disk took no end. The next start must not say that the power went.
                with suppress(OSError):
                    os.fchmod(self._file, UNFINISHED_MODE)
            os.close(self._file)

    def _sync(self) -> None:
        size, to_s = self._written_bytes, self._written_s
        if self._file is None or size == self._synced_bytes:
            return
        try:
            os.fsync(self._file)
            self._is_removed = os.fstat(self._file).st_nlink == 0
        except OSError as error:
            # The kernel may have dropped what it could not write and says so once; the next sync may succeed without
            # it (wiki.postgresql.org/wiki/Fsync_Errors). So the time stands, whatever follows.
            from_s = self._synced_s if self._unsynced is None else self._unsynced[0]
            self._unsynced = (from_s, to_s, _reason(error))
        if self._synced_bytes < 0 and self.path is not None:
            with suppress(OSError):
                sync_folder(self.path.parent)
        self._synced_bytes, self._synced_s = size, to_s


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

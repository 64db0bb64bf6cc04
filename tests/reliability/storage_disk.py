"""D3, D4: the disk is full, read-only, broken, gone or slow, and the lights never notice."""

import errno
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from firmware import tape_writer
from firmware.tapes import numbered
from hardware.clock import SystemClock
from hardware.emulated.clock import VirtualClock
from tests.failing_disk import NO_SPACE, Disk, failed, failing_disk

from .storage_session import LENGTH_S, Played, home_at, judged, played
from .table import Row

SEED = 6
LATE_AT_MOST_S = 0.1


@contextmanager
def quick_tries() -> Iterator[None]:
    """A session that takes a tenth of a second cannot wait a second for space."""
    before = tape_writer.TRY_AGAIN_EVERY_S
    tape_writer.TRY_AGAIN_EVERY_S = 0.002
    try:
        yield
    finally:
        tape_writer.TRY_AGAIN_EVERY_S = before


def _undisturbed(scratch: Path) -> tuple[Played, int]:
    home = Path(tempfile.mkdtemp(dir=scratch))
    with home_at(home) as tapes, failing_disk(tapes) as disk:
        return played(VirtualClock()), disk.writes


def full_disk(share: float) -> Iterator[Row]:
    """D3: at every write, with a part of it taken or none, for ever or for a while."""
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as place, quick_tries():
        scratch = Path(place)
        usual, writes = _undisturbed(scratch)
        every = round(1 / share)
        for for_ever in (True, False):
            tried, wrong, most_lost_s = 0, "", 0.0
            for at in range(rng.randrange(every), writes, every):
                refusals = 10**9 if for_ever else rng.randint(1, 3)
                home = Path(tempfile.mkdtemp(dir=scratch))
                with home_at(home) as tapes, failing_disk(tapes) as disk:
                    disk.write = _full_at(at, rng.random(), refusals)
                    seen = played(VirtualClock())
                    # A writer that was behind writes many lines at once, and then there are fewer writes.
                    if disk.writes <= at:
                        continue
                tried += 1
                said, lost_s = _told(usual, seen, tapes)
                wrong = wrong or (f"write {at}: {said}" if said else "")
                missing = json.loads(seen.page)["not_recorded"]
                # What the disk refused at the very end is told as missing; everything else is there.
                if not for_ever and missing is None:
                    most_lost_s = max(most_lost_s, lost_s)
                if for_ever and not (missing or "").startswith("not recorded"):
                    wrong = wrong or f"write {at}: the page says {missing}"
            yield Row(
                f"D3 full disk from the n-th write {'on' if for_ever else 'for a while'}, short writes",
                f"{tried} of {writes} writes",
                "cues the same, the tape opens and replays, "
                + ("page says what is missing" if for_ever else "1 s lost at most"),
                wrong or ("all the same" if for_ever else f"all the same, {most_lost_s:.2f} s lost"),
                not wrong and most_lost_s <= 1.0,
            )


def _full_at(at: int, part: float, refusals: int) -> Callable[[int, int], int]:
    def write(call: int, size: int) -> int:
        if call == at:
            # A full disk may first take a part without a word.
            taken = int(part * size)
            if taken:
                return taken
            raise NO_SPACE
        if at < call <= at + refusals:
            raise NO_SPACE
        return size

    return write


def _told(usual: Played, seen: Played, tapes: Path) -> tuple[str, float]:
    """Return what is wrong with a disturbed session, and how much its tape lacks."""
    if (seen.shown, seen.code) != (usual.shown, 0):
        return "the lights changed", 0.0
    kept_s = 0.0
    for tape in numbered(tapes) if tapes.is_dir() else []:
        tape_seen = judged(tape)
        kept_s = tape_seen.last_reading_s or 0.0
        if tape_seen.difference is not None or tape_seen.damaged_lines:
            return f"{tape_seen.difference}, {tape_seen.damaged_lines} damaged lines", 0.0
    return "", max(0.0, LENGTH_S - kept_s)


def _raises(number: int, first: int = 0) -> Callable[[int], None]:
    def call(count: int) -> None:
        if count >= first:
            raise failed(number)

    return call


def _fails_writing(number: int) -> Callable[[int, int], int]:
    def write(count: int, size: int) -> int:
        # All but the header: a writer that is behind may need no more than two.
        if count >= 1:
            raise failed(number)
        return size

    return write


def _faults() -> dict[str, Callable[[Disk], None]]:
    faults: dict[str, Callable[[Disk], None]] = {}
    for number in (errno.EROFS, errno.EIO, errno.EACCES, errno.EDQUOT):
        name = errno.errorcode[number]
        faults[f"{name} when the tape is made"] = lambda disk, n=number: setattr(disk, "open", _raises(n))  # type: ignore[misc]
        faults[f"{name} when written"] = lambda disk, n=number: setattr(disk, "write", _fails_writing(n))  # type: ignore[misc]
    faults["EIO when synced"] = lambda disk: setattr(disk, "sync", _raises(errno.EIO))
    return faults


def broken_disk(share: float) -> Iterator[Row]:
    """D4: what a disk may say, in virtual time, and what it may do to the pace, at the true one."""
    del share
    with tempfile.TemporaryDirectory() as place, quick_tries():
        scratch = Path(place)
        usual, _ = _undisturbed(scratch)
        wrong = ""
        for name, set_up in _faults().items():
            with home_at(Path(tempfile.mkdtemp(dir=scratch))) as tapes, failing_disk(tapes) as disk:
                set_up(disk)
                wrong = wrong or _page_tells(name, usual, played(VirtualClock()), tapes)
        in_the_way = scratch / "file"
        in_the_way.write_bytes(b"")
        with home_at(in_the_way) as tapes:
            wrong = wrong or _page_tells("no folder", usual, played(VirtualClock()), tapes)
        tried = len(_faults()) + 1
    yield Row(
        "D4 EROFS, EIO, EACCES, EDQUOT, no folder",
        f"{tried} faults",
        "cues the same, the page says what is missing",
        wrong or "all the same",
        not wrong,
    )
    yield from _real_disk()
    yield _slow_disk()


def _page_tells(name: str, usual: Played, seen: Played, tapes: Path) -> str:
    said, _ = _told(usual, seen, tapes)
    if not said and json.loads(seen.page)["not_recorded"] is None:
        said = "the page says nothing"
    return f"{name}: {said}" if said else ""


def _real_disk() -> Iterator[Row]:
    """A real small disk, where one can be mounted: it fills, and is then cleared."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        home.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", home],  # noqa: S607
            capture_output=True,
            check=False,
        )
        name, bar = "D3 a real disk of 64 KiB", "the page says so; nothing missing once there is room again"
        if mounted.returncode:
            yield Row(name, "not tried: no mount here", bar, "-", held=True)
            return
        try:
            usual, _ = _undisturbed(Path(place))
            with home_at(home) as tapes, quick_tries():
                tapes.mkdir()
                filler = tapes / "filler"
                _fill(filler, leave_bytes=8192)
                full = played(VirtualClock())
                for tape in numbered(tapes):
                    tape.unlink()
                wrong = "" if json.loads(full.page)["not_recorded"] else "the page of a full disk says nothing"
                wrong = wrong or ("" if full.shown == usual.shown else "the lights changed")

                def make_room(t_s: float) -> None:
                    if t_s > LENGTH_S / 2:
                        filler.unlink(missing_ok=True)

                _fill(filler, leave_bytes=8192)
                cleared = played(VirtualClock(), make_room)
                said, lost_s = _told(usual, cleared, tapes)
                missing = json.loads(cleared.page)["not_recorded"]
                wrong = wrong or said or (f"the page says {missing}" if missing else "")
        finally:
            subprocess.run(["umount", home], check=True)  # noqa: S607
    yield Row(name, "filled twice, cleared once", bar, wrong or f"{lost_s:.2f} s lost", not wrong and lost_s < 1.0)


def _fill(filler: Path, leave_bytes: int) -> None:
    free = os.statvfs(filler.parent)
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_bsize - leave_bytes)))


def _slow_disk() -> Row:
    """The true pace while a sync takes 5 s and, in the middle of it, a write takes 2."""
    worst_s = []
    for is_slow in (False, True):
        with tempfile.TemporaryDirectory() as place, home_at(Path(place)) as tapes, failing_disk(tapes) as disk:
            if is_slow:
                disk.sync = lambda count: time.sleep(5.0 if count == 0 else 0.0)
                disk.write = _slow_write
            seen = played(SystemClock())
            worst_s.append(seen.worst_late_s)
            whole = judged(numbered(tapes)[0])
            lacks = json.loads(seen.page)["not_recorded"] or whole.difference
    return Row(
        "D4 a sync of 5 s, a write of 2 s",
        f"{LENGTH_S} s at the true pace",
        "no tick later than 100 ms; nothing missing",
        f"latest tick {1000 * worst_s[1]:.0f} ms (undisturbed {1000 * worst_s[0]:.0f}); missing: {lacks or 'nothing'}",
        worst_s[1] <= LATE_AT_MOST_S and lacks is None,
    )


def _slow_write(count: int, size: int) -> int:
    if count == 50:
        time.sleep(2.0)
    return size

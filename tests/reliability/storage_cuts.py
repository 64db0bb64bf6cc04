"""D2, D6, D7: the power goes, and a card flips bits. What was synced stays, what was not may be anything."""

import random
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from coach.events import Event, SessionEnded
from coach.tape import ENDED_LATER, TapeReader
from firmware.page import page
from firmware.recording import summary_of
from firmware.tape_recovery import recover
from firmware.tapes import numbered
from hardware.clock import SystemClock
from hardware.emulated.clock import VirtualClock
from sensing.inputs import End, Input
from tests.failing_disk import failing_disk

from .storage_session import home_at, played
from .table import Row

T = TypeVar("T")

CUTS, FLIPS = 10_000, 3000
# A slow card; longer than it needs to be for the bar of 1 s and one sync to bite.
SYNC_S = 0.3
SECTORS = (512, 4096)
SEED = 5


@dataclass
class Log:
    """What reached the disk when, at the true pace: bytes written, bytes synced, readings handed over."""

    written: list[tuple[float, int]] = field(default_factory=list)
    synced: list[tuple[float, int]] = field(default_factory=list)
    handed: list[tuple[float, float]] = field(default_factory=list)
    tape: bytes = b""

    def at(self, instant_s: float) -> tuple[int, int, float]:
        """Return the bytes synced and written by then, and the time of the newest reading handed over."""
        synced, written = _newest(self.synced, instant_s, 0), _newest(self.written, instant_s, 0)
        return synced, written, _newest(self.handed, instant_s, 0.0)


def _newest(log: Sequence[tuple[float, T]], instant_s: float, nothing: T) -> T:
    at = bisect_right(log, instant_s, key=itemgetter(0))
    return log[at - 1][1] if at else nothing


def recorded() -> Log:
    """Record a session at the true pace on a slow card."""
    log = Log()
    with tempfile.TemporaryDirectory() as scratch, home_at(Path(scratch)) as tapes, failing_disk(tapes) as disk:
        size = 0

        def write(_: int, taken: int) -> int:
            nonlocal size
            size += taken
            log.written.append((time.monotonic(), size))
            return taken

        def sync(_: int) -> None:
            begun = size
            time.sleep(SYNC_S)
            log.synced.append((time.monotonic(), begun))

        disk.write, disk.sync = write, sync
        played(SystemClock(), lambda t_s: log.handed.append((time.monotonic(), t_s)))
        log.tape = numbered(tapes)[0].read_bytes()
    return log


Damage = Callable[[bytes, int, random.Random], bytes]


def torn(tape: bytes, synced: int, rng: random.Random) -> bytes:
    return tape[: rng.randint(synced, len(tape))]


def _sectors(tape: bytes, synced: int, rng: random.Random) -> tuple[list[slice], bytearray]:
    """Return the unsynced parts of the file, sector by sector, and the file."""
    size = rng.choice(SECTORS)
    edges = [synced, *range(synced - synced % size + size, len(tape), size), len(tape)]
    return [slice(one, other) for one, other in pairwise(edges) if other > one], bytearray(tape)


def zeroed(tape: bytes, synced: int, rng: random.Random) -> bytes:
    sectors, file = _sectors(tape, synced, rng)
    for sector in sectors:
        if rng.random() < 0.6:
            file[sector] = bytes(sector.stop - sector.start)
    return bytes(file) + bytes(rng.choice((0, 512, 8192)))


def garbage(tape: bytes, synced: int, rng: random.Random) -> bytes:
    sectors, file = _sectors(tape, synced, rng)
    for sector in sectors:
        if rng.random() < 0.6:
            file[sector] = rng.randbytes(sector.stop - sector.start)
    return bytes(file)


def reordered(tape: bytes, synced: int, rng: random.Random) -> bytes:
    # Small pieces, so that there is something to put in another order in a second of tape.
    piece = rng.choice((64, 512))
    tail = [tape[at : at + piece] for at in range(synced, len(tape), piece)]
    rng.shuffle(tail)
    return tape[:synced] + b"".join(tail[: rng.randint(0, len(tail))])


DAMAGES: tuple[Damage, ...] = (torn, zeroed, garbage, reordered)


def cuts(share: float) -> Iterator[Row]:
    """D2, and D7 of its tapes."""
    log, rng = recorded(), random.Random(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "whole").write_bytes(log.tape)
        true = set(_items(Path(scratch) / "whole"))
        begins_s, ends_s = log.written[0][0], log.handed[-1][0]
        tape = Path(scratch) / "000001.tape"
        count, most_lost_s, wrong = round(CUTS * share), 0.0, ""
        before_sync = false = unread = dishonest = pages = 0
        # An odd number, so that it falls on each kind of damage.
        every = round(1 / share) // 2 * 2 + 1
        for number in range(count):
            synced, written, handed_s = log.at(rng.uniform(begins_s, ends_s))
            damage = DAMAGES[number % len(DAMAGES)]
            tape.write_bytes(damage(log.tape[:written], synced, rng))
            try:
                list(recover(tape.parent))
                items = list(_items(tape))
            except ValueError as error:
                # Nothing had been synced yet, not even the header.
                before_sync += synced == 0
                unread += synced > 0
                wrong = wrong or (f"{damage.__name__} {error}" if synced else "")
                most_lost_s = max(most_lost_s, handed_s)
                continue
            false += sum(item not in true for item in items if not _is_later(item))
            kept = [item.t_s for item in items if not _is_later(item)]
            most_lost_s = max(most_lost_s, handed_s - max(kept, default=0.0))
            if number % every:
                continue
            pages += 1
            summary = summary_of(tape)
            is_cut = not any(isinstance(item, SessionEnded) for item in items)
            dishonest += ("incomplete" in page(summary)) != is_cut
    bar_s = 1.0 + SYNC_S
    yield Row(
        "D2 power cuts: torn, zeroed, garbage, reordered",
        f"{count} cuts of a session at the true pace, syncs of {SYNC_S:.1f} s",
        f"all open, 0 false lines, at most 1 s and one sync ({bar_s:.1f} s) lost",
        f"{unread} unreadable, {false} false lines, {most_lost_s:.2f} s lost at most, {before_sync} before a sync"
        + (f"; {wrong}" if wrong else ""),
        not (unread or false) and most_lost_s <= bar_s,
    )
    yield Row(
        "D7 the page after each of these",
        f"{pages} pages",
        "incomplete, from verified lines alone",
        f"{dishonest} that do not say so",
        not dishonest,
    )


def _items(tape: Path) -> Iterator[Input | Event]:
    with tape.open("rb") as file:
        yield from TapeReader(file, str(tape))


def _is_later(item: object) -> bool:
    return isinstance(item, End) and item.reason in ENDED_LATER


def flips(share: float) -> Iterator[Row]:
    """D6."""
    rng, count = random.Random(SEED), round(FLIPS * share)
    with tempfile.TemporaryDirectory() as scratch:
        with home_at(Path(scratch)) as tapes:
            played(VirtualClock())
        path = numbered(tapes)[0]
        whole, true = path.read_bytes(), set(_items(path))
        worst, unread, false = 0, 0, 0
        for _ in range(count):
            damaged = bytearray(whole)
            damaged[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
            path.write_bytes(damaged)
            try:
                items = list(_items(path))
            except ValueError:
                unread += 1
                continue
            worst = max(worst, len(true - set(items)))
            false += sum(item not in true for item in items if not _is_later(item))
    yield Row(
        "D6 single bits flipped",
        f"{count} flips",
        "3 lines lost at most, header or not; 0 false lines",
        f"{worst} lost at most, {false} false, {unread} unreadable",
        worst <= 3 and not false and not unread,
    )

"""D1, D9: the session is killed at any instant and at any write, and two are started at once."""

import math
import mmap
import os
import random
import select
import signal
import struct
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from firmware.cli import _run
from firmware.emulated_lights import PlayedLights
from firmware.tape_recovery import recover
from firmware.tapes import numbered
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove
from tests.failing_disk import failing_disk

from .storage_session import LENGTH_S, forked, home_at, judged, page_is_honest, played
from .table import Row

# With those at every write more than a thousand.
RANDOM_KILLS = 300
# Quick enough for thousands, and the writer is not starved as by a loop that never sleeps.
SPEED = 20.0
AT_ONCE = 4
LOST_AT_MOST_S = 1.0
# Longer than any of them lives.
DEADLINE_S = 20.0
SEED = 4


@dataclass(frozen=True)
class Kill:
    """When: after so many seconds, or at the n-th write, before, in the middle of or after it."""

    after_s: float | None = None
    at_write: int = -1
    where: str = ""


@dataclass
class Tally:
    tried: int = 0
    not_reached: int = 0
    no_tape_yet: int = 0
    most_lost_s: float = 0.0
    wrong: str = ""


def kills(share: float) -> Iterator[Row]:
    """D1 and D7 of its tapes."""
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        writes = _writes(Path(scratch))
        at_writes = [Kill(at_write=n, where=where) for n in range(writes) for where in ("before", "in", "after")]
        # A tenth is every tenth of them, spread over the whole session.
        every = round(1 / share)
        chosen = at_writes[rng.randrange(every) :: every]
        length_s = LENGTH_S / SPEED
        random_ones = [Kill(after_s=rng.uniform(0.0, length_s)) for _ in range(round(RANDOM_KILLS * share))]
        for name, some in (("random instants", random_ones), ("every write: before, in, after", chosen)):
            tally = Tally()
            for first in range(0, len(some), AT_ONCE):
                _killed(some[first : first + AT_ONCE], Path(scratch), tally)
            yield Row(
                f"D1 SIGKILL at {name}",
                f"{tally.tried} kills" + (f" ({tally.not_reached} came too late)" if tally.not_reached else ""),
                "all tapes open and replay the same, page says incomplete; 1 s lost at most",
                f"{tally.most_lost_s:.2f} s lost at most, {tally.no_tape_yet} before there was a tape"
                + (f"; {tally.wrong}" if tally.wrong else ""),
                not tally.wrong and tally.most_lost_s <= LOST_AT_MOST_S and tally.tried > 0.9 * len(some),
            )


def _writes(scratch: Path) -> int:
    with home_at(scratch / "whole") as tapes, failing_disk(scratch) as disk:
        played(VirtualClock(), speed=SPEED)
        assert len(numbered(tapes)) == 1
        return disk.writes


def _killed(some: list[Kill], scratch: Path, tally: Tally) -> None:
    """Kill a few sessions that run side by side, and look at their tapes."""
    children = []
    for kill in some:
        home = Path(tempfile.mkdtemp(dir=scratch))
        shared = mmap.mmap(-1, 16)
        # Nothing handed over yet.
        shared[:8] = struct.pack("d", -1.0)
        children.append((kill, home, shared, forked(_session(kill, home, shared), home / "errors")))
    _kill_in_time([(kill.after_s, shared, child) for kill, _, shared, child in children if kill.after_s is not None])
    for kill, home, shared, child in children:
        _, status = os.waitpid(child, 0)
        # On a busy machine the writer falls behind and joins lines, so that there are fewer writes than usual.
        if kill.at_write >= 0 and status == 0:
            tally.not_reached += 1
            continue
        tally.tried += 1
        try:
            _look(home, _handed_s(shared), tally)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the campaign's answer
            tally.wrong = tally.wrong or f"{kill}: {type(error).__name__} {error}"
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            tally.wrong = (
                tally.wrong or f"{kill}: ended by itself with {status}: {(home / 'errors').read_text()[-300:]}"
            )


def _kill_in_time(waiting: list[tuple[float, mmap.mmap, int]]) -> None:
    """Kill each so many seconds after its first reading was handed over."""
    due_s: dict[int, float] = {}
    deadline_s = time.monotonic() + DEADLINE_S
    while len(due_s) < len(waiting) or min(due_s.values(), default=math.inf) < math.inf:
        for after_s, shared, child in waiting:
            if child not in due_s and (_handed_s(shared) >= 0 or time.monotonic() > deadline_s):
                due_s[child] = time.monotonic() + after_s
            if due_s.get(child, math.inf) <= time.monotonic():
                os.kill(child, signal.SIGKILL)
                due_s[child] = math.inf
        time.sleep(0.0005)


def _handed_s(shared: mmap.mmap) -> float:
    return float(struct.unpack("d", shared[:8])[0])


def _session(kill: Kill, home: Path, shared: mmap.mmap) -> Callable[[], int]:
    def handed(t_s: float) -> None:
        shared[:8] = struct.pack("d", t_s)

    def work() -> int:
        if kill.at_write >= 0:
            _kill_at_write(kill, home)
        with home_at(home):
            code = played(VirtualClock(), handed, SPEED).code
        # The random ones wait for their kill.
        while kill.after_s is not None:
            signal.pause()
        return code

    return work


def _kill_at_write(kill: Kill, home: Path) -> None:
    """Replace this process's write by one that is the last thing it does, when its turn comes."""
    real, count = os.write, 0

    def write(descriptor: int, data: bytes) -> int:
        nonlocal count
        if not Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(home / "tapes"):
            return real(descriptor, data)
        if count == kill.at_write:
            if kill.where != "before":
                real(descriptor, data if kill.where == "after" else data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        return real(descriptor, data)

    os.write = write  # type: ignore[assignment]  # a tape writes bytes and nothing else


def _look(home: Path, handed_s: float, tally: Tally) -> None:
    """Start again after the kill: what is there opens, replays and is told honestly."""
    list(recover(home / "tapes"))
    tapes = numbered(home / "tapes")
    kept_s = 0.0
    if tapes:
        seen = judged(tapes[0])
        kept_s = seen.last_reading_s or 0.0
        if seen.difference is not None or seen.damaged_lines or not page_is_honest(seen):
            raise AssertionError(f"{seen.difference}, {seen.damaged_lines} damaged, ended {seen.summary.ended}")
        if list(recover(home / "tapes")):
            raise AssertionError("recovered twice")
    else:
        tally.no_tape_yet += 1
    tally.most_lost_s = max(tally.most_lost_s, handed_s - kept_s)


RACES = 200
RUNNING_LINES = 4


def races(share: float) -> Iterator[Row]:
    """D9."""
    both, none, slowest_s, wrong = 0, 0, 0.0, ""
    count = round(RACES * share)
    # Else the first races may wait for the disk to write what the campaigns before this one left behind.
    os.sync()
    with tempfile.TemporaryDirectory() as scratch:
        for _ in range(count):
            home = Path(tempfile.mkdtemp(dir=scratch))
            winners, took_s, said = _race(home)
            both += winners > 1
            none += winners < 1
            slowest_s = max(slowest_s, took_s)
            wrong = wrong or said
    yield Row(
        "D9 two sessions at once",
        f"{count} races",
        "exactly one runs; the other ends with 3 in 1 s, bus and pins untouched",
        f"{both} with two, {none} with none; the loser took {1000 * slowest_s:.0f} ms at most"
        + (f"; {wrong}" if wrong else ""),
        not (both or none or wrong) and slowest_s <= 1.0,
    )


def _race(home: Path) -> tuple[int, float, str]:
    """Start two at once; return how many ran, how long the loser took, and what else was wrong."""
    gate_out, gate_in = os.pipe()
    touched = [mmap.mmap(-1, 1) for _ in range(2)]
    children = [forked(_starter(home, gate_out, gate_in, flag), home / "errors") for flag in touched]
    os.close(gate_out)
    began_s = time.monotonic()
    # End of file lets both go.
    os.close(gate_in)
    loser, code, took_s = _first_to_end(children, began_s)
    if loser is None:
        codes = [_end(child) for child in children]
        return 2, 0.0, f"nobody gave way: {codes}"
    winner = children[1 - children.index(loser)]
    wrong = "" if code == 3 else f"the loser ended with {code}"
    if touched[children.index(loser)][0]:
        wrong = wrong or "the loser touched bus or pins"
    deadline_s = time.monotonic() + DEADLINE_S
    # More than the header: by then it coaches, and hears the signal.
    while _recorded_lines(home / "tapes") < RUNNING_LINES and time.monotonic() < deadline_s:
        time.sleep(0.005)
    ended = _end(winner)
    tapes = numbered(home / "tapes")
    if ended != 0 or len(tapes) != 1 or judged(tapes[0]).summary.ended != "terminated":
        wrong = wrong or f"the winner ended with {ended}, {len(tapes)} tapes"
    return (1 if tapes else 0), took_s, wrong


def _recorded_lines(tapes: Path) -> int:
    return sum(tape.read_bytes().count(b"\n") for tape in numbered(tapes))


def _starter(home: Path, gate_out: int, gate_in: int, flag: mmap.mmap) -> Callable[[], int]:
    def work() -> int:
        os.close(gate_in)
        for kind in (EmulatedGlove, PlayedLights):
            _note(kind, flag)
        select.select([gate_out], [], [])
        with home_at(home):
            return _run(["session", "--emulated", "gentle", "--json"])

    return work


def _note(kind: type, flag: mmap.mmap) -> None:
    """Note that one of these was made."""
    made = kind.__init__  # type: ignore[misc]  # that of this very class

    def noted(self: object, *values: object, **named: object) -> None:
        flag[0] = 1
        made(self, *values, **named)

    kind.__init__ = noted  # type: ignore[misc]


def _first_to_end(children: list[int], began_s: float) -> tuple[int | None, int, float]:
    while time.monotonic() - began_s < DEADLINE_S:
        for child in children:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return child, os.waitstatus_to_exitcode(status), time.monotonic() - began_s
        time.sleep(0.001)
    return None, 0, DEADLINE_S


def _end(child: int) -> int:
    os.kill(child, signal.SIGTERM)
    deadline_s = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline_s:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1

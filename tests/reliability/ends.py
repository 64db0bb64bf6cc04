"""Campaign C: outputs, and the ends of processes. Real ones, on an emulated header whose pins are seen from outside.

Sessions are forked from a process that has everything loaded, so that a thousand of them take minutes. Time is the
machine's monotonic one, the pins' and the killer's alike.
"""

import ctypes
import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

from coach.cues import CueBoard, Levels, Look
from coach.greeting import GREETS_S
from firmware import cli
from firmware.emulation import emulated_stage
from firmware.loop import LightsSink, run
from firmware.recording import new_header, session_of
from hardware.emulated.clock import VirtualClock
from sensing.inputs import Reading
from tests.firmware.pins import Change, Pins
from tests.story import DIVIDER

from .table import Row

SEED = 20261122
# Sessions side by side: they mostly wait, for their greeting to be cut short.
AT_ONCE = 4
SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGSEGV", "SIGABRT", "SIGKILL")
ENDS = (*SIGNALS, "os._exit", "an exception")
DARK_WITHIN_S, EXIT_WITHIN_S, FROZEN_DARK_WITHIN_S = 1.0, 2.0, 0.5
# What a look at the pins from another process, on a machine that does other things too, may add.
_LOOK_S = 0.1


def rows(share: float) -> Iterator[Row]:
    """Yield the answers of campaign C."""
    yield from _c1(round(100 * share))
    yield _c1_stuck(max(2, round(10 * share)))
    yield _c2(max(5, round(50 * share)))
    yield _c3(max(5, round(50 * share)))
    yield _c4(20)
    yield from _c5_c6(round(10_000 * share))
    yield _c7(round(100 * share))


# -- a session as a process -----------------------------------------------------------------------------------


@dataclass
class Living:
    """A session in a process of its own, and its pins."""

    process: ForkProcess
    pins: Pins

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def wait_until_lit(self) -> float:
        return self.pins.wait_until(lambda: bool(self.pins.lit()), "never lit", 60)

    def last_change_s(self) -> float:
        return self.pins.changes()[-1].t_s

    def dark_after_s(self, since_s: float) -> float:
        """Wait until all is dark, and return how long after that time it was."""
        self.pins.wait_until(lambda: not self.pins.lit(), "still lit", 30)
        lit_until_s = max((change.t_s for change in _turned_off(self.pins.changes())), default=since_s)
        return max(0.0, lit_until_s - since_s)


def _turned_off(changes: list[Change]) -> Iterator[Change]:
    """Yield the changes that turned something off that was on."""
    level: dict[str, float] = {}
    for change in changes:
        if level.get(change.name) and not change.level:
            yield change
        level[change.name] = change.level


def _play(home: str, arguments: list[str], end: tuple[str, float] | None) -> None:
    """Be a session; and end yourself after the first light, if that is asked for."""
    os.environ["KITTYPAWS_HOME"] = home
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if end is not None:
        threading.Thread(target=_end_from_within, args=(Path(arguments[-1]), *end), daemon=True).start()
    os._exit(cli._run(arguments))


def _end_from_within(pins: Path, how: str, after_s: float) -> None:
    with Pins(pins) as seen:
        seen.wait_until(lambda: bool(seen.lit()), "never lit", 60)
    time.sleep(after_s)
    (pins / "ended").write_text(f"{time.monotonic()}")
    if how == "os._exit":
        os._exit(9)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(threading.main_thread().ident or 0), ctypes.py_object(ZeroDivisionError)
    )


@contextmanager
def living(*more: str, end: tuple[str, float] | None = None) -> Iterator[Living]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "pins"
        arguments = ["session", "--emulated", "hasty", *more, "--pins", str(place)]
        with Pins(place) as pins:
            process = get_context("fork").Process(target=_play, args=(folder, arguments, end))
            process.start()
            try:
                yield Living(process, pins)
            finally:
                process.kill()
                process.join()


def _wait_s(length_s: float) -> None:
    # The instant is the experiment; nothing here waits for something to be done by then.
    time.sleep(length_s)


def _instants(what: str, times: int) -> list[float]:
    """Return random instants within the greeting, when lights go on and off and a tone comes."""
    rng = random.Random(f"{SEED} {what}")
    return [rng.uniform(0, GREETS_S) for _ in range(times)]


def _each(work: Callable[[float], float], instants: list[float]) -> list[float]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, instants))


# -- the rows -------------------------------------------------------------------------------------------------


def _c1(times: int) -> Iterator[Row]:
    for how in ENDS:

        def ended(after_s: float, how: str = how) -> float:
            within = None if how in SIGNALS else (how, after_s)
            with living(end=within) as session:
                session.wait_until_lit()
                if within is None:
                    _wait_s(after_s)
                    at_s = time.monotonic()
                    os.kill(session.pid, getattr(signal, how))
                else:
                    noted = session.pins.folder / "ended"
                    session.pins.wait_until(lambda: noted.exists() and bool(noted.read_text()), "no end", 60)
                    at_s = float(noted.read_text())
                dark_s = session.dark_after_s(at_s)
                session.process.join(30)
                return dark_s if session.process.exitcode is not None else 30.0

        dark_s = _each(ended, _instants(how, times))
        yield Row(
            f"C1 {how}",
            f"{times} instants",
            f"dark within {DARK_WITHIN_S:g} s",
            f"{_held(dark_s, DARK_WITHIN_S)}, the latest {1000 * max(dark_s):.0f} ms",
            max(dark_s) <= DARK_WITHIN_S,
        )


def _c1_stuck(times: int) -> Row:
    def ended(after_s: float) -> float:
        # The kernel's own time-out of a transfer, where ours is not taken.
        with living("--fault", "bus hangs for 1 s a transfer at 0.3 s") as session:
            session.wait_until_lit()
            _wait_s(0.5 + after_s)
            at_s = time.monotonic()
            os.kill(session.pid, signal.SIGTERM)
            session.process.join(30)
            return time.monotonic() - at_s

    took_s = _each(ended, _instants("stuck", times))
    return Row(
        "C1 SIGTERM while the bus hangs",
        f"{times} instants, 1 s a transfer",
        f"the program is over within {EXIT_WITHIN_S:g} s",
        f"{_held(took_s, EXIT_WITHIN_S)}, the latest {max(took_s):.2f} s",
        max(took_s) <= EXIT_WITHIN_S,
    )


def _c2(times: int) -> Row:
    def replaced(after_s: float) -> float:
        with living() as session:
            session.wait_until_lit()
            # Not in its first second: one that ends as soon as it began is not started more often than that.
            _wait_s(1.0 + after_s)
            (first,) = _children(session.pid)
            at_s = time.monotonic()
            os.kill(first, signal.SIGKILL)
            session.pins.wait_until(
                lambda: any(change.t_s > at_s for change in session.pins.changes()), "nobody came", 30
            )
            return session.last_change_s() - at_s

    back_s = _each(replaced, _instants("guardian", times))
    return Row(
        "C2 the guardian is killed",
        f"{times} instants",
        "another has the pins, all off, within 1 s",
        f"{_held(back_s, 1.0)}, the latest {1000 * max(back_s):.0f} ms",
        max(back_s) <= 1.0,
    )


def _c3(times: int) -> Row:
    def frozen(after_s: float) -> float:
        with living() as session:
            session.wait_until_lit()
            _wait_s(after_s)
            at_s = time.monotonic()
            os.kill(session.pid, signal.SIGSTOP)
            dark_s = session.dark_after_s(at_s)
            _wait_s(0.5)
            # Whatever changed later than its lease is a light without a loop.
            late_s = session.last_change_s() - at_s
            return max(dark_s, late_s)

    dark_s = _each(frozen, _instants("frozen", times))
    bar_s = FROZEN_DARK_WITHIN_S + _LOOK_S
    return Row(
        "C3, C8 the loop is frozen",
        f"{times} instants",
        f"dark within {1000 * FROZEN_DARK_WITHIN_S:.0f} ms (and {1000 * _LOOK_S:.0f} of the machine), no change after",
        f"{_held(dark_s, bar_s)}, the latest {1000 * max(dark_s):.0f} ms",
        max(dark_s) <= bar_s,
    )


def _c4(times: int) -> Row:
    lit = 0
    for after_s in _instants("crashes", times):
        with living() as session:
            session.wait_until_lit()
            _wait_s(after_s / 4)
            os.kill(session.pid, signal.SIGKILL)
            session.process.join()
            session.dark_after_s(time.monotonic())
            lit += bool(session.pins.lit())
    return Row("C4 one crash after the other", f"{times} crashes", "none leaves a light", f"{lit} lit", not lit)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _held(taken_s: list[float], bar_s: float) -> str:
    return f"{sum(taken <= bar_s for taken in taken_s)} of {len(taken_s)}"


# -- lights and tones over all that a session may ask for -----------------------------------------------------


def _c5_c6(sequences: int) -> Iterator[Row]:
    rng = random.Random(SEED)
    most_flashes, most_together, longest_tone_s = 0, 0, 0.0
    for _ in range(sequences):
        shown = _asked_at_random(rng)
        for light in ("green", "amber", "blue", "red"):
            most_flashes = max(most_flashes, _most_flashes([bool(getattr(levels, light)) for levels in shown], 1.0))
        either = [levels.red or levels.amber for levels in shown]
        most_together = max(most_together, _most_flashes(either, 2.0))
        longest_tone_s = max(longest_tone_s, _longest_s([levels.tone_hz is not None for levels in shown]))
    tried = f"{sequences} sequences of 10 s"
    yield Row(
        "C5 how often a light flashes",
        tried,
        "none more than 3 times in a second; red and amber together no more than 6 times in two",
        f"{most_flashes} and {most_together} times at the most",
        most_flashes <= 3 and most_together <= 6,
    )
    yield Row(
        "C6 how long a tone lasts",
        tried,
        "none for longer than 1 s",
        f"{longest_tone_s:.2f} s at the longest",
        longest_tone_s <= 1.0,
    )


TICK_S = 0.02


def _asked_at_random(rng: random.Random) -> list[Levels]:
    """Return what a board shows when its reasons come and go as they like.

    A glove that failed is told for 2 s, and her stop is not taken back.
    """
    board, shown = CueBoard(), []
    wanted: set[Look] = set()
    fails_until_s, stops_s = 0.0, rng.uniform(5, 15)
    coming_and_going = [look for look in Look if look is not Look.STOP]
    for tick in range(500):
        t_s = tick * TICK_S
        if rng.random() < 0.1:
            wanted ^= {rng.choice(coming_and_going)}
        if rng.random() < 0.02:
            board.say(rng.choice([Look.EASE_OFF, Look.NEXT, Look.ENOUGH, Look.LET_GO_EARLY]), t_s)
        if rng.random() < 0.01:
            fails_until_s = t_s + rng.uniform(2, 3)
        fails = t_s < fails_until_s
        asked = wanted | ({Look.CHECK_GLOVE} if fails else set()) | ({Look.STOP} if t_s >= stops_s else set())
        board.update(t_s, [look for look in Look if look in asked], fails)
        shown.append(board.levels(tick * TICK_S))
    return shown


def _most_flashes(lit: list[bool], within_s: float) -> int:
    """Return how many flashes there are at the most in such a time.

    A flash is a pair of opposite changes (WCAG 2.3.1): a light that goes on and stays on, as her stop does, is none.
    """
    began = [i for i in range(1, len(lit)) if lit[i] and not lit[i - 1]]
    over = [next((j for j in range(i, len(lit)) if not lit[j]), len(lit)) for i in began]
    ticks = within_s / TICK_S
    return max(
        (sum(first <= i and end < first + ticks for i, end in zip(began, over, strict=True)) for first in began),
        default=0,
    )


def _longest_s(on: list[bool]) -> float:
    longest = length = 0
    for now in on:
        length = length + 1 if now else 0
        longest = max(longest, length)
    return longest * TICK_S


def _c7(times: int) -> Row:
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KITTYPAWS_HOME"] = folder
        wrong = sum(not _starts_well(seed) for seed in range(times))
    return Row(
        "C7 the start",
        f"{times} starts",
        "dark until the first good sweep, then each light once, within 3 s",
        f"{times - wrong} of {times}",
        not wrong,
    )


def _starts_well(seed: int) -> bool:
    """Watch the pins of one start."""
    clock = VirtualClock()
    stage = emulated_stage("gentle", seed, clock, None, 0.05, "demo")
    pins = [stage.lights.panel._lights[i].pin for i in range(4)]  # type: ignore[attr-defined]  # of mock lights
    seen: list[tuple[float, ...]] = []
    first_s: list[float] = []

    def look() -> None:
        now = tuple(pin.state for pin in pins)
        if any(now) and seen[-1:] != [now]:
            seen.append(now)
            first_s.append(clock.now_s())

    read_s: list[float] = []

    class Reader:
        def take(self, item: object, events: object, session: object) -> None:
            del events, session
            if isinstance(item, Reading):
                read_s.append(clock.now_s())

    clock.every(0.01, look)
    session = session_of(new_header("x", stage.calibrations, DIVIDER, stage.plan))
    run(session, stage.inputs, [Reader(), LightsSink(stage.lights)])
    stage.lights.close()
    once = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    return seen[:4] == once and first_s[0] >= read_s[0] and first_s[3] < 3

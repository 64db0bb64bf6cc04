"""Campaign E in virtual time: wall clocks that jump, a day and a year; and the false cues of healthy hours."""

import gc
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import time_machine

from coach.cues import Look
from coach.events import CueChanged, Event, PadChanged
from coach.plan import FREE
from coach.session import Session
from coach.summary import Summary
from firmware.emulated_lights import LightsHere
from firmware.home import divider_of
from firmware.live import LiveSource
from firmware.loop import LightsSink, run
from firmware.recording import new_header, session_of, summary_of
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.fsr import Newtons3
from hardware.emulated.glove import EmulatedGlove, Presser
from hardware.emulated.hands import Hand, make_hand
from hardware.panel import Buttons, Panel
from hardware.recovery import RecoveringAdc
from sensing.calibration import nominal_calibration
from sensing.inputs import Dropout, Input, Reading
from sensing.pads import FAULTS
from tests.firmware.command import paws

from .table import Row
from .watched import Seen, Watched

SEED = 20261122


def rows(share: float) -> Iterator[Row]:
    """Yield E1, E2 and E4, B6 with the false cues, and one broken pad among healthy ones."""
    whole = share >= 1.0
    with _one_process() as pool:
        # On one core, beside what needs no true time.
        day = pool.submit(_day, 24.0 * share)
        yield _false_cues(20.0 * share)
        yield _one_broken(round(12 * share) or 1)
        yield _e1(whole=whole)
        yield _e4(round(500 * share))
        yield _e2(24.0 * share, *day.result())


# -- a session without anybody who looks ---------------------------------------------------------------------


class Heard:
    """A sink that counts, and keeps only what a campaign asks for."""

    def __init__(self, wanted: tuple[type[Event], ...]) -> None:
        self.events: list[Event] = []
        self.readings = self.dropouts = 0
        self._wanted = wanted

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        del session
        self.readings += isinstance(item, Reading)
        self.dropouts += isinstance(item, Dropout)
        self.events += [event for event in events if isinstance(event, self._wanted)]

    def begun(self, look: Look) -> list[float]:
        return [event.t_s for event in self.events if isinstance(event, CueChanged) and event.on and event.look == look]


def play(
    hand: Presser,
    length_s: float,
    *,
    seed: int,
    spread: float = 0.0,
    faults: Sequence[Fault] = (),
    more: Callable[[float], object] | None = None,
    wanted: tuple[type[Event], ...] = (CueChanged, PadChanged),
) -> Heard:
    """Play a session in virtual time, with lights and all; `more` is called at each tick."""
    clock = VirtualClock()
    glove = EmulatedGlove(DEFAULT_BOARD, hand, clock, seed, spread=spread, faults=faults)
    lights = LightsHere(Panel(DEFAULT_BOARD, glove.factory), Buttons(DEFAULT_BOARD, glove.factory), glove, clock)
    adc = RecoveringAdc(lambda: glove.bus, DEFAULT_BOARD.adc.right_address, DEFAULT_BOARD, clock, glove.free_bus)
    source = LiveSource([adc], lights, clock, DEFAULT_BOARD.adc.sweeps_hz, length_s)
    heard = Heard(wanted)

    def looked() -> Iterator[Input]:
        for item in source:
            if more is not None:
                more(item.t_s)
            yield item

    run(free_session(), looked(), [LightsSink(lights), heard])
    lights.close()
    return heard


def free_session() -> Session:
    """A session without steps."""
    return session_of(new_header("a campaign", [nominal_calibration(PADS)], divider_of(DEFAULT_BOARD), FREE))


class Again:
    """A hand that does the same ten minutes for as long as one likes."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def force_newton(self, t_s: float) -> Newtons3:
        return self._hand.force_newton(t_s % self._hand.length_s)

    def mama_down(self, t_s: float) -> bool:
        return self._hand.mama_down(t_s % self._hand.length_s)

    def partner_down(self, t_s: float) -> bool:  # noqa: ARG002 - as in all scripts
        return False


# -- E1: the wall clock --------------------------------------------------------------------------------------


class _Jumps:
    """A sink that sets the wall clock at every tick of a hold."""

    def __init__(self, clock: time_machine.Coordinates, jump: timedelta | datetime) -> None:
        self._clock, self._jump, self.times = clock, jump, 0

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        del item, events
        if Look.HOLD not in session.looks:
            return
        self.times += 1
        if isinstance(self._jump, datetime):
            self._clock.move_to(self._jump)
        else:
            self._clock.shift(self._jump * (-1) ** self.times)


def _e1(*, whole: bool) -> Row:
    hand = make_hand("restless", 3)
    length_s = hand.length_s if whole else 45.0
    before, jumps = Watched(hand, length_s, seed=SEED).play(), 0
    steps: list[timedelta | datetime] = [timedelta(days=1), timedelta(days=-1), timedelta(hours=1), timedelta(hours=-1)]
    differing = 0
    for jump in (*steps, datetime(1970, 1, 1, tzinfo=UTC)):
        with time_machine.travel(datetime(2026, 11, 22, 20, 0, tzinfo=UTC)) as clock:
            jumping = _Jumps(clock, jump)
            seen = Watched(hand, length_s, seed=SEED, sinks=[jumping]).play()
        jumps += jumping.times
        differing += _timeline(seen) != _timeline(before)
    return Row(
        "E1 the wall clock is set",
        f"{jumps} jumps of a day, an hour, to 1970, at each tick of the holds",
        "cue timeline identical, at the pins too",
        f"{differing} of 5 differ",
        not differing and jumps > 500,
    )


def _timeline(seen: Seen) -> tuple[list[Event], list[object]]:
    return seen.events, [(sample.t_s, sample.pins) for sample in seen.samples]


# -- E2: a day -----------------------------------------------------------------------------------------------


def _memory_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _entries(of: str) -> int:
    return sum(1 for _ in Path("/proc/self", of).iterdir())


def _day(hours: float) -> tuple[int, int, int, int, float]:
    """Play that many hours; return growth in bytes, threads and descriptors that came, readings, seconds it took."""
    marks: list[tuple[int, int, int]] = []
    began_s, due_s = time.monotonic(), 600.0

    def look(t_s: float) -> None:
        nonlocal due_s
        if t_s >= due_s:
            due_s += 600.0
            gc.collect()
            marks.append((_memory_bytes(), _entries("task"), _entries("fd")))

    # A day of events is kept by nobody here: what grows is the program itself.
    heard = play(Again(make_hand("gentle", SEED, 10)), hours * 3600, seed=SEED, more=look, wanted=())
    (bytes_, threads, files), after = marks[0], marks[1:] or marks
    return (
        max(mark[0] for mark in after) - bytes_,
        max(mark[1] for mark in after) - threads,
        max(mark[2] for mark in after) - files,
        heard.readings,
        time.monotonic() - began_s,
    )


def _e2(hours: float, grown: int, threads: int, files: int, readings: int, took_s: float) -> Row:
    return Row(
        "E2 a long session",
        f"{hours:.1f} h, {readings} readings by the real driver",
        "under 1 MB more after ten minutes; threads and descriptors constant",
        f"{grown / 1e6:+.2f} MB, {threads:+d} threads, {files:+d} descriptors, {took_s:.0f} s",
        grown < 1e6 and not threads and not files and readings > hours * 3600 * 49,
    )


def _one_process() -> ProcessPoolExecutor:
    """A fresh process: what this one has loaded and thrown away is not the session's."""
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


# -- E4: a year ----------------------------------------------------------------------------------------------


def _e4(sessions: int) -> Row:
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, _home(folder):
        tapes = Path(folder) / "tapes"
        for number in range(1, sessions + 1):
            told = paws("demo", "--minutes", "0.1", "--seed", number, "--json")
            wrong += told.code != 0 or told.err != "" or not (tapes / f"{number:06d}.tape").exists()
        # And on to a number with more digits.
        (tapes / f"{sessions:06d}.tape").rename(tapes / "999999.tape")
        wrong += paws("demo", "--minutes", "0.1", "--json").code != 0
        newest = paws("summary", "--json")
        last: Summary = summary_of(tapes / "1000000.tape")
        wrong += newest.code != 0 or newest.json["length_s"] != last.length_s
    return Row(
        "E4 a year of sessions",
        f"{sessions} sessions, and number 1000000",
        "counters and file names: 0 errors",
        f"{wrong} errors",
        not wrong,
    )


class _home:  # noqa: N801 - used as a function
    """KITTYPAWS_HOME for a while."""

    def __init__(self, folder: str) -> None:
        self._folder, self._before = folder, os.environ.get("KITTYPAWS_HOME")

    def __enter__(self) -> None:
        os.environ["KITTYPAWS_HOME"] = self._folder

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            del os.environ["KITTYPAWS_HOME"]
        else:
            os.environ["KITTYPAWS_HOME"] = self._before


# -- false cues ----------------------------------------------------------------------------------------------

# Hands that do nothing wrong, and one that does in its script.
_HEALTHY = ("gentle", "tired", "kneading", "catlike")


def _healthy_hour(number: int, minutes: float) -> tuple[int, int, int, float]:
    """Play it; return CHECK_GLOVE, pads' faults, SLOWER and minutes."""
    rng = Random(f"{SEED} {number}")
    hand = make_hand(_HEALTHY[number % len(_HEALTHY)], rng.randrange(10_000), minutes)
    heard = play(hand, hand.length_s, seed=rng.randrange(10_000), spread=rng.choice((0.0, 0.03, 0.06)))
    faults = [event for event in heard.events if isinstance(event, PadChanged) and event.state in FAULTS]
    return len(heard.begun(Look.CHECK_GLOVE)), len(faults), len(heard.begun(Look.SLOWER)), hand.length_s / 60


def _false_cues(hours: float) -> Row:
    sessions = max(4, round(hours))
    minutes = 60 * hours / sessions
    with redirect_stdout(StringIO()), ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        told = list(pool.map(_healthy_hour, range(sessions), [minutes] * sessions))
    checks, faults, slower, played = (sum(column) for column in zip(*told, strict=True))
    worst = max(10 * n / length for _, _, n, length in told)
    return Row(
        "B6 false cues of healthy hands",
        f"{played / 60:.1f} h in {sessions} sessions, 4 hands, pads 0 to 6 % apart",
        "no look-after-the-glove, no fault; at most 1 false slower in 10 min",
        f"{checks}, {faults}; {slower} slower, {10 * slower / played:.2f} in 10 min ({worst:.1f} in the worst)",
        not checks and not faults and 10 * slower / played <= 1.0,
    )


class _Hasty:
    """Leans in too fast and goes over the ceiling, again and again, so hard that any two pads are still over it."""

    _POINTS = ((0.0, 0.0), (3.0, 0.0), (4.5, 38.0), (8.0, 38.0), (10.0, 0.0), (15.0, 0.0))

    def force_newton(self, t_s: float) -> Newtons3:
        at_s, whole = t_s % 15.0, 0.0
        for (from_s, low), (to_s, high) in zip(self._POINTS, self._POINTS[1:], strict=False):
            if from_s <= at_s < to_s:
                whole = low + (high - low) * (at_s - from_s) / (to_s - from_s)
        return 0.4 * whole, 0.33 * whole, 0.27 * whole

    def mama_down(self, t_s: float) -> bool:  # noqa: ARG002 - she waits for the glove to say it
        return False

    def partner_down(self, t_s: float) -> bool:  # noqa: ARG002 - his hands are at work
        return False


def _one_broken(times: int) -> Row:
    kinds = ("open", "short", "grounded", "bridged", "torn", "crushed", "intermittent")
    missed_softer = missed_slower = asked = 0
    for number in range(times):
        for pad in PADS:
            for kind in kinds:
                heard = play(_Hasty(), 33.0, seed=number, faults=[Fault(pad, kind, 1.0 + number * 0.37)])
                softer_s, slower_s = heard.begun(Look.SOFTER), heard.begun(Look.SLOWER)
                for press_s in (3.0, 18.0):
                    asked += 1
                    missed_slower += not _said(heard, Look.SLOWER, slower_s, press_s, 1.5)
                    missed_softer += not _said(heard, Look.SOFTER, softer_s, press_s, 4.0)
    return Row(
        "one pad is broken",
        f"{asked} presses, each pad in {len(kinds)} ways",
        "the others still say softer and slower",
        f"{missed_softer} without softer, {missed_slower} without slower",
        not missed_softer and not missed_slower,
    )


def _said(heard: Heard, look: Look, begun_s: Sequence[float], press_s: float, within_s: float) -> bool:
    """Whether it showed during the press, be it that it began before."""
    ended_s = [e.t_s for e in heard.events if isinstance(e, CueChanged) and not e.on and e.look == look]
    spans = zip(begun_s, [*ended_s, 1e9], strict=False)
    return any(from_s < press_s + within_s and to_s > press_s for from_s, to_s in spans)

"""Campaign E at the true pace: a busy machine, and a session that is suspended.

To be run alone: the bars are milliseconds of this program, on a machine that has nothing else to do.
"""

import multiprocessing
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from firmware.emulated_lights import PlayedLights
from firmware.live import LATE_AFTER_S, LiveSource, Pace
from firmware.loop import LightsSink, run
from hardware.board import DEFAULT_BOARD
from hardware.clock import SystemClock
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import make_hand
from hardware.recovery import RecoveringAdc
from sensing.inputs import Dropout, Input, Reading
from tests.firmware.command import Running
from tests.firmware.pins import Pins

from .hours import SEED, Again, free_session
from .table import Row

_PERIOD_S = 1 / DEFAULT_BOARD.adc.sweeps_hz


def rows(share: float) -> Iterator[Row]:
    """Yield E3 and E5."""
    yield _e3(600.0 * share)
    yield _e5((10.0, 30.0) if share >= 1.0 else (10.0,))


# -- E3: a busy machine --------------------------------------------------------------------------------------


def _busy(until_s: float) -> None:
    while time.monotonic() < until_s:
        pass


def _real_time(length_s: float) -> tuple[list[float], Pace, list[float]]:
    """Play a session at the true pace; return how late each reading was, what was counted, and its times."""
    clock, hand = SystemClock(), Again(make_hand("gentle", SEED))
    lights = PlayedLights(DEFAULT_BOARD)
    glove = lights.glove = EmulatedGlove(DEFAULT_BOARD, hand, clock, SEED, header=lights.header)
    adc = RecoveringAdc(lambda: glove.bus, DEFAULT_BOARD.adc.right_address, DEFAULT_BOARD, clock, glove.free_bus)
    source = LiveSource([adc], lights, clock, DEFAULT_BOARD.adc.sweeps_hz, length_s)
    times_s: list[float] = []

    def noted() -> Iterator[Input]:
        for item in source:
            if isinstance(item, Reading | Dropout):
                times_s.append(item.t_s)
            yield item

    try:
        run(free_session(), noted(), [LightsSink(lights)])
    finally:
        lights.close()
    late_s, tick = [], -1
    for t_s in times_s:
        # The newest planned time that had come; the source skips what it missed.
        tick = max(tick + 1, int(t_s / _PERIOD_S + 1e-6)) if t_s - (tick + 1) * _PERIOD_S > _PERIOD_S else tick + 1
        late_s.append(t_s - tick * _PERIOD_S)
    return late_s, source.pace, times_s


def _percentile_s(late_s: Sequence[float], part: float) -> float:
    return sorted(late_s)[min(len(late_s) - 1, int(part * len(late_s)))]


def _bare_clock(length_s: float, answer: Connection) -> None:
    """Do nothing but wake up 50 times a second, and tell how late that was: the machine's own part."""
    clock, late_s = SystemClock(), []
    start_s = clock.now_s()
    for tick in range(round(length_s / _PERIOD_S)):
        clock.sleep_until(start_s + tick * _PERIOD_S)
        late_s.append(clock.now_s() - start_s - tick * _PERIOD_S)
    answer.send(late_s)


def _e3(length_s: float) -> Row:
    until_s = time.monotonic() + length_s + 2
    here, there = multiprocessing.Pipe()
    beside = [multiprocessing.Process(target=_busy, args=(until_s,), daemon=True) for _ in range(2)]
    beside.append(multiprocessing.Process(target=_bare_clock, args=(length_s, there), daemon=True))
    for process in beside:
        process.start()
    there.close()
    late_s, pace, times_s = _real_time(length_s)
    bare_s: list[float] = here.recv()
    for process in beside:
        process.kill()
        process.join()
    gaps = [b - a for a, b in pairwise(times_s)]
    # Nothing is caught up: a tick that was missed is counted, and what was late bears its true time.
    missed = round(length_s / _PERIOD_S) - len(times_s)
    counted = pace.late >= sum(late > LATE_AFTER_S + 0.002 for late in late_s) and abs(pace.missed - missed) <= 1
    p99_s, worst_s = _percentile_s(late_s, 0.99), pace.worst_s
    bare_p99_s, bare_worst_s = _percentile_s(bare_s, 0.99), max(bare_s)
    return Row(
        "E3 two busy processes",
        f"{length_s:.0f} s of real time, beside a bare clock that only wakes up",
        "p99 40 ms, at most 100 ms; on a machine that stalls 20 and 50 more than the bare clock; "
        "every late tick counted and aged",
        f"p99 {p99_s * 1000:.1f}, at most {worst_s * 1000:.0f} ms, the bare clock {bare_p99_s * 1000:.1f} and "
        f"{bare_worst_s * 1000:.0f}; {pace.late} late, {pace.missed} missed, "
        f"{'all' if counted else 'NOT all'} counted; shortest gap {min(gaps) * 1000:.0f} ms",
        p99_s <= max(0.04, bare_p99_s + 0.02) and worst_s <= max(0.1, bare_worst_s + 0.05) and counted,
    )


# -- E5: suspended -------------------------------------------------------------------------------------------


def _suspended(length_s: float) -> tuple[float, float, int]:
    """Stop a session in its first hold; return when all was dark, when a good light came again, and the cues after."""
    with tempfile.TemporaryDirectory() as folder, Pins(Path(folder) / "pins") as pins:
        arguments = ("session", "--emulated", "hasty", "--pins", pins.folder)
        with Running(*arguments, home=Path(folder) / "home") as session:
            session.wait_for("stay here")
            session.send(signal.SIGSTOP)
            stopped_s = time.monotonic()
            pins.wait_until(lambda: time.monotonic() - stopped_s > length_s, "time stands still", length_s + 30)
            session.send(signal.SIGCONT)
            woke_s = time.monotonic()
            pins.wait_until(lambda: time.monotonic() - woke_s > 5.0, "time stands still")
            changes = pins.changes()
            session.send(signal.SIGTERM)
            session.end()
        off_s = max((c.t_s for c in changes if stopped_s < c.t_s < woke_s and not c.level), default=stopped_s)
        good_s = min(
            (c.t_s for c in changes if c.t_s > woke_s and c.level and c.name in ("green", "blue")), default=woke_s + 5.0
        )
        tones = [c.t_s for c in changes if c.t_s > woke_s and c.level and c.name == "buzzer"]
        assert not pins.lit(woke_s - 0.01), "lit while it was stopped"
        return off_s - stopped_s, good_s - woke_s, len(tones)


def _e5(lengths_s: Sequence[float]) -> Row:
    dark_s, good_s, tones = zip(*(_suspended(length_s) for length_s in lengths_s), strict=True)
    return Row(
        "E5 suspended in a hold",
        f"SIGSTOP for {' and '.join(f'{length_s:.0f} s' for length_s in lengths_s)}",
        "dark within 500 ms (and 50 of the machine); not watching for 2 s after; at most 2 tones in 5 s",
        f"{max(dark_s) * 1000:.0f} ms; {min(good_s):.2f} s; {max(tones)} tones",
        # A look at the trace from outside takes its time too.
        max(dark_s) <= 0.55 and min(good_s) >= 2.0 and max(tones) <= 2,
    )

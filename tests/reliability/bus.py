"""Campaign A, the bus and the ADC: the catalogue's stimuli against the real driver and the real session.

What others do to the chip is in `bus_strangers`, what the newtons are worth in `bus_accuracy`.
"""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

from coach.cues import Look
from coach.events import Dropped, HoldBegan, PadChanged, PressBegan, PressEnded
from coach.plan import Plan
from coach.troubles import PAD_FAULTS
from hardware.ads1115 import GloveAdc
from hardware.board import DEFAULT_BOARD
from hardware.emulated.chip import BusFault, EmulatedAds1115, EmulatedBus
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.hands import make_hand
from hardware.emulated.scripts import Press
from hardware.trouble import BusTrouble, NoHardware
from sensing.inputs import Input, Reading

from .bus_accuracy import accuracy
from .bus_strangers import another_program, reset_between_any_two_transfers, wrong_gain
from .table import Row
from .world import ADDRESS, GOOD, TOLD, World, always, futures, hand, several

CHECK = frozenset({Look.CHECK_GLOVE})
WATCHING = frozenset({Look.WATCHING})
# All that a session knows in a quarter of a minute: contact, lean-in, hold, a full one, plenty, release, and a second
# press over the ceiling.
SHORT_PLAN = Plan(hold_s=2.0, enough_s=4.0, ceiling_newton=10.0)
SHORT = (Press(0.8, 7.0, 2.4, 4.6, 1.6), Press(0.8, 13.5, 4.0, 0.7, 2.0))
FAULTY_TICK_S = 0.02


def rows(share: float) -> Iterator[Row]:
    """Yield A1 to A12 of the catalogue of faults, this share of each."""
    yield noise_of_the_bus(share)
    yield more_noise_than_can_be_borne(share)
    yield the_bus_hangs(share)
    yield from whatever_is_done(share)
    yield unplugged_in_a_hold(share)
    yield reset_between_any_two_transfers(share)
    yield another_program(share)
    yield wrong_gain(share)
    yield accuracy(share)
    yield nobody_there(share)


def noise_of_the_bus(share: float) -> Row:
    bars = {1: 0.9999, 5: 0.9999, 10: 0.999, 20: 0.99}
    minutes = 10 * share
    fresh, broken, wrong, alarms = [], 0, 0, 0
    for percent in bars:
        world = World(make_hand("gentle", percent, minutes), [Fault("bus", "noisy", 0.0, amount=percent)], seed=percent)
        ticks = stale = 0
        for item in world.ticks():
            ticks += 1
            stale += item.t_s - world.judge.right_s[-1] > 0.1 + 1e-6 if world.judge.right_s else item.t_s > 0.1
        fresh.append(1 - stale / ticks)
        broken += len(world.judge.broken)
        wrong += world.judge.wrong
        alarms += len(world.begun(Look.CHECK_GLOVE))
    return Row(
        "A1 transfers are lost",
        f"1, 5, 10, 20 %, {minutes:.0f} min each",
        "P1-P4 hold, no wrong value; fresh within 100 ms 99.99, 99.99, 99.9, 99 % of ticks",
        f"{', '.join(f'{100 * part:.6g} %' for part in fresh)}; {broken} broken, {wrong} wrong, {alarms} alarms",
        broken == wrong == 0 and all(part >= bar for part, bar in zip(fresh, bars.values(), strict=True)),
    )


def more_noise_than_can_be_borne(share: float) -> Row:
    minutes = max(0.3, 3 * share)
    told, broken, wrong, apart_s = [], 0, 0, math.inf
    for percent in (40, 60, 75, 90):
        world = World(
            make_hand("gentle", 1, minutes), [Fault("bus", "noisy", 5.0, amount=percent)], seed=percent
        ).play()
        broken += len(world.judge.broken)
        wrong += world.judge.wrong
        alarms = world.begun(Look.CHECK_GLOVE)
        apart_s = min([apart_s, *(b - a for a, b in pairwise(alarms))])
        got = len(world.judge.right_s) / world.source.pace.ticks
        told.append(f"{percent} %: {100 * got:.3g} % read, {len(alarms)} alarms")
    return Row(
        "A2 too many are lost",
        f"40, 60, 75, 90 %, {minutes:.1f} min each",
        "what is not read is told within 1 s (P1, P4), never flickers faster than 0.5 Hz",
        f"{'; '.join(told)}; {broken} broken, {wrong} wrong; alarms {apart_s:.1f} s apart or more",
        broken == wrong == 0 and apart_s >= 2.0,
    )


def the_bus_hangs(share: float) -> Row:
    runs = several(20, share)
    broken, wrong, late, back, worst_s, false, silent = 0, 0, 0.0, 0.0, 0.0, 0, 0
    rng = Random(3)
    for lasts_s in (0.05, 0.2, 1.0, 10.0, 600.0):
        for _ in range(several(2, share) if lasts_s > 100 else runs):
            from_s = rng.uniform(6.0, 12.0)
            ends_s = from_s + lasts_s
            fault = Fault("bus", "hangs", from_s, ends_s)
            whole = make_hand("gentle", rng.randrange(1000), (ends_s + 8) / 60)
            world = World(whole, [fault], until_s=ends_s + 4).play()
            broken += len(world.judge.broken)
            wrong += world.judge.wrong
            worst_s = max(worst_s, world.adc.worst_s)
            alarm_s, well_s = world.first(CHECK, from_s), world.first(GOOD, ends_s)
            if lasts_s < 0.1:
                false += alarm_s is not None
            elif lasts_s >= 1.0:
                silent += alarm_s is None
                late = max(late, (alarm_s or math.inf) - from_s)
                back = max(back, (well_s or math.inf) - ends_s)
    return Row(
        "A3 the bus hangs",
        f"0.05 to 600 s, {runs} times each",
        "50 ms: nothing; told <= 1 s; back <= 3 s; no sweep over 60 ms",
        f"{false} alarms at 50 ms, {silent} not told; told <= {late:.2f} s, back <= {back:.2f} s,"
        f" longest sweep {1000 * worst_s:.0f} ms; {broken} broken, {wrong} wrong",
        broken == wrong == false == silent == 0 and late <= 1.0 and back <= 3.0 and worst_s <= 0.060,
    )


def _ticks_around_transitions(count: int) -> list[float]:
    """Ticks of the short session, the nearest to its transitions first."""
    world = World(hand(*SHORT), plan=SHORT_PLAN).play()
    kinds = (PressBegan, HoldBegan, PressEnded)
    moments = [event.t_s for event in world.said if isinstance(event, kinds)] + [t_s for t_s, _ in world.shown]
    end_s = hand(*SHORT).length_s
    ticks = [i / 50 for i in range(round((end_s - 1.5) * 50))]
    ticks.sort(key=lambda t_s: min(abs(t_s - moment_s) for moment_s in moments))
    # More tries than ticks: then at another instant within the tick.
    return [ticks[i % len(ticks)] + FAULTY_TICK_S * (i // len(ticks)) / 3 for i in range(count)]


def _until(ticks: Iterator[Input], to_s: float) -> Iterator[Input]:
    for item in ticks:
        yield item
        if item.t_s >= to_s:
            return


def whatever_is_done(share: float) -> Iterator[Row]:
    kinds = {
        "A4 data stuck low": ("bus", "stuck"),
        "A5 data floating": ("bus", "floating"),
        "A6 never ready": ("chip", "never ready"),
    }
    for name, (part, kind) in kinds.items():
        count = several(1000, share)
        broken, wrong, late_s, worst_s, believed = 0, 0, 0.0, 0.0, 0
        world = World(hand(*SHORT), plan=SHORT_PLAN)

        def struck(
            from_s: float, ticks: Iterator[Input], world: World = world, part: str = part, kind: str = kind
        ) -> tuple[int, int, float, float, int]:
            world.strike(Fault(part, kind, from_s))
            believed = sum(isinstance(item, Reading) and item.t_s >= from_s for item in _until(ticks, from_s + 1.3))
            told_s = (world.first(TOLD, from_s) or math.inf) - from_s
            return len(world.judge.broken), world.judge.wrong, told_s, world.adc.worst_s, believed

        for result in futures(world, _ticks_around_transitions(count), struck):
            broken += result[0]
            wrong += result[1]
            late_s, worst_s = max(late_s, result[2]), max(worst_s, result[3])
            believed += result[4]
        yield Row(
            name,
            f"{count} ticks around transitions",
            "told <= 1 s, no hang, 100 % found out: no such sweep is a reading",
            f"told <= {late_s:.2f} s, longest sweep {1000 * worst_s:.0f} ms, {believed} believed;"
            f" {broken} broken, {wrong} wrong",
            broken == wrong == believed == 0 and late_s <= 1.0 and worst_s <= 0.060,
        )


def unplugged_in_a_hold(share: float) -> Row:
    runs = several(2000, share)
    ways = (("bus", "silent"), ("bus", "floating"), ("supply", "open"))
    broken, late_s, unmarked, shown_good = 0, 0.0, 0, 0
    for number, (part, kind) in enumerate(ways):
        world = World(hand(Press(0.8, 8.0, 2.4, 6.0, 1.0)))

        def unplugged(
            from_s: float, ticks: Iterator[Input], world: World = world, part: str = part, kind: str = kind
        ) -> tuple[int, float, bool, bool]:
            assert Look.HOLD in world.session.looks
            world.strike(Fault(part, kind, from_s))
            for _ in _until(ticks, from_s + 1.2):
                pass
            marks = [e for e in world.said if isinstance(e, Dropped)]
            faults = [e for e in world.said if isinstance(e, PadChanged) and e.state in PAD_FAULTS]
            told_s = (world.first(CHECK, from_s) or math.inf) - from_s
            return len(world.judge.broken), told_s, not (marks or faults), bool(world.shown[-1][1] & GOOD)

        # Still from 3.2 s on, a hold soon after: every millisecond of two seconds of it.
        instants_s = [5.6 + i * 2.0 / runs for i in range(number, runs, len(ways))]
        for result in futures(world, instants_s, unplugged):
            broken += result[0]
            late_s = max(late_s, result[1])
            unmarked += result[2]
            shown_good += result[3]
    return Row(
        "A7 unplugged in a hold",
        f"{runs} instants of 2 s",
        "'not watching' within 1 s, told on the tape, in all",
        f"told <= {late_s:.2f} s, {shown_good} still good, {unmarked} not on the tape; {broken} broken",
        broken == unmarked == shown_good == 0 and late_s <= 1.0,
    )


def nobody_there(share: float) -> Row:
    """No chip, a chip elsewhere, a dead bus: at the start, and what the session shows where the start got through."""
    del share
    unclear, slowest_s, good = [], 0.0, 0
    faults: dict[str, BusFault | None] = {
        "absent": None,
        "elsewhere": None,
        "silent": "silent",
        "hangs": "hangs",
        "stuck": "stuck",
        "floating": "floating",
    }
    for name, fault in faults.items():
        clock = VirtualClock()
        bus = EmulatedBus(clock)
        bus.fault = fault
        if name != "absent":
            chip = EmulatedAds1115(partial(always, (0.0, 0.0, 0.0, 1.65)), clock)
            bus.chips[ADDRESS - 1 if name == "elsewhere" else ADDRESS] = chip
        try:
            adc = GloveAdc(bus, ADDRESS, DEFAULT_BOARD, clock)
            adc.sweep()
            unclear.append(name)
        except NoHardware as missing:
            if "no ADS1115 answers at 0x49" not in str(missing):
                unclear.append(name)
        except BusTrouble as trouble:
            if name not in ("stuck", "floating"):
                unclear.append(f"{name}: {trouble.reason}")
        slowest_s = max(slowest_s, clock.now_s())
    for kind in ("stuck", "floating"):
        world = World(make_hand("gentle", 1), [Fault("bus", kind, 0.0)], until_s=4.0).play()
        good += any(looks & GOOD for _, looks in world.shown)
        good += Look.CHECK_GLOVE not in world.shown[-1][1]
    took_s, code, said = _session_without_bus()
    if (code, said.count("\n"), "/dev/i2c-99 is not there" in said) != (3, 1, True):
        unclear.append(f"session: {code} {said}")
    return Row(
        "A12 no chip at the start",
        "absent, other address, 4 dead buses",
        "one clear line, code 3 or CHECK_GLOVE, <= 3 s, no green",
        f"{', '.join(unclear) or 'all clear'}, {good} green or silent; {slowest_s:.2f} s on the bus,"
        f" `paws session` {took_s:.1f} s",
        not unclear and good == 0 and max(slowest_s, took_s) <= 3.0,
    )


def _session_without_bus() -> tuple[float, int, str]:
    """Run `paws session` where there is no bus; return how long it took, its code, and what it said."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "glove.toml").write_text("[adc]\nbus = 99\n", encoding="utf-8")
        began_s = time.monotonic()
        done = subprocess.run(
            [Path(sys.executable).with_name("paws"), "session"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "KITTYPAWS_HOME": home},
        )
        return time.monotonic() - began_s, done.returncode, done.stderr

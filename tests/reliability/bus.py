"""Campaign A, the bus and the ADC: the catalogue's stimuli against the real driver and the real session."""

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

import numpy as np

from coach.cues import Look
from coach.events import Dropped, HoldBegan, PadChanged, PressBegan, PressEnded
from coach.plan import Plan
from coach.troubles import PAD_FAULTS
from firmware.home import divider_of
from hardware.ads1115 import VOLT_PER_CODE, GloveAdc
from hardware.board import DEFAULT_BOARD, PADS, BoardError, board_from_toml
from hardware.emulated.chip import BusFault, EmulatedAds1115, EmulatedBus, Volts4
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.fsr import Newtons3
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import make_hand
from hardware.emulated.scripts import Press
from hardware.trouble import BusTrouble, NoHardware
from sensing.calibration import Calibration, table_from_loads
from sensing.inputs import Dropout, Input, Reading

from .table import Row
from .world import GOOD, TOLD, World, before_transfer, futures, hand

CHECK = frozenset({Look.CHECK_GLOVE})
WATCHING = frozenset({Look.WATCHING})
ADDRESS = DEFAULT_BOARD.adc.right_address
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


def _several(whole: int, share: float) -> int:
    return max(1, round(whole * share))


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
    runs = _several(20, share)
    broken, wrong, late, back, worst_s, false, silent = 0, 0, 0.0, 0.0, 0.0, 0, 0
    rng = Random(3)
    for lasts_s in (0.05, 0.2, 1.0, 10.0, 600.0):
        for _ in range(_several(2, share) if lasts_s > 100 else runs):
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
        count = _several(1000, share)
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
    runs = _several(2000, share)
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


def reset_between_any_two_transfers(share: float) -> Row:
    """One reset a second, before the n-th transfer of a sweep, for every n; of a chip that needs one poll, and two."""
    runs = resets = wrong = broken = longest = warned = 0
    seconds = max(4.0, 20 * share)
    for slow in (-0.1, 0.1):
        for number in range(1, 17):
            world = World(hand(Press(0.8, 8.0, 3.0, seconds, 2.0), seed=number), seed=number)
            world.glove.chip._slow = 1 + slow
            at = _Position(world, number, every=50)
            void = run = 0
            for item in world.ticks():
                at.begins()
                run = run + 1 if isinstance(item, Dropout) else 0
                void += bool(run)
                longest = max(longest, run)
            runs += 1
            resets += at.done
            wrong += world.judge.wrong
            broken += len(world.judge.broken)
            warned += sum(len(world.begun(look)) for look in (Look.SOFTER, Look.SLOWER, Look.CHECK_GLOVE))
    return Row(
        "A8 reset anywhere in a sweep",
        f"{resets} resets, before each of 16 transfers",
        "at most 1 tick of bad data, none of it in a cue",
        f"{wrong} wrong values believed, {longest} tick lost at most; {warned} cues from it, {broken} broken",
        wrong == broken == warned == 0 and longest <= 1 and resets > 0,
    )


class _Position:
    """Resets the chip before the n-th transfer of every so many sweeps."""

    def __init__(self, world: World, number: int, every: int) -> None:
        self._world, self._number, self._every = world, number, every
        self.done = self._sweeps = self._transfer = 0
        before_transfer(world, self._happens)

    def begins(self) -> None:
        self._transfer = 0
        self._sweeps += 1

    def _happens(self, _: int) -> None:
        self._transfer += 1
        if self._transfer == self._number and self._sweeps % self._every == 0:
            self.done += 1
            self._world.glove.chip.reset()


class _Foreign:
    """Another program at any instant: moves mux, gain, rate, mode or pointer; and we are held up at any instant."""

    def __init__(self, world: World, seed: int) -> None:
        self._world, self._rng = world, Random(seed)
        self.is_hit = False
        before_transfer(world, self._happens)

    def _happens(self, _: int) -> None:
        rng, chip = self._rng, self._world.glove.chip
        if rng.random() < 0.01:
            self.is_hit = True
            if rng.random() < 0.25:
                chip.write(bytes([rng.randrange(4)]))
            else:
                # Any config, ours among them; the start bit as it falls.
                config = rng.choice((rng.randrange(0x10000), 0x81E3 | rng.randrange(8) << 12 | rng.randrange(6) << 9))
                chip.write(bytes([1, config >> 8, config & 0xFF]))
            # The kernel lets somebody else run, for up to three conversions.
            if rng.random() < 0.5:
                self._world.clock.advance(rng.uniform(0, 0.0035))
        elif rng.random() < 0.01:
            self._world.clock.advance(rng.uniform(0, 0.0035))


def another_program(share: float) -> Row:
    minutes = 20 * share
    hit = void = wrong = broken = warned = 0
    for seed in range(1, 4):
        world = World(make_hand("gentle", seed, minutes), seed=seed)
        foreign = _Foreign(world, seed)
        for item in world.ticks():
            hit += foreign.is_hit
            void += foreign.is_hit and isinstance(item, Dropout)
            foreign.is_hit = False
        wrong += world.judge.wrong
        broken += len(world.judge.broken)
        warned += sum(len(world.begun(look)) for look in (Look.SOFTER, Look.SLOWER))
    corrupted = void + wrong
    found = void / corrupted if corrupted else 0.0
    return Row(
        "A9 another program on the bus",
        f"{hit} ticks hit in {3 * minutes:.0f} min",
        ">= 99.9 % of corrupted ticks void, 0 wrong cues over 100 ms",
        f"{100 * found:.6g} % of {corrupted} void, the other {hit - corrupted} unharmed;"
        f" {warned} wrong cues, {broken} broken",
        found >= 0.999 and warned == broken == 0,
    )


def wrong_gain(share: float) -> Row:
    """Every gain but ours, set right after every start; and what clips with ours."""
    seconds = max(4.0, 60 * share)
    believed = void = 0
    for gain in (0, 2, 3, 4, 5):
        world = World(hand(Press(0.8, 8.0, 3.0, seconds, 2.0)))
        _set_after_each_start(world.glove.chip, gain)
        for item in world.ticks():
            believed += isinstance(item, Reading)
            void += isinstance(item, Dropout)
    clock = VirtualClock()
    clipped = []
    for volt in np.linspace(0, 3.6, _several(2000, share)).tolist():
        there: Volts4 = (volt, volt, volt, DEFAULT_BOARD.electronics.midpoint_volt)
        chip = EmulatedAds1115(partial(_always, there), clock)
        bus = EmulatedBus(clock)
        bus.chips[ADDRESS] = chip
        clipped.append(GloveAdc(bus, ADDRESS, DEFAULT_BOARD, clock).sweep()[0] / VOLT_PER_CODE >= 32760)
    try:
        board_from_toml("[adc]\ngain = 2\n", "glove.toml")
        is_refused = False
    except BoardError:
        is_refused = True
    over = _over_is_told()
    return Row(
        "A10 wrong gain, clipping",
        f"5 gains, {void + believed} sweeps; {len(clipped)} volts to 3.6 V",
        "100 % void; ours never clips; a gain in glove.toml refused; full force is OVER, SOFTER",
        f"{believed} believed, {sum(clipped)} clipped, gain {'refused' if is_refused else 'accepted'},"
        f" OVER {'told' if over else 'not told'}",
        believed == sum(clipped) == 0 and is_refused and over and void > 0,
    )


def _set_after_each_start(chip: EmulatedAds1115, gain: int) -> None:
    """Let another program set this gain as soon as a conversion was started."""
    write = chip.write

    def spoilt(data: bytes | bytearray) -> None:
        write(data)
        if len(data) == 3 and data[0] == 1:
            config = (data[1] << 8 | data[2]) & ~0x0E00 | gain << 9
            write(bytes([1, config >> 8, config & 0xFF]))

    chip.write = spoilt  # type: ignore[method-assign]


def _always(volts: Volts4, t_s: float) -> Volts4:
    del t_s
    return volts


def _over_is_told() -> bool:
    world = World(hand(Press(0.8, 8.0, 3.0, 6.0, 2.0)), [Fault("palm", "crushed", 6.0)], until_s=6.4).play()
    return Look.SOFTER in world.shown[-1][1] and any(
        isinstance(e, PadChanged) and e.state == "over" for e in world.said
    )


class _Weights:
    """Weights on each pad in turn, five seconds each, as on a kitchen scale."""

    LOADS = (0.3, 0.6, 1.0, 2.0, 3.5, 6.0, 10.0, 15.0, 20.0)
    LASTS_S = 6.0

    def force_newton(self, t_s: float) -> Newtons3:
        i, load = divmod(int(t_s / self.LASTS_S), len(self.LOADS))
        heel, palm, fingers = (self.LOADS[load] if pad == i else 0.0 for pad in range(3))
        return heel, palm, fingers

    def mama_down(self, t_s: float) -> bool:
        return t_s < 0

    partner_down = mama_down


def _calibrated(seed: int) -> Calibration:
    """Read each load from the fourth to the fifth second, as `paws calibrate` does."""
    clock, weights, divider = VirtualClock(), _Weights(), divider_of(DEFAULT_BOARD)
    glove = EmulatedGlove(DEFAULT_BOARD, weights, clock, seed, spread=0.06)
    adc = GloveAdc(glove.bus, ADDRESS, DEFAULT_BOARD, clock)
    tables = []
    for pad in range(3):
        loads = []
        for load, newton in enumerate(weights.LOADS):
            begins_s = (pad * len(weights.LOADS) + load) * weights.LASTS_S
            read = []
            for tick in range(250):
                clock.sleep_until(begins_s + tick / 50)
                volts = adc.sweep()
                if tick >= 200:
                    read.append(divider.siemens_from_fraction(volts[pad] / (2 * volts[3])))
            loads.append((sum(read) / len(read), newton))
        tables.append((PADS[pad], table_from_loads(loads)))
    return Calibration(tuple(tables), "campaign")


def accuracy(share: float) -> Row:
    forces, rates, seeds = (2.0, 5.0, 10.0, 15.0, 20.0), (1.0, 2.0, 3.0, 4.0, 6.0), _several(10, share)
    errors, rate_errors = [], []
    for seed in range(1, seeds + 1):
        calibration = _calibrated(seed)
        for force in forces:
            for rate in rates:
                lean_s = force / rate / 0.8
                whole = hand(Press(0.5, force, lean_s, 5.0, 2.0), seed=seed)
                world = World(
                    whole,
                    seed=seed,
                    spread=0.06,
                    calibration=calibration,
                    until_s=0.5 + lean_s + 4.5,
                    plan=Plan(ceiling_newton=30.0),
                )
                read, true = [], []
                lean, there = [], []
                for item in world.ticks():
                    touch = world.session.touch
                    if touch is None or touch.force_newton is None or not isinstance(item, Reading):
                        continue
                    if item.t_s > 0.5 + lean_s + 0.5:
                        read.append(touch.force_newton)
                        true.append(sum(whole.force_newton(item.t_s)))
                    # Half-way up, as far behind as the smoother is.
                    elif 0.35 < (item.t_s - 0.5) / lean_s < 0.75:
                        lean.append(touch.rate_newton_per_s)
                        there.append(rate)
                errors.append(sum(read) / sum(true) - 1)
                # A shorter lean has no steady middle to compare.
                if lean_s >= 1.0:
                    rate_errors.append(sum(lean) / sum(there) - 1)
    e, r = 100 * np.array(errors), 100 * np.array(rate_errors)
    worst = float(np.abs(e).max())
    return Row(
        "A11 newtons after calibration",
        f"5 forces, 5 rates, {seeds} gloves, pads +-6 %",
        "each within 10 % of the reading; mean and 95 % limits published",
        f"force {e.mean():+.1f} % ({np.percentile(e, 2.5):+.1f} to {np.percentile(e, 97.5):+.1f}), worst {worst:.1f} %;"
        f" rate {r.mean():+.1f} % ({np.percentile(r, 2.5):+.1f} to {np.percentile(r, 97.5):+.1f})",
        worst <= 10.0,
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
            chip = EmulatedAds1115(partial(_always, (0.0, 0.0, 0.0, 1.65)), clock)
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

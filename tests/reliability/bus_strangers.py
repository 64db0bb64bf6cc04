"""Campaign A, others at the bus: resets, another program, another gain."""

from functools import partial
from random import Random

import numpy as np

from coach.cues import Look
from coach.events import PadChanged
from hardware.ads1115 import VOLT_PER_CODE, GloveAdc
from hardware.board import DEFAULT_BOARD, BoardError, board_from_toml
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus, Volts4
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.hands import make_hand
from hardware.emulated.scripts import Press
from sensing.inputs import Dropout, Reading

from .table import Row
from .world import ADDRESS, World, always, before_transfer, hand, several


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
    for volt in np.linspace(0, 3.6, several(2000, share)).tolist():
        there: Volts4 = (volt, volt, volt, DEFAULT_BOARD.electronics.midpoint_volt)
        chip = EmulatedAds1115(partial(always, there), clock)
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


def _over_is_told() -> bool:
    world = World(hand(Press(0.8, 8.0, 3.0, 6.0, 2.0)), [Fault("palm", "crushed", 6.0)], until_s=6.4).play()
    return Look.SOFTER in world.shown[-1][1] and any(
        isinstance(e, PadChanged) and e.state == "over" for e in world.said
    )

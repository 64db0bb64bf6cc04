"""A whole session on the emulated glove in virtual time, and a judge who knows the truth.

The real driver, the real live source and the real session; only the chip, the wires and the hand are emulated. The
judge compares what the session shows at each input with what is really at the pads.
"""

import math
import os
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import numpy as np

from coach.cues import Levels, Look
from coach.events import Event
from coach.plan import FREE, Plan
from coach.session import Session
from firmware.home import divider_of
from firmware.live import LiveSource
from firmware.recording import GLOVE_RULES
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.chip import Volts4
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import Hand
from hardware.emulated.harm import Harm
from hardware.emulated.scripts import Press
from hardware.recovery import RecoveringAdc
from sensing.calibration import Calibration, nominal_calibration
from sensing.inputs import Input, Mark, MarkWord, Reading
from sensing.pads import OPEN_BELOW_U, SHORT_ABOVE_U

ADDRESS = DEFAULT_BOARD.adc.right_address
GOOD = frozenset({Look.WATCHING, Look.HOLD, Look.ENOUGH, Look.PLENTY, Look.LET_GO_EARLY})
TOLD = frozenset({Look.CHECK_GLOVE, Look.SOFTER, Look.STOP})
WARNED = frozenset({Look.SOFTER, Look.STOP})
# A reading is right when each pad lies this near to what is at its input: two readings of one force differ by the
# FSR's own noise, another channel or gain by much more.
RIGHT_VOLT = 0.06
# The pads are not as exact as the judge: beyond this many times the ceiling there is no doubt.
SURELY_OVER = 1.15
P1_S, P2_S, P4_S = 0.2, 0.2, 1.0


def hand(*presses: Press, seed: int = 1) -> Hand:
    """A hand that does just this."""
    return Hand("campaign", presses, np.random.default_rng(seed))


class TimedAdc(RecoveringAdc):
    """The product's ADC, and how long its longest sweep took."""

    worst_s = 0.0

    def sweep(self) -> tuple[float, float, float, float]:
        began_s = self._clock.now_s()
        try:
            return super().sweep()
        finally:
            self.worst_s = max(self.worst_s, self._clock.now_s() - began_s)


@dataclass
class Judge:
    """Holds a session to its promises, by the truth of the glove.

    Attributes:
        broken: Each promise that was broken, and when.
        right_s: Times of the readings that were right, of pads that are whole.
        wrong: How many readings were not, and not found out.
    """

    glove: EmulatedGlove
    hand: Hand
    session: Session
    broken: list[tuple[str, float]] = field(default_factory=list)
    right_s: list[float] = field(default_factory=list)
    wrong: int = 0
    _over_since_s: float | None = None
    _there: Volts4 = (0.0, 0.0, 0.0, 0.0)

    def __post_init__(self) -> None:
        self._there = self.glove.inputs

    def check(self, item: Input) -> None:
        t_s, looks = item.t_s, set(self.session.looks)
        if isinstance(item, Reading):
            # A force may begin within a sweep: a pad reads what is at it now, or was at it before, or between.
            there = (self._there, self.glove.inputs)
            if any(
                not min(is_) - RIGHT_VOLT <= read <= max(is_) + RIGHT_VOLT
                for read, *is_ in zip(item.volts, *there, strict=True)
            ):
                self.wrong += 1
            elif all(OPEN_BELOW_U <= volt / (2 * there[-1][3]) <= SHORT_ABOVE_U for volt in there[-1][:3]):
                self.right_s.append(t_s)
        self._there = self.glove.inputs
        age_s = t_s - (self.right_s[-1] if self.right_s else 0.0)
        if age_s > P1_S + 1e-6 and looks & GOOD:
            self.broken.append(("P1", t_s))
        # A word comes before the reading of its tick.
        if age_s > P4_S + 1e-6 and not looks & TOLD and not isinstance(item, Mark):
            self.broken.append(("P4", t_s))
        self._check_p2(t_s, age_s, looks)

    def _check_p2(self, t_s: float, age_s: float, looks: set[Look]) -> None:
        is_over = sum(self.hand.force_newton(t_s)) > SURELY_OVER * self.session.ceiling_newton
        if not is_over or age_s > 0.1:
            self._over_since_s = None
        elif self._over_since_s is None:
            self._over_since_s = t_s
        elif t_s - self._over_since_s > P2_S + 1e-6 and not looks & WARNED:
            self.broken.append(("P2", t_s))


class _NoLights:
    """Nobody looks at the lights, and nobody presses a button: the judge asks the session itself."""

    are_lost = False

    def show(self, levels: Levels) -> None:
        del levels

    def words(self) -> Sequence[MarkWord]:
        return ()

    def close(self) -> None:
        pass


class World:
    """One session from its first tick.

    Attributes:
        shown: Each change of what shows: when, and all looks then.
        said: All events.
    """

    def __init__(
        self,
        hand: Hand,
        faults: Sequence[Fault] = (),
        *,
        seed: int = 1,
        plan: Plan = FREE,
        spread: float = 0.0,
        calibration: Calibration | None = None,
        until_s: float = math.inf,
    ) -> None:
        self.clock = VirtualClock()
        self.glove = EmulatedGlove(DEFAULT_BOARD, hand, self.clock, seed, spread=spread, faults=faults)
        address = DEFAULT_BOARD.adc.right_address
        self.adc = TimedAdc(lambda: self.glove.bus, address, DEFAULT_BOARD, self.clock, self.glove.free_bus)
        length_s = min(hand.length_s, until_s)
        self.source = LiveSource([self.adc], _NoLights(), self.clock, DEFAULT_BOARD.adc.sweeps_hz, length_s)
        known = calibration or nominal_calibration(PADS)
        self.session = Session(known, divider_of(DEFAULT_BOARD), plan, GLOVE_RULES)
        self.judge = Judge(self.glove, hand, self.session)
        self.shown: list[tuple[float, frozenset[Look]]] = [(0.0, frozenset())]
        self.said: list[Event] = []

    def ticks(self) -> Iterator[Input]:
        """Play it, and give each input back after it was judged."""
        for item in self.source:
            self.said += self.session.feed(item)
            if self.session.is_over:
                return
            self.judge.check(item)
            looks = frozenset(self.session.looks)
            if looks != self.shown[-1][1]:
                self.shown.append((item.t_s, looks))
            yield item

    def play(self) -> "World":
        """Play it to its end."""
        for _ in self.ticks():
            pass
        return self

    def first(self, looks: frozenset[Look], from_s: float) -> float | None:
        """When from then on one of these looks shows."""
        before = frozenset[Look]()
        for t_s, shown in self.shown:
            if t_s > from_s:
                break
            before = shown
        if before & looks:
            return from_s
        return next((t_s for t_s, shown in self.shown if t_s >= from_s and shown & looks), None)

    def begun(self, look: Look) -> list[float]:
        """When a look began."""
        pairs = zip(self.shown, self.shown[1:], strict=False)
        return [t_s for (_, before), (t_s, after) in pairs if look in after and look not in before]

    def strike(self, fault: Fault) -> None:
        """Let a fault come to a glove that had none."""
        glove = self.glove
        glove._harm = Harm([fault], 1, glove.chip, glove.bus, glove.t_s)


T = TypeVar("T")


def futures(world: World, instants_s: Iterable[float], play: Callable[[float, Iterator[Input]], T]) -> Iterator[T]:
    """Play one past and many futures: a copy of the world at each instant, in a process of its own.

    Args:
        world: The past.
        instants_s: When a future begins.
        play: What is done in it: it is given the instant and the ticks that follow, and returns what came of it.
    """
    due = sorted(instants_s)
    ticks = world.ticks()
    for item in ticks:
        while due and due[0] <= item.t_s + world.source._period_s:
            yield _in_a_copy(partial(play, due.pop(0), ticks))
        if not due:
            return
    assert not due, "an instant after the end"


def _in_a_copy(play: Callable[[], T]) -> T:
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writes, "wb") as answer:
                pickle.dump(play(), answer)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told here, and to the parent by the code
            traceback.print_exc()
        os._exit(1)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, "a future failed"
    result: T = pickle.loads(said)  # noqa: S301 - our own child's
    return result


def before_transfer(world: World, happens: Callable[[int], object]) -> None:
    """Let something happen before each transfer from now on; it is given the transfer's number, from 1."""
    from_ = world.glove.bus.transfers
    world.glove.bus.watchers.append(lambda number: happens(number - from_))


def several(whole: int, share: float) -> int:
    """Return how many this share of the whole is, one at the least."""
    return max(1, round(whole * share))


def always(volts: Volts4, t_s: float) -> Volts4:
    """Return the same voltages at any time."""
    del t_s
    return volts

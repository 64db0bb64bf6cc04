"""Stories of a hand in seconds and newtons, told to the real session, and what must be true of every one of them.

    told = run(Hand().rest(1).lean(10, over_s=2.5).hold(31).release(over_s=2).rest(3).readings())

A hand is a force over time. `readings` presses it onto pads of the nominal calibration and reads them in whole
codes of the ADC; trouble is made by editing the readings, just as a bad wire would. `run` asserts the promises of
the design on every input (P1 to P4), computed here from the volts alone.
"""

import math
import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from hypothesis import settings

from coach.cues import DARK, SHOWS_AT_LEAST_S, TABLE, Levels, Look
from coach.events import CueChanged, Event, ForceSeen, PadChanged, PressEnded, SessionEnded
from coach.plan import FREE, Plan
from coach.session import Session
from sensing.calibration import Curve, nominal_calibration
from sensing.divider import Divider
from sensing.glove import Glove
from sensing.inputs import Dropout, End, Input, Mark, MarkWord, Reading
from sensing.pads import FAULTS, FRESH_S, PadRules, PadState
from sensing.press import Presses, PressEvent

E = TypeVar("E")

# The same examples on every run: a red build is red for everybody. PROPERTY is for rules that cost microseconds,
# STORIES for whole sessions.
PROPERTY = settings(derandomize=True, deadline=None, max_examples=100)
STORIES = settings(derandomize=True, deadline=None, max_examples=12)

PADS = ("heel", "palm", "fingers")
# A resting hand bears most on its heel.
SHARES = (0.4, 0.35, 0.25)
CALIBRATION = nominal_calibration(PADS)
CURVE = Curve(CALIBRATION.pads[0][1])
DIVIDER = Divider(supply_volt=3.3, fixed_ohm=2200.0, bias_ohm=100_000.0, series_ohm=220.0)
VOLT_PER_CODE = 0.000125
SUPPLY_CODE = round(DIVIDER.supply_volt / 2 / VOLT_PER_CODE)
# The FSR's own noise: 0.3 % of its conductance, so that a pad at work never repeats itself for a second.
PAD_NOISE = 0.003
# rms of a hand's wobble by band of hertz, as part of the force, of squeezed FSRs: an unsteady, untrained hand.
WOBBLE = ((0.5, 2.0, 0.011), (2.0, 6.0, 0.0058), (6.0, 15.0, 0.0043))
# What a broken pad reads, as a fraction of the supply.
CUT_U, BRIDGED_U, FSR_SHORTED_U, SHORTED_U = 0.0, 0.008, 0.91, 0.98
# What one reads that is torn beyond its bias resistor.
UNTOUCHED_U = DIVIDER.fraction_from_siemens(0.0)
# The words of P1; the blue blinking of an early release is a HOLD too.
GOOD_WORDS = frozenset({Look.WATCHING, Look.HOLD, Look.ENOUGH, Look.PLENTY, Look.LET_GO_EARLY})


# -- the hand -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hand:
    """A force over time, segment by segment."""

    points: tuple[tuple[float, float], ...] = ((0.0, 0.0),)

    @property
    def length_s(self) -> float:
        return self.points[-1][0]

    @property
    def newton(self) -> float:
        return self.points[-1][1]

    def lean(self, to: float, over_s: float) -> "Hand":
        """Go to a force in a straight line."""
        return Hand((*self.points, (self.length_s + over_s, to)))

    def hold(self, s: float) -> "Hand":
        """Stay where the force is."""
        return self.lean(self.newton, s)

    def release(self, over_s: float) -> "Hand":
        return self.lean(0.0, over_s)

    def rest(self, s: float) -> "Hand":
        """Stay away."""
        return self.lean(0.0, 0.0).hold(s)

    def bump(self, newton: float, over_s: float) -> "Hand":
        """Press in one smooth wave, a raised cosine from nothing to a force and back."""
        start_s, steps = self.length_s, 60
        wave = tuple(
            (start_s + over_s * i / steps, newton * (1 - math.cos(2 * math.pi * i / steps)) / 2)
            for i in range(steps + 1)
        )
        return Hand((*self.points, *wave))

    def readings(
        self,
        rate_hz: float = 50.0,
        *,
        wobble: float = 0.0,
        seed: int = 1,
        shares: Sequence[float] = SHARES,
        from_s: float = 0.0,
        noise: float = PAD_NOISE,
    ) -> list[Input]:
        """Press the hand onto pads and read them; `wobble` 1 is an unsteady hand, 0.4 a steady one."""
        rng = random.Random(seed)
        force = self.force(wobble, rng)
        times_s = [i / rate_hz for i in range(round(self.length_s * rate_hz) + 1)]
        return press(force, times_s, rng, shares=shares, from_s=from_s, noise=noise)

    def force(self, wobble: float, rng: random.Random) -> Callable[[float], float]:
        """Return what the hand really gives at any time."""
        sway, ends_s = _sway(rng, wobble), [t_s for t_s, _ in self.points[1:]]

        def newton_at(t_s: float) -> float:
            segment = min(bisect_left(ends_s, t_s), len(ends_s) - 1)
            return _between(*self.points[segment : segment + 2], t_s) * (1 + sway(t_s))

        return newton_at


def press(
    force: Callable[[float], float],
    times_s: Iterable[float],
    rng: random.Random,
    *,
    shares: Sequence[float] = SHARES,
    from_s: float = 0.0,
    noise: float = PAD_NOISE,
) -> list[Input]:
    """Press a force onto pads and read them at these times."""
    inputs: list[Input] = []
    for at_s in times_s:
        newton = force(at_s)
        volts = [_volt(newton * share, 1 + noise * rng.gauss(0, 1)) for share in shares]
        inputs.append(Reading(round(from_s + at_s, 6), (*volts, SUPPLY_CODE * VOLT_PER_CODE)))
    return inputs


def by_pad(heel: "Hand", palm: "Hand", fingers: "Hand") -> list[Input]:
    """Press each pad by a hand of its own; as long as the shortest of them."""
    each = [
        heel.readings(shares=(1.0, 0.0, 0.0), seed=1),
        palm.readings(shares=(0.0, 1.0, 0.0), seed=2),
        fingers.readings(shares=(0.0, 0.0, 1.0), seed=3),
    ]
    return [
        Reading(first.t_s, (first.volts[0], second.volts[1], third.volts[2], first.volts[3]))
        for first, second, third in zip(*each, strict=False)
        if isinstance(first, Reading) and isinstance(second, Reading) and isinstance(third, Reading)
    ]


def _between(first: tuple[float, float], second: tuple[float, float], t_s: float) -> float:
    (t0, f0), (t1, f1) = first, second
    return f1 if t1 <= t0 else f0 + (f1 - f0) * min(max((t_s - t0) / (t1 - t0), 0.0), 1.0)


def _sway(rng: random.Random, wobble: float) -> Callable[[float], float]:
    """Return a wobble made of four sines a band."""
    waves = [
        (wobble * rms * math.sqrt(2 / 4), 2 * math.pi * rng.uniform(low_hz, high_hz), rng.uniform(0, 2 * math.pi))
        for low_hz, high_hz, rms in WOBBLE
        for _ in range(4)
    ]
    return lambda t_s: sum(size * math.sin(speed * t_s + phase) for size, speed, phase in waves)


@lru_cache(maxsize=100_000)
def _siemens(millinewton: int) -> float:
    newton = millinewton / 1000
    # Beyond the table the emulated pad goes on a little, as a real one does.
    return CURVE.siemens_from_newton(newton) if newton <= CURVE.last_newton else 1.05 * CURVE.last_siemens


def _volt(newton: float, noise: float) -> float:
    u = DIVIDER.fraction_from_siemens(_siemens(round(max(newton, 0.0) * 1000)) * noise)
    return round(u * 2 * SUPPLY_CODE) * VOLT_PER_CODE


# -- trouble and words: edits of the inputs -----------------------------------------------------------------


def spoil(inputs: Iterable[Input], pad: str, u: float, from_s: float, to_s: float = math.inf) -> list[Input]:
    """Let a pad read a fraction of the supply for a while, a code up or down, whatever the hand does."""
    code, spoilt = round(u * 2 * SUPPLY_CODE), list(inputs)
    for i, item in enumerate(spoilt):
        if isinstance(item, Reading) and from_s <= item.t_s < to_s:
            spoilt[i] = _with_volt(item, pad, (code + i % 2) * VOLT_PER_CODE)
    return spoilt


def squeeze(
    inputs: Iterable[Input], pad: str, newton: float, from_s: float = 0.0, to_s: float = math.inf
) -> list[Input]:
    """Let the glove itself press on a pad for a while, whatever the hand does."""
    rng, squeezed = random.Random(pad), list(inputs)
    for i, item in enumerate(squeezed):
        if isinstance(item, Reading) and from_s <= item.t_s < to_s:
            felt = _read_newton(round(item.volts[PADS.index(pad)] / VOLT_PER_CODE))
            squeezed[i] = _with_volt(item, pad, _volt(felt + newton, 1 + PAD_NOISE * rng.gauss(0, 1)))
    return squeezed


def freeze(inputs: Iterable[Input], pad: str, from_s: float, to_s: float = math.inf) -> list[Input]:
    """Let a pad repeat its newest code for a while."""
    frozen, volt = list(inputs), 0.0
    for i, item in enumerate(frozen):
        if isinstance(item, Reading) and from_s <= item.t_s < to_s:
            frozen[i] = _with_volt(item, pad, volt)
        elif isinstance(item, Reading):
            volt = item.volts[PADS.index(pad)]
    return frozen


def _with_volt(reading: Reading, pad: str, volt: float) -> Reading:
    at = PADS.index(pad)
    return replace(reading, volts=(*reading.volts[:at], volt, *reading.volts[at + 1 :]))


def silence(inputs: Iterable[Input], from_s: float, to_s: float) -> list[Input]:
    """Leave the inputs of a while out, as when the process was frozen."""
    return [item for item in inputs if not from_s <= item.t_s < to_s]


def drop(inputs: Iterable[Input], from_s: float, to_s: float = math.inf, reason: str = "bus hangs") -> list[Input]:
    """Let every sweep of a while fail."""
    return [Dropout(item.t_s, reason) if from_s <= item.t_s < to_s else item for item in inputs]


def say(inputs: Iterable[Input], *words: tuple[float, MarkWord]) -> list[Input]:
    """Put words in between, each before the reading of its time."""
    marks: list[Input] = [Mark(t_s, word) for t_s, word in words]
    return sorted([*marks, *inputs], key=lambda item: item.t_s)


def both(left: Iterable[Input], right: Iterable[Input]) -> list[Input]:
    """Let two hands work at once: each tick has a reading of the left glove, then one of the right."""
    rights = [replace(item, glove=1) if isinstance(item, Reading | Dropout) else item for item in right]
    return sorted([*left, *rights], key=lambda item: item.t_s)


# -- the session --------------------------------------------------------------------------------------------


@dataclass
class Told:
    """What a session said and showed."""

    events: list[Event] = field(default_factory=list)
    levels: list[tuple[float, Levels]] = field(default_factory=list)

    def of(self, kind: type[E]) -> list[E]:
        """All events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def words(self) -> list[str]:
        """The kinds of the events in their order, without cues, pads and pictures."""
        left_out = CueChanged | PadChanged | ForceSeen
        return [event.__struct_config__.tag for event in self.events if not isinstance(event, left_out)]

    @property
    def looks(self) -> list[str]:
        """The looks that began, in their order."""
        return [event.look for event in self.of(CueChanged) if event.on]

    def shown(self, look: Look) -> list[tuple[float, float]]:
        """From when to when a look showed."""
        times = [event.t_s for event in self.of(CueChanged) if event.look == look]
        return list(zip(times[::2], times[1::2], strict=True))

    @property
    def press(self) -> PressEnded:
        """The only press."""
        (press,) = self.of(PressEnded)
        return press

    @property
    def ending(self) -> SessionEnded:
        (ending,) = self.of(SessionEnded)
        return ending

    def sounds(self) -> list[tuple[float, float]]:
        """When each tone began, and how high it was."""
        tones = [(t_s, levels.tone_hz) for t_s, levels in self.levels]
        return [(t_s, tone) for (_, before), (t_s, tone) in pairwise(tones) if tone and tone != before]


def new_session(
    plan: Plan = FREE, rules: PadRules | None = None, pads: Sequence[str] = PADS, *, of_two: bool = False
) -> Session:
    if of_two:
        return Session(CALIBRATION.only(pads), DIVIDER, plan, rules, CALIBRATION)
    return Session(CALIBRATION.only(pads), DIVIDER, plan, rules)


def run(inputs: Sequence[Input], plan: Plan = FREE, rules: PadRules | None = None, pads: Sequence[str] = PADS) -> Told:
    """Tell a session its inputs, and an end after the last; hold it to its promises at every one of them."""
    of_two = any(isinstance(item, Reading | Dropout) and item.glove for item in inputs)
    session, told = new_session(plan, rules, pads, of_two=of_two), Told()
    promises = Promises(session)
    for item in inputs:
        said = session.feed(item)
        told.events += said
        told.levels.append((item.t_s, session.levels(item.t_s)))
        promises.check(item, said)
        if session.is_over:
            break
    end = End(inputs[-1].t_s, "finished")
    said = session.feed(end)
    told.events += said
    promises.check(end, said)
    promises.check_end(end.t_s)
    return told


def sense(inputs: Iterable[Input], limit_newton_per_s: float = FREE.slower_above_newton_per_s) -> list[PressEvent]:
    """What the hand did, by the sensing room alone."""
    glove, presses = Glove(CALIBRATION, DIVIDER, limit_newton_per_s), Presses(limit_newton_per_s)
    events: list[PressEvent] = []
    t_s = 0.0
    for item in inputs:
        t_s = item.t_s
        if isinstance(item, Reading):
            events += presses.feed(glove.feed(item))
    return events + presses.finish(t_s)


@dataclass
class _Worn:
    """What is known of one glove from its volts alone."""

    valid_s: list[float | None]
    read_s: float = 0.0
    over_since_s: float | None = None
    softer_until_s: float | None = None


class Promises:
    """What must be true of every session after every input."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._worn = [_Worn([None] * len(hand.glove.pads)) for hand in session.hands]
        self._shows_since_s: dict[str, float] = {}
        self._ceiling_newton = session.ceiling_newton

    def check(self, item: Input, said: Sequence[Event]) -> None:
        assert all(event.t_s == item.t_s for event in said), "an event bears the time of its input"
        if isinstance(item, Reading):
            self._take(item, self._worn[item.glove])
        self._cues_begin_and_end(item.t_s, said)
        if not self._session.is_over:
            self._p1_good_only_while_fresh(item.t_s)
            for worn in self._worn:
                self._p2_softer_in_time(item.t_s, worn)
            # A word and the reading of its tick come together, the word first.
            if not isinstance(item, Mark):
                self._p4_loss_is_shown(item.t_s)

    def check_end(self, t_s: float) -> None:
        assert self._session.is_over
        assert not self._shows_since_s, "every cue that began has ended"
        assert self._session.levels(t_s) == DARK

    def _take(self, reading: Reading, worn: _Worn) -> None:
        force, supply = 0.0, 2 * reading.volts[-1]
        # Across a hole nobody knows that the force was over the ceiling all the time.
        if reading.t_s - worn.read_s > FRESH_S:
            worn.over_since_s = None
        worn.read_s = reading.t_s
        pads = self._session.hands[reading.glove].glove.pads
        for i, (pad, volt) in enumerate(zip(pads, reading.volts, strict=False)):
            if pad.state not in {PadState.STUCK, PadState.LOOSE} and 0.019 <= volt / supply <= 0.95:
                worn.valid_s[i] = reading.t_s
                force += _read_newton(round(volt / VOLT_PER_CODE))
        if self._session.ceiling_newton != self._ceiling_newton:
            self._ceiling_newton = self._session.ceiling_newton
            for each in self._worn:
                each.over_since_s = None
        if force <= self._ceiling_newton:
            worn.over_since_s = None
        elif worn.over_since_s is None:
            worn.over_since_s = reading.t_s

    def _p1_good_only_while_fresh(self, t_s: float) -> None:
        times_s = [valid_s for worn in self._worn for valid_s in worn.valid_s]
        stale = [valid_s for valid_s in times_s if valid_s is None or t_s - valid_s > 0.2 + 1e-6]
        assert not stale or GOOD_WORDS.isdisjoint(self._session.looks), f"P1 at {t_s} s: {self._session.looks}"

    def _p2_softer_in_time(self, t_s: float, worn: _Worn) -> None:
        if t_s - worn.read_s > 0.1:
            worn.over_since_s = None
        if worn.over_since_s is not None and t_s - worn.over_since_s >= 0.1 and worn.softer_until_s is None:
            worn.softer_until_s = worn.over_since_s + 0.2
        if self._shows(Look.SOFTER, Look.STOP):
            worn.softer_until_s = None
        assert worn.softer_until_s is None or t_s < worn.softer_until_s + 1e-6, f"P2 at {t_s} s"

    def _p4_loss_is_shown(self, t_s: float) -> None:
        lost = any(t_s - (valid_s or 0.0) > 1.0 for worn in self._worn for valid_s in worn.valid_s)
        broken = any(pad.state in FAULTS for hand in self._session.hands for pad in hand.glove.pads)
        told = self._shows(Look.CHECK_GLOVE, Look.SOFTER, Look.STOP)
        assert told or not (lost or broken), f"P4 at {t_s} s: {self._session.looks}"

    def _shows(self, *looks: Look) -> bool:
        return not set(looks).isdisjoint(self._session.looks)

    def _cues_begin_and_end(self, t_s: float, said: Sequence[Event]) -> None:
        """A look begins, then ends; not before 0.7 s unless a more urgent one comes or it is forbidden."""
        changes = [event for event in said if isinstance(event, CueChanged)]
        rank = list(Look).index
        begun = [Look(event.look) for event in changes if event.on]
        for event in changes:
            assert TABLE[Look(event.look)].cue == event.cue
            assert event.on is (event.look not in self._shows_since_s), f"{event.look} at {t_s} s"
            if event.on:
                self._shows_since_s[event.look] = t_s
                continue
            lasted_s = t_s - self._shows_since_s.pop(event.look)
            # The same look beginning anew at that moment is no end for the eye.
            urgent = any(rank(look) <= rank(Look(event.look)) for look in begun)
            fresh = all(hand.glove.is_fresh(t_s) for hand in self._session.hands)
            forbidden = not fresh or self._session.is_over
            assert lasted_s >= SHOWS_AT_LEAST_S - 1e-6 or urgent or forbidden, f"{event.look} for {lasted_s} s"


@lru_cache(maxsize=40_000)
def _read_newton(code: int) -> float:
    u = code / (2 * SUPPLY_CODE)
    return CURVE.last_newton if u > 0.88 else CURVE.newton_from_siemens(DIVIDER.siemens_from_fraction(u))

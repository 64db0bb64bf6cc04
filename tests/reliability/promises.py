"""P1 to P8 of the design, asserted on what a person saw and heard, against what was true.

Which lights are good ones is read from the pins: green always (heartbeat, praise, next), and blue without amber (a
hold, or "let go early"); blue with amber is "let go more gently", which praises nothing. What no hardware can show by
its nature stands in `NATURE`, with the reason, and nowhere else.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from coach.cues import CHECK_GLOVE_AT_LEAST_S, STOP_SHOWS_S, Look
from coach.tape import TapeReader
from hardware.board import PADS
from hardware.emulated.faults import Fault
from sensing.inputs import Reading

from .watched import WATCH_EVERY_S, Sample, Seen

# The pins are looked at every 10 ms.
_NEXT_LOOK_S = WATCH_EVERY_S + 1e-6
FRESH_S, FRESH_WHEN_FROZEN_S = 0.2, 0.5
# Half of a blink of 2 Hz, and a look.
_BLINKS_WITHIN_S = 0.26
# Values older than that count for nothing (facts: 5 sweeps).
_USABLE_S = 0.1
# What a pad may read too little (facts, A11), and too much.
_SURELY_OVER, _PERHAPS_OVER = 1.1, 0.85
_FULL_CEILING_NEWTON = 20.0
# Of the limit of 4 N/s: below it nothing is too fast.
_PERHAPS_FAST_NEWTON_PER_S = 2.8
_RATE_OVER_S = 0.3
# A warning lasts 0.7 s, and what it is drawn from is smoothed.
_WARNS_FOR_S = 1.5
# Her "too much" is a question for 1.6 s after the press, and shows for 0.7 s at least.
_HERS_LASTS_S = 2.5
# A hold waits 2 s for the hand to come back; then it is told for 2 s that it was let go early.
_TOUCHED_WITHIN_S = 4.6
_HALF_A_MINUTE_S = 29.0
# Trust comes back after 2 s of clean sweeps, at most 3 s after the fault is gone.
_TRUST_FROM_S, _TRUST_UNTIL_S = 1.95, 3.0
# A loss that short need not be told: it may lie between two looks of the session.
_SURELY_LOST_S = 0.3
_HIGHEST_HZ = 2.8
# Each light once for less than half a second, soon after the first good sweep.
_GREETS_WITHIN_S, _GREETING_S = 3.0, 0.5


@dataclass(frozen=True, slots=True)
class Nature:
    """What cannot be shown, or shows in another way, and why.

    Attributes:
        why: The reason.
        seems_well: Its pad's values look like those of a pad at rest, so that nothing can be told of it at once.
        warns_softer: It is told as too much force that came too fast, which no hand gave.
        distrusted_after: No trust comes back when it seems over.
        says_nothing: Her press is not seen.
    """

    why: str
    seems_well: bool = False
    warns_softer: bool = False
    distrusted_after: bool = False
    says_nothing: bool = False


NATURE: dict[str, Nature] = {
    "torn": Nature(
        "torn beyond its resistor a pad reads as untouched; it is told as silent after a minute of the others' work",
        seems_well=True,
    ),
    "crushed": Nature(
        "shorted inside a pad reads as more than it can tell: slower and softer, which errs to the safe side; a fault"
        " after 30 s",
        warns_softer=True,
    ),
    "intermittent": Nature(
        "a wire that opened three times in a minute is not trusted again, because it is the same wire",
        distrusted_after=True,
    ),
    "shorted": Nature("a normally closed button whose wires touch never reads as pressed", says_nothing=True),
}


@dataclass(frozen=True)
class Violation:
    """One promise that was broken: which, when, and in words."""

    promise: str
    t_s: float
    words: str

    def __str__(self) -> str:
        return f"{self.promise} at {self.t_s:.2f} s: {self.words}"


@dataclass
class Judge:
    """Looks at one session again, sample by sample.

    Attributes:
        seen: What was seen.
        faults: What was wrong with the glove.
    """

    seen: Seen
    faults: Sequence[Fault] = ()
    _samples: list[Sample] = field(default_factory=list)
    _times_s: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._samples = self.seen.samples
        self._times_s = [sample.t_s for sample in self._samples]
        self._natures = [(fault, NATURE[fault.kind]) for fault in self.faults if fault.kind in NATURE]
        seems_well = [PADS.index(fault.part) for fault, nature in self._natures if nature.seems_well]
        self._pads = [i for i in range(len(PADS)) if i not in seems_well]
        self._never_again = {
            PADS.index(fault.part): fault.from_s for fault, nature in self._natures if nature.distrusted_after
        }

        self._first_s = next((one.t_s for one in self._samples if self._oldest_s(one) < FRESH_S), inf)

    def violations(self) -> list[Violation]:
        """Return the first violation of each promise."""
        checks: tuple[tuple[str, Callable[[], Iterator[tuple[float, str]]]], ...] = (
            ("P1", self._p1_good_only_while_fresh),
            ("P2", self._p2_softer_in_time),
            ("P3", self._p3_no_cue_of_an_invalid_value),
            ("P4", self._p4_loss_is_shown),
            ("P4", self._trust_comes_back),
            ("P5", self._p5_dark_after_the_end),
            ("P6", self._p6_the_tape_opens),
            ("P7", self._p7_her_word_is_first),
            ("LS", self._lights_and_sounds),
            ("CG", self._check_glove_lasts),
        )
        found: dict[str, Violation] = {}
        for promise, check in checks:
            for t_s, words in check():
                found.setdefault(promise, Violation(promise, t_s, words))
                break
        return list(found.values())

    # -- what was true --------------------------------------------------------------------------------------

    def _running(self) -> Iterator[Sample]:
        return (sample for sample in self._samples if sample.t_s < self.seen.ended_s)

    def _lately(self, t_s: float, within_s: float, what: Callable[[Sample], bool]) -> bool:
        first, last = bisect_left(self._times_s, t_s - within_s - 1e-6), bisect_left(self._times_s, t_s + 1e-6)
        return any(what(sample) for sample in self._samples[first:last])

    def _oldest_s(self, sample: Sample) -> float:
        """The age of the newest valid value of the pad that has the oldest."""
        return sample.t_s - min(sample.valid_s[i] for i in self._pads)

    @staticmethod
    def _is_good(sample: Sample) -> bool:
        return sample.green or (sample.blue and not sample.amber)

    @staticmethod
    def _is_told(sample: Sample) -> bool:
        return sample.amber or sample.red

    def _is_greeting(self, sample: Sample) -> bool:
        alone = sample.green + sample.amber + sample.blue + sample.red == 1
        return alone and 0 <= sample.t_s - self._first_s < _GREETS_WITHIN_S and sample.tone_hz is None

    def _over_newton(self, sample: Sample, *, only_valid: bool) -> float:
        """How far the true force is over the ceiling, as a part of it; of the pads with a usable value."""
        ceiling = min(sample.ceiling_newton, _FULL_CEILING_NEWTON)
        newton = 0.0
        for i in range(len(PADS)):
            usable = sample.t_s - sample.valid_s[i] <= _USABLE_S and sample.t_s < self._never_again.get(i, inf)
            newton += sample.newton[i] if usable or not only_valid else 0.0
        return newton / ceiling

    # -- P1 to P8 -------------------------------------------------------------------------------------------

    def _p1_good_only_while_fresh(self) -> Iterator[tuple[float, str]]:
        asleep_s = -inf
        found: list[tuple[Sample, float]] = []
        for sample in self._samples:
            if not sample.is_awake:
                asleep_s = sample.t_s
            limit_s = FRESH_S if sample.is_awake else FRESH_WHEN_FROZEN_S
            if self._is_good(sample) and self._oldest_s(sample) > limit_s:
                found.append((sample, sample.t_s - asleep_s))
        if found:
            first, awake_s = found[0]
            worst_s = max(self._oldest_s(sample) for sample, _ in found)
            woke = f", {awake_s:.2f} s after the loop woke" if awake_s < 1 else ""
            looks = f"{len(found)} looks, at most {worst_s:.3f} s"
            yield (
                first.t_s,
                f"{_lit(first)} lit, the newest valid value is {self._oldest_s(first):.3f} s old ({looks}){woke}",
            )

    def _p2_softer_in_time(self) -> Iterator[tuple[float, str]]:
        over_s: float | None = None
        for sample in self._running():
            if self._over_newton(sample, only_valid=True) <= _SURELY_OVER or not sample.is_guarded:
                over_s = None
                continue
            over_s = sample.t_s if over_s is None else over_s
            due = sample.t_s - over_s > 0.2 + _NEXT_LOOK_S
            if due and not self._lately(sample.t_s, _BLINKS_WITHIN_S, lambda one: one.red):
                yield sample.t_s, f"over the ceiling since {over_s:.2f} s, and no red"

    def _p3_no_cue_of_an_invalid_value(self) -> Iterator[tuple[float, str]]:
        warns_softer = [fault for fault, nature in self._natures if nature.warns_softer]
        down_s: float | None = None
        said_stop = False
        contact_s: float | None = None
        for sample in self._running():
            down_s = (sample.t_s if down_s is None else down_s) if sample.mama_down else None
            said_stop |= down_s is not None and sample.t_s - down_s >= 1.0
            if sum(sample.newton) > 0.5:
                contact_s = sample.t_s if contact_s is None else contact_s
            elif not self._lately(sample.t_s, 2.0, lambda one: sum(one.newton) > 0.5):
                contact_s = None
            if self._is_greeting(sample):
                continue
            asked = said_stop or Look.STOP in sample.looks
            asked = asked or any(fault.from_s <= sample.t_s < fault.to_s + _WARNS_FOR_S for fault in warns_softer)
            if sample.red and not asked and not self._is_too_much_lately(sample):
                yield sample.t_s, f"red, and the force is {sum(sample.newton):.1f} N"
            is_slower = Look.SLOWER in sample.looks and sample.amber
            if is_slower and not asked and not self._was_fast(sample):
                yield sample.t_s, "slower, and the force does not rise"
            if (sample.blue or (sample.green and Look.WATCHING not in sample.looks)) and not self._lately(
                sample.t_s, _TOUCHED_WITHIN_S, lambda one: sum(one.newton) > 0.2
            ):
                yield sample.t_s, f"{_lit(sample)}, and nobody touched"
            # A loop that wakes has the looks of long ago until its next tick, and shows none of them.
            shows = sample.is_awake and (sample.green or sample.tone_hz is not None)
            if (
                shows
                and Look.ENOUGH in sample.looks
                and (contact_s is None or sample.t_s - contact_s < _HALF_A_MINUTE_S)
            ):
                yield sample.t_s, "praised for a hold that was none"

    def _is_too_much_lately(self, sample: Sample) -> bool:
        return self._lately(sample.t_s, _HERS_LASTS_S, lambda one: one.mama_down) or self._lately(
            sample.t_s, _WARNS_FOR_S, lambda one: self._over_newton(one, only_valid=False) > _PERHAPS_OVER
        )

    def _felt_newton(self, sample: Sample) -> list[float]:
        """What the pads can feel: a torn one feels nothing, and its return is as quick as a touch."""
        torn = [fault.part for fault, nature in self._natures if nature.seems_well and fault.is_on(sample.t_s)]
        return [0.0 if pad in torn else newton for pad, newton in zip(PADS, sample.newton, strict=True)]

    def _was_fast(self, sample: Sample) -> bool:
        """Whether the true force of any pad, or their sum, rose quickly in the last second and a half."""
        step = round(_RATE_OVER_S / WATCH_EVERY_S)
        last = bisect_left(self._times_s, sample.t_s + 1e-6)
        window = self._samples[max(0, last - round((_WARNS_FOR_S + _RATE_OVER_S) / WATCH_EVERY_S)) : last]
        felt = [self._felt_newton(sample) for sample in window]
        for before, now in zip(felt, felt[step:], strict=False):
            rises = [b - a for a, b in zip(before, now, strict=True)]
            if max(*rises, sum(rises)) / _RATE_OVER_S > _PERHAPS_FAST_NEWTON_PER_S:
                return True
        return False

    def _p4_loss_is_shown(self) -> Iterator[tuple[float, str]]:
        for sample in self._running():
            lost = min(self._oldest_s(sample), sample.t_s) > 1.0 + _NEXT_LOOK_S
            if not lost or not sample.is_guarded:
                continue
            if sample.is_awake:
                told = self._lately(sample.t_s, _BLINKS_WITHIN_S, lambda one: self._is_told(one) or not one.is_awake)
            else:
                told = not self._is_good(sample)
            if not told:
                yield sample.t_s, f"{_lit(sample)}, and a pad is lost for {self._oldest_s(sample):.2f} s"

    def _trust_comes_back(self) -> Iterator[tuple[float, str]]:
        if self._never_again:
            return
        softer_alone = any(nature.warns_softer for _, nature in self._natures)
        lost_s = back_s = None
        covered_s = -inf
        for sample in self._running():
            if self._oldest_s(sample) > FRESH_S or not sample.is_awake:
                long = min(self._oldest_s(sample), sample.t_s) > _SURELY_LOST_S
                lost_s, back_s = sample.t_s if long else lost_s, None
            elif lost_s is not None and back_s is None:
                back_s = sample.t_s
            if back_s is None or Look.STOP in sample.looks or not sample.is_guarded:
                continue
            since_s = sample.t_s - back_s
            if sample.red:
                covered_s = sample.t_s
            told = self._lately(sample.t_s, _BLINKS_WITHIN_S, self._is_told)
            if 0.1 < since_s < _TRUST_FROM_S and not told and not softer_alone:
                yield sample.t_s, f"trusted again {since_s:.2f} s after the loss"
            # What a higher cue covered comes up again for its two seconds.
            late_s = sample.t_s - max(back_s + _TRUST_UNTIL_S, covered_s + CHECK_GLOVE_AT_LEAST_S + _BLINKS_WITHIN_S)
            if late_s > _NEXT_LOOK_S and Look.CHECK_GLOVE in sample.looks:
                yield sample.t_s, f"not yet trusted again {since_s:.2f} s after the loss"

    def _p5_dark_after_the_end(self) -> Iterator[tuple[float, str]]:
        for sample in self._samples:
            if sample.t_s > self.seen.ended_s + 1.0 and not sample.is_dark:
                yield sample.t_s, f"{_lit(sample)} lit {sample.t_s - self.seen.ended_s:.2f} s after the end"

    def _p6_the_tape_opens(self) -> Iterator[tuple[float, str]]:
        writer = self.seen.writer
        if writer is None:
            return
        if writer.path is None:
            yield self.seen.ended_s, f"no tape: {writer.trouble}"
            return
        with writer.path.open("rb") as file:
            reader = TapeReader(file, str(writer.path))
            kept_s = [item.t_s for item in reader if isinstance(item, Reading)]
        if reader.damaged_lines:
            yield self.seen.ended_s, f"{reader.damaged_lines} damaged lines: {reader.first_damage}"
        fed_s = self.seen.read_s
        if kept_s != fed_s[: len(kept_s)]:
            yield self.seen.ended_s, "the tape has other readings than the session"
        elif writer.trouble is None and fed_s and fed_s[-1] - (kept_s or [0.0])[-1] > 1.0:
            yield self.seen.ended_s, f"{fed_s[-1] - (kept_s or [0.0])[-1]:.2f} s of readings are missing"

    def _p7_her_word_is_first(self) -> Iterator[tuple[float, str]]:
        down_s: float | None = None
        stop_s: float | None = None
        for sample in self._running():
            if not sample.is_guarded:
                down_s = stop_s = None
                continue
            down_s = (sample.t_s if down_s is None else down_s) if sample.mama_down else None
            if down_s is None:
                pass
            elif stop_s is None and sample.t_s - down_s >= 1.0:
                stop_s = sample.t_s
            elif sample.t_s - down_s > 0.1 + _NEXT_LOOK_S and not self._lately(
                sample.t_s, _BLINKS_WITHIN_S, lambda one: one.red
            ):
                yield sample.t_s, f"her button is down since {down_s:.2f} s, and no red"
            if stop_s is None:
                continue
            stopped_for_s = sample.t_s - stop_s
            if stopped_for_s > 0.1 + _NEXT_LOOK_S and (sample.green or sample.amber or sample.blue):
                yield sample.t_s, f"{_lit(sample)} lit {stopped_for_s:.2f} s after her stop"
            if 0.1 + _NEXT_LOOK_S < stopped_for_s < STOP_SHOWS_S - 0.1 and not sample.red:
                yield sample.t_s, f"no red {stopped_for_s:.2f} s after her stop"

    # -- lights and sounds ----------------------------------------------------------------------------------

    def _lights_and_sounds(self) -> Iterator[tuple[float, str]]:
        rises: dict[str, list[float]] = {light: [] for light in ("green", "amber", "blue", "red")}
        tone_s: float | None = None
        for before, sample in pairwise(self._samples):
            for light, at_s in rises.items():
                if getattr(sample, light) and not getattr(before, light):
                    at_s.append(sample.t_s)
                    # Three whole periods: what is quicker than that flashes faster than it may.
                    if len(at_s) > 3 and at_s[-1] - at_s[-4] < 3 / _HIGHEST_HZ - 2 * _NEXT_LOOK_S:
                        yield sample.t_s, f"{light} flashes at {3 / (at_s[-1] - at_s[-4]):.1f} Hz"
            if sample.green and sample.amber:
                yield sample.t_s, "green with amber"
            same_tone = sample.tone_hz is not None and sample.tone_hz == before.tone_hz
            tone_s = (tone_s if same_tone else sample.t_s) if sample.tone_hz is not None else None
            if tone_s is not None and sample.t_s - tone_s > 1.0 + _NEXT_LOOK_S:
                yield sample.t_s, f"a tone of {sample.t_s - tone_s:.2f} s"

    def _check_glove_lasts(self) -> Iterator[tuple[float, str]]:
        since_s: float | None = None
        for sample in self._running():
            if not sample.is_awake or not sample.is_guarded:
                since_s = None
            elif Look.CHECK_GLOVE in sample.looks:
                since_s = sample.t_s if since_s is None else since_s
            elif not {Look.SOFTER, Look.STOP}.isdisjoint(sample.looks):
                since_s = None
            elif since_s is not None:
                if sample.t_s - since_s < CHECK_GLOVE_AT_LEAST_S - 2 * _NEXT_LOOK_S:
                    yield sample.t_s, f"look after the glove for {sample.t_s - since_s:.2f} s only"
                since_s = None


def _lit(sample: Sample) -> str:
    lights = [name for name in ("green", "amber", "blue", "red") if getattr(sample, name)]
    return " and ".join(lights) or "all dark"

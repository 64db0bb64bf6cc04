"""The live source of inputs: sweeps at planned times, words of the buttons, and the wish to end.

Pace comes from planned times, so lateness does not add up; a tick that is missed is counted, not caught up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from hardware.clock import Clock
from hardware.trouble import BusTrouble
from sensing.inputs import Dropout, End, EndReason, Input, Mark, Notice, NoticeWord, Reading

from .lights import Lights
from .power_watch import PowerWatch
from .refusal import Refusal

# Half a tick: what is later than this may be felt as jitter of the lights.
LATE_AFTER_S = 0.01


# Of a glove; slower than this a warning comes later than is promised.
LEAST_SWEEPS_HZ = 20


def refuse_too_few_sweeps(sweeps_hz: int, gloves: int) -> None:
    """Let no two gloves share what is enough for one.

    Raises:
        Refusal: They would.
    """
    if sweeps_hz < gloves * LEAST_SWEEPS_HZ:
        raise Refusal(
            f"adc.sweeps_hz is {sweeps_hz}, and two gloves share them: each needs {LEAST_SWEEPS_HZ} a second - "
            f"set it to {gloves * LEAST_SWEEPS_HZ} or more in glove.toml"
        )


class Sweeps(Protocol):
    """Who sweeps the channels of one glove."""

    def sweep(self) -> tuple[float, float, float, float]:
        """Return volts at heel, palm, fingers and the supply's midpoint, or raise BusTrouble."""


@dataclass(slots=True)
class Pace:
    """How well the ticks kept their time."""

    ticks: int = 0
    late: int = 0
    missed: int = 0
    worst_s: float = 0.0

    def note(self, late_s: float) -> None:
        """Count one tick."""
        self.ticks += 1
        self.late += late_s > LATE_AFTER_S
        self.worst_s = max(self.worst_s, late_s)


class LiveSource:
    """Inputs from a real or an emulated glove, until somebody asks for the end.

    Args:
        adcs: The glove's converter; of two gloves the left one's, then the right one's.
        lights: Who knows what the buttons say, and whether the lights can be had.
        clock: Real or virtual.
        sweeps_hz: Sweeps a second; two gloves share them.
        length_s: End by itself after this long; None for as long as anybody likes.
        power: Who looks at the Pi's power, if anybody does.

    Attributes:
        ending: Set it, from a signal handler too, and the source ends with that reason at the next tick.
        pace: How well the ticks kept their time.
    """

    def __init__(
        self,
        adcs: Sequence[Sweeps],
        lights: Lights,
        clock: Clock,
        sweeps_hz: int,
        length_s: float | None = None,
        power: PowerWatch | None = None,
    ) -> None:
        self._adcs, self._lights, self._clock, self._power = adcs, lights, clock, power
        self._are_lost = False
        # Both in one tick, so that they have one time; each sweep is bounded as if it were alone.
        self._period_s = len(adcs) / sweeps_hz
        self._length_s = length_s
        self.ending: EndReason | None = None
        self.pace = Pace()

    def __iter__(self) -> Iterator[Input]:
        """Yield inputs tick by tick; the last one is an End."""
        start_s = self._clock.now_s()
        tick = 0
        while True:
            planned_s = tick * self._period_s
            self._clock.sleep_until(start_s + planned_s)
            # To the microsecond, which is what the tape keeps: live and replay must be fed the same time.
            t_s = round(self._clock.now_s() - start_s, 6)
            self.pace.note(t_s - planned_s)
            if self.ending is None and self._length_s is not None and t_s >= self._length_s:
                self.ending = "finished"
            if self.ending is not None:
                yield End(t_s, self.ending)
                return
            yield from self._tick(t_s)
            after_s = self._clock.now_s() - start_s
            due = max(tick + 1, int(after_s / self._period_s))
            self.pace.missed += due - tick - 1
            tick = due

    def _tick(self, t_s: float) -> Iterator[Input]:
        for word in self._lights.words():
            yield Mark(t_s, word)
        for notice in self._notices():
            yield Notice(t_s, notice)
        for glove, adc in enumerate(self._adcs):
            try:
                item: Input = Reading(t_s, adc.sweep(), glove)
            except BusTrouble as trouble:
                item = Dropout(t_s, trouble.reason, glove)
            yield item

    def _notices(self) -> Iterator[NoticeWord]:
        if self._lights.are_lost is not self._are_lost:
            self._are_lost = not self._are_lost
            yield "lights_lost" if self._are_lost else "lights_back"
        if self._power is not None:
            yield from self._power.news()

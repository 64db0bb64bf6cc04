"""The live source of inputs: sweeps at planned times, words of the buttons, and the wish to end.

Pace comes from planned times, so lateness does not add up; a tick that is missed is counted, not caught up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.ads1115 import GloveAdc
from hardware.clock import Clock
from hardware.trouble import BusTrouble
from sensing.inputs import Dropout, End, EndReason, Input, Mark, Notice, NoticeWord, Reading

from .lights import Lights
from .power_watch import PowerWatch

# Half a tick: what is later than this may be felt as jitter of the lights.
LATE_AFTER_S = 0.01


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
        adc: The glove's converter.
        lights: Who knows what the buttons say, and whether the lights can be had.
        clock: Real or virtual.
        sweeps_hz: Sweeps a second.
        length_s: End by itself after this long; None for as long as anybody likes.
        power: Who looks at the Pi's power, if anybody does.

    Attributes:
        ending: Set it, from a signal handler too, and the source ends with that reason at the next tick.
        pace: How well the ticks kept their time.
    """

    def __init__(
        self,
        adc: GloveAdc,
        lights: Lights,
        clock: Clock,
        sweeps_hz: int,
        length_s: float | None = None,
        power: PowerWatch | None = None,
    ) -> None:
        self._adc, self._lights, self._clock, self._power = adc, lights, clock, power
        self._are_lost = False
        self._period_s = 1 / sweeps_hz
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
        try:
            yield Reading(t_s, self._adc.sweep())
        except BusTrouble as trouble:
            yield Dropout(t_s, trouble.reason)

    def _notices(self) -> Iterator[NoticeWord]:
        if self._lights.are_lost is not self._are_lost:
            self._are_lost = not self._are_lost
            yield "lights_lost" if self._are_lost else "lights_back"
        if self._power is not None:
            yield from self._power.news()

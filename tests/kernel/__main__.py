"""How soon a cue is at its pin, by the kernel's own clock: from the conversion of the sample to the level of the line.

    python -m tests.kernel

Once in virtual time, in which nothing but the wires and the waiting takes time, and once in true time, in which the
program and this kernel, a guest on a shared machine, take theirs.
"""

import os
import statistics
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from coach.cues import Look
from coach.events import CueChanged
from coach.tape import TapeReader
from hardware.board import DEFAULT_BOARD
from sensing.inputs import Dropout, Reading

from .bench import NO_KERNEL, Bench, Scene, kernel_in
from .record import Record

_LIGHTS = {
    Look.SLOWER: ("amber",),
    Look.SOFTER: ("red",),
    Look.HOLD: ("blue",),
    Look.CHECK_GLOVE: ("amber",),
    Look.EASE_OFF: ("amber", "blue"),
    Look.ENOUGH: ("green",),
}
# A tick and its first conversion are as far apart as those of the first one, but for less than half a tick.
_APART_WITHIN_S = 0.5 / DEFAULT_BOARD.adc.sweeps_hz
# What is later than this is another cue.
_BELONGS_WITHIN_S = 0.3
_HANDS = ("hasty", "heavy")
LASTS_S = 45.0


def latencies_s(record: Record, tape: Path) -> Iterator[float]:
    """Yield how long after its sample each cue was at the pin of its light.

    Counted from the first pad's conversion in the sweep that caused it: the oldest value in it.
    """
    sampled_s = [one.t_s for one in record.conversions if one.channel == DEFAULT_BOARD.pads.heel]
    with tape.open("rb") as file:
        items = list(TapeReader(file, str(tape)))
    # The record's time begins with the first conversion of all, a session's with its first tick.
    apart_s = sampled_s[0] - next(item.t_s for item in items if isinstance(item, Reading | Dropout))
    cues = [item for item in items if isinstance(item, CueChanged) and item.on]
    for cue in cues:
        at = bisect_left(sampled_s, cue.t_s + apart_s - _APART_WITHIN_S)
        if at == len(sampled_s):
            continue
        lights = _LIGHTS.get(Look(cue.look), ())
        ons_s = [on_s for light in lights for on_s, _ in record.shows(light) if on_s >= sampled_s[at]]
        if ons_s and min(ons_s) - sampled_s[at] < _BELONGS_WITHIN_S:
            yield min(ons_s) - sampled_s[at]


def main() -> int:
    """Play the scenes and print the table."""
    with tempfile.TemporaryDirectory() as name:
        kernel = kernel_in(Path(name))
        if kernel is None:
            sys.exit(f"kernel-latency: {NO_KERNEL}")
        _table(Bench(kernel, Path(name)))
    return 0


def _table(bench: Bench) -> None:
    # In true time everything else that computes on this machine is in it.
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    print("| time | cues | median | 95 % | worst | sweeps lost |\n|---|---|---|---|---|---|")
    for true_time in (False, True):
        found_s, lost = list[float](), 0
        for hand in _HANDS:
            played = bench.play(Scene(hand=hand, lasts_s=LASTS_S, true_time=true_time))
            record = Record(played)
            found_s += latencies_s(record, played.tapes()[-1])
            lost += round(LASTS_S * DEFAULT_BOARD.adc.sweeps_hz) - len(record.readings)
        found_s.sort()
        swept = round(LASTS_S * DEFAULT_BOARD.adc.sweeps_hz) * len(_HANDS)
        kind = "true" if true_time else "virtual"
        print(f"| {kind} | {len(found_s)} | {_shown(found_s)} | {max(0, lost)} of {swept} |", flush=True)


def _shown(found_s: list[float]) -> str:
    """Return the median, the value that 5 % exceed, and the worst, as cells."""
    if not found_s:
        return "- | - | -"
    late_s = found_s[min(len(found_s) - 1, round(0.95 * len(found_s)))]
    return " | ".join(f"{1000 * one_s:.0f} ms" for one_s in (statistics.median(found_s), late_s, found_s[-1]))


if __name__ == "__main__":
    sys.exit(main())

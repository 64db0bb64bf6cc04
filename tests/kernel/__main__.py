"""How soon a cue is at its pin, by the kernel's own clock: from the conversion of the sample to the level of the line.

    python -m tests.kernel

Once in virtual time, in which nothing but the wires and the waiting takes time, and once in true time, in which the
program and this kernel, a guest on a shared machine, take theirs.
"""

import statistics
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from coach.cues import Look
from coach.events import CueChanged
from coach.tape import TapeReader
from hardware.board import DEFAULT_BOARD

from .bench import Bench, Scene, kernel_in
from .record import Record

_LIGHTS = {
    Look.SLOWER: ("amber",),
    Look.SOFTER: ("red",),
    Look.HOLD: ("blue",),
    Look.CHECK_GLOVE: ("amber",),
    Look.EASE_OFF: ("amber", "blue"),
    Look.ENOUGH: ("green",),
}
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
        cues = [item for item in TapeReader(file, str(tape)) if isinstance(item, CueChanged) and item.on]
    for cue in cues:
        at = bisect_left(sampled_s, cue.t_s)
        ons_s = [
            on_s for light in _LIGHTS.get(Look(cue.look), ()) for on_s, _ in record.shows(light) if on_s >= cue.t_s
        ]
        if at < len(sampled_s) and ons_s and min(ons_s) - cue.t_s < _BELONGS_WITHIN_S:
            yield min(ons_s) - sampled_s[at]


def main() -> int:
    """Play the scenes and print the table."""
    print("| time | cues | median | 95 % | worst | sweeps lost |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(kernel_in(Path(name)), Path(name))
        for true_time in (False, True):
            found_s, lost = list[float](), 0
            for hand in _HANDS:
                played = bench.play(Scene(hand=hand, lasts_s=LASTS_S, true_time=true_time))
                record = Record(played)
                found_s += latencies_s(record, played.tapes()[-1])
                lost += round(LASTS_S * DEFAULT_BOARD.adc.sweeps_hz) - len(record.readings)
            found_s.sort()
            late = found_s[min(len(found_s) - 1, round(0.95 * len(found_s)))]
            swept = round(LASTS_S * DEFAULT_BOARD.adc.sweeps_hz) * len(_HANDS)
            shown = " | ".join(f"{1000 * late_s:.0f} ms" for late_s in (statistics.median(found_s), late, found_s[-1]))
            kind = "true" if true_time else "virtual"
            print(f"| {kind} | {len(found_s)} | {shown} | {max(0, lost)} of {swept} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

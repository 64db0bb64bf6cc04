"""Campaign B: pads and buttons. Parts as they are sold, wires as they break, buttons as they bounce."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from coach.cues import Look
from coach.events import Marked, PadChanged
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.faults import Fault
from hardware.emulated.fsr import CREEP_SHARE, EmulatedPads, Newtons3
from sensing.pads import FAULTS, PadState
from tests.firmware.pins import Pins
from tests.firmware.test_guardian import test_a_button_that_is_down_before_anything_began_is_told
from tests.sensing import test_components as components
from tests.tolerances import parts

from .promises import Judge
from .table import Row
from .watched import Sample, Seen, Watched

SEED = 20261122
_SHARES = (0.4, 0.33, 0.27)


def rows(share: float) -> Iterator[Row]:
    """Yield B1 to B8 of the catalogue; B6 is with the false cues, in `hours`."""
    yield _b1()
    yield _b2()
    yield _b3()
    yield _b4(max(1, round(10 * share)))
    yield _b5(max(1, round(10 * share)))
    yield from _b7(round(1000 * share), max(2, round(20 * share)))
    yield _b8(max(1, round(10 * share)))


@dataclass
class Still:
    """A hand that does what a table of times and newtons says, and presses buttons at times."""

    points: tuple[tuple[float, float], ...]
    mama_s: tuple[tuple[float, float], ...] = ()
    shares: Newtons3 = _SHARES

    def force_newton(self, t_s: float) -> Newtons3:
        whole = 0.0
        for (from_s, low), (to_s, high) in zip(self.points, self.points[1:], strict=False):
            if from_s <= t_s < to_s:
                whole = low + (high - low) * (t_s - from_s) / (to_s - from_s)
        heel, palm, fingers = self.shares
        return whole * heel, whole * palm, whole * fingers

    def mama_down(self, t_s: float) -> bool:
        return any(from_s <= t_s < to_s for from_s, to_s in self.mama_s)

    def partner_down(self, t_s: float) -> bool:  # noqa: ARG002 - his hands are at work
        return False


def _states(seen: Seen, pad: str, state: PadState) -> list[float]:
    return [e.t_s for e in seen.events if isinstance(e, PadChanged) and (e.pad, e.state) == (pad, state)]


# -- B1 and B2: ten thousand gloves -------------------------------------------------------------------------


def _told(broken: Any, state: PadState) -> tuple[float, int]:
    """When the last of ten thousand pads was told, and how many were not told as what they are."""
    judgements = components.judged((components.anyhow, components.WELL), (broken, components.BROKEN))
    wrong = sum(states[-1] is not state for states, _ in judgements)
    return max(states.index(state) / 50 if state in states else 9.9 for states, _ in judgements), wrong


def _b1() -> Row:
    told_s, wrong = _told(parts.cut, PadState.OPEN)
    well = (parts.untouched, parts.lightly, parts.fully)
    false = sum(not FAULTS.isdisjoint(states) for stage in well for states, _ in components.judged((stage, 15)))
    return Row(
        "B1 a pad's wire is open",
        f"{components.GLOVES} gloves broken, {3 * components.GLOVES} well",
        "OPEN within 200 ms, 100 %; 0 false",
        f"{told_s * 1000:.0f} ms at most, {wrong} not told, {false} false",
        told_s <= 0.2 and not wrong and not false,
    )


def _b2() -> Row:
    shorts = ((parts.at_the_supply, PadState.SHORT), (parts.without_ground, PadState.SHORT), (parts.cut, PadState.OPEN))
    told = [_told(broken, state) for broken, state in shorts]
    told_s, wrong = max(at_s for at_s, _ in told), sum(n for _, n in told)
    return Row(
        "B2 shorts and a lost ground",
        f"{components.GLOVES} gloves, each three ways",
        "SHORT or OPEN within 200 ms, 100 %",
        f"{told_s * 1000:.0f} ms at most, {wrong} not told",
        told_s <= 0.2 and not wrong,
    )


# -- B3 to B5: wires and pads that break in a session -------------------------------------------------------

_HOLD = ((0.0, 0.0), (2.0, 0.0), (6.0, 10.0), (400.0, 10.0))


def _on_all_cores(play: Callable[..., Any], *arguments: Iterable[Any]) -> list[Any]:
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(play, *arguments))


def _crushed(pad: str, at_s: float) -> tuple[float, float, int]:
    """Return when it was red, when it was a fault, and how many promises broke."""
    fault = Fault(pad, "crushed", at_s)
    seen = Watched(Still(_HOLD), at_s + 33.0, faults=[fault], seed=SEED).play()
    red_s = next(sample.t_s for sample in seen.samples if sample.red and sample.t_s >= at_s)
    stuck_s = (_states(seen, pad, PadState.STUCK) or [99.0])[0]
    return red_s - at_s, stuck_s - at_s, len(Judge(seen, [fault]).violations())


def _b3() -> Row:
    cases = list(product(PADS, (1.0, 4.0, 12.0)))
    reds_s, stuck_s, broken = zip(*_on_all_cores(_crushed, *zip(*cases, strict=True)), strict=True)
    return Row(
        "B3 an FSR shorted inside",
        f"{len(reds_s)} sessions: each pad, away, leaning in, holding",
        "softer within 200 ms, a fault after 30 s; 0 violations",
        f"{max(reds_s) * 1000:.0f} ms, {max(stuck_s):.1f} s at most; {sum(broken)}",
        max(reds_s) <= 0.2 and max(stuck_s) <= 30.5 and not sum(broken),
    )


def _cracked(rate_hz: float, number: int) -> tuple[int, int, float | None]:
    """Return breaches of P1, good lights in gaps, and how late the wire was loose; None where it was not to be."""
    lasts_s = 120.0
    rng = Random(f"{SEED} {rate_hz} {number}")
    pad = PADS[number % 3]
    gaps, at_s = [], 8.0
    while (at_s := at_s + rng.expovariate(rate_hz)) < lasts_s - 1:
        gaps.append(Fault(pad, "open", at_s, at_s + rng.uniform(0.005, 0.5)))
        at_s = gaps[-1].to_s
    seen = Watched(Still(_HOLD), lasts_s, faults=gaps, seed=number).play()
    broken = sum(found.promise == "P1" for found in Judge(seen, gaps).violations())
    good = sum(_is_good_in(gap, sample) for gap in gaps for sample in _within(seen, gap))
    third_s = _third_within_a_minute(gaps)
    loose_s = (_states(seen, pad, PadState.LOOSE) or [1e3])[0]
    return broken, good, None if third_s is None else loose_s - third_s


def _b4(times: int) -> Row:
    cases = list(product((0.1, 0.5, 1.0, 5.0), range(times)))
    broken, good, latched_s = zip(*_on_all_cores(_cracked, *zip(*cases, strict=True)), strict=True)
    late_s = [after_s for after_s in latched_s if after_s is not None]
    return Row(
        "B4 a crack that opens and closes",
        f"{len(cases)} sessions of 2 min, 0.1 to 5 times a second for 5 to 500 ms",
        "0 P1; no good light 100 ms into a gap; loose after 3 in 60 s",
        f"{sum(broken)}; {sum(good)}; {len(late_s)} latched, {max(late_s, default=0) * 1000:.0f} ms after the third",
        not sum(broken) and not sum(good) and max(late_s, default=0) <= 0.2,
    )


def _within(seen: Seen, gap: Fault) -> list[Sample]:
    first = round(gap.from_s * 100) - 3
    return seen.samples[max(0, first) : first + 60]


def _is_good_in(gap: Fault, sample: Sample) -> bool:
    return gap.from_s + 0.1 < sample.t_s < gap.to_s and (sample.green or (sample.blue and not sample.amber))


def _third_within_a_minute(gaps: list[Fault]) -> float | None:
    """When a wire had surely broken three times in a minute: gaps that no sweep can miss, further apart than a bounce.

    What comes back for less than 0.1 s is the same break.
    """
    breaks_s, whole_s = [], -1.0
    for gap in gaps:
        if gap.to_s - gap.from_s < 0.03:
            continue
        if gap.from_s - whole_s > 0.15:
            breaks_s.append(gap.from_s)
        whole_s = gap.to_s
    return next((third for first, third in zip(breaks_s, breaks_s[2:], strict=False) if third - first < 60.0), None)


def _torn(number: int, pad: str) -> tuple[int, float]:
    """Return green ticks of one that is torn from the start, and when one that is torn at work is told."""
    torn = Fault(pad, "torn", 0.0)
    seen = Watched(Still(_HOLD), 20.0, faults=[torn], seed=number).play()
    greens = sum(look in sample.looks for sample in seen.samples for look in (Look.WATCHING, Look.ENOUGH))
    torn = Fault(pad, "torn", 10.0)
    seen = Watched(Still(_HOLD), 101.0, faults=[torn], seed=number).play()
    return greens, (_states(seen, pad, PadState.SILENT) or [999.0])[0] - 10.0


def _b5(times: int) -> Row:
    cases = list(product(range(times), PADS))
    greens, silent_s = zip(*_on_all_cores(_torn, *zip(*cases, strict=True)), strict=True)
    return Row(
        "B5 a tear beyond the resistor",
        f"{2 * len(cases)} sessions: from the start, and at work",
        "press check: never green, 100 %; at work told within 90 s",
        f"{sum(greens)} green; {max(silent_s):.0f} s at most",
        not sum(greens) and max(silent_s) <= 90.0,
    )


# -- B7: mama's button --------------------------------------------------------------------------------------


def _bouncing(rng: Random, from_s: float, to_s: float) -> list[tuple[float, float]]:
    """The spans in which contacts are closed that bounce for 1 to 20 ms after each edge."""
    spans = []
    for edge_s, closes in ((from_s, True), (to_s, False)):
        settled_s = edge_s + rng.uniform(0.001, 0.02)
        at_s = edge_s
        while at_s < settled_s:
            on_s = min(at_s + rng.uniform(0.0002, 0.004), settled_s)
            spans.append((at_s, on_s))
            at_s = on_s + rng.uniform(0.0002, 0.004)
        if closes:
            spans.append((settled_s, to_s))
    return sorted(spans)


def _pressed(presses: int, seed: int) -> tuple[list[float], int]:
    """Return how late red came after each of many presses, and how many words they made."""
    rng = Random(f"{SEED} {seed}")
    starts_s = [3.0 + 3.0 * number + rng.uniform(0, 0.9) for number in range(presses)]
    taps = [(at_s, at_s + rng.uniform(0.1, 0.6)) for at_s in starts_s]
    spans = tuple(span for tap in taps for span in _bouncing(rng, *tap))
    seen = Watched(Still(((0.0, 0.0), (1.0, 0.0)), spans), taps[-1][1] + 2.0, seed=seed).play()
    reds = [sample.t_s for sample in seen.samples if sample.red]
    late_s = [min((red_s - at_s for red_s in reds if red_s >= at_s), default=9.9) for at_s, _ in taps]
    return late_s, sum(isinstance(event, Marked) for event in seen.events)


def _b7(presses: int, holds: int) -> Iterator[Row]:
    # Fifty a session, so that nobody asks a thousand spans where the finger is.
    many = [min(50, presses - first) for first in range(0, presses, 50)]
    late_s, words = zip(*_on_all_cores(_pressed, many, range(len(many))), strict=True)
    worst_s = max(map(max, late_s))
    yield Row(
        "B7 she presses",
        f"{presses} presses that bounce for 1 to 20 ms",
        "red within 100 ms, one word each",
        f"{worst_s * 1000:.0f} ms at most, {sum(words)} words",
        worst_s <= 0.1 and sum(words) == presses,
    )
    stops, broken, never = 0, 0, 0
    for number in range(holds):
        for fault in (
            None,
            Fault("button", "cut", 8.0),
            Fault("button", "stuck", 8.0),
            Fault("button", "shorted", 7.0),
        ):
            faults = [] if fault is None else [fault]
            hold = Still(_HOLD, ((8.0, 10.0),) if fault is None or fault.kind == "shorted" else ())
            seen = Watched(hold, 16.0, faults=faults, seed=number).play()
            broken += len(Judge(seen, faults).violations())
            said = [event.word for event in seen.events if isinstance(event, Marked)]
            stops += "stop" in said
            never += not said
    yield Row(
        "B7 she holds it, its wire is cut, it sticks, it is shorted",
        f"{4 * holds} sessions",
        "stop latched for the first three, 0 violations; shorted: nothing",
        f"{stops} stops, {broken} violations; {never} without a word",
        (stops, broken, never) == (3 * holds, 0, holds),
    )
    refused = _refuses_a_pressed_button()
    yield Row(
        "B7 it is down before anything begins",
        "1 guardian",
        "refuses to start, one line",
        refused or "refused",
        refused is None,
    )


def _refuses_a_pressed_button() -> str | None:
    with tempfile.TemporaryDirectory() as folder, Pins(Path(folder)) as pins:
        try:
            test_a_button_that_is_down_before_anything_began_is_told(pins)
        except (AssertionError, pytest.fail.Exception) as error:
            return str(error)
    return None


# -- B8: drift ----------------------------------------------------------------------------------------------


def _drifts(number: int) -> tuple[float, bool]:
    """Return how much later softer comes with drift, and whether it came before it was due."""
    points = ((0.0, 0.0), (2.0, 0.0), (10.0, 17.0), (610.0, 17.0), (622.0, 26.0), (625.0, 26.0))
    softer_s = []
    for creep_share in (0.0, CREEP_SHARE):
        world = Watched(Still(points), 625.0, seed=number)
        world.glove.pads = EmulatedPads(DEFAULT_BOARD.electronics, number, creep_share=creep_share)
        softer_s.append((world.play().of_look(Look.SOFTER) or [999.0])[0])
    return softer_s[1] - softer_s[0], softer_s[1] < 610.0


def _b8(times: int) -> Row:
    """Ten minutes just below the ceiling, then slowly over it: pads that creep must not say softer later."""
    later_s, early = zip(*_on_all_cores(_drifts, range(times)), strict=True)
    return Row(
        "B8 5 % of drift a decade",
        f"{times} holds of 10 min, with and without",
        "softer is never later than without",
        f"{max(later_s):+.2f} s at most, {sum(early)} during the hold",
        max(later_s) <= 0.0,
    )

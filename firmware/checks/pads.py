"""The glove at rest and under a finger: supply, wires, noise, pace, and which pad answers to which press."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from firmware.home import divider_of
from firmware.live import LiveSource
from hardware.board import PADS, Board
from sensing.calibration import Calibration, Curve
from sensing.inputs import Dropout, Reading
from sensing.pads import OPEN_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U

from .finding import Finding, left_out, look, ok, wrong

LOOKS_FOR_S = 3.0
# A tick later than this may be seen as jitter of the lights.
_LATE_S = 0.01
_USUAL_NEWTON = 10.0
# The usual force reads within the creep and the wobble of a hand; more noise than this is a bad joint.
_NOISY_NEWTON = 0.3
# One in twenty is more than a cable that is moved now and then.
MANY_LOST = 0.05
_SUPPLY_STEP = "measure the 3.3 V at the glove, and the two resistors of the supply channel: both 10 kohm?"
# A press that is surely one, and how long somebody is waited for.
_PRESSED_NEWTON = 3.0
PRESSED_WITHIN_S = 15.0
LET_GO_WITHIN_S = 8.0


class Presser(Protocol):
    """Somebody who presses what is asked for."""

    def press(self, pad: str) -> None:
        """Ask for a press on a pad."""

    def let_go(self) -> None:
        """Ask that the glove is let go."""

    def picture(self, newtons: Sequence[float]) -> None:
        """Show how much each pad feels."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a glove for a while.

    Attributes:
        readings: The sweeps that were well.
        lost: Why the others were not.
        worst_s: How late the latest tick was.
        lasted_s: How long it was looked at.
    """

    readings: list[Reading]
    lost: list[str]
    worst_s: float
    lasted_s: float


class Glove:
    """One glove that is looked at.

    Args:
        source: Its sweeps, tick by tick; it is asked again and again.
        board: Its wiring.
        calibration: What its pads feel.
    """

    def __init__(self, source: Callable[[float], LiveSource], board: Board, calibration: Calibration) -> None:
        self._source, self._board = source, board
        self._divider = divider_of(board)
        self._curves = [Curve(table) for _, table in calibration.pads]
        self._supply_parts = board.electronics.supply_volt / board.electronics.midpoint_volt
        self._sweeps_hz = board.adc.sweeps_hz

    def at_rest(self) -> Iterator[Finding]:
        """Look at the untouched glove, and yield what was found."""
        seen = self._looked(LOOKS_FOR_S)
        if not seen.readings:
            step = _SUPPLY_STEP if "supply" in seen.lost[0] else "look at the glove's plug and cable"
            yield wrong("sweeps", f"none was well: {seen.lost[0]}", step)
            return
        yield self._pace(seen)
        supply_volt = statistics.fmean(reading.volts[3] for reading in seen.readings) * self._supply_parts
        yield ok("supply of the pads", f"{supply_volt:.2f} V, and the converter reads back what it was told")
        volts = [[reading.volts[i] for reading in seen.readings] for i in range(len(PADS))]
        shares = [statistics.fmean(of_pad) / supply_volt for of_pad in volts]
        if all(u < OPEN_BELOW_U for u in shares):
            yield wrong("pads, untouched", "all three read 0: nothing feeds them", "look at the 3.3 V wire to the pads")
            return
        if all(u > SHORT_ABOVE_U for u in shares):
            seen_so = "all three read the supply: their measuring resistors have no ground"
            yield wrong("pads, untouched", seen_so, "look at the ground wire of the three resistors")
            return
        for pad, of_pad in zip(PADS, volts, strict=True):
            yield self._pad(pad, of_pad, supply_volt)

    def _looked(self, length_s: float) -> Looked:
        source = self._source(length_s)
        readings, lost = list[Reading](), list[str]()
        for item in source:
            if isinstance(item, Reading):
                readings.append(item)
            elif isinstance(item, Dropout):
                lost.append(item.reason)
        return Looked(readings, lost, source.pace.worst_s, length_s)

    def _pace(self, seen: Looked) -> Finding:
        hz = len(seen.readings) / seen.lasted_s
        said = f"{hz:.0f} a second, {len(seen.lost)} lost, the latest {seen.worst_s * 1000:.0f} ms late"
        if seen.lost:
            found = wrong if len(seen.lost) > MANY_LOST * (len(seen.lost) + len(seen.readings)) else look
            return found(
                "sweeps", f"{said} ({seen.lost[0]})", "look at plug and cable; a shorter cable, a tighter joint"
            )
        if hz < 0.9 * self._sweeps_hz:
            return look("sweeps", f"{said}; {self._sweeps_hz} were asked for", "set sweeps_hz lower in glove.toml")
        if seen.worst_s > _LATE_S:
            return look("sweeps", said, "something else keeps this computer busy")
        return ok("sweeps", said)

    def _pad(self, pad: str, volts: Sequence[float], supply_volt: float) -> Finding:
        about, volt = f"{pad}, untouched", statistics.fmean(volts)
        untouched_volt = supply_volt * self._divider.fraction_from_siemens(0.0)
        said = f"{volt * 1000:.1f} mV, about {untouched_volt * 1000:.0f} mV are right"
        u = volt / supply_volt
        if u < OPEN_BELOW_U:
            return wrong(
                about, f"{said}: its wire is off", "look at the pad's two wires, and at the resistor across it"
            )
        if u > SHORT_ABOVE_U:
            return wrong(about, f"{said}: it touches 3.3 V", "look for a bridge between its wire and the supply")
        if u > OVER_ABOVE_U:
            return wrong(
                about, f"{said}: as if pressed with all force", "take the hand away; else a crease shorts it inside"
            )
        if u >= UNTOUCHED_BELOW_U:
            newton = self._newton(self._curves[PADS.index(pad)], u)
            return look(
                about, f"{said}: it feels about {newton:.1f} N", "take the hand away; else the glove is too tight there"
            )
        noise = self._noise_newton(self._curves[PADS.index(pad)], statistics.pstdev(volts), supply_volt)
        if noise > _NOISY_NEWTON:
            return look(
                about, f"{said}, noise of {noise:.2f} N at {_USUAL_NEWTON:.0f} N", "a loose joint, or no ground"
            )
        return ok(about, f"{said}, noise of {noise:.3f} N at {_USUAL_NEWTON:.0f} N")

    def _newton(self, curve: Curve, u: float) -> float:
        return (
            curve.newton_from_siemens(self._divider.siemens_from_fraction(u))
            if u < SHORT_ABOVE_U
            else curve.last_newton
        )

    def _noise_newton(self, curve: Curve, noise_volt: float, supply_volt: float) -> float:
        """Return what the converter's noise is worth where the hand works: by the slope of the curve there."""
        step = 0.01 * _USUAL_NEWTON
        near, far = (
            supply_volt * self._divider.fraction_from_siemens(curve.siemens_from_newton(newton))
            for newton in (_USUAL_NEWTON, _USUAL_NEWTON + step)
        )
        return noise_volt * step / (far - near)

    def pressed(self, presser: Presser) -> Iterator[Finding]:
        """Ask for a press on each pad, and yield which pad answered."""
        for pad in PADS:
            yield self._pressed(pad, presser)

    def _pressed(self, pad: str, presser: Presser) -> Finding:
        about = f"{pad}, pressed"
        presser.press(pad)
        highest = self._until(presser, PRESSED_WITHIN_S, lambda newtons: max(newtons) >= _PRESSED_NEWTON)
        if max(highest) < _PRESSED_NEWTON:
            return wrong(about, f"nothing came within {PRESSED_WITHIN_S:.0f} s", "press harder; else look at that pad")
        answered = PADS[highest.index(max(highest))]
        presser.let_go()
        last = self._until(presser, LET_GO_WITHIN_S, lambda newtons: max(newtons) < _PRESSED_NEWTON / 3, is_last=True)
        if answered != pad:
            first, second = (getattr(self._board.pads, name) for name in (pad, answered))
            seen = f"the {answered} answered"
            return wrong(about, seen, f"swap the wires of A{first} and A{second}, or their numbers in glove.toml")
        if max(last) >= _PRESSED_NEWTON / 3:
            stuck = PADS[last.index(max(last))]
            return wrong(
                about, f"the {stuck} still feels {max(last):.1f} N after it", "it is pinched, or damaged inside"
            )
        return ok(about, f"{max(highest):.0f} N, and nothing after it")

    def _until(
        self, presser: Presser, within_s: float, holds: Callable[[list[float]], bool], *, is_last: bool = False
    ) -> list[float]:
        """Look until it holds; return the highest forces of each pad, or the last."""
        highest = [0.0] * len(PADS)
        for item in self._source(within_s):
            if not isinstance(item, Reading):
                continue
            supply_volt = item.volts[3] * self._supply_parts
            newtons = [
                self._newton(curve, volt / supply_volt) for curve, volt in zip(self._curves, item.volts, strict=False)
            ]
            presser.picture(newtons)
            highest = newtons if is_last else [max(pair) for pair in zip(highest, newtons, strict=True)]
            if holds(newtons):
                break
        return highest


def nobody_presses() -> Finding:
    """Return that the pads could not be pressed."""
    return left_out("pads, pressed", "nobody is here to press them")

"""The glove at rest: its pace, its supply, and for each pad whether its wires and resistors are what they should be."""

import statistics
from collections.abc import Iterator, Sequence

from hardware.board import PADS
from sensing.pads import OPEN_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U

from .finding import Finding, look, ok, wrong
from .looking import Glove, Looked
from .presses import Presser, press

LOOKS_FOR_S = 3.0
# A tick later than this may be seen as jitter of the lights.
_LATE_S = 0.01
_USUAL_NEWTON = 10.0
# The usual force reads within the creep and the wobble of a hand; more noise than this is a bad joint.
_NOISY_NEWTON = 0.3
# One in twenty is more than a cable that is moved now and then.
MANY_LOST = 0.05
_SUPPLY_STEP = "measure the 3.3 V at the glove, and the two resistors of the supply channel: both 10 kohm?"
# What is taken for the measuring resistor by mistake: the supply channel and the buttons want two handfuls of them.
_MISTAKEN_OHM = 10_000.0
# Three resistors of 1 % stand between it and what is read; the next values in the box, 8.2 and 12 kohm, are 18 % away.
_ABOUT = 0.05


def findings(glove: Glove, seen: Looked, presser: Presser | None) -> Iterator[Finding]:
    """Judge what was seen of the untouched glove, and yield what was found.

    Args:
        glove: The glove.
        seen: What was seen of it.
        presser: Who can press a pad that reads open: one that answers has its wires.
    """
    if not seen.readings:
        step = _SUPPLY_STEP if "supply" in seen.lost[0] else "look at the glove's plug and cable"
        yield wrong("sweeps", f"none was well: {seen.lost[0]}", step)
        return
    yield _pace(glove, seen)
    supply_volt = statistics.fmean(map(glove.supply_volt, seen.readings))
    yield ok("supply of the pads", f"{supply_volt:.2f} V, and the converter reads back what it was told")
    volts = [[reading.volts[i] for reading in seen.readings] for i in range(len(PADS))]
    shares = [statistics.fmean(of_pad) / supply_volt for of_pad in volts]
    if all(u < OPEN_BELOW_U for u in shares):
        yield _all_open(glove, presser)
    elif all(u > SHORT_ABOVE_U for u in shares):
        seen_so = "all three read the supply: their measuring resistors have no ground"
        yield wrong("pads, untouched", seen_so, "look at the ground wire of the three resistors")
    else:
        for i, of_pad in enumerate(volts):
            yield _pad(glove, i, of_pad, supply_volt, presser)


def _pace(glove: Glove, seen: Looked) -> Finding:
    wanted_hz = glove.board.adc.sweeps_hz
    hz = len(seen.readings) / seen.lasted_s
    said = f"{hz:.0f} a second, {len(seen.lost)} lost, the latest {seen.worst_s * 1000:.0f} ms late"
    if seen.lost:
        found = wrong if len(seen.lost) > MANY_LOST * (len(seen.lost) + len(seen.readings)) else look
        step = "look at plug and cable; a shorter cable, a tighter joint"
        if "another program" in seen.lost[0]:
            step = "end that program: one at a time can have the bus"
        return found("sweeps", f"{said} ({seen.lost[0]})", step)
    if hz < 0.9 * wanted_hz:
        return look("sweeps", f"{said}; {wanted_hz} were asked for", "set sweeps_hz lower in glove.toml")
    if seen.worst_s > _LATE_S:
        return look("sweeps", said, "something else keeps this computer busy")
    return ok("sweeps", said)


def _pad(glove: Glove, i: int, volts: Sequence[float], supply_volt: float, presser: Presser | None) -> Finding:
    pad, volt = PADS[i], statistics.fmean(volts)
    about, u = f"{pad}, untouched", volt / supply_volt
    off = sum(one / supply_volt < OPEN_BELOW_U for one in volts)
    if 0 < off < len(volts):
        seen = f"it comes and goes: its wire was off in {off} of {len(volts)} sweeps"
        return wrong(
            about, seen, "move the cable and the pad's wires bit by bit: the joint that makes it jump is loose"
        )
    # The converter's noise around 0 is no voltage below it.
    said = f"{max(volt, 0.0) * 1000:.1f} mV, about {supply_volt * glove.untouched_u * 1000:.0f} mV are right"
    if u < OPEN_BELOW_U:
        return _open(glove, i, said, u, presser)
    if u > SHORT_ABOVE_U:
        return wrong(about, f"{said}: it touches 3.3 V", "look for a bridge between its wire and the supply")
    if u > OVER_ABOVE_U:
        return wrong(
            about, f"{said}: as if pressed with all force", "take the hand away; else a crease shorts it inside"
        )
    if u >= UNTOUCHED_BELOW_U:
        return _too_much(glove, i, said, u)
    noise = _noise_newton(glove, i, statistics.pstdev(volts), supply_volt)
    if noise > _NOISY_NEWTON:
        return look(about, f"{said}, noise of {noise:.2f} N at {_USUAL_NEWTON:.0f} N", "a loose joint, or no ground")
    return ok(about, f"{said}, noise of {noise:.3f} N at {_USUAL_NEWTON:.0f} N")


def _open(glove: Glove, i: int, said: str, u: float, presser: Presser | None) -> Finding:
    pad, electronics = PADS[i], glove.board.electronics
    about, channel = f"{pad}, untouched", getattr(glove.board.pads, pad)
    bias, planned, series = map(_kohm, (electronics.bias_ohm, electronics.fixed_ohm, electronics.series_ohm))
    if abs(_explaining_ohm(glove, u) / electronics.series_ohm - 1) < _ABOUT:
        seen = f"{said}: a measuring resistor of {series} would read so"
        step = f"is the {planned} exchanged with the {series}? if not, its wire is off, and damp bridges the gap"
        return wrong(about, seen, step)
    solder = f"solder {bias} across the pad's two wires, at the pad"
    if presser is None:
        seen = f"{said}: its wire is off, or its {bias} is missing"
        return wrong(about, seen, f"press it in `paws check`: if it answers, {solder}; if not, look at its two wires")
    if press(glove, pad, presser).answered == pad:
        return wrong(about, f"{said}; it answers to a press, so its {bias} is missing", solder)
    seen = f"{said}; it does not answer to a press, so its wire is off"
    return wrong(about, seen, f"look at the pad's two wires, and whether A{channel} touches ground")


def _all_open(glove: Glove, presser: Presser | None) -> Finding:
    about, bias = "pads, untouched", _kohm(glove.board.electronics.bias_ohm)
    if presser is not None and press(glove, PADS[0], presser).answered is not None:
        seen = f"all three read 0, but the {PADS[0]} answers to a press: there is no {bias} at any of them"
        return wrong(about, seen, f"solder {bias} across the two wires of each pad, at the pad")
    return wrong(about, "all three read 0: nothing feeds them", "look at the 3.3 V wire to the pads")


def _too_much(glove: Glove, i: int, said: str, u: float) -> Finding:
    about, electronics = f"{PADS[i]}, untouched", glove.board.electronics
    explaining_ohm = _explaining_ohm(glove, u)
    planned = _kohm(electronics.fixed_ohm)
    if abs(explaining_ohm / _MISTAKEN_OHM - 1) < _ABOUT:
        mistaken = _kohm(_MISTAKEN_OHM)
        return wrong(
            about,
            f"{said}: a measuring resistor of {mistaken} would read so",
            f"look at the resistor from A{getattr(glove.board.pads, PADS[i])} to ground, {planned} is right; "
            "if it is, the glove is too tight there",
        )
    return look(
        about,
        f"{said}: it feels about {glove.newton(i, u):.1f} N",
        "take the hand away; else the glove is too tight there, "
        f"or its measuring resistor is {_kohm(explaining_ohm)}, not {planned}",
    )


def _explaining_ohm(glove: Glove, u: float) -> float:
    """Return which measuring resistor makes so much of an untouched pad."""
    return u / (1 - u) * (glove.board.electronics.bias_ohm + glove.board.electronics.series_ohm)


def _kohm(ohm: float) -> str:
    return f"{ohm / 1000:.3g} kohm" if ohm >= 1000 else f"{ohm:.3g} ohm"


def _noise_newton(glove: Glove, i: int, noise_volt: float, supply_volt: float) -> float:
    """Return what the converter's noise is worth where the hand works: by the slope of the curve there."""
    step = 0.01 * _USUAL_NEWTON
    near, far = (
        supply_volt * glove.divider.fraction_from_siemens(glove.curves[i].siemens_from_newton(newton))
        for newton in (_USUAL_NEWTON, _USUAL_NEWTON + step)
    )
    return noise_volt * step / (far - near)

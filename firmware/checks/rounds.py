"""One round of `paws check`: everything in its order, and what has to wait because something before it is wrong."""

from collections.abc import Generator, Iterator
from pathlib import Path

from msgspec import structs

from coach.plan import Side
from firmware.home import load_calibration, tapes_dir
from firmware.live import LiveSource
from hardware.trouble import NoHardware

from . import computer as computers
from . import panel, presses, rest, wires
from .computer import Computer
from .finding import Finding, left_out, look, not_here, ok, wrong
from .looking import Glove
from .places import Place, Unlit

UNIT = Path(__file__).parents[1] / "service" / "kittypaws@.service"


def round_of(computer: Computer, place: Place) -> Iterator[Finding]:
    """Look at everything, and yield what was found."""
    if place.is_real:
        yield from computers.findings(computer, tapes_dir())
    yield ok("settings", "read well")
    for side in place.sides:
        yield _calibration(side)
    has_glove = yield from _bus(place)
    if has_glove and len(place.sides) == 1:
        yield from _glove(place, place.sides[0])
    elif has_glove:
        yield from _gloves(place)
    yield from _panel(place)
    if place.is_real:
        yield from computers.service(computer, UNIT)


def _calibration(side: Side) -> Finding:
    calibration = load_calibration(left=side == "left")
    about = f"{side} calibration"
    if calibration.unmeasured:
        return look(about, "the pads were never calibrated: newtons may be off by a quarter", "paws calibrate")
    return ok(about, f"made on {calibration.made_on}")


def _told(about: str, missing: NoHardware) -> Finding:
    seen, _, step = str(missing).partition("; ")
    return wrong(about, seen, step or "look at its wires")


def _bus(place: Place) -> Generator[Finding, None, bool]:
    """Look at the bus; return whether a glove can be looked at."""
    adc = place.board.adc
    wanted = [adc.left_address if side == "left" else adc.right_address for side in place.sides]
    try:
        bus = place.bus()
    except NoHardware as missing:
        yield _told("I2C bus", missing)
        yield left_out("glove", "there is no bus to look at it")
        return False
    yield ok("I2C bus", f"/dev/i2c-{adc.bus} is there" if place.is_real else "an emulated one")
    try:
        found = list(wires.who_answers(bus, place.board, wanted, place.clock))
        yield from found
        is_there = not any(finding.outcome == "wrong" for finding in found)
        if is_there and place.is_real:
            yield wires.speed(bus, wanted[-1], adc.bus)
        elif is_there:
            yield not_here("bus speed", "emulated wires take no time")
    except OSError as error:
        yield wrong(
            "I2C bus", f"it fails while it is looked at ({error})", "unplug the glove; well then? look at its cable"
        )
        return False
    finally:
        bus.deinit()
    return is_there


def _gloves(place: Place) -> Iterator[Finding]:
    """Look at one glove after the other, and say of each finding whose it is."""
    for side in place.sides:
        if place.person is not None:
            place.person.turn_to(side)
        for finding in _glove(place, side):
            about = finding.about if finding.about.startswith(side) else f"{side} {finding.about}"
            yield structs.replace(finding, about=about)


def _glove(place: Place, side: Side) -> Iterator[Finding]:
    try:
        adc = place.adc(side)
    except NoHardware as missing:
        yield _told(f"{side} glove", missing)
        return
    try:
        board, clock = place.board, place.clock

        def source(length_s: float) -> LiveSource:
            return LiveSource([adc], Unlit(), clock, board.adc.sweeps_hz, length_s)

        glove = Glove(source, board, load_calibration(left=side == "left"))
        seen = glove.looked(rest.LOOKS_FOR_S)
        found = list(rest.findings(glove, seen, place.person))
        yield from found
        if any(finding.outcome == "wrong" for finding in found):
            yield left_out("pads, pressed", "first what is wrong above")
        elif place.person is None:
            yield presses.nobody_presses()
        else:
            yield from presses.findings(glove, seen.readings, place.person)
    finally:
        adc.close()


def _panel(place: Place) -> Iterator[Finding]:
    try:
        lights = place.lights()
    except NoHardware as missing:
        yield _told("lights and buttons", missing)
        yield left_out("each light, the buzzer", "first what is wrong above")
        return
    try:
        yield from panel.findings(lights, place.board, place.clock, place.person)
    finally:
        lights.close()

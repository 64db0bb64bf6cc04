"""The lights, the buzzer and the buttons, by the guardian that a session has too."""

from collections.abc import Iterator
from typing import Protocol

from coach.cues import DARK, Levels
from firmware.lights import Lights
from hardware.board import Board
from hardware.clock import Clock
from sensing.inputs import MarkWord

from .finding import Finding, left_out, not_here, ok, wrong

_TICK_S = 0.02
_SHOWS_S = 1.5
_TONE_HZ = 880.0
PRESSED_WITHIN_S = 15.0
SHOWN = {
    "green light": Levels(green=True),
    "amber light": Levels(amber=True),
    "blue light": Levels(blue=True),
    "red light": Levels(red=True),
    "buzzer": Levels(tone_hz=_TONE_HZ),
}
_BUTTONS: tuple[tuple[str, MarkWord], ...] = (("mama", "too_much"), ("partner", "next"))


class Witness(Protocol):
    """Somebody who sees, hears and presses."""

    def watch(self) -> None:
        """Ask to watch the lights."""

    def noticed(self, what: str) -> str | None:
        """Return which of `SHOWN` they noticed just now, when it should be this one; None of nothing."""

    def press_button(self, name: str) -> None:
        """Ask for a press of somebody's button."""


def findings(lights: Lights, board: Board, clock: Clock, witness: Witness | None) -> Iterator[Finding]:
    """Look at the panel, and yield what was found."""
    yield ok("guardian", "it has the pins, and all of them are off")
    if witness is not None:
        witness.watch()
    for what, levels in SHOWN.items():
        _show(lights, clock, levels)
        if witness is None:
            yield left_out(what, "shown; nobody is here to see it")
        else:
            yield _shown(board, what, witness.noticed(what))
    for name, word in _BUTTONS:
        yield _button(lights, board, clock, witness, name, word)


def _shown(board: Board, what: str, noticed: str | None) -> Finding:
    if noticed == what:
        return ok(what, "seen" if what != "buzzer" else "heard")
    pin = _pin(board, what)
    if noticed is None:
        return wrong(what, "not noticed", f"look at its wire, its resistor and pin {pin}")
    step = f"swap the wires of pin {pin} and pin {_pin(board, noticed)}, or their numbers in glove.toml"
    return wrong(what, f"the {noticed} came instead", step)


def _pin(board: Board, what: str) -> int:
    pin = board.buzzer.pin if what == "buzzer" else getattr(board.lights, what.split(maxsplit=1)[0])
    return int(pin)


def _show(lights: Lights, clock: Clock, levels: Levels) -> None:
    until_s = clock.now_s() + _SHOWS_S
    while clock.now_s() < until_s:
        lights.words()
        lights.show(levels)
        clock.sleep_until(clock.now_s() + _TICK_S)
    lights.words()
    lights.show(DARK)


def _button(lights: Lights, board: Board, clock: Clock, witness: Witness | None, name: str, word: MarkWord) -> Finding:
    about, pin = f"{name}'s button", getattr(board.buttons, name)
    if pin == "none":
        return not_here(about, "none, says glove.toml")
    if witness is None:
        return left_out(about, "nobody is here to press it")
    witness.press_button(name)
    until_s = clock.now_s() + PRESSED_WITHIN_S
    while clock.now_s() < until_s:
        said = lights.words()
        lights.show(DARK)
        if word in said:
            return ok(about, f"pressed, on pin {pin}")
        if said:
            other = "partner" if name == "mama" else "mama"
            return wrong(about, f"the {other}'s answered", f"swap the wires of the two buttons, pin {pin} is {name}'s")
        clock.sleep_until(clock.now_s() + _TICK_S)
    return wrong(
        about,
        f"no press seen on pin {pin}",
        "look at its wire, from that pin to ground through the button, and whether its two wires touch",
    )

"""What a view shows of one moment, be it of a session under way or of what its tape has told.

Lights that blink are shown as blinking, not on and off: a terminal far away keeps no rhythm, and what does not change
need not be sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.cues import DARK, TABLE, Levels, Look
from coach.plan import Spot
from coach.session import Session
from sensing.press import Phase

from .words import step_words

LIGHTS = ("green", "amber", "blue", "red")


class Lamp(StrEnum):
    """What one light does."""

    OFF = "off"
    LIT = "lit"
    BLINKS = "blinks"


@dataclass(frozen=True, slots=True)
class Moment:
    """All that one frame shows.

    Attributes:
        t_s: When.
        force_newton: The name and the force of each hand; None where it is not known.
        phase: What the hands do.
        held_s: How long they have held; None outside a hold.
        hold_s: A full hold.
        ceiling_newton: What is too much.
        lamps: Of the lights, in the order of `LIGHTS`.
        looks: What shows, the most urgent first.
        greets: Whether each light is shown once, at the beginning.
        step: The step of the plan in words; None in a free session.
        to_press: The pads that have to be pressed before green comes.
        lines: What was said last, the newest at the end.
        is_over: Whether the session is.
    """

    t_s: float
    force_newton: tuple[tuple[str, float | None], ...]
    phase: Phase
    held_s: float | None
    hold_s: float
    ceiling_newton: float
    lamps: tuple[Lamp, ...]
    looks: tuple[Look, ...]
    greets: bool
    step: str | None
    to_press: tuple[str, ...]
    lines: tuple[str, ...]
    is_over: bool = False


def moment_of(session: Session, t_s: float, to_press: tuple[str, ...], lines: Sequence[str]) -> Moment:
    """Return what to show of a session at the time of its newest input."""
    looks = session.looks
    greeting = DARK if looks else session.levels(t_s)
    return Moment(
        t_s,
        tuple([(hand.side or "force", hand.force_newton(t_s)) for hand in session.hands]),
        session.phase,
        session.held_s,
        session.plan.hold_s,
        session.ceiling_newton,
        lamps_of(looks, greeting),
        looks,
        greeting != DARK,
        None if session.step is None else said_step(session.step.kind, session.step.spot, session.step.say),
        to_press,
        tuple(lines),
        session.is_over,
    )


def lamps_of(looks: Iterable[Look], greeting: Levels = DARK) -> tuple[Lamp, ...]:
    """Return what each light does while these looks show, or else what is lit in the greeting."""
    lamps = {name: Lamp.LIT if getattr(greeting, name) else Lamp.OFF for name in LIGHTS}
    for look in looks:
        for name, flash in TABLE[look].lights.items():
            # Where two looks share a light, the less urgent one is seen: it is the one that blinks.
            lamps[name] = Lamp.LIT if flash.on_s == flash.period_s else Lamp.BLINKS
    return tuple(lamps.values())


def said_step(kind: str, spot: Spot | None, say: str | None) -> str:
    """Return a step of a plan as it is said."""
    return step_words(kind, spot) + ("" if say is None else f". {say}")

"""The glove under a finger: which pad answers to which press, and what the others do meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from hardware.board import PADS
from sensing.inputs import Reading

from .finding import Finding, left_out, ok, wrong
from .looking import Glove
from .neighbours import falls, one_resistor, touching

# A press that is surely one, and how long somebody is waited for.
_PRESSED_NEWTON = 3.0
PRESSED_WITHIN_S = 15.0
LET_GO_WITHIN_S = 8.0
# And for how long it is looked at before the hand may go: two dozen sweeps, most of them after the lean-in.
_HOLDS_FOR_S = 0.5
# So little is left of a press that is over.
_OVER_NEWTON = _PRESSED_NEWTON / 3


class Presser(Protocol):
    """Somebody who presses what is asked for."""

    def press(self, pad: str) -> None:
        """Ask for a press on a pad."""

    def let_go(self) -> None:
        """Ask that the glove is let go."""

    def picture(self, newtons: Sequence[float]) -> None:
        """Show how much each pad feels."""


@dataclass(frozen=True, slots=True)
class Press:
    """What was seen of a press.

    Attributes:
        firm: The sweeps while it was firm; of one that never was, those in which something was felt.
        highest_newton: What each pad felt at most.
        last_newton: What each felt in the end.
    """

    firm: list[Reading]
    highest_newton: list[float]
    last_newton: list[float]

    @property
    def answered(self) -> str | None:
        """The pad that felt it most; None where nothing came."""
        most = max(self.highest_newton)
        return PADS[self.highest_newton.index(most)] if most >= _PRESSED_NEWTON else None


def press(glove: Glove, pad: str, presser: Presser) -> Press:
    """Ask for a press on a pad, and look until it is over."""

    def seen(newtons: list[float]) -> float:
        presser.picture(newtons)
        return max(newtons)

    presser.press(pad)
    readings = glove.looked_until(PRESSED_WITHIN_S, lambda newtons: seen(newtons) >= _PRESSED_NEWTON)
    if readings and max(glove.newtons(readings[-1])) >= _PRESSED_NEWTON:
        firm = glove.looked_until(_HOLDS_FOR_S, lambda newtons: seen(newtons) < _OVER_NEWTON)
        presser.let_go()
        readings += firm + glove.looked_until(LET_GO_WITHIN_S, lambda newtons: seen(newtons) < _OVER_NEWTON)
    else:
        firm = [reading for reading in readings if max(glove.newtons(reading)) >= _OVER_NEWTON]
    newtons = [glove.newtons(reading) for reading in readings] or [[0.0] * len(PADS)]
    return Press(firm, [max(of_pad) for of_pad in zip(*newtons, strict=True)], newtons[-1])


def findings(glove: Glove, at_rest: Sequence[Reading], presser: Presser) -> Iterator[Finding]:
    """Ask for a press on each pad, and yield which pad answered, and whether they share a resistor.

    Args:
        glove: The glove.
        at_rest: Its sweeps before anybody pressed.
        presser: Who presses.
    """
    rest_shares, fallen = glove.mean_shares(at_rest), list[float]()
    for pad in PADS:
        pressed = press(glove, pad, presser)
        yield _answer(glove, pad, pressed)
        fallen += falls(glove, rest_shares, pressed.firm)
    yield one_resistor(glove, fallen)


def _answer(glove: Glove, pad: str, pressed: Press) -> Finding:
    about, channels = f"{pad}, pressed", glove.board.pads
    joined = touching(pressed.firm)
    if joined:
        seen = f"{' and '.join(joined)} answer with the same volts: their wires touch"
        where = " and ".join(f"A{getattr(channels, name)}" for name in joined)
        return wrong(about, seen, f"look for a bridge between the wires of {where}, and part them")
    answered = pressed.answered
    if answered is None:
        return wrong(
            about,
            f"nothing came within {PRESSED_WITHIN_S:.0f} s",
            "press harder; still nothing: the pad is torn inside, a new one",
        )
    if answered != pad:
        first, second = (getattr(channels, name) for name in (pad, answered))
        seen = f"the {answered} answered"
        return wrong(about, seen, f"swap the wires of A{first} and A{second}, or their numbers in glove.toml")
    if max(pressed.last_newton) >= _OVER_NEWTON:
        stuck = max(zip(pressed.last_newton, PADS, strict=True))
        return wrong(about, f"the {stuck[1]} still feels {stuck[0]:.1f} N after it", "it is pinched, or damaged inside")
    return ok(about, f"{max(pressed.highest_newton):.0f} N, and nothing after it")


def nobody_presses() -> Finding:
    """Return that the pads could not be pressed."""
    return left_out("pads, pressed", "nobody is here to press them")

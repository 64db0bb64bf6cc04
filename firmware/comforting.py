"""Her ceiling, found by slow leans that she ends: the one place where it may go up, for she sets it herself.

Each lean is a session of its own over the same inputs, so that no rule stands here a second time: "too much" lowers the
ceiling to 80 % of the force that she felt (the parts' spread and hysteresis). The lowest of the leans counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from coach.events import CeilingLowered, CueChanged, Marked, PressEnded
from coach.limits import HER_FORCE_ABOVE_NEWTON
from coach.session import Session
from coach.tape import Header
from sensing.inputs import End, Input

from .loop import LightsSink
from .recording import forces_on, session_of
from .words import about_newton

LEANS = 3
# More than the parts' spread and a noticeable step of force together: she meant something else.
APART = 1.2
HOW = """\
Lean in on her hip as slowly as you can; she presses her button once when it is enough, and you let go slowly.
Three times; the softest counts. Her button held for a second, or Ctrl-C, leaves everything as it was."""


class StoppedError(Exception):
    """She said stop, or the inputs ended: nothing was found.

    Attributes:
        is_interrupted: Whether it was ended at the keyboard.
    """

    def __init__(self, *, is_interrupted: bool = False) -> None:
        super().__init__()
        self.is_interrupted = is_interrupted


@dataclass(frozen=True, slots=True)
class Found:
    """What each lean came to, in newtons."""

    leans: tuple[float, ...]

    @property
    def newton(self) -> float:
        """The lowest: what was enough once is enough."""
        return min(self.leans)

    @property
    def is_apart(self) -> bool:
        """Whether they lie so far apart that another try may say more."""
        return max(self.leans) > APART * min(self.leans)


def find_ceiling(inputs: Iterator[Input], header: Header, lights: LightsSink, tell: Callable[[str], None]) -> Found:
    """Return her ceiling.

    Args:
        inputs: Of the glove and the buttons.
        header: Of the session that each lean is.
        lights: Shows what each session says.
        tell: Says a line to the partner.

    Raises:
        StoppedError: She said stop, or the inputs ended.
    """
    share = forces_on(header).uncertain_share
    leans: list[float] = []
    while len(leans) < LEANS:
        tell(f"Lean {len(leans) + 1} of {LEANS}: slowly.")
        found = _lean(inputs, session_of(header), lights, tell)
        if found is None:
            tell(f"  That was less than {HER_FORCE_ABOVE_NEWTON:g} N, too little to tell. Once more.")
        else:
            tell(f"  {about_newton(found, share)} is the most after that one. Let go slowly.")
            leans.append(found)
    return Found(tuple(leans))


def _lean(inputs: Iterator[Input], session: Session, lights: LightsSink, tell: Callable[[str], None]) -> float | None:
    """Return the ceiling of one lean, once the hand is away again; None where she can hardly have meant the force."""
    has_said = False
    lowered: float | None = None
    began_s: float | None = None
    for sooner in inputs:
        if isinstance(sooner, End):
            raise StoppedError(is_interrupted=sooner.reason == "interrupted")
        began_s = sooner.t_s if began_s is None else began_s
        # A session begins at 0.
        item = replace(sooner, t_s=round(sooner.t_s - began_s, 6))
        said = session.feed(item)
        lights.take(item, said, session)
        for event in said:
            match event:
                case Marked():
                    has_said = _is_enough(event, tell)
                case CeilingLowered():
                    lowered = event.ceiling_newton
                case CueChanged(look="slower", on=True):
                    tell("  Slower.")
                case PressEnded() if has_said:
                    return lowered
                case _:
                    pass
    raise StoppedError


def _is_enough(mark: Marked, tell: Callable[[str], None]) -> bool:
    """Return whether she said that it was enough."""
    if mark.word in ("stop", "end"):
        raise StoppedError
    if mark.word == "just_right":
        tell("  Once, when it is enough; twice is for later.")
    return mark.word == "too_much"

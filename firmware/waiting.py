"""Between two sessions: dark, and watching for the partner's press.

Nothing here coaches, so no light says anything, but for two moments: the greeting when the glove is there, after the
start or after it was away; and amber, when a press could not begin a session.
"""

from collections.abc import Callable, Iterable
from math import inf
from typing import Literal

from coach.cues import DARK, CueBoard, Levels, Look
from coach.greeting import GREETS_S, greeting
from hardware.clock import Clock
from hardware.recovery import RecoveringAdc
from hardware.trouble import BusTrouble, NoHardware
from sensing.inputs import Dropout, End, EndReason, Input, Mark, Reading

from .lights import Lights

# Enough for a press to be answered at once and for the greeting to have its pace; less than half the work of a session.
LOOKS_HZ = 20
# A plug that loses touch for a moment did not go away.
AWAY_AFTER_S = 2.0
# As a session shows it.
TROUBLE_SHOWS_S = 3.0
_TRIES_AGAIN_AFTER_S = 2.0


class PluggedLater:
    """A glove that may be plugged in while somebody waits.

    Args:
        open_adc: Finds its converter.
        clock: The time.
    """

    def __init__(self, open_adc: Callable[[], RecoveringAdc], clock: Clock) -> None:
        self._open_adc, self._clock = open_adc, clock
        self._adc: RecoveringAdc | None = None
        self._reason, self._tries_at_s = "no glove yet", -inf

    def sweep(self) -> tuple[float, float, float, float]:
        """Convert all four channels.

        Raises:
            BusTrouble: There is no glove, or the sweep failed.
        """
        if self._adc is None:
            if self._clock.now_s() < self._tries_at_s:
                raise BusTrouble(self._reason)
            self._tries_at_s = self._clock.now_s() + _TRIES_AGAIN_AFTER_S
            try:
                self._adc = self._open_adc()
            except NoHardware as missing:
                self._reason = str(missing)
                raise BusTrouble(self._reason) from None
        return self._adc.sweep()

    def close(self) -> None:
        """Let go of the bus; closing twice is allowed."""
        if self._adc is not None:
            self._adc.close()
            self._adc = None


def wait_for_start(
    inputs: Iterable[Input],
    lights: Lights,
    *,
    gloves: int,
    tell: Callable[[str], None],
    is_wanted: Callable[[], bool],
    is_known: bool = False,
    is_trouble: bool = False,
) -> Literal["start", "wanted"] | EndReason:
    """Wait until the partner presses, and return that, or why else the wait is over.

    Args:
        inputs: Of the gloves and the buttons.
        lights: What shows.
        gloves: How many there are.
        tell: Says what is new to whom it may concern.
        is_wanted: Whether somebody else wants the glove; whoever waits steps aside.
        is_known: Whether the glove was there a moment ago, so that nobody has to be greeted.
        is_trouble: Whether the last press could not begin a session, so that this has to be shown.
    """
    shown = _Shown(gloves, is_known=is_known, is_trouble=is_trouble)
    for item in inputs:
        match item:
            case End():
                return item.reason
            case Mark(word="next"):
                return "start"
            case Reading():
                if shown.is_here(item.t_s, item.glove):
                    tell("the glove is here: the partner's button begins a session")
            case Dropout():
                if shown.is_away(item.t_s, item.glove):
                    tell(f"no glove: {item.reason}")
        if isinstance(item, Reading | Dropout):
            if is_wanted():
                return "wanted"
            lights.show(shown.levels(item.t_s))
    raise AssertionError("inputs end with an End")


class _Shown:
    """What shows while somebody waits."""

    def __init__(self, gloves: int, *, is_known: bool, is_trouble: bool) -> None:
        self._trouble = CueBoard() if is_trouble else None
        self._missing = set[int]() if is_known else set(range(gloves))
        # Since when one of them is not there; None while all are.
        self._lost_s: float | None = None if is_known else -inf
        self._is_known_away = False
        self._greets_s = -inf

    def is_here(self, t_s: float, glove: int) -> bool:
        """Take a sweep that was well; return whether all the gloves are there from now on."""
        self._missing.discard(glove)
        if self._missing or self._lost_s is None:
            return False
        was_away = t_s - self._lost_s >= AWAY_AFTER_S
        self._lost_s, self._is_known_away = None, False
        if was_away:
            self._greets_s = t_s
        return was_away

    def is_away(self, t_s: float, glove: int) -> bool:
        """Take a sweep that failed; return whether the glove is to be called away from now on."""
        self._missing.add(glove)
        if self._lost_s is None:
            self._lost_s = t_s
        is_news = not self._is_known_away and t_s - self._lost_s >= AWAY_AFTER_S
        self._is_known_away |= is_news
        return is_news

    def levels(self, t_s: float) -> Levels:
        """Return what shows at that time."""
        if self._trouble is not None:
            is_shown = t_s < TROUBLE_SHOWS_S
            self._trouble.update(t_s, [Look.CHECK_GLOVE] if is_shown else [], forbid_good=True)
            levels = self._trouble.levels(t_s)
            if is_shown or levels != DARK:
                return levels
            self._trouble = None
        into_s = t_s - self._greets_s
        return greeting(into_s) if into_s < GREETS_S else DARK

"""What she said, as she meant it: two quick presses are one "just right", and the SOFTER between them no reproach."""

from typing import Literal

from msgspec import Struct

from sensing.inputs import MarkWord

from .cues import SHOWS_AT_LEAST_S
from .events import CueChanged, Marked
from .lists import put
from .plan import Spot

# Until then a press may still become the first of two ("just right"): held below 1 s, then 0.6 s for the second.
SURE_AFTER_S = 1.6
# A cue ends with the first input after its time, a tenth of a second later at most.
ENDS_WITHIN_S = 0.1


class HerMark(Struct, frozen=True):
    """What she said, or the partner's button, and at which force."""

    t_s: float
    word: MarkWord
    force_newton: float | None
    spot: Spot | None = None


class HerWords:
    """Gathers marks, and how often SOFTER came.

    Attributes:
        marks: Her words and the partner's, the first ones listed.
        too_hard: How often SOFTER came, but for those that she took back.
        said_stop: Whether she said stop.
        said_too_much: Whether she said "too much" and meant it.
        stopped_by: The word that stopped the session.
    """

    def __init__(self) -> None:
        self.marks: list[HerMark] = []
        self.too_hard = 0
        self.stopped_by: Literal["stop", "end"] | None = None
        self.said_stop = False
        self._meant = 0
        self._asked: HerMark | None = None
        self._softer_s = 0.0
        self._back_s: float | None = None

    @property
    def said_too_much(self) -> bool:
        """Whether any "too much" was not taken back."""
        return self._meant > 0

    def mark(self, event: Marked, spot: Spot | None) -> None:
        """Take a word, said while the hands were at that spot."""
        mark = HerMark(event.t_s, event.word, event.force_newton, spot)
        match event.word:
            case "too_much":
                self._asked = mark
                self._meant += 1
            case "just_right":
                self._take_back(event.t_s)
            case "stop" | "end":
                self.stopped_by = self.stopped_by or event.word
                self.said_stop = self.said_stop or event.word == "stop"
            case _:
                pass
        put(self.marks, mark)

    def _take_back(self, t_s: float) -> None:
        asked, self._asked = self._asked, None
        # As long as the session itself lets her take it back.
        if asked is None or t_s - asked.t_s >= SURE_AFTER_S:
            return
        self._meant -= 1
        if asked in self.marks:
            self.marks.remove(asked)
        if self._softer_s == asked.t_s:
            self._back_s = t_s

    def softer(self, event: CueChanged) -> None:
        """Take the beginning or the end of a SOFTER."""
        if event.on:
            self.too_hard += 1
            self._softer_s, self._back_s = event.t_s, None
        elif self._back_s is not None:
            # It ended with her word, or as soon as a cue may end: nothing else had called for it.
            soon_s = max(self._back_s, self._softer_s + SHOWS_AT_LEAST_S) + ENDS_WITHIN_S
            self.too_hard -= event.t_s <= soon_s

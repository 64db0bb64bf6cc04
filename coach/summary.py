"""The session in numbers, gathered from what was said; nothing is judged a second time here.

The printed page, `--json`, the history and every other reader use this one account.
"""

from typing import TypeVar

from msgspec import Struct

from .events import (
    NOTHING_CAME,
    CeilingLowered,
    CueChanged,
    Dropped,
    Ending,
    Event,
    ForceSeen,
    Marked,
    Outcome,
    PadChanged,
    PressEnded,
    Resumed,
    SessionEnded,
)
from .picture import Picture
from .plan import Plan, Spot
from .verdict import Verdict, verdict_on

T = TypeVar("T")

# A page shows a dozen; beyond this many a list only costs memory. The counts go on.
LISTED_AT_MOST = 200


class Hold(Struct, frozen=True):
    """A press that was still for a while."""

    began_s: float
    still_since_s: float
    held_s: float
    mean_newton: float
    outcome: Outcome
    spot: Spot | None


class HerMark(Struct, frozen=True):
    """What she said, or the partner's button, and at which force."""

    t_s: float
    word: str
    force_newton: float | None


class Trouble(Struct, frozen=True):
    """When the glove was not to be trusted, and what was seen."""

    t_s: float
    what: str


class Summary(Struct, frozen=True):
    """What the page says.

    Attributes:
        length_s: From the start to the last input.
        ended: Why it ended; None when the tape is cut off or still growing.
        presses: All contacts.
        holds: Those that were still for 3 s or more, the first ones listed.
        holds_count: How many of those there were.
        full_holds_count: How many lasted `hold_s` or longer.
        longest_hold_s: None when nothing settled.
        lean_ins_slow: Presses whose force never rose too fast.
        quickest_newton_per_s: The quickest rise of all lean-ins.
        let_go_early: The short holds that were let go, the first ones listed.
        too_hard_count: How often SOFTER came.
        too_fast_count: How often SLOWER came.
        abrupt_count: How often EASE_OFF came.
        marks: Her words and the partner's, the first ones listed.
        ceiling_newton: The ceiling at the end.
        troubles: When the glove was not to be trusted, the first ones listed.
        unwatched_s: How long readings were missing.
        picture_column_s: Seconds that one column of the picture stands for.
        picture_newton: Highest force of each column.
        verdict: One thing that went well and one to try.
        not_recorded: Why the tape lacks something, if it does.
        damaged_lines: Lines of the tape that could not be read.
    """

    label: str
    source: str
    plan: str
    hold_s: float
    length_s: float
    ended: Ending | None
    presses: int
    holds: tuple[Hold, ...]
    holds_count: int
    full_holds_count: int
    longest_hold_s: float | None
    lean_ins_slow: int
    quickest_newton_per_s: float | None
    let_go_early: tuple[Hold, ...]
    too_hard_count: int
    too_fast_count: int
    abrupt_count: int
    marks: tuple[HerMark, ...]
    ceiling_newton: float
    troubles: tuple[Trouble, ...]
    unwatched_s: float
    picture_column_s: float
    picture_newton: tuple[float | None, ...]
    verdict: Verdict
    not_recorded: str | None = None
    damaged_lines: int = 0


class Account:
    """Gathers a summary, event by event, in the memory of one page.

    Args:
        plan: The plan of the session.
        label: Date and time for people.
        source: Where the readings came from.
    """

    def __init__(self, plan: Plan, label: str, source: str) -> None:
        self._plan, self._label, self._source = plan, label, source
        self._length_s = 0.0
        self._ended: Ending | None = None
        self._presses = self._slow = self._full = self._held = 0
        self._longest_s: float | None = None
        self._quickest: float | None = None
        self._holds: list[Hold] = []
        self._early: list[Hold] = []
        self._marks: list[HerMark] = []
        self._troubles: list[Trouble] = []
        self._cues: dict[str, int] = {}
        self._ceiling_newton = plan.ceiling_newton
        self._unwatched_s = 0.0
        self._picture = Picture()

    def feed(self, event: Event) -> None:
        """Take the next event into account."""
        self._length_s = max(self._length_s, event.t_s)
        match event:
            case PressEnded():
                self._press_ended(event)
            case CueChanged(on=True):
                self._cues[event.look] = self._cues.get(event.look, 0) + 1
            case ForceSeen():
                self._picture.feed(event)
            case Marked():
                _list(self._marks, HerMark(event.t_s, event.word, event.force_newton))
            case CeilingLowered():
                self._ceiling_newton = event.ceiling_newton
            case PadChanged(state="open" | "short" | "stuck"):
                _list(self._troubles, Trouble(event.t_s, f"{event.pad} pad {event.state}"))
            case Dropped():
                _list(self._troubles, Trouble(event.t_s, event.reason))
            case Resumed():
                self._unwatched_s += event.lost_s
            case SessionEnded():
                self._ended = event.reason
            case _:
                pass

    def _press_ended(self, event: PressEnded) -> None:
        self._presses += 1
        self._slow += event.slow_enough
        self._quickest = max(event.rise_newton_per_s, self._quickest or 0.0)
        if event.held_s is None:
            return
        self._longest_s = max(event.held_s, self._longest_s or 0.0)
        if event.outcome == "touch":
            return
        hold = Hold(
            event.began_s,
            round(event.began_s + event.lean_in_s, 6),
            event.held_s,
            event.mean_newton,
            event.outcome,
            event.spot,
        )
        self._held += 1
        self._full += event.outcome == "full"
        _list(self._holds, hold)
        if event.outcome == "short" and event.release_newton_per_s is not None:
            _list(self._early, hold)

    def summary(self, not_recorded: str | None = None, damaged_lines: int = 0) -> Summary:
        """Return the account so far."""
        faulty = [trouble.what for trouble in self._troubles if trouble.what != NOTHING_CAME]
        verdict = verdict_on(
            presses=self._presses,
            slow=self._slow,
            full_holds=self._full,
            longest_s=self._longest_s,
            early=len(self._early),
            too_hard=self._cues.get("softer", 0),
            abrupt=self._cues.get("ease_off", 0),
            glove_trouble=faulty[0] if faulty else None,
            hold_s=self._plan.hold_s,
        )
        return Summary(
            label=self._label,
            source=self._source,
            plan=self._plan.name,
            hold_s=self._plan.hold_s,
            length_s=self._length_s,
            ended=self._ended,
            presses=self._presses,
            holds=tuple(self._holds),
            holds_count=self._held,
            full_holds_count=self._full,
            longest_hold_s=self._longest_s,
            lean_ins_slow=self._slow,
            quickest_newton_per_s=self._quickest,
            let_go_early=tuple(self._early),
            too_hard_count=self._cues.get("softer", 0),
            too_fast_count=self._cues.get("slower", 0),
            abrupt_count=self._cues.get("ease_off", 0),
            marks=tuple(self._marks),
            ceiling_newton=self._ceiling_newton,
            troubles=tuple(self._troubles),
            unwatched_s=round(self._unwatched_s, 6),
            picture_column_s=self._picture.column_s,
            picture_newton=self._picture.newtons,
            verdict=verdict,
            not_recorded=not_recorded,
            damaged_lines=damaged_lines,
        )


def _list(items: list[T], item: T) -> None:
    if len(items) < LISTED_AT_MOST:
        items.append(item)

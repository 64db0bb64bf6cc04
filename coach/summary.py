"""The session in numbers, gathered from what was said; nothing is judged a second time here.

The printed page, `--json`, the history and every other reader use this one account.
"""

from copy import copy
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from .before import Asked
from .events import (
    CeilingLowered,
    CueChanged,
    Dropped,
    Ending,
    Event,
    ForceSeen,
    Marked,
    Noticed,
    Outcome,
    PadChanged,
    PawSeen,
    Preload,
    PressEnded,
    Resumed,
    SessionEnded,
)
from .forces import AS_RECORDED, Forces
from .her_words import HerMark, HerWords
from .kneading import Kneading
from .lists import put
from .picture import Picture
from .plan import Plan, Spot
from .troubles import Trouble, Troubles
from .verdict import Verdict, verdict_on


class Hold(Struct, frozen=True):
    """A press that was still for a while."""

    began_s: float
    still_since_s: float
    held_s: float
    mean_newton: float
    outcome: Outcome
    spot: Spot | None
    too_hard: bool = False


class Summary(Struct, frozen=True):
    """What the page says.

    Attributes:
        length_s: From the start to the last input.
        ended: Why it ended; None when the tape is cut off or still growing.
        stopped_by: The word that stopped it; None where none did.
        slower_above_newton_per_s: The plan's limit.
        plan_ceiling_newton: The ceiling at the start.
        uncertain_share: How far off a usual force may be; None where something else measured the newtons.
        not_calibrated: The pads of which nobody knows how far off they are.
        calibration: Where the tables come from, in a few words.
        over_newton: What was above this was too much to tell; None when nothing was.
        presses: All contacts but those that were paws alone.
        holds: Those that were still for 3 s or more, the first ones listed.
        holds_count: How many of those the glove saw whole.
        unsure_holds_count: How many more it did not: it was not to be trusted, and they were too short for a full one.
        full_holds_count: How many lasted `hold_s` or longer.
        too_hard_holds_count: During how many SOFTER was on.
        longest_hold_s: None when nothing settled.
        lean_ins_slow: Presses whose force never rose too fast.
        quickest_newton_per_s: The quickest rise of all lean-ins.
        peak_newton: The highest force of all presses.
        paws_count: Short presses of the kneading rhythm.
        paws_per_min: How quickly they came one after the other; this and the next three are medians, None of nothing.
        paws_evenness: How alike intervals and peaks were, 1 for all alike.
        paws_peak_newton: How hard they pressed.
        paws_rise_newton_per_s: How quickly each rose.
        let_go_early: The short holds that were let go, the first ones listed.
        too_hard_count: How often SOFTER came, but for the first of her two quick presses.
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
        first_damage: The first of them.
        instead_of: The plan that the session had, where it was judged again by another.
        asked: What was asked before the session; None where nobody knows, or nobody was touched.
    """

    label: str
    source: str
    plan: str
    hold_s: float
    length_s: float
    ended: Ending | None
    stopped_by: Literal["stop", "end"] | None
    slower_above_newton_per_s: float
    plan_ceiling_newton: float
    uncertain_share: float | None
    not_calibrated: tuple[str, ...]
    calibration: str
    over_newton: float | None
    presses: int
    holds: tuple[Hold, ...]
    holds_count: int
    unsure_holds_count: int
    full_holds_count: int
    too_hard_holds_count: int
    longest_hold_s: float | None
    lean_ins_slow: int
    quickest_newton_per_s: float | None
    peak_newton: float | None
    paws_count: int
    paws_per_min: float | None
    paws_evenness: float | None
    paws_peak_newton: float | None
    paws_rise_newton_per_s: float | None
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
    first_damage: str | None = None
    instead_of: str | None = None
    asked: Asked | None = None


class Account:
    """Gathers a summary, event by event, in the memory of one page.

    Args:
        plan: The plan of the session.
        label: Date and time for people.
        source: Where the readings came from.
        forces: How far the newtons can be believed.
        asked: What was asked before the session.
    """

    def __init__(
        self, plan: Plan, label: str, source: str, forces: Forces = AS_RECORDED, asked: Asked | None = None
    ) -> None:
        self._plan, self._label, self._source, self._forces = plan, label, source, forces
        self._asked: Asked | None = asked
        self._length_s = 0.0
        self._ended: Ending | None = None
        self._lean_ins = _LeanIns()
        self._kneading = Kneading()
        self._full = self._held = self._unsure = self._too_hard = self._calm = 0
        self._longest_s: float | None = None
        self._calm_s: float | None = None
        self._holds: list[Hold] = []
        self._early: list[Hold] = []
        self._hers, self._troubles = HerWords(), Troubles()
        self._cues: dict[str, int] = {}
        self._ceiling_newton = plan.ceiling_newton
        self._picture = Picture()

    def feed(self, event: Event) -> None:
        """Take the next event into account."""
        self._length_s = max(self._length_s, event.t_s)
        match event:
            case PressEnded():
                self._press_ended(event)
            case PawSeen():
                self._kneading.paw(event)
            case CueChanged(look="softer"):
                self._hers.softer(event)
            case CueChanged(on=True):
                self._cues[event.look] = self._cues.get(event.look, 0) + 1
            case ForceSeen():
                self._picture.feed(event)
            case Marked():
                self._hers.mark(event)
            case CeilingLowered():
                self._ceiling_newton = event.ceiling_newton
            case PadChanged() | Preload() | Noticed() | Dropped() | Resumed():
                self._troubles.feed(event)
            case SessionEnded():
                self._ended = event.reason
            case _:
                pass

    def _press_ended(self, event: PressEnded) -> None:
        for lean_in in self._kneading.touch(event) if event.outcome == "touch" else [event]:
            self._lean_ins.add(lean_in)
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
            event.too_hard,
        )
        self._held += event.outcome != "unsure"
        self._unsure += event.outcome == "unsure"
        self._full += event.outcome == "full"
        self._too_hard += event.too_hard
        if event.outcome == "full" and not event.too_hard:
            self._calm += 1
            self._calm_s = max(event.held_s, self._calm_s or 0.0)
        put(self._holds, hold)
        if event.outcome == "short" and event.release_newton_per_s is not None:
            put(self._early, hold)

    def summary(
        self, not_recorded: str | None = None, damaged_lines: int = 0, first_damage: str | None = None
    ) -> Summary:
        """Return the account so far."""
        lean_ins, paws = copy(self._lean_ins), self._kneading
        for touch in paws.unsure:
            lean_ins.add(touch)
        hers, limit = self._hers, self._plan.slower_above_newton_per_s
        verdict = verdict_on(
            presses=lean_ins.presses,
            slow=lean_ins.slow,
            full_holds=self._calm,
            longest_s=self._calm_s,
            early=len(self._early),
            too_hard=hers.too_hard,
            abrupt=self._cues.get("ease_off", 0),
            glove_trouble=self._troubles.to_mend,
            said_stop=hers.said_stop,
            said_too_much=hers.said_too_much,
            hold_s=self._plan.hold_s,
            paws=paws.count,
            paws_quick=(paws.rise_newton_per_s.value or 0.0) > limit,
        )
        return Summary(
            label=self._label,
            source=self._source,
            plan=self._plan.name,
            hold_s=self._plan.hold_s,
            length_s=self._length_s,
            ended=self._ended,
            stopped_by=hers.stopped_by,
            slower_above_newton_per_s=limit,
            plan_ceiling_newton=self._plan.ceiling_newton,
            uncertain_share=self._forces.uncertain_share,
            not_calibrated=self._forces.not_calibrated,
            calibration=self._forces.calibration,
            over_newton=self._forces.reach_newton if self._troubles.was_over else None,
            presses=lean_ins.presses,
            holds=tuple(self._holds),
            holds_count=self._held,
            unsure_holds_count=self._unsure,
            full_holds_count=self._full,
            too_hard_holds_count=self._too_hard,
            longest_hold_s=self._longest_s,
            lean_ins_slow=lean_ins.slow,
            quickest_newton_per_s=lean_ins.quickest_newton_per_s,
            peak_newton=lean_ins.peak_newton,
            paws_count=paws.count,
            paws_per_min=paws.per_min.value,
            paws_evenness=paws.evenness.value,
            paws_peak_newton=paws.peak_newton.value,
            paws_rise_newton_per_s=paws.rise_newton_per_s.value,
            let_go_early=tuple(self._early),
            too_hard_count=hers.too_hard,
            too_fast_count=self._cues.get("slower", 0),
            abrupt_count=self._cues.get("ease_off", 0),
            marks=tuple(hers.marks),
            ceiling_newton=self._ceiling_newton,
            troubles=tuple(self._troubles.listed),
            unwatched_s=round(self._troubles.unwatched_s, 6),
            picture_column_s=self._picture.column_s,
            picture_newton=self._picture.newtons,
            verdict=verdict,
            not_recorded=not_recorded,
            damaged_lines=damaged_lines,
            first_damage=first_damage,
            asked=self._asked,
        )


@dataclass(slots=True)
class _LeanIns:
    presses: int = 0
    slow: int = 0
    quickest_newton_per_s: float | None = None
    peak_newton: float | None = None

    def add(self, press: PressEnded) -> None:
        self.presses += 1
        self.slow += press.slow_enough
        self.quickest_newton_per_s = max(press.rise_newton_per_s, self.quickest_newton_per_s or 0.0)
        self.peak_newton = max(press.peak_newton, self.peak_newton or 0.0)

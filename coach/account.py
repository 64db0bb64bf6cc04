"""The account of a session, gathered from what was said, event by event, in the memory of one page.

Nothing is judged a second time here.
"""

from collections import deque
from copy import deepcopy
from dataclasses import dataclass, field

from .before import Asked
from .events import (
    Balance,
    CeilingLowered,
    CueChanged,
    Dropped,
    Ending,
    Event,
    ForceSeen,
    JustRightAt,
    Marked,
    Noticed,
    PadChanged,
    PawSeen,
    Poking,
    Preload,
    PressEnded,
    Resumed,
    RoughPaws,
    SessionEnded,
    StepBegan,
    TooFirm,
)
from .forces import AS_RECORDED, Forces
from .hand import ABRUPT_PER_LIMIT
from .her_words import HerWords
from .kneading import Kneading
from .lists import put
from .picture import Picture
from .plan import JustRight, Plan, Side, Spot
from .score import Part, Score, Tally, lean_in_points, letting_go_points, score_of, softness_points, stillness_points
from .spots import SpotHold, SpotSeen, spots_seen
from .summary import Hold, Summary
from .tips import tip_for
from .troubles import Troubles
from .verdict import verdict_on

# Of a press that is told later, as a touch may be: more habits than one a press of the newest are not needed.
HABITS_REMEMBERED = 8


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
        self._spot: Spot | None = None
        self._just_right: dict[Spot, float] = {}
        self._habits_seen: deque[tuple[Side | None, float]] = deque(maxlen=HABITS_REMEMBERED)
        self._habits = {Poking: 0, TooFirm: 0, RoughPaws: 0}
        self._balance = 0
        self._stillness, self._letting_go = Tally(), Tally()
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
                self._hers.mark(event, self._spot)
            case CeilingLowered():
                self._ceiling_newton = event.ceiling_newton
            case PadChanged() | Preload() | Noticed() | Dropped() | Resumed():
                self._troubles.feed(event)
            case SessionEnded():
                self._ended = event.reason
            case _:
                self._feed_of_the_plan(event)

    def _feed_of_the_plan(self, event: Event) -> None:
        match event:
            case StepBegan():
                self._spot = event.spot
            case JustRightAt(spot=Spot() as spot):
                self._just_right[spot] = event.newton
            case Poking() | TooFirm() | RoughPaws():
                self._habits[type(event)] += 1
                self._habits_seen.append((event.side, event.t_s))
            case Balance():
                self._balance += 1
            case _:
                pass

    def _press_ended(self, event: PressEnded) -> None:
        for lean_in in self._kneading.touch(event) if event.outcome == "touch" else [event]:
            self._add(self._lean_ins, lean_in)
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
            event.side,
        )
        self._judge_hold(event)
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

    def _add(self, lean_ins: "_LeanIns", press: PressEnded) -> None:
        had_habit = any(side == press.side and press.began_s <= t_s <= press.t_s for side, t_s in self._habits_seen)
        lean_ins.add(press, self._plan.slower_above_newton_per_s, self._ceiling_newton, had_habit)

    def _judge_hold(self, press: PressEnded) -> None:
        if press.outcome == "unsure" or press.held_s is None:
            return
        self._stillness.add(stillness_points(press.held_s, self._plan.hold_s))
        # A session may end in a hold, which was then never let go.
        if press.release_newton_per_s is not None:
            abrupt = ABRUPT_PER_LIMIT * self._plan.slower_above_newton_per_s
            self._letting_go.add(letting_go_points(press.release_newton_per_s, abrupt))

    def _spots(self) -> tuple[SpotSeen, ...]:
        holds = [
            (hold.spot, SpotHold(hold.still_since_s, hold.held_s, hold.mean_newton, hold.outcome))
            for hold in self._holds
        ]
        return spots_seen(self._plan.spots, holds, self._just_rights(), self._hers.marks, self._plan.hold_s)

    def _just_rights(self) -> tuple[JustRight, ...]:
        return tuple(JustRight(spot, newton) for spot, newton in self._just_right.items())

    def _score(self, lean_ins: "_LeanIns", spots: tuple[SpotSeen, ...]) -> Score:
        tallies: dict[Part, Tally] = {
            "slowness": lean_ins.slowness,
            "softness": lean_ins.softness,
            "stillness": self._stillness,
            "letting go": self._letting_go,
        }
        coverage = [seen.share for seen in spots if seen.spot in self._plan.spots]
        can_be_covered = bool(coverage) and not self._hers.said_stop
        plan = self._plan
        return score_of(tallies, coverage if can_be_covered else None, hold_s=plan.hold_s, lean_in_s=plan.lean_in_s)

    def summary(
        self, not_recorded: str | None = None, damaged_lines: int = 0, first_damage: str | None = None
    ) -> Summary:
        """Return the account so far."""
        lean_ins, paws = deepcopy(self._lean_ins), self._kneading
        for touch in paws.unsure:
            self._add(lean_ins, touch)
        spots = self._spots()
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
            lean_in_s=self._plan.lean_in_s,
            poking=self._habits[Poking],
            one_sided=self._balance,
            paws=paws.count,
            paws_quick=(paws.rise_newton_per_s.value or 0.0) > self._plan.paws_limit_newton_per_s,
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
            poking_count=self._habits[Poking],
            too_firm_count=self._habits[TooFirm],
            rough_paws_count=self._habits[RoughPaws],
            balance_count=self._balance,
            just_right=self._just_rights(),
            spots=spots,
            score=self._score(lean_ins, spots),
            verdict=verdict,
            tip=tip_for(self._label),
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
    slowness: Tally = field(default_factory=Tally)
    softness: Tally = field(default_factory=Tally)

    def add(self, press: PressEnded, limit_newton_per_s: float, ceiling_newton: float, had_habit: bool) -> None:
        rise, peak = press.rise_newton_per_s, press.peak_newton
        self.slowness.add(lean_in_points(press.slow_enough, rise, peak, limit_newton_per_s))
        self.softness.add(softness_points(press.too_hard, peak, ceiling_newton, had_habit))
        self.presses += 1
        self.slow += press.slow_enough
        self.quickest_newton_per_s = max(press.rise_newton_per_s, self.quickest_newton_per_s or 0.0)
        self.peak_newton = max(press.peak_newton, self.peak_newton or 0.0)

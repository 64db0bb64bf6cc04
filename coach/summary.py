"""The session in numbers: the printed page, `--json`, the history and every other reader use this one summary."""

from typing import Literal

from msgspec import Struct

from .before import Asked
from .events import Ending, Outcome
from .her_words import HerMark
from .plan import JustRight, Side, Spot
from .score import Score
from .spots import SpotSeen
from .troubles import Trouble
from .verdict import Verdict


class Hold(Struct, frozen=True):
    """A press that was still for a while; the side is that of the hand, where two gloves were worn."""

    began_s: float
    still_since_s: float
    held_s: float
    mean_newton: float
    outcome: Outcome
    spot: Spot | None
    too_hard: bool = False
    side: Side | None = None


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
        poking_count: How often one pad bore almost all.
        too_firm_count: How often it was more than she had called just right there.
        rough_paws_count: How often paws were too hard or too quick.
        balance_count: How often one of two hands bore most.
        just_right: What she called just right, the last word for each spot.
        spots: What each spot of the plan had.
        score: Points, and their reasons.
        verdict: One thing that went well and one to try.
        tip: Something for the days between; None most of the times.
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
    poking_count: int
    too_firm_count: int
    rough_paws_count: int
    balance_count: int
    just_right: tuple[JustRight, ...]
    spots: tuple[SpotSeen, ...]
    score: Score
    verdict: Verdict
    tip: str | None
    not_recorded: str | None = None
    damaged_lines: int = 0
    first_damage: str | None = None
    instead_of: str | None = None
    asked: Asked | None = None

"""The score: 0 to 100 for each thing that makes hands good, and all of its rules and weights.

It rewards nearly (a hold of 27 s is nine tenths of one of 30), as the best of coaches do (Laerdal QCPR); beside each
stands the binary share, how many of how many were good. What there was too little of is not judged. All weights are our
choice, to be checked by a therapist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from .limits import usual_limit_newton_per_s

Part = Literal["slowness", "softness", "stillness", "letting go", "coverage"]
# What she feels first weighs most: that it comes slowly, and that it is not too much.
WEIGHTS: dict[Part, int] = {"slowness": 30, "softness": 30, "stillness": 20, "letting go": 10, "coverage": 10}
# Once is no habit, good or bad.
ENOUGH_TO_JUDGE = 2
# A session is more than one part.
PARTS_FOR_A_WHOLE = 3
# At the limit all points, at three times the limit none, in between in proportion.
NONE_AT_LIMITS = 3.0
# At the ceiling all points, at one and a half times none: 30 N where 20 are the most.
NONE_AT_CEILINGS = 1.5
# What a warning was needed for is never whole, however short it was.
WARNED_AT_MOST = 90.0
# She said that it was too much, under the ceiling: half, for the force was within what was agreed.
SHE_SAID_AT_MOST = 50.0
# A point, or more than she called just right: softness has begun to slip.
HABIT_AT_MOST = 70.0


@dataclass(slots=True)
class Tally:
    """Points of one part, press by press."""

    points: float = 0.0
    good: int = 0
    of: int = 0

    def add(self, points: float) -> None:
        """Take the points of one press, 0 to 100; 100 is good."""
        self.points += points
        self.good += points >= 100.0
        self.of += 1


class Judged(Struct, frozen=True):
    """One part of the score.

    Attributes:
        part: Which.
        points: 0 to 100; None where there was not enough to judge.
        good: How many were good.
        of: Of how many.
        reason: Why, in a few words.
        try_next: The one thing to try; None where all is well or nothing is known.
    """

    part: Part
    points: int | None
    good: int
    of: int
    reason: str
    try_next: str | None


class Score(Struct, frozen=True):
    """The whole, where enough of it is known, and its parts."""

    points: int | None
    parts: tuple[Judged, ...]


def lean_in_points(slow_enough: bool, rise_newton_per_s: float, peak_newton: float, limit_newton_per_s: float) -> float:
    """Return the points of a lean-in for slowness."""
    if slow_enough:
        return 100.0
    allowed = usual_limit_newton_per_s(limit_newton_per_s, peak_newton)
    return min(WARNED_AT_MOST, _nearly(rise_newton_per_s / allowed, NONE_AT_LIMITS))


def softness_points(too_hard: bool, peak_newton: float, ceiling_newton: float, had_habit: bool) -> float:
    """Return the points of a press for softness."""
    if too_hard and peak_newton <= ceiling_newton:
        return SHE_SAID_AT_MOST
    if too_hard:
        return min(WARNED_AT_MOST, _nearly(peak_newton / ceiling_newton, NONE_AT_CEILINGS))
    return HABIT_AT_MOST if had_habit else 100.0


def stillness_points(held_s: float, hold_s: float) -> float:
    """Return the points of a hold for stillness; what does not count as still is not in `held_s`."""
    return 100.0 * min(1.0, held_s / hold_s)


def letting_go_points(release_newton_per_s: float, abrupt_newton_per_s: float) -> float:
    """Return the points of a hold for how it was let go."""
    return _nearly(release_newton_per_s / abrupt_newton_per_s, NONE_AT_LIMITS)


def _nearly(share: float, none_at: float) -> float:
    return 100.0 * min(1.0, max(0.0, (none_at - share) / (none_at - 1.0)))


def score_of(tallies: dict[Part, Tally], coverage: Sequence[float] | None, *, hold_s: float, lean_in_s: float) -> Score:
    """Return the score.

    Args:
        tallies: Of every part but coverage.
        coverage: Of each spot of the plan how much of a full hold it had, 0 to 1; None where there is no plan to cover,
            or she said stop.
        hold_s: A full hold.
        lean_in_s: How long a lean-in may well take.
    """
    covered = Tally()
    for share in coverage or ():
        covered.add(100.0 * share)
    parts = tuple(
        _judged(part, covered if part == "coverage" else tallies[part], hold_s=hold_s, lean_in_s=lean_in_s)
        for part in WEIGHTS
    )
    known = [(part.points, WEIGHTS[part.part]) for part in parts if part.points is not None]
    if len(known) < PARTS_FOR_A_WHOLE:
        return Score(None, parts)
    return Score(round(sum(points * weight for points, weight in known) / sum(weight for _, weight in known)), parts)


def _judged(part: Part, tally: Tally, *, hold_s: float, lean_in_s: float) -> Judged:
    if tally.of < (1 if part == "coverage" else ENOUGH_TO_JUDGE):
        return Judged(part, None, tally.good, tally.of, "not enough to judge", None)
    points = round(tally.points / tally.of)
    what, try_next = _WORDS[part]
    reason = f"{tally.good} of {tally.of} {what.format(hold_s=hold_s)}"
    # A rounded 100 that is none would praise what it then corrects.
    if tally.good < tally.of:
        return Judged(
            part, min(points, 99), tally.good, tally.of, reason, try_next.format(hold_s=hold_s, lean_in_s=lean_in_s)
        )
    return Judged(part, points, tally.good, tally.of, reason, None)


_WORDS: dict[Part, tuple[str, str]] = {
    "slowness": ("lean-ins slow enough", "take {lean_in_s:g} seconds to lean in"),
    "softness": ("presses soft enough", "a little less weight, and the whole hand"),
    "stillness": ("holds of {hold_s:g} seconds", "breathe together until {hold_s:g} seconds are over"),
    "letting go": ("holds let go gently", "let go as slowly as you came"),
    "coverage": ("spots with a full hold", "visit the spots that are left"),
}

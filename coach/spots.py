"""Where on the hip it was: what each spot of the plan had, and what she said there."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from .events import Outcome
from .her_words import HerMark
from .plan import SIDES, JustRight, Spot


class SpotHold(Struct, frozen=True):
    """A hold at a spot."""

    t_s: float
    held_s: float
    newton: float
    outcome: Outcome


class SpotSeen(Struct, frozen=True):
    """One spot.

    Attributes:
        spot: Where.
        holds: What it had, in order.
        full: How many of them were full.
        share: How much of a full hold the best of them was, 0 to 1.
        just_right_newton: What she called just right there this time; None where she did not.
        said: What she said there, in order.
    """

    spot: Spot
    holds: tuple[SpotHold, ...]
    full: int
    share: float
    just_right_newton: float | None
    said: tuple[str, ...]


def spots_seen(
    planned: Sequence[Spot],
    holds: Iterable[tuple[Spot | None, SpotHold]],
    just_right: Iterable[JustRight],
    marks: Iterable[HerMark],
    hold_s: float,
) -> tuple[SpotSeen, ...]:
    """Return what each spot had: those of the plan, and any other that the tape knows of.

    Args:
        planned: The spots that were to be held.
        holds: All holds, with their spots.
        just_right: What she called just right; the last word counts.
        marks: Her words.
        hold_s: A full hold.
    """
    found: dict[Spot, list[SpotHold]] = {spot: [] for spot in planned}
    for spot, hold in holds:
        if spot is not None:
            found.setdefault(spot, []).append(hold)
    newton = {one.spot: one.newton for one in just_right}
    said: dict[Spot, list[str]] = {}
    for mark in marks:
        if mark.spot is not None:
            for spot in dict.fromkeys(mark.spot.on(side) for side in SIDES):
                said.setdefault(spot, []).append(mark.word)
    return tuple(
        SpotSeen(
            spot,
            tuple(here),
            sum(hold.outcome == "full" for hold in here),
            round(max([min(1.0, hold.held_s / hold_s) for hold in here], default=0.0), 6),
            newton.get(spot),
            tuple(said.get(spot, ())),
        )
        for spot, here in found.items()
    )

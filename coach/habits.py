"""What is no danger but a habit: told when it has lasted for a moment, and then not again for a while.

Poking (one pad bears almost all), more than she called just right at this spot, paws that are too hard or too quick,
and two hands of which one does all the work. Only errors that last are told, and at most every 5 s: a
voice at each of them made people drift to the limit, jump, and drift again (Cason 2011).
"""

from dataclasses import dataclass
from typing import Literal

from .plan import Side

# Shorter than this is a movement, not a habit.
LASTS_S = 0.7
# No nagging.
TOLD_AGAIN_AFTER_S = 5.0
# A flat hand has less than half on any pad, a hand on its heel or fingers up to two thirds: more is a point.
POKING_SHARE, POKING_ENDS_SHARE = 0.8, 0.7
# Under this the hand has only just come, or kneads, and a point cannot hurt.
POKING_FROM_NEWTON = 5.0
# What she called just right, and one noticeable step of force (13 to 14 %, Goossens 2005) more.
FIRM_SHARE, FIRM_ENDS_SHARE = 1.15, 1.1
# Twice as much as the other hand.
HEAVIER_SHARE, HEAVIER_ENDS_SHARE = 2 / 3, 0.6
# A hand that has only just come bears nothing yet.
HEAVIER_FROM_NEWTON = 8.0
# One paw may slip.
PAWS_IN_A_ROW = 2


@dataclass(slots=True)
class Habit:
    """Something that is to be told when it lasts.

    Args:
        begins: From which value on it counts.
        ends: Below which value it is over.
    """

    begins: float
    ends: float
    _since_s: float | None = None
    _told_s: float | None = None

    def lapse(self) -> None:
        """Begin anew after this: how much of it there is cannot be said now."""
        self._since_s = None

    def feed(self, t_s: float, value: float) -> bool:
        """Take how much of it there is, and return whether it is to be told now."""
        if value < (self.begins if self._since_s is None else self.ends):
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = t_s
        lasted = t_s - self._since_s >= LASTS_S - 1e-6
        rested = self._told_s is None or t_s - self._told_s >= TOLD_AGAIN_AFTER_S - 1e-6
        if not (lasted and rested):
            return False
        self._told_s = t_s
        return True


def poking() -> Habit:
    """Return the habit of pressing with one pad; its value is `most_share`."""
    return Habit(POKING_SHARE, POKING_ENDS_SHARE)


def too_firm() -> Habit:
    """Return the habit of pressing more than she called just right; its value is their quotient."""
    return Habit(FIRM_SHARE, FIRM_ENDS_SHARE)


def one_sided() -> Habit:
    """Return the habit of leaning on one of two hands; its value is the heavier one's share of both."""
    return Habit(HEAVIER_SHARE, HEAVIER_ENDS_SHARE)


def most_share(pad_newton: tuple[float | None, ...]) -> tuple[int, float] | None:
    """Return the pad that bears most and its share of all; None where too little is borne, or not all is known."""
    known = [newton for newton in pad_newton if newton is not None]
    whole = sum(known)
    if len(known) < len(pad_newton) or len(known) == 1 or whole < POKING_FROM_NEWTON:
        return None
    most = max(known)
    return known.index(most), round(most / whole, 6)


def heavier_share(left_newton: float | None, right_newton: float | None) -> tuple[Side, float] | None:
    """Return the hand that bears more and its share of both; None where that is little, or one is away or not known."""
    if left_newton is None or right_newton is None:
        return None
    whole = left_newton + right_newton
    if whole < HEAVIER_FROM_NEWTON:
        return None
    return "left" if left_newton >= right_newton else "right", round(max(left_newton, right_newton) / whole, 6)


@dataclass(slots=True)
class RoughPaws:
    """Counts paws in a row that are too hard, or too quick.

    Args:
        ceiling_newton: A harder one is too hard.
        at_most_per_min: Quicker ones are too quick.
    """

    ceiling_newton: float
    at_most_per_min: float
    _hard: int = 0
    _quick: int = 0
    _told_s: float | None = None

    def feed(self, t_s: float, peak_newton: float, cadence_per_min: float | None) -> Literal["hard", "quick"] | None:
        """Take the next paw; return `hard` or `quick` where that is to be told now."""
        self._hard = self._hard + 1 if peak_newton > self.ceiling_newton else 0
        self._quick = self._quick + 1 if (cadence_per_min or 0.0) > self.at_most_per_min else 0
        if max(self._hard, self._quick) < PAWS_IN_A_ROW:
            return None
        if self._told_s is not None and t_s - self._told_s < TOLD_AGAIN_AFTER_S:
            return None
        self._told_s = t_s
        return "hard" if self._hard >= PAWS_IN_A_ROW else "quick"

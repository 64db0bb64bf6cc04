"""Praise that fades: who holds well needs to be told less, and learns to feel it (Snodgrass 2010, JOSPT 2012).

After three good holds in a row the chime of the thirty seconds is shorter, after six there is the light alone. After a
hold that was not good it is back.
"""

from .events import PressEnded

# Three passes in a row are the next level (PeriCoach).
GOOD_IN_A_ROW = 3
# Whole, shorter, none.
STEPS = 2


class Praise:
    """How well it has been going of late."""

    def __init__(self) -> None:
        self._good = 0

    @property
    def faded(self) -> int:
        """By how many steps the praise is quieter: 0 to 2."""
        return min(STEPS, self._good // GOOD_IN_A_ROW)

    def feed(self, press: PressEnded) -> None:
        """Take a press that has ended; a touch is no hold, and of an unsure one nobody knows."""
        if press.too_hard or press.outcome == "short":
            self._good = 0
        elif press.outcome == "full":
            self._good = self._good + 1 if press.slow_enough else 0

"""What each emulated hand does: presses as data, in seconds and newtons of all three pads together.

A good lean-in stays under 3 N/s, a good release takes about 4 s, a good hold lasts 30 to 60 s at less than
the ceiling of 20 N. Each hand breaks one of these rules, or none.
"""

from dataclasses import dataclass
from typing import Literal

Shares3 = tuple[float, float, float]

# Heel, palm, fingers: a flat hand leans on its heel.
FLAT: Shares3 = (0.45, 0.34, 0.21)
HEEL_HEAVY: Shares3 = (0.46, 0.28, 0.26)
FINGERS_HEAVY: Shares3 = (0.22, 0.30, 0.48)
# A cat's paw lands on one end of the hand; the rest hardly touches.
_HEEL_ALONE: Shares3 = (0.82, 0.13, 0.05)
_FINGERS_ALONE: Shares3 = (0.05, 0.13, 0.82)


@dataclass(frozen=True, slots=True)
class Press:
    """From contact to release.

    Args:
        pause_s: Rest before it.
        newton: Force that the lean-in ends at.
        lean_in_s: Time to get there.
        hold_s: Time at that force.
        release_s: Time back to nothing.
        shares: Parts of the force on heel, palm and fingers; they add up to 1.
        sag: Part of the force lost, evenly, over the hold.
        mama_after_s: When in the hold mama presses her button.
        mama_says: What she means: a tap is too much, two are just right, held it is stop.
        ease_to_newton: The force that he goes on with a second after that.
        partner_after_s: When in the rest before it he taps his own button, to go on.
    """

    pause_s: float
    newton: float
    lean_in_s: float
    hold_s: float
    release_s: float
    shares: Shares3 = FLAT
    sag: float = 0.0
    mama_after_s: float | None = None
    mama_says: Literal["too much", "just right", "stop"] = "too much"
    ease_to_newton: float | None = None
    partner_after_s: float | None = None


# 24 paws a minute: up in 1.25 s, down in 1.25 s, heel and fingers in turn, no two quite alike, none steeper than 4 N/s.
_PAWS = tuple(
    Press(2.0 if i == 0 else 0.0, newton, 1.25, 0.0, 1.25, FINGERS_HEAVY if i % 2 else HEEL_HEAVY)
    for i, newton in enumerate((3.0, 2.6, 2.9, 2.4, 3.0, 2.7, 2.5, 2.8) * 3)
)

# 40 paws a minute, of the heel alone and of the fingers alone in turn; at 2 N they can be as quick as that and still
# stay under 4.3 N/s.
_CAT_PAWS = tuple(
    Press(2.0 if i == 0 else 0.0, newton, 0.75, 0.0, 0.75, _FINGERS_ALONE if i % 2 else _HEEL_ALONE)
    for i, newton in enumerate((2.0, 1.8, 1.9, 1.7, 2.0, 1.9, 1.8, 2.0) * 5)
)

SCRIPTS: dict[str, tuple[Press, ...]] = {
    "gentle": (
        Press(2.0, 4.0, 2.6, 0.3, 2.6),
        Press(1.5, 4.0, 2.6, 0.3, 2.6),
        Press(3.0, 10.0, 5.5, 34.0, 4.0),
        Press(6.0, 12.5, 7.0, 45.0, 4.5),
    ),
    "hasty": (
        Press(2.0, 12.0, 0.3, 33.0, 0.3),
        Press(5.0, 15.0, 0.8, 34.0, 0.35),
        Press(5.0, 12.0, 6.5, 33.0, 0.3),
        Press(5.0, 13.0, 0.5, 33.0, 0.3),
    ),
    "restless": (
        Press(2.0, 11.0, 6.0, 12.0, 0.3),
        Press(6.0, 10.0, 5.5, 22.0, 4.0),
        Press(6.0, 12.0, 6.5, 27.0, 0.35),
        Press(6.0, 11.0, 6.0, 35.0, 4.0),
    ),
    "tired": (
        Press(2.0, 12.0, 6.5, 35.0, 4.0, sag=0.15),
        Press(6.0, 11.0, 6.0, 37.0, 4.0, sag=0.15),
        Press(6.0, 12.0, 6.5, 40.0, 4.0, sag=0.15),
    ),
    "heavy": (
        Press(2.0, 24.5, 16.0, 31.0, 8.0),
        Press(6.0, 25.5, 16.0, 38.0, 5.0, mama_after_s=3.0, ease_to_newton=14.0),
        Press(6.0, 13.0, 7.0, 33.0, 4.5),
    ),
    "kneading": (*_PAWS, Press(4.0, 12.0, 6.5, 34.0, 4.0)),
    "catlike": (Press(2.0, 4.0, 2.6, 0.3, 2.6), *_CAT_PAWS, Press(7.0, 11.0, 6.0, 33.0, 4.0)),
}

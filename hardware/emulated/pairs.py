"""Pairs, each named like the plan that it plays from end to end: his hand, and what they say with their buttons.

Good, but human. What a pair waits for is a plan's: a press is told 2 s after it was let go, and only then is it time
for the next spot; paws, a question and a rest last as long as the plan says. So paws begin and end within their time,
and a hand that leans in later than it might does no harm.
"""

from dataclasses import replace

from hardware.emulated.scripts import FINGERS_HEAVY, HEEL_HEAVY, Press

# No two paws quite alike.
_PAW_SHARES = (1.0, 0.87, 0.97, 0.8, 0.93, 0.84)
# He hears what comes next, and moves his hand there without hurry.
_MOVES_S = 4.5
# She says where she would like it, and he finds the place; he may be there before the question is over.
_ASKED_S = 12.0


def _paws(
    count: int, per_min: float, newton: float, pause_s: float, partner_after_s: float | None = None
) -> tuple[Press, ...]:
    """Return soft paws of heel and fingers in turn."""
    half_s = 30 / per_min
    first, *others = (
        Press(
            0.0,
            newton * _PAW_SHARES[i % len(_PAW_SHARES)],
            half_s,
            0.0,
            half_s,
            FINGERS_HEAVY if i % 2 else HEEL_HEAVY,
        )
        for i in range(count)
    )
    return replace(first, pause_s=pause_s, partner_after_s=partner_after_s), *others


# One side, three spots. On the second he lets go after 27 s, hears so, and stays there once more.
_FIRST_TIME = (
    *_paws(18, 26, 3.2, pause_s=2.5),
    Press(_ASKED_S, 9.0, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 10.0, 6.5, 27.0, 3.0),
    Press(5.0, 10.0, 6.5, 35.0, 4.0),
    Press(_MOVES_S, 8.5, 6.0, 33.0, 4.0),
    *_paws(18, 26, 2.8, pause_s=_MOVES_S),
)

# The whole hip, right then left. She says just right at the middle of the right side.
_SIDE_LYING = (
    *_paws(28, 30, 3.4, pause_s=2.5),
    Press(_ASKED_S, 10.0, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 10.5, 6.0, 33.0, 4.0),
    Press(_MOVES_S, 12.0, 7.0, 37.0, 4.5, mama_after_s=15.0, mama_says="just right"),
    Press(_MOVES_S, 11.0, 6.5, 34.0, 4.0),
    Press(_MOVES_S, 9.0, 5.5, 33.0, 4.0),
    *_paws(12, 30, 3.2, pause_s=95.5),
    Press(6.0, 10.0, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 10.5, 6.0, 33.0, 4.0),
    Press(_MOVES_S, 12.5, 7.0, 42.0, 4.5),
    Press(_MOVES_S, 11.0, 6.5, 34.0, 4.0),
    Press(_MOVES_S, 9.0, 5.5, 34.0, 4.0),
    *_paws(28, 30, 2.8, pause_s=_MOVES_S),
)

# One hand on both sides, at each spot left, then right. He goes on by his button when she has moved.
_SEATED = (
    *_paws(33, 36, 3.2, pause_s=2.5),
    *_paws(33, 36, 3.2, pause_s=5.0),
    Press(_ASKED_S, 10.0, 6.0, 33.0, 4.0),
    Press(_MOVES_S, 10.0, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 9.5, 6.0, 33.0, 4.0),
    Press(_MOVES_S, 9.5, 6.0, 33.0, 4.0),
    Press(_MOVES_S, 12.0, 7.0, 38.0, 4.5),
    Press(_MOVES_S, 12.5, 7.0, 36.0, 4.5),
    Press(_MOVES_S, 11.0, 6.5, 34.0, 4.0),
    Press(_MOVES_S, 10.5, 6.5, 33.0, 4.0),
    Press(_MOVES_S, 9.0, 5.5, 33.0, 4.0),
    Press(_MOVES_S, 9.0, 5.5, 35.0, 4.0),
    *_paws(33, 36, 2.6, pause_s=17.0, partner_after_s=14.0),
    *_paws(33, 36, 2.6, pause_s=5.0),
)

# A hand on each side at once, the left one half a paw later and a little softer.
_BOTH_RIGHT = (
    *_paws(33, 36, 3.2, pause_s=2.5),
    Press(_ASKED_S, 10.0, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 9.5, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 12.0, 7.0, 38.0, 4.5),
    Press(_MOVES_S, 11.0, 6.5, 34.0, 4.0),
    Press(_MOVES_S, 9.0, 5.5, 34.0, 4.0),
    *_paws(33, 36, 2.6, pause_s=17.0, partner_after_s=14.0),
)
_BOTH_LEFT = (
    *_paws(33, 36, 3.0, pause_s=3.3),
    Press(_ASKED_S - 0.8, 9.5, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 8.5, 6.0, 34.0, 4.0),
    Press(_MOVES_S, 11.0, 7.0, 38.0, 4.5),
    Press(_MOVES_S, 10.0, 6.5, 34.0, 4.0),
    Press(_MOVES_S, 8.0, 5.5, 34.0, 4.0),
    *_paws(33, 36, 2.5, pause_s=17.8),
)

# All of it softer and slower, up to 9 N at no more than 1.5 N/s. In the third hold she says too much: he eases, and
# stays below that for the rest of the evening.
_SORE = (
    *_paws(23, 25, 2.4, pause_s=2.5),
    Press(_ASKED_S, 7.5, 8.5, 35.0, 5.0),
    Press(_MOVES_S, 8.0, 9.0, 34.0, 5.0),
    Press(_MOVES_S, 8.5, 9.5, 44.0, 5.0, mama_after_s=5.0, ease_to_newton=5.0),
    Press(_MOVES_S, 5.5, 8.0, 34.0, 4.5),
    Press(_MOVES_S, 5.0, 8.0, 34.0, 4.5),
    *_paws(10, 25, 2.2, pause_s=95.5),
    Press(6.0, 5.5, 8.0, 34.0, 4.5),
    Press(_MOVES_S, 5.5, 8.0, 35.0, 4.5),
    Press(_MOVES_S, 5.5, 8.0, 38.0, 4.5),
    Press(_MOVES_S, 5.5, 8.0, 34.0, 4.5),
    Press(_MOVES_S, 5.0, 8.0, 34.0, 4.5),
    *_paws(23, 25, 2.2, pause_s=_MOVES_S),
)

PAIRS: dict[str, tuple[Press, ...]] = {
    "first-time": _FIRST_TIME,
    "side-lying": _SIDE_LYING,
    "seated": _SEATED,
    "sore": _SORE,
}

# Three slow leans, each ended by her: no plan, but the measure of what is too much. He lets go as soon as he hears it.
COMFORT = (
    Press(3.0, 18.0, 9.0, 1.5, 3.0, mama_after_s=-0.5),
    Press(6.0, 16.5, 8.5, 1.5, 3.0, mama_after_s=-0.5),
    Press(6.0, 17.5, 9.0, 1.5, 3.0, mama_after_s=-0.5),
)

# Where a glove is worn on each hand: the left hand's presses, then the right one's, with the buttons that he presses.
PAIRS_OF_TWO: dict[str, tuple[tuple[Press, ...], tuple[Press, ...]]] = {"seated": (_BOTH_LEFT, _BOTH_RIGHT)}

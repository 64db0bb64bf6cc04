"""Two sentences for the couple: what went well, and the one thing to try next time.

Warm and short; no alarm, and no promise of anything but a calm quarter of an hour.
"""

from msgspec import Struct


class Verdict(Struct, frozen=True):
    """One sentence each."""

    went_well: str
    try_next: str


def minutes(t_s: float) -> str:
    """Return a time as people say it: 0:07, 12:30, 1:02:30."""
    whole = round(t_s)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def verdict_on(
    *,
    presses: int,
    slow: int,
    full_holds: int,
    longest_s: float | None,
    early: int,
    too_hard: int,
    abrupt: int,
    glove_trouble: str | None,
    hold_s: float,
) -> Verdict:
    """Choose the sentences: the best that can be said, and the most helpful single thing."""
    return Verdict(
        _went_well(presses, slow, full_holds, longest_s),
        _try_next(presses, slow, early, too_hard, abrupt, glove_trouble, hold_s),
    )


def _went_well(presses: int, slow: int, full_holds: int, longest_s: float | None) -> str:
    if presses == 0:
        return "You made time for each other. Nothing was pressed this time."
    if full_holds and longest_s is not None:
        return f"You stayed with her: your longest hold was {minutes(longest_s)}, calm and steady."
    if slow == presses:
        return "You leaned in softly every time."
    if slow:
        return f"You leaned in softly {slow} of {presses} times."
    return "You found the way to her hip. Softness comes with practice."


def _try_next(
    presses: int, slow: int, early: int, too_hard: int, abrupt: int, glove_trouble: str | None, hold_s: float
) -> str:
    if glove_trouble is not None:
        return f"Look after the glove before next time ({glove_trouble}): plugs first, then the wires."
    if presses == 0:
        return "Rest the whole hand on her hip, and lean in slowly with your weight."
    if too_hard:
        return "Lean in a little less, and ask her how it feels."
    if slow < presses:
        return "Take about five seconds for each lean-in, slower still if she is sore."
    if early:
        return f"Stay a little longer: breathe together until {hold_s:.0f} seconds are over."
    if abrupt:
        return "Let go as slowly as you leaned in."
    return "Ask her which spot felt best, and begin there."

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
    lean_in_s: float = 5.0,
    poking: int = 0,
    one_sided: int = 0,
    paws: int = 0,
    paws_quick: bool = False,
    said_stop: bool = False,
    said_too_much: bool = False,
) -> Verdict:
    """Choose the sentences: the best that can be said, and the most helpful single thing, which is first of all hers.

    `full_holds` and the `longest_s` of them are those that were not too hard; no other is praised.
    """
    went_well = _went_well(presses, slow, full_holds, longest_s, paws)
    if said_stop:
        return Verdict(went_well, "She said stop: ask her what was too much, and begin more softly there.")
    if said_too_much:
        return Verdict(went_well, "She said too much: ask her how it feels, and lean in a little less.")
    return Verdict(
        went_well,
        _mend(glove_trouble)
        or _try_next(
            contacts=presses + paws,
            too_hard=too_hard,
            hasty=presses - slow,
            poking=poking,
            one_sided=one_sided,
            paws_quick=paws_quick,
            early=early,
            abrupt=abrupt,
            hold_s=hold_s,
            lean_in_s=lean_in_s,
        ),
    )


def _mend(glove_trouble: str | None) -> str | None:
    if glove_trouble is None:
        return None
    return f"Look after the glove before next time ({glove_trouble}): plugs first, then the wires."


def _went_well(presses: int, slow: int, full_holds: int, longest_s: float | None, paws: int) -> str:
    if presses == 0 and paws:
        return f"You kneaded like a cat on a pillow, {paws} paws of it."
    if presses == 0:
        return "You made time for each other. Nothing was pressed this time."
    if full_holds and longest_s is not None:
        return f"You stayed with her for {minutes(longest_s)}, calm and steady."
    if slow == presses:
        return "You leaned in softly every time."
    if slow:
        return f"You leaned in softly {slow} of {presses} times."
    return "You found the way to her hip. Softness comes with practice."


def _try_next(
    *,
    contacts: int,
    too_hard: int,
    hasty: int,
    poking: int,
    one_sided: int,
    paws_quick: bool,
    early: int,
    abrupt: int,
    hold_s: float,
    lean_in_s: float,
) -> str:
    if contacts == 0:
        return "Rest the whole hand on her hip, and lean in slowly with your weight."
    if too_hard:
        return "Lean in a little less, and ask her how it feels."
    if hasty:
        return f"Take about {lean_in_s:.0f} seconds for each lean-in, slower still if she is sore."
    if poking:
        return "Lay the whole hand on her, like a paw: broad and soft, no fingertips."
    if one_sided:
        return "Sit straight behind her, and let both hands lean in alike."
    if paws_quick:
        return "Let each paw sink in and lift more slowly, like a cat that is falling asleep."
    if early:
        return f"Stay a little longer: breathe together until {hold_s:.0f} seconds are over."
    if abrupt:
        return "Let go as slowly as you leaned in."
    return "Ask her which spot felt best, and begin there."

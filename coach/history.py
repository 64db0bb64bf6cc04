"""Sessions over the weeks: what became of lean-ins and holds, and which spots are left.

The date of a session is a label of the computer's clock, which may be wrong: the order is that of the tapes, and a date
that cannot be is not counted in weeks.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Literal

from msgspec import Struct

from .plan import Spot
from .summary import Summary

Kind = Literal["glove", "emulated", "import"]
# No glove of ours is older; a Pi without a clock begins in 1970, or on the day its system was made.
FIRST_YEAR = 2020
# Three and the three before them: fewer go up and down by themselves.
SESSIONS_COMPARED = 3
# One noticeable step of force (13 to 14 %, Goossens 2005): less is no change that anybody feels.
CHANGE_SHARE = 0.15


class SpotVisit(Struct, frozen=True):
    """What a spot had in a session."""

    spot: Spot
    full: int
    held_s: float


class Visit(Struct, frozen=True):
    """One session, as far as the weeks are concerned.

    Attributes:
        number: Of its tape.
        label: Its date and time, by the computer's clock.
        kind: Whether a glove was worn.
        rise_newton_per_s: The quickest rise of its lean-ins; None without any.
        score: Its points; None where there was too little to judge.
    """

    number: int
    label: str
    kind: Kind
    plan: str
    length_s: float
    lean_ins: int
    slow: int
    rise_newton_per_s: float | None
    holds: int
    full: int
    longest_hold_s: float | None
    too_hard: int
    score: int | None
    spots: tuple[SpotVisit, ...]


def visit_of(number: int, summary: Summary) -> Visit:
    """Return what the weeks need to know of a session."""
    kind: Kind = "glove"
    if summary.source.startswith("emulated"):
        kind = "emulated"
    elif summary.source.startswith("imported"):
        kind = "import"
    spots = tuple(
        SpotVisit(seen.spot, seen.full, round(sum(hold.held_s for hold in seen.holds), 6)) for seen in summary.spots
    )
    return Visit(
        number=number,
        label=summary.label,
        kind=kind,
        plan=summary.plan,
        length_s=summary.length_s,
        lean_ins=summary.presses,
        slow=summary.lean_ins_slow,
        rise_newton_per_s=summary.quickest_newton_per_s,
        holds=summary.holds_count,
        full=summary.full_holds_count,
        longest_hold_s=summary.longest_hold_s,
        too_hard=summary.too_hard_count,
        score=summary.score.points,
        spots=spots,
    )


class Week(Struct, frozen=True):
    """The sessions of a week, from its Monday on."""

    monday: date
    sessions: int = 0
    length_s: float = 0.0
    full: int = 0


class SpotWeeks(Struct, frozen=True):
    """What a spot had over all sessions; `last` is the label of the newest that held it in full."""

    spot: Spot
    full: int
    held_s: float
    last: str | None


class History(Struct, frozen=True):
    """What can be said over all sessions.

    Attributes:
        visits: The sessions, oldest first.
        dates: Of each, None where the clock cannot have been right.
        weeks: From the first to the newest, those without a session too.
        spots: Those that any plan asked for.
        trends: A sentence each.
        days_since: Since the newest session; None where its date is not known.
    """

    visits: tuple[Visit, ...]
    dates: tuple[date | None, ...]
    weeks: tuple[Week, ...]
    spots: tuple[SpotWeeks, ...]
    trends: tuple[str, ...]
    days_since: int | None


def history_of(visits: Sequence[Visit], today: date) -> History:
    """Return what can be said.

    Args:
        visits: The sessions, in any order.
        today: The date.
    """
    ordered = tuple(sorted(visits, key=lambda visit: visit.number))
    dates = tuple(_dates(ordered, today))
    newest = dates[-1] if dates else None
    return History(
        ordered,
        dates,
        tuple(_weeks(ordered, dates)),
        tuple(_spots(ordered)),
        tuple(_trends(ordered)),
        None if newest is None else (today - newest).days,
    )


def _dates(visits: Sequence[Visit], today: date) -> Iterator[date | None]:
    """Yield the date of each session, None where it lies before an earlier tape's, or in the future."""
    latest = date(FIRST_YEAR, 1, 1)
    for visit in visits:
        try:
            day = date.fromisoformat(visit.label[:10])
        except ValueError:
            yield None
            continue
        # Tomorrow is only another time zone.
        if not latest <= day <= today + timedelta(days=1):
            yield None
            continue
        latest = day
        yield min(day, today)


def _weeks(visits: Sequence[Visit], dates: Sequence[date | None]) -> Iterator[Week]:
    found: dict[date, Week] = {}
    for visit, day in zip(visits, dates, strict=True):
        if day is None:
            continue
        monday = day - timedelta(days=day.weekday())
        week = found.get(monday, Week(monday))
        found[monday] = Week(monday, week.sessions + 1, week.length_s + visit.length_s, week.full + visit.full)
    monday = min(found, default=date.max)
    while found and monday <= max(found):
        yield found.get(monday, Week(monday))
        monday += timedelta(days=7)


def _spots(visits: Sequence[Visit]) -> Iterator[SpotWeeks]:
    found: dict[Spot, SpotWeeks] = {}
    for visit in visits:
        for seen in visit.spots:
            before = found.get(seen.spot, SpotWeeks(seen.spot, 0, 0.0, None))
            last = visit.label if seen.full else before.last
            found[seen.spot] = SpotWeeks(
                seen.spot, before.full + seen.full, round(before.held_s + seen.held_s, 6), last
            )
    yield from (found[spot] for spot in Spot if spot in found)


def _trends(visits: Sequence[Visit]) -> Iterator[str]:
    """Yield what has changed from the three sessions before to the last three, where it can be felt."""
    rises = [visit.rise_newton_per_s for visit in visits if visit.rise_newton_per_s is not None]
    change = _change(rises)
    if change is not None:
        before, now, share = change
        way = "slower" if share < 0 else "quicker"
        yield f"You lean in {way} than before: the quickest about {now:.1f} N/s, it was {before:.1f}."
    holds = [visit.longest_hold_s for visit in visits if visit.longest_hold_s is not None]
    change = _change(holds)
    if change is not None:
        before, now, share = change
        yield f"You stay {'longer' if share > 0 else 'shorter'} than before: about {now:.0f} s, it was {before:.0f}."
    scores = [float(visit.score) for visit in visits if visit.score is not None]
    change = _change(scores)
    if change is not None:
        before, now, share = change
        yield f"The score has {'grown' if share > 0 else 'fallen'} from about {before:.0f} to {now:.0f}."


def _change(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return the mean before, the mean now, and the change as a share; None where it cannot be felt."""
    if len(values) < 2 * SESSIONS_COMPARED:
        return None
    before = fmean(values[-2 * SESSIONS_COMPARED : -SESSIONS_COMPARED])
    now = fmean(values[-SESSIONS_COMPARED:])
    share = (now - before) / before if before else 0.0
    return (before, now, share) if abs(share) >= CHANGE_SHARE else None

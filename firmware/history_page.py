"""The history as text: a line a session, a bar a week, what each spot had, and what has changed."""

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from coach.history import History, Visit, Week
from coach.verdict import minutes

from .paragraph import WIDTH
from .words import PLACE_NAMES

LISTED = 12
# What was no glove on anybody is marked.
SIGNS = {"glove": "", "emulated": "*", "import": "+"}
LEGEND = "* on the emulated glove, + an imported recording"
_BAR_WIDTH = 20
# The newest sessions that a curve shows, and its steps.
CURVE = 24
STEPS = "▁▂▃▄▅▆▇█"


def history_lines(history: History, *, all_sessions: bool) -> list[str]:
    """Return the history; of the sessions the newest dozen, or all."""
    listed = len(history.visits) if all_sessions else LISTED
    left_out = len(history.visits) - listed
    lines = [f"{'Sessions':<20}{'minutes':>8}{'holds':>10}{'longest':>9}{'lean-ins':>10}{'score':>7}"]
    if left_out > 0:
        lines.append(f"  {left_out} earlier {'one is' if left_out == 1 else 'ones are'} not shown (--all)")
    lines += [
        _visit(visit, is_dated=day is not None)
        for visit, day in list(zip(history.visits, history.dates, strict=True))[-listed:]
    ]
    if any(visit.kind != "glove" for visit in history.visits):
        lines.append(f"  {LEGEND}")
    if len(history.weeks) > 1:
        lines += ["", "Weeks", *_weeks(history.weeks)]
    if any(trends := list(_trends(history.visits))):
        lines += ["", "Trends", *trends]
    if history.spots:
        lines += ["", "Spots", *spots(history)]
    lines.append("")
    for sentence in sentences(history):
        lines += wrap(sentence, WIDTH)
    return lines


def _visit(visit: Visit, *, is_dated: bool) -> str:
    when = visit.label if is_dated else "date unsure"
    longest = "" if visit.longest_hold_s is None else minutes(visit.longest_hold_s)
    score = "" if visit.score is None else str(visit.score)
    holds = f"{visit.full} of {visit.holds}"
    slow = f"{visit.slow} of {visit.lean_ins}"
    columns = f"{minutes(visit.length_s):>8}{holds:>10}{longest:>9}{slow:>10}{score:>7}"
    return f"  {when:<18}{columns} {SIGNS[visit.kind]}".rstrip()


def _weeks(weeks: tuple[Week, ...]) -> list[str]:
    most = max(week.full for week in weeks)
    lines = []
    for week in weeks[-LISTED:]:
        bar = "█" * round(_BAR_WIDTH * week.full / most) if most else ""
        sessions = f"{week.sessions} {'session' if week.sessions == 1 else 'sessions'}"
        holds = f"{week.full} full {'hold' if week.full == 1 else 'holds'}"
        lines.append(f"  from {week.monday}  {sessions:>11}, {holds:>14}  {bar}".rstrip())
    return lines


def _trends(visits: tuple[Visit, ...]) -> Iterator[str]:
    """Yield a small curve of the newest sessions for each thing that was measured in two of them or more."""
    newest = visits[-CURVE:]
    yield from _curve("quickest lean-in", [visit.rise_newton_per_s for visit in newest], rate)
    yield from _curve("longest hold", [visit.longest_hold_s for visit in newest], minutes)
    yield from _curve("score", [visit.score for visit in newest], "{:.0f}".format)


def _curve(name: str, values: Sequence[float | None], said: Callable[[float], str]) -> Iterator[str]:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return
    top = max(known) or 1.0
    # What is not known is a gap, and nothing at all is the lowest step.
    steps = "".join(" " if value is None else STEPS[round(value / top * (len(STEPS) - 1))] for value in values)
    yield f"  {name:<18}{steps}  {said(known[0])} to {said(known[-1])}"


def rate(newton_per_s: float) -> str:
    """Return a rate of rise without a digit that nobody needs."""
    return f"{newton_per_s:.1f} N/s" if newton_per_s < 10 else f"{newton_per_s:.0f} N/s"


def spots(history: History) -> list[str]:
    """Return what each spot had, in a line each."""
    lines = []
    for seen in history.spots:
        name = f"{PLACE_NAMES[seen.spot.place]}, {seen.spot.side}"
        had = f"{seen.full} full {'hold' if seen.full == 1 else 'holds'}, {minutes(seen.held_s)} in all"
        last = "" if seen.last is None else f", the last on {seen.last[:10]}"
        lines.append(f"  {name:<20}{had if seen.held_s else 'not yet'}{last}")
    return lines


def sentences(history: History) -> list[str]:
    """Return what has changed, and how long ago the last session was."""
    told = list(history.trends)
    days = history.days_since
    if days is not None:
        weeks = days // 7
        ago = (
            "today"
            if days == 0
            else "this week"
            if weeks == 0
            else "a week ago"
            if weeks == 1
            else f"{weeks} weeks ago"
        )
        told.append(f"The last session was {ago}.")
    return told

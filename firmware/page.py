"""The printed page: one screen that someone reads on the sofa."""

from textwrap import wrap

from coach.limits import usual_limit_newton_per_s
from coach.plan import FREE
from coach.score import Judged, Score
from coach.summary import Hold, Summary
from coach.tape import ENDED_LATER
from coach.troubles import Trouble
from coach.verdict import minutes

from .hip import hip_lines, spot_lines
from .paragraph import WIDTH
from .words import MARKS, about_newton, how_certain, how_ended, how_even, rounded_newton, scale_newton

PICTURE_ROWS = 5
# Where the text begins, to the right of its heading.
_HEAD = 12
NAMED_AT_MOST = 6
# What the limit grows to by a hand's wobble is worth a word above this many seconds of it (10 N at 4 N/s).
LIMIT_GROWS_ABOVE_S = 2.5
# The partner's own marks are in the tape; the page is about her.
HER_WORDS = ("too_much", "just_right", "stop")
SAFETY = (
    "A comfort aid, not a medical device. Her word comes first.",
    "With bleeding, fluid, fever, a swollen or painful leg, strong pain or fewer movements:",
    "stop, and call the midwife.",
)
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def page(summary: Summary) -> str:
    """Return the page as text."""
    lines = [_title(summary), "─" * WIDTH]
    for head, text in numbers(summary):
        lines += wrap(text, WIDTH, initial_indent=f"{head:<{_HEAD}}", subsequent_indent=" " * _HEAD)
    if summary.spots:
        lines += ["", *hip_lines(summary.spots), "", *spot_lines(summary, WIDTH)]
    if summary.presses or summary.paws_count:
        lines += ["", *_picture(summary)]
    if summary.score.points is not None:
        lines += ["", *_score(summary.score)]
    lines.append("")
    for head, text in advice(summary):
        lines += wrap(text, WIDTH, initial_indent=f"{head:<{_HEAD}}", subsequent_indent=" " * _HEAD)
    return "\n".join([*lines, "", *wrap(" ".join(SAFETY), WIDTH)]) + "\n"


def advice(summary: Summary) -> list[tuple[str, str]]:
    """Return what went well, what to try, and now and then a tip, as (heading, text)."""
    tip = [] if summary.tip is None else [("A tip", summary.tip)]
    return [("Went well", summary.verdict.went_well), ("Next time", summary.verdict.try_next), *tip]


def _score(score: Score) -> list[str]:
    """Return the score in lines: each part with its points, a bar, and its reason."""
    lines = [f"{'Score':<{_HEAD}}{score.points} of 100"]
    for part in judged(score):
        points = "" if part.points is None else f"{part.points}"
        bar = "" if part.points is None else "█" * round(part.points / 10)
        lines += wrap(
            reason_of(part),
            WIDTH,
            initial_indent=f"  {part.part:<12}{points:>3} {bar:<10} ",
            subsequent_indent=" " * 29,
        )
    return lines


def judged(score: Score) -> list[Judged]:
    """Return the parts of a score that there was something for; in a free session there are no spots to cover."""
    return [part for part in score.parts if part.points is not None or part.of]


def reason_of(part: Judged) -> str:
    """Return why a part of the score is as it is, and what to try where there is something."""
    return part.reason if part.try_next is None else f"{part.reason}: {part.try_next}"


def numbers(summary: Summary) -> list[tuple[str, str]]:
    """Return the facts of the page as (heading, text)."""
    head = [*_what_if(summary), *_plan(summary)]
    if not summary.presses:
        return [*head, *(_paws(summary) or [("Presses", "none")]), *_notes(summary)]
    return [
        *head,
        ("Presses", str(summary.presses)),
        *_paws(summary),
        ("Holds", _holds(summary)),
        ("Lean-ins", _lean_ins(summary)),
        *_early(summary.let_go_early),
        *_balance(summary),
        *_notes(summary),
    ]


def when_and_how(summary: Summary) -> str:
    """Return how long the session was, and how it ended."""
    return f"{minutes(summary.length_s)}, {how_ended(summary.ended, summary.stopped_by)}"


def _title(summary: Summary) -> str:
    return f"Kittypaws   {summary.label}   {when_and_how(summary)}"


def _what_if(summary: Summary) -> list[tuple[str, str]]:
    if summary.instead_of is None:
        return []
    return [("What if", f"judged again by other limits; the session itself had: {summary.instead_of}")]


def _plan(summary: Summary) -> list[tuple[str, str]]:
    """Return the plan and its limits, where they are not the usual ones."""
    limits = (summary.slower_above_newton_per_s, summary.plan_ceiling_newton)
    if (summary.plan, *limits) == (FREE.name, FREE.slower_above_newton_per_s, FREE.ceiling_newton):
        return []
    return [("Plan", f"{summary.plan}: slower above {limits[0]:g} N/s, softer above {limits[1]:g} N")]


def _holds(summary: Summary) -> str:
    if summary.holds_count:
        held = f"{summary.full_holds_count} of {summary.holds_count} lasted {summary.hold_s:g} s or more"
    else:
        held = "none seen whole" if summary.unsure_holds_count else "none"
    longest_s = round(summary.longest_hold_s or 0.0)
    longest = f", the longest {minutes(longest_s)}" if longest_s else ""
    too_hard = f"; {summary.too_hard_holds_count} too hard" if summary.too_hard_holds_count else ""
    unsure = f"; {summary.unsure_holds_count} not seen whole" if summary.unsure_holds_count else ""
    return held + longest + too_hard + (unsure if summary.holds_count else "")


def _lean_ins(summary: Summary) -> str:
    """Return how slow they were, beside the limit that was in force: what a hand's wobble explains is no haste."""
    limit = summary.slower_above_newton_per_s
    quickest, peak_newton = summary.quickest_newton_per_s or 0.0, summary.peak_newton or 0.0
    slow = f"{summary.lean_ins_slow} of {summary.presses} slow enough, the quickest about {_rate(quickest)} N/s"
    if peak_newton <= LIMIT_GROWS_ABOVE_S * limit:
        return f"{slow}; the limit is {limit:g}"
    at_newton = rounded_newton(peak_newton, summary.uncertain_share)
    grown = usual_limit_newton_per_s(limit, at_newton)
    return f"{slow}; the limit is {limit:g}, at {at_newton} N about {_rate(grown)}"


def _rate(newton_per_s: float) -> str:
    return f"{newton_per_s:.1f}" if newton_per_s < 10 else f"{newton_per_s:.0f}"


def _paws(summary: Summary) -> list[tuple[str, str]]:
    """Return the kneading in a line, if there was any."""
    if summary.paws_per_min is None or summary.paws_peak_newton is None:
        return []
    pace = f"{summary.paws_count}, about {summary.paws_per_min:.0f} a minute"
    even = "" if summary.paws_evenness is None else f", {how_even(summary.paws_evenness)}"
    return [("Paws", f"{pace}{even}, {about_newton(summary.paws_peak_newton, summary.uncertain_share)} each")]


def _early(holds: tuple[Hold, ...]) -> list[tuple[str, str]]:
    if not holds:
        return []
    times = [f"at {minutes(hold.still_since_s + hold.held_s)} after {hold.held_s:.0f} s" for hold in holds]
    return [("Let go", "early " + _some(times))]


def _balance(summary: Summary) -> list[tuple[str, str]]:
    """Return how often one of two hands did most of the work, if it did."""
    return [("Hands", f"one bore most {_times(summary.balance_count)}")] if summary.balance_count else []


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _notes(summary: Summary) -> list[tuple[str, str]]:
    """Return her marks, the glove's troubles, and what the tape lacks."""
    notes = []
    said = [mark for mark in summary.marks if mark.word in HER_WORDS]
    if said:
        marks = [f"{minutes(mark.t_s)} {MARKS[mark.word].removeprefix('she says: ')}" for mark in said]
        notes.append(("Said", _some(marks)))
    if summary.too_hard_count:
        notes.append(("Too hard", f"{_times(summary.too_hard_count)}; {_ceiling(summary)}"))
    if summary.presses or summary.paws_count:
        certain = how_certain(summary.uncertain_share, summary.not_calibrated, summary.calibration, summary.over_newton)
        notes.append(("Forces", certain))
    if summary.troubles:
        notes.append(("Glove", _some([_trouble(trouble, summary.uncertain_share) for trouble in summary.troubles])))
    if summary.asked == "nobody":
        notes.append(("Before", "nobody was asked the questions of the leaflet"))
    if summary.ended in ENDED_LATER:
        notes.append(("Tape", "incomplete: the recording breaks off here, what came after is missing"))
    if summary.not_recorded is not None:
        notes.append(("Tape", summary.not_recorded))
    if summary.damaged_lines:
        lines = "1 damaged line was" if summary.damaged_lines == 1 else f"{summary.damaged_lines} damaged lines were"
        first = "" if summary.first_damage is None else f", the first is {summary.first_damage}"
        notes.append(("Tape", f"{lines} left out{first}"))
    return notes


def _ceiling(summary: Summary) -> str:
    """Return the ceiling: what she has said is a measured force, what the plan says is a number."""
    if summary.ceiling_newton == summary.plan_ceiling_newton:
        return f"the ceiling is {summary.ceiling_newton:g} N"
    return f"her ceiling is {about_newton(summary.ceiling_newton, summary.uncertain_share)}"


def _trouble(trouble: Trouble, uncertain_share: float | None) -> str:
    force = "" if trouble.newton is None else f" ({about_newton(trouble.newton, uncertain_share)})"
    return f"{minutes(trouble.t_s)} {trouble.what}{force}"


def _some(parts: list[str]) -> str:
    """Return the first few of a list, and how many more there are."""
    if len(parts) <= NAMED_AT_MOST:
        return ", ".join(parts)
    return ", ".join(parts[:NAMED_AT_MOST]) + f", and {len(parts) - NAMED_AT_MOST} more"


def _picture(summary: Summary) -> list[str]:
    """Return the force over time, with the holds marked below it."""
    columns = _columns(summary.picture_newton)
    top = scale_newton(max([newton or 0.0 for newton in columns], default=0.0), summary.uncertain_share)
    rows = []
    for row in reversed(range(PICTURE_ROWS)):
        label = f"{top:4.0f} N " if row == PICTURE_ROWS - 1 else " " * 7
        rows.append(label + "".join(_cell(newton, top, row) for newton in columns).rstrip())
    column_s = summary.picture_column_s * -(-len(summary.picture_newton) // (WIDTH - 8))
    marks = [" "] * len(columns)
    for hold in summary.holds:
        first, last = int(hold.still_since_s / column_s), int((hold.still_since_s + hold.held_s) / column_s)
        for i in range(first, min(last, len(marks) - 1) + 1):
            marks[i] = "━" if hold.outcome == "full" else "╌"
    end = minutes(summary.length_s)
    axis = "0:00" + end.rjust(max(len(columns) - 4, len(end) + 1))
    legend = "━ full hold  ╌ short hold" + (", or not seen whole" if summary.unsure_holds_count else "")
    if has_two_hands(summary):
        legend += "; both hands together"
    return [*rows, " holds " + "".join(marks).rstrip(), " " * 7 + axis, " " * 7 + legend]


def has_two_hands(summary: Summary) -> bool:
    """Return whether a glove was worn on each hand; the force over time is that of both then."""
    return any(hold.side is not None for hold in summary.holds)


def _columns(newtons: tuple[float | None, ...]) -> list[float | None]:
    """Return at most a page's width of columns, each the highest of those that it stands for."""
    step = -(-len(newtons) // (WIDTH - 8))
    joined: list[float | None] = []
    for i in range(0, len(newtons), step):
        known = [newton for newton in newtons[i : i + step] if newton is not None]
        joined.append(max(known) if known else None)
    return joined


def _cell(newton: float | None, top: float, row: int) -> str:
    """Return the eighths of one character cell that a force fills; a dot at the foot where nothing is known."""
    if newton is None:
        return "·" if row == 0 else " "
    filled = newton / top * PICTURE_ROWS - row
    return _EIGHTHS[max(0, min(8, round(filled * 8)))]

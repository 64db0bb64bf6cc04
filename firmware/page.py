"""The printed page: one screen that someone reads on the sofa."""

from textwrap import wrap

from coach.summary import Hold, Summary
from coach.verdict import minutes

from .words import ENDINGS, MARKS, about_newton

WIDTH = 72
PICTURE_ROWS = 5
# Where the text begins, to the right of its heading.
_HEAD = 12
NAMED_AT_MOST = 6
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
    if summary.presses:
        lines += ["", *_picture(summary)]
    lines.append("")
    for head, text in (("Went well", summary.verdict.went_well), ("Next time", summary.verdict.try_next)):
        lines += wrap(text, WIDTH, initial_indent=f"{head:<{_HEAD}}", subsequent_indent=" " * _HEAD)
    return "\n".join([*lines, "", *wrap(" ".join(SAFETY), WIDTH)]) + "\n"


def numbers(summary: Summary) -> list[tuple[str, str]]:
    """Return the facts of the page as (heading, text)."""
    if not summary.presses:
        return [("Presses", "none"), *_notes(summary)]
    longest = "" if summary.longest_hold_s is None else f", the longest {minutes(summary.longest_hold_s)}"
    quickest = summary.quickest_newton_per_s or 0.0
    return [
        ("Presses", str(summary.presses)),
        ("Holds", _full_holds(summary) + longest),
        ("Lean-ins", f"{summary.lean_ins_slow} of {summary.presses} slow enough, the quickest {quickest:.0f} N/s"),
        *_early(summary.let_go_early),
        *_notes(summary),
    ]


def _title(summary: Summary) -> str:
    ended = ENDINGS["cut_off"] if summary.ended is None else ENDINGS[summary.ended]
    return f"Kittypaws   {summary.label}   {minutes(summary.length_s)}, {ended}"


def _full_holds(summary: Summary) -> str:
    if not summary.holds_count:
        return "none"
    return f"{summary.full_holds_count} of {summary.holds_count} lasted {summary.hold_s:g} s or more"


def _early(holds: tuple[Hold, ...]) -> list[tuple[str, str]]:
    if not holds:
        return []
    times = [f"at {minutes(hold.still_since_s + hold.held_s)} after {hold.held_s:.0f} s" for hold in holds]
    return [("Let go", "early " + _some(times))]


def _notes(summary: Summary) -> list[tuple[str, str]]:
    """Return her marks, the glove's troubles, and what the tape lacks."""
    notes = []
    if summary.marks:
        marks = [f"{minutes(mark.t_s)} {MARKS[mark.word].removeprefix('she says: ')}" for mark in summary.marks]
        notes.append(("Said", _some(marks)))
    if summary.too_hard_count:
        times = "once" if summary.too_hard_count == 1 else f"{summary.too_hard_count} times"
        notes.append(("Too hard", f"{times}; the most is {about_newton(summary.ceiling_newton)}"))
    if summary.troubles:
        notes.append(("Glove", _some([f"{minutes(trouble.t_s)} {trouble.what}" for trouble in summary.troubles])))
    if summary.not_recorded is not None:
        notes.append(("Tape", summary.not_recorded))
    if summary.damaged_lines:
        lines = "1 damaged line was" if summary.damaged_lines == 1 else f"{summary.damaged_lines} damaged lines were"
        notes.append(("Tape", f"{lines} left out"))
    return notes


def _some(parts: list[str]) -> str:
    """Return the first few of a list, and how many more there are."""
    if len(parts) <= NAMED_AT_MOST:
        return ", ".join(parts)
    return ", ".join(parts[:NAMED_AT_MOST]) + f", and {len(parts) - NAMED_AT_MOST} more"


def _picture(summary: Summary) -> list[str]:
    """Return the force over time, with the holds marked below it."""
    columns = _columns(summary.picture_newton)
    top = max([newton or 0.0 for newton in columns] + [1.0])
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
    legend = "━ full hold  ╌ short hold"
    return [*rows, "  holds" + "".join(marks).rstrip(), " " * 7 + axis, " " * 7 + legend]


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

"""The printed page: one screen that someone reads on the sofa."""

from coach.summary import Hold, Summary
from coach.verdict import minutes

from .words import ENDINGS, MARKS, about_newton

WIDTH = 72
PICTURE_ROWS = 5
NAMED_AT_MOST = 6
SAFETY = (
    "A comfort aid, not a medical device. Her word comes first. With bleeding,",
    "fluid, fever, a swollen or painful leg, strong pain or fewer movements:",
    "stop, and call the midwife.",
)
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def page(summary: Summary) -> str:
    """Return the page as text."""
    lines = [_title(summary), "─" * WIDTH]
    lines += _numbers(summary)
    if summary.presses:
        lines += ["", *_picture(summary)]
    lines += ["", f"Went well   {summary.verdict.went_well}", f"Next time   {summary.verdict.try_next}", ""]
    return "\n".join([*lines, *SAFETY]) + "\n"


def _title(summary: Summary) -> str:
    ended = ENDINGS["cut_off"] if summary.ended is None else ENDINGS[summary.ended]
    return f"Kittypaws   {summary.label}   {minutes(summary.length_s)} min, {ended}"


def _numbers(summary: Summary) -> list[str]:
    if not summary.presses:
        return ["Presses     none", *_notes(summary)]
    longest = "" if summary.longest_hold_s is None else f", the longest {minutes(summary.longest_hold_s)}"
    quickest = summary.quickest_newton_per_s or 0.0
    return [
        f"Presses     {summary.presses}",
        f"Holds       {_full_holds(summary)}{longest}",
        f"Lean-ins    {summary.lean_ins_slow} of {summary.presses} slow enough, the quickest {quickest:.0f} N/s",
        *_early(summary.let_go_early),
        *_notes(summary),
    ]


def _full_holds(summary: Summary) -> str:
    return f"{summary.full_holds_count} of {summary.holds_count} lasted {summary.hold_s:g} s or more"


def _early(holds: tuple[Hold, ...]) -> list[str]:
    if not holds:
        return []
    named = [
        f"at {minutes(hold.still_since_s + hold.held_s)} after {hold.held_s:.0f} s" for hold in holds[:NAMED_AT_MOST]
    ]
    return _wrapped("Let go early", named, len(holds))


def _notes(summary: Summary) -> list[str]:
    """Return her marks, the glove's troubles, and what the tape lacks."""
    lines = []
    if summary.marks:
        marks = [f"{minutes(mark.t_s)} {MARKS[mark.word].removeprefix('she says: ')}" for mark in summary.marks]
        lines += _wrapped("Said", marks[:NAMED_AT_MOST], len(marks))
    if summary.too_hard_count:
        lines.append(f"Too hard    {summary.too_hard_count} times; the most is {about_newton(summary.ceiling_newton)}")
    if summary.troubles:
        seen = [f"{minutes(trouble.t_s)} {trouble.what}" for trouble in summary.troubles]
        lines += _wrapped("Glove", seen[:NAMED_AT_MOST], len(seen))
    if summary.not_recorded is not None:
        lines.append(f"Tape        {summary.not_recorded}")
    if summary.damaged_lines:
        lines.append(f"Tape        {summary.damaged_lines} damaged lines were left out")
    return lines


def _wrapped(head: str, parts: list[str], count: int) -> list[str]:
    """Return a heading and its parts, over as many lines as they need."""
    if count > len(parts):
        parts = [*parts, f"and {count - len(parts)} more"]
    lines = [f"{head:<11}"]
    for i, part in enumerate(parts):
        word = part if i == len(parts) - 1 else part + ","
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(" " * 11)
        lines[-1] += " " + word
    return lines


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

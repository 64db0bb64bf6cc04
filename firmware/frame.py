"""A moment as rows of text, for a terminal of any size from 40 columns and 10 rows on; nothing is drawn here.

What is most needed stands first, so that a terminal which is too small still shows it.
"""

import textwrap
from collections.abc import Iterator

from coach.verdict import minutes
from sensing.press import Phase

from .moment import LIGHTS, Lamp, Moment
from .words import SAYS, rounded_newton

# (text, how it looks): SGR parameters, "" for plain text.
Row = tuple[tuple[str, str], ...]

# More than this is no longer taken in at a glance.
BAR_WIDTH, LINES_AT_MOST, WIDEST = 40, 12, 100
_LABEL_WIDTH = 8
# Beside a bar stands at most "  not known".
_NUMBER_WIDTH = 11
# From here on there is room for empty rows and for a second row of the step.
_ROOMY_FROM_ROWS = 15
# So wide is the row of the lights when it need not be narrow.
_SPACED_FROM_COLUMNS = 46
_BOLD, _DIM = "1", "2"
_COLOURS = {"green": "32", "amber": "33", "blue": "34", "red": "31"}
_SIGNS = {Lamp.OFF: "○", Lamp.LIT: "●", Lamp.BLINKS: "◐"}
PHASES = {Phase.AWAY: "hand away", Phase.LEAN_IN: "leaning in", Phase.HOLD: "still", Phase.RELEASE: "letting go"}


def frame(
    title: str,
    moment: Moment | None,
    columns: int,
    rows: int,
    *,
    uncertain_share: float | None = None,
    note: str | None = None,
) -> list[Row]:
    """Return the rows of one frame, no more and no wider than there is room for.

    Args:
        title: What is watched.
        moment: What there is to show; None as long as there is nothing.
        columns: How wide the terminal is.
        rows: How high it is.
        uncertain_share: How far off the newtons may be.
        note: Something about the view itself, such as that nothing new comes.
    """
    # The last column stays free: some terminals go to the next line by themselves after it.
    width = max(1, min(columns - 1, WIDEST))
    is_roomy = rows >= _ROOMY_FROM_ROWS
    gap: list[Row] = [()] if is_roomy else []
    made: list[Row] = [*_heading(title, moment, width), *gap]
    if note is not None:
        made += [((part, _BOLD),) for part in _folded(note, width, 3 if moment is None else 2)]
    if moment is not None:
        made += _state(moment, width, uncertain_share)
        if moment.step is not None:
            made += _labelled("step", moment.step, width, 2 if is_roomy else 1)
        made += gap
        left = min(max(0, rows - len(made)), LINES_AT_MOST)
        made += [((_fitted(line, width), _DIM),) for line in moment.lines[len(moment.lines) - left :] if left]
    return made[:rows]


def _heading(title: str, moment: Moment | None, width: int) -> list[Row]:
    time = "" if moment is None else f"  {minutes(moment.t_s)}"
    return [((_fitted(title, width - len(time)) + time, _BOLD),)]


def _state(moment: Moment, width: int, uncertain_share: float | None) -> Iterator[Row]:
    bar_width = max(5, min(BAR_WIDTH, width - _LABEL_WIDTH - _NUMBER_WIDTH))
    for name, newton in moment.force_newton:
        said = "not known" if newton is None else f"{rounded_newton(newton, uncertain_share)} N"
        yield _plain(name, _bar(newton, moment.ceiling_newton, said, bar_width), width)
    held = "" if moment.held_s is None else minutes(moment.held_s)
    yield _plain("hold", _bar(moment.held_s, moment.hold_s, held, bar_width), width)
    yield _plain("hand", PHASES[moment.phase], width)
    yield _lights(moment, "  " if width >= _SPACED_FROM_COLUMNS else " ")
    yield from _labelled("cue", _cue(moment), width, 2)


def _cue(moment: Moment) -> str:
    if moment.looks:
        return ", ".join([SAYS[look] for look in moment.looks])
    if moment.is_over:
        return "dark: the session is over"
    if moment.greets:
        return "hello: each light once"
    return f"dark until you press: {', '.join(moment.to_press)}" if moment.to_press else "dark: not watching yet"


def _bar(value: float | None, full: float, label: str, width: int) -> str:
    """Return a bar up to its full value, and its number beside it."""
    filled = 0 if value is None else min(width, round(width * value / full))
    return "█" * filled + "░" * (width - filled) + "  " + label


def _lights(moment: Moment, between: str) -> Row:
    """Return the four lights by name and sign as well as by colour."""
    spans = [("lights".ljust(_LABEL_WIDTH), "")]
    for name, lamp in zip(LIGHTS, moment.lamps, strict=True):
        style = _DIM if lamp is Lamp.OFF else f"{_BOLD};{_COLOURS[name]}"
        spans.append((f"{_SIGNS[lamp]} {name}{between}", style))
    return tuple(spans)


def _plain(label: str, text: str, width: int) -> Row:
    return ((_fitted(label.ljust(_LABEL_WIDTH) + text, width), ""),)


def _labelled(label: str, text: str, width: int, rows: int) -> Iterator[Row]:
    for i, part in enumerate(_folded(text, width - _LABEL_WIDTH, rows)):
        yield _plain("" if i else label, part, width)


def _folded(text: str, width: int, rows: int) -> list[str]:
    if len(text) <= width:
        return [text]
    # A word that is longer than the terminal is wide is cut as well.
    return textwrap.wrap(text, max(width, 2), max_lines=rows, placeholder="…") or [""]


def _fitted(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"

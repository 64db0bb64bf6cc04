"""The history as one self-contained HTML file, with three plots: holds a week, the quickest lean-in, the score."""

from collections.abc import Sequence
from html import escape

from coach.history import History
from coach.verdict import minutes

from .history_page import LEGEND, SIGNS, sentences
from .html_page import document, facts
from .words import PLACE_NAMES

_WIDTH, _HEIGHT = 640, 120


def history_html(history: History) -> str:
    """Return the page as HTML."""
    words = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences(history))
    weeks = [(f"{week.monday}", float(week.full)) for week in history.weeks]
    rises = [(visit.label[:10], visit.rise_newton_per_s) for visit in history.visits]
    scores = [(visit.label[:10], None if visit.score is None else float(visit.score)) for visit in history.visits]
    plots = (
        _plot("Full holds in each week", weeks, "")
        + _plot("The quickest lean-in of each session", rises, " N/s")
        + _plot("The score of each session", scores, "")
    )
    return document(
        "history",
        f'<h1>Kittypaws</h1><p class="when">{_span(history)}</p>{words}{plots}{_spots(history)}{_table(history)}',
    )


def _span(history: History) -> str:
    count = len(history.visits)
    sessions = f"{count} {'session' if count == 1 else 'sessions'}"
    days = [day for day in history.dates if day is not None]
    return f"{sessions}, {min(days)} to {max(days)}" if days else sessions


def _plot(title: str, points: Sequence[tuple[str, float | None]], unit: str) -> str:
    """Return bars from nothing up; what is not known is a gap."""
    known = [value for _, value in points if value is not None]
    if len(known) < 2:
        return ""
    top, step = max(known) or 1.0, _WIDTH / len(points)
    bars = "".join(
        f'<rect x="{i * step + step * 0.1:.1f}" y="{_HEIGHT * (1 - value / top):.1f}" width="{step * 0.8:.1f}" '
        f'height="{_HEIGHT * value / top:.1f}"><title>{escape(when)}: {_number(value)}{unit}</title></rect>'
        for i, (when, value) in enumerate(points)
        if value is not None
    )
    return (
        f"<h2>{title}</h2><figure><span>{_number(max(known))}{unit}</span>"
        f'<svg class="force" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{title}: from {_number(known[0])} to {_number(known[-1])}{unit}">'
        f'<g fill="var(--force)">{bars}</g></svg>'
        f'<div class="axis"><span>{escape(points[0][0])}</span><span>{escape(points[-1][0])}</span></div></figure>'
    )


def _number(value: float) -> str:
    return f"{value:.1f}" if value < 10 and value != round(value) else f"{value:.0f}"


def _spots(history: History) -> str:
    if not history.spots:
        return ""
    told = [
        (
            f"{PLACE_NAMES[seen.spot.place]}, {seen.spot.side}",
            f"{seen.full} full, {minutes(seen.held_s)} in all" if seen.held_s else "not yet",
        )
        for seen in history.spots
    ]
    return f'<h2>Spots</h2><div class="spots">{facts(told)}</div>'


def _table(history: History) -> str:
    rows = "".join(
        f"<tr><td>{escape(visit.label if day is not None else 'date unsure')}{SIGNS[visit.kind]}</td>"
        f"<td>{minutes(visit.length_s)}</td><td>{visit.full} of {visit.holds}</td>"
        f"<td>{visit.slow} of {visit.lean_ins}</td><td>{'' if visit.score is None else visit.score}</td></tr>"
        for visit, day in zip(history.visits, history.dates, strict=True)
    )
    head = "<tr><td>session</td><td>minutes</td><td>full</td><td>slow</td><td>score</td></tr>"
    marked = any(visit.kind != "glove" for visit in history.visits)
    legend = f"<p>full: holds of their whole time; slow: lean-ins slow enough{f'; {LEGEND}' if marked else ''}</p>"
    return f'<h2>Sessions</h2><table class="sessions">{head}{rows}</table>{legend}'

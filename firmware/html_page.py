"""The page as one self-contained HTML file: readable on a phone, light and dark, and printable on one sheet."""

from html import escape

from coach.score import Score
from coach.summary import Summary
from coach.verdict import minutes

from .colours import COLOURS
from .hip import SVG_LEGEND, hip_svg, spot_had
from .page import SAFETY, advice, has_two_hands, judged, numbers, reason_of, when_and_how
from .words import PLACE_NAMES, scale_newton

# Every page of ours begins like this, and no other file does; an older page of ours may be written over.
_BEGIN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Kittypaws "
)
OURS = _BEGIN.encode()
_STYLE = (
    COLOURS
    + """
* { box-sizing: border-box; }
body { font: 1rem/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper);
       max-width: 44rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
p { margin: .4rem 0; } p.when { color: var(--soft); margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .2rem .5rem; margin: .8rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
.where { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; }
.where figure { flex: 1 1 14rem; max-width: 18rem; margin: 0 auto; }
.where dl { flex: 3 1 20rem; grid-template-columns: 8rem 1fr; margin: 0; font-size: .95em; }
.spots dl { grid-template-columns: 9rem 1fr; }
table.sessions { font-size: .85em; } table.sessions td { white-space: nowrap; }
.hip text { font-size: 10px; fill: var(--ink); }
figure { margin: 1rem 0; font-size: .85em; color: var(--soft); }
figure svg { display: block; width: 100%; } svg.force { height: 8rem; } svg.hip { height: auto; }
.axis { display: flex; justify-content: space-between; }
figcaption { text-align: center; }
table { border-collapse: collapse; width: 100%; } td { padding: .15rem .5rem .15rem 0; vertical-align: top; }
td:first-child { white-space: nowrap; }
td.points { text-align: right; font-variant-numeric: tabular-nums; }
td.bar { width: 7rem; padding-top: .5rem; } td.bar div { background: var(--line); height: .6rem; }
td.bar div div { background: var(--hold); }
.safety { border-top: 1px solid var(--soft); padding-top: .5rem; font-size: .9em; }
@media (max-width: 30rem) { td.bar { width: 3.5rem; } }
@page { margin: 12mm; }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #555; --line: #ddd; --force: #bbb; --hold: #000; }
  * { print-color-adjust: exact; }
  body { font-size: 9.5pt; line-height: 1.3; max-width: none; margin: 0; padding: 0; }
  svg.force { height: 5.5rem; } h2 { margin: .7rem 0 .2rem; } dl, figure { margin: .5rem 0; }
  .where figure { flex: 0 1 15rem; }
}
"""
)
# What the bars are drawn in; they are stretched to the page, and the words beside them are not.
_WIDTH, _HEIGHT, _BASE = 640, 160, 150


def html_page(summary: Summary) -> str:
    """Return the page as HTML."""
    when = f"{summary.label}, {when_and_how(summary)}"
    words = "".join(f"<p><strong>{head}.</strong> {escape(text)}</p>" for head, text in advice(summary))
    picture = _picture(summary) if summary.presses or summary.paws_count else ""
    return document(
        summary.label,
        f'<h1>Kittypaws</h1><p class="when">{escape(when)}</p>{facts(numbers(summary))}'
        f"{_where(summary)}{picture}{_score(summary.score)}{words}",
    )


def document(title: str, body: str, *, style: str = "") -> str:
    """Return a page of ours in HTML, with the line that every page ends with.

    Args:
        title: What the page is.
        body: Its HTML.
        style: Its own rules beside those of all pages.
    """
    return (
        f"{_BEGIN}{escape(title)}</title><style>{_STYLE}{style}</style></head><body>{body}"
        f'<p class="safety">{escape(" ".join(SAFETY))}</p></body></html>\n'
    )


def facts(told: list[tuple[str, str]]) -> str:
    """Return headings and their texts as a list."""
    rows = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in told)
    # A number and its unit stay on one line.
    return f"<dl>{rows.replace(' N', '&nbsp;N')}</dl>"


def _where(summary: Summary) -> str:
    """Return the hip and what each spot had."""
    if not summary.spots:
        return ""
    spots = [(f"{PLACE_NAMES[seen.spot.place]}, {seen.spot.side}", spot_had(seen, summary)) for seen in summary.spots]
    return (
        f'<h2>Where, seen from behind</h2><div class="where"><figure>{hip_svg(summary.spots)}'
        f"<figcaption>{SVG_LEGEND}</figcaption></figure>{facts(spots)}</div>"
    )


def _score(score: Score) -> str:
    """Return the score as a table: the points in numbers, and as bars."""
    if score.points is None:
        return ""
    rows = "".join(
        f'<tr><td>{escape(part.part)}</td><td class="points">{"" if part.points is None else part.points}</td>'
        f'<td class="bar"><div><div style="width:{part.points or 0}%;height:.6rem"></div></div></td>'
        f"<td>{escape(reason_of(part))}</td></tr>"
        for part in judged(score)
    )
    return f"<h2>Score: {score.points} of 100</h2><table>{rows}</table>"


def _picture(summary: Summary) -> str:
    """Return the force over time as SVG; a bar under it and a word in the legend mark the holds."""
    highest_newton = max([newton or 0.0 for newton in summary.picture_newton], default=0.0)
    top = scale_newton(highest_newton, summary.uncertain_share)
    length_s = max(summary.length_s, 1.0)

    def x(t_s: float) -> float:
        return _WIDTH * min(t_s / length_s, 1.0)

    def bar(newton: float, i: int) -> str:
        high = newton / top * _BASE
        left, right = x(i * summary.picture_column_s), x((i + 1) * summary.picture_column_s)
        return f'<rect x="{left:.1f}" y="{_BASE - high:.1f}" width="{right - left:.1f}" height="{high:.1f}"/>'

    force = "".join(bar(newton, i) for i, newton in enumerate(summary.picture_newton) if newton)
    holds = "".join(
        f'<rect x="{x(hold.still_since_s):.1f}" y="{_BASE + 4}" height="{6 if hold.outcome == "full" else 2}" '
        f'width="{x(hold.still_since_s + hold.held_s) - x(hold.still_since_s):.1f}"/>'
        for hold in summary.holds
    )
    legend = "thick line: full hold, thin: short hold, or one not seen whole"
    if has_two_hands(summary):
        legend += "; the force is that of both hands together"
    return (
        f"<figure><span>{top} N</span>"
        f'<svg class="force" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="Force over the session, on a scale up to {top} N">'
        f'<g fill="var(--force)">{force}</g><g fill="var(--hold)">{holds}</g></svg>'
        f'<div class="axis"><span>0:00</span><span>{minutes(summary.length_s)}</span></div>'
        f"<figcaption>{legend}</figcaption></figure>"
    )

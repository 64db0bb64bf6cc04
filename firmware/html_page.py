"""The page as one self-contained HTML file: readable on a phone, light and dark, and printable on one sheet."""

from html import escape

from coach.summary import Summary
from coach.verdict import minutes

from .page import SAFETY, numbers
from .words import ENDINGS

_STYLE = """
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --soft: #777; --force: #b8a5d6; --hold: #2f6fd0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #1b1b1f; --soft: #999; --force: #7d6a9e; --hold: #7fb0ff; }
}
@media print { :root { --ink: #000; --paper: #fff; --soft: #555; --force: #bbb; --hold: #000; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
       max-width: 40rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; margin: 0; } p.when { color: var(--soft); margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .2rem .5rem; margin: 1rem 0; }
dt { color: var(--soft); } dd { margin: 0; } svg { width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 15px; } .safety { color: var(--soft); font-size: .85rem; }
@page { margin: 15mm; }
"""
_WIDTH, _HEIGHT, _LEFT, _FOOT = 640, 200, 36, 40


def html_page(summary: Summary) -> str:
    """Return the page as HTML."""
    ended = ENDINGS["cut_off"] if summary.ended is None else ENDINGS[summary.ended]
    when = f"{summary.label}, {minutes(summary.length_s)}, {ended}"
    facts = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in numbers(summary))
    picture = _picture(summary) if summary.presses else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Kittypaws {escape(summary.label)}</title><style>{_STYLE}</style></head><body>"
        f'<h1>Kittypaws</h1><p class="when">{escape(when)}</p><dl>{facts}</dl>{picture}'
        f"<p><strong>Went well.</strong> {escape(summary.verdict.went_well)}</p>"
        f"<p><strong>Next time.</strong> {escape(summary.verdict.try_next)}</p>"
        f'<p class="safety">{escape(" ".join(SAFETY))}</p></body></html>\n'
    )


def _picture(summary: Summary) -> str:
    """Return the force over time as SVG; a bar under it and a word in the legend mark the holds."""
    top = max([newton or 0.0 for newton in summary.picture_newton] + [1.0])
    base = _HEIGHT - _FOOT
    length_s = max(summary.length_s, 1.0)

    def x(t_s: float) -> float:
        return _LEFT + (_WIDTH - _LEFT) * min(t_s / length_s, 1.0)

    def bar(newton: float, i: int) -> str:
        high = newton / top * (base - 12)
        left, right = x(i * summary.picture_column_s), x((i + 1) * summary.picture_column_s)
        return f'<rect x="{left:.1f}" y="{base - high:.1f}" width="{right - left:.1f}" height="{high:.1f}"/>'

    force = "".join(bar(newton, i) for i, newton in enumerate(summary.picture_newton) if newton)
    holds = "".join(
        f'<rect x="{x(hold.still_since_s):.1f}" y="{base + 5}" height="{5 if hold.outcome == "full" else 2}" '
        f'width="{x(hold.still_since_s + hold.held_s) - x(hold.still_since_s):.1f}"/>'
        for hold in summary.holds
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Force over the session, highest {top:.0f} N">'
        f'<g fill="var(--force)">{force}</g><g fill="var(--hold)">{holds}</g>'
        f'<text x="0" y="14">{top:.0f} N</text><text x="{_LEFT}" y="{_HEIGHT - 8}">0:00</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT - 8}" text-anchor="end">{minutes(summary.length_s)}</text>'
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 8}" text-anchor="middle">thick line: full hold, thin: short hold</text>'
        "</svg>"
    )

"""The page as one self-contained HTML file: readable on a phone, light and dark, and printable on one sheet."""

from html import escape

from coach.summary import Summary
from coach.verdict import minutes

from .page import SAFETY, numbers, when_and_how
from .words import scale_newton

# Every page of ours begins like this, and no other file does; an older page of ours may be written over.
_BEGIN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Kittypaws "
)
OURS = _BEGIN.encode()
_STYLE = """
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --soft: #666; --force: #b8a5d6; --hold: #2f6fd0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #1b1b1f; --soft: #aaa; --force: #7d6a9e; --hold: #7fb0ff; }
}
@media print { :root { --ink: #000; --paper: #fff; --soft: #555; --force: #bbb; --hold: #000; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
       max-width: 40rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; margin: 0; } p.when { color: var(--soft); margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .2rem .5rem; margin: 1rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
figure { margin: 1rem 0; font-size: .85rem; color: var(--soft); }
svg { display: block; width: 100%; height: 9rem; } .axis { display: flex; justify-content: space-between; }
figcaption { text-align: center; } .safety { border-top: 1px solid var(--soft); padding-top: .5rem; }
@page { margin: 15mm; }
"""
# What the bars are drawn in; they are stretched to the page, and the words beside them are not.
_WIDTH, _HEIGHT, _BASE = 640, 160, 150


def html_page(summary: Summary) -> str:
    """Return the page as HTML."""
    when = f"{summary.label}, {when_and_how(summary)}"
    facts = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in numbers(summary))
    picture = _picture(summary) if summary.presses or summary.paws_count else ""
    return (
        f"{_BEGIN}{escape(summary.label)}</title><style>{_STYLE}</style></head><body>"
        f'<h1>Kittypaws</h1><p class="when">{escape(when)}</p><dl>{facts}</dl>{picture}'
        f"<p><strong>Went well.</strong> {escape(summary.verdict.went_well)}</p>"
        f"<p><strong>Next time.</strong> {escape(summary.verdict.try_next)}</p>"
        f'<p class="safety">{escape(" ".join(SAFETY))}</p></body></html>\n'
    )


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
    return (
        f"<figure><span>{top} N</span>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="Force over the session, on a scale up to {top} N">'
        f'<g fill="var(--force)">{force}</g><g fill="var(--hold)">{holds}</g></svg>'
        f'<div class="axis"><span>0:00</span><span>{minutes(summary.length_s)}</span></div>'
        "<figcaption>thick line: full hold, thin: short hold, or one not seen whole</figcaption></figure>"
    )

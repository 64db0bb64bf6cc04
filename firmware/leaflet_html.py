"""The leaflet as one self-contained HTML file: two sides of paper, or a phone; the words are coach's."""

from collections.abc import Iterable
from html import escape

from coach.before import AID, LEAFLET, NUMBERS, READ_FIRST, RED_FLAGS, TITLE, TODAY, WAITS_WITH, RedFlags, Section

from .html_page import document

# Whom to call stands in boxes, for a tired eye finds a box; the parts stand in two columns where there is room.
_STYLE = """
h3 { font-size: 1rem; margin: 0 0 .2rem; } ul { margin: .2rem 0; padding-left: 1.1rem; } li { margin: .15rem 0; }
.calls { display: flex; flex-wrap: wrap; gap: .7rem; margin: .5rem 0; }
.calls section { flex: 1 1 13rem; border: 1px solid var(--soft); padding: .5rem .7rem; }
.calls section.emergency { border: 3px solid var(--ink); }
.numbers { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 1.2rem 0 .3rem; }
.numbers span { flex: 1 1 12rem; border-bottom: 1px solid var(--ink); padding-bottom: .2rem; }
.parts { margin-top: 1rem; } .parts section { break-inside: avoid; } .parts section:first-child h2 { margin-top: 0; }
.safety { margin-top: 1rem; }
@media print {
  body { font-size: 10.5pt; } .calls section { flex-basis: 9rem; }
  .parts { columns: 2; column-gap: 8mm; }
}
"""


def leaflet_html() -> str:
    """Return the page as HTML."""
    calls = "".join(map(_call, RED_FLAGS))
    numbers = "".join(f"<span>{escape(name)}:</span>" for name in NUMBERS)
    parts = "".join(map(_part, LEAFLET))
    return document(
        "leaflet",
        f"<h1>{escape(TITLE)}</h1><p>{escape(AID)} <strong>{escape(READ_FIRST)}</strong></p>"
        f'<h2>{escape(WAITS_WITH)}</h2><div class="calls">{calls}</div>'
        f"<p><strong>Each time.</strong> {escape(TODAY)}</p>"
        f'<div class="numbers">{numbers}</div><div class="parts">{parts}</div>',
        style=_STYLE,
    )


def _call(flags: RedFlags) -> str:
    more = f"<p><strong>{escape(flags.more)}</strong></p>" if flags.more else ""
    kind = flags.whom.replace(" ", "-")
    return f'<section class="{kind}"><h3>{escape(flags.to_do)}</h3>{_list(flags.flags)}{more}</section>'


def _part(section: Section) -> str:
    return f"<section><h2>{escape(section.heading)}</h2>{_list(section.lines)}</section>"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"

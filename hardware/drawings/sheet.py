"""A sheet to draw on: one SVG for light and dark screens, a phone and a printer without colour.

So wide that everything is readable on a phone of 360 pixels. What it says, it says in words and by shape; colour only
repeats it. No script, no font of its own, nothing from elsewhere.
"""

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from textwrap import wrap

WIDTH = 400
MARGIN = 14
# 11 of 400 units, which are the small words, are 10 pixels on such a phone: the least that is comfortable.
_SIZE = 12
LINE_HEIGHT, _BETWEEN = 16, 3
# What a letter of the usual fonts for screens takes at most, on average over a line.
_LETTER_WIDTH = 0.55
# How far a wire jumps that crosses another.
_HOP = 5

# A number and its unit stay on one line.
_UNIT = re.compile(r"(?<=\d) (?=[kM]?ohm|m?A\b|V\b|c?m\b)")

Point = tuple[float, float]

# Currentcolor and classes, and no variables: other programs than browsers know these too. What is printed is light.
_STYLE = """
.kittypaws { color: #1a1a1a; font-family: system-ui, sans-serif; }
.kittypaws text { fill: currentColor; font-size: 12px; }
.kittypaws .small { font-size: 11px; }
.kittypaws .title { font-size: 17px; font-weight: 600; }
.kittypaws .bold { font-weight: 600; }
.kittypaws .soft { fill: #555; }
.kittypaws .paper { fill: #fff; }
.kittypaws .part { fill: #f2f2f2; stroke: currentColor; stroke-width: 1.2; }
.kittypaws .skin { fill: none; stroke: #f2f2f2; stroke-linecap: round; stroke-linejoin: round; }
.kittypaws .palm { fill: #f2f2f2; }
.kittypaws .pad { fill: #fff; stroke-width: 2; }
.kittypaws .rim { fill: none; stroke: #777; stroke-linecap: round; stroke-linejoin: round; }
.kittypaws .ink { fill: currentColor; }
.kittypaws text.paper { fill: #fff; }
.kittypaws .frame { fill: none; stroke: #777; stroke-width: 1.2; stroke-dasharray: 5 4; }
.kittypaws .line { fill: none; stroke: currentColor; stroke-width: 1.2; }
.kittypaws .red { fill: none; stroke: #c01c1c; stroke-width: 3.4; }
.kittypaws .blue { fill: none; stroke: #1c50c0; stroke-width: 2.4; stroke-dasharray: 9 4; }
.kittypaws .black { fill: none; stroke: currentColor; stroke-width: 1.6; }
.kittypaws .yellow { fill: none; stroke: #8a6a00; stroke-width: 2.6; stroke-dasharray: 2.4 3.2; }
@media print { .kittypaws { max-width: 100%; max-height: 98vh; } }
@media screen and (prefers-color-scheme: dark) {
.kittypaws { color: #eee; }
.kittypaws .soft { fill: #b5b5b5; }
.kittypaws .paper, .kittypaws text.paper { fill: #1b1b1f; }
.kittypaws .part { fill: #2d2d33; }
.kittypaws .skin { stroke: #2d2d33; }
.kittypaws .palm { fill: #2d2d33; }
.kittypaws .pad { fill: #1b1b1f; }
.kittypaws .rim, .kittypaws .frame { stroke: #999; }
.kittypaws .red { stroke: #ff7b72; }
.kittypaws .blue { stroke: #7fb0ff; }
.kittypaws .yellow { stroke: #e6c34a; }
}
"""


class Sheet:
    """A drawing in the making; lengths are units of the view box, y grows downwards.

    Args:
        title: What it is.
        shows: A sentence for those who cannot see it.
    """

    def __init__(self, title: str, shows: str) -> None:
        self._title, self._shows = title, shows
        self._shapes: list[str] = []
        self.text(MARGIN, 26, title, kind="title")

    def text(self, x: float, y: float, words: str, *, kind: str = "", anchor: str = "start") -> None:
        """Write words on one line; `kind` is small, bold, soft or title, or several of them."""
        classes = f' class="{kind}"' if kind else ""
        anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._shapes.append(f'<text x="{x:g}" y="{y:g}"{classes}{anchored}>{escape(words, quote=False)}</text>')

    def item(self, y: float, sign: str, words: str) -> float:
        """Write an item of a list, on as many lines as it needs; return where the next item would be."""
        x = MARGIN + 20
        room = int((WIDTH - MARGIN - x) / (_SIZE * _LETTER_WIDTH))
        self.text(MARGIN, y, sign, kind="bold")
        for line in wrap(_UNIT.sub("\u00a0", words), room):
            self.text(x, y, line.replace("\u00a0", " "))
            y += LINE_HEIGHT
        return y + _BETWEEN

    def box(self, x: float, y: float, width: float, height: float, kind: str = "part", rounded: float = 4) -> None:
        """Draw a rectangle: a part, a frame around several, or a fill."""
        self._shapes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{rounded:g}" class="{kind}"/>'
        )

    def circle(self, x: float, y: float, radius: float, kind: str = "part") -> None:
        """Draw a circle."""
        self._shapes.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" class="{kind}"/>')

    def line(self, *points: Point, kind: str = "line", wide: float | None = None) -> None:
        """Draw a line through points; `kind` is one of the wires' colours, or line."""
        path = " ".join(f"{'L' if i else 'M'}{x:g} {y:g}" for i, (x, y) in enumerate(points))
        self.path(path, kind, wide)

    def path(self, path: str, kind: str = "line", wide: float | None = None) -> None:
        """Draw a path of SVG."""
        style = "" if wide is None else f' style="stroke-width:{wide:g}"'
        self._shapes.append(f'<path d="{path}" class="{kind}"{style}/>')

    def put(self, shapes: str) -> None:
        """Add shapes that are SVG already."""
        self._shapes.append(shapes)

    def svg(self, height: float) -> str:
        """Return the sheet, as high as this."""
        shapes = "\n".join(self._shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="kittypaws" width="{WIDTH}" height="{height:g}"'
            f' viewBox="0 0 {WIDTH} {height:g}" role="img">\n'
            f"<title>{escape(self._title, quote=False)}</title>\n<desc>{escape(self._shows, quote=False)}</desc>\n"
            f'<style>{_STYLE}</style>\n<rect width="{WIDTH}" height="{height:g}" class="paper"/>\n{shapes}\n</svg>\n'
        )


def hopping(points: list[Point], over_x: Iterable[float]) -> str:
    """Return a path through points that hops over upright lines at these places."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x0, y0), (x1, y1) in pairwise(points):
        step = 1 if x1 > x0 else -1
        between = [x for x in over_x if y0 == y1 and min(x0, x1) < x < max(x0, x1)]
        for x in sorted(between, reverse=step < 0):
            path += f" L{x - step * _HOP:g} {y0:g} a{_HOP} {_HOP} 0 0 {int(step > 0)} {2 * step * _HOP:g} 0"
        path += f" L{x1:g} {y1:g}"
    return path

"""A plot as one SVG file that stands alone: on a phone, light or dark, and in grey.

Lines are told apart by their dashes and signs, bands by their words, never by colour alone.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from .colours import COLOURS
from .paragraph import paragraph

# As wide as a phone, so that its letters are as large there as they are here.
_WIDTH = 360
_LEFT, _RIGHT, _TOP, _HIGH = 46, 346, 36, 220
_ROW, _LETTER = 16, 12
# What a line of these letters holds at that width.
_COLUMNS = 54
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.title { font-weight: 600; font-size: 14px; } .soft { fill: var(--soft); }
.grid { stroke: var(--line); stroke-width: 1; } .band { fill: var(--line); }
.line { fill: none; stroke: var(--ink); stroke-width: 2; } .thin { stroke: var(--soft); stroke-width: 1.2; }
.disc { fill: var(--ink); stroke: none; } .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.8; }
"""
_RADIUS = 3.5

Sign = Literal["disc", "ring"]


@dataclass(frozen=True, slots=True)
class Scale:
    """What a direction of the plot measures.

    Attributes:
        ticks: What is marked on it; it reaches from `low` to `high`.
        name: What it measures, and its unit.
        is_logarithmic: Whether equal steps are equal factors: a pad's law is nearly a straight line then.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    name: str
    is_logarithmic: bool = True

    def part(self, value: float) -> float:
        """Return where a value is: 0 at the low end, 1 at the high one; what is outside is at that end."""
        value = min(max(value, self.low), self.high)
        if not self.is_logarithmic:
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / math.log(self.high / self.low)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points (across, up).

    Attributes:
        name: What it is, for the legend.
        dashes: SVG's dash pattern; without one it is whole.
        sign: What stands at each point.
        is_thin: Whether it is only there to compare with.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    dashes: str = ""
    sign: Sign | None = None
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between two heights, with a word in it."""

    name: str
    low: float
    high: float


class _Frame:
    """Where things are between the axes."""

    def __init__(self, across: Scale, up: Scale, top: int) -> None:
        self.across, self.up = across, up
        self.top, self.bottom = top, top + _HIGH

    def x(self, value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * self.across.part(value)

    def y(self, value: float) -> float:
        return self.bottom - _HIGH * self.up.part(value)


def plot_svg(
    title: str, across: Scale, up: Scale, lines: Sequence[Line], bands: Sequence[Band] = (), words: Sequence[str] = ()
) -> str:
    """Return a plot.

    Args:
        title: Above it.
        across: The scale from left to right.
        up: The scale from bottom to top.
        lines: What is drawn, and in the legend.
        bands: What the heights mean, from below; every second one is shaded.
        words: Below it, each a paragraph.
    """
    frame = _Frame(across, up, _TOP + _ROW * (len(lines) + 1))
    drawn = [f'<text class="title" x="8" y="18">{escape(title)}</text>']
    for i, line in enumerate(lines):
        drawn += _legend(line, _TOP + _ROW * i)
    drawn += [*_shades(bands, frame), *_grid(frame), *_names(bands, frame)]
    for line in lines:
        drawn += _line(line, [(frame.x(a), frame.y(b)) for a, b in line.points])
    below = frame.bottom + 33
    for text in words:
        below += _ROW // 4
        for row in paragraph(text, _COLUMNS):
            below += _ROW
            drawn.append(f'<text x="8" y="{below}">{escape(row)}</text>')
    return _document(f"{title}. {' '.join(words)}".strip(), below + 10, drawn)


def _shades(bands: Sequence[Band], frame: _Frame) -> Iterator[str]:
    for band in bands[1::2]:
        high, low = frame.y(band.high), frame.y(band.low)
        yield (f'<rect class="band" x="{_LEFT}" y="{high:.1f}" width="{_RIGHT - _LEFT}" height="{low - high:.1f}"/>')


def _grid(frame: _Frame) -> Iterator[str]:
    for tick in frame.across.ticks:
        x = f"{frame.x(tick):.1f}"
        yield f'<path class="grid" d="M{x},{frame.top} V{frame.bottom}"/>'
        yield f'<text class="soft" x="{x}" y="{frame.bottom + 15}" text-anchor="middle">{tick:g}</text>'
    for tick in frame.up.ticks:
        y = frame.y(tick)
        yield f'<path class="grid" d="M{_LEFT},{y:.1f} H{_RIGHT}"/>'
        yield f'<text class="soft" x="{_LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>'
    below, above = frame.bottom + 31, frame.top - 8
    yield f'<text class="soft" x="{_RIGHT}" y="{below}" text-anchor="end">{escape(frame.across.name)}</text>'
    yield f'<text class="soft" x="8" y="{above}">{escape(frame.up.name)}</text>'


def _names(bands: Sequence[Band], frame: _Frame) -> Iterator[str]:
    """Yield the bands' words: in them, or above one another at the right where they are too thin for words."""
    row = frame.bottom - 4.0
    for band in bands:
        high, low = frame.y(band.high), frame.y(band.low)
        if low - high >= _LETTER:
            yield f'<text x="{_LEFT + 5}" y="{(low + high) / 2 + 4:.1f}">{escape(band.name)}</text>'
        else:
            row = min(row, high - 4)
            yield f'<text x="{_RIGHT - 5}" y="{row:.1f}" text-anchor="end">{escape(band.name)}</text>'
            row -= _LETTER + 1


def _document(told: str, height: int, drawn: Iterable[str]) -> str:
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(told)}">\n<style>{COLOURS}{_STYLE}</style>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="var(--paper)"/>\n{body}\n</svg>\n'
    )


def _legend(line: Line, y: int) -> Iterator[str]:
    yield from _line(replace(line, sign=None), [(8, y), (38, y)])
    yield from _signs(line, [(23, y)])
    yield f'<text x="{_LEFT}" y="{y + 4}">{escape(line.name)}</text>'


def _line(line: Line, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    kind = "line thin" if line.is_thin else "line"
    dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline class="{kind}"{dashes} points="{path}"/>'
    yield from _signs(line, points)


def _signs(line: Line, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    if line.sign is not None:
        for x, y in points:
            yield f'<circle class="{line.sign}" cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}"/>'

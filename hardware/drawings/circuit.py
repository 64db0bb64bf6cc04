"""The symbols of a circuit, by schemdraw, at places of a sheet; the words beside them are the sheet's.

So that all words are set alike, and a test can hold that none lies on another.
"""

import re

import schemdraw
from schemdraw import elements

from hardware.drawings.sheet import Point

# What schemdraw calls one unit: a resistor's body is one long.
_UNIT = 30
# A style that browsers do not know, and places finer than a hair.
_NO_DASHES = "stroke-dasharray:-;"
# A ring shows the paper, which is not white in the dark.
_WHITE = "fill:white"
_FINE = re.compile(r"-?\d+\.\d{2,}")


class Circuit:
    """Symbols between points of a sheet."""

    def __init__(self) -> None:
        self._drawing = schemdraw.Drawing(canvas="svg", show=False)
        self._drawing.config(inches_per_unit=_UNIT / 72, color="currentColor", lw=1.3)

    def wire(self, *points: Point) -> None:
        """Join points by straight lines."""
        for i in range(len(points) - 1):
            self._between(elements.Line(), points[i], points[i + 1])

    def resistor(self, begin: Point, end: Point) -> None:
        """Draw a resistor, as a box."""
        self._between(elements.ResistorIEC(), begin, end)

    def pad(self, begin: Point, end: Point) -> None:
        """Draw a force-sensing resistor: one that varies."""
        self._between(elements.ResistorVarIEC(), begin, end)

    def capacitor(self, begin: Point, end: Point) -> None:
        """Draw a capacitor."""
        self._between(elements.Capacitor(), begin, end)

    def led(self, begin: Point, end: Point) -> None:
        """Draw an LED; its cathode is at the end."""
        self._between(elements.LED(), begin, end)

    def piezo(self, begin: Point, end: Point) -> None:
        """Draw a piezo, as a crystal."""
        self._between(elements.Crystal(), begin, end)

    def fuse(self, begin: Point, end: Point) -> None:
        """Draw a fuse."""
        self._between(elements.FuseIEC(), begin, end)

    def button(self, begin: Point, end: Point, *, closed: bool) -> None:
        """Draw a push button that is closed, or open, while nobody presses it."""
        self._between(elements.Button(nc=closed), begin, end)

    def npn(self, base: Point) -> tuple[Point, Point]:
        """Draw a transistor; return where its collector and its emitter are."""
        element = elements.BjtNpn(circle=True).right().at(_place(base)).anchor("base")
        self._drawing.add(element)
        return _point(element.absanchors["collector"]), _point(element.absanchors["emitter"])

    def ground(self, at: Point) -> None:
        """Draw ground, below a point."""
        self._drawing.add(elements.Ground().at(_place(at)))

    def joint(self, at: Point) -> None:
        """Draw the dot where wires are joined."""
        self._drawing.add(elements.Dot().at(_place(at)))

    def end(self, at: Point) -> None:
        """Draw the ring where a wire leaves the drawing."""
        self._drawing.add(elements.Dot(open=True).at(_place(at)))

    def shapes(self) -> str:
        """Return all of it as SVG, without a frame."""
        svg = self._drawing.get_imagedata("svg").decode()
        inner = (
            svg[svg.index(">") + 1 : svg.rindex("</svg>")]
            .replace(_NO_DASHES, "")
            .replace(_WHITE, "fill:none")
            .replace(" />", "/>\n")
        )
        return _FINE.sub(lambda found: f"{float(found[0]):.1f}", inner).strip()

    def _between(self, element: elements.Element2Term, begin: Point, end: Point) -> None:
        self._drawing.add(element.endpoints(_place(begin), _place(end)))


def _place(point: Point) -> Point:
    return point[0] / _UNIT, -point[1] / _UNIT


def _point(place: Point) -> Point:
    return place[0] * _UNIT, -place[1] * _UNIT

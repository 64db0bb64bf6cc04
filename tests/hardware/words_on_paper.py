"""The words of a drawing and the room that each takes, as a browser sets them in DejaVu Sans.

No other usual font for screens is wider. What fits in this one fits.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
# Thousandths of the letters' size, from the space to the tilde.
_PLAIN = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
]  # fmt: skip
_BOLD = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372,
    372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838,
    500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595,
    478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
]  # fmt: skip
_BULLET = 640
# Of the letters' size: what stands above the line, and what hangs below it.
_ABOVE, _BELOW = 0.73, 0.22


@dataclass(frozen=True)
class Words:
    """One line of words, and the box that it fills."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_on(self, other: "Words") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def words_of(svg: str) -> list[Words]:
    """Return all words that are seen; an SVG that is not well formed is an error."""
    return [_words(element) for element in _tree(svg).iter(f"{_SVG}text")]


def size_of(svg: str) -> tuple[float, float]:
    """Return the width and the height of the view box, which begins at nought."""
    left, top, width, height = map(float, _tree(svg).attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    return width, height


def _tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def _letters_of(element: ET.Element) -> tuple[float, list[int]]:
    kinds = element.get("class", "").split()
    bold = "bold" in kinds or "title" in kinds
    return 17 if "title" in kinds else 11 if "small" in kinds else 12, _BOLD if bold else _PLAIN


def _words(element: ET.Element) -> Words:
    text = element.text or ""
    size, widths = _letters_of(element)
    wide = sum(_BULLET if letter == "•" else widths[ord(letter) - 32] for letter in text) * size / 1000
    x, y = float(element.attrib["x"]), float(element.attrib["y"])
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    return Words(text, left, y - _ABOVE * size, left + wide, y + _BELOW * size)


def numbers_after(word: str, svg: str) -> list[int]:
    """Return the whole numbers that follow a word, as in `GPIO17`."""
    return [int(number) for words in words_of(svg) for number in re.findall(rf"\b{word}(\d+)\b", words.text)]


Segment = tuple[float, float, float, float]
_STEP = re.compile(r"([MLaZC])\s*([^MLaZC]*)")
_NUMBER = re.compile(r"-?[\d.]+")


def strokes_of(svg: str) -> list[Segment]:
    """Return the straight strokes of a drawing: wires, symbols, and the edges of boxes."""
    found: list[Segment] = []
    for element in _tree(svg).iter():
        kind = element.tag.removeprefix(_SVG)
        if kind == "path" and "skin" not in element.get("class", ""):
            found += _strokes(element.attrib["d"])
        elif kind in ("polygon", "polyline"):
            places = _pairs(element.attrib["points"])
            found += _joined(places + places[:1] * (kind == "polygon"))
        elif kind == "rect" and element.get("class") in ("part", "frame", "line"):
            x, y, wide, high = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
            found += _joined([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)])
    return found


def crosses(words: Words, stroke: Segment) -> bool:
    """Whether a stroke goes through words; nearer than a hair is not through."""
    x0, y0, x1, y1 = stroke
    begin, end = 0.0, 1.0
    for from_, to, low, high in ((x0, x1, words.left + 1, words.right - 1), (y0, y1, words.top + 1, words.bottom - 1)):
        if from_ == to:
            if not low < from_ < high:
                return False
            continue
        one, other = sorted(((low - from_) / (to - from_), (high - from_) / (to - from_)))
        begin, end = max(begin, one), min(end, other)
    return begin < end


def _strokes(path: str) -> list[Segment]:
    found: list[Segment] = []
    at = begun = (0.0, 0.0)
    for step, numbers in _STEP.findall(path):
        if step == "Z":
            found.append((*at, *begun))
            continue
        if step == "a":
            *_, along, down = map(float, _NUMBER.findall(numbers))
            at = at[0] + along, at[1] + down
            continue
        place = _pairs(numbers)[-1]
        if step == "M":
            begun = place
        else:
            found.append((*at, *place))
        at = place
    return found


def _pairs(numbers: str) -> list[tuple[float, float]]:
    values = [float(number) for number in _NUMBER.findall(numbers)]
    return list(zip(values[::2], values[1::2], strict=True))


def _joined(places: list[tuple[float, float]]) -> list[Segment]:
    return [(*one, *other) for one, other in pairwise(places)]


def used_pins(svg: str) -> set[int]:
    """Return the header pins that are marked: their numbers are in the colour of the paper."""
    marked = [one for one in _tree(svg).iter(f"{_SVG}text") if "paper" in one.get("class", "").split()]
    return {int(one.text or "") for one in marked}

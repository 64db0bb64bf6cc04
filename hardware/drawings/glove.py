"""What lies where on the glove: the pads on the palm's side, the board and its cable on the back, the box on the arm.

A right hand; the left one is its mirror image. Numbers in the picture stand beside their words below it.
"""

from hardware.board import PADS, Board
from hardware.drawings.sheet import WIDTH, Point, Sheet
from hardware.wiring import button_bcm, plug

# A hand's fingers from little finger to thumb, knuckle to tip, and its palm; the thumb is on the right.
_FINGERS: tuple[tuple[Point, Point, float], ...] = (
    ((36, 118), (22, 62), 22),
    ((62, 108), (57, 34), 24),
    ((90, 106), (92, 22), 25),
    ((117, 112), (127, 40), 24),
    ((120, 186), (166, 122), 27),
)
_PALM: tuple[Point, ...] = ((37, 124), (62, 114), (92, 112), (119, 118), (126, 176), (103, 236), (65, 236), (40, 190))
_ARM: tuple[Point, ...] = ((84, 230), (84, 352))
_ARM_WIDTH = 58
_RIM = 3
_HAND_WIDTH, _TOP = 180, 66
_PADS: dict[str, tuple[float, float, float]] = {"heel": (82, 216, 19), "palm": (86, 160, 16), "fingers": (92, 26, 10)}
# The places of the pads in words.
_WHERE = {
    "heel": "on the heel of the hand, where you lean on it",
    "palm": "in the middle of the palm",
    "fingers": "under the tip of the middle finger; keep the fingers together",
}

_NOTES = (
    "The left glove is the mirror image. With two gloves the box sits at the belt, on cables of up to 1 m.",
    "Two thin wires go from each pad around the edge of the hand to the board. Leave a loop at each joint.",
    "Do not fold a pad's tail, and do not solder to it: it has pins for that.",
)


def draw(board: Board) -> str:
    """Return the layout of the glove."""
    sheet = Sheet("Glove", "A right hand from its palm and from its back, with pads, board, cable and box.")
    sheet.text(10 + 90, 50, "palm of the right hand", kind="bold", anchor="middle")
    sheet.text(WIDTH - 100, 50, "back of the right hand", kind="bold", anchor="middle")
    palm = _Hand(sheet, 8, mirrored=False)
    back = _Hand(sheet, WIDTH - 8 - _HAND_WIDTH, mirrored=True)
    _wires(palm)
    for number, pad in enumerate(PADS, start=1):
        x, y, radius = _PADS[pad]
        palm.disc((x, y), radius, f"{number}")
    _back(sheet, back)
    return sheet.svg(_words(sheet, board))


class _Hand:
    """A hand at a place of the sheet; mirrored, it shows its other side."""

    def __init__(self, sheet: Sheet, left: float, *, mirrored: bool) -> None:
        self._sheet, self._left, self._mirrored = sheet, left, mirrored
        # The rim of all of it first: what is laid over it leaves the outline of the whole.
        for kind, more in (("rim", _RIM), ("skin", 0)):
            for knuckle, tip, wide in _FINGERS:
                self.line(knuckle, tip, kind=kind, wide=wide + more)
            self.line(*_PALM, _PALM[0], kind=kind, wide=20 + more)
            self.line(*_ARM, kind=kind, wide=_ARM_WIDTH + more)
        # An arm does not end there: the drawing does.
        self._sheet.box(left, _TOP + _ARM[-1][1], _HAND_WIDTH, _ARM_WIDTH, "paper", 0)
        middle = [self.at(point) for point in _PALM]
        self._sheet.path("M" + " L".join(f"{x:g} {y:g}" for x, y in middle) + " Z", "palm")

    def at(self, point: Point) -> Point:
        """Return where a point of the hand is on the sheet."""
        x, y = point
        return self._left + (_HAND_WIDTH - x if self._mirrored else x), _TOP + y

    def line(self, *points: Point, kind: str = "line", wide: float | None = None) -> None:
        self._sheet.line(*(self.at(point) for point in points), kind=kind, wide=wide)

    def disc(self, point: Point, radius: float, words: str) -> None:
        """Draw a pad, or the number of a thing."""
        x, y = self.at(point)
        self._sheet.circle(x, y, radius, "part pad")
        self._sheet.text(x, y + 4, words, kind="bold", anchor="middle")


def _wires(palm: _Hand) -> None:
    """Draw the pads' wires: along the side of the little finger, and around to the back."""
    palm.line((92, 36), (90, 112), (72, 140), (29, 146))
    palm.line((70, 160), (29, 160))
    palm.line((66, 206), (56, 188), (29, 174))


def _back(sheet: Sheet, back: _Hand) -> None:
    for y in (146, 160, 174):
        back.line((29, y), (60, y))
    back.line((84, 180), (84, 300), kind="black", wide=5)
    for (x, y), wide, high, rounded in (((84, 160), 60, 44, 4), ((84, 308), 76, 64, 8)):
        left, top = back.at((x, y))
        sheet.box(left - wide / 2, top - high / 2, wide, high, "part", rounded)
    for number, y in ((4, 160), (5, 234), (6, 308)):
        back.disc((84, y), 11, f"{number}")


def _words(sheet: Sheet, board: Board) -> float:
    adc = board.adc
    partners = "" if button_bcm(board, "partner") is None else ", the partner's button"
    y: float = _TOP + 384
    left, right = f"left glove 0x{adc.left_address:02x}", f"right 0x{adc.right_address:02x}"
    words = [f"{pad} pad, input A{getattr(board.pads, pad)}: {_WHERE[pad]}" for pad in PADS]
    words += [
        f"board with the ADS1115 and its resistors ({left}, {right})",
        f"cable of four wires: {', '.join(pole.wire for pole in plug(board))}; 30 cm to the box",
        f"box on the forearm: the Pi, four lights, the buzzer{partners}",
    ]
    for number, line in enumerate(words, start=1):
        y = sheet.item(y, f"{number}", line)
    y += 4
    for line in _NOTES:
        y = sheet.item(y, "•", line)
    return y

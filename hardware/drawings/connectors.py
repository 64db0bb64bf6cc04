"""The plugs, pole by pole: that of the glove's cable with four, and that of mama's button with two."""

from hardware.board import Board
from hardware.drawings.sheet import MARGIN, WIDTH, Sheet
from hardware.pi_header import GROUND, PIN_OF_BCM
from hardware.wiring import button_bcm, plug

_POLE_STEP = 78
_FACE_Y, _FACE_HEIGHT, _HOLE = 84, 62, 30
# Room for the words of the poles.
_BELOW_FACE = 96


def draw(board: Board) -> str:
    """Return the plugs."""
    sheet = Sheet("Plugs", "The four poles of the glove's plug and the two of mama's, as you look into the socket.")
    sheet.text(MARGIN, 52, "Plug of the glove's cable", kind="bold")
    sheet.text(MARGIN, 68, "seen as you look into the socket of the box, notches up", kind="small")
    poles = plug(board)
    _face(sheet, _FACE_Y, len(poles))
    for i, pole in enumerate(poles):
        pin = f"bus {board.adc.bus}" if pole.pin is None else f"pin {pole.pin}"
        _pole(sheet, _FACE_Y, i, (pole.wire, pole.colour, pin), pole.colour)
    y: float = _FACE_Y + _FACE_HEIGHT + _BELOW_FACE
    for note in (
        "A keyed plug with four poles, as JST XH: it fits one way round only.",
        f"{poles[0].wire} and {GROUND} are no neighbours: a plug that slips by one pole does not join them.",
    ):
        y = sheet.item(y, "•", note)
    return sheet.svg(_lead(sheet, board, y + 24))


def _lead(sheet: Sheet, board: Board, y: float) -> float:
    """Draw the plug of mama's button; return how high the sheet is."""
    bcm = button_bcm(board, "mama")
    sheet.text(MARGIN, y, "Plug of mama's button", kind="bold")
    if bcm is None:
        sheet.text(MARGIN, y + 18, "none: glove.toml has no button for her")
        return y + 18 + MARGIN
    _face(sheet, y + 16, 2)
    _pole(sheet, y + 16, 0, (f"GPIO{bcm}", "any colour", f"pin {PIN_OF_BCM[bcm]}"), "line")
    _pole(sheet, y + 16, 1, (GROUND, "any colour", "any ground"), "line")
    y += 16 + _FACE_HEIGHT + _BELOW_FACE
    for note in (
        "Her lead of two wires is 1.5 m long; which of them is which makes no difference.",
        "Her button is closed until she presses it: pull this plug, and red says so at once.",
    ):
        y = sheet.item(y, "•", note)
    return y


def _face(sheet: Sheet, y: float, poles: int) -> None:
    """Draw the face of a socket, with the notches that make it fit one way only."""
    x, width = _left(poles), _POLE_STEP * poles
    sheet.box(x, y, width, _FACE_HEIGHT, "part", 6)
    for notch_x in (x + width / 4, x + 3 * width / 4):
        sheet.box(notch_x - 8, y - 1, 16, 9, "paper", 0)
        sheet.line((notch_x - 8, y), (notch_x - 8, y + 8), (notch_x + 8, y + 8), (notch_x + 8, y))


def _pole(sheet: Sheet, y: float, i: int, words: tuple[str, str, str], wire: str) -> None:
    """Draw one pole, its wire and its words."""
    poles = 2 if wire == "line" else 4
    x = _left(poles) + _POLE_STEP * (i + 0.5)
    top = y + (_FACE_HEIGHT - _HOLE) / 2 + 3
    sheet.box(x - _HOLE / 2, top, _HOLE, _HOLE, "paper", 3)
    sheet.box(x - _HOLE / 2, top, _HOLE, _HOLE, "line", 3)
    sheet.text(x, top + 20, f"{i + 1}", kind="bold", anchor="middle")
    bottom = y + _FACE_HEIGHT
    sheet.line((x, bottom), (x, bottom + 22), kind=wire)
    for line, (word, kind) in enumerate(zip(words, ("bold", "", "small"), strict=True)):
        sheet.text(x, bottom + 36 + 16 * line, word, kind=kind, anchor="middle")


def _left(poles: int) -> float:
    return (WIDTH - _POLE_STEP * poles) / 2

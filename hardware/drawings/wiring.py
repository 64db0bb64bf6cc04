"""Who goes where: the board on the glove, the cable, the plug and the header in the box, from hand to arm."""

from hardware.board import Board
from hardware.drawings.sheet import MARGIN, WIDTH, Point, Sheet, hopping
from hardware.pi_header import PINS, name_of
from hardware.wiring import (
    BUTTONS,
    LIGHT_OHM,
    PLUG_GROUND_PIN,
    PULL_DOWN_OHM,
    Pole,
    Use,
    addr_goes_to,
    button_bcm,
    inputs,
    ohms,
    plug,
    supply_name,
    uses,
)

# The poles of the plug from left to right, 4 to 1: so the wires to the header's first pins cross but once.
_POLE_X = {4: 33, 3: 67, 2: 101, 1: 135}
# Where these wires run beside the header, and how high each turns towards its pole.
_LANE_X = {4: 105, 3: 115, 2: 125, 1: 135}
# The one that others cross: ground comes from further down than its neighbours.
_GROUND_LANE = (_LANE_X[3],)
_TURN_Y = {4: 406, 3: 397, 2: 388, 1: 379}
_BOARD_Y, _BOARD_HEIGHT = 130, 70
_PLUG_Y = 326
_BOX_Y = 340
# The header: where its first row is, how far apart rows are, and how wide it is drawn.
_ROW_Y, _ROW_STEP = 432, 21
_HEADER_X, _HEADER_WIDTH = 143, 148
_ODD_X, _EVEN_X = 206, 228
# Beside the header, and beside the lanes where one of them has to be passed.
_LABEL_X, _LABEL_PAST_LANES_X = 128, 99
_FRAME_BOTTOM = _ROW_Y + 20 * _ROW_STEP


def draw(board: Board) -> str:
    """Return the wiring diagram."""
    sheet = Sheet(
        "Wiring", "The board on the glove, the cable of four wires with its plug, and the header of the Pi in the box."
    )
    _glove(sheet, board)
    _cable(sheet, board)
    _header(sheet, board)
    return sheet.svg(_notes(sheet, board))


def _glove(sheet: Sheet, board: Board) -> None:
    sheet.box(4, 40, WIDTH - 8, 208, "frame", 10)
    sheet.text(MARGIN + 4, 58, "On the glove", kind="bold")
    sheet.text(WIDTH - 18, 58, "resistors: see its circuit", kind="small soft", anchor="end")
    sheet.box(14, _BOARD_Y, WIDTH - 28, _BOARD_HEIGHT)
    left, right = board.adc.left_address, board.adc.right_address
    sheet.text(180, _BOARD_Y + 42, "board with the ADS1115", kind="bold")
    sheet.text(180, _BOARD_Y + 58, "ADDR says which glove it is", kind="small")
    for channel, heard in enumerate(inputs(board)):
        x = 46 + 72 * channel
        sheet.box(x - 31, 72, 62, 24, "part", 12 if heard != "supply" else 2)
        sheet.text(x, 88, heard, anchor="middle")
        sheet.line((x, 96), (x, _BOARD_Y))
        sheet.text(x, _BOARD_Y + 16, f"A{channel}", kind="small", anchor="middle")
    sheet.line((340, 110), (340, _BOARD_Y))
    sheet.text(340, 76, f"left: {addr_goes_to(board, left)}", kind="small", anchor="middle")
    sheet.text(340, 90, f"right: {addr_goes_to(board, right)}", kind="small", anchor="middle")
    sheet.circle(340, 107, 3)
    sheet.text(340, _BOARD_Y + 16, "ADDR", kind="small", anchor="middle")
    sheet.text(180, 219, f"left glove: address 0x{left:02x}", kind="small")
    sheet.text(180, 235, f"right glove: address 0x{right:02x}", kind="small")


def _cable(sheet: Sheet, board: Board) -> None:
    sheet.text(180, 267, "Cable and plug", kind="bold")
    chip_names = {1: "VDD", 3: "GND"}
    bottom = _BOARD_Y + _BOARD_HEIGHT
    for pole in plug(board):
        x = _POLE_X[pole.number]
        sheet.text(x, bottom - 8, chip_names.get(pole.number, pole.wire), kind="small", anchor="middle")
        sheet.line((x, bottom), (x, _PLUG_Y), kind=pole.colour)
        y = 268 + 16 * pole.number
        sheet.text(180, y, f"{pole.number}", kind="bold")
        sheet.line((194, y - 4), (240, y - 4), kind=pole.colour)
        sheet.text(248, y, f"{pole.wire}, {pole.colour}")
    sheet.box(4, _BOX_Y, WIDTH - 8, _FRAME_BOTTOM - _BOX_Y, "frame", 10)
    sheet.box(_POLE_X[4] - 19, _PLUG_Y, 140, 28)
    for pole in plug(board):
        sheet.circle(_POLE_X[pole.number], _PLUG_Y + 14, 9, "paper")
        sheet.circle(_POLE_X[pole.number], _PLUG_Y + 14, 9, "line")
        sheet.text(_POLE_X[pole.number], _PLUG_Y + 18, f"{pole.number}", kind="bold", anchor="middle")


def _header(sheet: Sheet, board: Board) -> None:
    sheet.text(180, 366, "In the box", kind="bold")
    sheet.text(180, 384, "header of the Pi; pin 1 is at the", kind="small")
    sheet.text(180, 399, "end of the memory card", kind="small")
    sheet.box(_HEADER_X, _ROW_Y - 16, _HEADER_WIDTH, 20 * _ROW_STEP + 8, "part", 6)
    used = {use.pin: use for use in uses(board)}
    for pin in range(1, PINS + 1):
        is_odd, y = bool(pin % 2), _row_y(pin)
        x = _ODD_X if is_odd else _EVEN_X
        is_used = pin in used
        sheet.circle(x, y, 9, "ink" if is_used else "line")
        sheet.text(x, y + 4, f"{pin}", kind="small paper bold" if is_used else "small soft", anchor="middle")
        named = (x - 13, "end") if is_odd else (x + 13, "start")
        sheet.text(named[0], y + 4, name_of(pin), kind="small" if is_used else "small soft", anchor=named[1])
    for pole in plug(board):
        _wire_to_plug(sheet, pole)
    for use in used.values():
        if use.pole is None:
            _part(sheet, use)
    sheet.box(_LANE_X[1] - 6, 362, 12, 26)
    sheet.text(_LANE_X[1] + 10, 379, "fuse", kind="small")


def _wire_to_plug(sheet: Sheet, pole: Pole) -> None:
    x, lane_x, turn_y = _POLE_X[pole.number], _LANE_X[pole.number], _TURN_Y[pole.number]
    if pole.pin is None:
        # A note says which bus it comes from.
        sheet.line((x, turn_y), (x, _PLUG_Y + 28), kind=pole.colour)
        return
    y = _row_y(pole.pin)
    points: list[Point] = [(_HEADER_X, y), (lane_x, y), (lane_x, turn_y), (x, turn_y), (x, _PLUG_Y + 28)]
    sheet.path(hopping(points, _GROUND_LANE if lane_x < _LANE_X[3] else ()), pole.colour)


def _part(sheet: Sheet, use: Use) -> None:
    y = _row_y(use.pin)
    if use.pin % 2:
        # The only row of a part that a wire of the plug runs past is that of GPIO4.
        is_beside_lane = y < _row_y(PLUG_GROUND_PIN)
        edge = _LABEL_PAST_LANES_X if is_beside_lane else _LABEL_X
        sheet.path(hopping([(_HEADER_X, y), (edge, y)], _GROUND_LANE if is_beside_lane else ()))
        sheet.text(edge - 3, y + 4, use.what, kind="small", anchor="end")
    else:
        edge = _HEADER_X + _HEADER_WIDTH
        sheet.line((edge, y), (edge + 8, y))
        sheet.text(edge + 11, y + 4, use.what, kind="small")


def _row_y(pin: int) -> int:
    return _ROW_Y + (pin - 1) // 2 * _ROW_STEP


def _notes(sheet: Sheet, board: Board) -> float:
    """Write what lines cannot say; return how high the sheet is."""
    y: float = _FRAME_BOTTOM + 22
    how = {"mama": "Mama's is closed until it is pressed.", "partner": "The partner's is open until it is pressed."}
    buttons = [how[whose] for whose in BUTTONS if button_bcm(board, whose) is not None]
    notes = [
        f"Each light: pin, {ohms(LIGHT_OHM)}, LED, ground; and {ohms(PULL_DOWN_OHM)} from the pin to ground.",
        *([f"Each button: from its pin to ground. {' '.join(buttons)}"] if buttons else []),
        f"The fuse is 100 mA, in the {supply_name(board)} wire. All grounds are one.",
        "A second glove has the same plug, wired to the same four pins.",
        "The plug is drawn from behind; the drawing of the plugs shows its face.",
    ]
    if any(pole.pin is None for pole in plug(board)):
        notes.append(f"SDA and SCL are those of /dev/i2c-{board.adc.bus}, which is not the header's bus.")
    electronics = board.electronics
    notes.append(
        f"On the glove: {ohms(electronics.series_ohm)} before each pad, {ohms(electronics.bias_ohm)} across it, "
        f"{ohms(electronics.fixed_ohm)} from its input to ground."
    )
    for note in notes:
        y = sheet.item(y, "•", note)
    return y

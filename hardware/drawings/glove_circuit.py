"""The circuit on the glove: three pads, each with its resistors, the divider of the supply, and the ADS1115."""

from hardware.board import Board
from hardware.drawings.circuit import Circuit
from hardware.drawings.sheet import MARGIN, WIDTH, Sheet
from hardware.wiring import addr_goes_to, inputs, ohms, plug, supply_name

_RAIL_X = 20
_FIRST_ROW_Y, _ROW_STEP = 142, 162
_PAD_X, _PAD_END_X = 108, 208
_CHIP_X, _CHIP_END_X, _CHIP_Y, _PIN_STEP = 190, 300, 588, 36
# The inputs begin lower than the supply, where a capacitor stands before them.
_INPUT_Y = _CHIP_Y + 32
_PLUG_X = 352


def draw(board: Board) -> str:
    """Return the circuit on the glove."""
    sheet, circuit = Sheet("Circuit on the glove", "Pads, resistors, converter and plug, with all values."), Circuit()
    channels = inputs(board)
    heard = [(channel, name) for channel, name in enumerate(channels) if name != "supply"]
    sheet.text(MARGIN, 48, supply_name(board), kind="bold")
    for row, (channel, name) in enumerate(heard):
        _pad(sheet, circuit, board, _FIRST_ROW_Y + row * _ROW_STEP, name, channel)
    _supply(sheet, circuit, board, channels.index("supply"))
    _chip(sheet, circuit, board)
    sheet.put(circuit.shapes())
    y: float = _CHIP_Y + 3 * _PIN_STEP + 142
    across = ohms(board.electronics.bias_ohm)
    for note in (
        f"The {across} sits at the pad itself, across its two wires: with it, a cut wire is found.",
        "Every sign of ground is wire 3 of the plug.",
        "All other parts sit beside the ADS1115, on the back of the glove.",
    ):
        y = sheet.item(y, "•", note)
    return sheet.svg(y)


def _pad(sheet: Sheet, circuit: Circuit, board: Board, y: float, name: str, channel: int) -> None:
    electronics = board.electronics
    circuit.joint((_RAIL_X, y))
    circuit.resistor((_RAIL_X, y), (_PAD_X, y))
    sheet.text(59, y - 14, ohms(electronics.series_ohm), anchor="middle", kind="small")
    sheet.box(_PAD_X - 10, y - 74, _PAD_END_X - _PAD_X + 20, 116, "frame")
    circuit.pad((_PAD_X, y), (_PAD_END_X, y))
    circuit.wire((_PAD_X, y), (_PAD_X, y - 44))
    circuit.resistor((_PAD_X, y - 44), (_PAD_END_X, y - 44))
    circuit.wire((_PAD_END_X, y - 44), (_PAD_END_X, y))
    middle = (_PAD_X + _PAD_END_X) / 2
    sheet.text(middle, y - 58, ohms(electronics.bias_ohm), anchor="middle", kind="small")
    sheet.text(middle, y + 33, f"pad: {name}", anchor="middle", kind="bold")
    circuit.wire((_PAD_END_X, y), (352, y))
    circuit.end((354, y))
    sheet.text(362, y + 4, f"A{channel}", kind="bold")
    for x in (_PAD_X, _PAD_END_X):
        circuit.joint((x, y))
    circuit.joint((238, y))
    circuit.resistor((238, y), (238, y + 56))
    circuit.ground((238, y + 56))
    sheet.text(250, y + 33, ohms(electronics.fixed_ohm), kind="small")
    circuit.joint((328, y))
    circuit.capacitor((328, y), (328, y + 56))
    circuit.ground((328, y + 56))
    sheet.text(343, y + 33, "100 nF", kind="small")


def _supply(sheet: Sheet, circuit: Circuit, board: Board, channel: int) -> None:
    top = _CHIP_Y
    circuit.wire((_RAIL_X, 54), (_RAIL_X, top), (138, top))
    circuit.joint((56, top))
    circuit.resistor((56, top), (56, top + 62))
    sheet.text(68, top + 35, ohms(board.electronics.reference_top_ohm), kind="small")
    circuit.joint((56, top + 62))
    circuit.wire((56, top + 62), (84, top + 62))
    circuit.end((86, top + 62))
    sheet.text(94, top + 66, f"A{channel}", kind="bold")
    circuit.resistor((56, top + 62), (56, top + 124))
    circuit.ground((56, top + 124))
    sheet.text(68, top + 97, ohms(board.electronics.reference_bottom_ohm), kind="small")
    circuit.capacitor((138, top), (138, top + 44))
    circuit.ground((138, top + 44))
    sheet.text(151, top + 20, "10 uF", kind="small")


def _chip(sheet: Sheet, circuit: Circuit, board: Board) -> None:
    bottom = _CHIP_Y + 3 * _PIN_STEP + 64
    sheet.box(_CHIP_X, _CHIP_Y - 34, _CHIP_END_X - _CHIP_X, bottom - _CHIP_Y + 34)
    middle = (_CHIP_X + _CHIP_END_X) / 2
    sheet.text(middle, _CHIP_Y - 17, "ADS1115", kind="bold", anchor="middle")
    for channel, name in enumerate(inputs(board)):
        y = _INPUT_Y + channel * _PIN_STEP
        circuit.wire((_CHIP_X - 12, y), (_CHIP_X, y))
        circuit.end((_CHIP_X - 14, y))
        sheet.text(_CHIP_X + 5, y + 4, f"A{channel} {name}", kind="small")
    chip_names = {1: "VDD", 3: "GND"}
    sheet.box(_PLUG_X, _CHIP_Y - 14, 26, 3 * _PIN_STEP + 28)
    sheet.text(WIDTH - MARGIN, _CHIP_Y - 22, "plug", kind="bold", anchor="end")
    for pole in plug(board):
        y = _CHIP_Y + (pole.number - 1) * _PIN_STEP
        sheet.text(_CHIP_END_X - 5, y + 4, chip_names.get(pole.number, pole.wire), kind="small", anchor="end")
        sheet.line((_CHIP_END_X, y), (_PLUG_X, y), kind=pole.colour)
        sheet.text(_PLUG_X + 13, y + 4, f"{pole.number}", kind="bold", anchor="middle")
        sheet.text((_CHIP_END_X + _PLUG_X) / 2, y - 6, pole.wire, kind="small", anchor="middle")
        sheet.text((_CHIP_END_X + _PLUG_X) / 2, y + 14, pole.colour, kind="small soft", anchor="middle")
    sheet.text(middle, bottom - 8, "ADDR", kind="small", anchor="middle")
    circuit.wire((middle, bottom), (middle, bottom + 14))
    circuit.end((middle, bottom + 16))
    for i, (side, address) in enumerate((("left", board.adc.left_address), ("right", board.adc.right_address))):
        goes_to = addr_goes_to(board, address)
        sheet.text(
            WIDTH - MARGIN, bottom + 36 + 16 * i, f"{side} glove: to {goes_to}, address 0x{address:02x}", anchor="end"
        )

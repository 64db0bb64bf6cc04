"""The circuit in the box: what stands between the header and the plug, the lights, the buzzer and the buttons."""

from hardware.board import Board
from hardware.drawings.circuit import Circuit
from hardware.drawings.sheet import MARGIN, Point, Sheet
from hardware.pi_header import PIN_OF_BCM, VOLT_3, name_of
from hardware.wiring import (
    ACROSS_PIEZO_OHM,
    BASE_OHM,
    BUTTONS,
    LIGHT_OHM,
    LIGHTS,
    PULL_DOWN_OHM,
    button_bcm,
    ohms,
    plug,
)

_POLE_Y, _POLE_STEP, _PLUG_X = 84, 30, 318
_LIGHTS_Y, _CELL_WIDTH, _CELL_HEIGHT = 222, 196, 150
_BUZZER_Y = 528
_WIRE_X, _FUSE_X = 96, 142
_BUTTON_X, _BUTTON_HEIGHT = 236, 118


def draw(board: Board) -> str:
    """Return the circuit in the box."""
    sheet, circuit = Sheet("Circuit in the box", "Fuse, lights, buzzer and buttons, with all values."), Circuit()
    _plug(sheet, circuit, board)
    for i, light in enumerate(LIGHTS):
        at = MARGIN + i % 2 * _CELL_WIDTH, _LIGHTS_Y + i // 2 * _CELL_HEIGHT
        _light(sheet, circuit, at, light, getattr(board.lights, light))
    _buzzer(sheet, circuit, board.buzzer.pin)
    for i, whose in enumerate(BUTTONS):
        _button(sheet, circuit, _BUZZER_Y + i * _BUTTON_HEIGHT, whose, button_bcm(board, whose))
    sheet.put(circuit.shapes())
    y: float = _BUZZER_Y + 256
    for note in (
        f"The {ohms(PULL_DOWN_OHM)} keep lights and buzzer off while nobody drives their pins.",
        f"The buzzer is a passive piezo; the {ohms(ACROSS_PIEZO_OHM)} across it lets it swing back.",
        "Every sign of ground is a ground pin of the header; all of them are one.",
        "A button needs no resistor: the Pi has one inside, to 3.3 V.",
    ):
        y = sheet.item(y, "•", note)
    return sheet.svg(y)


def _plug(sheet: Sheet, circuit: Circuit, board: Board) -> None:
    sheet.text(MARGIN, 50, "Header of the Pi", kind="bold")
    sheet.text(386, 50, "Plug of the glove", kind="bold", anchor="end")
    sheet.box(_PLUG_X, _POLE_Y - 14, 26, 3 * _POLE_STEP + 28)
    for pole in plug(board):
        y = _POLE_Y + (pole.number - 1) * _POLE_STEP
        wire = f"bus {board.adc.bus}, {pole.wire}" if pole.pin is None else f"pin {pole.pin}, {name_of(pole.pin)}"
        sheet.text(MARGIN, y + 4, wire, kind="small")
        if pole.number == 1:
            circuit.fuse((_FUSE_X, y), (_FUSE_X + 30, y))
            sheet.text(_FUSE_X + 15, y - 13, "fuse, 100 mA", kind="small", anchor="middle")
            sheet.line((_WIRE_X, y), (_FUSE_X, y), kind=pole.colour)
            sheet.line((_FUSE_X + 30, y), (_PLUG_X, y), kind=pole.colour)
        else:
            sheet.line((_WIRE_X, y), (_PLUG_X, y), kind=pole.colour)
        sheet.text(252, y - 6, pole.colour, kind="small soft", anchor="middle")
        sheet.text(_PLUG_X + 13, y + 4, f"{pole.number}", kind="bold", anchor="middle")
        sheet.text(_PLUG_X + 32, y + 4, pole.wire, kind="small")


def _light(sheet: Sheet, circuit: Circuit, at: Point, light: str, bcm: int) -> None:
    x, y = at
    _title(sheet, x, y, f"{light} light", bcm)
    wire_y = y + 52
    circuit.end((x + 4, wire_y))
    circuit.wire((x + 6, wire_y), (x + 40, wire_y))
    circuit.joint((x + 40, wire_y))
    circuit.resistor((x + 40, wire_y), (x + 40, wire_y + 50))
    circuit.ground((x + 40, wire_y + 50))
    sheet.text(x + 52, wire_y + 30, ohms(PULL_DOWN_OHM), kind="small")
    circuit.resistor((x + 40, wire_y), (x + 140, wire_y))
    sheet.text(x + 90, wire_y - 13, ohms(LIGHT_OHM), kind="small", anchor="middle")
    circuit.led((x + 140, wire_y), (x + 140, wire_y + 50))
    circuit.ground((x + 140, wire_y + 50))


def _buzzer(sheet: Sheet, circuit: Circuit, bcm: int) -> None:
    _title(sheet, MARGIN, _BUZZER_Y, "buzzer", bcm)
    top, base_y = _BUZZER_Y + 52, _BUZZER_Y + 152
    collector, emitter = circuit.npn((124, base_y))
    x = collector[0]
    sheet.text(x, top - 8, VOLT_3, kind="bold", anchor="middle")
    circuit.wire((x, top), (x, top + 8))
    circuit.piezo((x, top + 8), (x, top + 68))
    circuit.wire((x, top + 68), collector)
    sheet.text(x + 18, top + 42, "piezo", kind="small")
    circuit.wire((x, top + 8), (x - 52, top + 8))
    circuit.resistor((x - 52, top + 8), (x - 52, top + 68))
    circuit.wire((x - 52, top + 68), (x, top + 68))
    sheet.text(x - 64, top + 42, ohms(ACROSS_PIEZO_OHM), kind="small", anchor="end")
    for y in (top + 8, top + 68):
        circuit.joint((x, y))
    circuit.end((18, base_y))
    circuit.wire((20, base_y), (40, base_y))
    circuit.joint((40, base_y))
    circuit.resistor((40, base_y), (124, base_y))
    sheet.text(80, base_y - 13, ohms(BASE_OHM), kind="small", anchor="middle")
    circuit.resistor((40, base_y), (40, base_y + 56))
    circuit.ground((40, base_y + 56))
    sheet.text(52, base_y + 33, ohms(PULL_DOWN_OHM), kind="small")
    circuit.wire(emitter, (x, base_y + 56))
    circuit.ground((x, base_y + 56))
    sheet.text(x + 18, base_y + 16, "2N3904", kind="small")
    sheet.text(x + 18, base_y + 30, "or BC547", kind="small")


def _button(sheet: Sheet, circuit: Circuit, y: float, whose: str, bcm: int | None) -> None:
    if bcm is None:
        sheet.text(_BUTTON_X, y, f"{whose}'s button", kind="bold")
        sheet.text(_BUTTON_X, y + 16, "none", kind="small")
        return
    _title(sheet, _BUTTON_X, y, f"{whose}'s button", bcm)
    wire_y, end_x = y + 52, _BUTTON_X + 130
    circuit.end((_BUTTON_X + 4, wire_y))
    circuit.wire((_BUTTON_X + 6, wire_y), (_BUTTON_X + 34, wire_y))
    circuit.button((_BUTTON_X + 34, wire_y), (_BUTTON_X + 94, wire_y), closed=whose == "mama")
    circuit.wire((_BUTTON_X + 94, wire_y), (end_x, wire_y), (end_x, wire_y + 10))
    circuit.ground((end_x, wire_y + 10))
    how = "closed" if whose == "mama" else "open"
    sheet.text(_BUTTON_X, wire_y + 28, f"normally {how}", kind="small soft")


def _title(sheet: Sheet, x: float, y: float, what: str, bcm: int) -> None:
    sheet.text(x, y, what, kind="bold")
    sheet.text(x, y + 16, f"pin {PIN_OF_BCM[bcm]}, GPIO{bcm}", kind="small")

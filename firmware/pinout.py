"""The wiring as lines of text: the header of the Pi as it lies, then what the converter hears, and the plug."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

from hardware.board import Board
from hardware.pi_header import BCM_AT, PINS, name_of
from hardware.wiring import addr_goes_to, inputs, ohms, plug, uses

# As wide as the page; the header as it lies needs nearly all of it.
WIDTH = 72
# Where the text begins, to the right of its heading.
_HEAD = 12
_TITLE = "Kittypaws: the header of the Pi"
_USED, _FREE = "●", "○"


def pinout_lines(board: Board, width: int) -> list[str]:
    """Return the wiring; a terminal that is narrower than the header gets the pins in use alone."""
    lines = [_TITLE, "─" * len(_TITLE), *wrap(f"Pin 1 is at the end of the memory card. {_legend(width)}", width), ""]
    lines += _rows(board) if width >= WIDTH else _list(board)
    lines.append("")
    for head, text in _facts(board):
        lines += wrap(text, width, initial_indent=f"{head:<{_HEAD}}", subsequent_indent=" " * _HEAD)
    return lines


def pinout_facts(board: Board) -> dict[str, Any]:
    """Return the same as values."""
    what = {use.pin: use.what for use in uses(board)}
    return {
        "header": [
            {"pin": pin, "name": name_of(pin), "bcm": BCM_AT.get(pin), "use": what.get(pin)}
            for pin in range(1, PINS + 1)
        ],
        "bus": board.adc.bus,
        "left_address": f"0x{board.adc.left_address:02x}",
        "right_address": f"0x{board.adc.right_address:02x}",
        "inputs": {f"A{channel}": heard for channel, heard in enumerate(inputs(board))},
        "plug": plug(board),
        "electronics": board.electronics,
    }


def _legend(width: int) -> str:
    return f"{_USED} in use, {_FREE} free" if width >= WIDTH else "In use:"


def _rows(board: Board) -> list[str]:
    """Return the header as it lies: odd pins on the left, even ones on the right."""
    what = {use.pin: use.what for use in uses(board)}
    rows = []
    for odd in range(1, PINS, 2):
        even = odd + 1
        left = f"{what.get(odd, ''):>18}  {name_of(odd):>6} {odd:>2} {_sign(odd in what)}"
        right = f"{_sign(even in what)} {even:<2} {name_of(even):<6}  {what.get(even, '')}"
        rows.append(f"{left} {right}".rstrip())
    return rows


def _list(board: Board) -> list[str]:
    return [f"{use.pin:>3}  {name_of(use.pin):<7} {use.what}" for use in uses(board)]


def _sign(is_used: bool) -> str:
    return _USED if is_used else _FREE


def _facts(board: Board) -> Iterable[tuple[str, str]]:
    adc, electronics = board.adc, board.electronics
    for side, address in (("left", adc.left_address), ("right", adc.right_address)):
        yield f"{side.capitalize()} glove", f"0x{address:02x}, ADDR to {addr_goes_to(board, address)}"
    yield "Inputs", ", ".join(f"A{channel} {heard}" for channel, heard in enumerate(inputs(board)))
    yield "Plug", ", ".join(f"{pole.number} {pole.wire} ({pole.colour})" for pole in plug(board))
    before, across, fixed = (ohms(ohm) for ohm in (electronics.series_ohm, electronics.bias_ohm, electronics.fixed_ohm))
    yield "Each pad", f"{before} before it, {across} across it, {fixed} from its input to ground"
    top, bottom = ohms(electronics.reference_top_ohm), ohms(electronics.reference_bottom_ohm)
    yield "Supply", f"{top} and {bottom} in series, the input between them"
    if any(pole.pin is None for pole in plug(board)):
        yield "Bus", f"/dev/i2c-{adc.bus}, which is not the header's"

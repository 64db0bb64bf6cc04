"""The drawings: each says what the board says, whatever board it is, and no word lies where it cannot be read."""

import re
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings

from hardware.board import DEFAULT_BOARD, HEADER_BUS, I2C_PINS, PADS, Board, board_from_toml
from hardware.drawings import DRAWINGS, drawn
from hardware.drawings.__main__ import FOLDER
from hardware.pi_header import PIN_OF_BCM
from hardware.wiring import ohms, supply_name
from tests.any_board import boards

from .words_on_paper import crosses, numbers_after, size_of, strokes_of, used_pins, words_of

any_board = settings(max_examples=25, deadline=None, derandomize=True)
each_drawing = pytest.mark.parametrize("name", DRAWINGS)


def pins_of(board: Board) -> list[int]:
    """The BCM pins of lights, buzzer and buttons."""
    lights, buttons = board.lights, board.buttons
    chosen = (lights.green, lights.amber, lights.blue, lights.red, board.buzzer.pin, buttons.mama, buttons.partner)
    return [pin for pin in chosen if pin != "none"]


def bus_pins(board: Board) -> list[int]:
    return list(I2C_PINS) if board.adc.bus == HEADER_BUS else []


def said(name: str, board: Board) -> str:
    """All that a drawing says, line after line."""
    return " ".join(words.text for words in words_of(drawn(name, board)))


def lines(name: str, board: Board) -> Counter[str]:
    return Counter(words.text for words in words_of(drawn(name, board)))


@each_drawing
@any_board
@given(board=boards())
def test_no_word_is_cut_off_and_none_lies_on_another(name: str, board: Board) -> None:
    svg = drawn(name, board)
    wide, high = size_of(svg)
    words = words_of(svg)
    assert [one for one in words if one.left < 0 or one.top < 0 or one.right > wide or one.bottom > high] == []
    assert [(one.text, other.text) for one, other in combinations(words, 2) if one.lies_on(other)] == []


@each_drawing
@any_board
@given(board=boards(lowest_ohm=1))
def test_no_line_goes_through_a_word(name: str, board: Board) -> None:
    svg = drawn(name, board)
    strokes = strokes_of(svg)
    # A number stands on a disc, which hides what is below it.
    words = [one for one in words_of(svg) if not one.text.isdigit()]
    assert [(one.text, stroke) for one in words for stroke in strokes if crosses(one, stroke)] == []


@any_board
@given(board=boards())
def test_the_wiring_marks_the_pins_in_use_and_no_others(board: Board) -> None:
    has_buttons = (board.buttons.mama, board.buttons.partner) != ("none", "none")
    grounds_and_supplies = {1, 9, 14, 17, 34} | ({30} if has_buttons else set())
    expected = {PIN_OF_BCM[bcm] for bcm in (*pins_of(board), *bus_pins(board))} | grounds_and_supplies
    assert used_pins(drawn("wiring", board)) == expected


@any_board
@given(board=boards())
def test_the_wiring_names_inputs_and_addresses(board: Board) -> None:
    places = {words.text: (words.left + words.right) / 2 for words in words_of(drawn("wiring", board))}
    for pad in (*PADS, "supply"):
        assert places[pad] == pytest.approx(places[f"A{getattr(board.pads, pad)}"])
    text = said("wiring", board)
    assert f"left glove: address 0x{board.adc.left_address:02x}" in text
    assert f"right glove: address 0x{board.adc.right_address:02x}" in text


@any_board
@given(board=boards())
def test_the_circuit_of_the_glove_has_every_resistor_of_the_board(board: Board) -> None:
    electronics, told = board.electronics, lines("glove-circuit", board)
    values = [electronics.series_ohm, electronics.bias_ohm, electronics.fixed_ohm] * 3
    expected = Counter(map(ohms, (*values, electronics.reference_top_ohm, electronics.reference_bottom_ohm)))
    assert Counter({text: many for text, many in told.items() if re.search(r"^\S+ [kM]?ohm$", text)}) == expected
    for pad in PADS:
        assert (told[f"pad: {pad}"], told[f"A{getattr(board.pads, pad)} {pad}"]) == (1, 1)
    assert told[f"A{board.pads.supply} supply"] == 1


@any_board
@given(board=boards())
def test_the_circuit_of_the_box_has_every_pin_of_the_board(board: Board) -> None:
    svg = drawn("box-circuit", board)
    assert sorted(numbers_after("GPIO", svg)) == sorted([*pins_of(board), *bus_pins(board)])
    told = Counter(words.text for words in words_of(svg))
    for light in ("green", "amber", "blue", "red"):
        assert told[f"{light} light"] == 1
        bcm = getattr(board.lights, light)
        assert told[f"pin {PIN_OF_BCM[bcm]}, GPIO{bcm}"] == 1
    assert told["none"] == [board.buttons.mama, board.buttons.partner].count("none")


def test_the_circuit_of_the_box_keeps_dark_what_nobody_drives() -> None:
    told = lines("box-circuit", DEFAULT_BOARD)
    # Four lights, and the base of the buzzer's transistor; which has a resistor before it and one beside the piezo.
    assert (told["330 ohm"], told["10 kohm"], told["1 kohm"]) == (4, 5, 2)
    assert (told["normally closed"], told["normally open"], told["fuse, 100 mA"]) == (1, 1, 1)


@any_board
@given(board=boards())
def test_the_plugs_have_the_wires_in_their_order(board: Board) -> None:
    svg = drawn("connectors", board)
    words = {one.text: one.left for one in words_of(svg)}
    order = [supply_name(board), "SDA", "black", "SCL"]
    assert sorted(order, key=lambda wire: words[wire]) == order
    assert numbers_after("GPIO", svg) == ([] if board.buttons.mama == "none" else [board.buttons.mama])


@any_board
@given(board=boards())
def test_the_glove_names_the_input_of_each_pad_and_both_addresses(board: Board) -> None:
    text = said("glove", board)
    for pad in PADS:
        assert f"{pad} pad, input A{getattr(board.pads, pad)}" in text
    assert f"(left glove 0x{board.adc.left_address:02x}, right 0x{board.adc.right_address:02x})" in text
    assert ("the partner's button" in text) == (board.buttons.partner != "none")


@pytest.mark.parametrize(
    ("toml", "changed"),
    [
        ("[lights]\ngreen = 4", {"wiring", "box-circuit"}),
        ("[buzzer]\npin = 18", {"wiring", "box-circuit"}),
        ("[buttons]\nmama = 26", {"wiring", "box-circuit", "connectors"}),
        ('[buttons]\nmama = "none"', {"wiring", "box-circuit", "connectors"}),
        ('[buttons]\npartner = "none"', {"wiring", "box-circuit", "glove"}),
        ("[pads]\nheel = 1\npalm = 0", {"wiring", "glove-circuit", "glove"}),
        ("[adc]\nleft_address = 0x4a", {"wiring", "glove-circuit", "glove"}),
        ("[adc]\nbus = 3", {"wiring", "box-circuit", "connectors"}),
        ("[electronics]\nfixed_ohm = 1000", {"wiring", "glove-circuit"}),
        ("[electronics]\nreference_top_ohm = 22000", {"glove-circuit"}),
        ("[electronics]\nsupply_volt = 3.0", set(DRAWINGS)),
        ("[adc]\nsweeps_hz = 40", set()),
    ],
)
def test_what_a_maker_changes_is_changed_where_it_is_drawn(toml: str, changed: set[str]) -> None:
    board = board_from_toml(toml, "glove.toml")
    assert {name for name in DRAWINGS if drawn(name, board) != drawn(name, DEFAULT_BOARD)} == changed


@each_drawing
def test_a_drawing_needs_nothing_from_elsewhere_and_has_a_dark_side(name: str) -> None:
    svg = drawn(name, DEFAULT_BOARD)
    assert re.findall(r"<script|href|@import|font-face|url\(|<image", svg) == []
    assert "@media screen and (prefers-color-scheme: dark)" in svg
    assert "<title>" in svg
    assert "<desc>" in svg
    # In the dark nothing may stay as black or white as a library drew it.
    assert re.findall(r"(?:fill|stroke):(?:black|white|#)", svg.partition("</style>")[2]) == []


@each_drawing
def test_it_can_be_read_on_a_phone(name: str) -> None:
    svg = drawn(name, DEFAULT_BOARD)
    wide, _ = size_of(svg)
    smallest = min(float(size) for size in re.findall(r"font-size: (\d+)px", svg))
    # 360 pixels across; below ten, letters are hard to read.
    assert smallest * 360 / wide >= 9.9


@each_drawing
def test_the_kept_picture_is_what_is_drawn_now(name: str) -> None:
    # Meant to change? `make drawings` draws it anew; look at it before you commit it.
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert without_symbols(kept) == without_symbols(drawn(name, DEFAULT_BOARD))


def without_symbols(svg: str) -> list[str]:
    """A drawing without the lines that are schemdraw's: how it draws a resistor is its own affair."""
    return [line for line in svg.splitlines() if 'style="stroke:currentColor' not in line]

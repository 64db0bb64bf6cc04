"""`paws pinout`: the wiring of this glove, as a page, as facts and as a drawing; and what a wrong use is told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware.pinout import pinout_lines
from hardware.board import DEFAULT_BOARD, Board
from hardware.drawings import DRAWINGS, drawn
from hardware.wiring import uses
from tests.any_board import boards

from .command import paws, written


def test_it_shows_the_wiring_of_glove_toml(home: Path) -> None:
    written(home / "glove.toml", '[lights]\nred = 4\n[buttons]\nmama = "none"\n')
    told = paws("pinout")
    assert (told.code, told.err) == (0, "")
    assert "red light   GPIO4  7 ●" in told.out
    assert "mama" not in told.out


def test_the_facts_are_the_same_as_values() -> None:
    facts = paws("pinout", "--json").json
    assert facts["header"][10] == {"pin": 11, "name": "GPIO17", "bcm": 17, "use": "green light"}
    assert facts["header"][1] == {"pin": 2, "name": "5 V", "bcm": None, "use": None}
    assert facts["inputs"] == {"A0": "heel", "A1": "palm", "A2": "fingers", "A3": "supply"}
    assert facts["plug"][3] == {"number": 4, "wire": "SCL", "colour": "yellow", "pin": 5}
    assert (facts["left_address"], facts["right_address"]) == ("0x48", "0x49")


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_prints_each_drawing(name: str) -> None:
    told = paws("pinout", "--svg", name)
    assert (told.code, told.out, told.err) == (0, drawn(name, DEFAULT_BOARD), "")


def test_without_a_name_it_prints_the_wiring() -> None:
    assert paws("pinout", "--svg").out == drawn("wiring", DEFAULT_BOARD)


def test_a_drawing_is_that_of_glove_toml_too(home: Path) -> None:
    written(home / "glove.toml", "[lights]\ngreen = 4\n")
    assert "pin 7, GPIO4" in paws("pinout", "--svg", "box-circuit").out


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--svg", "schematic"), "'schematic' is not one of 'wiring', 'glove-circuit', 'box-circuit'"),
        (("--svg", "wiring", "--json"), "--svg and --json are two ways to print one wiring - choose one of them"),
        (("wiring",), "unexpected extra argument (wiring)"),
    ],
)
def test_a_wrong_use_is_told_in_one_line(wrong: tuple[str, ...], told: str) -> None:
    answer = paws("pinout", *wrong)
    assert answer.code == 2
    assert told in answer.refusal


@pytest.mark.parametrize("options", [(), ("--json",), ("--svg",)])
def test_a_wrong_glove_toml_is_told_in_one_line(home: Path, options: tuple[str, ...]) -> None:
    written(home / "glove.toml", "[lights]\nred = 40\n")
    answer = paws("pinout", *options)
    assert answer.code == 2
    assert answer.refusal.endswith("glove.toml: lights.red is 40; give a BCM pin from 0 to 27")


@settings(max_examples=50, deadline=None, derandomize=True)
@given(board=boards(), width=st.integers(40, 72))
def test_every_pin_in_use_is_told_and_no_line_is_too_long(board: Board, width: int) -> None:
    lines = pinout_lines(board, width)
    assert [line for line in lines if len(line) > width or line != line.rstrip()] == []
    for use in uses(board):
        assert [line for line in lines if use.what in line and f"{use.pin}" in line.split()] != []

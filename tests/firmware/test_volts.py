"""`paws volts`: what somebody with a meter finds at a glove, by Ohm on paper, by the emulated glove, and by sensing."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.calibration_file import calibration_to_toml
from firmware.home import divider_of
from firmware.volts import judged, nodes_of, reference_of
from firmware.volts_page import table_lines
from hardware.board import DEFAULT_BOARD, PADS, Board, board_from_toml
from hardware.emulated.fsr import EmulatedPads, Wrong
from sensing.calibration import NOMINAL_KNOTS, Calibration, Curve, PadCalibration, nominal_calibration
from sensing.divider import Divider
from sensing.pads import PadState
from tests.story import PROPERTY

from .command import paws, written

NOMINAL = PadCalibration(NOMINAL_KNOTS)
OF = divider_of(DEFAULT_BOARD)


def volts_of(board: Board = DEFAULT_BOARD, supply_volt: float = 3.3) -> dict[str, float]:
    return {node.situation: node.u * supply_volt for node in nodes_of(divider_of(board), NOMINAL)}


# -- by hand ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("situation", "volt", "state"),
    [
        ("wire off", 0.0, PadState.OPEN),
        # 3.3 x 2200 / (2200 + 220 + 100 000): 70.9 mV.
        ("untouched", 0.07088, PadState.UNTOUCHED),
        # 100 kohm beside 100 kohm are 50: 3.3 x 2200 / 52 420.
        ("turn-on, 100 kohm", 0.13850, PadState.OK),
        # 150 + 5900 ohm, beside 100 kohm 5704.9: 3.3 x 2200 / 8124.9.
        ("1 N", 0.89356, PadState.OK),
        # 5900 / 7.2444 + 150 = 964.4, beside 100 kohm 955.2: 3.3 x 2200 / 3375.2.
        ("10 N", 2.1510, PadState.OK),
        # 5900 / 18.635 + 150 = 466.6, beside 100 kohm 464.4: 3.3 x 2200 / 2884.4.
        ("30 N", 2.5170, PadState.OK),
        # The 220 ohm alone: 3.3 x 2200 / 2420.
        ("shorted inside", 3.0, PadState.OVER),
        # The input's 6 Mohm below 100 220 ohm: 3.3 x 6000 / 6100.22.
        ("no ground", 3.2458, PadState.SHORT),
        ("touching 3.3 V", 3.3, PadState.SHORT),
    ],
)
def test_each_situation_has_its_voltage_and_its_state(situation: str, volt: float, state: PadState) -> None:
    node = next(node for node in nodes_of(OF, NOMINAL) if node.situation == situation)
    # The cubic between the knots of the table is off the law by a thousandth at 10 N.
    assert (3.3 * node.u, node.state, node.is_right) == (pytest.approx(volt, rel=1.5e-3), state, True)


def test_above_the_pad_there_is_the_supply_less_a_tenth_of_what_is_below_it() -> None:
    above = {node.situation: 3.3 * node.above_u for node in nodes_of(OF, NOMINAL)}
    # 220 ohm bear a tenth of what 2200 ohm bear: 3.3 - 0.0071 and 3.3 - 0.2517.
    assert (above["untouched"], above["30 N"]) == (pytest.approx(3.2929, abs=1e-4), pytest.approx(3.0483, abs=1e-3))
    assert above["wire off"] == above["touching 3.3 V"] == 3.3


@pytest.mark.parametrize(
    ("supply_volt", "volt", "is_read"), [(3.3, 1.65, True), (3.2, 1.6, True), (3.1, 1.55, False), (3.5, 1.75, False)]
)
def test_the_supplys_own_input_has_half_of_it_and_six_percent_of_room(
    supply_volt: float, volt: float, is_read: bool
) -> None:
    # 1.65 V less 6 % are 1.551, and more by 6 % 1.749.
    found = reference_of(DEFAULT_BOARD, supply_volt)
    assert (found.volt, found.is_read) == (pytest.approx(volt), is_read)


# -- by the emulated glove --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("situation", "newton", "wrong"),
    [
        ("wire off", 0.0, {"open"}),
        ("untouched", 0.0, set()),
        ("2 N", 2.0, set()),
        ("20 N", 20.0, set()),
        # Two ohms inside are not quite none.
        ("shorted inside", 0.0, {"crushed"}),
        ("no ground", 0.0, {"afloat"}),
        ("touching 3.3 V", 0.0, {"short"}),
    ],
)
def test_the_emulated_glove_has_the_same_volts_at_its_inputs(situation: str, newton: float, wrong: Wrong) -> None:
    pads = EmulatedPads(DEFAULT_BOARD.electronics, seed=1, noise=0.0, creep_share=0.0)
    pads.wrong = (wrong, frozenset(), frozenset())
    assert pads.volts(4.5, (newton, 0.0, 0.0), 3.3)[0] == pytest.approx(volts_of()[situation], rel=3e-3)


# -- by sensing, there and back ---------------------------------------------------------------------------------


@PROPERTY
@given(
    fixed_ohm=st.floats(100, 1e6),
    bias_ohm=st.floats(1000, 1e7),
    series_ohm=st.floats(1, 10_000),
    supply_volt=st.floats(1.6, 3.6),
    newton=st.floats(0.2, 30.0),
)
def test_a_force_becomes_volts_and_the_volts_that_force_on_any_board(
    fixed_ohm: float, bias_ohm: float, series_ohm: float, supply_volt: float, newton: float
) -> None:
    """Within one code of the converter; where a board does not suit, the pad is no pad that is well, or it is told."""
    divider, curve = Divider(supply_volt, fixed_ohm, bias_ohm, series_ohm), Curve(NOMINAL)
    volt = supply_volt * divider.fraction_from_siemens(curve.siemens_from_newton(newton))
    state, read_newton = judged(volt, divider, NOMINAL)
    if state is PadState.OK and read_newton is not None:
        back_volt = supply_volt * divider.fraction_from_siemens(curve.siemens_from_newton(read_newton))
        # A code is 125 microvolts; what is rounded to a millionth of a newton is less than another.
        assert volt - 0.00025 <= back_volt <= volt + 1e-6
    else:
        assert not all(node.is_right for node in nodes_of(divider, NOMINAL))


def test_every_state_comes_at_its_own_limit_whatever_the_supply() -> None:
    for supply_volt in (1.6, 3.3, 3.6):
        divider = replace(OF, supply_volt=supply_volt)
        limits = {0.0185: "open", 0.0195: "untouched", 0.0235: "untouched", 0.0245: "ok", 0.89: "over", 0.96: "short"}
        states = {u: judged(u * supply_volt, divider, NOMINAL)[0] for u in limits}
        assert states == limits


# -- the page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [72, 40])
def test_no_line_is_longer_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = paws("volts").out.splitlines()
    assert max(map(len, lines)) <= width
    # In a narrow one the supplies come one below the other; nothing is left out.
    rows = [line.split() for line in lines if "untouched  " in line]
    assert [volt for row in rows for volt in row if volt[0].isdigit()] == ["68.7", "70.9", "73.0"]


def test_another_supply_is_shown_alone_and_one_that_the_glove_refuses_is_told() -> None:
    told = paws("volts", "--supply", "3.1", "--supply", "3.5")
    assert "3.10 V   3.50 V  state" in told.out
    assert "1.551 to 1.749 V; not with a supply of 3.10 V or 3.50 V." in " ".join(told.out.split())


def test_above_the_pad_it_is_told_of_the_supply_that_was_asked_for() -> None:
    # 3.2 V less a tenth of what is below: 3.2 * 2200 / 102420 V untouched.
    assert "with 3.20 V: 3.19 V untouched" in " ".join(paws("volts", "--supply", "3.2").out.split())


def test_pads_with_tables_of_their_own_have_a_table_each(home: Path) -> None:
    tables = [
        (pad, PadCalibration(tuple((siemens * factor, newton) for siemens, newton in NOMINAL_KNOTS[:-2]), 0.1, 0.1))
        for pad, factor in zip(PADS, (1.0, 1.0, 1.2), strict=True)
    ]
    made = Calibration(tuple(tables), "2026-11-20, left glove", 3.3)
    written(home / "calibration.left.toml", calibration_to_toml(made))
    told = paws("volts", "--left", "--supply", "3.3").out
    heads = [line for line in told.splitlines() if " at A" in line]
    assert heads == ["heel at A0, palm at A1", "fingers at A2"]
    assert told.startswith("Volts against ground. Forces are by your calibration of 2026-11-20, left")
    # These tables end at 17 N: what is more they do not know.
    assert ("10 N" in told, "20 N" in told) == (True, False)
    drawn = paws("volts", "--left", "--svg").out
    assert (drawn.count("<polyline"), "heel and palm</text>" in drawn) == (4, True)


def test_a_pad_that_was_never_measured_beside_others_that_were_is_named() -> None:
    measured = PadCalibration(tuple((siemens * 1.1, newton) for siemens, newton in NOMINAL_KNOTS), 0.1, 0.1)
    some = Calibration((("heel", measured), ("palm", NOMINAL), ("fingers", measured)), "2026-11-20, right glove")
    told = " ".join(table_lines(DEFAULT_BOARD, some, [3.3], 72))
    assert "calibration of 2026-11-20, right glove; palm by the data sheet's curve" in told
    assert ("heel at A0, fingers at A2" in told, "Each pad" in told) == (True, False)


def test_resistors_that_do_not_suit_are_told() -> None:
    # 10 kohm below 100 kohm: an untouched pad has 9 % of the supply, and reads as pressed.
    board = board_from_toml("[electronics]\nfixed_ohm = 10000", "glove.toml")
    told = " ".join(table_lines(board, nominal_calibration(PADS), [3.3], 72))
    assert "untouched is called ok and not untouched" in told
    assert "These resistors" not in paws("volts").out


def test_facts_are_those_of_the_table() -> None:
    facts = paws("volts", "--json", "--supply", "3.3").json
    heel = {node["situation"]: node for node in facts["pads"][0]["nodes"]}
    assert [pad["pad"] for pad in facts["pads"]] == list(PADS)
    assert heel["untouched"]["at"] == [
        {"supply_volt": 3.3, "volt": pytest.approx(0.07088, rel=1e-3), "above_volt": pytest.approx(3.29291, rel=1e-4)}
    ]
    assert (heel["wire off"]["newton"], heel["untouched"]["newton"]) == (None, 0.0)
    assert heel["10 N"]["newton"] == pytest.approx(10.0, rel=2e-3)
    assert facts["supply"]["nodes"] == [{"supply_volt": 3.3, "volt": 1.65, "is_read": True}]


# -- the plot ---------------------------------------------------------------------------------------------------


def test_the_plot_stands_alone_and_rises_from_left_to_right() -> None:
    drawn = paws("volts", "--svg").out
    picture = ET.fromstring(drawn)  # noqa: S314 - drawn by us a line before
    lines = [line for line in picture.iter() if line.tag.endswith("polyline")]
    # Three in the legend, three in the plot, of three kinds.
    curves = [line for line in lines if len(line.attrib["points"].split()) > 2]
    assert (len(lines), len({line.get("stroke-dasharray") for line in curves}), len(curves)) == (6, 3, 3)
    for curve in curves:
        points = [tuple(map(float, point.split(","))) for point in curve.attrib["points"].split()]
        assert points == sorted(points) == sorted(points, key=lambda point: -point[1])
        assert all(0 <= x <= 360 for x, _ in points)
    assert ("prefers-color-scheme: dark" in drawn, "href" in drawn) == (True, False)


# -- wrong use --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("--supply", "5"), "--supply: supply_volt is 5.0; give 1.6 to 3.6 V"),
        (("--supply", "nan"), "--supply: supply_volt is nan; give a number"),
        (("--svg", "--json"), "--svg and --json are two ways to print - take one of them"),
        (("--supply", "much"), "Invalid value for '--supply': 'much' is not a valid float - see `paws volts --help`"),
    ],
)
def test_wrong_use_is_one_line(arguments: tuple[str, ...], refusal: str) -> None:
    told = paws("volts", *arguments)
    assert (told.code, told.refusal) == (2, refusal)


def test_a_wrong_glove_toml_is_named(home: Path) -> None:
    path = written(home / "glove.toml", "[electronics]\nfixed_ohm = -1\n")
    told = paws("volts")
    assert (told.code, told.refusal.startswith(f"{path}: electronics.fixed_ohm is -1; give more than 0")) == (2, True)

"""Resistors of 1 % keep every pad on its side of the limits, those of 5 % do not; the command prints just that."""

import sys

import pytest

from sensing.calibration import PadCalibration
from sensing.pads import Pad, PadRules
from tests.story import DIVIDER
from tests.tolerances.__main__ import SEED, main
from tests.tolerances.limits import CASES, STATES, Case, places, spread_of
from tests.tolerances.parts import Parts

GLOVES = 20_000
# A reading is off by at most five times the noise of 0.5 mV and half a code, of 3.135 V at least.
NOISE_U = 0.0026 / 3.135
# Down to an ohm: at the limit of OVER there are still 70 of them, so that no force is beyond this table's end.
FAR = PadCalibration(((1e-5, 0.05), (1e-3, 10.0), (1.0, 100.0)))


def case_of(name: str) -> Case:
    return next(case for case in CASES if case.name.startswith(name))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_glove_with_resistors_of_1_percent_is_called_what_it_is_not(case: Case) -> None:
    spread = spread_of(case, GLOVES, SEED, 0.01)
    assert (spread.misnamed, spread.called) == (0, ((case.state, GLOVES),))
    assert spread.margin_u > 0


def test_with_5_percent_four_situations_are_confused_with_their_neighbours() -> None:
    spreads = [spread_of(case, GLOVES, SEED, 0.05) for case in CASES]
    confused = {spread.case.name: {f"{state}" for state, _ in spread.called} for spread in spreads if spread.misnamed}
    assert confused == {
        "untouched": {"untouched", "open", "ok"},
        "untouched, damp inside: 3 Mohm": {"untouched", "ok"},
        "full force, 150 to 400 ohm": {"ok", "over"},
        "shorted inside, 0 to 5 ohm": {"over", "ok", "short"},
        "measuring resistor or its ground lost": {"short", "over"},
    }
    assert all((spread.margin_u < 0) == (spread.misnamed > 0) for spread in spreads)


@pytest.mark.parametrize(
    ("name", "low_u", "high_u"),
    [
        # All at their worst: 2178 of 2178 + 222.2 + 101 000 ohm, and the supply read 1 % too high. Below 10 Mohm and
        # the converter's 6 Mohm, 99 kohm are 98 kohm at least; so are 2222 ohm 2221.
        ("untouched", 2177.2 / (2177.2 + 222.2 + 101_000) * 0.99, 2222 / (2222 + 217.8 + 98_029) * 1.0102),
        # 400 ohm beside 101 kohm, and 150 beside 99.
        ("full force", 2177.2 / (2177.2 + 222.2 + 398.5) * 0.99, 2222 / (2222 + 217.8 + 149.8) * 1.0102),
        ("shorted inside", 2177.2 / (2177.2 + 222.2 + 5) * 0.99, 2222 / (2222 + 217.8) * 1.0102),
    ],
)
def test_no_glove_is_outside_what_the_worst_parts_give_on_paper_and_some_come_near(
    name: str, low_u: float, high_u: float
) -> None:
    spread = spread_of(case_of(name), GLOVES, SEED, 0.01)
    assert low_u - NOISE_U < spread.low_u < spread.high_u < high_u + NOISE_U
    # The middle half of that is well filled.
    assert spread.low_u < low_u + (high_u - low_u) / 4 < high_u - (high_u - low_u) / 4 < spread.high_u


@pytest.mark.parametrize("tolerance", [0.01, 0.05])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_names_are_those_that_the_real_pad_gives(case: Case, tolerance: float) -> None:
    drawn = Parts(300, SEED, tolerance)
    volts, supplies = drawn.read(case.happens(drawn)), 2 * drawn.read(drawn.supply_volt * drawn.halved_part)
    given = []
    for volt, supply_volt in zip(volts.tolist(), supplies.tolist(), strict=True):
        pad = Pad("heel", FAR, DIVIDER, PadRules(verified=True, can_stick=False))
        for tick in range(5):
            pad.feed(tick / 50, volt, supply_volt)
        given.append(pad.state)
    assert given == [STATES[place] for place in places(volts / supplies)]


def test_the_command_prints_a_table_for_each_tolerance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tolerances", "--gloves", "2000"])
    main()
    told = capsys.readouterr().out
    assert ("0 of 22000 misnamed." in told, told.count("\n| untouched |"), f"seed {SEED}" in told) == (True, 2, True)


@pytest.mark.parametrize("typed", ["0", "-3", "many"])
def test_no_gloves_are_wrong_use(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tolerances", f"--gloves={typed}"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert f"{typed} gloves - give 1 to 1000000" in capsys.readouterr().err

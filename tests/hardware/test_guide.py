"""The guide's numbers are those of the board, the pads and the parts: none of them can drift away."""

import csv
import re
from pathlib import Path

import pytest

from coach.cues import FLASHES_A_SECOND
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.fsr import NOMINAL_EXPONENT, NOMINAL_OHM_AT_1_NEWTON, NOMINAL_SERIES_OHM

ROOM = Path(__file__).parents[2] / "hardware"
GUIDE = " ".join((ROOM / "README.md").read_text(encoding="utf-8").split())
PARTS = list(csv.DictReader((ROOM / "parts.csv").read_text(encoding="utf-8").splitlines()))

OF = DEFAULT_BOARD.electronics
# The disc of a 402 is 12.7 mm across; 1 mA per square centimetre is the most (Interlink 94-00004).
MOST_MILLIAMPERE_402 = 3.1416 * 1.27**2 / 4
# What full force leaves of an FSR.
LEAST_OHM = 150.0
# Typical forward voltages; a Pi's pin gives 3.3 V.
RED_VOLT, BLUE_VOLT, LED_OHM = 2.0, 2.9, 330.0
KILOGRAM_NEWTON = 9.81


def euro(*, where: str | None = None, often_at_home: bool) -> float:
    wanted = [
        part for part in PARTS if (part["often_at_home"] == "yes") is often_at_home and where in (None, part["where"])
    ]
    return sum(int(part["quantity"]) * float(part["euro_each"]) for part in wanted)


def in_parallel(*ohm: float) -> float:
    return 1 / sum(1 / one for one in ohm)


def pad_ohm(force_newton: float) -> float:
    return NOMINAL_SERIES_OHM + NOMINAL_OHM_AT_1_NEWTON * force_newton**-NOMINAL_EXPONENT


def kohm(ohm: float) -> str:
    return f"{ohm / 1000:.2g}" if ohm < 10_000 else f"{ohm / 1000:.0f}"


@pytest.mark.parametrize(
    "said",
    [
        f"About {euro(often_at_home=False):.0f} euro, and {euro(often_at_home=True):.0f} more",
        f"a second glove takes {euro(where='glove', often_at_home=False):.0f}.",
        f"this circuit gives {1000 * OF.supply_volt / (LEAST_OHM + OF.series_ohm + OF.fixed_ohm):.1f}.",
        f"`nobody answers at 0x{DEFAULT_BOARD.adc.right_address:02x}`",
        f"(it answers at 0x{DEFAULT_BOARD.adc.right_address:02x}), of a left glove",
        f"to ground (0x{DEFAULT_BOARD.adc.left_address:02x})",
        f"A{DEFAULT_BOARD.pads.heel} heel, A{DEFAULT_BOARD.pads.palm} palm, A{DEFAULT_BOARD.pads.fingers} fingers",
        f"from 3.3 V over A{DEFAULT_BOARD.pads.supply} to ground",
        f"{kohm(OF.fixed_ohm)} kohm and 100 nF from its input",
        f"to ground {kohm(OF.fixed_ohm)} kohm each",
        f"A3 to ground {kohm(OF.reference_bottom_ohm)} kohm",
        f"3.3 V to ground {kohm(OF.reference_top_ohm + OF.reference_bottom_ohm)} kohm",
        f"across each pad the meter shows {kohm(OF.bias_ohm)} kohm",
        f"about {in_parallel(pad_ohm(KILOGRAM_NEWTON), OF.bias_ohm) / 1000:.0f} kohm under a thumb",
        f"the {OF.series_ohm:.0f} ohm let {1000 * OF.supply_volt / OF.series_ohm:.0f} mA",
        f"no light flashes more than {'three' if FLASHES_A_SECOND == 3 else FLASHES_A_SECOND} times in any second",
    ],
)
def test_the_guide_says(said: str) -> None:
    assert said in GUIDE


def test_there_is_one_of_each_for_every_pad_and_light() -> None:
    quantity = {(part["part"], part["where"]): int(part["quantity"]) for part in PARTS}
    pads, lights = len(PADS), len(DEFAULT_BOARD.lights.__struct_fields__)
    assert quantity["FSR 402 force pad (12.7 mm disc)", "glove"] == pads
    for ohm in (OF.series_ohm, OF.bias_ohm, OF.fixed_ohm):
        name = f"{ohm:.0f} ohm" if ohm < 1000 else f"{kohm(ohm)} kohm"
        assert quantity[f"{name} 1 %", "glove"] == pads
    # Above and below A3; and a pull-down for each light and the buzzer.
    assert quantity["10 kohm 1 %", "glove"] == 2
    assert (quantity["330 ohm", "box"], quantity["10 kohm", "box"]) == (lights, lights + 1)


def test_the_guide_shows_every_picture_that_is_kept() -> None:
    assert set(re.findall(r'src="pictures/([^"]+)"', GUIDE)) == {path.name for path in (ROOM / "pictures").iterdir()}

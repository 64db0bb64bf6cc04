"""Five real FSRs on a mouse: calibrated by our own code from their dead weights, and their grips judged.

Andrew Y.W. Wong, CC BY-SA 4.0. What is asserted was looked at first, plotted: light side grips of 1 to 5 N that stay
for seconds, with clicks on top; nobody holds for half a minute.
"""

from pathlib import Path

import pytest

from sensing.calibration import left_one_out_error

from .judged import began, judged, loads_of, mouse_rows, of_kind

SENSORS = ("F1", "F2", "F3", "F4", "F5")
AS_HEEL_PALM_FINGERS = ("F4", "F1", "F3")
GRIPS = ("P00_C01_T02.csv", "P00_C02_T02.csv", "P00_C03_T04.csv", "P00_C03_T07.csv")


def test_dead_weights_left_out_one_by_one_are_read_within_eight_percent(data_dir: Path) -> None:
    errors = {sensor: left_one_out_error(loads_of(data_dir, sensor), 0.3, 5.0) for sensor in SENSORS}
    mean = sum(errors.values()) / len(errors)
    assert mean <= 0.08


@pytest.mark.parametrize(("name", "held_s"), list(zip(GRIPS, (17.5, 14.5, 12.1, 3.6), strict=True)))
@pytest.mark.usefixtures("home")
def test_a_mouse_is_held_for_a_while_but_never_for_half_a_minute(
    data_dir: Path, tmp_path: Path, name: str, held_s: float, capsys: pytest.CaptureFixture[str]
) -> None:
    events = judged(tmp_path, mouse_rows(data_dir, name, AS_HEEL_PALM_FINGERS), capsys)
    (press,) = of_kind(events, "press_ended")
    assert press["outcome"] == "short"
    assert press["held_s"] == pytest.approx(held_s, abs=0.5)
    assert began(events, "enough") == began(events, "softer") == began(events, "check_glove") == []


@pytest.mark.usefixtures("home")
def test_the_side_of_the_hand_is_still_for_sixteen_seconds(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = judged(tmp_path, mouse_rows(data_dir, GRIPS[0], ("F4",)), capsys, pads=("heel",))
    (press,) = of_kind(events, "press_ended")
    assert 14.5 < press["held_s"] < 17.5

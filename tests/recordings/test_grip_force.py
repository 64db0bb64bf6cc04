"""Load-cell grips that follow a target: three bumps in three seconds, each far too fast for a massage.

Mahdiar Edraki, MIT. What is asserted was looked at first, plotted: the recordings begin and end in contact.
"""

from pathlib import Path

import pytest

from .judged import began, grip_rows, judged, of_kind

GRIPS = [
    f"P{person}_{grasp}Grasp_ForceOnly_{level}_Trial3.csv"
    for person in (1, 3, 5)
    for grasp in ("Pinch", "Power")
    for level in ("Easy", "Hard")
]


@pytest.mark.parametrize("name", GRIPS)
@pytest.mark.usefixtures("home")
def test_a_grip_is_one_press_with_three_bumps_and_every_one_is_too_fast(
    data_dir: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = grip_rows(data_dir / "grip_force_tracking" / name)
    # Without a ceiling, so that "softer" does not outrank "slower".
    events = judged(tmp_path, rows, capsys, limits="ceiling_newton = 1000")
    (press,) = of_kind(events, "press_ended")
    assert press["began_s"] == 0.0
    assert press["t_s"] == pytest.approx(rows[-1][0])
    assert (press["outcome"], press["held_s"], press["release_newton_per_s"]) == ("touch", None, None)
    assert not press["slow_enough"]
    assert len(began(events, "slower")) == 3
    assert of_kind(events, "session_ended")[0]["reason"] == "recording_ended"


@pytest.mark.parametrize("name", GRIPS)
@pytest.mark.usefixtures("home")
def test_a_power_grip_is_over_the_ceiling_as_soon_as_it_may_be_said(
    data_dir: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = grip_rows(data_dir / "grip_force_tracking" / name)
    events = judged(tmp_path, rows, capsys)
    over_s = next(t_s for t_s, *thirds in rows if sum(thirds) > 20)
    # P2: over the ceiling for 100 ms shows within 200 ms.
    assert over_s <= began(events, "softer")[0] <= over_s + 0.2

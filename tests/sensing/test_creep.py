"""What a pad gains under a steady force is taken away again, whatever it gained before."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.board import DEFAULT_BOARD
from hardware.emulated.fsr import EmulatedPads
from sensing.calibration import PadCalibration
from sensing.creep import BELIEVED_SHARE, HIGHEST_CREEP_SHARE, Creep, creep_share_of
from sensing.pads import Pad, PadRules
from tests.story import CALIBRATION, CURVE, DIVIDER, PROPERTY

KNOTS = CALIBRATION.pads[0][1].knots
# The nominal table ends at 30 N; these go on along the same law.
HIGH_KNOTS = (*KNOTS, (1 / (150 + 5900 * 45**-0.86), 45.0))
SUPPLY_VOLT = DIVIDER.supply_volt
# The pad's own truth in these tests: what the emulator does, and what is believed when nobody measured it.
EMULATED_SHARE = 0.022


def read(
    force: Callable[[float], float],
    until_s: float,
    *,
    true_share: float = EMULATED_SHARE,
    believed: float | None = None,
    creeps: bool = True,
    rate_hz: float = 50.0,
) -> dict[float, float]:
    """Press the heel of the emulator; return what a pad says of it."""
    emulated = EmulatedPads(DEFAULT_BOARD.electronics, seed=1, noise=0.0, creep_share=true_share)
    pad = Pad(
        "heel", PadCalibration(HIGH_KNOTS, creep_share=believed), DIVIDER, PadRules(can_stick=False, creeps=creeps)
    )
    says = {}
    for i in range(round(until_s * rate_hz) + 1):
        t_s = round(i / rate_hz, 6)
        pad.feed(t_s, emulated.volts(t_s, (force(t_s), 0.0, 0.0), SUPPLY_VOLT)[0], SUPPLY_VOLT)
        says[t_s] = pad.newton(t_s) or 0.0
    return says


def rested(newton: float) -> Callable[[float], float]:
    """Return a force that comes at 0.1 s and stays."""
    return lambda t_s: newton if t_s > 0.09 else 0.0


def test_a_minute_at_30_newtons_drifts_by_2_and_with_the_creep_undone_by_nothing() -> None:
    bare, undone = (read(rested(30), 60, creeps=creeps) for creeps in (False, True))
    assert bare[60.0] - bare[0.6] == pytest.approx(2.3, abs=0.3)
    assert abs(undone[60.0] - undone[0.6]) < 0.1
    assert undone[30.0] == pytest.approx(30, abs=0.15)


@pytest.mark.parametrize(
    ("true_share", "drift_newton"), [(0.0, -2.3), (0.01, -1.3), (0.035, 1.5), (0.05, 3.4)], ids=str
)
def test_another_creep_than_believed_leaves_the_difference(true_share: float, drift_newton: float) -> None:
    undone = read(rested(30), 60, true_share=true_share)
    assert undone[60.0] - undone[0.6] == pytest.approx(drift_newton, abs=0.2)


@pytest.mark.parametrize("true_share", [0.01, 0.035, 0.05, 0.08])
def test_a_pads_own_creep_is_undone_when_it_was_measured(true_share: float) -> None:
    undone = read(rested(30), 60, true_share=true_share, believed=true_share)
    assert abs(undone[60.0] - undone[0.6]) < 0.3


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 100.0])
def test_where_a_scale_is_read_nothing_changes_at_any_rate(rate_hz: float) -> None:
    bare, undone = (read(rested(20), 5, creeps=creeps, rate_hz=rate_hz) for creeps in (False, True))
    assert undone[4.6] == pytest.approx(bare[4.6], rel=1e-3)


def test_a_second_press_after_a_long_one_is_right_too() -> None:
    def force(t_s: float) -> float:
        return 25.0 if t_s < 40 else 0.0 if t_s < 42 else 10.0

    said = read(force, 60)
    assert [said[42.2], said[60.0]] == pytest.approx([10, 10], rel=0.02)


def test_a_light_touch_right_after_a_long_press_is_not_explained_away() -> None:
    said = read(lambda t_s: 28.0 if t_s < 60 else 1.0, 62)
    assert 0.8 < said[60.1] < 1.6
    assert said[62.0] == pytest.approx(1.2, abs=0.3)


def test_a_hole_of_seconds_in_a_hold_costs_little() -> None:
    emulated = EmulatedPads(DEFAULT_BOARD.electronics, seed=1, noise=0.0)
    pad = Pad("heel", PadCalibration(HIGH_KNOTS), DIVIDER, PadRules(creeps=True))
    for t_s in [0.0, *(0.1 + i * 0.02 for i in range(100)), 12.0, 12.02, 30.0]:
        pad.feed(t_s, emulated.volts(t_s, (rested(20)(t_s), 0.0, 0.0), SUPPLY_VOLT)[0], SUPPLY_VOLT)
        assert t_s == 0 or pad.newton(t_s) == pytest.approx(20, rel=0.02)


def test_a_force_that_was_there_before_the_first_reading_is_rather_shown_too_great() -> None:
    fresh = read(lambda _: 20.0, 60)
    assert min(fresh.values()) > 19.9
    # The same, and nobody looked for the first hour.
    emulated = EmulatedPads(DEFAULT_BOARD.electronics, seed=1, noise=0.0)
    pad = Pad("heel", PadCalibration(HIGH_KNOTS), DIVIDER, PadRules(creeps=True))
    emulated.volts(0.1, (20.0, 0.0, 0.0), SUPPLY_VOLT)
    pad.feed(3600.0, emulated.volts(3600.0, (20.0, 0.0, 0.0), SUPPLY_VOLT)[0], SUPPLY_VOLT)
    assert 20 < (pad.newton(3600.0) or 0.0) < 24


def test_time_that_stands_still_or_goes_back_harms_nothing() -> None:
    creep = Creep(None)
    said = [creep.feed(t_s, 1e-3) for t_s in (0.0, 1.0, 1.0, 0.5, 1.5)]
    assert said[0] > said[1] == said[2] == said[3] > said[4]


FORCES = st.lists(st.tuples(st.floats(0, 29), st.sampled_from([0.02, 0.02, 0.1, 1.0, 30.0])), min_size=1, max_size=60)


# What a pad shows after 4.5 s of the part that it would show after for ever: 1 - share * this.
LACKING = 1.6047


@PROPERTY
@given(forces=FORCES, share=st.sampled_from([0.0, 0.022, 0.05, 0.1]))
def test_whatever_came_before_little_force_is_hidden(forces: list[tuple[float, float]], share: float) -> None:
    creep = Creep(share)
    t_s = greatest = 0.0
    for newton, dt_s in forces:
        t_s += dt_s
        siemens = CURVE.siemens_from_newton(newton)
        greatest = max(siemens, greatest)
        settled = creep.feed(t_s, siemens)
        at_reference = 1 - LACKING * share
        # At most what a force gains that comes this instant.
        assert settled <= at_reference / (1 - 4 * share) * siemens * 1.0001
        # At least what is left of a force that has lasted for ever, and a part of the greatest one before; never
        # more than a quarter of what the pad shows.
        assert settled >= at_reference * (siemens - 4 * share / (1 - 4 * share) * (greatest - siemens)) * 0.9999
        assert settled >= at_reference * BELIEVED_SHARE * siemens * 0.9999


@PROPERTY
@given(forces=FORCES, share=st.sampled_from([0.022, 0.05]))
def test_a_rise_is_shown_in_full(forces: list[tuple[float, float]], share: float) -> None:
    creep, siemens, greatest, t_s = Creep(share), 1e-5, 0.0, 0.0
    for newton, dt_s in forces:
        t_s += dt_s
        siemens = max(CURVE.siemens_from_newton(newton), 1e-5)
        greatest = max(siemens, greatest)
        before = creep.feed(t_s, siemens)
    # 10 % in one reading.
    shown = (creep.feed(t_s + 0.02, 1.1 * siemens) - before) / (0.1 * siemens)
    # Down to a third of the greatest force before (at the usual share), all of it; below that three quarters.
    believed = 1.0 if siemens > 16 * share * greatest else BELIEVED_SHARE
    assert shown >= 0.999 * believed * (1 - LACKING * share)


# -- how much a pad creeps ----------------------------------------------------------------------------------


def hold(newton: float, until_s: float, true_share: float, noise: float = 1.0) -> list[tuple[float, float]]:
    emulated = EmulatedPads(DEFAULT_BOARD.electronics, seed=3, noise=noise, creep_share=true_share)
    emulated.volts(0.0, (0.0, 0.0, 0.0), SUPPLY_VOLT)
    made = []
    for i in range(1, round(until_s * 50) + 1):
        volt = emulated.volts(i / 50, (newton, 0.0, 0.0), SUPPLY_VOLT)[0]
        made.append((i / 50, DIVIDER.siemens_from_fraction(volt / SUPPLY_VOLT)))
    return made


@pytest.mark.parametrize("true_share", [0.01, 0.022, 0.035, 0.05, 0.08])
@pytest.mark.parametrize(("newton", "until_s"), [(5.0, 30.0), (20.0, 60.0)])
def test_the_creep_of_a_pad_is_found_in_one_hold(true_share: float, newton: float, until_s: float) -> None:
    assert creep_share_of(hold(newton, until_s, true_share)) == pytest.approx(true_share, rel=0.08)


def test_a_pad_that_loses_conductance_does_not_creep_and_one_that_gains_half_settles() -> None:
    times = [i / 10 for i in range(1, 400)]
    assert creep_share_of([(t_s, 1e-3 * (1 - t_s / 1000)) for t_s in times]) == 0.0
    assert creep_share_of([(t_s, 1e-3 * (1 + t_s / 100)) for t_s in times]) == HIGHEST_CREEP_SHARE


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], r"^the hold lasted 0 s, at least 30 s are needed - hold longer$"),
        ([(0.1 * i, 1e-3) for i in range(200)], r"^the hold lasted 20 s, at least 30 s are needed - hold longer$"),
        ([(2.0 * i, 1e-3) for i in range(20)], r"^the hold has 19 readings, at least 20 are needed - read it again$"),
        ([(0.1 * i, 0.0) for i in range(400)], r"^the pad bore nothing during the hold - put the load onto the pad"),
    ],
)
def test_a_hold_that_tells_nothing_is_refused(values: Sequence[tuple[float, float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        creep_share_of(values)

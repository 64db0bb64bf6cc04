import math
from dataclasses import replace
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.calibration import (
    NOMINAL_KNOTS,
    Calibration,
    Curve,
    Knot,
    PadCalibration,
    left_one_out_error,
    nominal_calibration,
    table_from_loads,
)
from tests.story import CURVE, PROPERTY

UNEVEN: tuple[Knot, ...] = ((1e-5, 0.3), (5e-5, 1.0), (1.2e-4, 3.0), (2.2e-4, 6.0), (4e-4, 14.0), (7e-4, 30.0))
# Both ends are flat beside a steep neighbour: a plain three-point slope would turn back.
FLAT_ENDS: tuple[Knot, ...] = ((1e-5, 1.0), (2e-5, 1.05), (4e-5, 8.0), (3e-4, 9.0))


def rising(first: tuple[float, float], step: tuple[float, float]) -> st.SearchStrategy[tuple[float, ...]]:
    """Numbers that rise by a factor each."""
    factors = st.tuples(st.floats(*first), *[st.floats(*step)] * 5)
    return factors.map(lambda parts: tuple(accumulate(parts, lambda value, factor: value * factor)))


TABLES = st.tuples(rising((1e-6, 1e-5), (1.02, 5)), rising((0.05, 1), (1.02, 4))).map(
    lambda columns: PadCalibration(tuple(zip(*columns, strict=True)))
)


# -- the curve ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knots", "siemens", "newton"),
    [
        # scipy 1.17.1, PchipInterpolator over the logarithms, computed once.
        (UNEVEN, 1.3e-5, 0.34106856556268644),
        (UNEVEN, 8e-5, 1.7636802247765868),
        (UNEVEN, 3.1e-4, 9.686906142456065),
        (UNEVEN, 6.5e-4, 27.166691237298327),
        (FLAT_ENDS, 1.5e-5, 1.0171658983330212),
        (FLAT_ENDS, 3e-5, 3.730887965313999),
        (FLAT_ENDS, 1e-4, 8.735293444864878),
    ],
)
def test_between_the_knots_it_is_the_pchip_of_the_textbook(
    knots: tuple[Knot, ...], siemens: float, newton: float
) -> None:
    curve = Curve(PadCalibration(knots))
    assert curve.newton_from_siemens(siemens) == round(newton, 6)
    assert curve.siemens_from_newton(newton) == pytest.approx(siemens, rel=1e-9)


def test_the_curve_passes_through_every_knot() -> None:
    assert [CURVE.newton_from_siemens(siemens) for siemens, _ in NOMINAL_KNOTS] == [n for _, n in NOMINAL_KNOTS]


def test_below_the_first_knot_is_a_straight_line_to_nothing() -> None:
    first_siemens, first_newton = NOMINAL_KNOTS[0]
    shares = (-0.1, 0.0, 0.25, 1.0)
    read = [CURVE.newton_from_siemens(share * first_siemens) for share in shares]
    assert read == [0.0, 0.0, first_newton / 4, first_newton]


def test_above_the_last_knot_no_more_than_the_last_knot_is_said() -> None:
    assert CURVE.newton_from_siemens(1.0) == CURVE.last_newton == 30.0


@PROPERTY
@given(table=TABLES, shares=st.lists(st.floats(0, 1.2), min_size=2, max_size=20))
def test_more_conductance_is_never_less_force(table: PadCalibration, shares: list[float]) -> None:
    curve = Curve(table)
    read = [curve.newton_from_siemens(share * curve.last_siemens) for share in sorted(shares)]
    assert read == sorted(read)


@PROPERTY
@given(table=TABLES, share=st.floats(0, 1))
def test_a_force_turned_into_siemens_reads_as_that_force(table: PadCalibration, share: float) -> None:
    curve = Curve(table)
    newton = share * curve.last_newton
    assert curve.newton_from_siemens(curve.siemens_from_newton(newton)) == pytest.approx(newton, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("newton", [-0.001, 30.001, float("nan")])
def test_no_siemens_are_invented_for_a_force_outside_the_table(newton: float) -> None:
    with pytest.raises(ValueError, match=r"is outside 0 to 30 N, the reach of this calibration$"):
        CURVE.siemens_from_newton(newton)


# -- tables -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knots", "residual", "advice"),
    [
        (((1e-5, 1.0), (2e-5, 2.0)), None, r"^2 knots are too few, at least 3 are needed - calibrate with more loads$"),
        (((1e-5, 1.0), (1e-5, 2.0), (2e-5, 3.0)), None, r"^knot 2 \(1e-05 S, 2 N\) is not above the one before it - "),
        (((1e-5, 1.0), (2e-5, 0.9), (3e-5, 3.0)), None, r"^knot 2 \(2e-05 S, 0.9 N\) is not above"),
        (((0.0, 1.0), (2e-5, 2.0), (3e-5, 3.0)), None, r"^knot 1 \(0 S, 1 N\) is not above"),
        (((1e-5, 1.0), (2e-5, 2.0), (3e-5, float("inf"))), None, r"^knot 3 \(3e-05 S, inf N\) is not above"),
        (((1e-5, 1.0), (2e-5, float("nan")), (3e-5, 3.0)), None, r"^knot 2 \(2e-05 S, nan N\) is not above"),
        (UNEVEN, -0.1, r"^residual_newton is -0.1, it must be 0 or more - calibrate this pad again$"),
        (UNEVEN, float("nan"), r"^residual_newton is nan"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(knots: tuple[Knot, ...], residual: float | None, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        PadCalibration(knots, residual)


@pytest.mark.parametrize(("name", "highest"), [("spread_share", 0.5), ("creep_share", 0.1)])
@pytest.mark.parametrize("share", [-0.01, 0.51, float("nan"), float("inf")])
def test_a_share_that_no_pad_has_is_refused(name: str, highest: float, share: float) -> None:
    with pytest.raises(ValueError, match=rf"^{name} is {share}, it must be 0 to {highest} - calibrate this pad again$"):
        replace(PadCalibration(UNEVEN), **{name: share})


def test_what_nobody_measured_is_not_known() -> None:
    table, glove = PadCalibration(UNEVEN), nominal_calibration(("heel",))
    assert (table.residual_newton, table.spread_share, table.creep_share, glove.supply_volt) == (None,) * 4


def test_the_supply_stays_with_the_pads_that_are_picked() -> None:
    glove = replace(nominal_calibration(("heel", "palm")), supply_volt=3.28)
    assert glove.only(("palm",)).supply_volt == 3.28


def test_a_table_knows_how_far_it_reaches_and_how_well_it_fits() -> None:
    table = PadCalibration(UNEVEN, residual_newton=0.2)
    assert (table.highest_newton, table.residual_newton) == (30.0, 0.2)


def test_the_pads_in_use_are_picked_in_the_order_asked_for() -> None:
    glove = nominal_calibration(("heel", "palm", "fingers"))
    assert glove.only(("fingers", "heel")) == nominal_calibration(("fingers", "heel"))


@pytest.mark.parametrize("supply_volt", [0.0, -3.3, math.inf, math.nan])
def test_a_supply_that_cannot_be_is_refused(supply_volt: float) -> None:
    with pytest.raises(ValueError, match=r"^supply_volt is .*, it must be above 0 - calibrate again$"):
        Calibration(nominal_calibration(("heel",)).pads, "today", supply_volt)


@pytest.mark.parametrize(
    ("names", "advice"),
    [
        ((), r"^a calibration needs at least one pad - calibrate heel, palm or fingers$"),
        (("heel", "palm", "heel"), r"^a pad stands twice in heel, palm, heel - keep one of them$"),
    ],
)
def test_a_calibration_has_each_pad_once(names: tuple[str, ...], advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        nominal_calibration(names)


def test_a_pad_that_was_not_calibrated_is_named() -> None:
    advice = r"^pad palm is not in this calibration, which has heel, fingers - calibrate that pad or take another file$"
    with pytest.raises(ValueError, match=advice):
        Calibration((("heel", PadCalibration(UNEVEN)), ("fingers", PadCalibration(UNEVEN))), "today").only(("palm",))


# -- loads on a kitchen scale -------------------------------------------------------------------------------


def test_loads_in_any_order_make_a_rising_table() -> None:
    assert table_from_loads([UNEVEN[3], UNEVEN[0], UNEVEN[5], UNEVEN[1], UNEVEN[4], UNEVEN[2]]).knots == UNEVEN


def test_loads_that_the_pad_cannot_tell_apart_become_their_mean() -> None:
    loads = [(1e-5, 1.0), (3e-5, 2.0), (2e-5, 3.0), (4e-5, 6.0)]
    assert table_from_loads(loads).knots == ((1e-5, 1.0), (2.5e-5, 2.5), (4e-5, 6.0))


def test_a_pool_that_falls_below_its_neighbour_takes_it_in_by_weight() -> None:
    # 4 and 1 make 2.5, which is below 3: all three make their mean.
    loads = [(1e-5, 1.0), (3e-5, 2.0), (4e-5, 3.0), (1e-5, 4.0), (5e-5, 6.0), (6e-5, 7.0)]
    ((_, _), (siemens, newton), *rest) = table_from_loads(loads).knots
    assert (siemens, newton) == (pytest.approx(8e-5 / 3), pytest.approx(3.0))
    assert rest == [(5e-5, 6.0), (6e-5, 7.0)]


def test_the_same_load_twice_is_one_knot() -> None:
    loads = [(1e-5, 1.0), (2e-5, 2.0), (2.2e-5, 2.0), (4e-5, 6.0)]
    assert table_from_loads(loads).knots == ((1e-5, 1.0), (pytest.approx(2.1e-5), 2.0), (4e-5, 6.0))


@PROPERTY
@given(st.lists(st.tuples(st.floats(1e-6, 1e-3), st.floats(0.1, 50)), min_size=3, max_size=12))
def test_whatever_was_measured_the_table_rises_or_is_refused(loads: list[Knot]) -> None:
    try:
        knots = table_from_loads(loads).knots
    except ValueError as refusal:
        assert "too few" in str(refusal)  # noqa: PT017 - a refusal is one of two right answers
    else:
        assert all(low[0] < high[0] and low[1] < high[1] for low, high in pairwise(knots))


@pytest.mark.parametrize("load", [(0.0, 1.0), (1e-5, 0.0), (float("inf"), 1.0), (1e-5, float("inf")), (-1e-6, 1.0)])
def test_a_load_of_nothing_is_no_knot(load: Knot) -> None:
    with pytest.raises(ValueError, match=r"is no knot - leave it out$"):
        table_from_loads([*UNEVEN, load])


def test_good_loads_foretell_each_other_and_a_wrong_one_shows() -> None:
    good = list(NOMINAL_KNOTS)
    wrong = [(siemens, newton * (1.3 if newton == 5.0 else 1)) for siemens, newton in good]
    errors = [left_one_out_error(loads, 1.0, 20.0) for loads in (good, wrong)]
    assert errors[0] < 0.005 < 0.1 < errors[1]


def test_without_a_load_in_the_range_nothing_can_be_judged() -> None:
    with pytest.raises(ValueError, match=r"^no load between 31 and 40 N can be judged - add loads$"):
        left_one_out_error(NOMINAL_KNOTS, 31.0, 40.0)


# -- how far it can be believed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "newton", "uncertain"),
    [
        (PadCalibration(NOMINAL_KNOTS), 10.0, 2.6),
        # What nobody measured is no better than a stranger's curve.
        (PadCalibration(UNEVEN), 20.0, 5.2),
        # A load beside the middle of the pad: 4 %, whatever the calibration.
        (PadCalibration(UNEVEN, 0.0, 0.0), 10.0, 0.4),
        # Half of what lies between up and down: 5 %.
        (PadCalibration(UNEVEN, None, 0.1), 10.0, 0.64),
        (PadCalibration(UNEVEN, 0.3, None), 10.0, 0.5),
        (PadCalibration(UNEVEN, 0.3, 0.1), 10.0, 0.707),
        (PadCalibration(UNEVEN, 0.3, 0.1), 0.0, 0.3),
    ],
)
def test_a_pads_newtons_are_as_uncertain_as_its_calibration_says(
    table: PadCalibration, newton: float, uncertain: float
) -> None:
    assert table.uncertainty_newton(newton) == pytest.approx(uncertain, abs=1e-3)


def test_the_worst_pad_decides_and_those_that_nobody_measured_are_named() -> None:
    measured = PadCalibration(UNEVEN, 0.3, 0.1)
    glove = Calibration((("heel", measured), ("palm", PadCalibration(NOMINAL_KNOTS))), "today; not measured: palm")
    assert (glove.uncertainty_newton(10.0), glove.uncertain_share, glove.unmeasured) == (
        pytest.approx(2.6),
        pytest.approx(0.26),
        ("palm",),
    )
    assert (glove.only(("heel",)).uncertain_share, glove.only(("heel",)).unmeasured) == (
        pytest.approx(0.0707, abs=1e-4),
        (),
    )

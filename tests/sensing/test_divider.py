import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.divider import Divider
from tests.story import DIVIDER, PROPERTY


def test_an_untouched_pad_is_its_bias_alone() -> None:
    # 2200 of 2200 + 220 + 100 000 ohm: 0.0215 of the supply.
    assert DIVIDER.fraction_from_siemens(0.0) == pytest.approx(2200 / 102_420)


def test_a_kilohm_reads_as_a_millisiemens() -> None:
    top_ohm = 220 + 1 / (1e-3 + 1e-5)
    assert DIVIDER.siemens_from_fraction(2200 / (2200 + top_ohm)) == pytest.approx(1e-3, rel=1e-12)


def test_noise_below_an_untouched_pad_is_a_little_below_nothing() -> None:
    assert -2e-6 < DIVIDER.siemens_from_fraction(0.0205) < 0


@PROPERTY
@given(
    siemens=st.floats(0, 7e-3),
    fixed_ohm=st.floats(500, 20_000),
    bias_ohm=st.floats(10_000, 1e6),
    series_ohm=st.floats(0, 400),
)
def test_there_and_back_is_where_we_were(siemens: float, fixed_ohm: float, bias_ohm: float, series_ohm: float) -> None:
    divider = Divider(3.3, fixed_ohm, bias_ohm, series_ohm)
    back = divider.siemens_from_fraction(divider.fraction_from_siemens(siemens))
    assert back == pytest.approx(siemens, rel=1e-6, abs=1e-9)


@PROPERTY
@given(u=st.floats(0.02, 0.99), more=st.floats(0, 0.1), fixed_ohm=st.floats(500, 20_000), series_ohm=st.floats(0, 1e6))
def test_a_higher_voltage_is_never_a_lower_conductance(
    u: float, more: float, fixed_ohm: float, series_ohm: float
) -> None:
    divider = Divider(3.3, fixed_ohm, 1e5, series_ohm)
    assert divider.siemens_from_fraction(u) <= divider.siemens_from_fraction(min(u + more, 0.99))


@pytest.mark.parametrize(("series_ohm", "u"), [(300.0, 0.88), (1000.0, 2200 / 3200), (1000.0, 0.8)])
def test_more_than_the_series_resistor_lets_through_is_no_resistance_at_all(series_ohm: float, u: float) -> None:
    assert Divider(3.3, 2200.0, 1e5, series_ohm).siemens_from_fraction(u) == math.inf


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("inf"), float("nan")])
@pytest.mark.parametrize("name", ["supply_volt", "fixed_ohm", "bias_ohm"])
def test_a_resistor_that_cannot_be_is_named(name: str, wrong: float) -> None:
    values = {"supply_volt": 3.3, "fixed_ohm": 2200.0, "bias_ohm": 1e5, "series_ohm": 220.0} | {name: wrong}
    with pytest.raises(
        ValueError, match=rf"^divider: {name} is {wrong}, it must be above 0 - correct it in glove.toml$"
    ):
        Divider(**values)


@pytest.mark.parametrize("wrong", [-1.0, float("inf"), float("nan")])
def test_no_series_resistor_is_fine_but_less_than_none_is_not(wrong: float) -> None:
    assert Divider(3.3, 2200.0, 1e5, 0.0).series_ohm == 0
    with pytest.raises(ValueError, match=rf"^divider: series_ohm is {wrong}, it must be 0 or more"):
        Divider(3.3, 2200.0, 1e5, wrong)

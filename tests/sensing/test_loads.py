"""The loads of one pad, up and down: what is taken, what is refused and with what advice, and the table."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.calibration import Curve
from sensing.loads import FEWEST_UP, STANDARD_NEWTON, PadLoads
from sensing.steadiness import Rest
from tests.story import DIVIDER, PROPERTY

Law = Callable[[float], float]
LIGHTER = STANDARD_NEWTON[-2::-1]


def nominal(newton: float) -> float:
    """The data sheet's pad, which goes on beyond the table's 30 N."""
    return 1 / (150 + 5900 * newton**-0.86)


def at(siemens: float, *, from_above: bool | None = None) -> Rest:
    return Rest(0.0, siemens, 0.012, from_above)


def up(loads: PadLoads, newton: float, siemens: float | None = None, **changes: Any) -> None:
    rest = at(nominal(newton) if siemens is None else siemens, from_above=False)
    rest = replace(rest, **changes)
    loads.add_up(newton, rest, DIVIDER.fraction_from_siemens(rest.siemens))


def down(loads: PadLoads, newton: float, siemens: float | None = None, **changes: Any) -> None:
    rest = at(nominal(newton) if siemens is None else siemens, from_above=True)
    rest = replace(rest, **changes)
    loads.add_down(newton, rest, DIVIDER.fraction_from_siemens(rest.siemens))


def pressed(heavier: tuple[float, ...] = STANDARD_NEWTON, lighter: tuple[float, ...] = ()) -> PadLoads:
    loads = PadLoads()
    for newton in heavier:
        up(loads, newton)
    for newton in lighter:
        down(loads, newton)
    return loads


# -- the table ----------------------------------------------------------------------------------------------


def test_the_way_up_is_the_table() -> None:
    table = pressed(lighter=LIGHTER).table()
    curve = Curve(table)
    assert [newton for _, newton in table.knots] == list(STANDARD_NEWTON)
    assert [curve.newton_from_siemens(nominal(n)) for n in (3.0, 7.0, 15.0)] == pytest.approx([3, 7, 15], rel=0.01)


def test_how_far_the_way_down_lies_from_it_is_the_pads_own_uncertainty() -> None:
    loads = pressed()
    for newton in LIGHTER:
        # A falling force reads as if it were 10 % more.
        down(loads, newton, nominal(1.1 * newton))
    assert loads.table().spread_share == pytest.approx(0.1, abs=0.005)


def test_what_the_other_loads_do_not_tell_is_the_residue() -> None:
    good, bad = pressed(lighter=LIGHTER), PadLoads()
    for newton in STANDARD_NEWTON:
        up(bad, newton, nominal(newton * (1.15 if newton == 10 else 1)))
    for newton in LIGHTER:
        down(bad, newton)
    residues = [loads.table().residual_newton or 0.0 for loads in (good, bad)]
    assert residues[0] < 0.3 < 0.5 < residues[1]


def test_the_creep_that_was_measured_is_kept() -> None:
    loads = pressed(lighter=LIGHTER)
    assert [loads.table().creep_share, loads.table(0.03).creep_share] == [None, 0.03]


@pytest.mark.parametrize(
    ("heavier", "lighter", "advice"),
    [
        (STANDARD_NEWTON[:5], (), r"^5 loads on the way up are too few - at least 6 are needed, press some more$"),
        (STANDARD_NEWTON[:6], (10.0, 5.0), r"^2 loads on the way down are too few - at least 3 are needed"),
    ],
)
def test_too_few_loads_make_no_table(heavier: tuple[float, ...], lighter: tuple[float, ...], advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        pressed(heavier, lighter).table()


def test_a_pad_that_tells_nothing_makes_no_table() -> None:
    loads = pressed()
    for newton in LIGHTER:
        down(loads, newton, nominal(min(2.2 * newton, 39 - 1 / newton)))
    with pytest.raises(ValueError, match=r"^spread_share is .* calibrate this pad again$"):
        loads.table()


# -- what is refused ----------------------------------------------------------------------------------------


REFUSED_UP: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "lighter": ((1.5,), {}, r"^1.5 N is not enough above 2 N - going up, press 2.32 N or more$"),
    "hardly heavier": ((2.2,), {}, r"^2.2 N is not enough above 2 N"),
    "shaking": ((5.0,), {"spread_share": 0.06}, r"^the hand moved by 6% - rest your arm on the table, and keep still$"),
    "at its end": (
        (35.0, 0.02),
        {},
        r"^35 N is more than this pad can tell - leave out this load and what is heavier$",
    ),
    "less conductance": ((5.0, nominal(1.9)), {}, r"^the pad feels less at 5 N than at 2 N - put the puck back"),
    "no more conductance": ((5.0, 1.01 * nominal(2)), {}, r"^the pad hardly tells 5 N from 2 N: it is at its end - "),
    "from above": ((5.0,), {"from_above": True}, r"^the hand came down to 5 N - let go, and press up to it"),
}


@pytest.mark.parametrize("what", REFUSED_UP)
def test_going_up_what_would_spoil_the_table_is_refused_and_leaves_nothing(what: str) -> None:
    load, changes, advice = REFUSED_UP[what]
    loads = pressed((0.5, 1.0, 2.0))
    with pytest.raises(ValueError, match=advice):
        up(loads, *load, **changes)
    assert len(loads.up) == 3


def test_a_first_load_that_the_pad_does_not_feel_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the pad does not feel 0.1 N yet - begin with a heavier load$"):
        up(PadLoads(), 0.1, 8e-6)


REFUSED_DOWN: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "heavier": ((22.0,), {}, r"^22 N is not enough below 20 N - going down, ease off to 17.2 N or less$"),
    "hardly lighter": ((18.0,), {}, r"^18 N is not enough below 20 N"),
    "shaking": ((10.0,), {"spread_share": 0.06}, r"^the hand moved by 6%"),
    "more conductance": ((10.0, nominal(21)), {}, r"^the pad feels more at 10 N than at 20 N - put the puck back"),
    "from below": ((10.0,), {"from_above": False}, r"^the hand came up to 10 N - press 20 N again, and ease down"),
}


@pytest.mark.parametrize("what", REFUSED_DOWN)
def test_going_down_too(what: str) -> None:
    load, changes, advice = REFUSED_DOWN[what]
    loads = pressed(lighter=(30.0, 20.0))
    with pytest.raises(ValueError, match=advice):
        down(loads, *load, **changes)
    assert len(loads.down) == 2


def test_the_first_load_down_is_measured_against_the_last_one_up() -> None:
    with pytest.raises(ValueError, match=r"^38 N is not enough below 40 N"):
        down(pressed(), 38.0)


def test_a_hand_that_nobody_saw_come_is_believed() -> None:
    loads = PadLoads()
    up(loads, 1.0, from_above=None)
    assert len(loads.up) == 1


def test_loads_are_said_in_the_persons_unit() -> None:
    loads = PadLoads(lambda newton: f"{newton * 102:.0f} g")
    up(loads, 1.0)
    with pytest.raises(ValueError, match=r"^102 g is not enough above 102 g - going up, press 118 g or more$"):
        up(loads, 1.0)


@PROPERTY
@given(
    st.lists(st.tuples(st.floats(0.2, 50), st.floats(1e-6, 5e-3)), min_size=6, max_size=40),
    st.lists(st.tuples(st.floats(0.2, 50), st.floats(1e-6, 5e-3)), min_size=3, max_size=40),
)
def test_whatever_is_pressed_the_table_rises_or_is_refused(
    heavier: list[tuple[float, float]], lighter: list[tuple[float, float]]
) -> None:
    loads = PadLoads()
    # Sorted, so that some get far enough; the refusals choose.
    for add, pairs in ((up, zip(*map(sorted, zip(*heavier, strict=True)), strict=True)), (down, sorted(lighter)[::-1])):
        for newton, siemens in pairs:
            if add is down and not loads.up:
                break
            try:
                add(loads, newton, siemens)
            except ValueError as refusal:
                assert " - " in str(refusal)  # noqa: PT017 - a refusal is one of two right answers
    try:
        knots = loads.table().knots
    except ValueError as refusal:
        assert " - " in str(refusal)  # noqa: PT017 - as above
    else:
        assert len(knots) >= FEWEST_UP

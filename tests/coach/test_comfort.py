"""What she has said holds for the next time, and only she takes it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.comfort import UNKNOWN, Comfort, after, comfort_from_toml, plan_for_her
from coach.plan import FREE, JustRight, Plan, Spot
from tests.story import PROPERTY

TWELVE = Comfort(12.0, "the session of 2026-11-20 20:15", {Spot.CREST_LEFT: 9.0})
SORE = Plan(ceiling_newton=8.0)


def test_before_she_has_said_anything_a_plan_is_as_it_is_written() -> None:
    assert plan_for_her(FREE, UNKNOWN) == FREE


def test_her_ceiling_lowers_a_plans_and_never_raises_it() -> None:
    assert [plan_for_her(plan, TWELVE).ceiling_newton for plan in (FREE, SORE)] == [12.0, 8.0]


def test_what_was_just_right_goes_with_her() -> None:
    assert plan_for_her(FREE, TWELVE).just_right == (JustRight(Spot.CREST_LEFT, 9.0),)


def test_a_session_in_which_she_said_too_much_lowers_her_ceiling() -> None:
    assert after(TWELVE, 9.6123, 12.0, (), "today") == Comfort(9.6, "today", {Spot.CREST_LEFT: 9.0})
    assert after(UNKNOWN, 14.0, 20.0, (), "today") == Comfort(14.0, "today", {})


@pytest.mark.parametrize(("ends_with", "began_with"), [(12.0, 12.0), (20.0, 20.0), (8.0, 8.0)])
def test_a_session_in_which_she_did_not_changes_nothing(ends_with: float, began_with: float) -> None:
    assert after(TWELVE, ends_with, began_with, (), "today") == TWELVE


def test_a_plan_of_a_higher_ceiling_that_fell_does_not_raise_hers() -> None:
    # As a plan that was judged before she had said twelve.
    assert after(TWELVE, 15.0, 20.0, (), "today") == TWELVE


def test_the_last_just_right_of_a_spot_counts() -> None:
    known = after(TWELVE, 12.0, 12.0, (JustRight(Spot.CREST_LEFT, 8.04), JustRight(Spot.SIDE_LEFT, 0.3)), "today")
    assert known.just_right_newton == {Spot.CREST_LEFT: 8.0, Spot.SIDE_LEFT: 1.0}


@PROPERTY
@given(st.none() | st.floats(1, 1000), st.floats(1, 1000), st.lists(st.floats(0.5, 1000), min_size=1, max_size=5))
def test_whatever_the_sessions_her_ceiling_only_falls(ceiling: float | None, plans: float, ends: list[float]) -> None:
    comfort = Comfort(ceiling)
    for end in ends:
        began_with = plan_for_her(Plan(ceiling_newton=plans), comfort).ceiling_newton
        later = after(comfort, min(end, began_with), began_with, (), "today")
        assert comfort.ceiling_newton is None or (later.ceiling_newton or 0.0) <= comfort.ceiling_newton
        assert after(later, min(end, began_with), began_with, (), "today") == later
        comfort = later


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ceiling_newtn = 3", "unknown key `ceiling_newtn` - did you mean `ceiling_newton`?"),
        ("ceiling_newton = 0.5", "ceiling_newton is 0.5 - it must be 1 or more"),
        ("ceiling_newton = 'twelve'", "ceiling_newton is `twelve` - it must be a number"),
        ("[just_right_newton]\n'nose' = 3", "comfort.toml: "),
        ("[just_right_newton]\n'side left' = 0", "just_right_newton"),
        ("ceiling_newton = ", "comfort.toml is not readable as TOML"),
    ],
)
def test_a_wrong_file_is_refused_in_a_line(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"^comfort\.toml") as refusal:
        comfort_from_toml(text, "comfort.toml")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)

"""The score rewards nearly, says why, and is silent where there is nothing to judge."""

from hypothesis import given
from hypothesis import strategies as st

from coach.score import (
    WEIGHTS,
    Part,
    Score,
    Tally,
    lean_in_points,
    letting_go_points,
    score_of,
    softness_points,
    stillness_points,
)
from tests.story import PROPERTY


def tally(*points: float) -> Tally:
    made = Tally()
    for one in points:
        made.add(one)
    return made


def scored(coverage: list[float] | None = None, **points: tuple[float, ...]) -> Score:
    tallies: dict[Part, Tally] = {part: tally() for part in WEIGHTS if part != "coverage"}
    for part, given_points in points.items():
        tallies[part.replace("_", " ")] = tally(*given_points)  # type: ignore[index]
    return score_of(tallies, coverage, hold_s=30, lean_in_s=5)


GOOD = (100.0, 100.0)


# -- nearly -------------------------------------------------------------------------------------------------


def test_a_hold_of_27_s_is_nine_tenths_of_one_of_30() -> None:
    assert [stillness_points(held_s, 30) for held_s in (3, 15, 27, 30, 55)] == [10, 50, 90, 100, 100]


def test_a_lean_in_twice_as_quick_as_allowed_is_half_and_one_three_times_as_quick_is_nothing() -> None:
    # Under a newton the hand's wobble explains next to nothing: 4.6 N/s are allowed at 4.
    assert lean_in_points(True, 9.0, 0.0, 4.0) == 100
    assert [round(lean_in_points(False, rise, 0.0, 4.0)) for rise in (4.7, 9.2, 13.8, 40)] == [90, 50, 0, 0]


def test_what_a_hands_wobble_explains_is_allowed() -> None:
    assert lean_in_points(False, 9.2, 20.0, 4.0) > lean_in_points(False, 9.2, 5.0, 4.0)


def test_a_press_over_the_ceiling_is_nearly_soft_a_newton_over_and_hard_at_half_as_much_again() -> None:
    assert [round(softness_points(True, newton, 20.0, False)) for newton in (20.1, 22, 25, 30, 99)] == [
        90,
        80,
        50,
        0,
        0,
    ]


def test_what_she_called_too_much_is_half_and_a_point_is_seven_tenths() -> None:
    assert (softness_points(True, 12.0, 20.0, False), softness_points(False, 12.0, 20.0, True)) == (50, 70)
    assert softness_points(False, 12.0, 20.0, False) == 100


def test_a_release_is_gentle_up_to_the_abrupt_one_and_nothing_at_three_times_that() -> None:
    assert [letting_go_points(rate, 12.0) for rate in (3, 12, 24, 36, 90)] == [100, 100, 50, 0, 0]


# -- the whole ----------------------------------------------------------------------------------------------


def test_all_good_is_a_hundred_with_nothing_to_try() -> None:
    score = scored([1.0, 1.0], slowness=GOOD, softness=GOOD, stillness=GOOD, letting_go=GOOD)
    assert (score.points, {part.points for part in score.parts}, {part.try_next for part in score.parts}) == (
        100,
        {100},
        {None},
    )


def test_slowness_and_softness_weigh_most() -> None:
    # 30 x 0 + (30 + 20 + 10 + 10) x 100, of 100.
    score = scored([1.0], slowness=(0.0, 0.0), softness=GOOD, stillness=GOOD, letting_go=GOOD)
    assert score.points == 70


def test_what_there_is_too_little_of_is_left_out_of_the_whole() -> None:
    score = scored(slowness=(50.0, 50.0), softness=GOOD, stillness=(100.0, 50.0), letting_go=(0.0,))
    # (30 x 50 + 30 x 100 + 20 x 75) of 80.
    assert (score.points, [part.points for part in score.parts]) == (75, [50, 100, 75, None, None])
    assert score.parts[3].reason == "not enough to judge"


def test_two_parts_are_no_whole() -> None:
    assert scored(slowness=GOOD, softness=GOOD).points is None


def test_each_part_has_its_reason_and_its_one_thing_to_try() -> None:
    score = scored([1.0, 0.5, 0.0], slowness=(100, 80), softness=(70, 100), stillness=(90, 50), letting_go=(0, 100))
    assert [(part.part, part.points, part.reason, part.try_next) for part in score.parts] == [
        ("slowness", 90, "1 of 2 lean-ins slow enough", "take 5 seconds to lean in"),
        ("softness", 85, "1 of 2 presses soft enough", "a little less weight, and the whole hand"),
        ("stillness", 70, "0 of 2 holds of 30 seconds", "breathe together until 30 seconds are over"),
        ("letting go", 50, "1 of 2 holds let go gently", "let go as slowly as you came"),
        ("coverage", 50, "1 of 3 spots with a full hold", "visit the spots that are left"),
    ]


def test_a_rounded_hundred_is_no_hundred() -> None:
    score = scored(stillness=(100.0,) * 200 + (98.0,))
    assert (score.parts[2].points, score.parts[2].good) == (99, 200)


POINTS = st.lists(st.floats(0, 100), max_size=20).map(tuple)


@PROPERTY
@given(POINTS, POINTS, POINTS, POINTS, st.lists(st.floats(0, 1), max_size=10) | st.none())
def test_every_score_lies_from_0_to_100_and_between_its_parts(
    slow: tuple[float, ...],
    soft: tuple[float, ...],
    still: tuple[float, ...],
    let_go: tuple[float, ...],
    coverage: list[float] | None,
) -> None:
    score = scored(coverage, slowness=slow, softness=soft, stillness=still, letting_go=let_go)
    known = [part.points for part in score.parts if part.points is not None]
    assert all(0 <= points <= 100 for points in known)
    assert score.points is None or min(known) <= score.points <= max(known)

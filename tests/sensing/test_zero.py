"""What the glove presses on its own pads is taken away at rest, and only there."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.pads import PadRules
from sensing.zero import ZeroNews, Zeros
from tests.story import PROPERTY, Hand, Told, run, squeeze

WORN = PadRules(zeroes=True)
HOLD = Hand().rest(3).lean(10, over_s=4).hold(6).release(over_s=3).rest(3)


class Bench:
    """The zeros of three pads, fed 50 times a second."""

    def __init__(self) -> None:
        self.zeros = Zeros(3)
        self.t_s = 0.0

    def read(self, *felt_newton: float | None, s: float = 1.1, in_contact: bool = False) -> list[ZeroNews]:
        """Show it the same forces for a while; return what it says."""
        news = []
        for _ in range(round(s * 50)):
            news += self.zeros.feed(self.t_s, felt_newton, in_contact=in_contact)
            self.t_s = round(self.t_s + 0.02, 6)
        return news


def zeroed(pad: int, newton: float) -> ZeroNews:
    return ZeroNews("zeroed", pad, newton)


def test_a_glove_that_presses_nothing_keeps_nobody_waiting() -> None:
    bench = Bench()
    assert (bench.read(0.0, 0.09, 0.0, s=0.02), bench.zeros.decides, bench.zeros.newton) == ([], False, [0.0] * 3)


def test_a_second_at_rest_is_the_zero() -> None:
    bench = Bench()
    before = bench.read(0.0, 1.5, 0.05, s=1.0)
    assert (before, bench.zeros.decides) == ([], True)
    assert (bench.read(0.0, 1.5, 0.05, s=0.02), bench.zeros.newton) == ([zeroed(1, 1.5)], [0.0, 1.5, 0.0])
    assert not bench.zeros.decides


def test_more_than_2_newtons_are_told_once_and_left_in() -> None:
    bench = Bench()
    assert (bench.read(0.5, 4.0, 2.5), bench.zeros.newton) == (
        [ZeroNews("preload", 1, 4.0), ZeroNews("preload", 2, 2.5)],
        [0.0] * 3,
    )
    assert (bench.zeros.decides, bench.read(0.5, 4.0, 2.5, s=5.0)) == (False, [])


def test_where_only_all_together_are_too_much_the_greatest_is_told() -> None:
    bench = Bench()
    assert (bench.read(1.0, 1.2, 1.0), bench.zeros.newton) == ([ZeroNews("preload", 1, 1.2)], [0.0] * 3)


def test_a_glove_that_is_loosened_gets_its_zero_after_all() -> None:
    bench = Bench()
    bench.read(0.0, 4.0, 0.0)
    assert bench.read(0.0, 1.0, 0.0, s=2.0) == [zeroed(1, 1.0)]


def test_a_force_that_moves_is_no_zero_and_is_told() -> None:
    bench = Bench()
    news = [said for i in range(70) for said in bench.read(0.0, 1.0 + 0.1 * (i % 2), 0.0, s=0.02)]
    assert (news, bench.zeros.newton, bench.zeros.decides) == ([ZeroNews("refused")], [0.0] * 3, False)


def test_a_first_zero_that_was_refused_comes_with_the_first_still_second() -> None:
    bench = Bench()
    for i in range(70):
        bench.read(0.0, 1.0 + 0.1 * i, 0.0, s=0.02)
    # Contact is judged from the zero, so that as long as there is none contact cannot forbid it; but a hold is a hold.
    assert (bench.read(0.0, 8.0, 0.0, s=3.0, in_contact=True), bench.zeros.newton) == ([], [0.0] * 3)
    assert bench.read(0.0, 1.0, 0.0, in_contact=True) == [zeroed(1, 1.0)]


def test_a_pad_below_its_zero_lowers_it_at_once() -> None:
    bench = Bench()
    bench.read(0.0, 1.5, 0.0)
    bench.read(0.0, 0.4, 0.0, s=0.02, in_contact=True)
    bench.read(0.0, 5.0, 0.0, in_contact=True)
    assert bench.zeros.newton == [0.0, 0.4, 0.0]


def test_no_zero_is_taken_in_contact_and_a_new_one_after_each_press() -> None:
    bench = Bench()
    bench.read(0.0, 0.0, 0.0)
    assert bench.read(1.0, 1.0, 0.0, s=10, in_contact=True) == []
    assert bench.read(0.0, 0.5, 0.0) == [zeroed(1, 0.5)]
    assert bench.read(0.0, 0.9, 0.0, s=10) == []


def test_between_presses_only_once() -> None:
    # Else a hand that comes down slowly enough would be taken for the glove, bit by bit.
    bench = Bench()
    bench.read(0.0, 0.0, 0.0, s=0.1, in_contact=True)
    bench.read(0.0, 0.0, 0.0)
    said = [news for i in range(60) for news in bench.read(0.01 * i, 0.0, 0.0)]
    assert (said, bench.zeros.newton) == ([], [0.0] * 3)


@pytest.mark.parametrize("gap_s", [0.3, 5.0])
def test_a_hole_in_the_readings_is_no_stillness(gap_s: float) -> None:
    bench = Bench()
    bench.read(0.0, 1.0, 0.0, s=0.8)
    bench.t_s += gap_s
    assert (bench.read(0.0, 1.0, 0.0, s=0.9), bench.read(0.0, 1.0, 0.0, s=0.3)) in (
        ([ZeroNews("refused")], [zeroed(1, 1.0)]),
        ([], [zeroed(1, 1.0)]),
    )


def test_a_pad_that_is_not_known_is_waited_for_and_not_spoken_of() -> None:
    bench = Bench()
    assert (bench.read(0.0, 1.0, None, s=5), bench.zeros.decides) == ([], False)
    assert bench.read(0.0, 1.0, 0.0) == [zeroed(1, 1.0)]


@PROPERTY
@given(
    moves=st.lists(
        st.tuples(
            st.tuples(*[st.none() | st.floats(0, 4).map(lambda newton: round(newton, 6))] * 3),
            st.sampled_from([0.02, 0.5, 1.1]),
            st.booleans(),
        ),
        max_size=15,
    )
)
def test_no_more_than_2_newtons_a_pad_and_3_in_all_are_ever_taken(
    moves: Sequence[tuple[tuple[float | None, ...], float, bool]],
) -> None:
    bench = Bench()
    for felt, s, in_contact in moves:
        before, was_first = bench.zeros.newton[:], bench.zeros.state == "first"
        bench.read(*felt, s=s, in_contact=in_contact)
        zeros = bench.zeros.newton
        assert all(0 <= zero < 2 for zero in zeros)
        assert sum(zeros) <= 3
        assert all(zero <= newton for zero, newton in zip(zeros, felt, strict=True) if newton is not None)
        if in_contact and not was_first:
            assert all(zero <= was for zero, was in zip(zeros, before, strict=True))


# -- stories ------------------------------------------------------------------------------------------------


def said(told: Told) -> list[str]:
    return [word for word in told.words if word not in ("step", "session_ended")]


def test_a_glove_that_presses_a_little_is_no_press_and_its_press_is_read_right() -> None:
    told = run(squeeze(HOLD.readings(), "palm", 1.5), rules=WORN)
    assert said(told) == ["zeroed", "press_began", "hold_began", "press_ended"]
    assert (told.events[0].t_s, told.press.mean_newton) == (1.0, pytest.approx(8.0, abs=0.5))
    assert (told.press.peak_newton, told.looks[:2]) == (pytest.approx(10, abs=0.3), ["watching", "hold"])


def test_without_the_rule_it_would_be_one_long_press() -> None:
    assert said(run(squeeze(HOLD.readings(), "palm", 1.5)))[0] == "press_began"
    assert run(squeeze(HOLD.readings(), "palm", 1.5)).press.began_s == 0.0


def test_a_glove_that_is_too_tight_is_told() -> None:
    told = run(squeeze(HOLD.readings(), "palm", 4.0), rules=WORN)
    assert said(told)[:2] == ["preload", "press_began"]
    # It counts in full: rather "softer" too early than too late.
    assert told.press.peak_newton == pytest.approx(14, abs=0.4)


def test_the_gloves_own_pressure_does_not_show_that_a_pad_feels() -> None:
    told = run(squeeze(Hand().rest(4).readings(), "palm", 1.5), rules=WORN)
    assert (told.looks, said(told)) == ([], ["zeroed"])


def test_a_glove_that_shifted_under_a_press_is_zeroed_after_it() -> None:
    inputs = squeeze(Hand((*HOLD.points, *((19 + t, f) for t, f in HOLD.points))).readings(), "heel", 0.3, 8)
    told = run(inputs, rules=WORN)
    assert said(told) == [*("press_began", "hold_began", "press_ended", "zeroed"), *said(told)[:3]]


def test_a_hand_that_moves_at_the_start_is_told_and_pressed_all_the_same() -> None:
    told = run(squeeze(Hand().lean(8, over_s=4).hold(5).release(3).rest(3).readings(), "heel", 0.5), rules=WORN)
    assert said(told) == ["zero_refused", "press_began", "hold_began", "zeroed", "press_ended"]


@pytest.mark.parametrize(("newton", "over_s", "look"), [(10.0, 0.4, "slower"), (25.0, 0.2, "softer")])
def test_a_warning_does_not_wait_for_the_zero(newton: float, over_s: float, look: str) -> None:
    told = run(squeeze(Hand().rest(0.2).lean(newton, over_s).hold(3).readings(), "palm", 0.5), rules=WORN)
    first = next(event for event in told.events if getattr(event, "look", None) == look)
    assert first.t_s < 0.8


def test_a_hand_that_rests_on_her_at_the_start_is_right_from_its_first_lift_on() -> None:
    resting = Hand(((0.0, 2.0), (3.0, 2.0))).lean(10, over_s=4).hold(6).release(3).rest(3)
    told = run(Hand((*resting.points, *((20 + t, f) for t, f in HOLD.points))).readings(), rules=WORN)
    peaks = [event.peak_newton for event in told.events if event.__struct_config__.tag == "press_ended"]
    assert peaks == [pytest.approx(8, abs=0.4), pytest.approx(10, abs=0.4)]

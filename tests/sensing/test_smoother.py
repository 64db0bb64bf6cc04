import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.smoother import STEPS_KEPT, Smoother
from tests.story import PROPERTY

LIMIT = 4.0


def rates_of_sum(forces: list[tuple[float, ...]], period_s: float = 0.02, limit: float = LIMIT) -> list[float]:
    smoother = Smoother(len(forces[0]), limit)
    return [smoother.feed(i * period_s, newton)[1][-1] for i, newton in enumerate(forces)]


@PROPERTY
@given(st.tuples(st.floats(0, 30), st.floats(0, 30), st.floats(0, 30)))
def test_a_constant_force_has_no_rate(newton: tuple[float, ...]) -> None:
    assert rates_of_sum([newton] * 50) == pytest.approx([0.0] * 50, abs=1e-9)


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 100.0])
@pytest.mark.parametrize("rate", [-3.0, 1.0, 4.0, 20.0])
def test_a_ramp_has_its_rate_after_a_second_and_a_half(rate: float, rate_hz: float) -> None:
    ramp = [(60 + rate * i / rate_hz, 0.0) for i in range(round(1.5 * rate_hz))]
    assert rates_of_sum(ramp, 1 / rate_hz)[-1] == pytest.approx(rate, rel=0.05)


def test_a_reading_that_comes_late_is_no_steeper_for_it() -> None:
    times = [0.02 * i for i in range(100)]
    late = times[:60] + times[75:]
    smoother = Smoother(1, LIMIT)
    rates = [smoother.feed(t_s, (5 + 3 * t_s,))[1][0] for t_s in late]
    assert max(rates) < 3.1


def test_readings_of_which_no_two_come_alike_are_no_steeper_for_it() -> None:
    smoother = Smoother(1, LIMIT)
    rng = random.Random(175)
    t_s = 0.0
    for _ in range(2 * STEPS_KEPT):
        t_s += rng.uniform(0.015, 0.025)
        _, rate, _ = smoother.feed(t_s, (5 + 3 * t_s,))
    assert rate[0] == pytest.approx(3.0, rel=0.02)


def test_every_pad_has_its_own_rate_and_the_sum_has_theirs() -> None:
    smoother = Smoother(3, LIMIT)
    for i in range(100):
        t_s = i * 0.02
        force, rate, _ = smoother.feed(t_s, (2 + t_s, 5.0, 9 - 2 * t_s))
    assert force == pytest.approx([3.98, 5.0, 5.04, 14.02], abs=0.05)
    assert rate == pytest.approx([1.0, 0.0, -2.0, -1.0], abs=0.05)


def test_after_a_second_of_silence_the_force_starts_anew_at_rest() -> None:
    smoother = Smoother(1, LIMIT)
    for i in range(50):
        smoother.feed(i * 0.02, (i * 0.2,))
    force, rate, _ = smoother.feed(2.5, (3.0,))
    assert (force, rate) == ([3.0, 3.0], [0.0, 0.0])


def test_a_pad_that_leaves_and_comes_back_is_no_movement() -> None:
    still = [(4.0, 3.0, 2.0)] * 50 + [(4.0, None, 2.0)] * 50 + [(4.0, 3.0, 2.0)] * 50
    assert rates_of_sum(still) == pytest.approx([0.0] * 150, abs=1e-9)


def test_all_pads_gone_leave_nothing_and_come_back_at_rest() -> None:
    smoother = Smoother(2, LIMIT)
    told = [(4.0, 3.0), (None, None), (5.0, 3.0)]
    answers = [smoother.feed(i * 0.02, newton)[:2] for i, newton in enumerate(told)]
    assert answers == [
        ([4.0, 3.0, 7.0], [0.0, 0.0, 0.0]),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
        ([5.0, 3.0, 8.0], [0.0, 0.0, 0.0]),
    ]


@PROPERTY
@given(scale=st.floats(0.1, 10), forces=st.lists(st.just(0.0) | st.floats(0.01, 30), min_size=5, max_size=40))
def test_a_hand_and_a_limit_twice_as_large_have_twice_the_rate(scale: float, forces: list[float]) -> None:
    small = rates_of_sum([(newton,) for newton in forces])
    large = rates_of_sum([(scale * newton,) for newton in forces], limit=scale * LIMIT)
    assert large == pytest.approx([scale * rate for rate in small], rel=1e-9, abs=1e-9)


# -- wobble -------------------------------------------------------------------------------------------------


def explained(forces: list[float], limit: float = LIMIT) -> float:
    """How much of a rate the wobble of this hand explains in the end."""
    smoother = Smoother(1, limit)
    for i, newton in enumerate(forces):
        _, _, wobble = smoother.feed(i * 0.02, (newton,))
    return wobble[-1]


def trembling(share: float, newton: float = 15.0, s: float = 30.0) -> list[float]:
    return [newton * (1 + share * math.sin(2 * math.pi * 5 * i * 0.02)) for i in range(round(s * 50))]


def test_a_steadier_hand_is_given_less_and_within_half_a_minute() -> None:
    assert explained(trembling(0.002)) < 0.5 * explained(trembling(0.014))


def test_an_untouched_glove_explains_nothing() -> None:
    assert explained([0.0] * 100) == 0.0


def test_the_heavier_the_hand_the_more_of_a_rate_its_wobble_explains() -> None:
    told = [explained([newton] * 2) for newton in (2.0, 5.0, 10.0, 20.0)]
    assert told == sorted(told)
    # As the page says: at 4 N/s and 20 N about 3 N/s.
    assert told[-1] == pytest.approx(3.3, abs=0.2)


def test_four_times_the_limit_is_fast_whatever_the_hand() -> None:
    assert explained(trembling(0.2, newton=200.0)) == 3 * LIMIT


def test_a_push_does_not_pass_for_wobble() -> None:
    pushed = [15.0] * 1500 + [15 + 0.3 * i for i in range(26)]
    assert explained(pushed) < 1.2 * explained([22.5] * 1500)


# -- landing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newton", [0.2, 0.5, 1.2])
def test_the_first_that_a_pad_feels_is_where_the_hand_is_not_how_fast_it_came(newton: float) -> None:
    lands = [(3.0, 0.0)] * 50 + [(3.0, newton)] * 50
    assert rates_of_sum(lands) == pytest.approx([0.0] * 100, abs=1e-9)


def test_what_comes_at_once_and_is_more_than_a_landing_is_motion() -> None:
    assert max(rates_of_sum([(0.0,)] * 50 + [(8.0,)] * 10)) > 3 * LIMIT


def test_lifting_off_is_no_motion_either() -> None:
    lifts = [(3.0, 0.3)] * 50 + [(3.0, 0.0)] * 50
    assert rates_of_sum(lifts) == pytest.approx([0.0] * 100, abs=1e-9)

"""Hands on a kitchen scale, as one pad's conductance over time: when they rest, where they came from."""

import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.steadiness import DWELL_S, Steadiness
from tests.story import PROPERTY

HZ = 50
G = 1e-3


def fed(*legs: tuple[float, float], steadiness: Steadiness | None = None, wobble: float = 0.0) -> Steadiness:
    """Feed legs of (seconds, siemens to go to); a leg to where it is already is a rest."""
    steadiness = steadiness or Steadiness()
    at = steadiness.mean_siemens or 0.0
    t_s = steadiness._t_s
    for length_s, to in legs:
        for i in range(1, round(length_s * HZ) + 1):
            siemens = at + (to - at) * i / round(length_s * HZ)
            # 1.3 Hz, which no window holds a whole number of.
            steadiness.feed(t_s + i / HZ, siemens * (1 + wobble * math.sqrt(2) * math.sin(8.2 * i / HZ)))
        t_s, at = t_s + length_s, to
    return steadiness


def test_a_hand_at_rest_counts_after_five_seconds_and_with_the_mean_of_the_fifth() -> None:
    short, whole = fed((1, G), (4.8, G)), fed((1, G), (5.2, G))
    assert short.rest is None
    assert whole.rest is not None
    assert (whole.rest.siemens, whole.rest.spread_share) == (pytest.approx(G), pytest.approx(0, abs=1e-9))
    # A straight lean-in looks steady in its last tenths.
    assert whole.rest.began_s == pytest.approx(1.0, abs=0.15)


def test_a_hand_that_wobbles_as_hands_do_is_steady_and_one_that_shakes_is_not() -> None:
    assert fed((1, G), (6, G), wobble=0.015).rest is not None
    assert fed((1, G), (20, G), wobble=0.06).rest is None


def test_a_hand_that_still_leans_in_is_not_at_rest() -> None:
    leaning = fed((8, G), (2, 1.2 * G))
    assert (leaning.rest, leaning.rested_s) == (None, 0.0)


def test_a_slow_slide_to_another_load_begins_anew() -> None:
    """3 % a second looks steady for a second, not for five."""
    assert fed((1, G), (8, 1.27 * G)).rest is None


def test_a_pad_that_creeps_by_a_tenth_in_a_minute_stays_at_rest() -> None:
    crept = fed((1, G), (6, G), (54, 1.1 * G))
    assert crept.rested_s == pytest.approx(60, abs=0.2)


def test_one_jerk_does_not_end_a_rest_and_a_push_does() -> None:
    assert fed((1, G), (3, G), (0.1, 1.07 * G), (0.1, G), (2.5, G)).rest is not None
    assert fed((1, G), (3, G), (0.2, 1.5 * G), (0.2, G), (3, G)).rest is None


def test_nothing_on_the_pad_is_no_rest() -> None:
    assert (fed((10, 5e-6)).rest, fed((10, 5e-6)).spread_share) == (None, None)


@pytest.mark.parametrize(
    ("way", "from_above"),
    [
        (((1, G), (6, G)), False),
        (((1, 2 * G), (1, G), (6, G)), True),
        (((1, 2 * G), (1, 0.5 * G), (1, G), (6, G)), False),
        (((1, 1.06 * G), (1, G), (6, G)), False),
    ],
    ids=["up", "down", "too far down and up again", "a little too far"],
)
def test_it_knows_where_the_hand_came_from(way: Iterable[tuple[float, float]], from_above: bool) -> None:
    rest = fed(*way).rest
    assert (rest is not None, rest and rest.from_above) == (True, from_above)


def test_a_hand_that_nobody_saw_come_came_from_nowhere() -> None:
    steadiness = Steadiness()
    for i in range(300):
        steadiness.feed(i / HZ, G)
    assert steadiness.rest is not None
    assert steadiness.rest.from_above is None


def test_asked_again_it_wants_another_rest_and_remembers_the_way() -> None:
    steadiness = fed((1, 2 * G), (1, G), (6, G))
    steadiness.again()
    # The second that it has in mind counts.
    fed((3.8, G), steadiness=steadiness)
    assert steadiness.rest is None
    fed((1.0, G), steadiness=steadiness)
    assert steadiness.rest is not None
    assert steadiness.rest.from_above is True


def test_a_hand_that_let_go_to_type_has_not_moved_on_and_one_on_another_load_has() -> None:
    assert not Steadiness().moved_on
    assert not fed((1, G), (6, G)).moved_on
    assert not fed((1, G), (6, G), (0.5, 0.0), (2, 0.0)).moved_on
    assert fed((1, G), (6, G), (1, 1.3 * G), (1, 1.3 * G)).moved_on


def test_a_second_rest_takes_the_place_of_the_first() -> None:
    steadiness = fed((1, G), (6, G), (1, 1.3 * G), (6, 1.3 * G))
    assert steadiness.rest is not None
    assert (steadiness.rest.siemens, steadiness.moved_on) == (pytest.approx(1.3 * G), False)


@PROPERTY
@given(st.lists(st.tuples(st.floats(0.1, 6), st.floats(0, 3e-3)), min_size=1, max_size=6))
def test_whatever_the_hand_does_a_rest_was_still_for_five_seconds(legs: list[tuple[float, float]]) -> None:
    steadiness = Steadiness()
    t_s, at, seen = 0.0, 0.0, []
    for length_s, to in legs:
        n = max(round(length_s * HZ), 1)
        for i in range(1, n + 1):
            t_s += 1 / HZ
            seen.append((t_s, at + (to - at) * i / n))
            before = steadiness.rest
            steadiness.feed(*seen[-1])
            if steadiness.rest is not None and steadiness.rest is not before:
                during = [siemens for when, siemens in seen if when >= t_s - DWELL_S]
                # A tenth to either side of where the rest began, and the jerk that a second of steadiness forgives.
                assert max(during) <= 1.35 * min(during)
        at = to

"""The two limits alone; as a session they are told in test_warnings and test_her_button."""

from dataclasses import replace

import pytest

from coach.limits import Limits, usual_limit_newton_per_s
from coach.plan import Plan
from sensing.glove import Touch
from sensing.smoother import Smoother


def touch(t_s: float, newton: float | None, rate: float = 0.0) -> Touch:
    return Touch(t_s, (newton,), newton, rate, (rate,), 0.0, (0.0,), (newton is not None,), over=False)


def told(forces: list[tuple[float, float]], rate_hz: float = 50) -> list[tuple[float, bool]]:
    """Feed forces for a while each; return the changes of "too hard"."""
    limits, changes, t_s, before = Limits(Plan(ceiling_newton=10)), [], 0.0, False
    for newton, s in forces:
        for _ in range(round(s * rate_hz)):
            limits.feed(touch(t_s, newton))
            if limits.is_too_hard(t_s) is not before:
                before = not before
                changes.append((round(t_s, 6), before))
            t_s += 1 / rate_hz
    return changes


def test_over_the_ceiling_must_last_80_ms() -> None:
    assert told([(9, 1), (11, 0.08), (9, 1), (11, 0.1), (5, 1)]) == [(2.16, True), (2.48, False)]


def test_at_the_ceiling_is_not_over_it() -> None:
    assert told([(10, 2)]) == []


def test_too_hard_ends_under_90_percent_for_0_3_s() -> None:
    assert told([(11, 1), (9.1, 1), (8.9, 0.2), (9.1, 0.2), (8.9, 0.5)]) == [(0.08, True), (2.7, False)]


def test_two_readings_at_25_a_second_are_enough() -> None:
    assert told([(9, 1), (11, 0.2)], rate_hz=25) == [(1.08, True)]


def test_too_fast_ends_under_70_percent_of_the_limit() -> None:
    limits, seen = Limits(Plan(slower_above_newton_per_s=4)), []
    for i, rate in enumerate([4.6, 4.7, 4.0, 2.9, 2.8, 4.0]):
        limits.feed(touch(i * 0.02, 5.0, rate))
        seen.append(limits.is_too_fast)
    assert seen == [False, True, True, True, False, False]


def test_without_a_known_force_nothing_is_too_fast_or_too_hard() -> None:
    limits = Limits(Plan(ceiling_newton=10))
    for i in range(10):
        limits.feed(touch(i * 0.02, 15.0, 9.0))
    before = (limits.is_too_fast, limits.is_too_hard(0.2))
    limits.feed(touch(0.22, None))
    assert (before, limits.is_too_fast, limits.is_too_hard(0.22)) == ((True, True), False, False)


def test_it_is_remembered_since_when_it_was_last_too_fast() -> None:
    limits = Limits(Plan())
    never = limits.was_too_fast(0.0)
    limits.feed(touch(3.0, 5.0, 9.0))
    limits.feed(touch(3.1, 5.0, 0.0))
    assert (never, limits.was_too_fast(3.0), limits.was_too_fast(3.05)) == (False, True, False)


@pytest.mark.parametrize(
    ("limit", "newton", "slower_above"),
    [(4.0, 0.0, 4.6), (4.0, 10.0, 5.669), (4.0, 20.0, 7.857), (1.5, 10.0, 3.599), (12.0, 60.0, 23.571)],
)
def test_what_a_usual_hands_wobble_explains_is_no_haste(limit: float, newton: float, slower_above: float) -> None:
    assert usual_limit_newton_per_s(limit, newton) == pytest.approx(slower_above, abs=0.001)
    # A steady lean-in of a hand that wobbles as usual, just below and just above.
    _, _, (wobble, _) = Smoother(1, limit).feed(0.0, (newton,))
    clear = {}
    for rate in (0.99 * slower_above, 1.01 * slower_above):
        limits = Limits(Plan(slower_above_newton_per_s=limit, ceiling_newton=1000))
        limits.feed(Touch(0.0, (newton,), newton, rate, (rate,), wobble, (wobble,), (True,), over=False))
        clear[rate] = limits.is_too_fast
    assert list(clear.values()) == [False, True]


# -- what is remembered of a press --------------------------------------------------------------------------


def fed(*forces: tuple[float, float | None], over: bool = False) -> Limits:
    """Limits that were told these forces at these times, under a ceiling of 10 N."""
    limits = Limits(Plan(ceiling_newton=10))
    for t_s, newton in forces:
        limits.feed(replace(touch(t_s, newton), over=over))
    return limits


def steadily(newton: float, from_s: float, to_s: float) -> list[tuple[float, float | None]]:
    return [(round(from_s + i * 0.02, 6), newton) for i in range(round((to_s - from_s) / 0.02))]


def test_before_the_first_reading_nothing_is_too_much() -> None:
    limits = fed()
    assert (limits.is_too_fast, limits.is_too_hard(0.0), limits.was_too_fast(0.0), limits.was_too_hard(0.0)) == (
        False,
        False,
        False,
        False,
    )


def test_a_session_that_begins_over_the_ceiling_has_80_ms_too() -> None:
    limits, seen = fed(), []
    for t_s, newton in steadily(12, 5.0, 5.12):
        limits.feed(touch(t_s, newton))
        seen.append(limits.is_too_hard(t_s))
    assert seen == [False] * 4 + [True] * 2


def test_80_ms_are_80_ms_at_any_time_of_a_session() -> None:
    for begin in range(500):
        begin_s = round(begin * 0.02, 6)
        limits = fed(*steadily(12, begin_s, begin_s + 0.08))
        assert not limits.is_too_hard(begin_s), begin_s
        limits.feed(touch(round(begin_s + 0.08, 6), 12))
        assert limits.is_too_hard(begin_s), begin_s


def test_the_80_ms_begin_anew_when_the_force_was_not_known_in_between() -> None:
    limits = fed(*steadily(12, 5.0, 5.06), (5.06, None), *steadily(12, 5.08, 5.14))
    assert not limits.is_too_hard(5.14)


def test_it_is_remembered_since_when_it_was_last_too_hard() -> None:
    limits = fed(*steadily(12, 3.0, 4.0), *steadily(5, 4.0, 5.0))
    # It ends 0.3 s after the force does.
    assert (limits.was_too_hard(2.0), limits.was_too_hard(4.2), limits.was_too_hard(4.4)) == (True, True, False)
    assert not fed(*steadily(5, 3.0, 5.0)).was_too_hard(0.0)


def test_a_pad_that_can_tell_no_more_was_too_hard_too() -> None:
    limits = fed((3.0, 2.0), over=True)
    assert (limits.is_too_hard(3.0), limits.was_too_hard(3.0), limits.was_too_hard(3.1)) == (True, True, False)
    limits.feed(touch(3.02, 2.0))
    assert not limits.is_too_hard(3.02)


def test_a_pad_beyond_its_reach_is_forgotten_with_the_rest_when_nothing_is_known() -> None:
    limits = fed((3.0, 2.0), over=True)
    limits.feed(touch(3.02, None))
    assert not limits.is_too_hard(3.02)


# -- her word -----------------------------------------------------------------------------------------------


def says_too_much(limits: Limits, t_s: float) -> None:
    """Let her say so, of the only hand."""
    limits.too_much(t_s, limits.highest_newton(t_s))


def test_the_highest_force_of_the_last_2_s_is_known_and_none_where_there_was_none() -> None:
    limits = fed((0.5, 9.0), (2.0, 7.0), (2.5, 5.0), (3.0, 6.0))
    assert [limits.highest_newton(t_s) for t_s in (3.9, 4.1, 6.0)] == [7.0, 6.0, 0.0]


def test_of_two_hands_the_other_one_may_be_what_she_means() -> None:
    limits = fed((3.0, 4.0))
    limits.too_much(3.0, 11.0)
    assert limits.settle(4.6) == pytest.approx(8.8)


@pytest.mark.parametrize(
    ("forces", "newton"),
    [
        (((0.5, 20.0), (2.0, 7.0), (2.5, 5.0)), 6.0),
        (((2.5, 4.1234567),), 4.123457),
        (((2.5, 3.0),), None),
        (((2.5, 3.000001),), 3.000001),
        (((0.5, 9.0),), None),
        ((), None),
    ],
)
def test_just_right_is_the_mean_of_the_last_2_s_where_there_was_more_than_a_touch(
    forces: tuple[tuple[float, float], ...], newton: float | None
) -> None:
    at_once, of_two = fed(*forces), fed(*forces)
    says_too_much(of_two, 3.0)
    # He has eased by the second press of hers; she means what was there at the first.
    of_two.feed(touch(3.4, 3.5))
    assert (at_once.just_right(3.0), of_two.just_right(3.5)) == (newton, newton)


def test_her_word_makes_a_press_too_hard_unless_she_takes_it_back() -> None:
    meant, taken_back = fed((3.0, 5.0)), fed((3.0, 5.0))
    for limits in (meant, taken_back):
        says_too_much(limits, 3.0)
        assert (limits.was_too_hard(3.0), limits.was_too_hard(3.1)) == (True, False)
    assert taken_back.just_right(3.5) == 5.0
    assert [limits.settle(4.6) for limits in (meant, taken_back)] == [4.0, None]
    assert [(limits.was_too_hard(3.0), limits.was_too_hard(3.1)) for limits in (meant, taken_back)] == [
        (True, False),
        (False, False),
    ]


def test_her_word_is_sure_after_1_6_s_and_no_sooner() -> None:
    limits = fed((2.9, 5.0), (3.0, 3.5))
    says_too_much(limits, 3.0)
    assert (limits.is_too_hard(4.58), limits.settle(4.58), limits.settle(4.6), limits.settle(4.62)) == (
        True,
        None,
        4.0,
        None,
    )
    assert not limits.is_too_hard(4.6)


@pytest.mark.parametrize(("newton", "is_too_hard"), [(5.0, True), (4.0, False)])
def test_when_her_word_is_sure_it_is_the_force_that_is_judged_at_once(newton: float, is_too_hard: bool) -> None:
    limits = fed((2.9, 5.0), (3.0, newton))
    says_too_much(limits, 3.0)
    assert (limits.settle(4.6), limits.is_too_hard(4.6)) == (4.0, is_too_hard)


def test_when_her_word_is_sure_and_nothing_is_felt_nothing_is_too_hard() -> None:
    limits = fed((3.0, 5.0))
    says_too_much(limits, 3.0)
    limits.forget_force()
    assert (limits.settle(4.6), limits.is_too_hard(4.6)) == (4.0, False)


def test_her_word_alone_is_no_longer_too_hard_when_it_is_sure() -> None:
    limits = fed((2.0, 5.0))
    says_too_much(limits, 2.0)
    assert (limits.is_too_hard(3.59), limits.is_too_hard(3.6)) == (True, False)


def test_her_word_of_the_first_second_is_not_moved() -> None:
    limits = fed((0.2, 5.0))
    says_too_much(limits, 0.2)
    limits.settle(2.0)
    assert (limits.was_too_hard(0.2), limits.was_too_hard(0.3)) == (True, False)


@pytest.mark.parametrize(("newton", "ceiling_newton"), [(2.9, 10), (3.0, 10), (3.1, 2.48), (4.1234567, 3.298765)])
def test_she_means_the_force_where_there_was_more_than_a_touch_of_3_n(newton: float, ceiling_newton: float) -> None:
    limits = fed((3.0, newton))
    says_too_much(limits, 3.0)
    limits.settle(4.6)
    assert limits.ceiling_newton == ceiling_newton


def test_a_ceiling_that_would_stay_as_it_is_is_not_lowered() -> None:
    limits = fed((3.0, 12.5))
    says_too_much(limits, 3.0)
    # 80 % of 12.5 N.
    assert (limits.settle(4.6), limits.ceiling_newton) == (None, 10)


def test_a_force_that_is_too_hard_after_her_word_is_not_forgotten_for_it() -> None:
    limits = fed((3.0, 5.0))
    says_too_much(limits, 3.0)
    for t_s, newton in steadily(12, 3.02, 3.5):
        limits.feed(touch(t_s, newton))
    limits.settle(4.6)
    assert limits.was_too_hard(3.4)


@pytest.mark.parametrize(("peak_s", "lowered"), [(7.98, 4.0), (8.0, 7.2), (9.5, 7.2)])
def test_what_she_means_is_at_most_2_s_old(peak_s: float, lowered: float) -> None:
    forces = [(t_s, 9.0 if t_s == peak_s else 5.0) for t_s, _ in steadily(0, 7.0, 10.02)]
    limits = fed(*forces)
    says_too_much(limits, 10.0)
    assert limits.settle(11.6) == lowered


def test_a_rise_of_another_pad_counts_only_where_the_hand_does_not_let_go() -> None:
    limits = Limits(Plan(slower_above_newton_per_s=4))
    seen = []
    for t_s, sum_rate, pad_rate in ((0.0, -2.8, 9.0), (0.02, -2.7, 9.0), (0.04, -2.7, 2.9), (0.06, -2.7, 2.7)):
        limits.feed(replace(touch(t_s, 5.0, sum_rate), pad_rate_newton_per_s=(pad_rate,)))
        seen.append(limits.is_too_fast)
    assert seen == [False, True, True, False]

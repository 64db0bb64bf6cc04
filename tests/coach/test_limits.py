"""The two limits alone; as a session they are told in test_warnings and test_her_button."""

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
    for i, rate in enumerate([4.6, 4.7, 4.0, 2.9, 2.7, 4.0]):
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
    assert (never, limits.was_too_fast(2.0), limits.was_too_fast(3.05)) == (False, True, False)


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

"""The person at the kitchen table: goes where it is told, from the right side, and wobbles as a hand does."""

import numpy as np
import pytest

from hardware.emulated.scale import Contact, ScaleHand


def path(hand: ScaleHand, begin_s: float, end_s: float) -> list[float]:
    """What the heel bears."""
    return [hand.force_newton(t_s)[0] for t_s in np.arange(begin_s, end_s, 0.02).tolist()]


def test_it_presses_the_pad_that_is_asked_for_and_no_other() -> None:
    hand = ScaleHand(1, wobble=0.0)
    hand.press_up_to(0.0, "palm", 5.0)
    assert hand.force_newton(3.0) == (0.0, 5.0, 0.0)
    hand.press_up_to(3.0, "fingers", 2.0)
    assert hand.force_newton(6.0) == (0.0, 0.0, 2.0)


def test_it_wobbles_by_one_to_two_percent_and_a_weight_does_not() -> None:
    hand = ScaleHand(1)
    hand.press_up_to(0.0, "heel", 10.0)
    held = path(hand, 2.0, 60.0)
    assert 0.01 < np.std(held) / np.mean(held) < 0.02
    hand.lay(60.0, "heel", 10.0)
    assert set(path(hand, 63.0, 120.0)) == {10.0}


def test_up_comes_from_below_and_down_from_above() -> None:
    hand = ScaleHand(1, wobble=0.0)
    hand.press_up_to(0.0, "heel", 10.0)
    path(hand, 0.0, 3.0)
    hand.press_up_to(3.0, "heel", 4.0)
    assert min(path(hand, 3.0, 5.0)) == 0.0
    assert path(hand, 5.0, 6.0)[-1] == 4.0
    hand.ease_down_to(6.0, "heel", 8.0)
    assert max(path(hand, 6.0, 9.0)) == pytest.approx(12.0, abs=0.1)
    assert hand.force_newton(10.0)[0] == 8.0


def test_it_wakes_a_pad_with_five_presses_and_lets_go() -> None:
    hand = ScaleHand(1, wobble=0.0)
    hand.wake(0.0, "heel", 40.0)
    pressed = np.array(path(hand, 0.0, 15.0)) > 20
    assert (int(np.sum(np.diff(pressed.astype(int)) == 1)), hand.force_newton(16.0)[0]) == (5, 0.0)
    hand.press_up_to(16.0, "heel", 3.0)
    hand.let_go(20.0)
    assert hand.force_newton(21.0)[0] == 0.0


def test_what_goes_beside_the_pad_and_the_puck_itself_are_on_the_scale_alone() -> None:
    hand = ScaleHand(1, wobble=0.0)
    hand.contact = Contact(share=0.6)
    hand.press_up_to(0.0, "heel", 10.0)
    assert hand.force_newton(3.0)[0] == pytest.approx(6.0)
    # It slips onto the pad, and weighs a quarter of a newton.
    hand.contact = Contact(tare_newton=0.25)
    assert hand.force_newton(3.0)[0] == pytest.approx(9.75)
    hand.let_go(3.0)
    assert hand.force_newton(4.0)[0] == 0.0


def test_it_leaves_the_buttons_alone() -> None:
    assert (ScaleHand(1).mama_down(0.0), ScaleHand(1).partner_down(0.0)) == (False, False)

"""Each pair is good but human; asserted on the force that he really exerts and on the buttons that they press."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hardware.emulated.hands import ALL_HANDS, GRID_HZ, HANDS, Hand, make_hand
from hardware.emulated.pairs import PAIRS
from hardware.emulated.scripts import Press

SEEDS = (1, 2, 3)
PRESS = Press(2.0, 10.0, 5.0, 12.0, 4.0)


def whole(hand: Hand) -> np.ndarray:
    return np.array([sum(hand.force_newton(i / GRID_HZ)) for i in range(round(hand.length_s * GRID_HZ))])


def spans(on: np.ndarray) -> list[tuple[int, int]]:
    """From which step of the grid to which something was so."""
    edges = np.flatnonzero(np.diff([False, *on, False]))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def down_s(button: Callable[[float], bool], length_s: float) -> list[tuple[float, float]]:
    """From when to when a button was down."""
    on = np.array([button(i / GRID_HZ) for i in range(round(length_s * GRID_HZ))])
    return [(begin / GRID_HZ, end / GRID_HZ) for begin, end in spans(on)]


def pair_of(*presses: Press) -> Hand:
    return Hand("a pair", presses, np.random.default_rng(1))


def test_a_hand_may_be_any_of_the_hands_and_of_the_pairs() -> None:
    assert list(ALL_HANDS) == [*HANDS, *PAIRS]


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("seed", SEEDS)
def test_paws_are_soft_and_holds_stay_below_13_and_a_half_n(name: str, seed: int) -> None:
    force = whole(make_hand(name, seed))
    presses = [force[begin:end] for begin, end in spans(force > 0.2)]
    assert all(1.5 < press.max() < 5 for press in presses if len(press) < 5 * GRID_HZ)
    assert all(4.5 < press.max() < 13.5 for press in presses if len(press) > 5 * GRID_HZ)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sore_hip_is_leaned_on_at_no_more_than_one_and_a_half_newtons_a_second(seed: int) -> None:
    force = whole(make_hand("sore", seed))
    # Means of a second, so that neither his wobble nor a paw counts.
    slow = np.convolve(force, np.ones(GRID_HZ) / GRID_HZ, mode="valid")
    rises = (slow[2 * GRID_HZ :] - slow[: -2 * GRID_HZ]) / 2
    assert rises.max() < 1.5
    assert force.max() < 9.5


def test_a_tap_is_too_much_two_are_just_right_and_held_it_is_stop() -> None:
    pressed = {
        word: down_s(pair_of(replace(PRESS, mama_after_s=3.0, mama_says=word)).mama_down, 27.0)
        for word in ("too much", "just right", "stop")
    }
    assert pressed == {
        "too much": [(10.0, 10.25)],
        "just right": [(10.0, 10.25), (10.6, 10.85)],
        "stop": [(10.0, 11.2)],
    }


def test_he_taps_his_own_button_while_he_rests() -> None:
    hand = pair_of(PRESS, replace(PRESS, pause_s=9.0, partner_after_s=4.0))
    assert down_s(hand.partner_down, hand.length_s) == [(27.0, 27.25)]


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_long_rest_is_waited_for_by_the_clock(seed: int) -> None:
    touched = spans(whole(make_hand("side-lying", seed)) > 0.05)
    rests_s = [(after[0] - before[1]) / GRID_HZ for before, after in pairwise(touched)]
    assert 93 < max(rests_s) < 99

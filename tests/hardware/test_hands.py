"""Each hand keeps the promise of its name; asserted on the force that it really exerts."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from hardware.emulated.hands import GRID_HZ, HANDS, Hand, make_hand

SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Seen:
    """One press as an observer with a scale under the hip would describe it."""

    peak_newton: float
    rise_newton_per_s: float
    fall_newton_per_s: float
    held_s: float
    least_share: float
    lasts_s: float


def timeline(hand: Hand) -> np.ndarray:
    return np.array([hand.force_newton(i / GRID_HZ) for i in range(round(hand.length_s * GRID_HZ))])


def presses(hand: Hand) -> list[Seen]:
    """Cut the timeline at the contacts; rates are mean slopes over half a second, quick enough for 0.3 s."""
    pads = timeline(hand)
    whole = pads.sum(axis=1)
    smooth = np.convolve(whole, np.ones(40) / 40, mode="same")
    slope = (smooth[20:] - smooth[:-20]) / 0.2
    touching = np.concatenate([[False], whole > 0.2, [False]])
    edges = np.flatnonzero(touching[1:] != touching[:-1])
    seen = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        part = slope[max(0, begin - 20) : end + 20]
        peak = float(np.percentile(whole[begin:end], 99))
        seen.append(
            Seen(
                peak_newton=peak,
                rise_newton_per_s=float(part.max()),
                fall_newton_per_s=float(-part.min()),
                held_s=float((smooth[begin:end] > 0.8 * peak).sum() / GRID_HZ),
                least_share=float(pads[begin:end].max(axis=0).min()),
                lasts_s=(end - begin) / GRID_HZ,
            )
        )
    return seen


@pytest.mark.parametrize("name", HANDS)
def test_same_seed_same_hand_other_seed_another(name: str) -> None:
    first, again, other = (timeline(make_hand(name, seed)) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first[:5000].tolist() != other[:5000].tolist()


@pytest.mark.parametrize("name", HANDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_hand_loads_all_pads_with_its_first_press(name: str, seed: int) -> None:
    hand = make_hand(name, seed)
    assert presses(hand)[0].least_share > 0.7
    assert 90 < hand.length_s < 180


@pytest.mark.parametrize("seed", SEEDS)
def test_gentle_does_everything_right(seed: int) -> None:
    seen = presses(make_hand("gentle", seed))
    assert [round(press.peak_newton) for press in seen[:2]] == [4, 4]
    assert all(9 < press.peak_newton < 14 for press in seen[2:])
    assert all(press.held_s > 33 for press in seen[2:])
    assert all(press.rise_newton_per_s < 3.5 for press in seen)
    assert all(press.fall_newton_per_s < 4.5 for press in seen)


@pytest.mark.parametrize("seed", SEEDS)
def test_hasty_leans_in_too_fast_but_once_and_lets_go_at_once(seed: int) -> None:
    seen = presses(make_hand("hasty", seed))
    assert [press.rise_newton_per_s > 10 for press in seen] == [True, True, False, True]
    assert seen[2].rise_newton_per_s < 3.5
    assert all(press.fall_newton_per_s > 15 for press in seen)
    assert all(press.held_s > 31 and 11 < press.peak_newton < 16 for press in seen)


@pytest.mark.parametrize("seed", SEEDS)
def test_restless_lets_go_too_early_but_once(seed: int) -> None:
    seen = presses(make_hand("restless", seed))
    assert [round(press.held_s / 4) * 4 for press in seen[:3]] == [12, 24, 28]
    assert seen[3].held_s > 34
    assert all(press.rise_newton_per_s < 3.5 for press in seen)
    assert [press.fall_newton_per_s > 15 for press in seen] == [True, False, True, False]


@pytest.mark.parametrize("seed", SEEDS)
def test_tired_sags_by_fifteen_percent(seed: int) -> None:
    hand = make_hand("tired", seed)
    assert [press.lasts_s > 40 for press in presses(hand)] == [True] * 3
    whole = timeline(hand).sum(axis=1)
    # The first hold begins after about 2 s of rest and 6.5 s of lean-in and lasts 35 s.
    early, late = whole[1000:1300].mean(), whole[4000:4300].mean()
    assert 0.82 < late / early < 0.91


@pytest.mark.parametrize("seed", SEEDS)
def test_heavy_goes_slowly_over_the_ceiling_until_she_taps(seed: int) -> None:
    hand = make_hand("heavy", seed)
    seen = presses(hand)
    assert [press.peak_newton > 23 for press in seen] == [True, True, False]
    assert all(press.peak_newton < 28 for press in seen)
    whole = timeline(hand).sum(axis=1)
    to_ceiling_s = (np.argmax(whole > 20) - np.argmax(whole > 0.2)) / GRID_HZ
    assert to_ceiling_s > 10, "slowly: at 25 N his wobble alone is faster than his lean-in"
    down = [i / GRID_HZ for i in range(round(hand.length_s * GRID_HZ)) if hand.mama_down(i / GRID_HZ)]
    assert 0.2 <= down[-1] - down[0] <= 0.26
    before, after = sum(hand.force_newton(down[0] - 0.5)), sum(hand.force_newton(down[0] + 5))
    assert before > 22
    assert 12 < after < 16


@pytest.mark.parametrize("seed", SEEDS)
def test_kneading_changes_sides_twenty_four_times_a_minute_and_then_holds(seed: int) -> None:
    hand = make_hand("kneading", seed)
    pads = timeline(hand)
    whole = pads.sum(axis=1)
    paws = whole[: 62 * GRID_HZ]
    peaks = np.flatnonzero((paws[1:-1] >= paws[:-2]) & (paws[1:-1] > paws[2:]) & (paws[1:-1] > 1.8)) + 1
    beats = [peaks[0], *[b for a, b in pairwise(peaks) if b - a > 125]]
    assert 22 <= len(beats) <= 25
    heel_leads = [bool(pads[at, 0] > pads[at, 2]) for at in beats]
    assert heel_leads[:6] == [True, False] * 3
    assert 1.8 < paws.max() < 3.4
    assert presses(hand)[-1].held_s > 33


def test_minutes_repeat_the_script_to_the_end_of_a_press() -> None:
    hand = make_hand("gentle", 1, minutes=20)
    assert 1200 <= hand.length_s < 1280
    assert hand.force_newton(hand.length_s + 1) == (0.0, 0.0, 0.0) == hand.force_newton(-1)
    assert make_hand("gentle", 1, minutes=0.05).length_s < 20


def test_an_unknown_hand_names_the_nearest_and_all() -> None:
    with pytest.raises(ValueError, match=r"no hand is called 'gentel'; did you mean gentle\? There are: gentle, h"):
        make_hand("gentel", 1)
    with pytest.raises(ValueError, match="give more than 0"):
        make_hand("gentle", 1, minutes=0)

"""Kneading: which short presses are paws, of which pad, how hard, how quick and how even; and what is no paw."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.emulated.hands import make_hand
from sensing.inputs import Reading
from sensing.paws import Paw, Paws
from tests.story import PADS, PROPERTY, STORIES, Hand, new_session, spoil

Forces = tuple[float | None, ...]
Rows = list[tuple[float, Forces]]
# When a bump begins, how long it lasts and what it adds to each pad.
Bump = tuple[float, float, Sequence[float]]

WHOLE = (2.0, 1.5, 1.0)
HEEL, FINGERS = (4.0, 0.0, 0.0), (0.0, 0.0, 3.0)


def in_turn(count: int = 8, every_s: float = 1.0, lasts_s: float = 0.8, *shapes: Sequence[float]) -> list[Bump]:
    return [(1 + i * every_s, lasts_s, shapes[i % len(shapes)]) for i in range(count)]


def rows(
    bumps: Sequence[Bump],
    rest: Sequence[float] = (0.0, 0.0, 0.0),
    *,
    rate_hz: float = 50.0,
    wobble: float = 0.0,
    jitter_s: float = 0.0,
    until_s: float | None = None,
) -> Rows:
    """Press smooth bumps on pads that otherwise bear what they bear at rest, and read them."""
    rng = random.Random(7)
    until_s = until_s or bumps[-1][0] + bumps[-1][1] + 1
    waves = [(rng.uniform(0.5, 6), rng.uniform(0, 6)) for _ in range(8)]
    read: Rows = []
    for i in range(round(until_s * rate_hz)):
        t_s = round(i / rate_hz + rng.uniform(0, jitter_s), 6)
        sway = 1 + wobble / 2 * sum(math.sin(2 * math.pi * hz * t_s + phase) for hz, phase in waves)
        newtons = [newton if t_s > 0.5 else 0.0 for newton in rest]
        for begins_s, lasts_s, adds in bumps:
            part = (t_s - begins_s) / lasts_s
            if 0 < part < 1:
                newtons = [
                    n + add * (1 - math.cos(2 * math.pi * part)) / 2 for n, add in zip(newtons, adds, strict=True)
                ]
        read.append((t_s, tuple(round(newton * sway, 6) for newton in newtons)))
    return read


def paws_in(read: Rows, pads: Sequence[str] = PADS) -> list[Paw]:
    paws = Paws(pads)
    return [paw for t_s, newtons in read for paw in paws.feed(t_s, newtons)] + paws.finish(read[-1][0])


def spotted(read: Rows, pads: Sequence[str] = PADS) -> list[str]:
    return [paw.pad for paw in paws_in(read, pads)]


# -- which pads ---------------------------------------------------------------------------------------------


def test_the_whole_hand_up_and_down_is_one_paw_of_the_pad_that_bears_most() -> None:
    assert spotted(rows(in_turn(6, 1.0, 0.8, WHOLE))) == ["heel"] * 6


def test_pads_in_turn_are_paws_of_their_own() -> None:
    assert spotted(rows(in_turn(6, 1.0, 0.8, HEEL, FINGERS))) == ["heel", "fingers"] * 3


@pytest.mark.parametrize(("every_s", "lasts_s"), [(0.7, 1.0), (0.23, 0.44)], ids=["slow", "as quick as can be"])
def test_pads_in_turn_that_overlap_are_paws_of_their_own(every_s: float, lasts_s: float) -> None:
    assert spotted(rows(in_turn(6, every_s, lasts_s, HEEL, FINGERS))) == ["heel", "fingers"] * 3


def test_two_gloves_in_turn_follow_the_same_rule() -> None:
    pads = ("left heel", "left fingers", "right heel", "right fingers")
    read = rows(in_turn(6, 0.7, 1.0, (3, 2, 0, 0), (0, 0, 2, 4)), rest=(0,) * 4)
    assert spotted(read, pads) == ["left heel", "right fingers"] * 3


def test_every_pad_has_its_own_strength_so_four_of_four_pads_are_even() -> None:
    shapes = [[float(4 + i) if i == pad else 0.0 for i in range(4)] for pad in range(4)]
    *_, paw = paws_in(rows(in_turn(4, 1.0, 0.8, *shapes), rest=(0,) * 4), ("a", "b", "c", "d"))
    assert paw.evenness == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_a_hand_that_stays_on_and_is_only_eased_kneads_too(share: float) -> None:
    rest = [share / (1 - share) * newton for newton in WHOLE]
    assert len(paws_in(rows(in_turn(8, 1.0, 0.9, WHOLE), rest, wobble=0.03))) == 8


def test_weight_that_rocks_from_heel_to_fingers_and_back_kneads_though_its_sum_is_still() -> None:
    read: Rows = [
        (i / 50, (3 + 2 * math.sin(i / 50 * 2 * math.pi), 0.0, 3 - 2 * math.sin(i / 50 * 2 * math.pi)))
        for i in range(500)
    ]
    assert spotted(read)[:6] in (["heel", "fingers"] * 3, ["fingers", "heel"] * 3)


def test_a_hand_that_rolls_from_heel_to_fingers_is_one_paw() -> None:
    bumps = [
        (begins_s + lag_s, 0.4, adds)
        for begins_s, _, _ in in_turn(6, 1.0, 0.4, WHOLE)
        for lag_s, adds in ((0, (1, 0, 0)), (0.08, (0, 1, 0)), (0.16, (0, 0, 2)))
    ]
    paws = paws_in(rows(bumps))
    assert [(paw.pad, paw.peak_newton > 2) for paw in paws] == [("fingers", True)] * 6


def test_a_pad_that_rolls_off_late_adds_no_paw() -> None:
    bumps = [
        bump
        for begins_s, _, _ in in_turn(6, 3.0, 0.4, WHOLE)
        for bump in ((begins_s, 0.5, (4.0, 0, 0)), (begins_s - 0.55, 2.0, (0, 0, 2.0)))
    ]
    assert spotted(rows(bumps)) == ["heel"] * 6


def test_a_pad_that_only_rests_is_not_in_the_peak() -> None:
    assert {round(paw.peak_newton, 1) for paw in paws_in(rows(in_turn(6, 1.0, 0.8, HEEL), (0.0, 5.0, 0.0)))} == {4.0}


# -- one press is no rhythm ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "told"), [(1, 0), (2, 0), (3, 3), (4, 4)])
def test_three_are_a_rhythm_and_the_first_two_are_told_with_the_third(count: int, told: int) -> None:
    paws = paws_in(rows(in_turn(count, 1.0, 0.8, WHOLE)))
    assert (len(paws), len({paw.t_s for paw in paws[:3]})) == (told, min(told, 1))


def test_a_pause_begins_another_rhythm() -> None:
    bumps = in_turn(4, 1.0, 0.8, WHOLE)
    later = [(begins_s + 12, lasts_s, adds) for begins_s, lasts_s, adds in bumps]
    cadences = [paw.cadence_per_min for paw in paws_in(rows([*bumps, *later]))]
    assert [cadence is None for cadence in cadences] == [True, False, False, False] * 2


def test_presses_too_far_apart_are_no_rhythm() -> None:
    assert paws_in(rows(in_turn(6, 6.0, 0.8, WHOLE))) == []


# -- how they are told --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_hz", [25, 50, 100])
def test_a_paw_tells_when_and_how_it_was(rate_hz: float) -> None:
    *_, paw = paws_in(rows(in_turn(8, 1.0, 0.8, HEEL, FINGERS), rate_hz=rate_hz))
    assert (paw.began_s, paw.peak_s, paw.pad, paw.peak_newton, paw.rise_newton_per_s) == (
        pytest.approx(8.08, abs=0.02),
        pytest.approx(8.4, abs=0.03),
        "fingers",
        pytest.approx(3, abs=0.05),
        # 70 % of 3 N in half of the 0.4 s up.
        pytest.approx(10.5, rel=0.05),
    )
    assert (paw.cadence_per_min, paw.evenness) == (pytest.approx(60, rel=0.02), pytest.approx(1, abs=0.05))
    assert paw.t_s == pytest.approx(8.6, abs=0.1)


def test_the_rise_does_not_mind_a_wobble_on_a_flat_top() -> None:
    flat = [(0.0, 0.0), (0.2, 4.0), (0.4, 3.7), (0.6, 4.05), (0.7, 4.0), (0.9, 0.0), (1.2, 0.0)]
    read: Rows = []
    for i in range(300):
        part = i / 50 % 1.2
        (t0, f0), (t1, f1) = next(pair for pair in pairwise(flat) if part <= pair[1][0] + 1e-9)
        read.append((i / 50, (f0 + (f1 - f0) * (part - t0) / (t1 - t0), 0.0, 0.0)))
    assert {round(paw.rise_newton_per_s) for paw in paws_in(read)} == {20}


def test_hard_and_quick_paws_are_told_not_lost() -> None:
    paws = paws_in(rows(in_turn(6, 0.7, 0.3, (40.0, 20.0, 15.0))))
    assert [(paw.peak_newton > 72, paw.rise_newton_per_s > 200) for paw in paws] == [(True, True)] * 6


def test_a_step_between_two_readings_has_a_rise_that_is_a_number() -> None:
    read: Rows = [(i / 50, (4.0 if i % 50 < 20 else 0.0, 0.0, 0.0)) for i in range(300)]
    assert [paw.rise_newton_per_s for paw in paws_in(read[30:])] == [pytest.approx(200)] * 5


def test_a_single_pause_does_not_change_the_cadence() -> None:
    bumps = in_turn(12, 1.0, 0.8, WHOLE)
    bumps = [(begins_s + (3 if i >= 6 else 0), lasts_s, adds) for i, (begins_s, lasts_s, adds) in enumerate(bumps)]
    cadences = [paw.cadence_per_min for paw in paws_in(rows(bumps))][1:]
    assert cadences == [pytest.approx(60, rel=0.03)] * 11


@pytest.mark.parametrize(
    ("every_s", "newtons", "evenness"),
    [
        ((1.0, 1.0), (3.0, 3.0), 1.0),
        ((0.8, 1.2), (3.0, 3.0), 0.79),
        ((1.0, 1.0), (2.4, 2.4, 3.6, 3.6), 0.78),
        ((0.4, 3.6), (3.0, 3.0), 0.05),
        ((0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 4.8), (3.0, 3.0), 0.0),
    ],
    ids=["even", "limping", "weak and strong", "in pairs", "with one long pause"],
)
def test_evenness_is_what_intervals_and_peaks_leave_of_one(
    every_s: Sequence[float], newtons: Sequence[float], evenness: float
) -> None:
    begins_s, bumps = 1.0, []
    for i in range(24):
        bumps.append((begins_s, 0.3, (newtons[i % len(newtons)], 0.0, 0.0)))
        begins_s += every_s[i % len(every_s)]
    paws = paws_in(rows(bumps))
    assert [paw.evenness is None for paw in paws[:5]] == [True, True, True, False, False]
    assert min(paw.evenness or 0.0 for paw in paws[8:]) == pytest.approx(evenness, abs=0.06)


def test_a_strong_heel_and_weak_fingers_in_turn_are_even() -> None:
    *_, paw = paws_in(rows(in_turn(12, 1.0, 0.8, (6.0, 0, 0), (0, 0, 2.0))))
    assert paw.evenness == pytest.approx(1, abs=0.02)


# -- what is no paw -----------------------------------------------------------------------------------------


def held(hand: Hand, shares: Callable[[float], Sequence[float]] = lambda _: (0.45, 0.34, 0.21), seed: int = 1) -> Rows:
    """A hand's force with 3 % rms of wobble, on pads with these shares of it."""
    rng, points, segment = random.Random(seed), hand.points, 0
    waves = [(rng.uniform(0.5, 15), rng.uniform(0, 6)) for _ in range(12)]
    read: Rows = []
    for i in range(round(hand.length_s * 50)):
        t_s = i / 50
        while segment < len(points) - 2 and t_s > points[segment + 1][0]:
            segment += 1
        (t0, f0), (t1, f1) = points[segment : segment + 2]
        newton = f1 if t1 <= t0 else f0 + (f1 - f0) * (t_s - t0) / (t1 - t0)
        sway = 1 + 0.03 * math.sqrt(2 / 12) * sum(math.sin(2 * math.pi * hz * t_s + phase) for hz, phase in waves)
        read.append((t_s, tuple(round(newton * share * sway, 6) for share in shares(t_s))))
    return read


ONE_HOLD = Hand().rest(1).lean(10, over_s=3).hold(30).release(over_s=2).rest(2)
LEANING = Hand().rest(1).lean(10, over_s=3)


@pytest.mark.parametrize(
    "hand",
    [
        ONE_HOLD,
        Hand().rest(1).lean(25, over_s=6).hold(30).release(over_s=0.3).rest(2),
        Hand().rest(1).lean(1.2, over_s=1).hold(30).release(over_s=1).rest(2),
        LEANING.hold(5)
        .lean(3, 0.2)
        .hold(0.6)
        .lean(10, 0.2)
        .hold(5)
        .lean(5, 0.2)
        .hold(0.6)
        .lean(10, 0.2)
        .hold(5)
        .rest(1),
        LEANING.hold(6).release(0.3).rest(1.0).lean(10, 0.5).hold(6).release(1).rest(2),
        Hand().rest(1).lean(4, 2.6).hold(0.3).release(2.6).rest(0.5).lean(4, 2.6).release(2.6).rest(0.5).lean(4, 2.6),
    ],
    ids=["a hold", "a strong one", "a light one", "with dips", "with a re-grip", "slow touches"],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_leaning_in_and_holding_is_no_kneading(hand: Hand, seed: int) -> None:
    assert paws_in(held(hand, seed=seed)) == []


def test_weight_that_moves_between_the_pads_is_no_kneading() -> None:
    def shares(t_s: float) -> tuple[float, float, float]:
        moved = min(max((t_s % 12 - 3) / 0.5, 0.0), 1.0) - min(max((t_s % 12 - 9) / 0.5, 0.0), 1.0)
        return (0.7 - 0.6 * moved, 0.2, 0.1 + 0.6 * moved)

    assert paws_in(held(ONE_HOLD, shares)) == []


def test_brushes_are_too_light_and_clicks_too_short() -> None:
    brushes, clicks = in_turn(8, 1.0, 0.8, (0.5, 0.2, 0.0)), in_turn(8, 0.5, 0.12, (3.0, 0.0, 0.0))
    assert (paws_in(rows(brushes)), paws_in(rows(clicks, rate_hz=100))) == ([], [])


def test_fingers_that_fidget_under_a_resting_hand_are_no_paws() -> None:
    assert paws_in(rows(in_turn(8, 1.0, 0.8, (0.6, 0.0, 0.0)), (0.4, 2.0, 1.0))) == []


def test_one_reading_that_jumps_is_no_paw() -> None:
    read: Rows = [(i / 25, (5.0 if i % 25 == 10 else 0.0, 0.0, 0.0)) for i in range(200)]
    assert paws_in(read) == []


# -- trouble ------------------------------------------------------------------------------------------------

KNEADING = rows(in_turn(10, 1.0, 0.8, HEEL, FINGERS))


@pytest.mark.parametrize("hole_s", [3.05, 3.2, 3.3, 3.5, 3.6])
def test_a_paw_with_a_hole_of_100_ms_is_still_found(hole_s: float) -> None:
    assert len(paws_in([row for row in KNEADING if not hole_s <= row[0] < hole_s + 0.1])) == 10


def test_a_paw_in_which_readings_were_missing_for_longer_is_not_told() -> None:
    cut = [row for row in KNEADING if not 3.2 <= row[0] < 3.6]
    assert spotted(cut) == [paw for i, paw in enumerate(["heel", "fingers"] * 5) if i != 2]


def test_a_paw_that_has_just_ended_is_told_after_a_silence() -> None:
    # The palm stays up, so the heel's paw would have waited for it.
    read = rows(in_turn(6, 1.0, 0.8, HEEL), (0.0, 3.0, 0.0))
    cut = [row for row in read if not 6.65 <= row[0] < 7.5]
    *_, last = paws_in(cut)
    assert (last.t_s, len(paws_in(cut))) == (pytest.approx(7.5, abs=0.02), 6)


def test_a_paw_that_has_just_ended_is_told_at_the_end() -> None:
    read = rows(in_turn(6, 1.0, 0.8, HEEL), (0.0, 3.0, 0.0), until_s=6.65)
    assert (len(paws_in(read)), Paws(PADS).finish(1.0)) == (6, [])


def test_a_pad_that_fails_ends_its_paw_silently_and_the_others_go_on() -> None:
    broken: Rows = [(t_s, (None if 3.3 <= t_s < 3.5 else newtons[0], *newtons[1:])) for t_s, newtons in KNEADING]
    assert spotted(broken) == [paw for i, paw in enumerate(["heel", "fingers"] * 5) if i != 2]


def test_a_pad_that_fails_in_a_paw_of_the_whole_hand_leaves_it_to_the_others() -> None:
    read = rows(in_turn(6, 1.0, 0.8, WHOLE))
    broken: Rows = [(t_s, (None if t_s >= 3.3 else newtons[0], *newtons[1:])) for t_s, newtons in read]
    assert spotted(broken) == ["heel"] * 2 + ["palm"] * 4


def test_a_pad_that_fails_before_the_other_one_is_down_is_left_out_of_their_paw() -> None:
    bumps = [
        (begins_s + lag_s, 0.25, adds)
        for begins_s, _, _ in in_turn(6, 1.0, 0.8, WHOLE)
        for lag_s, adds in ((0, (2.0, 0, 0)), (0.12, (0, 0, 3.0)))
    ]
    broken: Rows = [(t_s, (None if 0.19 < t_s % 1 < 0.5 else newtons[0], *newtons[1:])) for t_s, newtons in rows(bumps)]
    assert [(paw.pad, round(paw.peak_newton)) for paw in paws_in(broken)] == [("fingers", 3)] * 6


def test_a_pad_that_comes_back_under_load_has_not_been_seen_rising() -> None:
    read: Rows = [(t_s, newtons if t_s >= 1.4 else (None,) * 3) for t_s, newtons in KNEADING]
    assert len(paws_in(read)) == 9


# -- the emulated hands and the whole way -------------------------------------------------------------------


@pytest.mark.parametrize(("name", "paws"), [("kneading", 24), ("catlike", 40), ("gentle", 0), ("hasty", 0)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_paws_of_an_emulated_hand_are_those_of_its_script(name: str, paws: int, seed: int) -> None:
    hand = make_hand(name, seed)
    read: Rows = [(i / 50, hand.force_newton(i / 50)) for i in range(round(hand.length_s * 50))]
    assert spotted(read) == ["heel", "fingers"] * (paws // 2)


def test_a_session_says_its_paws_in_time_and_with_the_glove_s_pads() -> None:
    hand = Hand().rest(1)
    for _ in range(6):
        hand = hand.bump(4, over_s=1.2)
    inputs = spoil(hand.rest(1).readings(wobble=0.4), "palm", 0.0, 4.5)
    session, said = new_session(), []
    for item in inputs:
        said += [event for event in session.feed(item) if type(event).__name__ == "PawSeen"]
    assert [(paw.pad, round(paw.peak_newton)) for paw in said] == [("heel", 4)] * 3 + [("heel", 3)] * 3
    assert all(isinstance(item, Reading) for item in inputs)


# -- whatever a hand does -----------------------------------------------------------------------------------


@PROPERTY
@given(
    every_s=st.floats(0.67, 2.0),
    lasts_s=st.floats(0.3, 1.2),
    newton=st.floats(2, 8),
    rate_hz=st.sampled_from([25, 40, 50, 100]),
    wobble=st.floats(0, 0.03),
    jitter_s=st.floats(0, 0.008),
    alternating=st.booleans(),
)
def test_as_many_paws_as_were_pressed_at_any_rate(
    every_s: float, lasts_s: float, newton: float, rate_hz: float, wobble: float, jitter_s: float, alternating: bool
) -> None:
    shapes = [(newton, 0, 0), (0, 0, newton)] if alternating else [(0.45 * newton, 0.35 * newton, 0.2 * newton)]
    bumps = in_turn(5, every_s, min(lasts_s, 0.95 * every_s), *shapes)
    paws = paws_in(rows(bumps, rate_hz=rate_hz, wobble=wobble, jitter_s=jitter_s))
    assert len(paws) == 5
    assert paws[-1].cadence_per_min == pytest.approx(60 / every_s, rel=0.12)


@PROPERTY
@given(factor=st.floats(0.5, 5), shift_s=st.integers(0, 10_000))
def test_a_hand_as_strong_again_or_later_kneads_alike(factor: float, shift_s: int) -> None:
    read: Rows = [(t_s + shift_s, tuple((n or 0.0) * factor for n in newtons)) for t_s, newtons in KNEADING]
    wanted = [
        replace(
            paw,
            t_s=pytest.approx(paw.t_s + shift_s),
            began_s=pytest.approx(paw.began_s + shift_s),
            peak_s=pytest.approx(paw.peak_s + shift_s),
            peak_newton=pytest.approx(paw.peak_newton * factor),
            rise_newton_per_s=pytest.approx(paw.rise_newton_per_s * factor, rel=1e-3),
            cadence_per_min=None if paw.cadence_per_min is None else pytest.approx(paw.cadence_per_min, rel=1e-3),
            evenness=None if paw.evenness is None else pytest.approx(paw.evenness, abs=1e-3),
        )
        for paw in paws_in(KNEADING)
    ]
    assert paws_in(read) == wanted


@STORIES
@given(
    moves=st.lists(
        st.tuples(st.floats(0.005, 0.4), *[st.one_of(st.none(), st.floats(0, 30))] * 3), min_size=3, max_size=300
    )
)
def test_whatever_the_pads_say_a_paw_is_made_of_numbers(moves: list[tuple[float, ...]]) -> None:
    read: Rows = []
    t_s = 0.0
    for step_s, *newtons in moves:
        t_s = round(t_s + step_s, 6)
        read.append((t_s, tuple(newtons)))
    for paw in paws_in(read):
        assert 0 <= paw.began_s <= paw.peak_s <= paw.t_s <= t_s
        assert 0.8 <= paw.peak_newton <= 90
        assert 0 < paw.rise_newton_per_s < 1e4
        assert paw.cadence_per_min is None or 0 < paw.cadence_per_min < 1e4
        assert paw.evenness is None or 0 <= paw.evenness <= 1

"""What a hand did, told as presses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.press import HoldBegan, LetGo, PressBegan, PressEnded, PressEvent
from tests.story import STORIES, Hand, drop, sense, silence, spoil


def names(events: list[PressEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def ended(events: list[PressEvent]) -> list[PressEnded]:
    return [event for event in events if isinstance(event, PressEnded)]


def only(events: list[PressEvent]) -> PressEnded:
    (press,) = ended(events)
    return press


ONE_HOLD = Hand().rest(1).lean(10, over_s=3).hold(12).release(over_s=2).rest(3)
WHOLE = ["PressBegan", "HoldBegan", "LetGo", "PressEnded"]


# -- contact ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hand", "told"),
    [
        (Hand().rest(1).lean(0.7, 0).hold(2).rest(1), []),
        (Hand().rest(1).lean(1.5, 0).hold(0.03).rest(1), []),
        (Hand().rest(1).lean(1.5, 0).hold(0.3).rest(1), ["PressBegan", "LetGo", "PressEnded"]),
    ],
    ids=["a brush", "a tap of 30 ms", "a touch"],
)
def test_contact_is_0_8_n_for_50_ms(hand: Hand, told: list[str]) -> None:
    assert names(sense(hand.readings(rate_hz=100))) == told


@pytest.mark.parametrize(
    ("to", "for_s", "presses"),
    [(0.6, 1.0, 1), (0.2, 0.06, 1), (0.2, 0.3, 2)],
    ids=["lighter, but there", "gone for a blink", "gone"],
)
def test_contact_ends_below_0_4_n_for_100_ms(to: float, for_s: float, presses: int) -> None:
    hand = Hand().rest(1).lean(2, 0).hold(1).lean(to, 0).hold(for_s).lean(2, 0).hold(1).rest(1)
    assert len(ended(sense(hand.readings(rate_hz=100)))) == presses


def test_a_press_began_when_the_hand_came_not_when_we_were_sure() -> None:
    began, *_ = sense(Hand().rest(1).lean(5, 0).hold(1).rest(1).readings())
    assert began == PressBegan(1.08, 1.02)


def test_kneading_is_one_press_a_paw() -> None:
    hand = Hand().rest(1)
    for _ in range(6):
        hand = hand.bump(4, over_s=1.5).rest(0.4)
    assert names(sense(hand.rest(1).readings())) == ["PressBegan", "LetGo", "PressEnded"] * 6


# -- stillness ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wobble", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("newton_per_s", [4.0, 2.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hold_counts_from_the_moment_of_stillness(newton_per_s: float, wobble: float, seed: int) -> None:
    lean_s = 10 / newton_per_s
    hand = Hand().rest(1).lean(10, over_s=lean_s).hold(10).release(over_s=1.5).rest(3)
    press = only(sense(hand.readings(wobble=wobble, seed=seed)))
    still_since_s = press.began_s + press.lean_in_s
    assert (still_since_s, press.held_s) == (pytest.approx(1 + lean_s, abs=0.5), pytest.approx(10, abs=0.8))


def test_the_hold_is_told_within_2_3_s_of_stillness() -> None:
    (hold,) = [event for event in sense(ONE_HOLD.readings(wobble=0.4)) if isinstance(event, HoldBegan)]
    assert 4 < hold.t_s <= 6.3


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_hand_that_trembles_is_still_a_hold(seed: int) -> None:
    events = sense(ONE_HOLD.readings(wobble=1.0, seed=seed))
    assert (names(events), only(events).held_s) == (WHOLE, pytest.approx(12, abs=0.8))


@pytest.mark.parametrize("over_s", [3.0, 4.0, 6.0])
def test_one_smooth_wave_is_no_hold(over_s: float) -> None:
    press = only(sense(Hand().rest(1).bump(10, over_s).rest(3).readings()))
    assert press.held_s is None


def test_a_slow_lean_in_is_not_yet_a_hold() -> None:
    (hold,) = [
        event
        for event in sense(Hand().rest(1).lean(12, over_s=12).hold(6).release(1).rest(3).readings())
        if isinstance(event, HoldBegan)
    ]
    assert hold.still_since_s == pytest.approx(13, abs=1)


@pytest.mark.parametrize("to", [8.5, 7.0, 13.0], ids=["sag of 15 %", "sag of 30 %", "climb of 30 %"])
def test_a_slow_sag_or_climb_over_40_s_is_one_full_hold(to: float) -> None:
    hand = Hand().rest(1).lean(10, over_s=3).lean(to, over_s=40).release(1.5).rest(3)
    events = sense(hand.readings(rate_hz=25, wobble=0.4))
    assert (names(events), only(events).held_s) == (WHOLE, pytest.approx(40, abs=0.8))


@pytest.mark.parametrize("to", [5.0, 14.0], ids=["lighter", "deeper"])
def test_a_dip_of_a_second_and_a_half_does_not_end_a_hold(to: float) -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(8).lean(to, 0.2).hold(1.1).lean(10, 0.2).hold(8).release(1.5).rest(3)
    assert only(sense(hand.readings())).held_s == pytest.approx(17.5, abs=0.8)


def test_another_force_for_longer_is_another_hold_and_the_longer_one_counts() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(12).lean(5, over_s=1).hold(6).release(1).rest(3)
    events = sense(hand.readings())
    settled = [event.still_since_s for event in events if isinstance(event, HoldBegan)]
    assert settled == pytest.approx([4, 17], abs=0.3)
    assert (only(events).held_s, only(events).lean_in_s) == (pytest.approx(12, abs=0.5), pytest.approx(3, abs=0.3))


def test_the_second_hold_may_be_the_longer_one() -> None:
    hand = Hand().rest(1).lean(5, over_s=2).hold(6).lean(10, over_s=2).hold(12).release(1).rest(3)
    press = only(sense(hand.readings()))
    assert (press.held_s, press.lean_in_s) == (pytest.approx(12, abs=0.5), pytest.approx(9.7, abs=0.2))


def test_a_hand_that_slides_away_held_until_it_left_its_level() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(12).release(over_s=8).rest(3)
    assert only(sense(hand.readings())).held_s == pytest.approx(12, abs=1.5)


# -- letting go and coming back -----------------------------------------------------------------------------


def test_a_press_tells_how_it_was() -> None:
    press = only(sense(ONE_HOLD.readings()))
    assert (
        press.began_s,
        press.peak_newton,
        press.mean_newton,
        press.lean_in_s,
        press.rise_newton_per_s,
        press.release_newton_per_s,
        press.held_s,
    ) == (
        pytest.approx(1.25, abs=0.05),
        pytest.approx(10, abs=0.15),
        pytest.approx(8.7, abs=0.3),
        pytest.approx(2.75, abs=0.3),
        pytest.approx(3.3, abs=0.4),
        pytest.approx(5.0, abs=0.5),
        pytest.approx(12, abs=0.3),
    )


def test_a_deep_dip_with_lost_contact_is_one_press_and_the_gap_does_not_count() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(8).release(0.3).rest(1.2).lean(10, 0.5).hold(6).release(1.5).rest(3)
    events = sense(hand.readings())
    assert (names(events), only(events).held_s) == (
        ["PressBegan", "HoldBegan", "LetGo", "LetGo", "PressEnded"],
        pytest.approx(14, abs=0.8),
    )


def test_a_hand_gone_for_two_and_a_half_seconds_is_two_presses() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(8).release(0.3).rest(2.5).lean(10, 2.5).hold(6).release(1.5).rest(3)
    events = sense(hand.readings())
    assert (names(events), [press.held_s for press in ended(events)]) == (
        WHOLE * 2,
        [pytest.approx(8, abs=0.5), pytest.approx(6, abs=0.5)],
    )


def test_a_press_is_told_2_s_after_letting_go() -> None:
    events = sense(ONE_HOLD.readings())
    (let_go,) = [event for event in events if isinstance(event, LetGo)]
    assert only(events).t_s - let_go.t_s == pytest.approx(1.95, abs=0.1)


def test_a_touch_is_over_when_it_is_let_go() -> None:
    events = sense(Hand().rest(1).lean(5, over_s=1).hold(1).release(0.5).rest(1).readings())
    assert [event.t_s for event in events[-2:]] == [events[-1].t_s] * 2


def test_a_brush_while_waiting_is_no_return() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(8).release(0.3).rest(0.5).lean(0.6, 0).hold(1).rest(3)
    assert names(sense(hand.readings())) == WHOLE


def test_a_return_without_stillness_adds_nothing() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(8).release(0.3).rest(1).lean(10, 0.5).release(0.5).rest(3)
    assert only(sense(hand.readings())).held_s == pytest.approx(8, abs=0.5)


def test_two_returns_gather_what_was_held_before() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(6)
    for _ in range(2):
        hand = hand.release(0.3).rest(1).lean(10, 0.5).hold(6)
    assert only(sense(hand.release(1).rest(3).readings())).held_s == pytest.approx(18, abs=1.2)


# -- trouble ------------------------------------------------------------------------------------------------


def test_a_press_that_the_end_finds_under_way_was_never_let_go() -> None:
    press = only(sense(Hand().rest(1).lean(10, over_s=3).hold(8).readings()))
    assert (press.held_s, press.release_newton_per_s) == (pytest.approx(8, abs=0.5), None)


def test_nothing_pressed_is_nothing_told() -> None:
    assert sense(Hand().rest(3).readings()) == []


def test_a_second_without_readings_in_a_hold_is_a_dip() -> None:
    assert only(sense(drop(ONE_HOLD.readings(), 8, 9))).held_s == pytest.approx(12, abs=0.5)


@pytest.mark.parametrize("edit", [drop, silence])
def test_a_silence_of_5_s_ends_the_press_and_is_not_held(edit) -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(20).release(over_s=2).rest(3)
    events = sense(edit(hand.readings(), 10, 15))
    assert [press.held_s for press in ended(events)] == [pytest.approx(6, abs=0.5), pytest.approx(9, abs=0.5)]


def test_all_wires_cut_end_the_press_where_they_were_cut() -> None:
    inputs = ONE_HOLD.readings()
    for pad in ("heel", "palm", "fingers"):
        inputs = spoil(inputs, pad, 0.0, 10)
    events = sense(inputs)
    assert (names(events), only(events).held_s) == (
        ["PressBegan", "HoldBegan", "PressEnded"],
        pytest.approx(6, abs=0.5),
    )


def test_a_wire_that_chatters_in_a_hold_is_a_dip() -> None:
    events = sense(spoil(ONE_HOLD.readings(), "heel", 0.0, 9, 10))
    assert (names(events), only(events).held_s) == (WHOLE, pytest.approx(12, abs=0.5))


def test_a_wire_cut_in_a_hold_does_not_end_the_press() -> None:
    hand = Hand().rest(1).lean(10, over_s=3).hold(20).release(over_s=2).rest(3)
    events = sense(spoil(hand.readings(), "fingers", 0.0, 10))
    # Another set of pads is another scale: the hold begins anew on what is left; the hand never went away.
    assert names(events) == ["PressBegan", "HoldBegan", "HoldBegan", "LetGo", "PressEnded"]


# -- whatever a hand does -----------------------------------------------------------------------------------

MOVES = st.lists(st.tuples(st.floats(0, 20), st.floats(0, 3), st.floats(0, 5)), min_size=1, max_size=8)


@STORIES
@given(moves=MOVES, seed=st.integers(0, 99))
def test_presses_begin_and_end_in_turn_and_hold_no_longer_than_they_last(
    moves: list[tuple[float, float, float]], seed: int
) -> None:
    hand = Hand().rest(0.5)
    for newton, lean_s, hold_s in moves:
        hand = hand.lean(newton, lean_s).hold(hold_s)
    events = sense(hand.rest(3).readings(rate_hz=25, wobble=0.4, seed=seed))
    brackets = [name for name in names(events) if name in {"PressBegan", "PressEnded"}]
    assert brackets == ["PressBegan", "PressEnded"] * (len(brackets) // 2)
    for press in ended(events):
        assert 0 <= press.mean_newton <= press.peak_newton
        assert (press.held_s or 0.0) <= press.t_s - press.began_s
        assert press.lean_in_s <= press.t_s - press.began_s

"""Mama's and the partner's words, from levels that bounce as real contacts do."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware.buttons import MamasButton, PartnersButton

# (from, to) in seconds while the finger is on the button.
Presses = list[tuple[float, float]]
Button = MamasButton | PartnersButton


def heard(button: Button, presses: Presses, *, poll_s: float = 0.01, open_s: Presses | None = None) -> list[str]:
    """Poll a button and return what it said, as "word at seconds"; contacts are open in `open_s`, bouncing."""

    def within(t_s: float, spans: Presses) -> bool:
        return any(begin <= t_s < end for begin, end in spans)

    said = []
    for t_s in _polls(poll_s, presses[-1][1] + 2.0):
        down = within(t_s, presses) != within(t_s, open_s or [])
        word = button.feed(t_s, down)
        if word is not None:
            said.append(f"{word} at {t_s:.2f}")
    return said


def _polls(poll_s: float, end_s: float) -> Iterator[float]:
    yield from (round(i * poll_s, 6) for i in range(int(end_s / poll_s)))


def test_down_is_too_much_at_once() -> None:
    assert heard(MamasButton(), [(1.0, 1.25)]) == ["too_much at 1.00"]


def test_a_second_press_soon_after_is_just_right() -> None:
    assert heard(MamasButton(), [(1.0, 1.2), (1.7, 1.9)]) == ["too_much at 1.00", "just_right at 1.70"]


def test_a_second_press_later_is_too_much_again() -> None:
    assert heard(MamasButton(), [(1.0, 1.2), (2.0, 2.2)]) == ["too_much at 1.00", "too_much at 2.00"]


def test_who_taps_three_times_means_too_much() -> None:
    taps = [(1.0, 1.2), (1.5, 1.7), (2.0, 2.2)]
    assert heard(MamasButton(), taps)[1:] == ["just_right at 1.50", "too_much at 2.00"]


def test_held_for_a_second_is_stop_and_only_once() -> None:
    assert heard(MamasButton(), [(1.0, 6.0)]) == ["too_much at 1.00", "stop at 2.00"]


def test_held_again_is_stop_again() -> None:
    assert heard(MamasButton(), [(1.0, 2.5), (5.0, 6.5)]) == [
        "too_much at 1.00",
        "stop at 2.00",
        "too_much at 5.00",
        "stop at 6.00",
    ]


def test_the_second_press_held_is_stop_too() -> None:
    assert heard(MamasButton(), [(1.0, 1.2), (1.5, 3.0)])[-1] == "stop at 2.50"


def test_what_follows_a_stop_is_no_just_right() -> None:
    assert heard(MamasButton(), [(1.0, 2.5), (2.8, 3.0)])[-1] == "too_much at 2.80"


def test_up_for_30_ms_is_up_and_down_0_6_s_later_is_soon() -> None:
    """Times around 0, where both borders are exact in binary."""
    button = MamasButton()
    levels = ((-0.5, True), (-0.03, False), (0.0, False), (0.6, True))
    assert [button.feed(t_s, down) for t_s, down in levels] == ["too_much", None, None, "just_right"]


def test_a_cut_wire_from_the_start_is_a_press() -> None:
    assert heard(MamasButton(), [(0.0, 3.0)]) == ["too_much at 0.00", "stop at 1.00"]


def test_partner_pressed_and_let_go_is_next() -> None:
    assert heard(PartnersButton(), [(1.0, 1.3)]) == ["next at 1.33"]


def test_partner_held_for_a_second_is_end_and_not_next() -> None:
    assert heard(PartnersButton(), [(1.0, 3.0)]) == ["end at 2.00"]


def test_after_an_end_that_nobody_took_the_partner_can_go_on() -> None:
    assert heard(PartnersButton(), [(1.0, 3.0), (4.0, 4.3)]) == ["end at 2.00", "next at 4.33"]


def test_partner_can_go_on_twice() -> None:
    assert heard(PartnersButton(), [(1.0, 1.3), (1.5, 1.8)]) == ["next at 1.33", "next at 1.83"]


# Contacts open and close for up to 20 ms after each edge, at any phase of the polling.
BOUNCES = st.lists(st.tuples(st.floats(0, 0.019), st.floats(0.001, 0.02)), max_size=6)


@pytest.mark.parametrize("poll_s", [0.01, 0.02])
@settings(derandomize=True, deadline=None, max_examples=200)
@given(begin_s=st.floats(0.1, 0.2), lasts_s=st.floats(0.1, 0.9), down=BOUNCES, up=BOUNCES)
def test_bounces_make_no_second_word(
    poll_s: float, begin_s: float, lasts_s: float, down: list[tuple[float, float]], up: list[tuple[float, float]]
) -> None:
    end_s = begin_s + lasts_s
    bounces = [
        (edge + after_s, min(edge + after_s + open_s, edge + 0.02))
        for edge, all_of_it in ((begin_s, down), (end_s, up))
        for after_s, open_s in all_of_it
    ]
    words = [
        [said.split()[0] for said in heard(button, [(begin_s, end_s)], poll_s=poll_s, open_s=bounces)]
        for button in (MamasButton(), PartnersButton())
    ]
    assert words == [["too_much"], ["next"]]


def test_a_press_that_ended_the_last_session_does_not_begin_the_next() -> None:
    assert heard(PartnersButton(), [(0.0, 3.0), (5.0, 5.2)]) == ["next at 5.23"]

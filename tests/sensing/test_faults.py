"""The faults that no single reading shows, each by its own history; as parts of a pad they are told in test_pads."""

from math import inf

import pytest

from sensing.faults import Repeats, Silence, Wire

# -- a sensor that hangs ------------------------------------------------------------------------------------


def hangs_at(rate_hz: float, newton: float = 5.0, volts: tuple[float, ...] = (1.0,)) -> int | None:
    """Return the reading, counted from 1, at which a pad hangs that reads these volts and then repeats the last."""
    repeats = Repeats()
    for i in range(300):
        if repeats.feed(i / rate_hz, volts[min(i, len(volts) - 1)], newton):
            return i + 1
    return None


@pytest.mark.parametrize(("rate_hz", "reading"), [(40, 50), (50, 51), (100, 101)])
def test_fifty_equal_readings_that_take_a_second_are_a_sensor_that_hangs(rate_hz: float, reading: int) -> None:
    assert hangs_at(rate_hz) == reading


@pytest.mark.parametrize(("rate_hz", "reading"), [(40, 130), (50, 131), (100, 181)])
def test_every_reading_that_differs_begins_the_second_anew(rate_hz: float, reading: int) -> None:
    alive = tuple(1.0 + i % 2 for i in range(81))
    assert hangs_at(rate_hz, volts=alive) == reading


@pytest.mark.parametrize(("newton", "reading"), [(1.0, None), (1.1, 51)])
def test_a_pad_that_bears_a_newton_or_less_may_rest(newton: float, reading: int | None) -> None:
    assert hangs_at(50, newton) == reading


# -- a wire that is loose -----------------------------------------------------------------------------------


def loose_at(*breaks: tuple[float, float]) -> list[bool]:
    """Let a wire break from and to these times; return whether it is loose after each break."""
    wire, told = Wire(), []
    for from_s, to_s in breaks:
        wire.breaks(from_s)
        wire.heals(to_s)
        told.append(wire.is_loose)
    return told


def test_three_breaks_within_a_minute_are_a_loose_wire_and_it_stays_so() -> None:
    assert loose_at((10, 11), (30, 31), (70, 71), (400, 401)) == [False, False, True, True]
    assert loose_at((10, 11), (30, 31), (70.02, 71)) == [False, False, False]


def test_any_three_that_follow_each_other_count() -> None:
    assert loose_at((10, 11), (60, 61), (80, 81), (100, 101)) == [False, False, False, True]


def test_what_breaks_again_within_100_ms_is_the_same_break() -> None:
    assert loose_at((0.05, 0.1), (0.2, 0.22), (0.35, 0.37))[-1]
    assert not loose_at((1, 1.02), (1.1, 1.12), (1.2, 1.22), (1.3, 1.32))[-1]


def test_a_break_at_the_very_start_is_one() -> None:
    assert loose_at((0.06, 1), (2, 3), (4, 5)) == [False, False, True]


# -- a pad that feels nothing -------------------------------------------------------------------------------

NEVER = (-inf, -inf, -inf)


def silent_at(newton: tuple[float | None, ...], every_s: float = 0.5, within_s: float = 200.0) -> float | None:
    """Return when the last pad is silent that never feels anything, looked at from time to time."""
    silence = Silence(len(newton))
    for look in range(1, round(within_s / every_s)):
        if silence.look(look * every_s, newton, NEVER[: len(newton)])[-1:] == [len(newton) - 1]:
            return look * every_s
    return None


@pytest.mark.parametrize("newton", [(2.0, 2.0, 0.0), (0.5, 2.5, 0.0), (1.6, 1.5, 0.49)])
def test_a_pad_is_silent_after_a_minute_in_which_all_others_were_at_work(newton: tuple[float, ...]) -> None:
    # What it bears below half a newton without a touch is noise.
    assert silent_at(newton) == 60.0


@pytest.mark.parametrize(
    "newton", [(0.49, 9.0, 0.0), (1.5, 1.4996, 0.0), (2.0, None, 0.0), (2.0, 2.0, None), (9.0, 0.0), (2.0, 2.0, 0.5)]
)
def test_less_is_no_work(newton: tuple[float | None, ...]) -> None:
    assert silent_at(newton) is None


def test_a_hole_in_the_readings_counts_as_hardly_more_than_a_look() -> None:
    # 86 looks of 0.7 s are a minute.
    assert silent_at((2.0, 2.0, 0.0), every_s=2.0) == 172.0


def test_work_is_looked_at_twice_a_second() -> None:
    silence = Silence(3)
    first_s = silence.looks_at_s
    silence.look(7.3, (0.0, 0.0, 0.0), NEVER)
    assert (first_s, silence.looks_at_s) == (0.5, 7.8)


def test_a_touch_since_the_last_look_begins_the_minute_anew() -> None:
    silence, silent = Silence(3), []
    for look in range(1, 260):
        t_s = look * 0.5
        touched_s = 30.0 if t_s >= 30 else -inf
        if silence.look(t_s, (2.0, 2.0, 0.0), (t_s, t_s, touched_s)):
            silent.append(t_s)
    # Touched at the very moment of a look, it is heard at that look and at the next.
    assert silent[0] == 90.5

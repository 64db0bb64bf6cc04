"""At the start: dark until the first good sweep, then each light once and a soft tone, and never over a warning."""

import pytest

from coach.cues import DARK, Levels, Look
from coach.greeting import EACH_S, GREETS_S, greeting
from coach.plan import FREE
from sensing.pads import PadRules
from tests.story import CUT_U, Hand, Told, drop, run, spoil


def lit(told: Told, to_s: float = 10.0) -> list[str]:
    """What was lit, one after the other."""
    names: list[str] = []
    for t_s, levels in told.levels:
        now = "+".join(name for name in ("green", "amber", "blue", "red") if getattr(levels, name))
        now += "tone" if levels.tone_hz and not now else ""
        if t_s <= to_s and now and names[-1:] != [now]:
            names.append(now)
    return names


def test_each_light_is_lit_once_then_a_tone_and_it_takes_less_than_two_seconds() -> None:
    told = run(Hand().rest(5).readings())
    assert lit(told) == ["green", "amber", "blue", "red", "tone"]
    assert {levels for t_s, levels in told.levels if t_s > GREETS_S} == {DARK}
    assert GREETS_S < 2


def test_it_is_dark_until_the_first_good_sweep() -> None:
    told = run(drop(Hand().rest(9).readings(), 0, 0.16))
    assert {levels for t_s, levels in told.levels if t_s < 0.16} == {DARK}
    assert lit(told) == ["green", "amber", "blue", "red", "tone"]


def test_a_sweep_with_a_pad_that_is_not_there_is_no_good_one() -> None:
    told = run(spoil(Hand().rest(3).readings(), "palm", CUT_U, 0.0, 0.04))
    green = [t_s for t_s, levels in told.levels if levels.green]
    assert (green[0], green[-1]) == (0.04, pytest.approx(0.04 + EACH_S, abs=0.021))


def test_a_glove_that_is_broken_from_the_start_shows_that_and_greets_nobody() -> None:
    told = run(spoil(Hand().rest(5).readings(), "palm", CUT_U, 0.0))
    assert lit(told) == ["amber"]


def test_a_glove_that_breaks_while_it_greets_goes_dark_and_says_so() -> None:
    told = run(spoil(Hand().rest(5).readings(), "palm", CUT_U, EACH_S / 2))
    assert lit(told) == ["green", "amber"]
    assert all(levels.amber and not levels.green for t_s, levels in told.levels if 0.6 < t_s < 5)


def test_a_warning_comes_first() -> None:
    told = run(Hand().lean(FREE.ceiling_newton + 5, over_s=0.3).hold(3).readings())
    assert {levels.green for t_s, levels in told.levels if 0.5 < t_s < 3} == {False}
    assert any(levels.red for t_s, levels in told.levels if 0.5 < t_s < 1.0)


def test_before_and_after_there_is_nothing() -> None:
    assert (greeting(0.0), greeting(GREETS_S - 0.01).tone_hz, greeting(GREETS_S)) == (Levels(green=True), 523.0, DARK)


def test_its_first_light_lasts_as_long_as_the_others_though_the_first_sweep_was_late() -> None:
    told = run(drop(Hand().rest(3).readings(), 0, 0.16))
    green = [t_s for t_s, levels in told.levels if levels.green]
    assert (green[0], green[-1]) == (0.16, 0.5)


def test_a_session_that_ends_while_it_greets_is_dark() -> None:
    told = run(Hand().rest(0.5).readings())
    assert lit(told) == ["green", "amber"]


def test_a_greeting_is_dark_without_readings_before_anybody_is_told() -> None:
    told = run(drop(Hand().rest(3).readings(), 0.1, 3))
    # Nothing is said of it for 200 ms, but no light may be taken for a good one either.
    assert {levels for t_s, levels in told.levels if 0.19 < t_s < 0.27} == {DARK}


def test_pads_that_need_no_press_are_watched_from_the_first_reading() -> None:
    told = run(Hand().rest(3).readings(), rules=PadRules(verified=True))
    assert told.shown(Look.WATCHING) == [(0.0, 3.0)]

"""The two sentences at the foot of the page."""

from typing import Any

import pytest

from coach.verdict import minutes, verdict_on

# A good session, from which each story differs a little.
GOOD: dict[str, Any] = {
    "presses": 6,
    "slow": 6,
    "full_holds": 4,
    "longest_s": 44.0,
    "early": 0,
    "too_hard": 0,
    "abrupt": 0,
    "glove_trouble": None,
    "hold_s": 30.0,
}


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ({}, "You stayed with her for 0:44, calm and steady."),
        ({"full_holds": 0}, "You leaned in softly every time."),
        ({"full_holds": 0, "slow": 4}, "You leaned in softly 4 of 6 times."),
        ({"full_holds": 0, "slow": 0}, "You found the way to her hip. Softness comes with practice."),
        ({"presses": 0, "slow": 0, "full_holds": 0, "longest_s": None}, "You made time for each other. Nothing was"),
        ({"presses": 0, "slow": 0, "full_holds": 0, "paws": 46}, "You kneaded like a cat on a pillow, 46 paws of it."),
    ],
)
def test_the_best_that_can_be_said_comes_first(story: dict[str, Any], told: str) -> None:
    assert verdict_on(**GOOD | story).went_well.startswith(told)


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ({}, "Ask her which spot felt best, and begin there."),
        ({"abrupt": 1}, "Let go as slowly as you leaned in."),
        ({"abrupt": 1, "early": 2}, "Stay a little longer: breathe together until 30 seconds are over."),
        ({"early": 2, "slow": 5}, "Take about 5 seconds for each lean-in, slower still if she is sore."),
        ({"slow": 5, "too_hard": 1}, "Lean in a little less, and ask her how it feels."),
        ({"presses": 0, "slow": 0}, "Rest the whole hand on her hip, and lean in slowly with your weight."),
        ({"presses": 0, "slow": 0, "paws": 46}, "Ask her which spot felt best, and begin there."),
        ({"one_sided": 2, "early": 2}, "Sit straight behind her, and let both hands lean in alike."),
        ({"paws": 46, "paws_quick": True, "early": 2}, "Let each paw sink in and lift more slowly, like a cat that "),
        ({"paws": 46, "paws_quick": True, "slow": 5}, "Take about 5 seconds for each lean-in"),
        ({"said_too_much": True, "glove_trouble": "heel pad open"}, "She said too much: ask her how it feels"),
        ({"said_too_much": True, "said_stop": True, "too_hard": 2}, "She said stop: ask her what was too much"),
        ({"too_hard": 1, "glove_trouble": "heel pad open"}, "Look after the glove before next time (heel pad open): "),
    ],
)
def test_only_the_most_helpful_single_thing_is_to_try(story: dict[str, Any], told: str) -> None:
    assert verdict_on(**GOOD | story).try_next.startswith(told)


def test_times_are_said_as_people_say_them() -> None:
    assert [minutes(t_s) for t_s in (0, 7.4, 59.6, 750)] == ["0:00", "0:07", "1:00", "12:30"]

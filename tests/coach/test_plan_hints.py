"""What a plan's writer may not have meant."""

from typing import Any

import pytest

from coach.plan import FREE, Plan, Spot, Step, StepKind
from coach.plan_hints import hints

PAWS = Step(StepKind.PAWS)
ALL = (PAWS, *(Step(StepKind.HOLD, spot) for spot in Spot if spot.side == "left"))


@pytest.mark.parametrize("plan", [FREE, Plan(steps=ALL), Plan(steps=(PAWS, *ALL[3:]))], ids=["free", "whole", "short"])
def test_a_usual_plan_draws_no_hint(plan: Plan) -> None:
    assert hints(plan) == []


@pytest.mark.parametrize(
    ("given", "begins"),
    [
        ({"slower_above_newton_per_s": 5.0}, "slower_above_newton_per_s is 5: pain is tested at 5 N/s"),
        ({"ceiling_newton": 21.0}, "ceiling_newton is 21: 20 is firm already"),
        ({"hold_s": 29.0}, "hold_s is 29: the technique holds for 30 s or more"),
        ({"enough_s": 61.0}, "enough_s is 61: the technique holds for up to 60 s"),
        ({"steps": (*ALL, Step(StepKind.HOLD))}, "step 7 is a hold without a spot"),
        ({"steps": (*ALL, Step(StepKind.HOLD, Spot.SIDE_LEFT, 20.0))}, "step 7 is a hold with length_s"),
        ({"steps": ALL[:-1]}, "no hold at top of leg: the whole hip"),
        ({"steps": ALL[1:]}, "it does not begin with paws"),
    ],
)
def test_what_is_worth_a_second_look_is_told_in_a_sentence(given: dict[str, Any], begins: str) -> None:
    (hint,) = hints(Plan(**given))
    assert hint.startswith(begins)

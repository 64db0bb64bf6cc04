"""A plan from a file, and the place in it."""

from typing import Literal

import pytest
from msgspec import Struct

from coach.guide import Guide
from coach.plan import FREE, Plan, Spot, Step, StepKind, for_one_glove, plan_from_toml
from coach.strict import from_plain

EVENING = """
name = "evening"
slower_above_newton_per_s = 3
ceiling_newton = 12.5

[[steps]]
kind = "paws"
length_s = 30

[[steps]]
kind = "hold"
spot = "sacrum left"
"""


def test_a_plan_is_read_as_it_is_written() -> None:
    assert plan_from_toml(EVENING, "evening.toml") == Plan(
        name="evening",
        slower_above_newton_per_s=3.0,
        ceiling_newton=12.5,
        steps=(Step(StepKind.PAWS, length_s=30.0), Step(StepKind.HOLD, Spot.SACRUM_LEFT)),
    )


def test_an_empty_file_is_the_free_session() -> None:
    assert plan_from_toml("", "free.toml") == FREE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ceiling_newtn = 12", "unknown key `ceiling_newtn` - did you mean `ceiling_newton`?"),
        ("[[steps]]\nkind = 'hold'\nspott = 'x'", "unknown key `spott` in steps[0] - did you mean `spot`?"),
        ("enogh_s = 12", "unknown key `enogh_s` - did you mean `enough_s`?"),
        ("zzz = 1", "unknown key `zzz` - did you mean `"),
        ("ceiling_newton = 0.5", "plan.toml: ceiling_newton is 0.5 - it must be 1 or more"),
        ("ceiling_newton = 5000", "ceiling_newton is 5000 - it must be 1000 or less"),
        ("hold_s = 0", "hold_s is 0 - it must be above 0"),
        ("hold_s = 'long'", "hold_s is `long` - it must be a number"),
        ("hold_s = true", "hold_s is true - it must be a number"),
        ("name = 3", "name is 3 - it must be text in quotes"),
        ("name = ''", "name is `` - its length must be 1 or more"),
        (f"name = '{'x' * 80}'", f"name is `{'x' * 40}...` - its length must be 60 or less"),
        ("steps = 3", "steps is 3 - it must be a list in brackets"),
        ("steps = [3]", "steps[0] is 3 - it must be a table of keys and values"),
        ("[[steps]]\nkind = 'sleep'", "steps[0].kind is `sleep` - it is one of paws, ask, hold, rest"),
        (
            "[[steps]]\nkind = 'hold'\nspot = 'nose'",
            "steps[0].spot is `nose` - it is one of sacrum left, sacrum right, crest left, crest right, middle left, ",
        ),
        ("position = 'standing'", "position is `standing` - it is one of seated, side-lying"),
        (f"[[steps]]\nkind = 'ask'\nsay = '{'x' * 161}'", "...` - its length must be 160 or less"),
        ("[[steps]]\nspot = 'sacrum left'", "steps[0]: `kind` is missing - add it"),
        ("hold_s = 90", "enough_s is 60 and hold_s is 90; enough_s must not be shorter - raise enough_s or lower"),
        ("hold_s = ", "plan.toml is not readable as TOML: Invalid value"),
    ],
)
def test_a_wrong_plan_is_refused_with_one_line_that_helps(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"^plan\.toml") as refusal:
        plan_from_toml(text, "plan.toml")
    message = str(refusal.value)
    assert told in message
    assert "\n" not in message


class Shelf(Struct, forbid_unknown_fields=True):
    books: dict[str, list[int | None]] = {}
    size: Literal[1, 2] = 1


def test_in_a_table_with_names_of_its_own_the_place_is_told_and_no_value() -> None:
    told = []
    for data in ({"books": {"cats": ["x"]}}, {"size": 3}, {}):
        try:
            told.append(from_plain(data, Shelf, "it"))
        except ValueError as refusal:
            told.append(str(refusal))
    assert told == ["it: books[...][0] - it must be a whole number", "it: size is 3 - it is one of 1, 2", Shelf()]


def test_what_is_no_table_at_all_is_refused_too() -> None:
    with pytest.raises(ValueError, match=r"^it: it must be a table of keys and values, not a list in brackets$"):
        from_plain([1, 2], Plan, "it")


# -- the place in the plan ----------------------------------------------------------------------------------

STEPS = Plan(
    steps=(
        Step(StepKind.PAWS, Spot.SACRUM_LEFT, length_s=10),
        Step(StepKind.HOLD, Spot.CREST_LEFT),
        Step(StepKind.REST, length_s=5),
    )
)


def walk(guide: Guide, *times: float) -> list[int]:
    """Advance at each time; return the numbers of the steps."""
    numbers = []
    for t_s in times:
        guide.advance(t_s)
        numbers.append(guide.number)
    return numbers


def test_paws_and_rest_go_by_the_clock_and_a_hold_by_the_hand() -> None:
    guide = Guide(STEPS)
    walked = walk(guide, 1, 10.9, 11, 500)
    guide.press_ended(2, None, "short")
    walked += walk(guide, 501)
    guide.press_ended(2, None, "full")
    walked += walk(guide, 502, 506.9, 507)
    assert (walked, guide.is_over, guide.step) == ([1, 1, 2, 2, 2, 3, 3, 4], True, None)


def test_a_full_hold_while_kneading_is_no_step_done() -> None:
    guide = Guide(STEPS)
    walk(guide, 0)
    guide.press_ended(1, None, "full")
    assert (guide.spot(1, None), walk(guide, 1)) == (Spot.SACRUM_LEFT, [1])


def test_the_partner_may_skip_any_step() -> None:
    guide = Guide(STEPS)
    walked = walk(guide, 0)
    for t_s in (1, 2, 3, 4):
        guide.skip()
        walked += walk(guide, t_s)
    assert (walked, guide.is_over) == ([1, 2, 3, 4, 4], True)


def test_a_free_session_has_no_steps_and_no_end() -> None:
    guide = Guide(FREE)
    guide.skip()
    guide.press_ended(guide.hold_began(), None, "full")
    assert (guide.spot(0, None), walk(guide, 0, 1e6), guide.is_over, guide.kind) == (None, [0, 0], False, None)


QUESTION = Plan(
    steps=(
        Step(StepKind.ASK),
        Step(StepKind.HOLD, Spot.CREST_LEFT),
        Step(StepKind.REST),
        Step(StepKind.PAWS),
        Step(StepKind.ASK, length_s=5),
    )
)


def test_who_begins_to_hold_has_heard_the_answer_and_who_holds_in_a_rest_before_paws_has_not_rested() -> None:
    guide = Guide(QUESTION)
    walked = walk(guide, 0, 10)
    held_in = [guide.hold_began()]
    walked += walk(guide, 11)
    guide.press_ended(2, None, "full")
    walked += walk(guide, 12)
    held_in += [guide.hold_began()]
    walked += walk(guide, 13, 72, 132, 136, 137)
    assert (held_in, walked) == ([2, 3], [1, 1, 2, 3, 3, 4, 5, 5, 6])


def test_a_question_waits_for_20_s_and_the_last_one_for_itself_alone() -> None:
    guide = Guide(QUESTION)
    walked = walk(guide, 0, 19.9, 20)
    guide.skip()
    walked += walk(guide, 21, 81, 141)
    assert (walked, guide.hold_began()) == ([1, 1, 2, 3, 4, 5], 5)


def test_where_two_hands_hold_the_step_is_done_when_both_have() -> None:
    guide = Guide(Plan(steps=(Step(StepKind.HOLD, Spot.SIDE_BOTH), Step(StepKind.REST))), hands=2)
    walked = walk(guide, 0)
    guide.press_ended(1, "left", "full")
    guide.press_ended(1, "left", "full")
    walked += walk(guide, 1)
    guide.press_ended(1, "right", "full")
    walked += walk(guide, 2)
    assert (walked, guide.spot(1, "left"), guide.spot(1, "right")) == ([1, 1, 2], Spot.SIDE_LEFT, Spot.SIDE_RIGHT)


# -- what a plan comes to -----------------------------------------------------------------------------------


def test_a_plan_knows_its_spots_and_about_how_long_it_takes() -> None:
    # 60 s of paws, 20 s of asking, and a hold of 30 s with 5 s before and 10 s around it.
    plan = Plan(
        steps=(
            Step(StepKind.PAWS, Spot.SACRUM_LEFT),
            Step(StepKind.ASK),
            Step(StepKind.HOLD, Spot.CREST_BOTH),
            Step(StepKind.HOLD, Spot.CREST_LEFT),
            Step(StepKind.HOLD),
        )
    )
    assert (plan.spots, plan.length_s) == ((Spot.CREST_LEFT, Spot.CREST_RIGHT), 60 + 20 + 3 * 45)


def test_one_hand_does_both_sides_in_turn() -> None:
    both = Plan(steps=(Step(StepKind.ASK), Step(StepKind.HOLD, Spot.SIDE_BOTH), Step(StepKind.HOLD, Spot.CREST_LEFT)))
    assert for_one_glove(both).steps == (
        Step(StepKind.ASK),
        Step(StepKind.HOLD, Spot.SIDE_LEFT),
        Step(StepKind.HOLD, Spot.SIDE_RIGHT),
        Step(StepKind.HOLD, Spot.CREST_LEFT),
    )

"""`paws plans`: the plans that come with the program, and those of its users."""

import json
from pathlib import Path

import pytest

from coach.plan import Plan, StepKind
from coach.plan_hints import hints
from firmware.plans import SHIPPED, load_plan
from tests.firmware.command import paws


@pytest.mark.parametrize("name", SHIPPED)
def test_each_plan_of_ours_is_called_by_its_name_says_what_it_is_for_and_draws_no_hint(name: str) -> None:
    plan = load_plan(name)
    assert (plan.name, bool(plan.about), hints(plan)) == (name, True, [])


def test_the_plans_of_the_whole_hip_hold_every_spot_and_the_first_one_is_shorter() -> None:
    spots = {name: len(load_plan(name).spots) for name in SHIPPED}
    assert spots == {"first-time": 3, "side-lying": 10, "seated": 10, "sore": 10, "free": 0}


def test_the_sore_plan_is_softer_and_slower_in_everything() -> None:
    usual, sore = load_plan("side-lying"), load_plan("sore")
    assert (sore.slower_above_newton_per_s, sore.ceiling_newton) == (1.5, 12.0)
    assert sore.lean_in_s > usual.lean_in_s
    assert sore.paw_ceiling_newton < usual.paw_ceiling_newton
    assert sore.paws_slower_above_newton_per_s < usual.paws_slower_above_newton_per_s


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "free"])
def test_a_plan_begins_and_ends_with_paws_and_asks_her_before_the_first_hold(name: str) -> None:
    kinds = [step.kind for step in load_plan(name).steps]
    assert (kinds[0], kinds[-1]) == (StepKind.PAWS, StepKind.PAWS)
    assert kinds.index(StepKind.ASK) < kinds.index(StepKind.HOLD)


def test_the_list_has_each_plan_with_what_it_is_for() -> None:
    told = paws("plans")
    assert [line.split()[0] for line in told.out.splitlines() if line and not line.startswith((" ", "Play"))] == list(
        SHIPPED
    )
    assert "about 12 minutes, 10 holds, side-lying" in told.out


def test_facts_are_those_of_the_file() -> None:
    listed = json.loads(paws("plans", "--json").out)
    shown = json.loads(paws("plans", "show", "sore", "--json").out)
    assert ([plan["name"] for plan in listed], shown) == (list(SHIPPED), listed[3])
    assert shown["about_s"] == pytest.approx(load_plan("sore").length_s)


def test_a_plan_is_shown_step_by_step() -> None:
    lines = paws("plans", "show", "first-time").out.splitlines()
    assert lines[:2] == [
        "first-time: The first evening with the glove: one side, three spots, a",
        "word before each.",
    ]
    assert "  3  lean in and stay at the sacrum, right" in lines
    assert max(len(line) for line in lines) <= 72


def test_a_plan_of_ones_own_begins_as_a_copy_of_ours(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(paws("plans", "show", "sore", "--toml").out, encoding="utf-8")
    assert load_plan(str(mine)) == load_plan("sore")
    assert paws("plans", "show", str(mine), "--toml").out == mine.read_text(encoding="utf-8")


def test_a_check_says_what_is_worth_a_second_look_and_an_error_what_is_wrong(tmp_path: Path) -> None:
    hasty, wrong = tmp_path / "hasty.toml", tmp_path / "wrong.toml"
    hasty.write_text("name = 'hasty'\nslower_above_newton_per_s = 6", encoding="utf-8")
    wrong.write_text("ceilng_newton = 12", encoding="utf-8")
    told = paws("plans", "check", str(hasty))
    assert (told.code, told.out.splitlines()[0]) == (0, "hasty: it works, no steps.")
    assert "pain is tested at 5 N/s" in told.out
    assert json.loads(paws("plans", "check", str(hasty), "--json").out)["hints"][0].startswith("slower_above")
    refused = paws("plans", "check", str(wrong))
    assert (refused.code, "did you mean `ceiling_newton`?" in refused.err) == (2, True)
    assert "a good plan, about 12 minutes" in paws("plans", "check", "side-lying").out


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("sro", "there is no plan `sro` - did you mean `sore`?"),
        (
            "evening",
            "there is no plan `evening` - there are first-time, side-lying, seated, sore, free, or name a file",
        ),
        ("evening.toml", "plan evening.toml does not exist - look at the name"),
    ],
)
def test_a_plan_that_is_not_there_is_one_line(named: str, told: str) -> None:
    refused = paws("demo", "--plan", named)
    assert (refused.code, refused.err.strip()) == (2, f"paws: {told}")


def test_without_a_name_the_session_is_free() -> None:
    assert load_plan(None) == load_plan("") == Plan()

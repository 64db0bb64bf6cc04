"""Every kind of input, in every step of a plan and in every phase of the hand: nothing raises, and every session ends.

`run` holds each of these sessions to its promises at every input.
"""

import random
from collections.abc import Callable
from typing import get_args

import pytest

from coach.events import Ending, StepBegan
from coach.plan import FREE, Plan, Spot, Step, StepKind
from sensing.inputs import MARK_WORDS, NOTICE_WORDS, Dropout, End, Input, Mark, MarkWord, Notice, Reading
from sensing.press import Phase
from tests.story import CURVE, Hand, drop, new_session, press, run, say

HZ = 25
# One press in all its phases, and a rest in which the partner goes on to the end of the plan.
INPUTS = Hand().rest(0.6).lean(6, over_s=1.6).hold(5.4).release(over_s=0.8).rest(8).readings(HZ)
AT_S = {Phase.AWAY: 0.4, Phase.LEAN_IN: 1.6, Phase.HOLD: 5.0, Phase.RELEASE: 9.0}
ON_S = (11.0, 11.5, 12.0, 12.5)
LASTS_S = 0.4
STOPS_BEFORE_S = 0.2

Edit = Callable[[list[Input], float], list[Input]]


def plan_of(*kinds: StepKind) -> Plan:
    steps = tuple(Step(kind, Spot.CREST_LEFT, None if kind is StepKind.HOLD else 100) for kind in kinds)
    return Plan(hold_s=4, enough_s=8, steps=steps)


# What the hand is to do; what comes after it is a rest, for a hold would begin by itself.
PLANS = {
    "free": FREE,
    **{kind.value: plan_of(kind, StepKind.REST, StepKind.PAWS) for kind in StepKind},
    "ask before a hold": plan_of(StepKind.ASK, StepKind.HOLD, StepKind.PAWS),
    "rest before a hold": plan_of(StepKind.REST, StepKind.HOLD, StepKind.PAWS),
    "stopping": plan_of(StepKind.PAWS, StepKind.HOLD),
}


def feeling(newton: float) -> Edit:
    """The pads feel this for a moment, whatever the hand does."""

    def edit(inputs: list[Input], at_s: float) -> list[Input]:
        times_s = [item.t_s for item in inputs if at_s <= item.t_s < at_s + LASTS_S]
        felt = {item.t_s: item for item in press(lambda _: newton, times_s, random.Random(1))}
        return [felt.get(item.t_s, item) for item in inputs]

    return edit


def losing(lasts_s: float) -> Edit:
    """Every sweep of a while fails."""
    return lambda inputs, at_s: drop(inputs, at_s, at_s + lasts_s)


def saying(word: MarkWord) -> Edit:
    return lambda inputs, at_s: say(inputs, (at_s, word))


def noticing(inputs: list[Input], at_s: float) -> list[Input]:
    """The computer says all that it can say of itself."""
    notices = [Notice(at_s, word) for word in NOTICE_WORDS]
    return sorted([*notices, *inputs], key=lambda item: item.t_s)


def ending(inputs: list[Input], at_s: float) -> list[Input]:
    """The input is over; whoever goes on feeding it is not heard."""
    return sorted([End(at_s, "interrupted"), *inputs], key=lambda item: item.t_s)


EDITS: dict[str, Edit] = {
    "a reading away": feeling(0.0),
    "a reading in contact": feeling(6.0),
    "a reading too hard": feeling(3 * 22.0),
    "a reading beyond the table": feeling(4 * CURVE.last_newton),
    "a dropout": losing(0.1),
    "dropouts": losing(2.5),
    **{f"the word {word}": saying(word) for word in MARK_WORDS},
    "notices": noticing,
    "an end": ending,
}


def told_until(state: str, at_s: float) -> list[Input]:
    """What comes before; where it is stopping already, the partner has said so."""
    return say(INPUTS, (at_s - STOPS_BEFORE_S, "end")) if state == "stopping" else list(INPUTS)


@pytest.mark.parametrize("state", PLANS)
@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("edit", EDITS)
def test_whatever_comes_the_session_goes_on_as_promised_and_ends(edit: str, phase: Phase, state: str) -> None:
    at_s, plan = AT_S[phase], PLANS[state]
    inputs = say(EDITS[edit](told_until(state, at_s), at_s), *((t_s, "next") for t_s in ON_S))
    told = run(inputs, plan)
    ends: Ending = "finished"
    if state == "stopping" or edit in {"the word stop", "the word end"}:
        ends = "stopped"
    elif edit == "an end":
        ends = "interrupted"
    by_itself = bool(plan.steps) or ends != "finished"
    assert (told.ending.reason, told.ending.t_s < inputs[-1].t_s) == (ends, by_itself)


@pytest.mark.parametrize("state", PLANS)
@pytest.mark.parametrize("phase", Phase)
def test_each_of_these_moments_is_what_it_is_called(phase: Phase, state: str) -> None:
    session, said = new_session(PLANS[state]), []
    for item in told_until(state, AT_S[phase]):
        if item.t_s >= AT_S[phase]:
            break
        said += session.feed(item)
    steps = [event.kind for event in said if isinstance(event, StepBegan)]
    went_on = phase in {Phase.HOLD, Phase.RELEASE} and state.endswith("before a hold")
    expected = {"free": [], "stopping": ["paws"]}.get(state, [state.split(maxsplit=1)[0], *["hold"] * went_on])
    assert (session.phase, steps, session.is_over) == (phase, expected, False)


def test_there_is_every_kind_of_input() -> None:
    seen = {type(item) for edit in EDITS.values() for item in edit(INPUTS, 1.0)}
    words = {item.word for edit in EDITS.values() for item in edit(INPUTS, 1.0) if isinstance(item, Mark | Notice)}
    assert (seen, words) == (set(get_args(Input)), {*MARK_WORDS, *NOTICE_WORDS})
    assert {Reading, Dropout, End} < seen

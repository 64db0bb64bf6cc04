"""Two hands at once, one in each glove, and what they are told."""

from collections.abc import Sequence

from coach.account import Account
from coach.cues import Look
from coach.events import PressEnded
from coach.plan import Plan, Spot, Step, StepKind
from coach.summary import Summary
from sensing.inputs import Input
from sensing.press import Phase
from tests.story import FREE, Hand, Told, both, new_session, run

HOLD_S = 31.0
GOOD = Hand().rest(1).lean(10, over_s=4).hold(HOLD_S).release(over_s=3).rest(4)
AWAY = Hand().rest(GOOD.length_s)


def left_of(hand: Hand) -> list[Input]:
    return hand.readings(wobble=0.4, seed=1)


def right_of(hand: Hand) -> list[Input]:
    return hand.readings(wobble=0.4, seed=2)


def told_of(left: Hand, right: Hand, plan: Plan = FREE) -> Told:
    return run(both(left_of(left), right_of(right)), plan)


def outcomes(told: Told) -> list[tuple[str | None, str]]:
    return [(press.side, press.outcome) for press in told.of(PressEnded)]


def is_on(told: Told, look: Look, t_s: float) -> bool:
    return any(began_s <= t_s < ended_s for began_s, ended_s in told.shown(look))


SEATED = Plan(
    hold_s=5,
    enough_s=10,
    steps=(
        Step(StepKind.HOLD, Spot.SACRUM_BOTH),
        Step(StepKind.HOLD, Spot.CREST_LEFT),
        Step(StepKind.REST, length_s=5),
    ),
)


def phases_of(inputs: Sequence[Input]) -> list[tuple[Phase, float | None, tuple[Phase, ...]]]:
    """What the hands did, each change once, without how long they held but where they begin."""
    session, seen = new_session(of_two=True), []
    for item in inputs:
        session.feed(item)
        moment = (session.phase, session.held_s and 1.0, tuple(hand.phase for hand in session.hands))
        if not seen or seen[-1] != moment:
            seen.append(moment)
    return seen


def summed_up(told: Told, plan: Plan = FREE) -> Summary:
    account = Account(plan, "", "both gloves")
    for event in told.events:
        account.feed(event)
    return account.summary()

"""What a plan's writer may not have meant: nothing of it is wrong, and all of it can be played."""

from collections.abc import Iterator

from .plan import PLACES, Plan, Spot, Step, StepKind

# Pain is tested by pressing at 5 N/s (Chesterton 2003); a plan's own limit should stay below.
PAIN_IS_TESTED_AT_NEWTON_PER_S = 5.0
# Focal massage with 20 N was already the firm one of two (Chen 2022).
FIRM_NEWTON = 20.0
# A short plan leaves spots out on purpose.
FEW_SPOTS = 3
# The technique holds for a good 30 to 60 s.
SHORTEST_HOLD_S, LONGEST_HOLD_S = 30.0, 60.0


def hints(plan: Plan) -> list[str]:
    """Return a sentence for each thing that is worth a second look."""
    return [*_limits(plan), *_steps(plan)]


def _limits(plan: Plan) -> Iterator[str]:
    limit = plan.slower_above_newton_per_s
    if limit >= PAIN_IS_TESTED_AT_NEWTON_PER_S:
        yield f"slower_above_newton_per_s is {limit:g}: pain is tested at 5 N/s, so stay below - 4 is usual"
    if plan.ceiling_newton > FIRM_NEWTON:
        yield f"ceiling_newton is {plan.ceiling_newton:g}: 20 is firm already - let her choose"
    if plan.hold_s < SHORTEST_HOLD_S:
        yield f"hold_s is {plan.hold_s:g}: the technique holds for 30 s or more"
    if plan.enough_s > LONGEST_HOLD_S:
        yield f"enough_s is {plan.enough_s:g}: the technique holds for up to 60 s"


def _steps(plan: Plan) -> Iterator[str]:
    for number, step in enumerate(plan.steps, start=1):
        if step.kind is StepKind.HOLD and step.spot is None:
            yield f"step {number} is a hold without a spot: the page cannot show where it was"
        if step.kind is StepKind.HOLD and step.length_s is not None:
            yield f"step {number} is a hold with length_s: a hold is done when a full one was let go"
    missing = [place for place in PLACES if not _has(plan.spots, place)]
    if missing and len(plan.spots) > FEW_SPOTS:
        left_out = ", ".join(missing).replace("_", " ")
        yield f"no hold at {left_out}: the whole hip goes from the sacrum to the top of the leg"
    if plan.steps and not _is_paws(plan.steps[0]):
        yield "it does not begin with paws, which warm the hip and the hands"


def _has(spots: tuple[Spot, ...], place: str) -> bool:
    return any(spot.place == place for spot in spots)


def _is_paws(step: Step) -> bool:
    return step.kind is StepKind.PAWS

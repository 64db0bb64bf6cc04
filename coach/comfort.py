"""What she has said before, and what it means for the next time: her ceiling, and what was just right where.

Ceilings are lowered by themselves, never raised: only she herself sets one anew (`paws calibrate --comfort`).
"""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from .plan import JustRight, Plan, Spot
from .strict import from_toml

Newton = Annotated[float, Meta(ge=1, le=1000)]


class Comfort(Struct, frozen=True, forbid_unknown_fields=True):
    """Her comfort, as it is kept between sessions.

    Attributes:
        ceiling_newton: What is too much for her; None until she has said so.
        ceiling_from: When and how she said it, in words.
        just_right_newton: What she called just right, by spot.
    """

    ceiling_newton: Newton | None = None
    ceiling_from: str = ""
    just_right_newton: dict[Spot, Newton] = {}


UNKNOWN = Comfort()


def comfort_from_toml(text: str, name: str) -> Comfort:
    """Return what stands in the file.

    Raises:
        ValueError: One line that names the file, the key, its limit and the next step.
    """
    return from_toml(text, Comfort, name)


def plan_for_her(plan: Plan, comfort: Comfort) -> Plan:
    """Return the plan as it is for her: never above her ceiling, and with what was just right before."""
    ceiling_newton = min(plan.ceiling_newton, comfort.ceiling_newton or plan.ceiling_newton)
    just_right = tuple(JustRight(spot, newton) for spot, newton in comfort.just_right_newton.items())
    return replace(plan, ceiling_newton=ceiling_newton, just_right=just_right)


def after(
    comfort: Comfort, ceiling_newton: float, began_with_newton: float, just_right: Iterable[JustRight], when: str
) -> Comfort:
    """Return what is known of her after a session.

    Args:
        comfort: What was known before.
        ceiling_newton: The ceiling at its end.
        began_with_newton: The ceiling at its start; where she lowered none, none is remembered.
        just_right: What she called just right in it.
        when: The session, in words.
    """
    known = {**comfort.just_right_newton, **{one.spot: _kept(one.newton) for one in just_right}}
    comfort = replace(comfort, just_right_newton=known)
    lowered = _kept(ceiling_newton)
    if ceiling_newton >= began_with_newton or lowered >= (comfort.ceiling_newton or began_with_newton):
        return comfort
    return replace(comfort, ceiling_newton=lowered, ceiling_from=when)


def _kept(newton: float) -> float:
    """Return a force to a tenth of a newton, which is finer than any pad can tell; under 1 N there is no coaching."""
    return max(1.0, round(newton, 1))

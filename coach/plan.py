"""What a session is meant to be: its limits, and the steps on the way, if any.

A plan may hold limits alone; that is a free session. All limits are our choice, to be checked by a therapist.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from .strict import from_toml


class Spot(StrEnum):
    """Where on the hip; `top_of_leg` is the outer fold under the buttock, never inner thigh, back of leg or calf."""

    SACRUM_LEFT = "sacrum left"
    SACRUM_RIGHT = "sacrum right"
    CREST_LEFT = "crest left"
    CREST_RIGHT = "crest right"
    MIDDLE_LEFT = "middle left"
    MIDDLE_RIGHT = "middle right"
    SIDE_LEFT = "side left"
    SIDE_RIGHT = "side right"
    TOP_OF_LEG_LEFT = "top_of_leg left"
    TOP_OF_LEG_RIGHT = "top_of_leg right"


class StepKind(StrEnum):
    """What the hands do in a step."""

    PAWS = "paws"
    HOLD = "hold"
    REST = "rest"


# A step of paws or rest without a length of its own: a minute, as long as one hold.
DEFAULT_STEP_S = 60.0


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step; a hold is done when a full hold was let go, paws and rest when their time is over."""

    kind: StepKind
    spot: Spot | None = None
    length_s: Annotated[float, Meta(gt=0, le=3600)] = DEFAULT_STEP_S


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits and steps of a session.

    Attributes:
        name: What the page calls it.
        slower_above_newton_per_s: A quicker rise says SLOWER. Pain is tested at 5 N/s, so stay under it.
        ceiling_newton: The force that is too much, until she has said otherwise.
        hold_s: A hold this long is full.
        enough_s: After this long it is time to ease off.
        steps: In order; none for a free session.

    Raises:
        ValueError: `enough_s` comes before `hold_s`.
    """

    name: Annotated[str, Meta(min_length=1, max_length=60)] = "free"
    slower_above_newton_per_s: Annotated[float, Meta(ge=0.1, le=1000)] = 4.0
    ceiling_newton: Annotated[float, Meta(ge=1, le=1000)] = 20.0
    hold_s: Annotated[float, Meta(gt=0, le=3600)] = 30.0
    enough_s: Annotated[float, Meta(gt=0, le=3600)] = 60.0
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if self.enough_s < self.hold_s:
            raise ValueError(
                f"enough_s is {self.enough_s:g} and hold_s is {self.hold_s:g}; "
                "enough_s must not be shorter - raise enough_s or lower hold_s"
            )


FREE = Plan()


def plan_from_toml(text: str, name: str) -> Plan:
    """Return the plan in a TOML text.

    Raises:
        ValueError: One line that names the file, the key, its limit and the next step.
    """
    return from_toml(text, Plan, name)

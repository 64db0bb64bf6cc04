"""What a session is meant to be: its limits, and the steps on the way, if any.

A plan may hold limits alone; that is a free session. All limits are our choice, to be checked by a therapist.
"""

from enum import StrEnum
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

from .strict import from_toml

Place = Literal["sacrum", "crest", "middle", "side", "top_of_leg"]
# From the sacrum to the top of the leg, as the hands go.
PLACES: tuple[Place, ...] = get_args(Place)
Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = get_args(Side)


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
    # A hand on each side at once; a press is always on one of them.
    SACRUM_BOTH = "sacrum both"
    CREST_BOTH = "crest both"
    MIDDLE_BOTH = "middle both"
    SIDE_BOTH = "side both"
    TOP_OF_LEG_BOTH = "top_of_leg both"

    @property
    def place(self) -> str:
        """Where on its side of the hip."""
        return self.partition(" ")[0]

    @property
    def side(self) -> str:
        """Left, right or both."""
        return self.partition(" ")[2]

    def on(self, side: Side) -> "Spot":
        """Return the spot of a hand on that side."""
        return Spot(f"{self.place} {side}") if self.side == "both" else self


class StepKind(StrEnum):
    """What the hands do in a step; in `ask` they wait for what she says."""

    PAWS = "paws"
    ASK = "ask"
    HOLD = "hold"
    REST = "rest"


# Paws and rest of a minute, as long as one hold; a question is asked and answered sooner.
USUAL_LENGTH_S = {StepKind.PAWS: 60.0, StepKind.ASK: 20.0, StepKind.REST: 60.0}
# How long it takes to come to a spot, and to let go of it slowly.
AROUND_A_HOLD_S = 10.0


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step; a hold is done when a full hold was let go, the others when their time is over.

    Attributes:
        kind: What the hands do.
        spot: Where.
        length_s: How long; not used by a hold, which lasts as long as the plan says.
        say: What to tell the partner then.
    """

    kind: StepKind
    spot: Spot | None = None
    length_s: Annotated[float, Meta(gt=0, le=3600)] | None = None
    say: Annotated[str, Meta(max_length=160)] | None = None

    @property
    def lasts_s(self) -> float | None:
        """After which time it is over; None for a hold."""
        usual_s = USUAL_LENGTH_S.get(self.kind)
        return None if usual_s is None else self.length_s or usual_s


class JustRight(Struct, frozen=True, forbid_unknown_fields=True):
    """The force that she called just right at a spot."""

    spot: Spot
    newton: Annotated[float, Meta(gt=0, le=1000)]


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits and steps of a session.

    Attributes:
        name: What the page calls it.
        slower_above_newton_per_s: A quicker rise says SLOWER. Pain is tested at 5 N/s, so stay under it.
        ceiling_newton: The force that is too much, until she has said otherwise.
        hold_s: A hold this long is full.
        enough_s: After this long it is time to ease off.
        steps: In order; none for a free session.
        about: What it is for, in a line.
        position: How she lies or sits; None for as she likes.
        lean_in_s: How long a lean-in may well take.
        paws_slower_above_newton_per_s: SLOWER in a step of paws: a soft paw of 5 N, 40 a minute, rises at 9 N/s.
        paw_ceiling_newton: A harder paw is no soft hand any more.
        paws_at_most_per_min: Quicker ones are no calm any more.
        just_right: What she has called just right before, by spot.

    Raises:
        ValueError: `enough_s` comes before `hold_s`.
    """

    name: Annotated[str, Meta(min_length=1, max_length=60)] = "free"
    slower_above_newton_per_s: Annotated[float, Meta(ge=0.1, le=1000)] = 4.0
    ceiling_newton: Annotated[float, Meta(ge=1, le=1000)] = 20.0
    hold_s: Annotated[float, Meta(gt=0, le=3600)] = 30.0
    enough_s: Annotated[float, Meta(gt=0, le=3600)] = 60.0
    steps: Annotated[tuple[Step, ...], Meta(max_length=200)] = ()
    about: Annotated[str, Meta(max_length=160)] = ""
    position: Literal["side-lying", "seated"] | None = None
    lean_in_s: Annotated[float, Meta(gt=0, le=60)] = 5.0
    paws_slower_above_newton_per_s: Annotated[float, Meta(ge=0.1, le=1000)] = 12.0
    paw_ceiling_newton: Annotated[float, Meta(ge=1, le=1000)] = 6.0
    paws_at_most_per_min: Annotated[float, Meta(ge=1, le=600)] = 60.0
    just_right: tuple[JustRight, ...] = ()

    def __post_init__(self) -> None:
        if self.enough_s < self.hold_s:
            raise ValueError(
                f"enough_s is {self.enough_s:g} and hold_s is {self.hold_s:g}; "
                "enough_s must not be shorter - raise enough_s or lower hold_s"
            )

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The spots that are to be held, each once, in their order; both sides as two."""
        found: dict[Spot, None] = {}
        for step in self.steps:
            if step.kind is StepKind.HOLD and step.spot is not None:
                found |= dict.fromkeys(step.spot.on(side) for side in SIDES)
        return tuple(found)

    @property
    def paws_limit_newton_per_s(self) -> float:
        """From which rise on paws are too quick: where the plan has no step for them, they are lean-ins like any."""
        has_paws = any(step.kind is StepKind.PAWS for step in self.steps)
        return self.paws_slower_above_newton_per_s if has_paws else self.slower_above_newton_per_s

    @property
    def length_s(self) -> float:
        """About how long its steps take, each hold a full one."""
        return sum(step.lasts_s or self.hold_s + self.lean_in_s + AROUND_A_HOLD_S for step in self.steps)


FREE = Plan()


def for_one_glove(plan: Plan) -> Plan:
    """Return the plan for a single hand: what both hands would do at once it does on one side, then on the other."""
    steps: list[Step] = []
    for step in plan.steps:
        sides = SIDES if step.spot is not None and step.spot.side == "both" else SIDES[:1]
        steps += [replace(step, spot=None if step.spot is None else step.spot.on(side)) for side in sides]
    return replace(plan, steps=tuple(steps))


def plan_from_toml(text: str, name: str) -> Plan:
    """Return the plan in a TOML text.

    Raises:
        ValueError: One line that names the file, the key, its limit and the next step.
    """
    return from_toml(text, Plan, name)

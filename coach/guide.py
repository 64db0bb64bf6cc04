"""Which step of the plan it is, and when it is time for the next.

A hold is done when a full hold was let go, by every hand that takes part; anything else when its time is over. Whoever
begins to hold a spot while there is still a question or a rest has gone on by himself. A free session has no steps.
"""

from dataclasses import dataclass, field

from .events import Outcome
from .plan import Plan, Side, Spot, Step, StepKind


@dataclass(slots=True)
class Guide:
    """The place in the plan.

    Attributes:
        plan: The plan that is followed.
        hands: How many there are.
        number: The step, counted from 1; 0 before the first.
    """

    plan: Plan
    hands: int = 1
    number: int = 0
    _began_s: float = 0.0
    _is_done: bool = False
    _held: set[Side | None] = field(default_factory=set)

    @property
    def step(self) -> Step | None:
        """The step under way."""
        return self._step(self.number)

    def _step(self, number: int) -> Step | None:
        return self.plan.steps[number - 1] if 1 <= number <= len(self.plan.steps) else None

    @property
    def is_over(self) -> bool:
        """Whether a plan with steps has come to its end."""
        return self.number > len(self.plan.steps) > 0

    @property
    def kind(self) -> StepKind | None:
        """What the hands are to do now; None in a free session."""
        return None if self.step is None else self.step.kind

    def spot(self, number: int, side: Side | None) -> Spot | None:
        """Return where the hand of that side is in a step, as far as the plan says."""
        step = self._step(number)
        if step is None or step.spot is None or side is None:
            return None if step is None else step.spot
        return step.spot.on(side)

    def hold_began(self) -> int:
        """Return the step that a hold belongs to: this one, or the next where the hands are there already."""
        after = self._step(self.number + 1)
        if self.kind in (StepKind.ASK, StepKind.REST) and after is not None and after.kind is StepKind.HOLD:
            self._is_done = True
            return self.number + 1
        return self.number

    def press_ended(self, number: int, side: Side | None, outcome: Outcome) -> None:
        """Take a press of a step into account.

        A press is told up to 2 s after it was let go; by then the partner may have gone on to the next step.
        """
        step = self._step(number)
        if outcome == "full" and number == self.number and step is not None and step.kind is StepKind.HOLD:
            self._held.add(side)
            # What is on one side is for one hand, whichever comes.
            takes_part = 1 if step.spot is not None and step.spot.side != "both" else self.hands
            self._is_done = self._is_done or len(self._held) == takes_part

    def skip(self) -> None:
        """Go on although this step is not done: the partner's own word."""
        self._is_done = True

    def advance(self, t_s: float) -> bool:
        """Go to the next step when this one is done, and return whether that happened."""
        if not self.plan.steps or self.is_over:
            return False
        step = self.step
        lasts_s = None if step is None else step.lasts_s
        timed_out = lasts_s is not None and t_s - self._began_s >= lasts_s
        if step is not None and not timed_out and not self._is_done:
            return False
        self.number += 1
        self._began_s = t_s
        self._is_done = False
        self._held.clear()
        return True

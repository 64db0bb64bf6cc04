"""Which step of the plan it is, and when it is time for the next.

A free session has no steps: the guide is then silent.
"""

from dataclasses import dataclass

from .events import Outcome
from .plan import Plan, Spot, Step, StepKind


@dataclass(slots=True)
class Guide:
    """The place in the plan.

    Attributes:
        plan: The plan that is followed.
        number: The step, counted from 1; 0 before the first.
    """

    plan: Plan
    number: int = 0
    _began_s: float = 0.0
    _pressed_in: int = 0
    _is_done: bool = False

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

    def press_began(self) -> None:
        """Note which step a press belongs to."""
        self._pressed_in = self.number

    def press_ended(self, outcome: Outcome) -> Spot | None:
        """Take the press into account, and return where it was, as far as the plan says.

        A press is told up to 2 s after it was let go; by then the partner may have gone on to the next step.
        """
        step = self._step(self._pressed_in)
        if outcome == "full" and self._pressed_in == self.number and step is not None and step.kind is StepKind.HOLD:
            self._is_done = True
        return None if step is None else step.spot

    def skip(self) -> None:
        """Go on although this step is not done: the partner's own word."""
        self._is_done = True

    def advance(self, t_s: float) -> bool:
        """Go to the next step when this one is done, and return whether that happened."""
        if not self.plan.steps or self.is_over:
            return False
        step = self.step
        timed_out = step is not None and step.kind is not StepKind.HOLD and t_s - self._began_s >= step.length_s
        if step is not None and not timed_out and not self._is_done:
            return False
        self.number += 1
        self._began_s = t_s
        self._is_done = False
        return True

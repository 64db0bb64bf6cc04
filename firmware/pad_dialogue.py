"""The calibration of one pad: waking, zero, the loads up and then down, its creep if wanted.

A load that would spoil the table is asked for again; `back` takes the last one back, `skip` leaves one out.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from sensing.calibration import Knot, PadCalibration
from sensing.loads import FEWEST_DOWN, FEWEST_UP, NEXT_STEP, PadLoads
from sensing.steadiness import Rest, Steadiness

from .pad_on_scale import Kitchen, PadOnScale
from .pad_steps import FORGETS_S, NOTHING_NEWTON, creep_of, hands_off, wake

Add = Callable[[float, Rest, float], None]
_ASKS = {
    "up": "press until the scale shows about {}, and keep still",
    "down": "ease off to about {} without letting go, and keep still",
}


class PadDialogue:
    """One pad, from its first press to its table.

    Args:
        kitchen: What it is calibrated with.
        pad: Its name.
        present: The table it has so far.
        asked_newton: The loads to ask for, rising.
    """

    def __init__(self, kitchen: Kitchen, pad: str, present: PadCalibration, asked_newton: Sequence[float]) -> None:
        self._on = PadOnScale(kitchen, pad, present)
        self._talk, self._unit = kitchen.talk, kitchen.unit
        self._present = present
        self._asked = asked_newton
        self.loads = PadLoads(kitchen.unit.say)

    def run(self, *, with_creep: bool) -> PadCalibration:
        """Return the pad's new table.

        Raises:
            ValueError: Such loads make no table; the pad is to be done again.
            Quit: The person wants to.
        """
        wake(self._on, self._asked[-1])
        hands_off(self._on, FORGETS_S, NOTHING_NEWTON)
        loads = self.loads
        self._way("up", self._asked, FEWEST_UP, loads.add_up, loads.up)
        lighter = [newton for _, newton in reversed(loads.up[:-1])]
        self._way("down", lighter, FEWEST_DOWN, loads.add_down, loads.down)
        # What is known of the creep stays true: it is the ink's, and a pad's loads do not tell it.
        creep_share = self._present.creep_share
        if with_creep:
            middle_newton = self._unit.rounded(loads.up[len(loads.up) // 2][1])
            creep_share = creep_of(self._on, middle_newton) or creep_share
        return loads.table(creep_share)

    def _way(self, way: Literal["up", "down"], asked: Sequence[float], fewest: int, add: Add, kept: list[Knot]) -> None:
        """Ask for load after load; `kept` is where `add` puts them."""
        was_kept: list[bool] = []
        while (number := len(was_kept)) < len(asked):
            newton = self._next_of(way, asked[number])
            place = f"{self._on.pad} {way} {number + 1} of {len(asked)}"
            self._talk.say(f"{place}: {_ASKS[way].format(self._unit.say(newton))}.")
            # A new one for each load: what the hand did before the last one is no matter.
            self._on.steadiness = Steadiness()
            answer = self._taken(way, newton, add)
            if answer is None:
                was_kept.append(True)
            elif answer == "back" and was_kept:
                if was_kept.pop():
                    kept.pop()
            elif answer == "back":
                self._talk.say("  this is the first load of this way")
            elif (left := sum(was_kept) + len(asked) - number - 1) < fewest:
                self._talk.say(f"  without it {left} loads would be left, and {fewest} are needed - try it once more")
            else:
                was_kept.append(False)

    def _next_of(self, way: Literal["up", "down"], newton: float) -> float:
        """Return the load to ask for: as planned, but far enough from the one before."""
        loads = self.loads
        if way == "up":
            return max(newton, loads.up[-1][1] * NEXT_STEP) if loads.up else newton
        return min(newton, (loads.down or loads.up)[-1][1] / NEXT_STEP)

    def _taken(self, way: Literal["up", "down"], newton: float, add: Add) -> Literal["back", "skip"] | None:
        """Ask until a load was taken (None), or the person says otherwise."""
        while True:
            answer = self._on.load(way, newton)
            if isinstance(answer, str):
                return answer
            true_newton, rest = answer
            try:
                add(true_newton, rest, self._on.fraction(rest))
            except ValueError as refusal:
                self._talk.say(f"  {refusal}")
                self._on.steadiness.again()
                continue
            self._talk.say(f"  {self._unit.say(true_newton)} taken; it felt like {self._on.feels(rest.siemens)}")
            return None

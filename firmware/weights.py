"""What a kitchen scale shows, and the newtons behind it.

A scale shows grams, whatever it is that presses; a thousand of them are 9.8 N.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from sensing.loads import FEWEST_UP, NEXT_STEP

# Kitchen scales end at 5 to 10 kg, and an FSR 402 is specified to 20 N.
MOST_NEWTON = 100.0
# Standard gravity; nowhere on earth is it a third of a percent away from this.
NEWTON_PER_GRAM = 9.80665e-3
_NEWTON_OF = {"g": NEWTON_PER_GRAM, "kg": 1000 * NEWTON_PER_GRAM, "n": 1.0}
_ANSWER = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)\s*(kg|g|n)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """How one person speaks of loads.

    Attributes:
        sign: Of the unit that a bare number is in.
        say: A load in words.
    """

    sign: str
    say: Callable[[float], str]

    def newton_of(self, answer: str) -> float:
        """Return the load that a person typed: `510`, `510 g`, `0.51 kg`, `5 N`.

        Raises:
            ValueError: It is no load.
        """
        found = _ANSWER.fullmatch(answer.strip())
        if found is None:
            raise ValueError(f"`{answer.strip()}` is no load - type what the scale shows, such as 510, 0.51 kg or 5 N")
        number, sign = found.groups()
        newton = float(number.replace(",", ".")) * _NEWTON_OF[(sign or self.sign).lower()]
        if newton == 0:
            raise ValueError("0 is no load - type what the scale shows while the hand presses")
        return newton

    def rounded(self, newton: float) -> float:
        """Return the nearest load of two figures: nobody asks for 2039 g."""
        per_unit = _NEWTON_OF[self.sign.lower()]
        return float(f"{newton / per_unit:.2g}") * per_unit


GRAMS = Unit("g", lambda newton: f"{newton / NEWTON_PER_GRAM:.0f} g")
NEWTONS = Unit("N", lambda newton: f"{newton:.3g} N")


def loads_of(listed: str) -> list[float]:
    """Return the loads that a person listed: `0.5,1,2,5,10,20`, in newtons, or each with its unit.

    Raises:
        ValueError: They are too few, out of order or too near to each other, or one is no load.
    """
    loads = [NEWTONS.newton_of(part) for part in listed.split(",")]
    if len(loads) < FEWEST_UP:
        raise ValueError(f"--loads has {len(loads)} loads, at least {FEWEST_UP} are needed - add some")
    for low, high in pairwise(loads):
        if high < low * NEXT_STEP:
            raise ValueError(
                f"--loads has {NEWTONS.say(high)} after {NEWTONS.say(low)}, it must rise to {low * NEXT_STEP:.3g} N or "
                "more - list them from light to heavy"
            )
    if loads[-1] > MOST_NEWTON:
        raise ValueError(
            f"--loads has {NEWTONS.say(loads[-1])}, the most is {MOST_NEWTON:g} N - more harms a pad and a scale"
        )
    return loads

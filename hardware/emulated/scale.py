"""A person at the kitchen table: presses one pad of the glove onto a scale, as heavily as it is told.

The force begins where it is and goes to what is wanted in about a second. A hand wobbles; a weight that was laid on
the pad does not.
"""

from dataclasses import dataclass

import numpy as np

from hardware.board import PADS
from hardware.emulated.fsr import Newtons3
from hardware.emulated.hands import GRID_HZ, WOBBLE, band

# Two minutes of wobble, over and over: nobody presses longer, and the pads do not know.
_WOBBLE_S = 120
# A press, a way to lean further or to ease off, and a rest between two of them.
_PRESS_S, _MOVE_S, _AWAY_S = 0.5, 1.0, 0.7
# Who comes from the wrong side goes this far beyond, and comes back.
_BEYOND = 1.5
_WAKING_PRESSES = 5


@dataclass(frozen=True, slots=True)
class Contact:
    """How much of what the scale shows goes through the pad.

    Attributes:
        share: The rest goes beside it: the puck lies half on the pad's rim.
        tare_newton: What the scale shows besides: a puck that it was not set to zero with.
    """

    share: float = 1.0
    tare_newton: float = 0.0

    def felt_newton(self, shown_newton: float) -> float:
        """Return what the pad bears when the scale shows so much."""
        return self.share * max(shown_newton - self.tare_newton, 0.0)


class ScaleHand:
    """A hand, or a weight, on one pad; times never go back.

    Args:
        seed: For its wobble.
        wobble: 1.0 is a measured hand's wobble, 0.0 none.

    Attributes:
        contact: Of its puck with the pad now; a puck that slips gets another.
    """

    def __init__(self, seed: int, wobble: float = 1.0) -> None:
        rng = np.random.default_rng(seed)
        n = _WOBBLE_S * GRID_HZ
        waves = sum(band(n, low_hz, high_hz, rms, rng) for low_hz, high_hz, rms in WOBBLE)
        self._wobble: list[float] = (1 + wobble * np.asarray(waves)).tolist()
        self.contact = Contact()
        self._pad = 0
        self._is_weight = False
        # Where the force goes: (when, newton), in order of time, and straight in between.
        self._way: list[tuple[float, float]] = [(0.0, 0.0)]

    def let_go(self, t_s: float) -> None:
        """Take the hand off the glove."""
        self._go(t_s, (_PRESS_S, 0.0))

    def wake(self, t_s: float, pad: str, newton: float) -> None:
        """Press a pad five times, and let go."""
        self._take(t_s, pad)
        press = ((_PRESS_S, newton), (_PRESS_S, newton), (_PRESS_S, 0.0), (_AWAY_S, 0.0))
        self._go(t_s, *press * _WAKING_PRESSES)

    def press_up_to(self, t_s: float, pad: str, newton: float) -> None:
        """Come to a load from below."""
        self._take(t_s, pad)
        lower_first = ((_PRESS_S, 0.0), (_AWAY_S, 0.0)) if self._newton(t_s) >= newton else ()
        self._go(t_s, *lower_first, (_MOVE_S, newton))

    def ease_down_to(self, t_s: float, pad: str, newton: float) -> None:
        """Come to a load from above."""
        self._take(t_s, pad)
        higher_first = ((_MOVE_S, _BEYOND * newton),) * 2 if self._newton(t_s) <= newton else ()
        self._go(t_s, *higher_first, (_MOVE_S, newton))

    def lay(self, t_s: float, pad: str, newton: float) -> None:
        """Lay a weight on a pad and leave it alone."""
        self._take(t_s, pad)
        self._go(t_s, (_PRESS_S, 0.0), (_AWAY_S, 0.0), (_PRESS_S, newton))
        self._is_weight = True

    def force_newton(self, t_s: float) -> Newtons3:
        """Return the force on heel, palm and fingers."""
        newton = self._newton(t_s)
        if not self._is_weight:
            newton *= self._wobble[int(t_s * GRID_HZ) % len(self._wobble)]
        newton = self.contact.felt_newton(newton)
        heel, palm, fingers = (newton if i == self._pad else 0.0 for i in range(3))
        return heel, palm, fingers

    def mama_down(self, t_s: float) -> bool:  # noqa: ARG002 - she is in the next room
        """Whether mama holds her button."""
        return False

    def partner_down(self, t_s: float) -> bool:  # noqa: ARG002 - a calibration needs no button
        """Whether the partner holds the other button."""
        return False

    def _take(self, t_s: float, pad: str) -> None:
        """Go to that pad; the force stays behind on another one."""
        if PADS.index(pad) != self._pad:
            self._pad = PADS.index(pad)
            self._way = [(t_s, 0.0)]

    def _go(self, t_s: float, *steps: tuple[float, float]) -> None:
        """Go through (seconds, newton) from where the force is now."""
        way = [(t_s, self._newton(t_s))]
        for length_s, newton in steps:
            way.append((way[-1][0] + length_s, newton))
        self._way = way
        self._is_weight = False

    def _newton(self, t_s: float) -> float:
        while len(self._way) > 1 and self._way[1][0] <= t_s:
            self._way.pop(0)
        began_s, began = self._way[0]
        if len(self._way) == 1:
            return began
        ends_s, ends = self._way[1]
        return began + (ends - began) * (t_s - began_s) / (ends_s - began_s)

"""The circuit around the three pads as it was soldered, and its voltages by Kirchhoff's law.

    supply --[shared]-- feed --+--[series]--[ FSR and bias side by side ]-- sense --[fixed]-- ground
                               +-- the same for the other two pads

In a glove that is well nothing is shared, and each pad is a divider of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, Self

import numpy as np

from hardware.board import PADS, Electronics

Ohms3 = tuple[float, float, float]
Volts3 = tuple[float, float, float]
# What is wrong around one pad; "afloat" is a measuring resistor without its ground.
Wrong = frozenset[Literal["open", "short", "grounded", "crushed", "torn", "bridged", "afloat"]]

# An FSR whose layers touch.
_CRUSHED_OHM = 2.0
# Sweat across the two ends of a cut lead: 1 Mohm reads even less; 100 kohm could not be told from an untouched pad.
_SWEAT_OHM = 300_000.0
# What an input of the chip itself loads a node with at +-4.096 V (TI SBAS444E).
INPUT_OHM = 6e6
# A bare wire. The 3 mA of all pads leave 3 uV on it, a fortieth of what the converter sees.
_WIRE_OHM = 0.001
# After the three senses.
_FEED = len(PADS)


@dataclass(frozen=True, slots=True)
class Circuit:
    """The resistors around heel, palm and fingers, and what touches what.

    Attributes:
        fixed_ohm: From each sense to ground.
        bias_ohm: Across each FSR; infinite where there is none.
        series_ohm: Of each pad alone, from the feed.
        shared_ohm: From the supply to the feed of all three.
        joined: The two pads whose senses touch.
    """

    fixed_ohm: Ohms3
    bias_ohm: Ohms3
    series_ohm: Ohms3
    shared_ohm: float = 0.0
    joined: tuple[str, str] | None = None

    @classmethod
    def of(cls, electronics: Electronics) -> Self:
        """Return what the plan says."""
        fixed_ohm, bias_ohm, series_ohm = electronics.fixed_ohm, electronics.bias_ohm, electronics.series_ohm
        return cls((fixed_ohm,) * 3, (bias_ohm,) * 3, (series_ohm,) * 3)

    def volts(self, siemens: Sequence[float], wrong: Sequence[Wrong], supply_volt: float) -> Volts3:
        """Return the voltages of the three senses.

        Args:
            siemens: What each FSR conducts.
            wrong: What is wrong around each pad besides.
            supply_volt: What feeds them.
        """
        between, to_ground, to_supply = np.zeros((_FEED + 1, _FEED + 1)), np.zeros(_FEED + 1), np.zeros(_FEED + 1)
        to_supply[_FEED] = 1.0 / max(self.shared_ohm, _WIRE_OHM)
        for i, here in enumerate(wrong):
            between[i, _FEED] = 1.0 / self._top_ohm(i, siemens[i], here)
            to_ground[i] = 1.0 / (INPUT_OHM if "afloat" in here else self.fixed_ohm[i])
            if "short" in here:
                to_supply[i] = 1.0 / _WIRE_OHM
            if "grounded" in here:
                to_ground[i] = 1.0 / _WIRE_OHM
        if self.joined is not None:
            one, other = map(PADS.index, self.joined)
            between[one, other] = 1.0 / _WIRE_OHM
        between += between.T
        # Of each node: what flows away at its voltage is what flows in from the others and from the supply.
        away = np.diag(between.sum(axis=1) + to_ground + to_supply) - between
        heel, palm, fingers, _ = np.linalg.solve(away, to_supply * supply_volt).tolist()
        return heel, palm, fingers

    def _top_ohm(self, i: int, siemens: float, wrong: Wrong) -> float:
        """Return what lies between feed and sense: first what is wrong in the pad, then in its wires."""
        if "torn" in wrong:
            siemens = 0.0
        if "crushed" in wrong:
            siemens += 1.0 / _CRUSHED_OHM
        siemens += 1.0 / self.bias_ohm[i]
        if "open" in wrong or siemens == 0.0:
            return inf
        return self.series_ohm[i] + 1.0 / siemens + (_SWEAT_OHM if "bridged" in wrong else 0.0)

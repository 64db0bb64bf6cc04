"""Gloves made of parts as they are sold: the volts of many pads at once, in each thing that may happen to one.

The spread is wider than any bag of parts: resistors taken as evenly spread over their tolerance, 5 % of supply, an idle
FSR from 10 Mohm to 1 Gohm, 150 to 400 ohm at full force.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hardware.ads1115 import VOLT_PER_CODE
from hardware.emulated.circuit import INPUT_OHM

Array = NDArray[np.float64]

NOISE_VOLT = 0.0005


class Parts:
    """One pad's parts of every glove.

    Args:
        gloves: How many.
        seed: For the draw.
        tolerance: Of every resistor, those of the supply's channel too.
    """

    def __init__(self, gloves: int, seed: int, tolerance: float = 0.01) -> None:
        rng = np.random.default_rng(seed)

        def one_of(ohm: float) -> Array:
            return ohm * rng.uniform(1 - tolerance, 1 + tolerance, gloves)

        self.rng = rng
        self.gloves = gloves
        self.supply_volt = 3.3 * rng.uniform(0.95, 1.05, gloves)
        self.fixed_ohm, self.series_ohm = one_of(2200.0), one_of(220.0)
        self.bias_ohm = one_of(100_000.0)
        upper_ohm, lower_ohm = one_of(10_000.0), one_of(10_000.0)
        self.halved_part = beside(lower_ohm, INPUT_OHM) / (upper_ohm + beside(lower_ohm, INPUT_OHM))
        self.idle_ohm = 10 ** rng.uniform(7, 9, gloves)
        self.full_ohm = rng.uniform(150.0, 400.0, gloves)
        self.light_ohm = 10 ** rng.uniform(4, 5, gloves)

    def divided(self, fsr_ohm: Array | float) -> Array:
        """Return the pad's volts."""
        return self.hung_from(self.series_ohm + beside(fsr_ohm, self.bias_ohm))

    def hung_from(self, top_ohm: Array | float) -> Array:
        """Return the volts below that much between supply and sense lead."""
        bottom_ohm = beside(self.fixed_ohm, INPUT_OHM)
        volts: Array = self.supply_volt * bottom_ohm / (top_ohm + bottom_ohm)
        return volts

    def read(self, volts: Array) -> Array:
        """Return what the converter makes of it once, noise and steps included."""
        read: Array = self.readings(volts, 1)[:, 0]
        return read

    def readings(self, volts: Array, count: int) -> Array:
        """Return so many readings of it, glove by glove."""
        noisy = volts[:, None] + NOISE_VOLT * self.rng.standard_normal((len(volts), count))
        steps: Array = np.round(noisy / VOLT_PER_CODE) * VOLT_PER_CODE
        return steps


Happens = Callable[[Parts], Array]


def beside(first_ohm: Array | float, second_ohm: Array | float) -> Array | float:
    """Return two resistances in parallel."""
    return 1 / (1 / first_ohm + 1 / second_ohm)


# -- a pad that is well -------------------------------------------------------------------------------------


def untouched(parts: Parts) -> Array:
    return parts.divided(parts.idle_ohm)


def turned_on(parts: Parts) -> Array:
    # Turn-on is defined as 100 kohm (Interlink 94-00004, 2.2).
    return parts.divided(100_000.0)


def lightly(parts: Parts) -> Array:
    return parts.divided(parts.light_ohm)


def fully(parts: Parts) -> Array:
    return parts.divided(parts.full_ohm)


# -- one that is not ----------------------------------------------------------------------------------------


def damp(ohm: float) -> Happens:
    """Sweat between the layers of an untouched pad."""
    return lambda parts: parts.divided(beside(parts.idle_ohm, ohm))


def bridged(ohm: float) -> Happens:
    """A cut lead: sweat around all that is at the glove; what remains in series with it would only lower it."""
    return lambda parts: parts.hung_from(ohm)


def cut(parts: Parts) -> Array:
    return np.zeros(parts.gloves)


def shorted_inside(parts: Parts) -> Array:
    return parts.divided(parts.rng.uniform(0.01, 5.0, parts.gloves))


def without_ground(parts: Parts) -> Array:
    # Only the ADC's own input is left to draw the pad down; before the first touch that is all there is.
    top_ohm = parts.series_ohm + beside(parts.idle_ohm, parts.bias_ohm)
    volts: Array = parts.supply_volt * INPUT_OHM / (INPUT_OHM + top_ohm)
    return volts


def at_the_supply(parts: Parts) -> Array:
    return parts.supply_volt

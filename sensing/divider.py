"""The measuring circuit of one pad: volts to the conductance of its FSR, and back.

    supply --[series]--+--[ FSR  ]--+-- pad volts --[fixed]-- ground
                       +--[ bias ]--+

Everything goes by u = pad volts / supply, so that a sagging supply cancels.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Divider:
    """The resistors around one pad, and the supply that is expected.

    Attributes:
        supply_volt: Nominal supply; only imports without a supply column rely on it.
        fixed_ohm: Measuring resistor to ground.
        bias_ohm: Resistor across the FSR at the glove; it tells an open wire from an untouched pad.
        series_ohm: The pad's own resistor on the supply side.

    Raises:
        ValueError: A value is not a positive number.
    """

    supply_volt: float
    fixed_ohm: float
    bias_ohm: float
    series_ohm: float

    def __post_init__(self) -> None:
        for name in ("supply_volt", "fixed_ohm", "bias_ohm"):
            value = getattr(self, name)
            if not 0 < value < float("inf"):
                raise ValueError(f"divider: {name} is {value}, it must be above 0 - correct it in glove.toml")
        if not 0 <= self.series_ohm < float("inf"):
            raise ValueError(
                f"divider: series_ohm is {self.series_ohm}, it must be 0 or more - correct it in glove.toml"
            )

    def siemens_from_fraction(self, u: float) -> float:
        """Return the FSR's conductance in siemens for u in (0, 1); below 0 is measuring noise around 0.

        Kirchhoff: R_top = fixed (1/u - 1) - series, less the constant conductance of the bias.
        """
        pad_ohm_by_u = self.fixed_ohm * (1 - u) - self.series_ohm * u
        # More than the series resistor alone lets through is a shorted pad; a negative one would read as 0 N.
        return u / pad_ohm_by_u - 1 / self.bias_ohm if pad_ohm_by_u > 0 else math.inf

    def fraction_from_siemens(self, siemens: float) -> float:
        """Return u for an FSR of that conductance: the inverse of `siemens_from_fraction`."""
        top_ohm = self.series_ohm + 1 / (siemens + 1 / self.bias_ohm)
        return self.fixed_ohm / (self.fixed_ohm + top_ohm)

"""Three FSRs in their dividers: a history of force in, volts out.

Law, hysteresis and noise are those of the data sheets (Interlink 402, 94-00004), creep that of inks that were
measured. A rising force, 4.5 s after it came to rest, where a kitchen scale is read, shows exactly what the nominal
law says; all else is the pad's own truth.
"""

from math import exp, log

import numpy as np

from hardware.board import PADS, Electronics
from hardware.emulated.circuit import Circuit, Volts3, Wrong
from hardware.emulated.noise import normals

# R = 150 + 5900 F^-0.86 ohm, F in newtons: the typical curve of the Interlink 402.
NOMINAL_SERIES_OHM = 150.0
NOMINAL_OHM_AT_1_NEWTON = 5900.0
NOMINAL_EXPONENT = 0.86
# Interlink's guide, 2.2 and 4.0: below this an FSR does not conduct.
TURN_ON_NEWTON = 0.2

# Four elements, one per decade of time, as a standard linear solid.
_TAUS_S = (0.1, 1.0, 10.0, 100.0)
# Growth of the conductance in each decade of time: the data sheets allow 5 %, measured inks do 1 to 2.3 %. With this
# much 30 N creep by 2 N in a minute.
CREEP_SHARE = 0.022
# Seconds 4 to 5 of a load are read on a kitchen scale: in their middle the law is to hold.
_RIGHT_AT_S = 4.5
# A falling force reads this much higher than a rising one (Interlink: 10 % on average).
HYSTERESIS_SHARE = 0.08
# It takes a fall by a third (e^-0.4) to get wholly onto the other branch, so that a wobble still shows.
_PLAY = 0.4
# Below turn-on the play has nothing to hold.
_LOWEST_NEWTON = 0.05
# White, of the conductance (0.3 %).
_NOISE = 0.003

Newtons3 = tuple[float, float, float]
_WELL: Wrong = frozenset()


class EmulatedPad:
    """One FSR: what it conducts depends on where the force came from."""

    def __init__(
        self,
        ohm_at_1_newton: float = NOMINAL_OHM_AT_1_NEWTON,
        creep_share: float = CREEP_SHARE,
        hysteresis_share: float = HYSTERESIS_SHARE,
    ) -> None:
        self._ohm_at_1_newton = ohm_at_1_newton
        self._hysteresis_share = hysteresis_share
        self._creep_share = creep_share
        # Conductance 4.5 s after a step of force, as a part of the final one.
        self._when_right = 1.0 - sum(creep_share * exp(-_RIGHT_AT_S / tau_s) for tau_s in _TAUS_S)
        self._play = log(_LOWEST_NEWTON) - _PLAY / 2
        self._crept = [0.0, 0.0, 0.0, 0.0]

    def press(self, force_newton: float, keeps: tuple[float, ...]) -> float:
        """Return the conductance in siemens.

        Args:
            force_newton: The force that came to rest on the pad at the end of this step.
            keeps: For each creep element the part of its state that outlives the step.
        """
        settled = self._settled(force_newton)
        crept = self._crept
        for i, keep in enumerate(keeps):
            crept[i] = settled + (crept[i] - settled) * keep
        if force_newton < TURN_ON_NEWTON:
            return 0.0
        now = settled * (1.0 - 4 * self._creep_share) + self._creep_share * sum(crept)
        return now / self._when_right

    def _settled(self, force_newton: float) -> float:
        # The play follows the logarithm of the force with a slack: at its low end while the force rises.
        at = log(force_newton) if force_newton > _LOWEST_NEWTON else log(_LOWEST_NEWTON)
        self._play = min(max(self._play, at - _PLAY / 2), at + _PLAY / 2)
        if force_newton < TURN_ON_NEWTON:
            return 0.0
        fallen = (self._play - at) / _PLAY + 0.5
        felt_log_newton = at + log(1.0 + self._hysteresis_share * fallen)
        return 1.0 / (NOMINAL_SERIES_OHM + self._ohm_at_1_newton * exp(-NOMINAL_EXPONENT * felt_log_newton))


class EmulatedPads:
    """All three pads of a glove, each in its divider.

    Args:
        electronics: The resistors around them.
        seed: For noise and spread.
        spread: 0.06 makes them differ as parts of one batch do (6 %, one standard deviation).
        noise: 1.0 is an FSR's noise, 0.0 none.
        creep_share: How much the pads' conductance grows in each decade of time.
        hysteresis_share: How much higher a falling force reads than a rising one.

    Attributes:
        wrong: What is wrong around each pad now.
        circuit: How they are wired.
    """

    def __init__(
        self,
        electronics: Electronics,
        seed: int,
        *,
        spread: float = 0.0,
        noise: float = 1.0,
        creep_share: float = CREEP_SHARE,
        hysteresis_share: float = HYSTERESIS_SHARE,
    ) -> None:
        self._electronics = electronics
        factors = np.exp(spread * np.random.default_rng(seed).standard_normal(len(PADS)))
        self._pads = [
            EmulatedPad(NOMINAL_OHM_AT_1_NEWTON * factor, creep_share, hysteresis_share) for factor in factors.tolist()
        ]
        self._normals = normals(seed)
        self._noise = noise * _NOISE
        self._t_s = 0.0
        self.wrong: tuple[Wrong, Wrong, Wrong] = (_WELL, _WELL, _WELL)
        self.circuit = self._planned = Circuit.of(electronics)

    def volts(self, t_s: float, forces_newton: Newtons3, supply_volt: float) -> Volts3:
        """Let time pass to `t_s` under these forces and return the three voltages."""
        dt_s = t_s - self._t_s
        self._t_s = t_s
        keeps = tuple([exp(-dt_s / tau_s) for tau_s in _TAUS_S])
        heel, palm, fingers = self._pads
        at_heel = self._noisy(heel.press(forces_newton[0], keeps))
        at_palm = self._noisy(palm.press(forces_newton[1], keeps))
        at_fingers = self._noisy(fingers.press(forces_newton[2], keeps))
        if self.circuit is not self._planned or any(self.wrong):
            return self.circuit.volts((at_heel, at_palm, at_fingers), self.wrong, supply_volt)
        # What Kirchhoff says where nothing ties the pads together, in a third of the time.
        return (
            self._divided(at_heel, supply_volt),
            self._divided(at_palm, supply_volt),
            self._divided(at_fingers, supply_volt),
        )

    def _noisy(self, siemens: float) -> float:
        return siemens * (1.0 + self._noise * next(self._normals))

    def _divided(self, siemens: float, supply_volt: float) -> float:
        of = self._electronics
        top_ohm = of.series_ohm + 1.0 / (siemens + 1.0 / of.bias_ohm)
        return supply_volt * of.fixed_ohm / (of.fixed_ohm + top_ohm)

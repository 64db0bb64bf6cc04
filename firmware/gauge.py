"""The force that the pads feel, from a few readings a second: to look at, not to judge by.

The same pads turn volts into newtons as in a session, creep and all; what the glove itself presses is taken from what
the session said of it. Nothing is smoothed, and no cue comes from here.
"""

from dataclasses import replace

from coach.events import PadChanged, Zeroed
from sensing.calibration import Calibration
from sensing.divider import Divider
from sensing.inputs import Reading
from sensing.pads import Pad, PadRules, PadState

# Younger readings may be between two that are looked at; after this long there are none.
KNOWN_FOR_S = 0.5
# What takes more readings to see than there are here, the session has said.
_TOLD = frozenset({PadState.STUCK, PadState.LOOSE})


class Gauge:
    """The force in one glove.

    Args:
        calibration: Its pads.
        divider: Their circuit.
        rules: Those of the session.
    """

    def __init__(self, calibration: Calibration, divider: Divider, rules: PadRules) -> None:
        here = replace(rules, verified=True, can_stick=False, zeroes=False)
        self._pads = {name: Pad(name, table, divider, here) for name, table in calibration.pads}
        self._untrusted: set[str] = set()
        self._newton: float | None = None
        self._t_s: float | None = None

    def feed(self, reading: Reading) -> None:
        """Take a reading."""
        t_s, supply_volt = reading.t_s, 2 * reading.volts[-1]
        self._t_s, self._newton = t_s, None
        if supply_volt > 0:
            known: list[float] = []
            for pad, volt in zip(self._pads.values(), reading.volts, strict=False):
                pad.feed(t_s, volt, supply_volt)
                newton = None if pad.name in self._untrusted else pad.newton(t_s)
                known += [] if newton is None else [newton]
            self._newton = sum(known) if known else None

    def hear(self, event: PadChanged | Zeroed) -> None:
        """Take what was said of a pad."""
        if event.pad not in self._pads:
            return
        if isinstance(event, Zeroed):
            self._pads[event.pad].zero_newton = event.newton
        elif event.state in _TOLD:
            self._untrusted.add(event.pad)
        else:
            self._untrusted.discard(event.pad)

    def force_newton(self, t_s: float) -> float | None:
        """Return the force at a time; None where no reading is young enough to say."""
        is_known = self._t_s is not None and t_s - self._t_s <= KNOWN_FOR_S
        return self._newton if is_known else None

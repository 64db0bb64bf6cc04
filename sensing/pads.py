"""How far one pad can be believed: its state and its newtons, from volts, supply and a little history.

A pad gives newtons, or nothing; it never gives newtons that may be wrong. The limits on u = pad / supply
come from a Monte Carlo over component spread, supply and noise (1 000 000 draws a row).
"""

from dataclasses import dataclass
from enum import StrEnum

from .calibration import Curve, PadCalibration
from .divider import Divider


class PadState(StrEnum):
    """What is known of a pad now."""

    OK = "ok"
    UNTOUCHED = "untouched"
    OVER = "over"
    OPEN = "open"
    SHORT = "short"
    STUCK = "stuck"
    STALE = "stale"
    UNVERIFIED = "unverified"


# These are not to be trusted: the glove is not watching.
FAULTS = frozenset({PadState.OPEN, PadState.SHORT, PadState.STUCK, PadState.STALE})

# Untouched reads 0.0205 to 0.0227; a cut lead 0, or up to 0.0081 when sweat bridges it.
OPEN_BELOW_U = 0.019
UNTOUCHED_BELOW_U = 0.024
# Full force reads up to 0.866, an FSR shorted inside from 0.898, a sense lead at the supply from 0.974.
OVER_ABOVE_U = 0.88
SHORT_ABOVE_U = 0.95

# A wire that chatters for one reading is not yet a broken one; 200 ms is the longest anybody may take to say so.
FAULT_AFTER_S = 0.06
# A value may stand in for a lost one this long (5 sweeps), and counts as fresh for P1 this long (10 sweeps).
# A microsecond more, because 0.8 - 0.6 is a hair above 0.2.
USABLE_S = 0.1 + 1e-6
FRESH_S = 0.2 + 1e-6
# A finger's tremor moves the reading by 8 codes or more; the same code for a second is a sensor that hangs.
STUCK_AFTER_S = 1.0
STUCK_AFTER_READINGS = 50
STUCK_ABOVE_NEWTON = 1.0
# Nobody leans beyond the table for half a minute: an FSR shorted inside does.
OVER_AT_MOST_S = 30.0
# OVER ends 3 % below the last knot, so that a force at the knot does not flicker.
OVER_ENDS_SHARE = 0.97
# A pad has shown that it feels when it has borne this much since the start.
VERIFIED_ABOVE_NEWTON = 0.5


@dataclass(frozen=True, slots=True)
class PadRules:
    """What the source of the readings can promise.

    Attributes:
        verified: The pads need not be pressed first (an import).
        can_stick: Equal readings are evidence of a stuck pad; not so in a rounded or computed recording.
        zeroes: A pad may be bent by the glove at rest, so its zero is taken; a recording has its zero in it.
        creeps: The volts come from an FSR that creeps; newtons measured by something else do not.
    """

    verified: bool = False
    can_stick: bool = True
    zeroes: bool = False
    creeps: bool = False


class Pad:
    """One pad through a session."""

    def __init__(self, name: str, table: PadCalibration, divider: Divider, rules: PadRules) -> None:
        self.name = name
        self.state = PadState.UNVERIFIED
        self.valid_at_s: float | None = None
        self._curve = Curve(table)
        self._divider = divider
        self._can_stick = rules.can_stick
        self._verified = rules.verified
        self._newton: float | None = None
        self._bad_since_s: float | None = None
        self._over_since_s: float | None = None
        self._hung = False
        self._same_volt = -1.0
        self._same_since_s = 0.0
        self._same_readings = 0

    def feed(self, t_s: float, volt: float, supply_volt: float) -> None:
        """Judge one reading."""
        u = volt / supply_volt
        if OPEN_BELOW_U <= u <= SHORT_ABOVE_U:
            self._bad_since_s = None
            self._feed_plausible(t_s, u, volt)
            return
        self._over_since_s = None
        if self._bad_since_s is None:
            self._bad_since_s = t_s
        if t_s - self._bad_since_s >= FAULT_AFTER_S or self.state in FAULTS:
            self.state = PadState.OPEN if u < OPEN_BELOW_U else PadState.SHORT
            self._newton = None

    def _feed_plausible(self, t_s: float, u: float, volt: float) -> None:
        newton = 0.0
        over = u > OVER_ABOVE_U
        if over:
            newton = self._curve.last_newton
        elif u > UNTOUCHED_BELOW_U:
            siemens = self._divider.siemens_from_fraction(u)
            newton = self._curve.newton_from_siemens(siemens)
            over = siemens > self._curve.last_siemens
            if self._over_since_s is not None:
                over = over or newton > OVER_ENDS_SHARE * self._curve.last_newton
        if not over:
            self._over_since_s = None
        elif self._over_since_s is None:
            self._over_since_s = t_s
        if self._hangs(t_s, volt, newton):
            self.state = PadState.STUCK
            self._newton = None
            return
        self._newton = newton
        self.valid_at_s = t_s
        self._verified = self._verified or newton > VERIFIED_ABOVE_NEWTON
        if over:
            self.state = PadState.OVER
        elif not self._verified:
            self.state = PadState.UNVERIFIED
        else:
            self.state = PadState.OK if u > UNTOUCHED_BELOW_U else PadState.UNTOUCHED

    def _hangs(self, t_s: float, volt: float, newton: float) -> bool:
        """Return whether the pad repeats itself, or never comes back from OVER; over only when it moves again."""
        if volt != self._same_volt:
            self._same_volt = volt
            self._same_since_s = t_s
            self._same_readings = 0
        self._same_readings += 1
        repeats = (
            self._can_stick
            and newton > STUCK_ABOVE_NEWTON
            and self._same_readings >= STUCK_AFTER_READINGS
            and t_s - self._same_since_s >= STUCK_AFTER_S
        )
        return repeats or (self._over_since_s is not None and t_s - self._over_since_s >= OVER_AT_MOST_S)

    def age(self, t_s: float) -> None:
        """Let time pass without a valid value."""
        if self.state in (PadState.OPEN, PadState.SHORT, PadState.STUCK):
            return
        if self.valid_at_s is not None and t_s - self.valid_at_s > FRESH_S:
            self.state = PadState.STALE
            self._newton = None

    def newton(self, t_s: float) -> float | None:
        """Return the force to count with at that time; None when no value is young enough."""
        if self.valid_at_s is None or t_s - self.valid_at_s > USABLE_S:
            return None
        return self._newton

    def is_fresh(self, t_s: float) -> bool:
        """Return whether a valid value is young enough for the good lights (P1)."""
        return self.valid_at_s is not None and t_s - self.valid_at_s <= FRESH_S

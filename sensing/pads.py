"""How far one pad can be believed: its state and its newtons, from volts, supply and a little history.

A pad gives newtons, or nothing; it never gives newtons that may be wrong. The limits on u = pad / supply
come from a Monte Carlo over component spread, supply and noise (1 000 000 draws a row).
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from .calibration import Curve, PadCalibration
from .creep import Creep
from .divider import Divider
from .faults import Repeats, Wire


class PadState(StrEnum):
    """What is known of a pad now."""

    OK = "ok"
    UNTOUCHED = "untouched"
    OVER = "over"
    OPEN = "open"
    SHORT = "short"
    STUCK = "stuck"
    STALE = "stale"
    LOOSE = "loose"
    SILENT = "silent"
    UNVERIFIED = "unverified"


# These are not to be trusted: the glove is not watching.
FAULTS = frozenset({PadState.OPEN, PadState.SHORT, PadState.STUCK, PadState.STALE, PadState.LOOSE, PadState.SILENT})
# In these a pad has no force, and silence from the bus makes it no worse.
_BROKEN = frozenset({PadState.OPEN, PadState.SHORT, PadState.STUCK, PadState.LOOSE})

# Untouched reads 0.0205 to 0.0227; a cut lead 0, or up to 0.0081 when sweat bridges it.
OPEN_BELOW_U = 0.019
UNTOUCHED_BELOW_U = 0.024
# Full force reads up to 0.866, an FSR shorted inside from 0.898, a sense lead at the supply from 0.974.
OVER_ABOVE_U = 0.88
SHORT_ABOVE_U = 0.95

# A wire that chatters for one reading is not yet a broken one; 200 ms is the longest anybody may take to say so.
# A microsecond less, because 5.06 - 5.0 is a hair under 0.06.
FAULT_AFTER_S = 0.06 - 1e-6
# A value may stand in for a lost one this long (5 sweeps); after this long without one (10 sweeps) nobody watches.
# A microsecond more, because 0.8 - 0.6 is a hair above 0.2.
USABLE_S = 0.1 + 1e-6
FRESH_S = 0.2 + 1e-6
# No good light may be seen 200 ms after the newest value (P1), and what a tick chose stands until the next tick has
# made its sweep: on a bus that hangs that is 107 ms later, a tick of 60 and a sweep of 47.
GOOD_FOR_S = 0.09 + 1e-6
# Nobody leans beyond the table for half a minute: an FSR shorted inside does.
OVER_AT_MOST_S = 30.0
# OVER ends 3 % below the last knot, so that a force at the knot does not flicker.
OVER_ENDS_SHARE = 0.97
# A pad has shown that it feels when it has borne this much since the start; what a tight glove presses on it all the
# time shows nothing.
VERIFIED_ABOVE_NEWTON = 0.5


@dataclass(frozen=True, slots=True)
class PadRules:
    """What the source of the readings can promise.

    Attributes:
        verified: The pads need not be pressed first (an import).
        can_stick: Equal readings, or half a minute of more than the pad can tell, are evidence of a broken one; not so
            in a rounded, computed or clipped recording.
        zeroes: A pad may be bent by the glove at rest, so its zero is taken; a recording has its zero in it.
        creeps: The volts come from an FSR that creeps; newtons measured by something else do not.
    """

    verified: bool = False
    can_stick: bool = True
    zeroes: bool = False
    creeps: bool = False


class Pad:
    """One pad through a session.

    Attributes:
        state: What is known of it now.
        valid_at_s: Time of its newest valid value.
        touched_at_s: When it last felt anything at all, be it by the glove.
        zero_newton: What the glove itself presses on it (see `zero.py`).
    """

    def __init__(self, name: str, table: PadCalibration, divider: Divider, rules: PadRules) -> None:
        self.name = name
        self.state = PadState.UNVERIFIED
        self.valid_at_s: float | None = None
        self.touched_at_s = -math.inf
        self.zero_newton = 0.0
        self._curve = Curve(table)
        self._divider = divider
        self._creep = Creep(table.creep_share) if rules.creeps else None
        self._can_stick = rules.can_stick
        self._verified = rules.verified
        self._felt_newton = 0.0
        self._newton: float | None = None
        self._lowest_newton = math.inf if rules.zeroes else 0.0
        self._bad_since_s: float | None = None
        self._over_since_s: float | None = None
        self._repeats = Repeats()
        self._wire = Wire()

    def feed(self, t_s: float, volt: float, supply_volt: float) -> None:
        """Judge one reading."""
        u = volt / supply_volt
        if OPEN_BELOW_U <= u <= SHORT_ABOVE_U:
            if self._bad_since_s is not None:
                self._bad_since_s = None
                self._wire.heals(t_s)
            if not self._wire.is_loose:
                self._feed_plausible(t_s, u, volt)
            return
        self._over_since_s = None
        if self._bad_since_s is None:
            self._bad_since_s = t_s
            if self.valid_at_s is not None:
                self._wire.breaks(t_s)
        if self._wire.is_loose:
            self._break(PadState.LOOSE)
        elif t_s - self._bad_since_s >= FAULT_AFTER_S or self.state in FAULTS:
            self._break(PadState.OPEN if u < OPEN_BELOW_U else PadState.SHORT)

    def _break(self, state: PadState) -> None:
        self.state = state
        self._newton = None

    def _feed_plausible(self, t_s: float, u: float, volt: float) -> None:
        is_touched = u > UNTOUCHED_BELOW_U
        if is_touched:
            self.touched_at_s = t_s
        newton, over = self._felt(t_s, u)
        if not over:
            self._over_since_s = None
        elif self._over_since_s is None:
            self._over_since_s = t_s
        # A recording that is clipped for a while is no broken pad.
        if self._can_stick and (self._repeats.feed(t_s, volt, newton) or self._is_over_for_long(t_s)):
            self._break(PadState.STUCK)
            return
        self._felt_newton = self._newton = newton
        self.valid_at_s = t_s
        if not self._verified:
            self._lowest_newton = min(self._lowest_newton, newton)
            self._verified = newton > self._lowest_newton + VERIFIED_ABOVE_NEWTON
        if over:
            # All of it counts.
            self.state = PadState.OVER
            return
        if self.zero_newton:
            self._newton = round(max(newton - self.zero_newton, 0.0), 6)
        if is_touched:
            self.state = PadState.OK if self._verified else PadState.UNVERIFIED
        elif self.state is not PadState.SILENT:
            self.state = PadState.UNTOUCHED if self._verified else PadState.UNVERIFIED

    def _is_over_for_long(self, t_s: float) -> bool:
        return self._over_since_s is not None and t_s - self._over_since_s >= OVER_AT_MOST_S

    def _felt(self, t_s: float, u: float) -> tuple[float, bool]:
        """Return the newtons, and whether that is more than the pad can tell, with its creep or without."""
        curve = self._curve
        siemens = settled = 0.0
        if u > OVER_ABOVE_U:
            siemens = math.inf
        elif u > UNTOUCHED_BELOW_U:
            siemens = settled = self._divider.siemens_from_fraction(u)
        if self._creep is not None:
            # Beyond the table nothing is known of creep either.
            settled = self._creep.feed(t_s, min(siemens, curve.last_siemens))
        if siemens > curve.last_siemens or settled > curve.last_siemens:
            return curve.last_newton, True
        if self._over_since_s is not None:
            newton = curve.newton_from_siemens(max(siemens, settled))
            if newton > OVER_ENDS_SHARE * curve.last_newton:
                return newton, True
        return curve.newton_from_siemens(settled), False

    def fall_silent(self) -> None:
        """Take note that the pad feels nothing while the others do; the next touch ends that."""
        if self.state not in FAULTS:
            self.state = PadState.SILENT

    def age(self, t_s: float) -> None:
        """Let time pass without a valid value."""
        if self.state in _BROKEN:
            return
        if self.valid_at_s is not None and t_s - self.valid_at_s > FRESH_S:
            self.state = PadState.STALE
            self._newton = None

    def newton(self, t_s: float) -> float | None:
        """Return the force to count with at that time; None when no value is young enough."""
        if self.valid_at_s is None or t_s - self.valid_at_s > USABLE_S:
            return None
        return self._newton

    def felt_newton(self, t_s: float) -> float | None:
        """Return the same before the zero was taken away: the hand's and the glove's."""
        return None if self.newton(t_s) is None else self._felt_newton

    def is_fresh(self, t_s: float) -> bool:
        """Return whether a valid value is young enough for the good lights (P1)."""
        return self.valid_at_s is not None and t_s - self.valid_at_s <= GOOD_FOR_S

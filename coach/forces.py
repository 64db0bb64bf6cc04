"""How far the newtons of a session can be believed; every reader of its account is told."""

from msgspec import Struct

from sensing.calibration import Calibration
from sensing.pads import PadRules


class Forces(Struct, frozen=True):
    """What the calibration can support.

    Attributes:
        uncertain_share: How far off a usual force may be; None where something else measured the newtons.
        not_calibrated: The pads of which nobody knows how far off they are.
        calibration: Where the tables come from, in a few words.
        reach_newton: A pad cannot tell what is above this; None where that is not known.
    """

    uncertain_share: float | None = None
    not_calibrated: tuple[str, ...] = ()
    calibration: str = ""
    reach_newton: float | None = None


AS_RECORDED = Forces()


def forces_of(calibration: Calibration, rules: PadRules) -> Forces:
    """Return how far the newtons of a session with these pads can be believed."""
    reach_newton = min(table.highest_newton for _, table in calibration.pads)
    if rules.verified and not rules.creeps:
        # A recording in newtons went through the table and back: its error is that of what measured it.
        return Forces(reach_newton=reach_newton)
    return Forces(round(calibration.uncertain_share, 4), calibration.unmeasured, calibration.made_on, reach_newton)

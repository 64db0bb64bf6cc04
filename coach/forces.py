"""How far the newtons of a session can be believed; every reader of its account is told."""

from collections.abc import Sequence

from msgspec import Struct

from sensing.calibration import Calibration
from sensing.pads import PadRules

from .plan import SIDES


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


def forces_of(calibrations: Sequence[Calibration], rules: PadRules) -> Forces:
    """Return how far the newtons of a session with these pads can be believed; of two gloves, as far as of the worse.

    Args:
        calibrations: Of the glove; of two, the left one's first.
        rules: What the source of the readings promises.
    """
    reach_newton = min(table.highest_newton for glove in calibrations for _, table in glove.pads)
    if rules.verified and not rules.creeps:
        # A recording in newtons went through the table and back: its error is that of what measured it.
        return Forces(reach_newton=reach_newton)
    is_one = len(calibrations) == 1
    unmeasured = tuple(
        pad if is_one else f"{side} {pad}"
        for side, glove in zip(SIDES, calibrations, strict=False)
        for pad in glove.unmeasured
    )
    made_on = dict.fromkeys(glove.made_on for glove in calibrations if len(glove.unmeasured) < len(glove.names))
    share = max(glove.uncertain_share for glove in calibrations)
    return Forces(round(share, 4), unmeasured, " and ".join(made_on) or calibrations[0].made_on, reach_newton)

"""What the other pads do while one is pressed: wires that touch move together, one resistor for all pulls them down.

A hand that presses one pad may touch the others, or give way under them; neither looks like these two.
"""

import statistics
from collections.abc import Sequence

from hardware.ads1115 import VOLT_PER_CODE
from hardware.board import PADS
from sensing.inputs import Reading
from sensing.pads import OPEN_BELOW_U

from .finding import Finding, left_out, ok, wrong
from .looking import Glove

# Of the volts. One wire shows the same twice, but for noise and for what a hand trembles from channel to channel, each
# less than half of this; two pads differ by more unless one is pressed within 2 % of the other, and nobody does that.
_SAME_SHARE = 0.005
# A tenth of a second at 50 sweeps: fewer are the edges of a blow alone.
_AT_LEAST = 5

# Resistors of 1 % let an untouched pad read so: one that shows more may be bent by the glove, and falls when that gives
# way.
_BIAS_ALONE = 0.03
# A pad that is touched shows at least four times as much (0.2 N, where an FSR turns on); noise is a thousandth.
_TOUCHED = 0.01
# Of the supply. 3 N on one pad make 4 % of 220 ohm; where a press makes less, there is nothing to be told from noise.
_LEAST_FALL = 0.02
# Of what one resistor for all would take. With its own each pad loses nothing, with one for all the whole of it: a half
# is as far from either, and 110 ohm in the common wire.
_SHARED = 0.5
# So many pads have to have been left alone, in all three presses: one may have been bent.
_PADS_AT_LEAST = 2


def touching(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the pads that show the same volts as the one that is pressed, and that one; or none."""
    if len(readings) < _AT_LEAST:
        return ()
    of_pads = list(zip(*(reading.volts[: len(PADS)] for reading in readings), strict=True))
    pressed = max(range(len(PADS)), key=lambda i: sum(of_pads[i]))
    joined = tuple(
        pad for pad, volts in zip(PADS, of_pads, strict=True) if _apart(volts, of_pads[pressed]) <= _SAME_SHARE
    )
    return joined if len(joined) > 1 else ()


def _apart(volts: Sequence[float], highest: Sequence[float]) -> float:
    """Return by what part two pads differ, most of the time."""
    return statistics.median(abs(a - b) / max(a, b, VOLT_PER_CODE) for a, b in zip(volts, highest, strict=True))


def falls(glove: Glove, rest_shares: Sequence[float], readings: Sequence[Reading]) -> list[float]:
    """Return how far each pad that was left alone fell while another was pressed: 1 is what one resistor would take.

    Args:
        glove: The glove.
        rest_shares: What each pad showed of the supply before.
        readings: Those of the press.
    """
    if not readings:
        return []
    shares = glove.mean_shares(readings)
    # Kirchhoff: all currents through one series resistor, each of them known by its measuring resistor.
    predicted = glove.divider.series_ohm / glove.divider.fixed_ohm * (sum(shares) - sum(rest_shares))
    if predicted < _LEAST_FALL:
        return []
    alone = [
        1 - share / rest
        for share, rest in zip(shares, rest_shares, strict=True)
        if OPEN_BELOW_U <= rest <= glove.untouched_u * (1 + _BIAS_ALONE) and share <= rest * (1 + _TOUCHED)
    ]
    return [fall / predicted for fall in alone]


def one_resistor(glove: Glove, fallen: Sequence[float]) -> Finding:
    """Return whether all pads hang on one series resistor.

    Args:
        glove: The glove.
        fallen: What `falls` said of each press.
    """
    about, ohm = "series resistors", f"{glove.divider.series_ohm:.0f} ohm"
    if len(fallen) < _PADS_AT_LEAST:
        return left_out(about, "no press of one pad alone has shown them")
    if statistics.median(fallen) > _SHARED:
        return wrong(
            about,
            "a press on one pad pulls the others down: one resistor feeds all three",
            f"give each pad {ohm} of its own, between 3.3 V and that pad",
        )
    return ok(about, f"each pad has its {ohm}: a press on one leaves the others alone")

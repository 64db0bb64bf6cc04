"""What the other pads do while one is pressed: wires that touch move together, one resistor for all pulls them down.

A hand that presses one pad may touch the others, or give way under them; neither looks like these two.
"""

import statistics
from collections.abc import Sequence
from itertools import combinations

from hardware.board import PADS
from sensing.inputs import Reading
from sensing.pads import OPEN_BELOW_U

from .finding import Finding, left_out, ok, wrong
from .looking import Glove

# One node is converted twice within 5 ms, in which a quick hand moves it by 3 %; two pads of one batch differ by 6 %,
# and nobody presses two alike.
_SAME_SHARE = 0.03
# A blow comes and goes within a sweep: the one or two readings of its edges may differ.
_SAME_FOR = 0.9
# A tenth of a second at 50 sweeps: fewer are the edges alone.
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


def touching(glove: Glove, readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the pads that show the same volts all through a press, or none."""
    joined = set()
    for one, other in combinations(range(len(PADS)), 2):
        pairs = [(reading.volts[one], reading.volts[other]) for reading in readings]
        # Two pads that are both left alone are the same too.
        felt = [pair for pair in pairs if max(pair) > 2 * glove.untouched_u * glove.divider.supply_volt]
        same = sum(abs(a - b) <= _SAME_SHARE * max(a, b) for a, b in felt)
        if len(felt) >= _AT_LEAST and same >= _SAME_FOR * len(felt):
            joined |= {one, other}
    return tuple(PADS[i] for i in sorted(joined))


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

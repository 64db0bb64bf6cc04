"""What a pad's loads came to, as a table that one person can judge: is this my scale, is this my pad?"""

import math
from collections.abc import Sequence
from statistics import fmean

from sensing.calibration import Curve, Knot, PadCalibration
from sensing.loads import PadLoads

from .weights import Unit

# Interlink says 10 % on average, and after a heavy load the creep of a light one adds to it; beyond this the puck is
# worth a second look.
MUCH_APART_SHARE = 0.3
# A pad reads a falling force higher, never lower; what the rounding of a scale may hide is left alone.
BELOW_SHARE = -0.05
# Loads of the two ways that are nearer than this belong into one row.
_SAME_ROW = math.log(1.1)


def table_lines(pad: str, loads: PadLoads, table: PadCalibration, unit: Unit) -> list[str]:
    """Return the lines for one pad: each load, what the pad conducts on both ways, and how far these lie apart."""
    curve = Curve(table)
    lines = [f"{pad:<8} {'load':>8} {'way up':>10} {'way down':>10} {'apart':>8}"]
    parts_apart: list[float] = []
    for siemens, newton in loads.up:
        row = f"{'':<8} {unit.say(newton):>8} {_micro(siemens):>10}"
        found = _down_load(newton, loads.down)
        if found is not None:
            apart = curve.newton_from_siemens(found[0]) / found[1] - 1
            parts_apart.append(apart)
            row += f" {_micro(found[0]):>10} {apart:>+8.0%}"
        lines.append(row)
    off = unit.say(unit.rounded(table.residual_newton or 0.0))
    said = [f"up and down lie {table.spread_share:.0%} apart", f"a load told by the others is off by {off}"]
    if table.creep_share is not None:
        said.append(f"creep {table.creep_share:.1%} a decade")
    lines.append(f"{'':<8} {', '.join(said)}")
    doubt = None
    if parts_apart and fmean(parts_apart) < BELOW_SHARE:
        doubt = "the way down lies lower, as no pad does by itself: did the puck slip?"
    elif (table.spread_share or 0.0) > MUCH_APART_SHARE:
        doubt = "that is far: is the pad creased, or is something springy behind it?"
    if doubt is not None:
        lines.append(f"{'':<8} {doubt}")
        lines.append(f"{'':<8} `paws calibrate --pad {pad}` does this pad alone once more")
    return lines


def _micro(siemens: float) -> str:
    return f"{siemens * 1e6:.0f} µS"


def _down_load(newton: float, down: Sequence[Knot]) -> Knot | None:
    """Return the load of the way down that belongs to one of the way up."""
    near = [load for load in down if abs(math.log(load[1] / newton)) < _SAME_ROW]
    return min(near, key=lambda load: abs(math.log(load[1] / newton)), default=None)

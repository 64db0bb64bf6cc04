"""What a pad's loads came to, as a table that one person can judge: is this my scale, is this my pad?"""

import math
from collections.abc import Iterator, Sequence
from statistics import fmean

from sensing.calibration import Curve, Knot, PadCalibration
from sensing.loads import PadLoads

from .weights import Unit

# Interlink says 10 % on average, and after a heavy load the creep of a light one adds to it; beyond this the puck is
# worth a second look.
_MUCH_APART_SHARE = 0.3
# A pad reads a falling force higher, never lower; what the rounding of a scale may hide is left alone.
_BELOW_SHARE = -0.05
# Loads of the two ways that are nearer than this belong into one row.
_SAME_ROW = math.log(1.1)


def table_lines(pad: str, loads: PadLoads, table: PadCalibration, unit: Unit) -> list[str]:
    """Return the lines for one pad: each load, what the pad conducts on both ways, and how far these lie apart."""
    below = [verdict(table, unit)]
    if (doubted := doubt(loads, table)) is not None:
        below += [doubted, f"`paws calibrate --pad {pad}` does this pad alone once more"]
    return [*_rows(pad, loads, table, unit), *(f"{'':<8} {sentence}" for sentence in below)]


def verdict(table: PadCalibration, unit: Unit) -> str:
    """Return how well a table fits the loads that it was made of."""
    off = unit.say(unit.rounded(table.residual_newton or 0.0))
    said = [f"up and down lie {table.spread_share:.0%} apart", f"a load told by the others is off by {off}"]
    if table.creep_share is not None:
        said.append(f"creep {table.creep_share:.1%} a decade")
    return ", ".join(said)


def doubt(loads: PadLoads, table: PadCalibration) -> str | None:
    """Return why a table is worth a second look; None where nothing speaks for one."""
    curve = Curve(table)
    parts_apart = [
        _apart(curve, down) for _, newton in loads.up if (down := _down_load(newton, loads.down)) is not None
    ]
    if parts_apart and fmean(parts_apart) < _BELOW_SHARE:
        return "the way down lies lower, as no pad does by itself: did the puck slip?"
    if (table.spread_share or 0.0) > _MUCH_APART_SHARE:
        return "that is far: is the pad creased, or is something springy behind it?"
    return None


def _rows(pad: str, loads: PadLoads, table: PadCalibration, unit: Unit) -> Iterator[str]:
    curve = Curve(table)
    yield f"{pad:<8} {'load':>8} {'way up':>10} {'way down':>10} {'apart':>8}"
    for siemens, newton in loads.up:
        row = f"{'':<8} {unit.say(newton):>8} {_micro(siemens):>10}"
        down = _down_load(newton, loads.down)
        yield row if down is None else f"{row} {_micro(down[0]):>10} {_apart(curve, down):>+8.0%}"


def _apart(curve: Curve, down: Knot) -> float:
    """Return how far a load of the way down is from what the table reads, as a part of it."""
    siemens, newton = down
    return curve.newton_from_siemens(siemens) / newton - 1


def _micro(siemens: float) -> str:
    return f"{siemens * 1e6:.0f} µS"


def _down_load(newton: float, down: Sequence[Knot]) -> Knot | None:
    """Return the load of the way down that belongs to one of the way up."""
    near = [load for load in down if abs(math.log(load[1] / newton)) < _SAME_ROW]
    return min(near, key=lambda load: abs(math.log(load[1] / newton)), default=None)

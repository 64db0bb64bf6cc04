"""The voltages as a plot: volts over newtons, with what the glove calls each height.

Pads that are alike are a line for each supply; pads with tables of their own are a line each, at the board's supply.
"""

from collections.abc import Sequence

from hardware.board import Board
from sensing.calibration import Calibration, Curve, PadCalibration
from sensing.divider import Divider
from sensing.pads import OPEN_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U

from .home import divider_of
from .plot import Band, Line, Scale, plot_svg
from .volts_page import alike, in_volt, whose

_NEWTONS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 40.0)
# So many points that a curve looks like one.
_POINTS = 40
_DASHES = ("7 3", "", "2 3")


def volts_svg(board: Board, calibration: Calibration, supplies_volt: Sequence[float]) -> str:
    """Return the plot."""
    divider, own_volt, tables = divider_of(board), board.electronics.supply_volt, alike(calibration)
    if len(tables) == 1:
        named = [(f"supply {volt:.2f} V", tables[0][1], volt) for volt in supplies_volt]
    else:
        named = [(" and ".join(pads), table, own_volt) for pads, table in tables]
    lines = [
        Line(name, _points(divider, table, volt), _DASHES[i % len(_DASHES)])
        for i, (name, table, volt) in enumerate(reversed(named))
    ]
    highest_newton = max(table.highest_newton for _, table in tables)
    top_volt = max(own_volt, *(volt for _, _, volt in named))
    across = Scale(
        _NEWTONS[0],
        highest_newton,
        tuple(newton for newton in _NEWTONS if newton <= highest_newton),
        "newtons on the pad",
    )
    up = Scale(0.0, top_volt, tuple(half / 2 for half in range(int(top_volt * 2) + 1)), "volts", is_logarithmic=False)
    words = (f"The states are those of a supply of {own_volt:.2f} V.", whose(calibration))
    return plot_svg("What a meter shows at a pad's input", across, up, lines, _bands(own_volt, top_volt), words)


def _points(divider: Divider, table: PadCalibration, supply_volt: float) -> tuple[tuple[float, float], ...]:
    """Return (newton, volt) from the least to the most that the table knows, in equal factors."""
    curve = Curve(table)
    low, factor = _NEWTONS[0], curve.last_newton / _NEWTONS[0]
    newtons = [min(low * factor ** (i / _POINTS), curve.last_newton) for i in range(_POINTS + 1)]
    return tuple(
        (newton, supply_volt * divider.fraction_from_siemens(curve.siemens_from_newton(newton))) for newton in newtons
    )


def _bands(supply_volt: float, top_volt: float) -> list[Band]:
    limits = [limit * supply_volt for limit in (OPEN_BELOW_U, UNTOUCHED_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U)]
    is_open, untouched, over, short = limits
    return [
        Band(f"open below {in_volt(is_open)}", 0.0, is_open),
        Band(f"untouched to {in_volt(untouched)}", is_open, untouched),
        Band("ok", untouched, over),
        Band(f"over, above {in_volt(over)}", over, short),
        Band(f"short, above {in_volt(short)}", short, top_volt),
    ]

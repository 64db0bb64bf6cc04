"""What a meter shows at the nodes of a pad, and what the glove makes of it.

Nothing is worked out a second time here: the same divider, table and pad that judge a session are asked.
"""

import math
from dataclasses import dataclass, replace

from hardware.ads1115 import VOLT_PER_CODE, midpoint_limits_volt
from hardware.board import Board
from hardware.emulated.circuit import INPUT_OHM
from sensing.calibration import Curve, PadCalibration
from sensing.divider import Divider
from sensing.pads import Pad, PadRules, PadState
from sensing.steadiness import TURN_ON_SIEMENS

# What a maker can press onto a kitchen scale without harm to a pad.
PRESSES_NEWTON = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
# A wire is called broken after three readings of a tick each.
_READINGS = 5
_TICK_S = 0.02


@dataclass(frozen=True, slots=True)
class Node:
    """One pad in one situation.

    Attributes:
        situation: Which, in words.
        u: The pad's part of the supply, at the ADC's input.
        above_u: The same between the series resistor and the pad.
        state: What the glove calls it.
        newton: What the glove reads; None where there is no valid value.
        expected: What it has to be called, if the resistors suit the limits.
    """

    situation: str
    u: float
    above_u: float
    state: PadState
    newton: float | None
    expected: PadState

    @property
    def is_right(self) -> bool:
        """Whether the glove calls it what it is."""
        return self.state is self.expected


def nodes_of(divider: Divider, table: PadCalibration) -> tuple[Node, ...]:
    """Return a pad's nodes in every situation that a maker may meet, from nothing to all of the supply."""
    curve = Curve(table)
    fed = [
        ("untouched", 0.0, PadState.UNTOUCHED),
        (f"turn-on, {in_ohm(1 / TURN_ON_SIEMENS)}", TURN_ON_SIEMENS, PadState.OK),
    ]
    fed += [
        (f"{newton:g} N", curve.siemens_from_newton(newton), PadState.OK)
        for newton in PRESSES_NEWTON
        if newton <= curve.last_newton
    ]
    fed.append(("shorted inside", math.inf, PadState.OVER))
    nodes = [_node("wire off", 0.0, 1.0, divider, table, PadState.OPEN)]
    for situation, siemens, expected in fed:
        u = divider.fraction_from_siemens(siemens)
        nodes.append(_node(situation, u, _above(u, divider), divider, table, expected))
    # Only the converter's own input is left to draw the pad down.
    afloat = replace(divider, fixed_ohm=INPUT_OHM)
    u = afloat.fraction_from_siemens(0.0)
    nodes.append(_node("no ground", u, _above(u, afloat), divider, table, PadState.SHORT))
    nodes.append(_node(f"touching {divider.supply_volt:g} V", 1.0, 1.0, divider, table, PadState.SHORT))
    return tuple(nodes)


def _above(u: float, divider: Divider) -> float:
    """Return the supply less what the current through the measuring resistor leaves in the series resistor."""
    return 1 - u * divider.series_ohm / divider.fixed_ohm


def _node(
    situation: str, u: float, above_u: float, divider: Divider, table: PadCalibration, expected: PadState
) -> Node:
    state, newton = judged(u * divider.supply_volt, divider, table)
    return Node(situation, u, above_u, state, newton, expected)


def judged(volt: float, divider: Divider, table: PadCalibration) -> tuple[PadState, float | None]:
    """Return what the glove calls a pad that stays at this voltage, and the newtons that it reads."""
    pad = Pad("", table, divider, PadRules(verified=True, can_stick=False))
    # Whole codes, as the converter has them, and down: at the table's very end a pad is not over yet.
    read_volt = math.floor(volt / VOLT_PER_CODE) * VOLT_PER_CODE
    t_s = 0.0
    for tick in range(_READINGS):
        t_s = tick * _TICK_S
        pad.feed(t_s, read_volt, divider.supply_volt)
    return pad.state, pad.newton(t_s)


@dataclass(frozen=True, slots=True)
class Reference:
    """The supply's own channel at one supply.

    Attributes:
        is_read: Whether the glove takes it; if not, it says that the supply is wrong, and does not watch.
    """

    supply_volt: float
    volt: float
    is_read: bool


def reference_of(board: Board, supply_volt: float) -> Reference:
    """Return what the supply's channel shows when the board is fed so much."""
    parts = board.electronics
    volt = parts.midpoint_volt * supply_volt / parts.supply_volt
    low, high = midpoint_limits_volt(board)
    return Reference(supply_volt, volt, low <= volt <= high)


def in_ohm(ohm: float) -> str:
    """Say a resistance."""
    return f"{ohm / 1000:g} kohm" if ohm >= 1000 else f"{ohm:g} ohm"

"""The voltages as a table for a terminal: a row for each situation, a column for each supply, the state at the end."""

from collections.abc import Collection, Iterator, Sequence

from hardware.ads1115 import midpoint_limits_volt
from hardware.board import Board
from sensing.calibration import Calibration, PadCalibration
from sensing.pads import OPEN_BELOW_U, OVER_ABOVE_U, SHORT_ABOVE_U, UNTOUCHED_BELOW_U

from .home import divider_of
from .paragraph import paragraph
from .volts import Node, in_ohm, nodes_of, reference_of

_NAME, _VOLT = 19, 9
_DATA_SHEET = "the data sheet's curve; a real pad may be off by a quarter (paws calibrate)."
# The longest name of a state, and what stands before it.
_STATE = 11


def table_lines(board: Board, calibration: Calibration, supplies_volt: Sequence[float], width: int) -> list[str]:
    """Return the table of each pad, of all at once where they are alike, and what there is to know about it.

    Args:
        board: The wiring.
        calibration: What the pads feel.
        supplies_volt: A column for each.
        width: Of a line; the columns that are too many for it come below.
    """
    lines = paragraph(f"Volts against ground. {whose(calibration)}", width)
    tables = alike(calibration)
    fit = max((width - _NAME - _STATE) // _VOLT, 1)
    wrong: dict[str, Node] = {}
    for pads, table in tables:
        nodes = nodes_of(divider_of(board), table)
        head = "Each pad: " if len(tables) == 1 else ""
        lines += ["", *paragraph(head + ", ".join(f"{pad} at A{getattr(board.pads, pad)}" for pad in pads), width)]
        for first in range(0, len(supplies_volt), fit):
            lines += [""] if first else []
            lines += _rows(board, nodes, supplies_volt[first : first + fit])
        wrong |= {node.situation: node for node in nodes if not node.is_right}
    for sentence in (*_misfits(wrong.values()), *_sentences(board, nodes, supplies_volt)):
        lines += ["", *paragraph(sentence, width)]
    return lines


def whose(calibration: Calibration) -> str:
    """Return where the forces come from."""
    unmeasured = calibration.unmeasured
    if len(unmeasured) == len(calibration.pads):
        return f"Forces are by {_DATA_SHEET}"
    told = f"Forces are by your calibration of {calibration.made_on}"
    return f"{told}; {' and '.join(unmeasured)} by {_DATA_SHEET}" if unmeasured else f"{told}."


def alike(calibration: Calibration) -> list[tuple[list[str], PadCalibration]]:
    """Return the pads that share a table, and the table."""
    found: list[tuple[list[str], PadCalibration]] = []
    for pad, table in calibration.pads:
        same = next((pads for pads, other in found if other.knots == table.knots), None)
        if same is None:
            found.append(([pad], table))
        else:
            same.append(pad)
    return found


def _rows(board: Board, nodes: Sequence[Node], supplies_volt: Sequence[float]) -> Iterator[str]:
    columns = "".join(f"{f'{supply_volt:.2f} V':>{_VOLT}}" for supply_volt in supplies_volt)
    yield f"{'  with a supply of':<{_NAME}}{columns}  state"
    for node in nodes:
        volts = "".join(f"{in_volt(node.u * supply_volt):>{_VOLT}}" for supply_volt in supplies_volt)
        yield f"  {node.situation:<{_NAME - 2}}{volts}  {node.state}"
    references = [reference_of(board, supply_volt) for supply_volt in supplies_volt]
    volts = "".join(f"{in_volt(reference.volt):>{_VOLT}}" for reference in references)
    yield f"  {f'A{board.pads.supply}, any time':<{_NAME - 2}}{volts}"


def in_volt(volt: float) -> str:
    """Say a voltage as a meter does: below a volt in millivolts."""
    return f"{volt * 1000:.1f} mV" if volt < 0.9995 else f"{volt:.2f} V"


def _misfits(wrong: Collection[Node]) -> Iterator[str]:
    if wrong:
        called = ", ".join(f"{node.situation} is called {node.state} and not {node.expected}" for node in wrong)
        yield (
            f"These resistors do not suit the limits of the states: {called}. "
            "Correct [electronics] in glove.toml, or take the resistors of the guide."
        )


def _sentences(board: Board, nodes: Sequence[Node], supplies_volt: Sequence[float]) -> Iterator[str]:
    parts = board.electronics
    supply_volt = parts.supply_volt if parts.supply_volt in supplies_volt else supplies_volt[0]
    series, fixed = in_ohm(parts.series_ohm), in_ohm(parts.fixed_ohm)
    above = {node.situation: in_volt(node.above_u * supply_volt) for node in nodes}
    hardest = [name for name in above if name.endswith(" N")][-1]
    yield (
        f"Between the {series} and its pad, with {supply_volt:.2f} V: {above['untouched']} untouched, "
        f"{above[hardest]} at {hardest}. 0 V there: the {series} is off, or its wire from the supply."
    )
    yield f"Wire off: one of the pad's two leads. No ground: the {fixed} is off, or its wire to ground."
    yield (
        f"The state comes from the pad's part of the supply: below {OPEN_BELOW_U:g} open, to {UNTOUCHED_BELOW_U:g} "
        f"untouched, above {OVER_ABOVE_U:g} over, above {SHORT_ABOVE_U:g} short."
    )
    low, high = midpoint_limits_volt(board)
    taken = f"The glove reads while A{board.pads.supply} has {low:.3f} to {high:.3f} V"
    lost = [f"{volt:.2f} V" for volt in supplies_volt if not reference_of(board, volt).is_read]
    yield f"{taken}; not with a supply of {' or '.join(lost)}." if lost else f"{taken}."

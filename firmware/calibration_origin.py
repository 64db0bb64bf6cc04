"""Where a calibration comes from: its label says which glove was measured, and which pads were not.

What was measured on the emulated glove must never pass for a real one, nor take its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hardware.board import PADS
from sensing.calibration import NOMINAL_KNOTS, Calibration, PadCalibration, nominal_calibration

from .home import calibration_path, last_calibration_path, load_calibration
from .refusal import Refusal

LEFT, RIGHT, EMULATED = "left glove", "right glove", "emulated glove"
GLOVES = (LEFT, RIGHT, EMULATED)


@dataclass(frozen=True, slots=True)
class Present:
    """The calibration before this one.

    Attributes:
        tables: Of all pads; the data-sheet curve where nothing was measured.
        former: Where the file goes when another takes its place.
        notice: What the person should know about it; empty when all is well.
    """

    tables: Calibration
    former: Path
    notice: str = ""


def present_calibration(glove: str, *, needed: bool) -> Present:
    """Return the calibration to begin with.

    Args:
        glove: One of `GLOVES`: the one on the scale.
        needed: Whether a part of it stays in use, so that a wrong one is no beginning.

    Raises:
        Refusal: It is wrong, or another glove's, and that matters.
    """
    is_left = glove == LEFT
    path = calibration_path(left=is_left)
    nominal, last = nominal_calibration(PADS), last_calibration_path(left=is_left)
    try:
        present = load_calibration(left=is_left)
    except Refusal as wrong:
        if needed or glove == EMULATED:
            raise
        return Present(nominal, path.with_name(f"{path.stem}.wrong.toml"), f"{wrong}; this one begins anew")
    if not path.exists():
        return Present(nominal, last)
    theirs = glove_of(present)
    if glove == EMULATED and theirs != EMULATED:
        raise Refusal(
            f"{path} was measured on a glove of yours ({present.made_on}), and the emulated one must not take its "
            "place - say KITTYPAWS_HOME=/tmp/kitchen before `paws` to try"
        )
    if theirs in (None, glove):
        return Present(present, last)
    if needed:
        raise Refusal(f"{path} is of the {theirs}, not of the {glove} - calibrate all pads of this one first")
    return Present(nominal, last, f"{path} is of the {theirs}; this one begins anew")


def glove_of(calibration: Calibration) -> str | None:
    """Return which glove it was measured on; None where its label does not say so."""
    return next((glove for glove in GLOVES if glove in calibration.made_on), None)


def refuse_emulated(calibration: Calibration, *, left: bool) -> None:
    """Let no real glove read with the tables of the emulated one.

    Raises:
        Refusal: It would.
    """
    if glove_of(calibration) == EMULATED:
        path = calibration_path(left=left)
        raise Refusal(f"{path} is of the emulated glove - run `paws calibrate{' --left' * left}`, or remove that file")


def label_of(glove: str, pads: Sequence[tuple[str, PadCalibration]]) -> str:
    """Return the label of a calibration that was made today."""
    label = f"{datetime.now().astimezone():%Y-%m-%d}, {glove}"
    nominal = [pad for pad, table in pads if table.knots == NOMINAL_KNOTS]
    return f"{label}; not measured: {', '.join(nominal)}" if nominal else label

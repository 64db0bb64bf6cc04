"""The calibration as a TOML file: a person can read it, and a wrong one is refused in one line.

made_on = "2026-11-22"
supply_volt = 3.29
[pads.heel]
knots = [[4.0e-5, 0.2], [1.6e-4, 1.0], [1.0e-3, 10.0]]   # siemens, newton
residual_newton = 0.4
spread_share = 0.08    # between the way up and the way down, of the force
creep_share = 0.04     # a decade of time
"""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from coach.strict import from_toml
from sensing.calibration import Calibration, PadCalibration

from .whole_file import write_whole


class _PadTable(Struct, frozen=True, forbid_unknown_fields=True):
    knots: tuple[tuple[float, float], ...]
    residual_newton: float | None = None
    spread_share: float | None = None
    creep_share: float | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    made_on: str
    pads: dict[str, _PadTable]
    supply_volt: float | None = None


def calibration_from_toml(text: str, name: str) -> Calibration:
    """Return the calibration in a TOML text.

    Raises:
        ValueError: One line that names the file, the pad and what is wrong.
    """
    written = from_toml(text, _File, name)
    pads = []
    for pad, table in written.pads.items():
        try:
            pads.append((pad, PadCalibration(*astuple(table))))
        except ValueError as error:
            raise ValueError(f"{name}: pad {pad}: {error}") from None
    try:
        return Calibration(tuple(pads), written.made_on, written.supply_volt)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def calibration_to_toml(calibration: Calibration) -> str:
    """Return the text of a calibration file."""
    lines = [f'made_on = "{calibration.made_on}"']
    if calibration.supply_volt is not None:
        lines.append(f"supply_volt = {calibration.supply_volt!r}")
    for name, table in calibration.pads:
        knots = ", ".join(f"[{siemens!r}, {newton!r}]" for siemens, newton in table.knots)
        lines += ["", f"[pads.{name}]", f"knots = [{knots}]  # siemens, newton"]
        for key in ("residual_newton", "spread_share", "creep_share"):
            value = getattr(table, key)
            if value is not None:
                lines.append(f"{key} = {value!r}")
    return "\n".join(lines) + "\n"


def write_calibration(calibration: Calibration, path: Path, former: Path) -> None:
    """Put a calibration in the place of the former one, which is kept; at no moment is there none or half of one.

    Args:
        calibration: The new one.
        path: Where it goes.
        former: Where the one that is there goes, if there is one.

    Raises:
        OSError: It could not be written; what was there is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        write_whole(former, path.read_bytes())
    write_whole(path, calibration_to_toml(calibration).encode())

"""The calibration as a TOML file: a person can read it, and a wrong one is refused in one line.

checksum = "5d41402a"  # of all that follows; remove this line when you edit the file by hand
made_on = "2026-11-22"
supply_volt = 3.29
[pads.heel]
knots = [[4.0e-5, 0.2], [1.6e-4, 1.0], [1.0e-3, 10.0]]   # siemens, newton
residual_newton = 0.4
spread_share = 0.08    # between the way up and the way down, of the force
creep_share = 0.04     # a decade of time

What `paws` writes bears a checksum, so that a damaged card cannot change a newton in silence; a file that was made by
hand needs none.
"""

import re
import zlib
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from coach.strict import from_toml
from sensing.calibration import Calibration, PadCalibration

from .whole_file import write_whole

_ADVICE = "# of all that follows; remove this line when you edit the file by hand"
_SEAL = re.compile(rf'checksum = "([0-9a-f]{{8}})"  {re.escape(_ADVICE)}\n')
_MENDED = "calibrate again, or remove that line if you edited the file by hand"
# Damage may make a comment of the line, or a word of it another; it cannot reach both words at once.
_REMAINS = ("checksum", "remove this line")


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
    written = from_toml(_unsealed(text, name), _File, name)
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


def _unsealed(text: str, name: str) -> str:
    """Return the text without its checksum.

    Raises:
        ValueError: It has one, and is not what it was made for.
    """
    seal = _SEAL.match(text)
    if seal is None:
        if any(words in text for words in _REMAINS):
            raise ValueError(f"{name} is damaged in the line of its checksum - {_MENDED}")
        return text
    rest = text[seal.end() :]
    if seal[1] != _checksum(rest):
        raise ValueError(f"{name} does not have the checksum {seal[1]} any more: it is damaged, or edited - {_MENDED}")
    return rest


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def sealed(text: str) -> str:
    """Return the text of a calibration file with its checksum."""
    return f'checksum = "{_checksum(text)}"  {_ADVICE}\n{text}'


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
    write_whole(path, sealed(calibration_to_toml(calibration)).encode())

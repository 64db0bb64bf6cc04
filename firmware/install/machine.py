"""What this machine is, looked at once before anything is changed."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .place import Account, Place

# What the Pi's own Python says of itself; venv and ensurepip come with python3-venv.
_ASKED = "import struct, sys; print(*sys.version_info[:2], 8 * struct.calcsize('P')); import ensurepip, venv"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The system's Python.

    Attributes:
        version: As in (3, 11).
        pointer_bits: 64, or 32 where the programs are 32 bit under whatever kernel.
        makes_environments: Whether python3-venv is there.
    """

    version: tuple[int, int]
    pointer_bits: int
    makes_environments: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides whether Kittypaws can live here.

    Attributes:
        system: As in "Linux".
        processor: What `uname -m` says.
        model: What the device tree says; None where there is none.
        interpreter: The system's Python; None where it does not answer.
        is_root: Whether root runs this.
        free_megabyte: Room where the program will live.
        lacks: Programs that are needed and not there.
        account: The person; None for a stranger.
        lacks_groups: Groups that Raspberry Pi OS has and this system has not.
        has_config: Whether the firmware's config.txt is there.
        services: The services of Kittypaws that begin at boot, of anybody.
        is_occupied: Whether something else lives where the program will.
    """

    system: str
    processor: str
    model: str | None
    interpreter: Interpreter | None
    is_root: bool
    free_megabyte: int
    lacks: tuple[str, ...]
    account: Account | None
    lacks_groups: tuple[str, ...]
    has_config: bool
    services: tuple[str, ...]
    is_occupied: bool


# The pins, the bus, and `vcgencmd` for the supply.
GROUPS = ("gpio", "i2c", "video")


def look(place: Place) -> Machine:
    """Look at a machine; changes nothing."""
    known = place.groups()
    return Machine(
        system=platform.system(),
        processor=platform.machine(),
        model=_model(place.at("/proc/device-tree/model")),
        interpreter=interpreter(place),
        is_root=os.geteuid() == 0,
        free_megabyte=shutil.disk_usage(_existing(place.environment)).free // 1_000_000,
        lacks=tuple(name for name in ("sudo", "systemctl") if place.program(name) is None),
        account=place.account(),
        lacks_groups=tuple(name for name in GROUPS if name not in known),
        has_config=place.config.exists(),
        services=tuple(place.services()),
        is_occupied=is_of_others(place.environment),
    )


def interpreter(place: Place) -> Interpreter | None:
    """Ask the system's Python what it is."""
    try:
        asked = subprocess.run(  # noqa: S603 - the system's own
            [place.python, "-I", "-c", _ASKED], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        major, minor, bits = map(int, asked.stdout.split())
    except (OSError, ValueError):
        return None
    return Interpreter((major, minor), bits, asked.returncode == 0)


def is_of_others(environment: Path) -> bool:
    """Return whether a folder holds something that is no Python environment."""
    try:
        return any(environment.iterdir()) and not (environment / "pyvenv.cfg").exists()
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        return True


def _model(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\0\n")
    except OSError:
        return None


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder

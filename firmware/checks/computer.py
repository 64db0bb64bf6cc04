"""The computer: whether it is one that the glove can be wired to, and set up for it."""

import grp
import os
import platform
import pwd
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from firmware.tapes import ROOM_AT_LEAST_BYTES
from hardware.power import power_tool, read_power

from .finding import Finding, look, not_here, ok, wrong

OLDEST, NEWEST = (3, 11), (3, 13)
_GROUPS = {"i2c": "the bus", "gpio": "the pins"}
_ANSWERS_WITHIN_S = 5.0
# No clock that was ever set shows a year before this program.
_FIRST_YEAR = 2026
_LINES = {"dtparam=strict_gpiod": "a pin whose program died turns dark", "=op,dl": "the lights are dark from power-on"}


@dataclass(frozen=True, slots=True)
class Computer:
    """What the computer says of itself, read below a folder that stands for /.

    Attributes:
        root: That folder.
        python: The interpreter's version.
        pointer_bytes: Of its programs: 8 on a 64-bit system.
        machine: The kernel's, as `uname -m` says it.
    """

    root: Path = Path("/")
    python: tuple[int, int] = sys.version_info[:2]
    pointer_bytes: int = struct.calcsize("P")
    machine: str = platform.machine()

    def text(self, path: str) -> str | None:
        """Return a file's text; None where there is no such file."""
        try:
            return (self.root / path).read_text(encoding="utf-8", errors="replace").strip("\0\n ")
        except OSError:
            return None

    @property
    def model(self) -> str | None:
        """Which Raspberry Pi it is; None of another computer."""
        said = self.text("proc/device-tree/model")
        return said if said is not None and "Raspberry Pi" in said else None

    @property
    def system(self) -> str:
        """What the operating system calls itself."""
        for line in (self.text("etc/os-release") or "").splitlines():
            if line.startswith("PRETTY_NAME="):
                return line.partition("=")[2].strip('"')
        return f"{platform.system()} {platform.release()}"


def findings(computer: Computer, tapes: Path) -> Iterator[Finding]:
    """Look at the computer, and yield what was found."""
    yield _model(computer)
    yield _bits(computer)
    yield _python(computer)
    yield _packages(computer)
    yield from _groups(computer)
    yield _room(tapes)
    yield _clock(computer)
    yield from _power()
    yield from _boot(computer)


def _model(computer: Computer) -> Finding:
    if computer.model is None:
        return not_here("computer", f"{computer.system}, no Raspberry Pi: what belongs to one is left out")
    return ok("computer", f"{computer.model}, {computer.system}")


def _bits(computer: Computer) -> Finding:
    if computer.pointer_bytes == 8:
        return ok("64 bit", computer.machine)
    return wrong(
        "64 bit",
        f"programs of {8 * computer.pointer_bytes} bit on {computer.machine}",
        "put the 64-bit Raspberry Pi OS on the card; the libraries exist for no other",
    )


def _python(computer: Computer) -> Finding:
    said = ".".join(map(str, computer.python))
    if not OLDEST <= computer.python <= NEWEST:
        return wrong(
            "Python", said, "3.11 to 3.13 are what the libraries exist for; run `make install` on such a system"
        )
    made_for = _environment_version()
    if made_for is not None and made_for != computer.python:
        return wrong(
            "Python",
            f"{said}, and this environment was made for {'.'.join(map(str, made_for))}",
            "the system was upgraded: run `make install` again",
        )
    return ok("Python", said)


def _environment_version() -> tuple[int, ...] | None:
    try:
        lines = (Path(sys.prefix) / "pyvenv.cfg").read_text().splitlines()
    except OSError:
        return None
    said = [line.partition("=")[2].strip() for line in lines if line.startswith("version")]
    return tuple(int(part) for part in said[0].split(".")[:2]) if said else None


def _packages(computer: Computer) -> Finding:
    names = ("kittypaws", "adafruit-circuitpython-ads1x15", "gpiozero", "numpy")
    said = ", ".join(f"{name} {_version(name) or 'missing'}" for name in names)
    wanted = "lgpio" if computer.python < NEWEST else "adafruit-lgpio"
    there = _version(wanted)
    if there is None and computer.model is None:
        return ok("versions", f"{said}; no {wanted}, which only a Pi needs")
    if there is None or there.startswith("0.0"):
        seen = f"{said}; {wanted} {there or 'is missing'}"
        return wrong("versions", seen, f"run `make install` again: it takes the {wanted} that fits this Python")
    return ok("versions", f"{said}, {wanted} {there}")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _groups(computer: Computer) -> Iterator[Finding]:
    if os.geteuid() == 0:
        yield look("groups", "you are root, who may do all", "run it as yourself, as the service does")
        return
    user = pwd.getpwuid(os.geteuid()).pw_name
    known = {line.split(":")[0]: line.split(":")[-1].split(",") for line in (computer.text("etc/group") or "").split()}
    mine = {grp.getgrgid(number).gr_name for number in os.getgroups()}
    for name, what in _GROUPS.items():
        if name in mine:
            yield ok(f"group {name}", f"you may use {what}")
        elif name not in known:
            yield not_here(f"group {name}", "this system has no such group")
        elif user in known[name]:
            yield wrong(
                f"group {name}", "you are in it, but not since you logged in", "log out and in again, or restart"
            )
        else:
            yield wrong(
                f"group {name}", f"without it you may not use {what}", f'sudo adduser "$USER" {name}, then restart'
            )


def _room(tapes: Path) -> Finding:
    place = next(folder for folder in (tapes, *tapes.parents) if folder.exists())
    free_bytes = shutil.disk_usage(place).free
    seen = f"{free_bytes / 1e9:.1f} GB free for tapes, an hour takes about 9 MB"
    if not os.access(place, os.W_OK):
        return wrong(
            "disk", "the folder of the tapes cannot be written", "look at its rights, or whether the card is full"
        )
    if free_bytes < ROOM_AT_LEAST_BYTES:
        return wrong("disk", seen, "make room: old tapes in ~/.local/share/kittypaws/tapes may go")
    return ok("disk", seen)


def _clock(computer: Computer) -> Finding:
    now = datetime.now().astimezone()
    if now.year < _FIRST_YEAR:
        return look("clock", f"it says {now:%Y-%m-%d}", "let it have the network once; only the dates of tapes need it")
    if computer.text("run/systemd/timesync/synchronized") is None:
        return look("clock", f"{now:%Y-%m-%d %H:%M}, not set by the network", "only the dates of tapes need it")
    return ok("clock", f"{now:%Y-%m-%d %H:%M}, set by the network")


def _power() -> Iterator[Finding]:
    tool = power_tool()
    power = None if tool is None else read_power(tool)
    if tool is None:
        yield not_here("power", "no vcgencmd to ask")
    elif power is None:
        yield look("power", "vcgencmd does not answer", "you may not be in the group video: sudo adduser $USER video")
    elif power.is_low:
        yield wrong(
            "power", "too low now, below about 4.6 V", "a shorter cable, a power bank that gives 2.5 A, fresh charge"
        )
    elif power.was_low:
        yield look(
            "power", "well now, too low once since it was switched on", "a shorter cable or a stronger power bank"
        )
    elif power.is_slow:
        yield look("power", "well, but the processor is slowed down", "let it cool; give its case some air")
    else:
        yield ok("power", "well, now and since it was switched on")


def _boot(computer: Computer) -> Iterator[Finding]:
    config = next(
        (said for name in ("boot/firmware/config.txt", "boot/config.txt") if (said := computer.text(name)) is not None),
        None,
    )
    if config is None:
        yield not_here("config.txt", "no such file")
        return
    lines = [line.strip() for line in config.splitlines() if not line.lstrip().startswith("#")]
    missing = [why for part, why in _LINES.items() if not any(part in line for line in lines)]
    if missing:
        yield look("config.txt", f"lacks the line by which {' and that by which '.join(missing)}", "run `make install`")
    else:
        yield ok("config.txt", "pins are dark from power-on, and after a crash")


def service(computer: Computer, shipped: Path) -> Iterator[Finding]:
    """Look at the service, and yield what was found.

    Args:
        computer: Where to look.
        shipped: The unit file as it is now.
    """
    unit = computer.text("etc/systemd/system/kittypaws@.service")
    if unit is None:
        yield not_here("service", "not installed: `make install` makes it begin with the Pi")
        return
    if unit != shipped.read_text(encoding="utf-8").strip("\0\n "):
        yield wrong("service", "its file is not of this version", "run `make install` again")
        return
    name = f"kittypaws@{pwd.getpwuid(os.geteuid()).pw_name}"
    state = _systemctl("is-active", name)
    if state == "active":
        yield ok("service", "it runs")
    else:
        yield wrong("service", f"it is {state or 'unknown'}", "journalctl -u 'kittypaws@*' -n 20 says why")


def _systemctl(*words: str) -> str | None:
    tool = shutil.which("systemctl")
    if tool is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603 - found just now, words of ours
            [tool, *words],
            capture_output=True,
            text=True,
            timeout=_ANSWERS_WITHIN_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()

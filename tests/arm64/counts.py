"""How many instructions of a Pi's processor the program takes, counted in each process by `counting.c`.

What the kernel does for it, and gpiozero's way to real pins instead of emulated ones, is not in it.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hardware.ads1115 import VOLT_PER_CODE
from tests.arm64.systems import EMULATOR, environment, tool
from tests.arm64.ticks import MARK_EVERY
from tests.bench.recorded import minute_of_readings

# Of a session: five seconds of rest, a lean-in of four, and sixteen of a hold.
_TICKS = 5 * MARK_EVERY
# Two lengths of a guardian, to be taken apart.
_GUARD_TICKS = (10, 510)


@dataclass(frozen=True, slots=True)
class Counts:
    """Instructions.

    Attributes:
        shown: Of `paws --help`.
        started: Of `paws session`, to its first sweep.
        guard_started: Of its guardian, which it waits for in that time.
        ticked: Of a tick of the loop, in the middle of a session.
        guard_ticked: Of the guardian meanwhile.
    """

    shown: float
    started: float
    guard_started: float
    ticked: float
    guard_ticked: float


def can_count() -> bool:
    """Return whether this machine's emulator takes plugins; one that is linked statically does not."""
    return "-plugin" in _told("--help")


def emulator() -> str:
    """Return which emulator it is."""
    return _told("--version").partition(" (")[0].replace(" version", "")


def _told(option: str) -> str:
    return subprocess.run([tool(EMULATOR), option], capture_output=True, text=True, check=True).stdout


def counts(python: Path) -> Counts:
    """Count all of it, by the Python of a system that has the program."""
    with tempfile.TemporaryDirectory() as name:
        counter = _Counter(python, Path(name))
        sweeps = Path(name) / "sweeps"
        sweeps.write_text("".join(f"{' '.join(str(code) for code in codes)}\n" for codes in _swept()))
        shown = counter.run(str(python.with_name("paws")), "--help")[0]
        session = counter.ticks("session", str(sweeps))[0]
        wire = counter.ticks("wire", str(sweeps))[0]
        guards = [counter.ticks("guard", str(ticks))[1] for ticks in _GUARD_TICKS]
    guard_ticked = (guards[1][-1] - guards[0][-1]) / (_GUARD_TICKS[1] - _GUARD_TICKS[0])
    return Counts(
        shown=shown[-1],
        started=session[0],
        guard_started=guards[0][-1] - _GUARD_TICKS[0] * guard_ticked,
        ticked=_of_a_sweep(session) - _of_a_sweep(wire),
        guard_ticked=guard_ticked,
    )


def _of_a_sweep(marks: list[int]) -> float:
    """Return what a sweep took between the first mark and the last; after that comes the end of the process."""
    return (marks[-2] - marks[0]) / ((len(marks) - 2) * MARK_EVERY)


class _Counter:
    """Runs programs under the plugin and reads what it wrote."""

    def __init__(self, python: Path, folder: Path) -> None:
        self._python, self._folder = python, folder
        self._plugin = folder / "counting.so"
        source = Path(__file__).with_name("counting.c")
        # Of the interface: 2 from qemu 9 on.
        version = 1 if int(emulator().split()[-1].partition(".")[0]) < 9 else 2
        command = [tool("cc"), "-O2", "-shared", "-fPIC", f"-DVERSION={version}", "-o", str(self._plugin), str(source)]
        subprocess.run(command, check=True)

    def ticks(self, *arguments: str) -> list[list[int]]:
        """Run what is to be counted; see there."""
        return self.run(str(self._python), "-m", "tests.arm64.ticks", *arguments)

    def run(self, *command: str) -> list[list[int]]:
        """Run a program twice and return, for each of its processes, what was counted at each mark and at its end.

        Twice, for the first run may have to compile what it imports, which an installation has done.
        """
        for _ in range(2):
            to = Path(tempfile.mkdtemp(dir=self._folder))
            more = {"QEMU_PLUGIN": f"{self._plugin},to={to}", "KITTYPAWS_HOME": str(to / "home")}
            process = subprocess.run(
                command, env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
            )
            if process.returncode:
                sys.exit(f"arm64: {' '.join(command)} ended with {process.returncode}: {process.stdout.decode()}")
        # Oldest first: a process writes its file when it ends, but the one that starts another has the lower number.
        files = sorted((path for path in to.iterdir() if path.is_file()), key=lambda path: int(path.name))
        return [[int(line) for line in path.read_text().split()] for path in files]


def _swept() -> list[list[int]]:
    return [[round(volt / VOLT_PER_CODE) for volt in volts] for _, volts in minute_of_readings()[:_TICKS]]

"""Boots a Linux kernel as an ordinary process, plays one scene in it, and returns all that was seen.

User Mode Linux has the host's own file system as its root, read-only: the program in there is the one that is
installed here, unmodified, over gpiozero, lgpio and /dev/gpiochip0 (the kernel's gpio-sim), and over the Adafruit
driver, Blinka and /dev/i2c-1 (the kernel's i2c-dev; the controller below it is `machine/i2c-user.c`, served by
`guest/world.py`).

Time in there is virtual unless a scene asks for the true one: it stands still while somebody computes, so that a busy
machine disturbs nothing and a session is the same each time. How long the program itself takes is seen in true time
alone.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
# What a ready kernel is called in the folder KITTYPAWS_KERNEL, and where `make kernel` puts the one that it builds.
_READY = "linux-uml-*.gz"
NO_KERNEL = "KITTYPAWS_KERNEL names no folder with a ready kernel, and `make kernel` built none"
BUILT = HERE.parents[1] / "build" / "kernel" / "linux-uml"
# A scene of two minutes takes one on a quiet machine; one that hangs is ended.
_DEADLINE_S = 600


@dataclass(frozen=True)
class Scene:
    """What is played.

    Attributes:
        paws: The arguments of the program.
        hand: Whose hands press, as in `paws demo`, or "nobody".
        faults: What goes wrong with the glove, in phrases, in seconds of the glove's time.
        both: Whether there are two gloves.
        chip: Where the right glove's chip is instead, "0x4a" or "none".
        actions: What happens to the program: when, in seconds of the glove's time (from the start where there is no
            chip), what, to whom.
        before: The same, before it starts.
        lasts_s: When it is asked to end, if it has not ended by itself.
        true_time: Whether the clock runs as the world's does.
        hangs_for_s: How long the kernel waits for a transfer that hangs.
        bus: The number of the bus that there is.
        forbidden: Devices that the program may not open.
    """

    paws: tuple[str, ...] = ("session", "--yes")
    hand: str = "hasty"
    seed: int = 1
    minutes: float | None = None
    faults: tuple[str, ...] = ()
    both: bool = False
    chip: str | None = None
    environment: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    actions: tuple[tuple[object, ...], ...] = ()
    before: tuple[tuple[str, ...], ...] = ()
    lasts_s: float = 150.0
    true_time: bool = False
    hangs_for_s: float = 0.04
    bus: int = 1
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Played:
    """What was seen of a scene.

    Attributes:
        folder: The files of `guest/scene.py`.
        said: What the program printed.
        erred: What it said on standard error.
        code: Its exit code; None of one that had to be killed.
    """

    folder: Path
    said: str
    erred: str
    code: int | None

    @property
    def refusal(self) -> str:
        """The one line on standard error; nothing else may have been said."""
        assert (self.said, self.erred.count("\n"), self.erred[:6]) == ("", 1, "paws: "), self
        return self.erred[6:-1]

    def done(self) -> list[tuple[float, str]]:
        """Return what happened when."""
        lines = (self.folder / "done").read_text().splitlines()
        return [(float(t_s), what) for t_s, _, what in (line.partition(" ") for line in lines)]

    def tapes(self) -> list[Path]:
        """Return its tapes, oldest first."""
        return sorted((self.folder / "home" / "tapes").glob("*.tape"))


class Bench:
    """A kernel that is there.

    Args:
        folder: Where the ready one is, and where scenes may be kept.
    """

    def __init__(self, kernel: Path, folder: Path) -> None:
        self._kernel, self._folder = kernel, folder
        self._environment = dict(os.environ)
        if "amx_tile" in Path("/proc/cpuinfo").read_text():
            self._environment["LD_PRELOAD"] = str(_wide_registers(folder))

    def play(self, scene: Scene) -> Played:
        """Play a scene to its end.

        Raises:
            AssertionError: The kernel or the scene itself went wrong.
        """
        folder = Path(tempfile.mkdtemp(prefix="scene", dir=self._folder))
        (folder / "scene.json").write_text(json.dumps(asdict(scene)))
        arguments = [
            *("mem=512M", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "quiet"),
            *("con0=null,fd:1", "con=null", "ssl=null", f"init={HERE / 'guest' / 'init'}"),
            *([] if scene.true_time else ["time-travel=inf-cpu"]),
            *(f"i2c-user.timeout_ms={round(1000 * scene.hangs_for_s)}", f"i2c-user.nr={scene.bus}"),
            *(f"scene.python={sys.executable}", f"scene.folder={folder}"),
        ]
        kernel = subprocess.run(
            [self._kernel, *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_DEADLINE_S,
            cwd=folder,
            check=False,
        )
        console = (folder / "console").read_text() if (folder / "console").exists() else ""
        assert "scene ended with 0" in console, f"{scene}: {kernel.stdout[-2000:]} {console[-2000:]}"
        code = next((line.split()[-1] for line in reversed(_lines(folder / "done")) if " ended " in line), "None")
        return Played(
            folder,
            (folder / "paws.said").read_text(),
            (folder / "paws.erred").read_text(),
            None if code == "None" else int(code),
        )


def _lines(path: Path) -> Sequence[str]:
    return path.read_text().splitlines()


def _wide_registers(folder: Path) -> Path:
    """Compile what lets the kernel run on a processor with wide registers; see there."""
    library = folder / "wide_registers.so"
    compiler = shutil.which("cc") or "gcc"
    source = HERE / "machine" / "wide_registers.c"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def kernel_in(folder: Path) -> Path | None:
    """Return a kernel to run, or None: a ready one, unpacked into this folder, or the one that was built here."""
    ready = os.environ.get("KITTYPAWS_KERNEL")
    packed = sorted(Path(ready).glob(_READY)) if ready else []
    if packed:
        kernel = folder / "linux-uml"
        kernel.write_bytes(gzip.decompress(packed[-1].read_bytes()))
        kernel.chmod(0o755)
        return kernel
    return BUILT if BUILT.exists() else None

"""One scene inside the kernel: the world, the program as it was installed, and what happens to them.

    python scene.py

`/run/out/scene.json` says what is to be played; beside it comes to lie all that was seen: `trace` (the kernel's own,
every level of a pin and every transfer with its time), `truth` (the world's), `said` and `erred` (the program's),
`done` (what happened when), and its folder `home`.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OUT, TRACING, HOME = Path("/run/out"), Path("/sys/kernel/tracing"), Path("/run/home")
HERE = Path(__file__).parent
_LOOKS_EVERY_S = 0.002
_WATCHED_AFTERWARDS_S = 1.6
_ENDS_WITHIN_S = 10.0
# linux/prctl.h and linux/capability.h: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH.
_PR_CAPBSET_DROP, _PASSES_MODES = 24, (1, 2)
# Among the actions: the program of the scene once more, as a service's manager does.
_AGAIN = ["start", "paws"]
# Of each event's 40 bytes there are some thousands a second.
_TRACE_KB = 65536


def _humbly() -> None:
    """Be bound by the modes of files, as everybody but root is."""
    for capability in _PASSES_MODES:
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


class Stage:
    """What runs, and what happened to it when."""

    def __init__(self, scene: dict[str, Any], world: subprocess.Popen[str]) -> None:
        self._scene = scene
        self.done = (OUT / "done").open("w", buffering=1)
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        self._world = world

    def note(self, *words: object) -> None:
        """Write down what happened just now."""
        self.done.write(" ".join([f"{time.monotonic():.6f}", *map(str, words)]) + "\n")

    def start(self, name: str, *arguments: str) -> None:
        """Start the program once more, or for the first time."""
        environment = {
            **os.environ,
            "KITTYPAWS_HOME": str(HOME),
            **self._scene["environment"],
        }
        self.note("start", name)
        with (OUT / f"{name}.said").open("ab") as said, (OUT / f"{name}.erred").open("ab") as erred:
            self.programs[name] = subprocess.Popen(
                [Path(sys.executable).with_name("paws"), *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=erred,
                cwd="/run",
                preexec_fn=_humbly,  # noqa: PLW1509 - there are no threads here
            )

    def pid(self, who: str) -> int:
        """Return the number of a process: of a program, or of its guardian."""
        if who != "guardian":
            return self.programs[who].pid
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and b"firmware.guardian" in (folder / "cmdline").read_bytes():
                return int(folder.name)
        raise ProcessLookupError("there is no guardian")

    def act(self, what: str, who: str, *more: str) -> None:
        """Do one thing to one of them."""
        self.note(what, who, *more)
        match what:
            case "start":
                self.start(who, *more)
            case "pull":
                assert self._world.stdin is not None
                self._world.stdin.write(f"{who} {more[0]}\n")
                self._world.stdin.flush()
            case "foreign":
                self._foreign(who)
            case _:
                os.kill(self.pid(who), getattr(signal, what))

    def _foreign(self, words: str) -> None:
        """Run a program of somebody else beside ours, and wait until it has what it wants."""
        command = [sys.executable, str(HERE / "stranger.py"), *words.split()]
        stranger = subprocess.Popen(command, cwd="/run", stdout=subprocess.PIPE)
        assert stranger.stdout is not None
        stranger.stdout.readline()

    @property
    def is_over(self) -> bool:
        """Whether the program that the scene is about has ended."""
        return self.programs["paws"].poll() is not None

    def begun_s(self) -> float | None:
        """Return when the first conversion began, or None."""
        for line in (OUT / "truth").read_text().splitlines():
            if line.startswith("b "):
                return float(line.split()[1])
        return None


def traced() -> None:
    """Have the kernel write down every level of a line and every transfer, by the clock that all share."""
    (TRACING / "trace_clock").write_text("mono")
    (TRACING / "buffer_size_kb").write_text(str(_TRACE_KB))
    for event in ("gpio/gpio_value", "gpio/gpio_direction", "i2c/i2c_write", "i2c/i2c_result"):
        (TRACING / "events" / event / "enable").write_text("1")
    (TRACING / "tracing_on").write_text("1")


def wait(holds: Callable[[], object], until_s: float) -> bool:
    """Look until something holds, or until that time; return whether it does."""
    while not holds():
        if time.monotonic() >= until_s:
            return False
        time.sleep(_LOOKS_EVERY_S)
    return True


def main() -> int:
    """Play the scene that the folder holds."""
    scene = json.loads((OUT / "scene.json").read_text())
    HOME.mkdir()
    for device in scene["forbidden"]:
        Path(device).chmod(0)
    for name, content in scene["files"].items():
        (HOME / name).parent.mkdir(parents=True, exist_ok=True)
        (HOME / name).write_text(content)
    traced()
    world = subprocess.Popen(
        [sys.executable, str(HERE / "world.py"), str(OUT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    stage = Stage(scene, world)
    assert world.stdout is not None
    if world.stdout.readline() != "serving\n":
        return 1
    for action in scene["before"]:
        stage.act(*action)
    stage.start("paws", *scene["paws"])
    deadline_s = time.monotonic() + scene["lasts_s"]
    began_s = time.monotonic()
    if scene["actions"] and scene["chip"] != "none":
        wait(lambda: stage.is_over or stage.begun_s() is not None, deadline_s)
        began_s = stage.begun_s() or deadline_s
    actions = scene["actions"]
    while actions:
        # One that is to be started again is waited for.
        is_awaited = any(action[1:3] == _AGAIN for action in actions)
        (at_s, *action), *actions = actions
        wait(bool if is_awaited else lambda: stage.is_over, min(began_s + at_s, deadline_s))
        if not stage.is_over or action[:2] == _AGAIN:
            stage.act(*action)
    wait(lambda: stage.is_over, deadline_s)
    if not stage.is_over:
        stage.act("SIGTERM", "paws")
        stage.act("SIGCONT", "paws")
        wait(lambda: stage.is_over, time.monotonic() + _ENDS_WITHIN_S)
    stage.note("ended", stage.programs["paws"].poll())
    time.sleep(_WATCHED_AFTERWARDS_S)
    (TRACING / "tracing_on").write_text("0")
    world.kill()
    world.wait()
    for program in stage.programs.values():
        program.kill()
        program.wait()
    shutil.copyfile(TRACING / "trace", OUT / "trace")
    shutil.copytree(HOME, OUT / "home")
    return 0


if __name__ == "__main__":
    sys.exit(main())

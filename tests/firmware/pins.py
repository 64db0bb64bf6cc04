"""The emulated header seen from outside: what its pins did when, and a finger on its buttons."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from hardware.board import DEFAULT_BOARD
from hardware.emulated.header import Header

LIGHTS = {getattr(DEFAULT_BOARD.lights, name): name for name in ("green", "amber", "blue", "red")}
BUZZER = DEFAULT_BOARD.buzzer.pin


@dataclass(frozen=True)
class Change:
    """A pin was set; the time is the machine's monotonic one."""

    t_s: float
    name: str
    level: float
    tone_hz: float | None


class Pins:
    """A header in a folder, and what was done to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._header = Header(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._header.close()

    def press_mama(self, *, down: bool) -> float:
        """Press her button or let it go, and return when; it is normally closed."""
        self._header.drive(DEFAULT_BOARD.buttons.mama, high=down)
        return time.monotonic()

    def changes(self) -> list[Change]:
        changes = []
        for line in (self.folder / "trace").read_text().splitlines():
            t_s, pin, level, *tone = line.split()
            name = "buzzer" if int(pin) == BUZZER else LIGHTS[int(pin)]
            changes.append(Change(float(t_s), name, float(level), float(tone[0]) if tone else None))
        return changes

    def lit(self, at_s: float = float("inf")) -> set[str]:
        """Return what was on at a time; by default, what is on now."""
        levels = {change.name: change.level for change in self.changes() if change.t_s <= at_s}
        return {name for name, level in levels.items() if level}

    def wait_until(self, holds: Callable[[], bool], what: str, within_s: float = 30.0) -> float:
        """Look until something holds, and return when that was seen."""
        deadline_s = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < deadline_s, f"{what}: {self.lit()}"
            os.sched_yield()
        return time.monotonic()

    def wait_for(self, *lights: str, within_s: float = 30.0) -> float:
        """Wait until just these are on."""
        return self.wait_until(lambda: self.lit() == set(lights), f"never {lights or 'dark'}", within_s)

"""`make install` and `make uninstall`: refuse politely or take each step, then say what changed and what comes next."""

import argparse
import os
import pwd
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import program, service, system
from .machine import Machine, look
from .place import Place
from .refusals import reasons, reasons_of_a_root, reasons_to_remove
from .step import Doer, Run, Step, StepFailed

FAILED, REFUSED, INTERRUPTED = 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """Install or uninstall as the arguments say; return the exit code."""
    asked = _parser().parse_args(arguments)
    place = Place(asked.root.resolve(), asked.user or pwd.getpwuid(os.getuid()).pw_name)
    doer = Doer(place, _say, is_dry=asked.dry_run)
    against = _against(look(place), place, is_removal=asked.uninstall)
    for reason in against:
        print(f"install: {reason}", file=sys.stderr)  # noqa: T201 - this is its command line
    if against and not asked.dry_run:
        return REFUSED
    if asked.dry_run:
        _say("Each step and each command; nothing is changed." + " Here it would refuse, as said." * bool(against))
    try:
        return _removed(place, doer) if asked.uninstall else _installed(place, doer)
    except StepFailed as failure:
        print(f"install: {failure}", file=sys.stderr)  # noqa: T201 - this is its command line
        return FAILED
    except KeyboardInterrupt:
        print("\ninstall: interrupted - run this again: it goes on from here", file=sys.stderr)  # noqa: T201 - this is its command line
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m firmware.install",
        description="Make Kittypaws a service of this Raspberry Pi, or (--uninstall) take it away again.",
        allow_abbrev=False,
    )
    parser.add_argument("--dry-run", action="store_true", help="show every step and every command, change nothing")
    parser.add_argument("--uninstall", action="store_true", help="take away what was installed; tapes stay")
    parser.add_argument("--user", metavar="NAME", help="whose service it is (default: who runs this)")
    parser.add_argument("--root", metavar="DIR", type=Path, default=Path("/"), help="a folder that stands for /")
    return parser


def _say(line: str) -> None:
    try:
        # What a command prints comes between our lines, not before them.
        print(line, flush=True)  # noqa: T201 - this is its command line
    except BrokenPipeError:
        # Whoever read has enough; the steps go on without a reader.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _against(machine: Machine, place: Place, *, is_removal: bool) -> list[str]:
    if not place.is_this_system:
        return [] if is_removal else reasons_of_a_root(machine, place)
    return reasons_to_remove(machine) if is_removal else reasons(machine, place)


def _taken(steps: Sequence[Step], doer: Doer) -> list[Step]:
    """Take each step that is left to take, and return those."""
    changed = []
    for number, step in enumerate(steps, 1):
        todo = step.look()
        _say(f"{number:2}. {step.what}")
        for note in todo.notes:
            _say(f"     ({note})")
        for action in todo.actions:
            doer.do(action)
        if todo.actions:
            changed.append(step)
        else:
            _say("     nothing to do")
    return changed


def _installed(place: Place, doer: Doer) -> int:
    changed = _taken([*program.steps(place), *system.steps(place), *service.steps(place)], doer)
    _mark_restart(place, doer, changed)
    _sum_up(doer, changed)
    paws = str(place.environment / "bin" / "paws")
    if place.needs_restart.exists() or (doer.is_dry and any(step.needs_restart for step in changed)):
        _say("A restart is needed: sudo reboot. The coach begins with it; then `paws check` looks at everything.")
        return 0
    _say("Last: paws check")
    code = 0
    if doer.is_dry:
        _say(f"     {shlex.join([paws, 'check'])}")
    else:
        code = subprocess.run([paws, "check"], check=False).returncode  # noqa: S603 - what was just installed
    if any(step.stirs_service for step in changed):
        _say("The coach begins")
        for action in service.started_anew(place).actions:
            doer.do(action)
    return code


def _removed(place: Place, doer: Doer) -> int:
    steps = [*service.steps_to_remove(place), *system.steps_to_remove(place), *program.steps_to_remove(place)]
    changed = _taken(steps, doer)
    _mark_restart(place, doer, changed)
    _sum_up(doer, changed)
    _say("What is yours stays: tapes in ~/.local/share/kittypaws, settings and calibration in ~/.config/kittypaws.")
    _say(f"So do {place.user}'s groups and I2C itself (sudo raspi-config nonint do_i2c 1 turns it off).")
    if any(step.needs_restart for step in changed):
        _say("With the next restart config.txt counts as it is now.")
    return 0


def _mark_restart(place: Place, doer: Doer, changed: Sequence[Step]) -> None:
    if any(step.needs_restart for step in changed) and not place.needs_restart.exists():
        doer.do(Run(("touch", str(place.needs_restart))))


def _sum_up(doer: Doer, changed: Sequence[Step]) -> None:
    _say("")
    if not changed:
        _say("Nothing to do: everything is as it should be.")
        return
    _say("This would change:" if doer.is_dry else "This has changed:")
    for step in changed:
        _say(f"  - {step.what}")

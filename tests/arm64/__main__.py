"""Plays the stories of sensing/ and coach/ and a demo on an emulated Pi, and says what a tick would cost on a Zero 2 W.

    python -m tests.arm64 [--counts-only] [bookworm] [trixie]

The estimate. A Zero 2 W is a Cortex-A53 at 1 GHz. How many instructions it does in a cycle nobody has told of this
program; a plain loop of Python did 0.77 on the same processor at 1.4 GHz (a Pi 3B+, 64 bit, Python 3.11.2): it took
245 s, as its owner says in issue 20 of github.com/alexdedyura/cpu-benchmark, for 263 thousand million instructions, as
counted by `counting.c`. Such a loop stays in the first cache and ours does not: half of that is assumed at worst.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from tests.arm64.counts import can_count, counts, emulator
from tests.arm64.systems import DEBIANS, PROCESSOR, Debian, environment, made, refuse_what_is_missing

_FOLDER = Path("build/arm64")
_HZ = 1e9
_A_CYCLE = (0.77, 0.77 / 2)


def played(home: str, *command: str) -> tuple[str, str]:
    """Run a command to its good end and return its last words, and its seconds and peak memory as cells of a table."""
    with tempfile.TemporaryFile("w+") as output:
        began_s = perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment(KITTYPAWS_HOME=home)
        )
        _, status, usage = os.wait4(process.pid, 0)
        took_s = perf_counter() - began_s
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read()
    if process.returncode:
        sys.exit(f"{said}\narm64: {' '.join(command)} ended with {process.returncode}")
    return said.splitlines()[-1], f"{took_s:.0f} | {usage.ru_maxrss / 1024:.0f}"


def on_a_zero_2_w(instructions: float) -> str:
    """Return the milliseconds that so many would take."""
    quick_ms, slow_ms = (1000 * instructions / (of_a_cycle * _HZ) for of_a_cycle in _A_CYCLE)
    digits = 0 if slow_ms > 10 else 1
    return f"{quick_ms:.{digits}f} to {slow_ms:.{digits}f}"


def play(debian: Debian, python: Path) -> None:
    """Play the stories and a demo whose tape has to replay on this machine, and print what they took."""
    print(f"\n| {debian.codename}, Python {debian.python} | | seconds | peak memory, MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        suite = (str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not many")
        said, cells = played(home, *suite, "tests/sensing", "tests/coach")
        print(f"| stories | {said} | {cells} |", flush=True)
        _, cells = played(home, str(python.with_name("paws")), "demo")
        said, _ = played(home, str(Path(sys.executable).with_name("paws")), "replay", "1")
        print(f"| paws demo, its tape replayed here | {said} | {cells} |", flush=True)


def count(debian: Debian, python: Path) -> None:
    """Count instructions, and print what they would take on a Zero 2 W."""
    found = counts(python)
    print(f"\n| {debian.codename}, Python {debian.python} | million instructions | ms on a Zero 2 W |\n|---|---|---|")
    for what, instructions in (
        ("paws --help", found.shown),
        ("paws session, to its first sweep", found.started + found.guard_started),
        ("a tick of the loop", found.ticked),
        ("a tick of the guardian, on another core", found.guard_ticked),
    ):
        print(f"| {what} | {instructions / 1e6:.2f} | {on_a_zero_2_w(instructions)} |", flush=True)


def main() -> None:
    """Do both in each system that is wanted."""
    names = [debian.codename for debian in DEBIANS]
    parser = argparse.ArgumentParser("python -m tests.arm64", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--counts-only", action="store_true", help="leave out the stories, half an hour a system")
    parser.add_argument("systems", nargs="*", metavar="SYSTEM", help=f"{' or '.join(names)}; both when none is named")
    wanted = parser.parse_args()
    if unknown := set(wanted.systems) - set(names):
        parser.error(f"{unknown.pop()} is no system of these: {', '.join(names)}")
    refuse_what_is_missing()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {emulator()} as a {PROCESSOR} on {platform.machine()}", flush=True)
    for debian in DEBIANS:
        if wanted.systems and debian.codename not in wanted.systems:
            continue
        python = made(debian, _FOLDER.absolute())
        if not wanted.counts_only:
            play(debian, python)
        if can_count():
            count(debian, python)
        else:
            print(f"{emulator()} takes no plugins, so nothing is counted: that of Debian bookworm does")


if __name__ == "__main__":
    main()

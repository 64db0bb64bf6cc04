"""A Debian of a Pi's kind in a folder, and its Python as a command of this machine.

The folder is what Debian's own packages for arm64 hold. Nothing in it is ever started but Python, by qemu-user, and the
virtual environment beside it has a `python` that is a line of shell: so pip, pytest and the program find themselves in
it and start one another by it as on a Pi, without root, and nothing of this machine is changed.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Of a Zero 2 W and a Pi 3.
PROCESSOR = "cortex-a53"
EMULATOR = "qemu-aarch64"
# Command and Debian package.
_NEEDS = {"mmdebstrap": "mmdebstrap", EMULATOR: "qemu-user", "cc": "gcc"}
# What `apt` needs is on every Raspberry Pi, so that numpy finds it there; the first holds the folders.
_PACKAGES = "base-files,libstdc++6,python3"
# What the stories need beside the program.
_FOR_TESTS = ("hypothesis", "pytest")


@dataclass(frozen=True, slots=True)
class Debian:
    """A release, which Raspberry Pi OS calls by the same name, and its Python."""

    codename: str
    python: str


DEBIANS = (Debian("bookworm", "3.11"), Debian("trixie", "3.13"))


def refuse_what_is_missing() -> None:
    """Leave with one line where a Debian package is missing."""
    missing = [package for command, package in _NEEDS.items() if shutil.which(command) is None]
    if missing:
        sys.exit(f"arm64: not all that it needs is installed - run 'sudo apt-get install {' '.join(missing)}'")


def tool(name: str) -> str:
    """Return where a command of this machine is, once it is known to be there."""
    return shutil.which(name) or name


def environment(**more: str) -> dict[str, str]:
    """Return the environment for an emulated Python: it may keep what it compiled, as an installed one has it."""
    return {**{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}, **more}


def made(debian: Debian, folder: Path) -> Path:
    """Make such a system with this checkout's program in it, if it is not there, and return its Python."""
    place = folder / debian.codename
    python, stamp = place / "venv" / "bin" / "python", place / "made"
    if not stamp.exists() or stamp.stat().st_mtime < Path("pyproject.toml").stat().st_mtime:
        shutil.rmtree(place, ignore_errors=True)
        _unpack(debian, place / "root")
        _make_venv(debian, place / "root", place / "venv")
        command = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install"]
        command += ["--quiet", "--only-binary=:all:", *_FOR_TESTS, "--editable", "."]
        subprocess.run(command, check=True, env=environment())
        stamp.touch()
    return python


def _unpack(debian: Debian, root: Path) -> None:
    root.mkdir(parents=True)
    command = [tool("mmdebstrap"), "--variant=extract", "--architectures=arm64", f"--include={_PACKAGES}"]
    command += [debian.codename, "-", _mirror()]
    with tempfile.TemporaryFile("w+") as told:
        # In a session of its own: it ends its whole process group when something goes wrong.
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, start_new_session=True) as unpacking:
            # Devices are for root to make, and nobody here needs one.
            extract = [tool("tar"), "-x", "--exclude=./dev", "-C", str(root)]
            extracted = subprocess.run(extract, stdin=unpacking.stdout, check=False)
        if unpacking.returncode or extracted.returncode:
            told.seek(0)
            sys.exit(f"{told.read()}arm64: {debian.codename} could not be unpacked, for the reason above - try again")


def _mirror() -> str:
    """Return where this machine's apt has its packages from."""
    command = [tool("apt-get"), "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if not found:
        sys.exit("arm64: apt knows no mirror of Debian - run 'sudo apt-get update'")
    return found[0]


def _make_venv(debian: Debian, root: Path, venv: Path) -> None:
    python = root / "usr" / "bin" / f"python{debian.python}"
    (venv / "lib" / f"python{debian.python}" / "site-packages").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text(f"home = {python.parent}\ninclude-system-site-packages = false\n")
    (venv / "bin").mkdir()
    command = shlex.join([tool(EMULATOR), "-cpu", PROCESSOR, "-L", str(root)])
    script = venv / "bin" / "python"
    # By its own name, so that it finds the environment that it belongs to, and starts others in it.
    script.write_text(f'#!/bin/sh\nexec {command} -0 "$0" {shlex.quote(str(python))} "$@"\n')
    script.chmod(0o755)

"""`make` in a checkout whose Python, or whose environment, is another one: one line, and nothing is changed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from firmware.install.place import CHECKOUT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what `make demo` reads before it installs anything."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, tmp_path)
    return tmp_path


def says(checkout: Path, python: str) -> str:
    """Return the line of `make demo`, which has to fail; make's own words about that are left out."""
    words = ["make", "--silent", "demo", f"PYTHON={python}"]
    # These tests may have been started by make themselves, and one within another says "make[1]".
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(words, cwd=checkout, env=alone, capture_output=True, text=True, timeout=40, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    ours, *others = done.stderr.splitlines()
    assert all(line.startswith("make: ***") for line in others)
    return ours


def interpreter(path: Path, version: str) -> Path:
    """Put there what answers `-c` as a Python of that version would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    said = f"s/sys.version_info/({version.replace('.', ', ')}, 0)/"
    path.write_text(f'#!/bin/sh\nexec python3 -c "$(echo "$2" | sed \'{said}\')"\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("version", ["3.9", "3.14"])
def test_a_python_that_is_too_old_or_too_new(checkout: Path, version: str) -> None:
    python = interpreter(checkout / "bin" / "python", version)
    assert says(checkout, str(python)) == (
        f"make: {python} is not Python 3.11 to 3.13 - say which one to take, as in: make demo PYTHON=python3.13"
    )
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("now", ["3.13", None], ids=["a newer one", "none"])
def test_an_environment_of_a_python_that_is_gone(checkout: Path, now: str | None) -> None:
    environment = checkout / ".venv"
    (environment / "lib" / "python3.11").mkdir(parents=True)
    (environment / "pyvenv.cfg").touch()
    (environment / "installed").touch()
    if now is not None:
        interpreter(environment / "bin" / "python", now)
    assert says(checkout, "python3") == (
        "make: .venv was made for python3.11, and the system has another one now - rm -r .venv, then the same again"
    )
    assert (environment / "installed").exists()

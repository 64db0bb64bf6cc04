"""Shows that a Pi needs no compiler: every package it installs is there as a wheel for aarch64, for each Python.

    python -m tests.arm64.wheels

pip resolves for another machine but evaluates our markers for this one, so they are evaluated here.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

# Raspberry Pi OS bookworm and trixie. Without the newer tag pip takes an ancient lgpio without a word.
PYTHONS = ("3.11", "3.13")
PLATFORMS = (*(f"manylinux_2_{glibc}_aarch64" for glibc in (36, 34, 31, 28, 27, 17)), "manylinux2014_aarch64")


def needed(python: str) -> list[str]:
    """Return what the program needs on such a Pi."""
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    pi: dict[str, str] = {
        **{key: str(value) for key, value in default_environment().items()},
        "platform_machine": "aarch64",
        "sys_platform": "linux",
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    wanted = [Requirement(line) for line in project["dependencies"]]
    return [f"{one.name}{one.specifier}" for one in wanted if one.marker is None or one.marker.evaluate(pi)]


def wheels(python: str) -> list[str]:
    """Return the wheels that pip would install there.

    Raises:
        subprocess.CalledProcessError: One of them is not to be had as a wheel.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += ["--disable-pip-version-check", "--only-binary=:all:", "--target", folder, "--report", str(report)]
        # pip looks at its own Python where a package says which one it wants; the tags of a wheel say it too.
        command += ["--ignore-requires-python"] * (python > "3.11")
        command += ["--python-version", python, *(f"--platform={name}" for name in PLATFORMS), *needed(python)]
        subprocess.run(command, check=True)
        found = json.loads(report.read_text())["install"]
    return sorted(one["download_info"]["url"].rpartition("/")[2] for one in found)


def main() -> int:
    """Print the wheels of each Python."""
    for python in PYTHONS:
        names = wheels(python)
        wrong = [name for name in names if not name.endswith(".whl")]
        compiled = [name for name in names if "aarch64" in name]
        print(f"Python {python}: {len(names)} wheels, {len(compiled)} of them for aarch64, {len(wrong)} no wheels")
        for name in compiled:
            print(f"    {name}")
        if wrong or not any("lgpio-0.2" in name for name in names):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

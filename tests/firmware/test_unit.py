"""The service's unit: systemd understands it, likes how little it may, and it may all that the program needs."""

import configparser
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from firmware import home
from firmware.install.machine import GROUPS
from firmware.install.place import SERVICE_FILES, UNIT

# On a scale from 0, nothing may be done, to 10; "safe" ends at 2. It was 9.2 before.
EXPOSURE = 1.0
TARGETS = ("sysinit", "basic", "shutdown", "multi-user")


@pytest.fixture(scope="session")
def systemd_analyze() -> str:
    """Return systemd's own tool for looking a unit over."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        why = "no systemd-analyze here (Debian's package systemd)"
        if os.environ.get("KITTYPAWS_REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)
    return tool


@pytest.fixture
def unit() -> configparser.ConfigParser:
    # A key that comes twice adds to itself in systemd; here the last one stands.
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    read.read(SERVICE_FILES / UNIT)
    return read


def installed(root: Path) -> Path:
    """A system with the unit, the programs that it names, and nothing else."""
    units = root / "etc/systemd/system"
    units.mkdir(parents=True)
    shutil.copy(SERVICE_FILES / UNIT, units)
    for name in TARGETS:
        (units / f"{name}.target").write_text(f"[Unit]\nDescription={name}\nDefaultDependencies=no\n")
    for name in ("opt/kittypaws/bin/paws", "opt/kittypaws/bin/python"):
        program = root / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    return root


def test_systemd_has_nothing_to_say_against_it(systemd_analyze: str, tmp_path: Path) -> None:
    words = [systemd_analyze, "verify", f"--root={installed(tmp_path)}", "kittypaws@anna.service"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=40, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_systemd_would_say_it_if_there_were(systemd_analyze: str, tmp_path: Path) -> None:
    root = installed(tmp_path)
    file = root / "etc/systemd/system" / UNIT
    file.write_text(file.read_text().replace("Type=notify", "Type=notified"))
    words = [systemd_analyze, "verify", f"--root={root}", "kittypaws@anna.service"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=40, check=False)
    assert "notified" in done.stderr


def test_systemd_finds_that_it_may_little(systemd_analyze: str) -> None:
    words = [systemd_analyze, "security", "--offline=true", f"--threshold={EXPOSURE * 10:.0f}", SERVICE_FILES / UNIT]
    done = subprocess.run(words, capture_output=True, text=True, timeout=40, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_it_is_ready_when_the_program_says_so_and_watched_from_then_on(unit: configparser.ConfigParser) -> None:
    service = unit["Service"]
    assert (service["Type"], service["NotifyAccess"], service["WatchdogSec"]) == ("notify", "main", "2")
    # Ten seconds of imports on a Zero 2 W, several times over.
    assert int(service["TimeoutStartSec"]) >= 60


def test_the_person_keeps_what_a_session_writes(
    unit: configparser.ConfigParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KITTYPAWS_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/anna")
    service = unit["Service"]
    opened = service["BindPaths"].replace("%i", "anna").split()
    # With a dash: without the folder the coach is to begin all the same.
    assert opened == [f"-{home.config_dir()}", f"-{home.tapes_dir().parent}"]
    assert (service["User"], service["ProtectHome"]) == ("%i", "tmpfs")


def test_pins_bus_and_supply_are_open_to_it() -> None:
    lines = (SERVICE_FILES / UNIT).read_text().splitlines()
    devices = {line.removeprefix("DeviceAllow=") for line in lines if line.startswith("DeviceAllow=")}
    assert {"char-gpiochip rw", "char-i2c rw", "char-*gpiomem* rw", "/dev/vcio rw"} <= devices
    assert f"SupplementaryGroups={' '.join(GROUPS)}" in lines


def test_it_bears_its_version_in_the_first_line() -> None:
    assert (SERVICE_FILES / UNIT).read_text().startswith("# kittypaws unit 2")

"""`paws check` at the computer: what it says of the system, the rights, the room, the power and the service."""

import grp
import os
import pwd
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from firmware.checks.computer import Computer, findings, service
from firmware.checks.finding import Finding
from firmware.checks.rounds import UNIT

from .command import written

USER = pwd.getpwuid(os.geteuid()).pw_name


@pytest.fixture
def pi(tmp_path: Path) -> Computer:
    """A Pi as it is after `make install`."""
    root = tmp_path / "pi"
    files = {
        "proc/device-tree/model": "Raspberry Pi Zero 2 W Rev 1.0\0",
        "etc/os-release": 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
        "etc/group": f"i2c:x:994:{USER}\ngpio:x:986:{USER}\n",
        "boot/firmware/config.txt": "dtparam=strict_gpiod\ngpio=17,22,23,27,12=op,dl\n",
        "run/systemd/timesync/synchronized": "",
    }
    for name, content in files.items():
        written(root / name, content)
    return Computer(root, machine="aarch64")


def of(computer: Computer, about: str, tapes: Path) -> Finding:
    return next(finding for finding in findings(computer, tapes) if finding.about.startswith(about))


def test_a_pi_is_called_by_its_name(pi: Computer, tmp_path: Path) -> None:
    assert of(pi, "computer", tmp_path).seen == "Raspberry Pi Zero 2 W Rev 1.0, Debian GNU/Linux 12 (bookworm)"
    assert of(pi, "config.txt", tmp_path).outcome == "ok"
    assert of(pi, "clock", tmp_path).outcome == "ok"


def test_a_system_of_32_bit(pi: Computer, tmp_path: Path) -> None:
    told = of(replace(pi, pointer_bytes=4), "64 bit", tmp_path)
    assert (told.outcome, told.seen) == ("wrong", "programs of 32 bit on aarch64")
    assert "64-bit Raspberry Pi OS" in told.next_step


@pytest.mark.parametrize("python", [(3, 9), (3, 14)])
def test_a_python_that_is_too_old_or_too_new(pi: Computer, tmp_path: Path, python: tuple[int, int]) -> None:
    told = of(replace(pi, python=python), "Python", tmp_path)
    assert (told.outcome, told.seen) == ("wrong", f"3.{python[1]}")


def test_an_environment_of_another_python(pi: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "venv" / "pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n")
    monkeypatch.setattr("sys.prefix", str(tmp_path / "venv"))
    told = of(replace(pi, python=(3, 13)), "Python", tmp_path)
    assert (told.outcome, told.seen) == ("wrong", "3.13, and this environment was made for 3.11")
    assert "make install" in told.next_step


def test_lgpio_that_is_missing_or_the_wrong_one(pi: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"kittypaws": "0.1.0", "lgpio": "0.0.0.2"}
    monkeypatch.setattr("firmware.checks.computer._version", there.get)
    for python, seen in (((3, 11), "lgpio 0.0.0.2"), ((3, 13), "adafruit-lgpio is missing")):
        told = of(replace(pi, python=python), "versions", tmp_path)
        assert told.outcome == "wrong"
        assert told.seen.endswith(seen)
        assert told.next_step.startswith("run `make install` again")


def test_groups(pi: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 65534)
    monkeypatch.setattr("os.getgroups", lambda: [grp.getgrnam("nogroup").gr_gid])
    nobody = pwd.getpwuid(65534).pw_name
    written(pi.root / "etc/group", f"i2c:x:994:{nobody}\ngpio:x:986:\n")
    assert of(pi, "group i2c", tmp_path).seen == "you are in it, but not since you logged in"
    assert of(pi, "group gpio", tmp_path).next_step == 'sudo adduser "$USER" gpio, then restart'
    written(pi.root / "etc/group", "users:x:100:\n")
    assert of(pi, "group gpio", tmp_path).outcome == "not here"


def test_a_clock_that_was_never_set_is_worth_a_look(pi: Computer, tmp_path: Path) -> None:
    (pi.root / "run/systemd/timesync/synchronized").unlink()
    told = of(pi, "clock", tmp_path)
    assert (told.outcome, told.next_step) == ("look", "only the dates of tapes need it")


def test_a_config_without_our_lines(pi: Computer, tmp_path: Path) -> None:
    written(pi.root / "boot/firmware/config.txt", "# dtparam=strict_gpiod\ndtparam=audio=on\n")
    told = of(pi, "config.txt", tmp_path)
    assert (told.outcome, told.next_step) == ("look", "run `make install`")


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return a function that puts a program of that name on the path, which says that."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def made(name: str, says: str) -> None:
        program = written(folder / name, f"#!/bin/sh\necho {says}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return made


@pytest.mark.parametrize(
    ("bits", "outcome"), [("0x0", "ok"), ("0x50005", "wrong"), ("0x50000", "look"), ("0x80008", "look"), ("?", "look")]
)
def test_power(pi: Computer, tmp_path: Path, tool: Callable[[str, str], None], bits: str, outcome: str) -> None:
    tool("vcgencmd", f"throttled={bits}")
    assert of(pi, "power", tmp_path).outcome == outcome


def test_a_disk_without_room_or_rights(pi: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firmware.checks.computer.ROOM_AT_LEAST_BYTES", 1e18)
    assert of(pi, "disk", tmp_path).next_step.startswith("make room")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert of(pi, "disk", tmp_path).outcome == "wrong"


def test_the_service(pi: Computer, tool: Callable[[str, str], None]) -> None:
    assert [one.outcome for one in service(pi, UNIT)] == ["not here"]
    unit = written(pi.root / "etc/systemd/system/kittypaws@.service", UNIT.read_bytes())
    tool("systemctl", "active")
    assert [one.seen for one in service(pi, UNIT)] == ["it runs"]
    tool("systemctl", "failed")
    assert [(one.outcome, one.seen) for one in service(pi, UNIT)] == [("wrong", "it is failed")]
    unit.write_text("# kittypaws unit 1\n[Service]\nExecStart=/opt/kittypaws/bin/paws session\n")
    assert [(one.outcome, one.next_step) for one in service(pi, UNIT)] == [("wrong", "run `make install` again")]

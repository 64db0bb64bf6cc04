"""Where Kittypaws cannot live it says so in one line with the next step, before anything is changed."""

import ast
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import firmware.install
from firmware.install import __main__ as entry
from firmware.install.machine import Interpreter, Machine, look
from firmware.install.place import Account, Place
from firmware.install.refusals import NEEDED_MEGABYTE, reasons, reasons_of_a_root, reasons_to_remove

from .pi_system import BOOKWORM_CONFIG, PiSystem

FOLDER = Path(firmware.install.__file__).parent
ANNAS = Place(Path("/"), "anna")
PYTHON = Interpreter((3, 11), 64, makes_environments=True)
ZERO = Machine(
    system="Linux",
    processor="aarch64",
    model="Raspberry Pi Zero 2 W Rev 1.0",
    interpreter=PYTHON,
    is_root=False,
    free_megabyte=NEEDED_MEGABYTE,
    lacks=(),
    account=Account("anna", 1000, 1000, "/home/anna"),
    lacks_groups=(),
    has_config=True,
    services=("kittypaws@anna.service",),
    is_occupied=False,
)


@pytest.fixture
def bookworm(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> PiSystem:
    return PiSystem(tmp_path, capfd, config=BOOKWORM_CONFIG, python="3 11")


def test_a_zero_2_w_with_raspberry_pi_os_is_welcome() -> None:
    assert (reasons(ZERO, ANNAS), reasons_to_remove(ZERO)) == ([], [])


@pytest.mark.parametrize(
    ("machine", "names", "next_step"),
    [
        (replace(ZERO, system="Darwin"), "Darwin", "make demo"),
        (replace(ZERO, model=None, processor="x86_64"), "x86_64", "make demo"),
        (replace(ZERO, model="Radxa Zero 3"), "Radxa Zero 3", "make demo"),
        (replace(ZERO, processor="armv7l"), "armv7l", "the 64-bit Raspberry Pi OS"),
        (replace(ZERO, interpreter=replace(PYTHON, pointer_bits=32)), "32 bit", "the 64-bit Raspberry Pi OS"),
        (replace(ZERO, interpreter=replace(PYTHON, version=(3, 9))), "3.9", "bookworm"),
        (replace(ZERO, interpreter=replace(PYTHON, version=(3, 14))), "3.14", "trixie"),
        (replace(ZERO, interpreter=replace(PYTHON, makes_environments=False)), "python3-venv", "apt install"),
        (replace(ZERO, interpreter=None), "/usr/bin/python3", "apt install"),
        (replace(ZERO, is_root=True), "root", "as yourself, without sudo"),
        (replace(ZERO, free_megabyte=NEEDED_MEGABYTE - 1), f"{NEEDED_MEGABYTE} MB", "make room"),
        (replace(ZERO, lacks=("sudo",)), "sudo", "Raspberry Pi OS"),
        (replace(ZERO, lacks=("systemctl",)), "systemctl", "Raspberry Pi OS"),
        (replace(ZERO, has_config=False), "config.txt", "mounted"),
        (replace(ZERO, lacks_groups=("gpio", "i2c")), "gpio, i2c", "Raspberry Pi OS"),
        (replace(ZERO, is_occupied=True), "/opt/kittypaws", "move that away"),
        (replace(ZERO, account=None), "anna", "--user"),
        (replace(ZERO, account=Account("anna", 1000, 1000, "/srv/anna")), "/srv/anna", "whose home is there"),
        (replace(ZERO, services=("kittypaws@ben.service",)), "kittypaws@ben", "make uninstall"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_one_line_with_the_next_step(machine: Machine, names: str, next_step: str) -> None:
    (line,) = reasons(machine, ANNAS)
    what, _, then = line.partition(" - ")
    assert (names in what, next_step in line, "\n" in line, len(line) <= 160) == (True, True, False, True)
    assert then or line.endswith("?")


def test_on_the_wrong_computer_and_for_root_nothing_else_is_said() -> None:
    nothing_right = replace(ZERO, free_megabyte=0, account=None, has_config=False, is_occupied=True)
    assert len(reasons(replace(nothing_right, model=None, is_root=True), ANNAS)) == 1
    assert len(reasons(replace(nothing_right, is_root=True), ANNAS)) == 1
    assert len(reasons(nothing_right, ANNAS)) == 4


def test_another_root_may_be_prepared_by_root_on_any_computer() -> None:
    elsewhere = replace(ZERO, model=None, processor="x86_64", is_root=True, lacks=("sudo", "systemctl"))
    assert reasons_of_a_root(elsewhere, ANNAS) == []


def test_to_remove_it_less_is_needed() -> None:
    assert reasons_to_remove(replace(ZERO, model=None, free_megabyte=0, interpreter=None)) == []
    assert len(reasons_to_remove(replace(ZERO, is_root=True))) == 1


def test_a_refused_install_has_changed_nothing(bookworm: PiSystem) -> None:
    bookworm.write("version", "3 9")
    (bookworm.root / "boot/firmware/config.txt").unlink()
    (bookworm.root / "boot/config.txt").unlink()
    before = bookworm.tree
    said = bookworm.run()
    assert (said.code, said.out, bookworm.tree) == (2, "", before)
    lines = said.err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["install", "install"]
    assert [words in said.err for words in ("the system's Python is 3.9", "there is no config.txt")] == [True, True]


def test_a_dry_run_says_why_not_and_goes_on(bookworm: PiSystem) -> None:
    (bookworm.root / "usr/bin/python3").write_text("#!/bin/sh\nexit 1\n")
    before = bookworm.tree
    said = bookworm.run("--dry-run")
    assert (said.code, said.err.count("\n"), bookworm.tree) == (0, 1, before)
    assert said.out.startswith("Each step and each command; nothing is changed. Here it would refuse, as said.\n")


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n", "nobody called anna"),
        ("etc/group", "root:x:0:\nvideo:x:44:\n", "no group gpio, i2c"),
        ("etc/systemd/system/multi-user.target.wants/kittypaws@ben.service", "", "kittypaws@ben is installed"),
        ("opt/kittypaws", "a file", "something else in it"),
    ],
)
def test_what_a_system_lacks_is_seen(bookworm: PiSystem, path: str, text: str, names: str) -> None:
    bookworm.write(path, text)
    said = bookworm.run()
    assert (said.code, said.out, said.err.count("\n"), names in said.err) == (2, "", 1, True)


def test_what_a_machine_is_is_read_from_it(bookworm: PiSystem) -> None:
    bookworm.write("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0")
    seen = look(Place(bookworm.root, "anna"))
    assert (seen.system, seen.model, seen.interpreter) == ("Linux", "Raspberry Pi 5 Model B Rev 1.0", PYTHON)
    assert (seen.lacks, seen.lacks_groups, seen.has_config, seen.is_occupied) == ((), (), True, False)
    assert look(Place(bookworm.root / "home", "anna")).model is None


def test_a_python_that_is_too_old_can_still_read_that_it_is() -> None:
    for path in (FOLDER / "__main__.py", FOLDER / "__init__.py", FOLDER.parent / "__init__.py"):
        ast.parse(path.read_text(), feature_version=(3, 7))
    body = ast.parse((FOLDER / "__main__.py").read_text()).body
    assert [node.names[0].name for node in body if isinstance(node, ast.Import | ast.ImportFrom)] == ["sys"]


def test_a_python_that_is_too_old_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert entry.main() == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert [words in told.err for words in ("Python 3.9", "3.11 to 3.13", "put Raspberry Pi OS")] == [True] * 3


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_nothing_is_imported_that_a_fresh_system_lacks(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    absolute = {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    absolute |= {str(node.module).split(".")[0] for node in froms if node.level == 0}
    assert absolute - sys.stdlib_module_names == set()
    assert [node.module for node in froms if node.level > 1] == []

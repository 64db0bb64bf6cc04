"""`make install` and `make uninstall` on a Raspberry Pi's system in a folder, from a fresh card to none of it left."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from firmware.install.place import CHECKOUT, SERVICE_FILES, UNIT
from firmware.install.program import checkout_stamp

from .pi_system import BOOKWORM_CONFIG, OLD_CONFIG, TRIXIE_CONFIG, PiSystem

BLOCK = (SERVICE_FILES / "config.txt").read_text()
CONFIG, BACKUP = "boot/firmware/config.txt", "boot/firmware/config.txt.before-kittypaws"
UNIT_FILE = f"etc/systemd/system/{UNIT}"
WANTED = "etc/systemd/system/multi-user.target.wants/kittypaws@anna.service"
STAMP = "opt/kittypaws/kittypaws.sha256"


@pytest.fixture
def bookworm(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> PiSystem:
    return PiSystem(tmp_path, capfd, config=BOOKWORM_CONFIG, python="3 11")


@pytest.fixture
def trixie(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> PiSystem:
    """One whose person turned I2C on herself."""
    return PiSystem(tmp_path, capfd, config=TRIXIE_CONFIG, python="3 13")


@pytest.fixture
def installed(bookworm: PiSystem) -> PiSystem:
    """A bookworm with Kittypaws on it, started again."""
    assert bookworm.run().code == 0
    bookworm.restart()
    return bookworm


def changing(calls: list[str]) -> list[str]:
    """The calls that change something: by sudo, by pip, by systemctl."""
    asking = ("python3 -I -c", "raspi-config nonint get_i2c", "paws check")
    return [call for call in calls if not call.startswith(asking)]


def test_a_fresh_bookworm_gets_everything_that_can_be_read_first(bookworm: PiSystem) -> None:
    said = bookworm.run()
    assert (said.code, said.err) == (0, "")
    on = BOOKWORM_CONFIG.replace("#dtparam=i2c_arm=on", "dtparam=i2c_arm=on")
    assert bookworm.read(CONFIG) == on + BLOCK
    assert bookworm.read(BACKUP) == BOOKWORM_CONFIG
    assert bookworm.read("boot/config.txt") == OLD_CONFIG
    assert bookworm.read(UNIT_FILE) == (SERVICE_FILES / UNIT).read_text()
    assert bookworm.read("etc/modules-load.d/kittypaws.conf") == (SERVICE_FILES / "modules-load.conf").read_text()
    journal = "etc/systemd/journald.conf.d/40-kittypaws.conf"
    assert bookworm.read(journal) == (SERVICE_FILES / "journald.conf").read_text()
    assert bookworm.read("etc/group") == "root:x:0:\nvideo:x:44:anna\ni2c:x:994:anna\ngpio:x:993:ben,anna\n"
    folders = [bookworm.root / "home/anna" / name for name in (".config/kittypaws", ".local/share/kittypaws")]
    assert [folder.is_dir() for folder in folders] == [True, True]
    assert str((bookworm.root / "usr/local/bin/paws").readlink()) == "/opt/kittypaws/bin/paws"
    assert (bookworm.root / WANTED).is_symlink()
    assert bookworm.read(STAMP).strip() == checkout_stamp()


def test_it_says_what_it_changed_and_asks_for_a_restart_before_anything_is_checked(bookworm: PiSystem) -> None:
    said = bookworm.run()
    changed = said.out.partition("This has changed:\n")[2].splitlines()
    assert len([line for line in changed if line.startswith("  - ")]) == 11
    assert changed[-1].startswith("A restart is needed: sudo reboot.")
    assert [call for call in bookworm.calls if call.startswith("paws")] == []


def test_only_what_needs_root_is_asked_of_sudo(bookworm: PiSystem) -> None:
    bookworm.run()
    as_root = [call.split()[1].rpartition("/")[2] for call in bookworm.calls if call.startswith("sudo ")]
    # The folder, the command, the copy, I2C, config.txt (3), the bus, groups, journal (2), unit (2), service, the note.
    assert as_root == [
        *("install", "ln", "cp", "raspi-config", "cp", "sync", "mv", "install", "usermod"),
        *("install", "systemctl", "install", "systemctl", "systemctl", "touch"),
    ]
    assert (
        "python3 -P -m pip install --disable-pip-version-check --only-binary=:all: " + str(CHECKOUT) in bookworm.calls
    )


def test_a_fresh_trixie_has_i2c_on_and_its_config_txt_only_grows(trixie: PiSystem) -> None:
    assert trixie.run().code == 0
    assert trixie.read(CONFIG) == TRIXIE_CONFIG + BLOCK
    assert [call for call in trixie.calls if "do_i2c" in call] == []
    assert trixie.read("opt/kittypaws/pyvenv.cfg") == "version = 3.13.2\n"


def test_the_old_place_of_config_txt_is_taken_where_there_is_no_new_one(bookworm: PiSystem) -> None:
    (bookworm.root / CONFIG).rename(bookworm.root / "boot/config.txt")
    (bookworm.root / "usr/bin/raspi-config").unlink()
    assert bookworm.run().code == 0
    assert bookworm.read("boot/config.txt") == BOOKWORM_CONFIG + BLOCK
    assert not (bookworm.root / CONFIG).exists()


def test_a_second_run_has_nothing_to_do(bookworm: PiSystem) -> None:
    bookworm.run()
    before = bookworm.tree
    said = bookworm.run()
    assert (said.code, changing(bookworm.calls), bookworm.tree) == (0, [], before)
    assert "Nothing to do: everything is as it should be.\nA restart is needed" in said.out


@pytest.mark.parametrize("verdict", [0, 1, 3])
def test_after_the_restart_the_verdict_of_paws_check_is_its_own(installed: PiSystem, verdict: int) -> None:
    installed.write("verdict", str(verdict))
    said = installed.run()
    assert (said.code, changing(installed.calls), installed.calls[-1]) == (verdict, [], "paws check")
    assert "Nothing to do: everything is as it should be.\nLast: paws check" in said.out


def test_a_dry_run_changes_nothing_and_shows_what_a_run_will_do(bookworm: PiSystem) -> None:
    before = bookworm.tree
    dry = bookworm.run("--dry-run")
    assert (dry.code, changing(bookworm.calls), bookworm.tree) == (0, [], before)
    assert dry.out.startswith("Each step and each command; nothing is changed.\n")
    # Every line of every file, and every command but for the names of files on their way.
    for path in SERVICE_FILES.iterdir():
        assert [line for line in path.read_text().splitlines() if f"{line}\n" not in dry.out] == [], path
    wet = bookworm.run()
    shown, done = ([line for line in said.commands if "/config.txt " not in line] for said in (dry, wet))
    assert shown == done


def test_a_dry_run_of_a_finished_install_ends_with_the_check_and_does_not_run_it(installed: PiSystem) -> None:
    said = installed.run("--dry-run")
    assert (said.code, changing(installed.calls), "paws check" in said.commands[-1]) == (0, [], True)
    assert [call for call in installed.calls if call.startswith("paws")] == []


def test_lines_of_her_own_survive_and_the_one_that_loses_is_named(bookworm: PiSystem) -> None:
    own = "# my screen\r\nhdmi_group=2\r\ndtparam=i2c_arm_baudrate=10000\n\ngpio=12=op,dh\n# caf\u00e9\n[pi4]\na=1"
    bookworm.write(CONFIG, own)
    said = bookworm.run()
    assert bookworm.read(CONFIG).startswith(own)
    assert bookworm.read(CONFIG).endswith(f"a=1\ndtparam=i2c_arm=on\n{BLOCK}")
    assert "(line 3 says dtparam=i2c_arm_baudrate=10000; ours comes after it and wins)" in said.out
    assert "(line 5 says gpio=12=op,dh; ours comes after it and wins)" in said.out


def test_a_line_after_the_block_that_says_otherwise_makes_the_block_move_behind_it(installed: PiSystem) -> None:
    before = installed.read(CONFIG)
    installed.write(CONFIG, before + "dtparam=i2c_arm_baudrate=100000\n")
    said = installed.run()
    assert "says dtparam=i2c_arm_baudrate=100000 after ours, so ours moves behind it" in said.out
    assert installed.read(CONFIG) == before.removesuffix(BLOCK) + "dtparam=i2c_arm_baudrate=100000\n" + BLOCK
    assert "A restart is needed" in said.out


def test_other_lines_after_the_block_are_no_reason_to_move_it(installed: PiSystem) -> None:
    installed.write(CONFIG, installed.read(CONFIG) + "dtparam=i2c_arm=on\nhdmi_group=2\ngpio=4=op,dh\n")
    assert "Nothing to do" in installed.run().out


def test_i2c_that_was_turned_off_by_raspi_config_is_turned_on_again(installed: PiSystem) -> None:
    before = installed.read(CONFIG)
    subprocess.run([installed.root / "usr/bin/raspi-config", "nonint", "do_i2c", "1"], check=True)
    # It rewrites our line too, and only that one: the speed stands on its own.
    assert installed.read(CONFIG) == before.replace("i2c_arm=on", "i2c_arm=off")
    installed.run()
    assert installed.read(CONFIG) == before


def test_a_unit_file_of_an_older_version_is_named_and_replaced(installed: PiSystem) -> None:
    installed.write(
        UNIT_FILE, "# Kittypaws as a service of one person\n[Service]\nExecStart=/opt/kittypaws/bin/paws session\n"
    )
    said = installed.run()
    assert "(the one that is there is of version 1: it is replaced by version 2)" in said.out
    assert installed.read(UNIT_FILE) == (SERVICE_FILES / UNIT).read_text()
    systemctl = [call for call in installed.calls if call.startswith("systemctl")]
    assert systemctl == ["systemctl daemon-reload", "systemctl restart --no-block kittypaws@anna.service"]
    assert installed.calls.index("paws check") < installed.calls.index(systemctl[-1])


def test_a_unit_file_that_somebody_edited_is_named_and_replaced(installed: PiSystem) -> None:
    installed.write(UNIT_FILE, installed.read(UNIT_FILE).replace("WatchdogSec=2", "WatchdogSec=20"))
    said = installed.run()
    assert "(the one that is there differs from version 2: it is replaced by version 2)" in said.out
    assert "-WatchdogSec=20" in said.out


def test_an_environment_of_another_python_is_made_anew(installed: PiSystem) -> None:
    """The card was upgraded from bookworm to trixie."""
    installed.write("version", "3 13")
    said = installed.run()
    assert "(the environment there is of Python 3.11, and not of the system's: it is made anew)" in said.out
    assert installed.read("opt/kittypaws/pyvenv.cfg") == "version = 3.13.2\n"
    assert "Nothing to do" in installed.run().out


def test_an_environment_without_its_python_is_made_anew(installed: PiSystem) -> None:
    (installed.root / "opt/kittypaws/bin/python").unlink()
    assert "(the environment there is of a Python that is gone" in installed.run().out
    assert "Nothing to do" in installed.run().out


def test_a_newer_checkout_is_installed_while_the_service_rests(installed: PiSystem) -> None:
    installed.write(STAMP, "of last week\n")
    said = installed.run()
    assert (said.code, "it is brought up to date" in said.out, "-m venv" in said.out) == (0, True, False)
    order = [call for call in installed.calls if call.startswith(("systemctl", "paws")) or " pip " in call]
    assert [call.split()[1] for call in order] == ["stop", "-P", "check", "restart"]


def test_without_the_network_nothing_of_the_system_is_touched_and_the_next_run_goes_on(bookworm: PiSystem) -> None:
    bookworm.write("offline", "")
    said = bookworm.run()
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert said.err.endswith("is the Pi online, and is its clock right? Then run this again: it goes on from here\n")
    assert (bookworm.read(CONFIG), (bookworm.root / UNIT_FILE).exists()) == (BOOKWORM_CONFIG, False)
    (bookworm.root / "offline").unlink()
    assert bookworm.run().code == 0
    assert bookworm.read(STAMP).strip() == checkout_stamp()


def test_a_folder_that_somebody_deleted_is_made_again(installed: PiSystem) -> None:
    shutil.rmtree(installed.root / "home/anna/.local")
    said = installed.run()
    assert (installed.root / "home/anna/.local/share/kittypaws").is_dir()
    (made,) = [line for line in said.commands if line.startswith("install -d")]
    assert [word.rpartition("anna/")[2] for word in made.split()[6:]] == [
        ".local",
        ".local/share",
        ".local/share/kittypaws",
    ]


def test_another_command_of_that_name_stays(bookworm: PiSystem) -> None:
    bookworm.write("usr/local/bin/paws", "#!/bin/sh\necho meow\n")
    said = bookworm.run()
    assert (said.code, bookworm.read("usr/local/bin/paws")) == (0, "#!/bin/sh\necho meow\n")
    assert "(there is another /usr/local/bin/paws, which stays; ours is /opt/kittypaws/bin/paws)" in said.out
    assert bookworm.run("--uninstall").code == 0
    assert bookworm.read("usr/local/bin/paws") == "#!/bin/sh\necho meow\n"


@pytest.mark.parametrize("fresh", ["bookworm", "trixie"])
def test_uninstalling_leaves_what_is_hers_and_nothing_else(fresh: str, request: pytest.FixtureRequest) -> None:
    system = request.getfixturevalue(fresh)
    before = system.tree
    system.run()
    system.restart()
    tape = system.write("home/anna/.local/share/kittypaws/tapes/000001.tape", "a session")
    calibration = system.write("home/anna/.config/kittypaws/calibration.toml", "newtons")
    said = system.run("--uninstall")
    assert (said.code, tape.exists(), calibration.exists()) == (0, True, True)
    assert "tapes in ~/.local/share/kittypaws, settings and calibration in ~/.config/kittypaws" in said.out
    assert "sudo raspi-config nonint do_i2c 1" in said.out
    system.restart()
    after = {path: text for path, text in system.tree.items() if not path.startswith("home/")}
    # Groups and I2C stay, as it says; everything else is as on the first day.
    stays = {
        "etc/group": system.read("etc/group"),
        CONFIG: before[CONFIG].replace("#dtparam=i2c_arm=on", "dtparam=i2c_arm=on"),
    }
    assert after == {**before, **stays}


def test_uninstalling_twice_has_nothing_to_do(installed: PiSystem) -> None:
    installed.run("--uninstall")
    installed.restart()
    before = installed.tree
    said = installed.run("--uninstall")
    assert (said.code, changing(installed.calls), installed.tree) == (0, [], before)
    assert "Nothing to do" in said.out


def test_a_dry_uninstall_changes_nothing(installed: PiSystem) -> None:
    before = installed.tree
    said = installed.run("--uninstall", "--dry-run")
    assert (said.code, changing(installed.calls), installed.tree) == (0, [], before)
    assert [words in said.out for words in ("disable --now kittypaws@anna.service", "-# kittypaws begin")] == [
        True,
        True,
    ]


def test_what_changed_in_config_txt_meanwhile_stays_and_so_does_the_copy(installed: PiSystem) -> None:
    installed.write(CONFIG, installed.read(CONFIG).replace("[cm4]", "[cm5]") + "hdmi_group=2\n")
    said = installed.run("--uninstall")
    assert installed.read(CONFIG).endswith("otg_mode=1\n\n[all]\nhdmi_group=2\n")
    assert installed.read(BACKUP) == BOOKWORM_CONFIG
    assert "config.txt has changed otherwise too; how it was before Kittypaws stays in" in said.out


def test_a_folder_of_somebody_elses_is_neither_used_nor_removed(bookworm: PiSystem) -> None:
    bookworm.write("opt/kittypaws/photos", "of a cat")
    said = bookworm.run()
    assert (said.code, said.err) == (2, "install: /opt/kittypaws has something else in it - move that away first\n")
    assert bookworm.run("--uninstall").code == 0
    assert bookworm.read("opt/kittypaws/photos") == "of a cat"


def test_it_runs_with_nothing_but_the_systems_python(bookworm: PiSystem) -> None:
    # -S: no site-packages at all.
    words = [
        sys.executable,
        "-S",
        "-E",
        "-m",
        "firmware.install",
        "--dry-run",
        "--root",
        bookworm.root,
        "--user",
        "anna",
    ]
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, timeout=40, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_who_has_enough_is_no_trouble(bookworm: PiSystem) -> None:
    """`make install DRY_RUN=1 | less`, left at the first page."""
    reading, writing = os.pipe()
    os.close(reading)
    words = [sys.executable, "-m", "firmware.install", "--dry-run", "--root", bookworm.root, "--user", "anna"]
    done = subprocess.run(words, cwd=CHECKOUT, stdout=writing, stderr=subprocess.PIPE, timeout=40, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_is_one_line_and_the_next_run_goes_on(bookworm: PiSystem) -> None:
    python = bookworm.root / "usr/bin/python3"
    whole = python.read_text()
    # A terminal's Ctrl-C reaches the installer as well as what it runs.
    python.write_text(whole.replace("mkdir -p $4/bin", "kill -INT $PPID; exec sleep 40"))
    words = [sys.executable, "-m", "firmware.install", "--root", bookworm.root, "--user", "anna"]
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, timeout=40, check=False)
    assert (done.returncode, done.stderr) == (130, "\ninstall: interrupted - run this again: it goes on from here\n")
    python.write_text(whole)
    assert bookworm.run().code == 0


@pytest.mark.parametrize("target", ["install", "uninstall"])
def test_make_shows_each_step_on_any_computer(target: str) -> None:
    words = ["make", "--silent", target, "DRY_RUN=1"]
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, timeout=40, check=False)
    assert (done.returncode, done.stdout.splitlines()[0][:30]) == (0, "Each step and each command; no")

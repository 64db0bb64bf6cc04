"""`paws check`: each thing that can be wrong is named, with what to do; and what is well is called well."""

import grp
import io
import os
import pwd
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import indent

import pytest

from firmware.checks.computer import Computer, findings, service
from firmware.checks.finding import Finding
from firmware.checks.people import Person
from firmware.checks.places import EmulatedPlace
from firmware.checks.rounds import UNIT, round_of
from firmware.checks.wires import speed, who_answers
from firmware.conversation import Conversation
from firmware.verbs.check import nameless
from hardware.board import DEFAULT_BOARD, board_from_toml
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus
from hardware.emulated.clock import VirtualClock

from .command import Told, file_of, paws, written

WELL = {"ok", "look", "not here", "left out"}


def checked(*arguments: object) -> Told:
    return paws("check", "--emulated", *arguments)


def found(told: Told, outcome: str) -> list[tuple[str, str, str]]:
    rows = told.json["findings"]
    return [(row["about"], row["seen"], row["next_step"]) for row in rows if row["outcome"] == outcome]


def test_a_glove_that_is_well_is_called_well_and_each_part_was_looked_at() -> None:
    told = checked()
    assert (told.code, told.err) == (0, "")
    assert told.out.endswith("\nAll is well. 1 worth a look.\n")
    for about in (
        *("sweeps", "supply of the pads", "heel, untouched", "palm, pressed", "guardian", "buzzer", "mama's button"),
        *("green light", "partner's button"),
    ):
        assert f"✓ ok       {about}" in told.out


@pytest.mark.parametrize(
    ("fault", "about", "seen", "step"),
    [
        ("heel open", "heel, untouched", "its wire is off", "look at the pad's two wires"),
        ("palm short", "palm, untouched", "it touches 3.3 V", "look for a bridge"),
        ("palm intermittent", "palm, untouched", "it comes and goes", "move the cable and the pad's wires"),
        ("bus shared", "sweeps", "another program seems to use the bus", "end that program"),
        ("chip clipping", "sweeps", "another program seems to use the bus", "end that program"),
        ("fingers crushed", "fingers, untouched", "as if pressed with all force", "a crease shorts it inside"),
        ("heel torn", "heel, pressed", "nothing came", "the pad is torn inside, a new one"),
        ("supply open", "pads, untouched", "nothing feeds them", "look at the 3.3 V wire to the pads"),
        ("ground open", "pads, untouched", "have no ground", "look at the ground wire"),
        (
            "bus stuck",
            "I2C bus",
            "whoever is asked answers zero: SDA stays low",
            "a wire of the glove holds SDA to ground",
        ),
        (
            "bus hangs",
            "I2C bus",
            "no transfer gets through: SDA or SCL stays low",
            "unplug the glove, power on, check again",
        ),
        ("bus floating", "I2C bus", "everybody answers: nobody drives SDA", "plug and cable: SDA, ground"),
        ("bus silent", "right glove's chip", "nobody answers at 0x49", "look at its plug, its power and the ADDR wire"),
        ("chip never ready", "sweeps", "not converted after 10 ms", "look at the glove's plug and cable"),
        ("supply sag to 2.5 V", "sweeps", "supply channel reads 1.25 V", "measure the 3.3 V at the glove"),
        ("button shorted", "mama's button", "no press seen on pin 5", "look at its wire"),
        ("partner's button cut", "partner's button", "no press seen on pin 6", "look at its wire"),
    ],
)
def test_what_is_wrong_is_named_first_and_with_what_to_do(fault: str, about: str, seen: str, step: str) -> None:
    told = checked("--fault", f"{fault} at 0 s", "--json")
    assert (told.code, told.json["is_well"]) == (1, False)
    first = found(told, "wrong")[0]
    assert first[0] == about
    assert seen in first[1]
    assert step in first[2]


def test_a_bus_that_loses_too_much_is_wrong() -> None:
    # Not from the start: a chip that is never found is another story.
    first = found(checked("--fault", "bus noisy 70 % at 0.5 s", "--json"), "wrong")[0]
    assert (first[0], "no answer from 0x49" in first[1], "a shorter cable" in first[2]) == ("sweeps", True, True)


def test_readme_shows_a_wire_that_is_off() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    printed = checked("--fault", "heel open at 0 s").out
    shown = printed[printed.index("✓ ok       sweeps") : printed.index("✓ ok       fingers")]
    assert indent(shown, "    ") in readme


def test_what_cannot_be_looked_at_is_said(home: Path) -> None:
    written(home / "glove.toml", '[buttons]\nmama = "none"\n')
    told = checked("--yes", "--json")
    assert told.code == 0
    assert [about for about, _, _ in found(told, "left out")] == [
        *("pads, pressed", "green light", "amber light", "blue light", "red light", "buzzer", "partner's button"),
    ]
    assert ("mama's button", "none, says glove.toml", "") in found(told, "not here")


def test_both_gloves_are_looked_at_and_each_finding_says_whose_it_is() -> None:
    told = checked("--both", "--json")
    assert (told.code, found(told, "wrong")) == (0, [])
    well = {about for about, _, _ in found(told, "ok")}
    for side in ("left", "right"):
        assert {f"{side} glove's chip", f"{side} sweeps", f"{side} palm, untouched", f"{side} heel, pressed"} <= well


def test_one_of_two_gloves_at_the_others_address_is_told_with_what_to_try() -> None:
    about, seen, step = found(checked("--both", "--fault", "wiring other address", "--json"), "wrong")[0]
    assert (about, seen) == ("right glove's chip", "nobody answers at 0x49")
    assert step.endswith(
        "with ADDR as in the left glove both would answer at one address: unplug that one and look again"
    )


def test_a_glove_that_nobody_pressed_is_not_called_well() -> None:
    told = checked("--yes")
    assert told.code == 0
    assert told.out.endswith(
        "\nNothing wrong was found, but 8 could not be looked at: this glove is not checked yet. 1 worth a look.\n"
    )


def test_a_machine_without_a_glove_says_what_it_can_and_ends_with_1() -> None:
    told = paws("check", "--yes")
    assert told.code == 1
    assert "no Raspberry Pi: what belongs to one is left out" in told.out
    assert "✗ wrong    I2C bus                  /dev/i2c-1 is not there" in told.out
    assert "\nNot yet: 2 things are wrong. First: I2C bus, above." in told.out


def test_a_report_names_nobody(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("KITTYPAWS_HOME", "~/anna")
    told = paws("check", "--report")
    user = pwd.getpwuid(os.geteuid()).pw_name
    assert told.out.startswith("Kittypaws, paws check\n\n")
    assert os.uname().nodename not in told.out
    assert str(Path.home()) not in told.out
    assert nameless(f"{Path.home()}/x of {user} on {os.uname().nodename}") == "~/x of USER on HOST"
    del home


def test_a_person_is_asked_and_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    place = EmulatedPlace(DEFAULT_BOARD, ("right",), (), with_maker=False)
    with file_of("\ny\nno\n\nYES\n") as answers:
        monkeypatch.setattr("sys.stdin", answers)
        with Conversation(out, patient=True) as talk:
            place.person = Person(talk, place.clock)
            told = {finding.about: finding.outcome for finding in round_of(Computer(), place)}
    # Nobody pressed, and the blue light was not seen.
    assert [about for about, outcome in told.items() if outcome == "wrong"] == [
        *("heel, pressed", "palm, pressed", "fingers, pressed", "blue light", "mama's button", "partner's button"),
    ]
    assert out.getvalue().splitlines() == [
        *("Press the heel, firmly, for a moment.", "Press the palm, firmly, for a moment."),
        *("Press the fingers, firmly, for a moment.", "Watch the lights: green, amber, blue and red, then the buzzer."),
        "Enter if it was so; else type what it was: green, amber, blue, red, buzzer or nothing.",
        *(f"Did you see the {light} light? [Enter = yes]" for light in ("green", "amber", "blue", "red")),
        *(
            "Did you hear the buzzer? [Enter = yes]",
            "Press mama's button, shortly.",
            "Press the partner's button, shortly.",
        ),
    ]


def test_a_fault_is_for_the_emulated_glove() -> None:
    told = paws("check", "--fault", "heel open at 0 s")
    assert (told.code, told.refusal) == (2, "--fault is for the emulated glove only - add --emulated")


# -- the bus ---------------------------------------------------------------------------------------------------


def bus_with(*addresses: int) -> EmulatedBus:
    clock = VirtualClock()
    bus = EmulatedBus(clock)
    bus.chips = {address: EmulatedAds1115(lambda _: (0.0, 0.0, 0.0, 1.65), clock) for address in addresses}
    return bus


def answers(addresses: tuple[int, ...], wanted: list[int]) -> list[tuple[str, str, str]]:
    found = who_answers(bus_with(*addresses), DEFAULT_BOARD, wanted, VirtualClock())
    return [(one.outcome, one.seen, one.next_step) for one in found]


def test_a_chip_at_another_address_is_found_there() -> None:
    assert answers((0x4A,), [0x49]) == [
        (
            "wrong",
            "nobody at 0x49; at 0x4a somebody, whose ADDR is at SDA",
            "wire ADDR to 3.3 V, or set right_address = 0x4a in glove.toml",
        )
    ]


def test_two_chips_where_one_is_expected_and_strangers_are_told() -> None:
    assert answers((0x48, 0x49, 0x3C), [0x49]) == [
        ("ok", "an ADS1115 answers at 0x49", ""),
        ("look", "0x48 answers too", "the other glove? `--both` looks at both"),
        ("look", "0x3c answers", "not ours; it shares the bus with the glove"),
    ]


def test_nobody_on_the_bus() -> None:
    assert answers((), [0x49]) == [("wrong", "nobody answers at 0x49", "look at its plug, its power and the ADDR wire")]


class SlowBus(EmulatedBus):
    """A bus whose bytes take time."""

    byte_s = 9 / 50_000

    def readfrom_into(self, address: int, buffer: bytearray, *, start: int = 0, end: int | None = None) -> None:
        import time

        until_s = time.perf_counter() + len(buffer) * self.byte_s
        while time.perf_counter() < until_s:
            pass
        super().readfrom_into(address, buffer, start=start, end=end)


def test_a_bus_that_is_slower_than_it_was_asked_to_be_is_told(tmp_path: Path) -> None:
    node = tmp_path / "sys/class/i2c-adapter/i2c-1/of_node/clock-frequency"
    node.parent.mkdir(parents=True)
    node.write_bytes((400_000).to_bytes(4, "big"))
    bus = SlowBus(VirtualClock())
    bus.chips = bus_with(0x49).chips
    told = speed(bus, 0x49, 1, tmp_path)
    assert (told.outcome, told.next_step[:33]) == ("look", "`make install` asks for 400 kHz; ")
    assert told.seen.endswith(" kHz, 400 asked for")
    assert speed(bus_with(0x49), 0x49, 1, tmp_path).outcome in WELL


# -- the computer ----------------------------------------------------------------------------------------------

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


def test_a_right_address_that_was_set_is_taken() -> None:
    board = board_from_toml("[adc]\nright_address = 0x4a\n", "glove.toml")
    assert [one.outcome for one in who_answers(bus_with(0x4A), board, [0x4A], VirtualClock())] == ["ok"]

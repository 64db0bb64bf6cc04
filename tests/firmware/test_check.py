"""`paws check`: each thing that can be wrong is named, with what to do; and what is well is called well."""

import io
import os
import pwd
from pathlib import Path
from textwrap import indent

import pytest

from firmware.checks.computer import Computer
from firmware.checks.people import Person
from firmware.checks.places import EmulatedPlace
from firmware.checks.rounds import round_of
from firmware.conversation import Conversation
from firmware.verbs.check import nameless
from hardware.board import DEFAULT_BOARD

from .command import Told, file_of, paws, written


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

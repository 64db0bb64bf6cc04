"""The commonest mistakes of makers: what `paws check` says first, and what to do; and whom it never accuses."""

import io
from pathlib import Path

import pytest

from firmware.checks.computer import Computer
from firmware.checks.people import Person
from firmware.checks.places import EmulatedPlace
from firmware.checks.rounds import round_of
from firmware.conversation import Conversation
from hardware.board import board_from_toml
from hardware.emulated.faults import KINDS

from .command import Running, Told, file_of, paws, written
from .terminal import at_a_terminal

SOLDER = "solder 100 kohm across the pad's two wires, at the pad"
UNPLUG = "power off, unplug the glove, power on, check again - still low: this bus has no pull-ups (only header pins 3"
HER_BUTTON = "let it go - still so: its wire is off, its plug is out, or it is a normally open one and hers must be"


def checked(mistake: str, *arguments: str) -> Told:
    return paws("check", "--emulated", "--fault", f"wiring {mistake}", "--json", *arguments)


def first_wrong(told: Told) -> tuple[str, str, str]:
    found = [one for one in told.json["findings"] if one["outcome"] == "wrong"]
    return found[0]["about"], found[0]["seen"], found[0]["next_step"]


@pytest.mark.parametrize(
    ("mistake", "about", "seen", "step"),
    [
        (
            "pads swapped",
            "heel, pressed",
            "the palm answered",
            "swap the wires of A0 and A1, or their numbers in glove",
        ),
        ("supply reversed", "I2C bus", "no transfer gets through: SDA or SCL stays low", UNPLUG),
        ("no bias", "heel, untouched", "it answers to a press, so its 100 kohm is missing", SOLDER),
        ("one series resistor", "series resistors", "one resistor feeds all three", "give each pad 220 ohm of its own"),
        ("other address", "right glove's chip", "nobody at 0x49; at 0x48 somebody", "wire ADDR to 3.3 V; if it is the"),
        ("lights swapped", "amber light", "the blue light came instead", "swap the wires of pin 27 and pin 22, or"),
        ("button normally open", "lights and buttons", "mama's button on pin 5 reads as pressed", HER_BUTTON),
        ("no pull-ups", "I2C bus", "no transfer gets through: SDA or SCL stays low", UNPLUG),
        (
            "pads joined",
            "heel, pressed",
            "heel and palm answer with the same volts",
            "look for a bridge between the wires",
        ),
        (
            "resistors exchanged",
            "heel, untouched",
            "a measuring resistor of 220 ohm would read so",
            "is the 2.2 kohm exchanged with the 220 ohm?",
        ),
        ("10 kohm", "heel, untouched", "a measuring resistor of 10 kohm would read so", "2.2 kohm is right"),
    ],
)
def test_a_mistake_is_named_first_with_what_to_do(mistake: str, about: str, seen: str, step: str) -> None:
    told = checked(mistake)
    assert (told.code, told.json["is_well"]) == (1, False)
    first = first_wrong(told)
    assert first[0] == about
    assert seen in first[1]
    assert step in first[2]


def test_these_are_all_there_are() -> None:
    mark = next(m for m in test_a_mistake_is_named_first_with_what_to_do.pytestmark if m.name == "parametrize")
    assert {mistake for mistake, *_ in mark.args[1]} == set(KINDS["wiring"])


@pytest.mark.parametrize(
    "mistake", ["supply reversed", "other address", "button normally open", "no pull-ups", "10 kohm"]
)
def test_what_needs_nobodys_hand_is_named_without_one(mistake: str) -> None:
    told = checked(mistake, "--yes")
    assert (told.code, first_wrong(told)) == (1, first_wrong(checked(mistake)))


def test_without_anybody_to_press_both_causes_of_an_open_pad_are_named() -> None:
    told = checked("no bias", "--yes")
    about, seen, step = first_wrong(told)
    assert (told.code, about) == (1, "heel, untouched")
    assert seen.endswith("its wire is off, or its 100 kohm is missing")
    assert step == f"press it in `paws check`: if it answers, {SOLDER}; if not, look at its two wires"


@pytest.mark.parametrize("mistake", ["pads swapped", "one series resistor", "lights swapped", "pads joined"])
def test_what_only_a_hand_or_an_eye_can_tell_is_left_out_without_one(mistake: str) -> None:
    told = checked(mistake, "--yes")
    left_out = {one["about"] for one in told.json["findings"] if one["outcome"] == "left out"}
    assert (told.code, {"pads, pressed", "amber light"} <= left_out) == (0, True)


def test_both_gloves_and_other_channels_are_named_as_they_are(home: Path) -> None:
    written(home / "glove.toml", "[pads]\nheel = 3\npalm = 1\nfingers = 0\nsupply = 2\n")
    assert first_wrong(checked("pads swapped"))[2].startswith("swap the wires of A3 and A1,")
    assert first_wrong(checked("pads joined"))[2].startswith("look for a bridge between the wires of A3 and A1,")
    told = checked("10 kohm", "--both")
    wrong = [one["about"] for one in told.json["findings"] if one["outcome"] == "wrong"]
    assert wrong == ["right heel, untouched"]


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        (kind, 3 if kind in ("supply reversed", "no pull-ups", "other address", "button normally open") else 0)
        for kind in KINDS["wiring"]
    ],
)
def test_a_demo_is_played_with_it_or_refused_as_a_session_on_the_glove_would_be(mistake: str, code: int) -> None:
    told = paws("demo", "--fault", f"wiring {mistake}")
    assert told.code == code, told
    assert (told.out == "") is (code == 3)


@pytest.mark.parametrize("fault", ["wiring button normally open", "button cut at 0 s"])
def test_a_session_at_the_true_pace_is_refused_by_the_real_guardian(fault: str, home: Path) -> None:
    told = Running("session", "--emulated", "gentle", "--fault", fault, "--yes", home=home)
    with told:
        ended = told.end()
    assert ended.code == 3
    assert ended.refusal.startswith(f"mama's button on pin 5 reads as pressed; {HER_BUTTON}")


# -- a person --------------------------------------------------------------------------------------------------


def test_a_person_names_the_light_that_came_and_is_asked_again_for_a_word_that_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.StringIO()
    place = EmulatedPlace(
        board_from_toml('[buttons]\nmama = "none"\npartner = "none"', "toml"), ("right",), (), with_maker=False
    )
    with file_of("\npurple\nBlue\namber\n\nnothing\n") as answers:
        monkeypatch.setattr("sys.stdin", answers)
        with Conversation(out, patient=True) as talk:
            place.person = Person(talk, place.clock)
            wrong = {one.about: one for one in round_of(Computer(), place) if one.outcome == "wrong"}
    assert wrong["amber light"].seen == "the blue light came instead"
    assert wrong["blue light"].next_step == "swap the wires of pin 22 and pin 27, or their numbers in glove.toml"
    assert wrong["buzzer"].seen == "not noticed"
    assert out.getvalue().splitlines()[-7:] == [
        *("Did you see the green light? [Enter = yes]", "Did you see the amber light? [Enter = yes]"),
        "Press Enter, or type one of green, amber, blue, red, buzzer, nothing.",
        *(f"Did you see the {light} light? [Enter = yes]" for light in ("amber", "blue", "red")),
        "Did you hear the buzzer? [Enter = yes]",
    ]


@pytest.mark.parametrize("columns", [40, 80])
def test_at_a_terminal_no_line_is_longer_than_it_is_wide(home: Path, columns: int) -> None:
    arguments = ("check", "--emulated", "--yes", "--fault", "wiring no pull-ups")
    with at_a_terminal(*arguments, home=home, COLUMNS=str(columns)) as terminal:
        terminal.until("above.")
        told = terminal.end()
    assert max(map(len, told.out.splitlines())) < columns
    assert UNPLUG in " ".join(told.out.split())

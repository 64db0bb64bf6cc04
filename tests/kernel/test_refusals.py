"""What a maker gets wrong, met by the program as it is installed: one line, and nothing lit."""

import json
import re

import pytest

from .bench import Bench, Scene
from .record import Record

NO_CHIP = "no ADS1115 answers at 0x49 on /dev/i2c-1; check its plug, its power and the ADDR wire"
NO_PINS = "the pins cannot be opened ('can not open gpiochip'); is this a Raspberry Pi, and are you in the group gpio?"
PIN_TAKEN = (
    "the pins cannot be had ('GPIO busy') - end the program that uses one of them, or choose others in glove.toml"
)
HER_BUTTON = (
    "mama's button on pin 5 reads as pressed; let it go - still so: its wire is off, its plug is out, or it is a "
    'normally open one and hers must be normally closed; where there is none, set `mama = "none"` in glove.toml'
)


@pytest.mark.parametrize(
    ("scene", "line"),
    [
        (Scene(chip="none"), NO_CHIP),
        (Scene(chip="0x4a"), NO_CHIP),
        (Scene(bus=3), "/dev/i2c-1 is not there; run 'sudo raspi-config nonint do_i2c 0' and restart"),
        (
            Scene(forbidden=("/dev/i2c-1",)),
            "/dev/i2c-1: permission denied; run 'sudo adduser root i2c' and log in again",
        ),
        (Scene(forbidden=("/dev/gpiochip0",)), NO_PINS),
        (Scene(before=(("foreign", "holds 23"),)), PIN_TAKEN),
        (Scene(faults=("button cut at 0 s",)), HER_BUTTON),
    ],
    ids=[
        "no chip",
        "another address",
        "no bus",
        "bus not allowed",
        "pins not allowed",
        "a pin is taken",
        "her wire is off",
    ],
)
def test_what_is_not_there_is_one_line_with_the_next_step(bench: Bench, scene: Scene, line: str) -> None:
    played = bench.play(scene)
    assert (played.refusal, played.code) == (line, 3)
    record = Record(played)
    # Nothing of ours was lit; a line that a stranger holds is the stranger's.
    held = {int(words.split()[1]) for _, *more in scene.before for words in more}
    assert not [pin for _, pin, level, _ in record.sets if level and pin not in held]
    assert played.tapes() == []


def test_check_finds_the_glove_the_pins_and_what_is_wrong_with_them(bench: Bench) -> None:
    well = bench.play(Scene(paws=("check", "--yes", "--json"), hand="nobody"))
    found = {one["about"]: one for one in json.loads(well.said)["findings"]}
    assert (well.code, well.erred) == (0, "")
    for about in ("right glove's chip", "sweeps", "heel, untouched", "guardian", "supply of the pads"):
        assert found[about]["outcome"] == "ok", found[about]
    # The wires take nine clocks a byte at 400 kHz.
    assert re.fullmatch(r"about [34]\d\d kHz", found["bus speed"]["seen"])

    broken = bench.play(Scene(paws=("check", "--yes", "--json"), hand="nobody", faults=("palm open at 0 s",)))
    wrong = [one for one in json.loads(broken.said)["findings"] if one["outcome"] == "wrong"]
    assert (broken.code, [one["about"] for one in wrong]) == (1, ["palm, untouched"])

    elsewhere = bench.play(Scene(paws=("check", "--yes", "--json"), hand="nobody", chip="0x4a"))
    wrong = [one for one in json.loads(elsewhere.said)["findings"] if one["outcome"] == "wrong"]
    assert [one["next_step"] for one in wrong] == ["wire ADDR to 3.3 V, or set right_address = 0x4a in glove.toml"]

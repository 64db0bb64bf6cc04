"""`paws calibrate --comfort`: slow leans that she ends by her button."""

import signal
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from coach.comfort import Comfort
from coach.cues import DARK, Levels
from coach.plan import FREE
from firmware.comfort_file import load_comfort
from firmware.comforting import Found, StoppedError, find_ceiling
from firmware.loop import LightsSink
from firmware.recording import new_header
from firmware.refusal import Refusal
from firmware.verbs.comfort import offer
from sensing.inputs import End, Input
from tests.story import CALIBRATION, DIVIDER, Hand, say

from .command import file_of, paws, written
from .terminal import at_a_terminal

NOW = Comfort(ceiling_newton=12.5, ceiling_from="paws calibrate --comfort, 2026-11-23 20:15")


class Shown:
    """Lights that remember how often they were shown something."""

    are_lost = False

    def __init__(self) -> None:
        self.ticks = 0

    def show(self, levels: Levels) -> None:
        self.ticks += levels != DARK

    def words(self) -> tuple[()]:
        return ()

    def close(self) -> None:
        """Nothing is open."""


def found_by(inputs: Iterable[Input]) -> tuple[Found, list[str]]:
    """What three leans came to, and what was said."""
    told: list[str] = []
    lights = Shown()
    header = new_header("right glove", [CALIBRATION], DIVIDER, FREE)
    found = find_ceiling(iter(inputs), header, LightsSink(lights), told.append)
    assert lights.ticks
    return found, told


def leans(*newtons: float, over_s: float = 8) -> Hand:
    hand = Hand().rest(3)
    for newton in newtons:
        hand = hand.lean(newton, over_s=over_s).hold(1).release(over_s=2).rest(4)
    return hand


# Each lean begins at 3 s, 18 s and 33 s, and has lasted for 8 s when she says that it is enough.
SAYS = [(11.0 + 15 * i, "too_much") for i in range(3)]


def test_the_softest_of_three_leans_counts_and_four_fifths_of_it_are_her_ceiling() -> None:
    found, told = found_by(say(leans(15, 12, 14).readings(), *SAYS))
    assert found.leans == pytest.approx((12, 9.6, 11.2), rel=0.03)
    assert (found.newton, found.is_apart) == (found.leans[1], True)
    assert told == [
        "Lean 1 of 3: slowly.",
        "  about 12 N is the most after that one. Let go slowly.",
        "Lean 2 of 3: slowly.",
        "  about 10 N is the most after that one. Let go slowly.",
        "Lean 3 of 3: slowly.",
        "  about 12 N is the most after that one. Let go slowly.",
    ]


def test_three_that_are_alike_are_not_apart() -> None:
    assert not found_by(say(leans(13, 12, 12.5).readings(), *SAYS))[0].is_apart


def test_a_word_at_hardly_any_force_is_asked_for_once_more() -> None:
    words = [(11.0 + 15 * i, "too_much") for i in range(4)]
    found, told = found_by(say(leans(2, 13, 12, 12.5).readings(), *words))
    assert (len(found.leans), told[1]) == (3, "  That was less than 3 N, too little to tell. Once more.")


def test_just_right_is_for_another_time() -> None:
    words = [(11.0, "too_much"), (11.5, "just_right"), *((11.0 + 15 * i, "too_much") for i in range(1, 4))]
    found, told = found_by(say(leans(14, 13, 12, 12.5).readings(), *words))
    assert (len(found.leans), told[1]) == (3, "  Once, when it is enough; twice is for later.")


def test_who_leans_in_too_fast_is_told_so() -> None:
    found, told = found_by(say(leans(15, 15, 15, over_s=1).readings(), *((4.5 + 8 * i, "too_much") for i in range(3))))
    assert (len(found.leans), told.count("  Slower.")) == (3, 3)


@pytest.mark.parametrize("word", ["stop", "end"])
def test_her_stop_and_his_end_leave_everything_as_it_was(word: str) -> None:
    with pytest.raises(StoppedError) as stopped:
        found_by(say(leans(13, 12).readings(), SAYS[0], (20.0, word)))
    assert not stopped.value.is_interrupted


@pytest.mark.parametrize(
    ("ends", "interrupted"), [([], False), ([End(34.0, "terminated")], False), ([End(34.0, "interrupted")], True)]
)
def test_inputs_that_end_leave_everything_as_it_was(ends: list[Input], interrupted: bool) -> None:
    with pytest.raises(StoppedError) as stopped:
        found_by([*say(leans(13, 12).readings(), *SAYS), *ends])
    assert stopped.value.is_interrupted is interrupted


# -- the verb -----------------------------------------------------------------------------------------------


def test_it_can_be_tried_on_the_emulated_glove_and_then_nothing_is_kept(home: Path) -> None:
    told = paws("calibrate", "--comfort", "--emulated")
    assert (told.code, told.err, told.out.splitlines()[-2:]) == (
        0,
        "",
        ["Her ceiling is about 14 N.", "Nobody was touched, so nothing is kept."],
    )
    assert not list(home.rglob("comfort*"))


def test_the_facts_alone_go_to_standard_output(home: Path) -> None:
    written(home / "comfort.toml", 'ceiling_newton = 9\nceiling_from = "an evening"\n')
    told = paws("calibrate", "--comfort", "--emulated", "--json")
    assert (told.json["ceiling_newton"], len(told.json["leans"])) == (pytest.approx(13.4, abs=1), 3)
    assert "Her ceiling is about 14 N, so far it was about 8 N." in told.err


@pytest.mark.parametrize("other", [("--pad", "heel"), ("--recheck",), ("--loads", "1,2"), ("--newton",), ("--creep",)])
def test_it_is_about_her_and_not_about_the_pads(other: tuple[str, ...]) -> None:
    told = paws("calibrate", "--comfort", "--emulated", *other)
    assert (
        told.refusal
        == "--comfort is about her, not the pads - leave out --pad, --recheck, --loads, --newton and --creep"
    )


def test_without_a_glove_it_says_so() -> None:
    told = paws("calibrate", "--comfort")
    assert (told.code, "no ADS1115" in told.refusal or "/dev/i2c-1" in told.refusal) == (3, True)


def test_ctrl_c_leaves_everything_as_it_was(home: Path) -> None:
    with at_a_terminal("calibrate", "--comfort", "--emulated", home=home) as terminal:
        terminal.until("Lean 1 of 3")
        terminal.send(signal.SIGINT)
        told = terminal.end()
    assert (told.code, told.out.splitlines()[-1]) == (130, "Everything is left as it was.")


# -- keeping ------------------------------------------------------------------------------------------------


def offered(answers: str, *, as_json: bool = False) -> tuple[int, list[str]]:
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch, file_of(answers) as file:
        patch.setattr(sys, "stdin", file)
        return offer(NOW, told.append, as_json=as_json), told


@pytest.mark.parametrize("answers", ["\n", "y\n", "perhaps\nYES\n"])
def test_what_is_wanted_is_kept(answers: str, home: Path) -> None:
    assert offered(answers) == (0, [f"Kept in {home / 'comfort.toml'}."])
    assert load_comfort() == NOW


@pytest.mark.parametrize("answers", ["n\n", "perhaps\nquit\n"])
def test_what_is_not_wanted_is_not(answers: str, home: Path) -> None:
    assert offered(answers, as_json=True) == (1, ["Everything is left as it was."])
    assert not (home / "comfort.toml").exists()


def test_what_cannot_be_written_is_told_with_the_line_to_write(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "comfort.toml").mkdir()
    with pytest.raises(Refusal) as refused:
        offered("y\n")
    assert str(refused.value).endswith(f"; write `ceiling_newton = 12.5` into {home / 'comfort.toml'} yourself")

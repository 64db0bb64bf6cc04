"""A glove on each hand, from the two chips on one bus to the page."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.events import (
    Balance,
    Dropped,
    Event,
    PadChanged,
    Preload,
    PressEnded,
    Resumed,
    ZeroRefused,
)
from firmware.emulation import emulated_stage
from firmware.frame import frame
from firmware.moment import moment_of
from firmware.recording import new_header, session_of, to_press
from firmware.words import Telling, say
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import parse_fault
from sensing.inputs import Dropout, End, Input, Reading
from tests.story import CALIBRATION, DIVIDER, FREE, Hand, both, new_session

from .command import lines_of, paws, written

GENTLE = ("--hand", "gentle", "--both")


def inputs_of(*faults: str, minutes: float = 0.5) -> tuple[list[Input], Any]:
    """What two gentle hands give, and the source's pace."""
    phrases = [parse_fault(fault) for fault in faults]
    stage = emulated_stage("gentle", 1, VirtualClock(), None, minutes, "demo", phrases, both=True)
    return list(stage.inputs), stage.inputs.pace


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Any, Path]]:
    """Return a function that plays two gentle hands, and returns the facts and the tape."""

    @cache
    def played(*options: str) -> tuple[Any, Path]:
        home = tmp_path_factory.mktemp("two")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KITTYPAWS_HOME", str(home))
            told = paws("demo", *GENTLE, *options, "--json")
        assert (told.code, told.err) == (0, "")
        return told.json, home / "tapes" / "000001.tape"

    return played


# -- sweeps -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_both_are_swept_in_one_tick_half_as_often_and_both_sweeps_fit_into_it() -> None:
    inputs, pace = inputs_of()
    readings = [item for item in inputs if isinstance(item, Reading)]
    assert [(item.t_s, item.glove) for item in readings[:4]] == [(0.0, 0), (0.0, 1), (0.04, 0), (0.04, 1)]
    assert (pace.late, pace.missed, inputs[-1]) == (0, 0, End(round(readings[-1].t_s + 0.04, 6), "finished"))


@pytest.mark.usefixtures("home")
def test_what_is_wrong_with_the_bus_is_wrong_for_both_and_they_come_back_together() -> None:
    inputs, _ = inputs_of("bus stuck from 62 s to 64 s", minutes=1.5)
    lost = [{item.t_s for item in inputs if isinstance(item, Dropout) and item.glove == glove} for glove in (0, 1)]
    assert [(min(times_s), max(times_s) < 66) for times_s in lost] == [(pytest.approx(62, abs=0.1), True)] * 2
    assert {item.glove for item in inputs if isinstance(item, Reading) and item.t_s > 70} == {0, 1}


def test_two_gloves_do_not_share_what_is_enough_for_one(home: Path) -> None:
    written(home / "glove.toml", "[adc]\nsweeps_hz = 39\n")
    assert paws("demo", *GENTLE).refusal == (
        "adc.sweeps_hz is 39, and two gloves share them: each needs 20 a second - set it to 40 or more in glove.toml"
    )
    assert paws("session", "--both").refusal.startswith("adc.sweeps_hz is 39")
    assert paws("demo", "--hand", "gentle", "--minutes", "0.1").code == 0


# -- a session ----------------------------------------------------------------------------------------------


def test_the_tape_has_both_and_is_judged_the_same_again(evening: Callable[..., tuple[Any, Path]]) -> None:
    facts, tape = evening()
    kinds = [line[9:10] for line in lines_of(tape)]
    assert (kinds.count(b"R"), facts["full_holds_count"]) == (kinds.count(b"r"), 4)
    assert sorted(hold["side"] for hold in facts["holds"]) == ["left", "left", "right", "right"]
    assert "Replayed the same" in paws("replay", tape).out
    assert paws("summary", "--json", tape).json == facts


def test_a_tape_of_two_can_be_judged_by_another_plan_for_two(evening: Callable[..., tuple[Any, Path]]) -> None:
    told = paws("replay", evening()[1], "--plan", "seated", "--json").json_lines[-1]
    assert [spot["spot"] for spot in told["spots"]][:2] == ["sacrum left", "sacrum right"]


def test_what_is_wrong_with_the_right_glove_is_told_of_it(evening: Callable[..., tuple[Any, Path]]) -> None:
    facts, tape = evening("--fault", "heel open at 40 s")
    assert [trouble["what"] for trouble in facts["troubles"]] == ["right heel pad not connected"]
    assert "0:40 right heel pad not connected" in " ".join(paws("summary", tape).out.split())


def test_each_glove_has_its_own_calibration(home: Path) -> None:
    knots = "knots = [[4e-5, 0.2], [1.6e-4, 1.0], [1e-3, 10.0]]\nresidual_newton = 0.3\n"
    tables = "".join(f"[pads.{pad}]\n{knots}" for pad in CALIBRATION.names)
    written(home / "calibration.left.toml", f'made_on = "2026-11-23, left glove"\nsupply_volt = 3.3\n{tables}')
    told = paws("demo", *GENTLE, "--minutes", "0.1", "--json").json
    assert (told["calibration"], told["not_calibrated"]) == (
        "2026-11-23, left glove",
        ["right heel", "right palm", "right fingers"],
    )
    assert "right heel and right palm and right fingers were" in " ".join(paws("summary").out.split())


def test_the_page_says_that_the_force_is_that_of_both(evening: Callable[..., tuple[Any, Path]]) -> None:
    tape = evening()[1]
    assert "; both hands together" in paws("summary", tape).out
    assert "the force is that of both hands together" in paws("summary", tape, "--html", "--out", "-").out


# -- words --------------------------------------------------------------------------------------------------


def test_what_has_to_be_pressed_are_the_pads_of_both() -> None:
    header = new_header("both gloves", [CALIBRATION, CALIBRATION], DIVIDER, FREE)
    pads = to_press(header)
    assert pads == ("left heel", "left palm", "left fingers", "right heel", "right palm", "right fingers")
    telling = Telling(None, pads)
    assert list(telling.first_lines()) == ["  0:00  press each pad of both gloves once; green comes then"]
    felt = [PadChanged(3.0, pad, "ok", side=side) for side in ("left", "right") for pad in CALIBRATION.names]  # type: ignore[arg-type]
    assert list(telling.lines(felt)) == ["  0:03  each pad has felt your hand"]
    assert session_of(header).hands[1].side == "right"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Balance(9.0, "left", 0.7), "the left hand bears most: lean in with both alike"),
        (PadChanged(9.0, "heel", "open", side="left"), "left heel pad: not connected"),
        (
            Preload(9.0, "heel", 2.0, side="right"),
            "right heel pad is pressed by the glove itself (2 N): loosen it, or lift the hand",
        ),
        (Dropped(9.0, "bus hangs", 8.8, side="left"), "left: no readings: bus hangs"),
        (Resumed(9.0, 1.2, side="left"), "left: readings again, 1.2 s were lost"),
        (
            ZeroRefused(9.0, side="right"),
            "right: the force moves, so the glove's own pressure stays in: lift the hand for a moment",
        ),
        (
            PressEnded(9.0, 1.0, 4.0, 3.0, 2.0, 2.0, 2.0, None, "touch", True, None, side="left"),
            "left: a touch: 4 N, leaned in slowly",
        ),
    ],
)
def test_what_one_hand_does_is_told_of_it(event: Event, line: str) -> None:
    assert say(event) == line


def test_the_live_view_has_a_bar_for_each_hand() -> None:
    session = new_session(of_two=True)
    left, right = (Hand().rest(1).lean(newton, over_s=4).hold(3).readings() for newton in (4, 8))
    for item in both(left, right):
        session.feed(item)
    rows = frame("two", moment_of(session, item.t_s, (), ()), 72, 24)
    lines = ["".join(text for text, _ in row).split() for row in rows]
    assert [(words[0], words[-2:]) for words in lines[2:4]] == [("left", ["4", "N"]), ("right", ["8", "N"])]

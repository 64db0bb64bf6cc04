"""Each plan is played by its pair, his hand and mama; and what may happen on such an evening, told by the tape."""

import json
import random
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Event, PressEnded, SessionEnded
from coach.plan import Plan, StepKind, for_one_glove
from coach.session import Session
from firmware.buttons import MamasButton, PartnersButton
from firmware.emulation import stage_for
from firmware.home import divider_of
from firmware.plans import load_plan
from firmware.playing import play
from firmware.recording import GLOVE_RULES
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from hardware.emulated.fsr import EmulatedPads
from hardware.emulated.hands import Hand, make_hand
from hardware.emulated.pairs import PAIRS, PAIRS_OF_TWO
from hardware.emulated.scripts import Press
from sensing.calibration import nominal_calibration
from sensing.inputs import Input, Mark, Reading

from .command import Running, in_a_process, lines_of, paws, written
from .conftest import SEED
from .golden_pages import PLANS, comparable, kept

SUPPLY_VOLT = DEFAULT_BOARD.electronics.supply_volt
# The slowest that the tape of a recording may be sampled without losing a cue.
SWEEPS_HZ = 25
# The first evening, in its parts: paws, the three spots (the second twice, for he lets go early), paws.
FIRST = tuple(press for press in PAIRS["first-time"][:20] if not press.hold_s)
SACRUM, EARLY, MIDDLE, TOP_OF_LEG = (press for press in PAIRS["first-time"] if press.hold_s)
LAST = PAIRS["first-time"][len(FIRST) + 4 :]
# One glove is worn, unless the plan is for two.
ONE_GLOVE = {name: (name, "--one") if name in PAIRS_OF_TWO else (name,) for name in PAIRS}


class Evening:
    """What a tape tells of an evening.

    Args:
        tape: Where it is.
        facts: Its summary, where the session has told it already.
    """

    def __init__(self, tape: Path, facts: Any = None) -> None:
        self.tape = tape
        self.said: list[Any] = [json.loads(line[11:]) for line in lines_of(tape) if line[9:10] == b"E"]
        self.facts: Any = paws("summary", "--json", tape).json if facts is None else facts

    @cached_property
    def page(self) -> str:
        return paws("summary", self.tape).out

    def of(self, event: str, **values: object) -> list[Any]:
        """All events of a kind with these values."""
        wanted = {"event": event, **values}
        return [said for said in self.said if wanted.items() <= said.items()]

    @property
    def holds(self) -> list[tuple[str, str]]:
        """Each hold: where, and how it ended."""
        return [(hold["spot"], hold["outcome"]) for hold in self.facts["holds"]]

    def begun_s(self, look: str) -> list[float]:
        """When a look began."""
        return [said["t_s"] for said in self.of("cue", look=look, on=True)]


@pytest.fixture(scope="session")
def evening_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Evening]:
    """Return a function from a plan's name to the evening of its pair, by the command itself."""

    @cache
    def played(plan: str, *options: str) -> Evening:
        place = tmp_path_factory.mktemp(plan)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KITTYPAWS_HOME", str(place))
            told = paws("demo", "--plan", plan, *options, "--json")
        assert (told.code, told.err) == (0, "")
        return Evening(place / "tapes" / "000001.tape", told.json)

    return played


def played(home: Path, presses: Sequence[Press], *faults: Fault) -> Evening:
    """Play the plan of the first evening by another hand."""
    hand = Hand("first-time", tuple(presses), np.random.default_rng(SEED))
    assert play(stage_for(hand, SEED, VirtualClock(), "first-time", "demo", faults), as_json=True) == 0
    return Evening(home / "tapes" / "000001.tape")


# -- each plan ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAIRS)
def test_a_plan_is_played_to_its_end_with_every_spot_held(name: str, evening_of: Callable[..., Evening]) -> None:
    evening, plan = evening_of(*ONE_GLOVE[name]), for_one_glove(load_plan(name))
    full = [spot for spot, outcome in evening.holds if outcome == "full"]
    assert (full, len(evening.of("step")), evening.facts["too_fast_count"], evening.facts["abrupt_count"]) == (
        [step.spot for step in plan.steps if step.kind is StepKind.HOLD],
        len(plan.steps),
        0,
        0,
    )
    assert (evening.begun_s("stop")[0] + 3, evening.facts["ended"]) == (
        pytest.approx(evening.facts["length_s"], abs=0.05),
        "finished",
    )


@pytest.mark.parametrize("name", PLANS)
def test_the_page_of_a_plan_reads_as_it_was_last_read_by_us(name: str, evening_of: Callable[..., Evening]) -> None:
    # Meant to change? `python -m tests.firmware.golden_pages` writes it anew; read it before you commit it.
    assert comparable(evening_of(name).page) == kept(name)


def test_two_hands_play_the_plan_for_both_and_hold_each_spot_on_either_side(evening_of: Callable[..., Evening]) -> None:
    evening, plan = evening_of("seated"), load_plan("seated")
    assert (evening.facts["source"], evening.facts["ended"]) == (
        "emulated pair: seated, seed 1, both gloves",
        "finished",
    )
    assert sorted(evening.holds) == sorted((spot, "full") for spot in plan.spots)
    assert {hold["side"] for hold in evening.facts["holds"]} == {"left", "right"}
    assert all(hold["spot"].endswith(hold["side"]) for hold in evening.facts["holds"])
    # Half as long as one hand needs for both sides.
    assert evening.facts["length_s"] < 0.7 * evening_of(*ONE_GLOVE["seated"]).facts["length_s"]
    assert (evening.facts["balance_count"], evening.facts["paws_count"]) == (0, 132)
    assert paws("replay", evening.tape).code == 0


@pytest.mark.parametrize("name", PAIRS)
@settings(derandomize=True, max_examples=2, deadline=None)
@given(seed=st.integers(0, 9999))
def test_whoever_plays_a_plan_comes_to_its_end(name: str, seed: int) -> None:
    plan = for_one_glove(load_plan(name))
    said = judged(make_hand(name, seed), plan)
    full = [event.spot for event in said if isinstance(event, PressEnded) and event.outcome == "full"]
    assert (full, said[-1]) == (
        [step.spot for step in plan.steps if step.kind is StepKind.HOLD],
        SessionEnded(said[-1].t_s, "finished"),
    )


def judged(hand: Hand, plan: Plan) -> list[Event]:
    """What a session says of a hand on emulated pads; without the driver and the chip, for they take most of the time.

    The session has to end by itself: nothing else ends here.
    """
    session = Session(nominal_calibration(PADS), divider_of(DEFAULT_BOARD), plan, GLOVE_RULES)
    said: list[Event] = []
    for item in inputs_of(hand):
        said += session.feed(item)
        if session.is_over:
            break
    return said


def inputs_of(hand: Hand) -> list[Input]:
    pads, rng = EmulatedPads(DEFAULT_BOARD.electronics, SEED), random.Random(SEED)
    her, his = MamasButton(), PartnersButton()
    inputs: list[Input] = []
    for tick in range(round(hand.length_s * SWEEPS_HZ)):
        t_s = tick / SWEEPS_HZ
        words = (her.feed(t_s, hand.mama_down(t_s)), his.feed(t_s, hand.partner_down(t_s)))
        inputs += [Mark(t_s, word) for word in words if word is not None]
        volts = pads.volts(t_s, hand.force_newton(t_s), SUPPLY_VOLT)
        inputs.append(Reading(t_s, (*(volt * rng.gauss(1, 1e-4) for volt in volts), SUPPLY_VOLT / 2)))
    return inputs


def test_an_evening_is_judged_the_same_again(evening_of: Callable[..., Evening]) -> None:
    told = paws("replay", evening_of("first-time").tape)
    assert (told.code, told.err, "\nReplayed the same: " in told.out) == (0, "", True)


def test_a_plan_is_played_by_another_hand_when_somebody_says_so() -> None:
    told = paws("demo", "--plan", "first-time", "--hand", "kneading", "--minutes", "0.2", "--json")
    assert (told.json["plan"], told.json["source"]) == ("first-time", "emulated hand: kneading, seed 1")


def test_without_a_plan_of_ours_the_hand_is_gentle(tmp_path: Path) -> None:
    mine = written(tmp_path / "mine.toml", 'name = "mine"')
    sources = [paws("demo", *plan, "--minutes", "0.1", "--json").json["source"] for plan in ((), ("--plan", mine))]
    assert sources == ["emulated hand: gentle, seed 1"] * 2


# -- what may happen ----------------------------------------------------------------------------------------


def test_she_says_too_much_in_the_third_hold(evening_of: Callable[..., Evening]) -> None:
    evening = evening_of("sore")
    ((said_s, felt_newton),) = ((mark["t_s"], mark["force_newton"]) for mark in evening.of("mark"))
    third, *others = evening.facts["holds"][2], *evening.facts["holds"][:2], *evening.facts["holds"][3:]
    # He eases, and stays there for longer than he had stayed before.
    assert third["began_s"] < said_s < third["still_since_s"]
    assert evening.begun_s("softer") == [said_s]
    ceiling_newton = evening.facts["ceiling_newton"]
    assert ceiling_newton == pytest.approx(0.8 * felt_newton, rel=0.06)
    assert all(hold["mean_newton"] < ceiling_newton for hold in evening.facts["holds"][3:])
    assert (third["too_hard"], [hold["too_hard"] for hold in others]) == (True, [False] * 9)
    assert [line in evening.page for line in ("Said        3:1", "too much", "once; her ceiling is about 7 N")] == [
        True
    ] * 3


def test_she_says_just_right_and_it_is_the_force_of_that_spot(evening_of: Callable[..., Evening]) -> None:
    evening = evening_of("side-lying")
    (said,) = evening.of("just_right")
    assert (said["spot"], said["newton"], evening.of("ceiling")) == ("middle right", pytest.approx(12, rel=0.1), [])


def test_the_hand_lets_go_at_27_s(evening_of: Callable[..., Evening]) -> None:
    evening = evening_of("first-time")
    short = evening.facts["holds"][1]
    assert (short["held_s"], short["outcome"]) == (pytest.approx(27, abs=1), "short")
    (told,) = evening.of("press_ended", outcome="short")
    assert evening.begun_s("let_go_early") == [told["t_s"]]
    # The step is not done; he holds again, and then it is.
    assert evening.holds[1:3] == [("middle right", "short"), ("middle right", "full")]
    assert [step["number"] for step in evening.of("step") if step["spot"] == "middle right"] == [1, 4, 6]
    assert "Let go      early at 2:" in evening.page


def test_he_goes_on_by_his_button_when_she_has_moved(evening_of: Callable[..., Evening]) -> None:
    evening = evening_of(*ONE_GLOVE["seated"])
    (said,) = evening.of("mark", word="next")
    rest, paws_again = (step["t_s"] for step in evening.of("step")[13:15])
    assert (paws_again, rest + 20 - paws_again > 5) == (said["t_s"], True)


def test_the_partner_skips_a_spot(home: Path) -> None:
    skips = replace(TOP_OF_LEG, pause_s=9.0, partner_after_s=4.0)
    evening = played(home, (*FIRST, SACRUM, skips, *LAST))
    ((said_s, word),) = ((mark["t_s"], mark["word"]) for mark in evening.of("mark"))
    steps = {step["spot"]: step["t_s"] for step in evening.of("step", kind="hold")}
    assert (word, steps["top_of_leg right"], said_s in evening.begun_s("next")) == ("next", said_s, True)
    assert [(spot["spot"], len(spot["holds"])) for spot in evening.facts["spots"]] == [
        ("sacrum right", 1),
        ("middle right", 0),
        ("top_of_leg right", 1),
    ]
    assert evening.facts["ended"] == "finished"


def test_a_pad_dies_in_the_middle(home: Path) -> None:
    """The palm's wire comes off while he stays: that hold nobody saw whole, and what is left still says "slower"."""
    hasty = replace(MIDDLE, lean_in_s=0.8)
    evening = played(home, (*FIRST, SACRUM, MIDDLE, hasty, TOP_OF_LEG, *LAST), Fault("palm", "open", 130.0))
    (checks_s,), (slower_s,) = evening.begun_s("check_glove"), evening.begun_s("slower")
    again = evening.facts["holds"][2]
    assert (checks_s, slower_s) == (pytest.approx(130, abs=1), pytest.approx(again["began_s"], abs=1))
    assert evening.holds == [
        ("sacrum right", "full"),
        ("middle right", "unsure"),
        ("middle right", "full"),
        ("top_of_leg right", "full"),
    ]
    praise = {"hold", "enough", "watching"}
    assert [look for look in evening.of("cue", on=True) if look["look"] in praise and look["t_s"] > checks_s] == []
    assert "Glove       2:10 palm pad not connected" in evening.page


def test_she_says_stop(home: Path) -> None:
    stops = replace(MIDDLE, mama_after_s=10.0, mama_says="stop")
    evening = played(home, (*FIRST, SACRUM, stops, TOP_OF_LEG, *LAST))
    too_much, stop = evening.of("mark")
    assert (too_much["word"], stop["word"], stop["t_s"] - too_much["t_s"]) == (
        "too_much",
        "stop",
        pytest.approx(1, abs=0.05),
    )
    # Red from her first touch on, and latched: nothing comes after it but the end.
    assert evening.begun_s("softer") == [too_much["t_s"]]
    assert evening.of("cue")[-1] == {
        "t_s": pytest.approx(stop["t_s"] + 3, abs=0.05),
        "event": "cue",
        "cue": "stop",
        "on": False,
        "look": "stop",
    }
    assert (evening.facts["ended"], evening.facts["stopped_by"]) == ("stopped", "stop")
    assert "she said stop" in evening.page.splitlines()[0]


def test_the_session_is_cut_in_the_middle_of_a_hold(evening_of: Callable[..., Evening], tmp_path: Path) -> None:
    lines = lines_of(evening_of("first-time").tape)
    holds = [i for i, line in enumerate(lines) if b'"hold_began"' in line]
    # Ten seconds, and a line that the power cut in two.
    cut = holds[1] + 10 * DEFAULT_BOARD.adc.sweeps_hz
    evening = Evening(written(tmp_path / "cut.tape", [*lines[:cut], lines[cut][:20]]))
    assert (evening.facts["ended"], evening.holds) == (
        "cut_off",
        [("sacrum right", "full"), ("middle right", "short")],
    )
    assert "Tape        incomplete: the recording breaks off here" in evening.page
    assert paws("replay", evening.tape).code == 0


def test_the_session_is_killed_in_the_middle_of_a_hold(home: Path) -> None:
    with Running("demo", "--plan", "first-time", home=home) as session:
        session.wait_for("stay here (blue)")
        session.send(signal.SIGKILL)
        session.end()
    assert "(ended by a kill or a crash)" in in_a_process("demo", "--minutes", "0.1", home=home).err
    evening = Evening(home / "tapes" / "000001.tape")
    assert (evening.facts["ended"], evening.facts["plan"], paws("replay", evening.tape).code) == (
        "killed",
        "first-time",
        0,
    )

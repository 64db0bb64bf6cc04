"""Every hand gets the page that it deserves, and every demo can be judged again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.emulated.hands import HANDS

from .command import lines_of, paws, written
from .conftest import SEED, Demo

DemoOf = Callable[[str], Demo]


def summary(demo: Demo) -> Any:
    return paws("summary", "--json", demo.tape).json


@pytest.mark.parametrize("hand", HANDS)
def test_a_demo_ends_well_and_says_where_its_tape_is(hand: str, demo_of: DemoOf) -> None:
    told = demo_of(hand).told
    assert (told.code, told.err, told.out.splitlines()[-1]) == (0, "", f"Tape: {demo_of(hand).tape}")


@pytest.mark.parametrize("hand", HANDS)
def test_a_demo_is_judged_the_same_again(hand: str, demo_of: DemoOf) -> None:
    told = paws("replay", demo_of(hand).tape)
    assert (told.code, told.err, "\nReplayed the same: " in told.out) == (0, "", True)


@pytest.mark.parametrize("hand", HANDS)
def test_the_page_of_the_tape_is_the_page_of_the_session(hand: str, demo_of: DemoOf) -> None:
    demo = demo_of(hand)
    page = paws("summary", demo.tape).out
    assert demo.told.out.partition("\n\n")[2].strip().startswith(page.strip())


def test_gentle_is_never_told_slower_and_has_two_full_holds(gentle: Demo) -> None:
    told = summary(gentle)
    assert [told[key] for key in ("too_fast_count", "too_hard_count", "abrupt_count", "let_go_early")] == [0, 0, 0, []]
    assert (told["full_holds_count"], told["holds_count"], told["lean_ins_slow"]) == (2, 2, 4)


def test_hasty_is_told_slower_for_each_quick_lean_in(demo_of: DemoOf) -> None:
    told = summary(demo_of("hasty"))
    assert (told["too_fast_count"], told["lean_ins_slow"], told["abrupt_count"]) == (3, 1, 4)
    assert told["quickest_newton_per_s"] > 20


def test_restless_lets_go_early_and_hears_so(demo_of: DemoOf) -> None:
    demo = demo_of("restless")
    told = summary(demo)
    assert (len(told["let_go_early"]), told["full_holds_count"]) == (3, 1)
    assert "\nLet go      early at 0:" in demo.told.out
    assert sum("let go early" in line for line in demo.told.cues) == 3


def test_tired_sags_and_still_holds_in_full(demo_of: DemoOf) -> None:
    told = summary(demo_of("tired"))
    assert (told["full_holds_count"], told["holds_count"], told["let_go_early"]) == (3, 3, [])


def test_heavy_is_told_softer_and_she_says_too_much(demo_of: DemoOf) -> None:
    demo = demo_of("heavy")
    told = summary(demo)
    assert (told["too_hard_count"] >= 2, [mark["word"] for mark in told["marks"]]) == (True, ["too_much"])
    assert told["too_fast_count"] == 0
    assert "Said        1:22 too much" in demo.told.out


@pytest.mark.parametrize(
    ("hand", "paws_line", "presses"), [("kneading", "24, about 24", 1), ("catlike", "40, about 40", 2)]
)
def test_kneading_is_paws_and_a_hold_at_the_end(hand: str, paws_line: str, presses: int, demo_of: DemoOf) -> None:
    demo = demo_of(hand)
    told = summary(demo)
    assert (told["presses"], told["holds_count"], told["full_holds_count"]) == (presses, 1, 1)
    assert f"Paws        {paws_line} a minute, even, about" in demo.told.out


def test_the_same_seed_plays_the_same_session_and_another_does_not(home: Path) -> None:
    for seed in (SEED, SEED, SEED + 1):
        paws("demo", "--seed", seed, "--minutes", "0.2")
    first, again, other = (lines_of(home / "tapes" / f"00000{number}.tape")[1:] for number in (1, 2, 3))
    assert (first == again, first == other) == (True, False)


def test_a_demo_lasts_as_long_as_it_was_asked_to() -> None:
    told = paws("demo", "--minutes", "0.5", "--json")
    assert 30 < told.json["length_s"] < 75


def test_a_demo_as_json_is_the_summary_and_nothing_else(home: Path) -> None:
    told = paws("demo", "--minutes", "0.1", "--json")
    assert (told.json, told.err) == (paws("summary", "--json", home / "tapes" / "000001.tape").json, "")


@pytest.mark.parametrize(
    "wrong",
    [("--seed", "-1"), ("--seed", "x"), ("--minutes", "0"), ("--minutes", "nan"), ("--minutes", "2000"), ("more",)],
)
def test_a_demo_that_cannot_be_is_refused(wrong: tuple[str, ...], home: Path) -> None:
    told = paws("demo", *wrong)
    assert (told.code, wrong[-1] in told.refusal, home.exists()) == (2, True, False)


@pytest.mark.parametrize("hand", ["gentle", "heavy"])
def test_replay_as_json_is_one_object_a_line_in_time_order_and_last_the_summary(hand: str, demo_of: DemoOf) -> None:
    demo = demo_of(hand)
    *events, last = paws("replay", "--json", demo.tape).json_lines
    times = [event["t_s"] for event in events]
    assert times == sorted(times)
    assert [event["event"] for event in events].index("session_ended") == len(events) - 1
    assert last == {"event": "summary", **summary(demo)}


def test_the_events_of_a_replay_are_those_on_the_tape(gentle: Demo) -> None:
    recorded = [json.loads(line[11:]) for line in lines_of(gentle.tape) if line[9:10] == b"E"]
    assert paws("replay", "--json", gentle.tape).json_lines[:-1] == recorded


def test_other_limits_would_have_said_something_else_and_nothing_is_compared(gentle: Demo, tmp_path: Path) -> None:
    plan = written(tmp_path / "plan.toml", "slower_above_newton_per_s = 1.5\nceiling_newton = 8\nhold_s = 10\n")
    told = paws("replay", gentle.tape, "--plan", plan)
    assert (told.code, told.err, "Replayed the same" in told.out) == (0, "", False)
    assert "slower (amber" in told.out
    assert "softer (red" in told.out
    assert "lasted 10 s or more" in told.out
    assert "What if     judged again by other limits; the session itself had: free" in told.out
    assert paws("replay", "--json", gentle.tape, "--plan", plan).json_lines[-1]["instead_of"] == "free"


# 40 examples of about a second each; the same ones on every run.
@settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(part=st.floats(0, 1), torn=st.integers(0, 60))
def test_a_demo_cut_anywhere_replays_and_sums_up(part: float, torn: int, short: list[bytes], tmp_path: Path) -> None:
    kept = 1 + int(part * (len(short) - 1))
    tape = written(tmp_path / "a.tape", [*short[:kept], *(line[:torn] for line in short[kept : kept + 1])])
    replay, page = paws("replay", tape), paws("summary", tape)
    assert (replay.code, page.code, replay.err, page.err) == (0, 0, "", "")


@pytest.mark.parametrize("left_out", range(1, 15))
def test_a_demo_cut_near_its_end_replays_and_sums_up(left_out: int, short: list[bytes], tmp_path: Path) -> None:
    tape = written(tmp_path / "a.tape", short[:-left_out])
    replay, page = paws("replay", tape), paws("summary", tape)
    assert (replay.code, page.code, replay.err, page.err) == (0, 0, "", "")


# -- with something that goes wrong -------------------------------------------------------------------------

CHECKED = "look after the glove: not watching"


@pytest.mark.parametrize(
    ("phrase", "told_at"),
    [
        ("heel open at 62 s", "1:02"),
        ("palm short at 30 s", "0:30"),
        ("fingers intermittent from 40 s to 70 s", "0:4"),
        ("bus stuck at 62 s", "1:02"),
        ("bus floating at 62 s", "1:02"),
        ("chip reset at 62 s", "1:02"),
    ],
)
def test_a_demo_with_a_fault_tells_it_and_ends_well_with_its_page(phrase: str, told_at: str, home: Path) -> None:
    told = paws("demo", "--hand", "kneading", "--fault", phrase)
    page = paws("summary", "--json", home / "tapes" / "000001.tape").json
    assert (told.code, told.err, told.out.splitlines()[-1]) == (0, "", f"Tape: {home / 'tapes' / '000001.tape'}")
    first = next(line for line in told.cues if CHECKED in line)
    assert first.strip().startswith(told_at)
    assert "Next time   Look after the glove before next time" in told.out
    assert (page["source"], page["length_s"] >= 90) == (f"emulated hand: kneading, seed 1, {phrase}", True)


def test_a_demo_with_her_button_cut_stops() -> None:
    told = paws("demo", "--fault", "button cut at 100 s")
    assert (told.code, told.err) == (0, "")
    assert [" 1:40  softer" in told.out, " 1:41  stop" in told.out, ", she said stop" in told.out] == [True] * 3


def test_a_demo_goes_on_until_the_fault_was_seen(home: Path) -> None:
    paws("demo", "--minutes", "0.1", "--fault", "heel open at 20 s", "--fault", "palm open from 130 s to 140 s")
    page = paws("summary", "--json", home / "tapes" / "000001.tape").json
    assert page["length_s"] >= 155
    assert page["source"].endswith("seed 1, heel open at 20 s, palm open from 130 s to 140 s")


def test_nobody_waits_for_a_fault_of_the_next_hour(home: Path) -> None:
    told = paws("demo", "--fault", "heel open at 99:00")
    assert (told.code, home.exists()) == (2, False)
    assert 'fault "heel open at 5940 s": for it no demo lasts longer than 30:00' in told.refusal


@pytest.mark.parametrize("phrase", ["bus shared at 62 s", "chip clipping at 62 s", "bus noisy 75 % at 62 s"])
def test_a_bus_that_works_now_and_then_is_told(phrase: str) -> None:
    told = paws("demo", "--fault", phrase)
    assert (told.code, CHECKED in told.out) == (0, True)


def test_a_torn_pad_is_found_out_before_the_demo_is_over() -> None:
    told = paws("demo", "--fault", "palm torn at 62 s")
    assert "palm pad: feels nothing while the others do" in told.out


def test_a_demo_with_chance_in_its_fault_is_judged_the_same_again(home: Path) -> None:
    paws("demo", "--fault", "heel intermittent at 20 s", "--fault", "bus noisy 30 % at 30 s")
    told = paws("replay", home / "tapes" / "000001.tape")
    assert (told.code, "\nReplayed the same: " in told.out) == (0, True)


@pytest.mark.parametrize("phrase", ["heal open at 62 s", "heel open", "bus hangs at -1 s"])
@pytest.mark.parametrize("verb", [("demo",), ("session", "--emulated", "gentle")])
def test_a_fault_that_cannot_be_is_refused_with_all_that_can(verb: tuple[str, ...], phrase: str, home: Path) -> None:
    told = paws(*verb, "--fault", phrase)
    assert (told.code, home.exists()) == (2, False)
    assert [word in told.refusal for word in (phrase, "heel, palm, fingers", "partner's button")] == [True] * 3


def test_what_can_be_said_is_listed() -> None:
    told = paws("demo", "--fault", "help")
    assert (told.code, told.err) == (0, "")
    assert [word in told.out for word in ("intermittent", "never ready", "partner's button")] == [True] * 3


def test_the_real_glove_takes_no_fault(home: Path) -> None:
    told = paws("session", "--fault", "heel open at 62 s")
    assert (told.code, "--emulated HAND" in told.refusal, home.exists()) == (2, True, False)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the lines of a short demo whose only press goes on to the very end."""
    place = tmp_path_factory.mktemp("short")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITTYPAWS_HOME", str(place))
        paws("demo", "--hand", "kneading", "--minutes", "0.2")
    return lines_of(place / "tapes" / "000001.tape")

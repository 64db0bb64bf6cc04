"""Whole sessions in a real kernel: what the lines of the lights did, beside what the hand did."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from coach.cues import Look
from coach.tape import TapeReader
from hardware.board import DEFAULT_BOARD
from hardware.emulated.hands import HANDS
from sensing.inputs import End, Mark, Reading

from .bench import Played, Scene
from .record import Record

Kept = Callable[[Scene], tuple[Played, Record]]
PARTNERS = str(DEFAULT_BOARD.buttons.partner)
HERS = str(DEFAULT_BOARD.buttons.mama)


def inputs_of(tape: Path) -> list[object]:
    with tape.open("rb") as file:
        return list(TapeReader(file, str(tape)).inputs())


@pytest.mark.many
@pytest.mark.parametrize("hand", sorted(HANDS))
def test_a_session_of_this_hand_keeps_every_promise(kept: Kept, hand: str) -> None:
    played, record = kept(Scene(hand=hand, lasts_s=45))
    assert (played.code, played.erred) == (0, "")
    assert "ended by the system" in played.said
    # Nothing was lost or late: a sweep every 20 ms, from the first to the last.
    at_s = [reading.t_s for reading in record.readings]
    assert len(at_s) > 44 * 50
    assert max(later - sooner for sooner, later in pairwise(at_s)) < 0.021


def test_each_light_shows_once_and_then_all_is_dark_until_each_pad_was_pressed(kept: Kept) -> None:
    _, record = kept(Scene(hand="gentle", lasts_s=2))
    shows = [record.shows(light) for light in ("green", "amber", "blue", "red")]
    assert [len(times) for times in shows] == [1, 1, 1, 1]
    firsts = [times[0] for times in shows]
    assert firsts == sorted(firsts)
    assert all(0.3 < off_s - on_s < 0.4 for on_s, off_s in firsts)


def test_what_she_says_shows_within_100_ms_and_her_stop_ends_it(kept: Kept) -> None:
    played, record = kept(
        Scene(
            hand="gentle",
            actions=(
                (12.0, "pull", HERS, "high"),
                (12.2, "pull", HERS, "low"),
                (18.0, "pull", HERS, "high"),
                (19.5, "pull", HERS, "low"),
            ),
            lasts_s=40,
        )
    )
    pressed_s, held_s = (t_s for t_s, what in record.happened if what == f"pull {HERS} high")
    reds_s = [
        t_s for t_s, level in zip(record.lights["red"].times_s, record.lights["red"].values, strict=True) if level
    ]
    for down_s in (pressed_s, held_s):
        assert 0 <= min(t_s for t_s in reds_s if t_s >= down_s) - down_s < 0.1
    # Red stays for three seconds after a second of holding, and the program is over.
    stopped_s = held_s + 1.0
    assert [record.lights["red"].at(stopped_s + after_s) for after_s in (0.1, 1.5, 2.9, 3.2)] == [1, 1, 1, 0]
    assert played.code == 0
    assert "she said stop" in played.said
    words = [item.word for item in inputs_of(played.tapes()[0]) if isinstance(item, Mark)]
    assert words == ["too_much", "too_much", "stop"]


@pytest.mark.many
def test_the_partners_button_says_next_and_held_for_a_second_ends_it(kept: Kept) -> None:
    played, record = kept(
        Scene(
            hand="gentle",
            paws=("session", "--yes", "--plan", "side-lying"),
            actions=(
                (6.0, "pull", PARTNERS, "low"),
                (6.2, "pull", PARTNERS, "high"),
                (9.0, "pull", PARTNERS, "low"),
                (10.3, "pull", PARTNERS, "high"),
            ),
            lasts_s=40,
        )
    )
    assert played.code == 0
    words = [item.word for item in inputs_of(played.tapes()[0]) if isinstance(item, Mark)]
    assert words == ["next", "end"]
    held_s = [t_s for t_s, what in record.happened if what == f"pull {PARTNERS} low"][1]
    # A second of holding, three of the red light, and the page.
    assert record.ended_s - held_s < 6


@pytest.mark.many
def test_a_tape_of_the_bench_replays_and_says_the_same(kept: Kept) -> None:
    from tests.firmware.command import paws

    played, _ = kept(Scene(hand="hasty", lasts_s=16))
    tape = played.tapes()[0]
    said = paws("replay", tape)
    assert said.code == 0, said
    last = inputs_of(tape)[-1]
    assert isinstance(last, End)
    assert last.reason == "terminated"


@pytest.mark.many
def test_two_gloves_on_one_bus_are_swept_in_one_tick_and_warn_for_either(kept: Kept) -> None:
    played, record = kept(Scene(hand="gentle", both=True, paws=("session", "--yes", "--both"), lasts_s=30))
    assert (played.code, played.erred) == (0, "")
    readings = [item for item in inputs_of(played.tapes()[0]) if isinstance(item, Reading)]
    by_glove = [[reading.t_s for reading in readings if reading.glove == glove] for glove in (0, 1)]
    assert by_glove[0] == by_glove[1]
    assert len(by_glove[0]) > 28 * 25
    assert Look.HOLD in {look for sample in record.seen().samples for look in sample.looks}

"""What is said of the glove, in plain lines."""

import pytest

from coach.cues import Cue
from coach.events import (
    CeilingLowered,
    CueChanged,
    Dropped,
    Event,
    PadChanged,
    Preload,
    PressEnded,
    Resumed,
    StepBegan,
    Zeroed,
    ZeroRefused,
)
from coach.plan import Spot, StepKind
from firmware.words import STEPS, Telling, about_newton, how_certain, how_firm, say
from hardware.board import PADS


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (PadChanged(1.0, "heel", "loose"), "heel pad: loose wire"),
        (PadChanged(1.0, "palm", "silent"), "palm pad: feels nothing while the others do"),
        (PadChanged(1.0, "palm", "ok"), None),
        (PadChanged(1.0, "palm", "open"), "palm pad: not connected"),
        (Zeroed(1.0, "palm", 0.34), "palm pad: less than 1 N at rest, taken away"),
        (
            Preload(1.0, "palm", 4.2),
            "palm pad is pressed by the glove itself (about 4 N): loosen it, or lift the hand",
        ),
        (ZeroRefused(1.0), "the force moves, so the glove's own pressure stays in: lift the hand for a moment"),
    ],
)
def test_the_glove_in_words(event: Event, line: str | None) -> None:
    assert say(event, 0.26) == line


def test_a_bus_that_comes_and_goes_does_not_fill_the_screen() -> None:
    gaps = [event for i in range(5) for event in (Dropped(9 + i, "noise", 8 + i), Resumed(9.5 + i, 0.5))]
    after = [CueChanged(17.0, Cue.CHECK_GLOVE, False, "check_glove"), Dropped(30, "noise", 29.8), Resumed(31, 1.2)]
    told: list[Event] = [
        gaps[0],
        CueChanged(9.0, Cue.CHECK_GLOVE, True, "check_glove"),
        *gaps[1:],
        Resumed(16, 2.5),
        *after,
    ]
    assert [line.strip() for line in Telling().lines(told)] == [
        "0:09  no readings: noise",
        "0:09  look after the glove: not watching (amber, steady, one deep tone)",
        "0:10  readings again, 0.5 s were lost",
        "0:16  readings again, 2.5 s were lost",
        "0:30  no readings: noise",
        "0:31  readings again, 1.2 s were lost",
    ]


def test_each_pad_is_to_be_pressed_once_and_the_last_one_is_told() -> None:
    telling = Telling(0.26, PADS)
    told = [
        PadChanged(2.0, "heel", "ok"),
        # Cut, or not heard, it has felt nothing yet.
        PadChanged(2.5, "palm", "open"),
        PadChanged(2.6, "palm", "unverified"),
        PadChanged(3.0, "fingers", "stale"),
        PadChanged(3.1, "fingers", "over"),
        PadChanged(3.2, "heel", "untouched"),
    ]
    assert list(telling.first_lines()) == ["  0:00  press each pad once: heel, palm, fingers; green comes then"]
    assert (list(telling.lines(told)), telling.to_press) == (["  0:02  palm pad: not connected"], ("palm",))
    felt = [PadChanged(4.0, "palm", "untouched"), PadChanged(5.0, "palm", "ok")]
    assert list(telling.lines(felt)) == ["  0:04  each pad has felt your hand"]


def test_where_no_pad_has_to_be_pressed_nothing_is_said_of_it() -> None:
    telling = Telling()
    assert [*telling.first_lines(), *telling.lines([PadChanged(2.0, "heel", "ok")])] == []


@pytest.mark.parametrize(
    ("newton", "share", "said"),
    [
        (0.4, 0.26, "less than 1 N"),
        (0.6, 0.26, "about 1 N"),
        (3.4, 0.26, "about 3 N"),
        (5.1, 0.26, "about 5 N"),
        (12.0, 0.26, "about 12 N"),
        (13.1, 0.26, "about 14 N"),
        (26.0, 0.26, "about 25 N"),
        (90.0, 0.26, "about 90 N"),
        (12.4, 0.08, "about 12 N"),
        (24.6, 0.08, "about 25 N"),
        # Something else measured it, and knows how well.
        (12.4, None, "12 N"),
        (0.4, None, "less than 1 N"),
    ],
)
def test_a_number_is_as_coarse_as_the_calibration_but_no_coarser(newton: float, share: float | None, said: str) -> None:
    assert about_newton(newton, share) == said


def test_live_words_are_rounded_by_the_calibration_too() -> None:
    press = PressEnded(60.0, 9.0, 13.4, 9.0, 5.0, 3.0, 2.0, 35.0, "full", True, None)
    assert [say(press, share) for share in (0.26, 0.07, None)] == [
        "a full hold: about 14 N, leaned in slowly, still for 0:35",
        "a full hold: about 13 N, leaned in slowly, still for 0:35",
        "a full hold: 13 N, leaned in slowly, still for 0:35",
    ]
    assert say(CeilingLowered(1.0, 9.6), 0.26) == "from now on about 10 N is the most"


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (
            (0.26, PADS, "nominal, not measured", None),
            "the pads were never calibrated: newtons may be off by a quarter (paws calibrate)",
        ),
        (
            (0.26, ("palm",), "2026-11-20, right glove; not measured: palm", None),
            "palm was never calibrated: newtons may be off by a quarter (paws calibrate)",
        ),
        (
            (0.26, ("palm", "fingers"), "2026-11-20", None),
            "palm and fingers were never calibrated: newtons may be off by a quarter (paws calibrate)",
        ),
        ((0.078, (), "2026-11-20, right glove", None), "within about 8 %, calibrated 2026-11-20, right glove"),
        (
            (0.078, (), "2026-11-20", 38.5),
            "within about 8 %, calibrated 2026-11-20; above 38 N on a pad too much to tell",
        ),
        ((None, (), "", None), "as recorded"),
        ((None, (), "", 30.0), "as recorded; above 30 N on a pad too much to tell"),
    ],
)
def test_how_far_the_forces_can_be_believed_in_words(
    summary: tuple[float | None, tuple[str, ...], str, float | None], said: str
) -> None:
    assert how_certain(*summary) == said


# -- a plan, and where on the hip ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("newton", "words"),
    [
        (7.4, "soft (7 N)"),
        (7.9, "medium (8 N)"),
        (8.0, "medium (8 N)"),
        (14.4, "medium (14 N)"),
        (14.9, "firm (15 N)"),
        (15.0, "firm (15 N)"),
        (0.4, "soft (less than 1 N)"),
    ],
)
def test_a_force_is_soft_medium_or_firm_for_her(newton: float, words: str) -> None:
    assert how_firm(newton, 20.0, None) == words


def test_what_is_medium_for_one_is_firm_for_another() -> None:
    assert how_firm(10.0, 12.0, 0.25) == "firm (about 10 N)"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (StepBegan(1.0, 1, "paws", None), "kitty cat paws"),
        (StepBegan(1.0, 2, "hold", Spot.TOP_OF_LEG_LEFT), "lean in and stay at the top of the leg, left"),
        (StepBegan(1.0, 3, "ask", None, "Where today?"), "ask her. Where today?"),
        (StepBegan(1.0, 4, "rest", Spot.SIDE_BOTH), "rest at the side, both sides"),
    ],
)
def test_a_step_is_told_in_words(event: StepBegan, words: str) -> None:
    assert say(event) == words


def test_every_kind_of_step_has_its_words() -> None:
    assert list(STEPS) == list(StepKind)

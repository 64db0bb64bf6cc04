"""`paws calibrate` as one person goes through it: the real driver over the emulated chip, a hand that presses what is
asked for, and answers that stand in a file. Time is virtual: nobody waits.
"""

import io
import os
import pty
import re
import signal
import sys
import termios
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from firmware.calibrating import GloveReader
from firmware.calibration_origin import present_calibration
from firmware.conversation import Conversation
from firmware.emulated_kitchen import SPREAD, emulated_kitchen
from firmware.home import divider_of, load_calibration
from firmware.pad_dialogue import PadDialogue
from firmware.pad_on_scale import Kitchen, Move, PadOnScale
from firmware.pad_steps import creep_of, hands_off
from firmware.refusal import Refusal
from firmware.weights import GRAMS, NEWTONS
from hardware.ads1115 import GloveAdc
from hardware.board import DEFAULT_BOARD, PADS
from hardware.emulated.chip import EmulatedAds1115, EmulatedBus, Volts4
from hardware.emulated.clock import VirtualClock
from hardware.emulated.fsr import EmulatedPads
from hardware.emulated.scale import ScaleHand
from sensing.calibration import NOMINAL_KNOTS, Calibration, Curve, PadCalibration, nominal_calibration

from .command import Running, Told, file_of, paws, written

SEED = 1
# Fewer loads and sweeps make quick tests; one run has all of both.
FEW = ("--loads", "0.5,1,2,5,10,20")
SLOW = "[adc]\nsweeps_hz = 20\n"
ENTER = "\n"
ALL = ENTER * 60


@pytest.fixture(autouse=True)
def slow(home: Path) -> Path:
    """A home whose glove is swept seldom, and the place of its calibration."""
    written(home / "glove.toml", SLOW)
    return home / "calibration.toml"


def calibrate(*arguments: str, answers: str, place: Path | None = None) -> Told:
    """Run the dialogue on the emulated glove with these answers."""
    with pytest.MonkeyPatch.context() as patch, file_of(answers) as file:
        if place is not None:
            patch.setenv("KITTYPAWS_HOME", str(place))
        patch.setattr(sys, "stdin", file)
        return paws("calibrate", "--emulated", "--seed", SEED, *arguments)


def heel(*arguments: str, answers: str) -> Told:
    return calibrate("--pad", "heel", *FEW, *arguments, answers=answers)


@dataclass(frozen=True)
class Whole:
    told: Told
    path: Path
    calibration: Calibration


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """One calibration of all pads, with all loads; not to be written to."""
    place = tmp_path_factory.mktemp("kitchen")
    told = calibrate(answers=ALL, place=place)
    path = place / "calibration.toml"
    return Whole(told, path, load_calibration(path))


@pytest.fixture
def measured(whole: Whole, slow: Path) -> Path:
    """A calibration that is there already."""
    return written(slow, whole.path.read_bytes())


# -- all is well --------------------------------------------------------------------------------------------


def test_all_pads_end_with_a_file(whole: Whole) -> None:
    made = whole.calibration
    assert (whole.told.code, whole.told.err) == (0, "")
    assert whole.told.out.endswith(f"Keep it? [Y/n]\nKept in {whole.path}.\n")
    assert (made.names, made.supply_volt) == (PADS, pytest.approx(3.3, abs=0.01))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d, emulated glove", made.made_on)
    assert [len(table.knots) for _, table in made.pads] == [8, 8, 8]
    assert list(whole.path.parent.iterdir()) == [whole.path]


def test_the_file_is_right_within_a_tenth_on_the_way_up(whole: Whole) -> None:
    worst = 0.0
    divider = divider_of(DEFAULT_BOARD)
    for newton in (1.0, 1.7, 3.0, 5.0, 8.0, 12.0, 17.0, 23.0, 30.0):
        pads = EmulatedPads(DEFAULT_BOARD.electronics, SEED, spread=SPREAD, noise=0.0)
        for i in range(46):
            volts = pads.volts(i / 10, (min(newton, newton * i / 5),) * 3, 3.3)
        for (_, table), volt in zip(whole.calibration.pads, volts, strict=True):
            read = Curve(table).newton_from_siemens(divider.siemens_from_fraction(volt / 3.3))
            worst = max(worst, abs(read / newton - 1))
    assert worst < 0.1


def test_each_pad_bears_its_own_uncertainty(whole: Whole) -> None:
    """The emulated pad reads a falling force 8 % higher, and a light load after a heavy one a little more."""
    for _, table in whole.calibration.pads:
        assert table.spread_share == pytest.approx(0.17, abs=0.04)
        assert table.residual_newton == pytest.approx(0.1, abs=0.1)
        assert table.creep_share is None


def test_at_the_end_each_load_is_shown_up_and_down(whole: Whole) -> None:
    shown = whole.told.out[whole.told.out.index("way up") :].splitlines()
    assert shown[1].split()[:2] == ["51", "g"]
    assert [line.split()[-1][:1] for line in shown[1:8]] == ["+"] * 7
    assert "up and down lie" in shown[9]


def test_the_creep_is_that_of_the_emulated_pad() -> None:
    told = heel("--creep", answers=ALL)
    (_, table), *_ = load_calibration().pads
    # What the loads left behind takes a little away.
    assert (told.code, table.creep_share) == (0, pytest.approx(0.02, abs=0.004))
    assert "still feels like" not in told.out


def test_the_creep_can_be_left_out_and_what_was_known_of_it_stays(measured: Path) -> None:
    # By hand, so without the checksum.
    text = measured.read_text().partition("\n")[2].replace("[pads.palm]", "creep_share = 0.031\n\n[pads.palm]")
    written(measured, text)
    assert heel(answers=ALL).code == 0
    assert load_calibration().pads[0][1].creep_share == 0.031


def test_facts_go_to_standard_output_alone(slow: Path) -> None:
    told = heel("--json", answers=ALL)
    facts = told.json
    assert (told.code, facts["written"], list(facts["pads"])) == (0, str(slow), ["heel"])
    assert [len(facts["pads"]["heel"][key]) for key in ("knots", "up", "down")] == [6, 6, 5]
    assert "Keep it?" in told.err


# -- which pad, which glove ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("measured")
def test_one_pad_alone_leaves_the_others_as_they_were(whole: Whole) -> None:
    assert heel(answers=ALL).code == 0
    before, after = dict(whole.calibration.pads), dict(load_calibration().pads)
    assert [before[pad] == after[pad] for pad in PADS] == [False, True, True]


def test_one_pad_alone_at_first_says_that_the_others_are_not_measured() -> None:
    assert heel(answers=ALL).code == 0
    made = load_calibration()
    assert made.made_on.endswith(", emulated glove; not measured: palm, fingers")
    assert dict(made.pads)["palm"].knots == NOMINAL_KNOTS


def test_the_former_calibration_is_kept(measured: Path) -> None:
    before = measured.read_bytes()
    told = heel(answers=ALL)
    assert told.out.endswith("the former one in calibration.last.toml.\n")
    assert measured.with_name("calibration.last.toml").read_bytes() == before != measured.read_bytes()


REAL = 'made_on = "2026-11-20, right glove"\n' + "".join(
    f"[pads.{pad}]\nknots = [[4e-5, 0.2], [1.6e-4, 1.0], [1e-3, 10.0]]\n" for pad in PADS
)


def test_the_emulated_glove_never_takes_the_place_of_a_real_one(home: Path) -> None:
    path = written(home / "calibration.toml", REAL)
    told = calibrate(answers=ALL)
    assert (told.code, "KITTYPAWS_HOME=" in told.refusal, path.read_text()) == (2, True, REAL)


@pytest.mark.skipif(Path(f"/dev/i2c-{DEFAULT_BOARD.adc.bus}").exists(), reason="this machine has a glove's bus")
@pytest.mark.parametrize("arguments", [(), ("--left",), ("--pad", "heel")])
def test_without_a_glove_it_is_refused_in_one_line(arguments: tuple[str, ...]) -> None:
    with file_of("") as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", file)
        told = paws("calibrate", *arguments)
    assert (told.code, told.refusal.startswith("/dev/i2c-1 is not there")) == (3, True)


def test_a_real_session_does_not_read_with_the_emulated_gloves_tables(measured: Path) -> None:
    told = paws("session")
    assert (told.code, told.refusal) == (
        2,
        f"{measured} is of the emulated glove - run `paws calibrate`, or remove that file",
    )


@pytest.mark.parametrize("arguments", [("--pad", "heel"), ("--recheck",), ()])
def test_a_wrong_file_is_no_beginning_for_a_part_of_it(arguments: tuple[str, ...], home: Path) -> None:
    path = written(home / "calibration.toml", "made_on = 3\n")
    told = calibrate(*arguments, answers=ALL)
    assert (told.code, str(path) in told.refusal, path.read_text()) == (2, True, "made_on = 3\n")


def test_a_new_calibration_of_a_real_glove_begins_anew_where_the_file_is_wrong_or_the_emulated_gloves(
    measured: Path,
) -> None:
    emulated = present_calibration("right glove", needed=False)
    written(measured, "made_on = 3\n")
    wrong = present_calibration("right glove", needed=False)
    assert [present.former.name for present in (emulated, wrong)] == ["calibration.last.toml", "calibration.wrong.toml"]
    assert [present.notice.endswith("; this one begins anew") for present in (emulated, wrong)] == [True, True]
    assert [table.knots == NOMINAL_KNOTS for _, table in (*emulated.tables.pads, *wrong.tables.pads)] == [True] * 6


def test_a_real_calibration_is_what_the_next_one_begins_with(home: Path) -> None:
    path = written(home / "calibration.toml", REAL)
    assert present_calibration("right glove", needed=True).tables == load_calibration(path)


def test_two_gloves_are_never_mixed(home: Path) -> None:
    right = written(home / "calibration.toml", REAL)
    assert (present_calibration("left glove", needed=True).tables, load_calibration(left=True)) == (
        (nominal_calibration(PADS),) * 2
    )
    path = written(home / "calibration.left.toml", right.read_bytes())
    told = paws("calibrate", "--left", "--pad", "heel")
    assert (told.code, told.refusal) == (
        2,
        f"{path} is of the right glove, not of the left glove - calibrate all pads of this one first",
    )
    assert present_calibration("left glove", needed=False).notice == (
        f"{path} is of the right glove; this one begins anew"
    )


# -- what a person may type ---------------------------------------------------------------------------------


def test_a_load_may_be_typed_in_any_unit() -> None:
    answers = "0.5 N\n0,1 kg\n204 g\n510\n" + ALL
    told = heel(answers=answers)
    knots = [newton for _, newton in load_calibration().pads[0][1].knots]
    assert (told.code, knots[:4]) == (0, [pytest.approx(n, rel=1e-3) for n in (0.5, 0.980665, 2.0, 5.0)])


def test_a_scale_may_show_newtons() -> None:
    told = heel("--newton", answers="0.52\n" + ALL)
    assert (told.code, load_calibration().pads[0][1].knots[0][1]) == (0, 0.52)
    assert "press until the scale shows about 2 N" in told.out


SAID = {
    "five": "`five` is no load - type what the scale shows, such as 510, 0.51 kg or 5 N",
    "51 oz": "`51 oz` is no load - type what the scale shows",
    "0": "0 is no load",
    "5 N": "510 g is far from 51 g - press nearer to it, or type the unit too, such as 5 N",
    "back": "this is the first load of this way",
    "skip": "without it 5 loads would be left, and 6 are needed - try it once more",
}


@pytest.mark.parametrize("answer", SAID)
def test_a_wrong_answer_is_answered_and_the_load_asked_for_again(answer: str) -> None:
    told = heel(answers=f"{answer}\n{ALL}")
    assert (told.code, SAID[answer] in told.out, told.out.count("51 g taken")) == (0, True, 2)


def test_a_load_out_of_order_is_refused() -> None:
    told = heel(answers=f"\n\n110\n{ALL}")
    assert "110 g is not enough above 102 g - going up, press 118 g or more" in told.out
    assert told.code == 0


def test_a_load_heavier_than_asked_moves_the_next_one_on() -> None:
    told = heel(answers=f"\n195\n{ALL}")
    assert "heel up 3 of 6: press until the scale shows about 226 g" in told.out


def test_back_takes_the_last_load_back_up_and_down() -> None:
    told = heel(answers="\n\nback\n" + ENTER * 6 + "back\n" + ALL)
    assert (told.code, told.out.count("heel up 2 of 6"), told.out.count("heel down 1 of 5")) == (0, 2, 2)
    assert [low < high for low, high in pairwise(load_calibration().pads[0][1].knots)] == [True] * 5


def test_a_load_may_be_left_out_as_long_as_enough_remain() -> None:
    loads = ("--pad", "heel", "--loads", "0.5,1,2,5,10,20,30")
    told = calibrate(*loads, answers="\nskip\nback\nskip\nskip\n" + ENTER * 5 + "skip\n" * 3 + ALL)
    knots = load_calibration().pads[0][1].knots
    assert (told.code, [round(newton, 1) for _, newton in knots]) == (0, [0.5, 2.0, 5.0, 10.0, 20.0, 30.0])
    assert "without it 5 loads would be left" in told.out
    assert "without it 2 loads would be left, and 3 are needed" in told.out


@pytest.mark.parametrize(
    ("listed", "advice"),
    [
        ("1,2,5", "--loads has 3 loads, at least 6 are needed - add some"),
        ("1,2,3,5,7,7.5", "--loads has 7.5 N after 7 N, it must rise to 8.12 N or more - list them from light"),
        ("1,2,5,10,20,200", "--loads has 200 N, the most is 100 N"),
        ("1,2,5,10,x,200", "`x` is no load"),
    ],
)
def test_loads_that_make_no_table_are_refused(listed: str, advice: str) -> None:
    told = calibrate("--loads", listed, answers="")
    assert (told.code, told.refusal.startswith(advice)) == (2, True)


def test_dead_weights_may_be_listed_in_grams() -> None:
    told = calibrate("--pad", "heel", "--loads", "50g,100g,200g,500g,1kg,2kg", answers=ALL)
    assert (told.code, "about 50 g" in told.out, "about 2000 g" in told.out) == (0, True, True)


@pytest.mark.parametrize(
    ("answer", "newton"),
    [("510", 5.0014), (" 510 G ", 5.0014), (".51kg", 5.0014), ("0,51 kg", 5.0014), ("5 n", 5.0), ("5.", 0.04903)],
)
def test_grams_kilograms_and_newtons(answer: str, newton: float) -> None:
    assert GRAMS.newton_of(answer) == pytest.approx(newton, rel=1e-3)


@pytest.mark.parametrize("answer", ["", ".", "1e3", "inf", "nan", "5 lb", "5 6", "1.2.3"])
def test_what_is_no_load(answer: str) -> None:
    with pytest.raises(ValueError, match="is no load"):
        NEWTONS.newton_of(answer)


# -- pads and hands that are not well -----------------------------------------------------------------------


def test_a_load_at_the_end_of_the_pad_is_refused_and_can_be_left_out(home: Path) -> None:
    """With 10 kohm instead of 2.2 the pad is at its end at 10 N already."""
    written(home / "glove.toml", f"{SLOW}[electronics]\nfixed_ohm = 10000\n")
    told = calibrate("--pad", "heel", "--loads", "0.5,1,2,3,5,7,10", answers=ENTER * 7 + "skip\n" + ALL)
    assert "1020 g is more than this pad can tell - leave out this load and what is heavier" in told.out
    assert (told.code, len(load_calibration().pads[0][1].knots)) == (0, 6)


def test_a_load_that_the_pad_does_not_feel_is_told_after_a_while() -> None:
    told = calibrate("--pad", "heel", "--loads", "0.1,0.5,1,2,5,10,20", answers=f"{ENTER}skip\n{ALL}")
    assert "I feel nothing on heel - is the puck on the middle of the pad?" in told.out
    assert "not yet - keep still for 5 seconds, then read the scale" in told.out
    assert told.code == 0


@pytest.fixture
def conversation() -> Iterator[tuple[io.StringIO, Conversation]]:
    """One without a terminal and without answers."""
    with pytest.MonkeyPatch.context() as patch, file_of("") as file:
        patch.setattr(sys, "stdin", file)
        out = io.StringIO()
        with Conversation(out, patient=True) as talk:
            yield out, talk


NOMINAL = PadCalibration(NOMINAL_KNOTS)


def test_a_hand_that_shakes_is_told_how_to_keep_still(conversation: tuple[io.StringIO, Conversation]) -> None:
    out, talk = conversation
    reader, move = emulated_kitchen(DEFAULT_BOARD, VirtualClock(), SEED, ScaleHand(SEED, wobble=6.0))
    dialogue = PadDialogue(Kitchen(reader, talk, GRAMS, move), "palm", NOMINAL, (1.0, 5.0, 20.0))
    with pytest.raises(EOFError):
        dialogue.run(with_creep=False)
    assert "still moving - rest your arm on the table and lean rather than push" in out.getvalue()


def _reader(volts: Volts4, fault: str | None = None) -> GloveReader:
    """A glove whose inputs stay as they are."""
    clock = VirtualClock()
    bus = EmulatedBus(clock)
    bus.chips[0x49] = EmulatedAds1115(lambda _: volts, clock)
    adc = GloveAdc(bus, 0x49, DEFAULT_BOARD, clock)
    bus.fault = fault  # type: ignore[assignment]
    return GloveReader(adc, clock, DEFAULT_BOARD)


@pytest.mark.parametrize(
    ("volts", "fault", "advice"),
    [
        (
            (0.0, 0.07, 0.07, 1.65),
            None,
            "pad heel reads as a cut wire - look at its plug and its solder joints; nothing",
        ),
        ((3.25, 0.07, 0.07, 1.65), None, "pad heel reads as a short to the supply - look at its wires; nothing"),
        ((1.0, 1.0, 1.0, 1.65), "silent", "the glove does not answer (no answer from 0x49) - look at its plug"),
    ],
)
def test_a_glove_that_stays_broken_ends_the_dialogue(volts: Volts4, fault: str | None, advice: str) -> None:
    reader = _reader(volts, fault)

    def looked_at() -> None:
        while reader.look("heel") is None:
            pass

    with pytest.raises(Refusal) as refusal:
        looked_at()
    assert (refusal.value.exit_code, str(refusal.value).startswith(advice)) == (3, True)
    assert 3.0 < reader.now_s() < 3.2


def test_a_pad_that_nobody_presses_firmly_is_told(conversation: tuple[io.StringIO, Conversation]) -> None:
    out, talk = conversation
    reader = _reader((0.9, 0.07, 0.07, 1.65))
    with pytest.raises(EOFError):
        PadDialogue(Kitchen(reader, talk, NEWTONS, lambda *_: None), "heel", NOMINAL, (1.0,)).run(with_creep=False)
    assert "I felt 0 firm presses - press harder, or press Enter if the pad is awake" in out.getvalue()


def test_a_glove_that_presses_on_its_own_pad_is_told_what_to_do(
    conversation: tuple[io.StringIO, Conversation],
) -> None:
    out, talk = conversation
    on = PadOnScale(Kitchen(_reader((0.9, 0.07, 0.07, 1.65)), talk, NEWTONS, lambda *_: None), "heel", NOMINAL)
    with pytest.raises(EOFError):
        hands_off(on, 1.0, 0.2)
    assert "heel still feels like 1 N - lift the hand, wear the glove more loosely" in out.getvalue()


def test_a_weight_that_is_taken_away_too_early_tells_no_creep(
    conversation: tuple[io.StringIO, Conversation],
) -> None:
    out, talk = conversation
    reader, move = emulated_kitchen(DEFAULT_BOARD, VirtualClock(), SEED, ScaleHand(SEED, wobble=6.0))
    shaky: Move = "up"
    kitchen = Kitchen(
        reader, talk, GRAMS, lambda kind, pad, newton: move(shaky if kind == "weight" else kind, pad, newton)
    )
    with pytest.raises(EOFError):
        creep_of(PadOnScale(kitchen, "heel", NOMINAL), 10.0)
    assert "the weight does not come to rest - let nothing touch it, or type `skip`" in out.getvalue()


# -- leaving early ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", ["quit\n", "\n\nQUIT\n", ENTER * 11 + "n\n", ENTER * 11 + "what?\nquit\n"])
def test_who_leaves_leaves_everything_as_it_was(answers: str, measured: Path) -> None:
    before, files = measured.read_bytes(), sorted(measured.parent.iterdir())
    told = heel(answers=answers)
    assert (told.code, told.out.endswith("Everything is left as it was.\n")) == (1, True)
    assert (measured.read_bytes(), sorted(measured.parent.iterdir())) == (before, files)


@pytest.mark.parametrize("answers", ["", ENTER * 4, ENTER * 11])
def test_answers_that_end_too_early_write_nothing(answers: str, measured: Path) -> None:
    before, files = measured.read_bytes(), sorted(measured.parent.iterdir())
    told = heel(answers=answers)
    assert (told.code, told.err) == (2, "paws: the answers ended too early - nothing was written\n")
    assert (measured.read_bytes(), sorted(measured.parent.iterdir())) == (before, files)


def test_without_a_standard_input_nobody_can_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    told = paws("calibrate", "--emulated")
    assert (told.code, "run `paws calibrate` in a terminal" in told.refusal) == (2, True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_writes_nothing(number: signal.Signals, measured: Path) -> None:
    before, files = measured.read_bytes(), sorted(measured.parent.iterdir())
    reading, writing = os.pipe()
    try:
        with Running(
            "calibrate", "--emulated", "--pad", "heel", home=measured.parent, before=lambda: os.dup2(reading, 0)
        ) as process:
            process.wait_for("steady; scale shows [51 g]")
            process.send(number)
            told = process.end()
    finally:
        os.close(reading)
        os.close(writing)
    assert (told.code, told.err) == (130, "paws: interrupted - nothing was written\n")
    assert (measured.read_bytes(), sorted(measured.parent.iterdir())) == (before, files)


def test_what_cannot_be_written_is_at_least_shown(measured: Path) -> None:
    before = measured.read_bytes()
    measured.with_name("calibration.last.toml").mkdir()
    told = heel(answers=ALL)
    assert (told.code, measured.read_bytes()) == (2, before)
    assert told.err.endswith(f"; copy the lines above into {measured}\n")
    assert list(tomllib.loads(told.out[told.out.index("made_on") :])["pads"]) == list(PADS)
    assert sorted(path.name for path in measured.parent.iterdir()) == [
        "calibration.last.toml",
        "calibration.toml",
        "glove.toml",
    ]


# -- recheck ------------------------------------------------------------------------------------------------


def test_a_recheck_of_a_good_calibration_is_fine_and_writes_nothing(measured: Path) -> None:
    before = sorted((path, path.read_bytes()) for path in measured.parent.iterdir())
    told = calibrate("--recheck", answers="\n980\n1.05 kg\n")
    assert (told.code, told.out.count(": fine\n"), told.err) == (0, 3, "")
    assert sorted((path, path.read_bytes()) for path in measured.parent.iterdir()) == before


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("answer", "verdict", "code"), [("", "fine", 0), ("850", "fine for now", 0), ("1.35 kg", "calibrate again", 1)]
)
def test_a_recheck_says_how_far_off_and_what_to_do(answer: str, verdict: str, code: int) -> None:
    """The hand presses 1000 g; a scale that shows something else stands for a pad that has changed."""
    told = calibrate("--recheck", "--json", "--pad", "palm", answers=f"{answer}\n")
    (found,) = told.json["pads"]
    assert (told.code, found["pad"], found["verdict"]) == (code, "palm", verdict)
    assert found["deviation_share"] == pytest.approx(found["read_newton"] / found["true_newton"] - 1, abs=1e-3)


@pytest.mark.usefixtures("measured")
def test_a_bad_recheck_names_the_next_step() -> None:
    told = calibrate("--recheck", answers="1350\n\n\n")
    assert (told.code, "heel: 9" in told.out, "-26%" in told.out) == (1, True, True)
    assert told.out.endswith("Calibrate again: `paws calibrate --pad heel`.\n")


@pytest.mark.usefixtures("measured")
def test_a_recheck_takes_no_load_beyond_the_table() -> None:
    told = calibrate("--recheck", "--pad", "heel", answers="5 kg\nback\n\n")
    assert "press up to a load of at most 4100 g" in told.out
    assert told.code == 0


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(("answers", "code"), [("skip\n", 1), ("quit\n", 1), ("", 2)])
def test_a_recheck_that_checked_nothing_is_no_yes(answers: str, code: int) -> None:
    assert calibrate("--recheck", "--pad", "heel", answers=answers).code == code


def test_a_recheck_without_a_calibration_is_refused() -> None:
    told = calibrate("--recheck", answers="")
    assert (told.code, told.refusal) == (2, "there is no calibration to check yet - run `paws calibrate` first")


def test_a_recheck_is_one_load_a_pad() -> None:
    assert calibrate("--recheck", "--creep", answers="").code == 2


# -- in a terminal ------------------------------------------------------------------------------------------


class Screen(io.StringIO):
    """A terminal's screen, as far as a program can ask."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """A keyboard to type on, and what the program reads from it."""
    keys, program = pty.openpty()
    with os.fdopen(program, closefd=False) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setenv("TERM", "xterm")
        yield keys, program
    os.close(keys)
    os.close(program)


def test_letters_are_drawn_at_the_end_of_the_live_line(terminal: tuple[int, int]) -> None:
    keys, program = terminal
    before = termios.tcgetattr(program)
    screen = Screen()
    with Conversation(screen, patient=False) as talk:
        assert talk.heard() is None
        os.write(keys, b"52\x7f1\x1b[A0")
        assert talk.heard() is None
        talk.show("  still moving", "scale shows: ")
        assert screen.getvalue().endswith("\r\x1b[K  still moving scale shows: 510")
        os.write(keys, b"\x15500\r\x04")
        assert talk.heard() == "500"
        talk.say("500 g taken")
        with pytest.raises(EOFError):
            talk.heard()
    # The live line was wiped before the line that stays.
    assert screen.getvalue().endswith("\r\x1b[K500 g taken\n")
    assert termios.tcgetattr(program) == before


def test_a_question_waits_for_its_answer(terminal: tuple[int, int]) -> None:
    keys, _ = terminal
    screen = Screen()
    with Conversation(screen, patient=False) as talk:
        os.write(keys, b"y\r")
        assert talk.ask("Keep it? [Y/n] ") == "y"
    assert "Keep it? [Y/n] " in screen.getvalue()


def test_the_picture_moves_with_the_hand(terminal: tuple[int, int]) -> None:
    del terminal
    screen = Screen()
    with Conversation(screen, patient=False) as talk:
        reader, move = emulated_kitchen(DEFAULT_BOARD, VirtualClock(), SEED, ScaleHand(SEED))
        pad = PadOnScale(Kitchen(reader, talk, GRAMS, move), "heel", NOMINAL)
        pad._look("scale shows: ", pad._picture)
        move("up", "heel", 40.0)
        pad.wait(lambda: pad.steadiness.rest is not None, question="scale shows: ", advice=str)
        pad._look("scale shows: ", pad._picture)
    frames = screen.getvalue().split("\r\x1b[K")
    shown = "\n".join(frames)
    wanted = ["nothing felt yet", "still moving", "steady, 4 s more", "steady, 1 s more", "feels like over 3100 g"]
    assert [words for words in wanted if words not in shown] == []
    assert max(map(len, frames)) < 80


def test_a_terminal_is_left_as_it_was_after_ctrl_c(home: Path) -> None:
    keys, program = pty.openpty()
    before = termios.tcgetattr(program)

    def at_the_terminal() -> None:
        os.dup2(program, 0)
        os.dup2(program, 1)

    with Running(
        "calibrate", "--emulated", home=home, before=at_the_terminal, environment={"TERM": "xterm"}
    ) as process:
        shown = b""
        while b"0 of 5" not in shown:
            shown += os.read(keys, 4096)
        assert termios.tcgetattr(program) != before
        process.send(signal.SIGINT)
        told = process.end()
    assert (told.code, told.err, termios.tcgetattr(program)) == (
        130,
        "paws: interrupted - nothing was written\n",
        before,
    )
    os.close(keys)
    os.close(program)

"""Calibrations, plans and glove.toml that are wrong: one line that says which file, what, and what would be right."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.plan import FREE
from firmware.calibration_file import calibration_from_toml, calibration_to_toml
from firmware.home import load_calibration
from firmware.plans import load_plan
from firmware.recording import open_tape
from hardware.board import PADS
from sensing.calibration import Calibration, nominal_calibration

from .command import Told, paws, written

SHORT = ("--minutes", "0.1")
KNOTS = "knots = [[4e-5, 0.2], [1.6e-4, 1.0], [1e-3, 10.0]]\n"
WHOLE = 'made_on = "today"\n' + "".join(f"[pads.{pad}]\n{KNOTS}" for pad in PADS)


def refused(told: Told, path: Path, *words: str) -> None:
    line = told.refusal
    assert (told.code, [word for word in (str(path), *words) if word not in line]) == (2, []), line


def test_a_calibration_for_other_pads_is_refused(home: Path) -> None:
    path = written(home / "calibration.toml", f'made_on = "x"\n[pads.thumb]\n{KNOTS}')
    refused(paws("demo", *SHORT), path, "thumb", "heel, palm, fingers", "take the file that was made with this glove")


def test_a_calibration_that_lacks_a_pad_of_the_glove_is_refused(home: Path) -> None:
    path = written(home / "calibration.toml", f'made_on = "x"\n[pads.heel]\n{KNOTS}')
    refused(paws("demo", *SHORT), path, "palm, fingers", "calibrate every pad")


def test_a_recording_needs_the_calibration_of_its_own_pads_alone(tmp_path: Path) -> None:
    curves = written(tmp_path / "c.toml", f'made_on = "x"\n[pads.heel]\n{KNOTS}')
    csv = written(tmp_path / "r.csv", "t_s,heel_newton\n0,1\n1,2\n")
    assert paws("import", csv, "--calibration", curves).code == 0
    csv = written(tmp_path / "r.csv", "t_s,palm_newton\n0,1\n1,2\n")
    refused(paws("import", csv, "--calibration", curves), Path("palm"), "heel", "calibrate that pad")


def test_pads_in_any_order_in_the_file_are_in_the_gloves_order(home: Path) -> None:
    """A sweep is heel, palm, fingers and knows no names: in another order every pad would read with another's table."""
    backwards = 'made_on = "x"\n' + "".join(f"[pads.{pad}]\n{KNOTS}" for pad in reversed(PADS))
    written(home / "calibration.toml", backwards)
    assert load_calibration().names == PADS


GOOD = "[[4e-5, 0.2], [1.6e-4, 1.0], [1e-3, 10.0]]"
WRONG_CALIBRATIONS = {
    "too few knots": ("[[4e-5, 0.2], [1.6e-4, 1.0]]", ["pad heel", "2 knots", "at least 3", "more loads"]),
    "falling siemens": ("[[4e-5, 0.2], [1.6e-4, 1.0], [1e-4, 2.0]]", ["pad heel", "knot 3", "0.0001 S", "again"]),
    "falling newtons": ("[[4e-5, 0.2], [1.6e-4, 2.0], [1e-3, 1.0]]", ["pad heel", "knot 3", "1 N", "again"]),
    "equal knots": ("[[4e-5, 0.2], [4e-5, 0.2], [1e-3, 1.0]]", ["pad heel", "knot 2"]),
    "a knot at nothing": ("[[0.0, 0.0], [4e-5, 0.2], [1e-3, 1.0]]", ["pad heel", "knot 1"]),
    "no number": ("[[4e-5, 0.2], [1.6e-4, nan], [1e-3, 1.0]]", ["pad heel", "knot 2", "nan"]),
    "a spread of more than a half": (
        f"{GOOD}\nspread_share = 0.6",
        ["pad heel", "spread_share is 0.6", "0.5", "again"],
    ),
    "creep below nothing": (f"{GOOD}\ncreep_share = -0.01", ["pad heel", "creep_share is -0.01", "0.1", "again"]),
    "a residue in words": (f'{GOOD}\nresidual_newton = "little"', ["residual_newton", "a number"]),
    "infinity": ("[[4e-5, 0.2], [1.6e-4, 1.0], [inf, 2.0]]", ["pad heel", "knot 3", "inf"]),
}


@pytest.mark.parametrize("what", WRONG_CALIBRATIONS)
def test_a_table_that_cannot_be_read_from_is_refused(what: str, home: Path) -> None:
    knots, words = WRONG_CALIBRATIONS[what]
    path = written(home / "calibration.toml", f'made_on = "x"\n[pads.heel]\nknots = {knots}\n')
    refused(paws("demo", *SHORT), path, *words)


def test_an_unknown_key_in_a_calibration_names_the_nearest(home: Path) -> None:
    path = written(home / "calibration.toml", WHOLE.replace("made_on", "made_in"))
    refused(paws("demo", *SHORT), path, "`made_in`", "did you mean `made_on`?")


def test_an_unknown_key_of_a_pad_names_the_nearest_key_of_a_pad(home: Path) -> None:
    path = written(home / "calibration.toml", f"{WHOLE}residual = 1\n")
    refused(paws("demo", *SHORT), path, "`residual`", "did you mean `residual_newton`?")


@pytest.mark.parametrize("text", ["", "made_on", 'made_on = "x"\n[pads]\n', "made_on = 3\n"])
def test_what_is_no_calibration_is_refused(text: str, home: Path) -> None:
    path = written(home / "calibration.toml", text)
    refused(paws("demo", *SHORT), path)


def test_a_calibration_that_was_written_is_read_as_it_was() -> None:
    written_down = nominal_calibration(PADS)
    assert calibration_from_toml(calibration_to_toml(written_down), "c.toml") == written_down


def test_what_was_measured_beside_the_knots_is_read_as_it_was() -> None:
    (name, nominal), *others = nominal_calibration(PADS).pads
    measured = replace(nominal, residual_newton=0.31, spread_share=0.17, creep_share=0.0204)
    written_down = Calibration(((name, measured), *others), "2026-11-22, right glove", 3.2874)
    text = calibration_to_toml(written_down)
    assert calibration_from_toml(text, "c.toml") == written_down
    # Nothing is said of what nobody measured.
    assert [text.count(key) for key in ("spread_share", "creep_share", "residual_newton", "supply_volt")] == [1] * 4


WRONG_PLANS = {
    "unknown key": ("holds_s = 3", ["`holds_s`", "did you mean `hold_s`?"]),
    "unknown key of a step": ('[[steps]]\nkind = "paws"\nlenght_s = 3', ["`lenght_s`", "did you mean `length_s`?"]),
    "hold of minus one": ("hold_s = -1", ["hold_s", "0"]),
    "hold of nothing": ("hold_s = nan", ["hold_s"]),
    "enough before hold": ("hold_s = 40\nenough_s = 30", ["enough_s is 30", "hold_s is 40", "raise enough_s"]),
    "a ceiling in words": ('ceiling_newton = "soft"', ["ceiling_newton is `soft`", "a number"]),
    "unknown kind": ('[[steps]]\nkind = "pows"', ["pows", "kind"]),
    "unknown spot": ('[[steps]]\nkind = "hold"\nspot = "knee"', ["knee", "spot"]),
    "no toml": ("hold_s: 30", ["TOML", "line 1"]),
}


@pytest.mark.parametrize("what", WRONG_PLANS)
def test_a_wrong_plan_is_refused_and_nothing_is_played(what: str, home: Path, tmp_path: Path) -> None:
    text, words = WRONG_PLANS[what]
    path = written(tmp_path / "plan.toml", text)
    refused(paws("demo", *SHORT, "--plan", path), path, *words)
    assert not (home / "tapes").exists()


@pytest.mark.parametrize("verb", ["demo", "import", "replay"])
def test_a_plan_that_is_not_there_is_refused(verb: str, tmp_path: Path) -> None:
    csv = written(tmp_path / "r.csv", "t_s,heel_newton\n0,1\n1,2\n")
    told = paws(verb, *([] if verb == "demo" else [csv]), "--plan", tmp_path / "none.toml")
    assert (told.code, told.refusal) == (2, f"plan {tmp_path}/none.toml does not exist - look at the name")


def test_an_empty_plan_is_the_free_one(tmp_path: Path) -> None:
    assert load_plan(str(written(tmp_path / "plan.toml", ""))) == FREE


def test_a_plan_with_steps_leads_through_them_and_ends_the_session(tmp_path: Path) -> None:
    plan = written(
        tmp_path / "plan.toml",
        'name = "two steps"\nhold_s = 5\n'
        '[[steps]]\nkind = "paws"\nlength_s = 10\n'
        '[[steps]]\nkind = "hold"\nspot = "sacrum left"\n',
    )
    told = paws("demo", "--plan", plan)
    said = [line[8:] for line in told.cues]
    assert [line for line in said if line.startswith(("kitty", "lean in", "stop"))][:2] == [
        "kitty cat paws",
        "lean in and stay at the sacrum, left",
    ]
    assert told.code == 0


def test_a_plan_that_came_to_its_end_was_not_stopped_by_hand(tmp_path: Path) -> None:
    plan = written(tmp_path / "plan.toml", '[[steps]]\nkind = "paws"\nlength_s = 2\n')
    assert paws("demo", "--json", *SHORT, "--plan", plan).json["ended"] == "finished"


def test_the_plan_stands_on_the_tape(home: Path, tmp_path: Path) -> None:
    plan = written(tmp_path / "plan.toml", 'name = "soft"\nceiling_newton = 12\n')
    paws("demo", *SHORT, "--plan", plan)
    with open_tape(home / "tapes" / "000001.tape") as tape:
        assert (tape.header.plan.name, tape.header.plan.ceiling_newton) == ("soft", 12.0)


WRONG_GLOVES = {
    "no such pin": ("[lights]\ngreen = 99", ["lights.green is 99", "0 to 27"]),
    "unknown section": ("[light]\ngreen = 9", ["light", "did you mean lights?"]),
    "two on a pin": ("[lights]\ngreen = 12", ["lights.green", "buzzer.pin", "12", "another pin"]),
    "two on a channel": ("[pads]\nheel = 1", ["pads.heel", "pads.palm", "another channel"]),
    "no number": ("[electronics]\nfixed_ohm = nan", ["fixed_ohm", "nan", "give a number"]),
    "no toml": ("green", ["TOML", "correct that line"]),
    "no text": (b"\xff\xfe", ["UTF-8"]),
}


@pytest.mark.parametrize("verb", [("demo", *SHORT), ("session",)], ids=["demo", "session"])
@pytest.mark.parametrize("what", WRONG_GLOVES)
def test_a_wrong_glove_toml_is_refused(verb: tuple[str, ...], what: str, home: Path) -> None:
    text, words = WRONG_GLOVES[what]
    path = written(home / "glove.toml", text)
    refused(paws(*verb), path, *words)


def test_a_folder_in_the_place_of_glove_toml_is_refused(home: Path) -> None:
    path = home / "glove.toml"
    path.mkdir(parents=True)
    refused(paws("demo", *SHORT), path, "directory")


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[buttons]\nmama = "none"\npartner = "none"\n',
        "[pads]\nheel = 2\nfingers = 0\n",
        "[electronics]\nsupply_volt = 1.8\n",
        "[adc]\nsweeps_hz = 20\n",
    ],
    ids=["empty", "no buttons", "other channels", "other supply", "slow"],
)
def test_a_glove_that_is_wired_otherwise_plays_a_demo(text: str, home: Path) -> None:
    written(home / "glove.toml", text)
    told = paws("demo", *SHORT)
    assert (told.code, told.err, "Presses     1" in told.out) == (0, "", True)

"""Recordings from elsewhere: what is taken, and how each wrong one is refused, naming line, value and limit."""

import resource
from pathlib import Path

import pytest

from coach.tape import TapeReader
from sensing.inputs import Dropout, End, Mark, Reading

from .command import in_a_process, paws, written

# Seconds for a million rows; the design's "large input".
MILLION_IN_S = 60.0
MILLION_IN_KILOBYTES = 300_000


def recording(tmp_path: Path, text: str | bytes) -> Path:
    return written(tmp_path / "r.csv", text)


def test_a_recording_in_newtons_becomes_a_tape_with_the_next_number(home: Path, tmp_path: Path) -> None:
    told = paws("import", recording(tmp_path, "t_s,heel_newton\n0,1\n0.02,2\n"))
    assert (told.code, told.out, told.err) == (
        0,
        f"Tape: {home}/tapes/000001.tape (2 readings, 0:00)\n",
        "",
    )


def test_facts_of_an_import_as_json(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    told = paws("import", "--json", recording(tmp_path, "t_s,heel_newton\n0,1\n2.5,2\n"), "--out", out)
    assert told.json == {"tape": str(out), "rows": 2, "length_s": 2.5}


# What is wrong, and every word that the one line must bear.
WRONG = {
    "no time": ("heel_newton\n1\n2\n", ["`t_s`"]),
    "time goes back": ("t_s,heel_newton\n0,1\n0.04,1\n0.02,1\n", ["line 4", "0.02", "0.04", "sort"]),
    "equal times": ("t_s,heel_newton\n0,1\n0,1\n", ["line 3", "t_s is 0 after 0", "rise"]),
    "time before the start": ("t_s,heel_newton\n-1,1\n0,1\n", ["line 2", "-1", "0 to 1e+06", "start"]),
    "a wall clock": (
        "t_s,heel_newton\n1700000000,1\n1700000001,1\n",
        ["line 2", "t_s is 1700000000", "subtract the first time"],
    ),
    "a time too late": ("t_s,heel_newton\n0,1\n1700000001,1\n", ["line 3", "1e+06", "start"]),
    "text in a number": ("t_s,heel_newton\n0,1\n1,soft\n", ["line 3", "heel_newton", "`soft`", "not a number"]),
    "a time that is not there": ("t_s,heel_newton\n0,1\n,1\n", ["line 3", "t_s", "``", "not a number"]),
    "empty cells alone": ("t_s,heel_newton\n0,\n1,\n", ["0 rows", "2", "longer"]),
    "a number with a line": ("t_s,heel_newton\n0,1_0\n1,1\n", ["line 2", "heel_newton", "`1_0`"]),
    "not a number": ("t_s,heel_newton\n0,1\n1,nan\n", ["line 3", "`nan`", "finite"]),
    "infinity": ("t_s,heel_newton\n0,1\n1,-inf\n", ["line 3", "`-inf`", "finite"]),
    "a time of infinity": ("t_s,heel_newton\n0,1\ninf,1\n", ["line 3", "t_s", "`inf`", "finite"]),
    "pulling": ("t_s,heel_newton\n0,1\n1,-2\n", ["line 3", "heel_newton is -2", "-1 or more", "zero"]),
    "a volt too many": ("t_s,palm_volt\n0,1\n1,4.2\n", ["line 3", "palm_volt is 4.2", "4.096"]),
    "one row": ("t_s,heel_newton\n0,1\n", ["1 row", "2", "longer"]),
    "no rows": ("t_s,heel_newton\n", ["0 rows", "2", "longer"]),
    "empty": ("", ["empty", "t_s,heel_newton"]),
    "empty lines": ("\n\n\n", ["t_s"]),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["UTF-8"]),
    "later binary": (b"t_s,heel_newton\n0,1\n1,\xff\n", ["UTF-8"]),
    "zeros": (bytes(1000), ["unknown column", "t_s"]),
    "unknown column": ("t_s,heal_newton\n0,1\n1,1\n", ["`heal_newton`", "did you mean `heel_newton`?"]),
    "unit unknown": ("t_s,palm_newtons\n0,1\n1,1\n", ["`palm_newtons`", "did you mean `palm_newton`?"]),
    "a stranger's column": (
        "t_s,grip\n0,1\n1,1\n",
        ["`grip`", "t_s, mark, heel_newton, heel_volt, palm_newton, palm_volt, fingers_newton, fingers_volt"],
    ),
    "column twice": ("t_s,heel_newton,heel_newton\n0,1,1\n1,1,1\n", ["`heel_newton`", "twice"]),
    "pad twice": ("t_s,heel_newton,heel_volt\n0,1,1\n1,1,1\n", ["heel", "newtons", "volts", "keep one"]),
    "no pad": ("t_s,mark\n0,\n1,\n", ["no pad", "`heel_newton`"]),
    "wrong word": ("t_s,heel_newton,mark\n0,1,ouch\n1,1,\n", ["line 2", "`ouch`", "too_much, just_right, stop"]),
    "short row": ("t_s,heel_newton,palm_newton\n0,1,1\n1,1\n", ["line 3", "2", "3"]),
    "long row": ("t_s,heel_newton\n0,1\n0,02,1,5\n", ["line 3", "4", "2"]),
    "an endless cell": ("t_s,heel_newton\n0,1\n1," + "9" * 200_000 + "\n", ["line 3"]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_recording_is_refused_in_one_line_and_leaves_no_tape(what: str, home: Path, tmp_path: Path) -> None:
    content, words = WRONG[what]
    path = recording(tmp_path, content)
    told = paws("import", path)
    line = told.refusal
    missing = [word for word in (str(path), *words) if word not in line]
    assert (told.code, missing, list(home.glob("**/*"))) == (2, [], []), line


@pytest.mark.parametrize("what", ["text in a number", "no rows", "binary"])
def test_a_wrong_recording_leaves_nothing_at_the_place_that_was_named(what: str, tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    told = paws("import", recording(tmp_path, WRONG[what][0]), "--out", out)
    assert (told.code, out.exists()) == (2, False)


@pytest.mark.parametrize("cell", ["x" * 100_000, "a\x1b[31mred\x07"], ids=["long", "escapes"])
def test_a_strange_cell_is_shown_short_and_plain(cell: str, tmp_path: Path) -> None:
    told = paws("import", recording(tmp_path, f"t_s,heel_newton\n0,1\n1,{cell}\n"))
    assert len(told.refusal) < 300 + len(str(tmp_path))
    assert told.refusal.isprintable()


def test_times_that_differ_late_are_shown_so_that_the_difference_is_seen(tmp_path: Path) -> None:
    told = paws("import", recording(tmp_path, "t_s,heel_newton\n4321.5678,1\n4321.5671,1\n"))
    assert "t_s is 4321.5671 after 4321.5678, it must rise" in told.refusal


def test_a_recording_that_is_not_there_is_refused(tmp_path: Path) -> None:
    told = paws("import", tmp_path / "none.csv")
    assert (told.code, told.refusal) == (
        2,
        f"{tmp_path}/none.csv: no such file or directory - look at the path and its rights",
    )


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    told = paws("import", tmp_path)
    assert (told.code, told.refusal) == (2, f"{tmp_path}: is a directory - look at the path and its rights")


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    out = written(tmp_path / "dear.txt", "dear to me")
    told = paws("import", recording(tmp_path, "t_s,heel_newton\n0,1\n1,2\n"), "--out", out)
    assert (told.code, told.refusal, out.read_text()) == (
        2,
        f"{out} is there already - name another file, or remove that one first",
        "dear to me",
    )


def test_a_place_that_cannot_be_is_refused(tmp_path: Path) -> None:
    told = paws("import", recording(tmp_path, "t_s,heel_newton\n0,1\n1,2\n"), "--out", tmp_path / "no" / "a.tape")
    assert (told.code, told.refusal.startswith(f"{tmp_path}/no/a.tape: no such file")) == (2, True)


@pytest.mark.parametrize(
    "content",
    [
        "\ufefft_s,heel_newton\n0,1\n1,2\n",
        "t_s,heel_newton\r\n0,1\r\n1,2\r\n",
        " T_S , Heel_Newton \n 0 , 1 \n 1 , 2 \n",
        "t_s,heel_newton\n\n0,1\n\n1,2",
        'heel_newton,"t_s"\n"1",0\n2,"1"\n',
    ],
    ids=["byte order mark", "windows", "spaces and capitals", "empty lines", "quotes and other order"],
)
def test_the_same_recording_in_other_clothes_is_the_same_tape(content: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.tape", tmp_path / "2.tape"
    paws("import", written(tmp_path / "r.csv", "t_s,heel_newton\n0,1\n1,2\n"), "--out", first)
    told = paws("import", written(tmp_path / "r.csv", content), "--out", second)
    assert (told.code, second.read_bytes().splitlines()[1:]) == (0, first.read_bytes().splitlines()[1:])


def test_pads_without_a_column_are_not_in_use_and_the_others_keep_the_gloves_order(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    paws("import", recording(tmp_path, "fingers_newton,t_s,heel_newton\n3,0,1\n3,1,1\n"), "--out", out)
    with out.open("rb") as file:
        tape = TapeReader(file, "a")
        first = next(tape.inputs())
    assert isinstance(first, Reading)
    assert (tape.header.calibration.names, first.volts[0] < first.volts[1]) == (("heel", "fingers"), True)


def test_volts_are_kept_as_they_are_in_whole_codes(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    paws("import", recording(tmp_path, "t_s,heel_volt\n0,0.07\n1,1.23456\n"), "--out", out)
    with out.open("rb") as file:
        readings = list(TapeReader(file, "a").inputs())[:2]
    assert [reading.volts[0] for reading in readings if isinstance(reading, Reading)] == [
        pytest.approx(0.07, abs=1e-9),
        pytest.approx(1.2345, abs=7e-5),
    ]


@pytest.mark.parametrize(
    ("rows", "creeps"),
    [
        ("t_s,heel_volt,palm_volt\n0,0.07,1\n1,1,1\n", True),
        ("t_s,heel_volt,palm_newton\n0,0.07,1\n1,1,1\n", False),
        ("t_s,heel_newton\n0,5\n1,5\n", False),
    ],
)
def test_only_volts_are_taken_for_those_of_an_fsr_that_creeps(tmp_path: Path, rows: str, creeps: bool) -> None:
    out = tmp_path / "a.tape"
    paws("import", recording(tmp_path, rows), "--out", out)
    with out.open("rb") as file:
        rules = TapeReader(file, "a").header.rules
    assert (rules.creeps, rules.zeroes) == (creeps, False)


def test_marks_stand_on_the_tape_and_on_the_page(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    rows = "".join(f"{i / 50},{5},{'too_much' if i == 100 else ''}\n" for i in range(200))
    paws("import", recording(tmp_path, "t_s,heel_newton,mark\n" + rows), "--out", out)
    with out.open("rb") as file:
        marks = [item for item in TapeReader(file, "a").inputs() if isinstance(item, Mark)]
    assert (marks, "Said        0:02 too much" in paws("summary", out).out) == ([Mark(2.0, "too_much")], True)


def test_forces_beyond_the_pads_reach_are_noted_and_shown_as_too_much(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    rows = "".join(f"{i / 50},{min(i / 5, 31)}\n" for i in range(200))
    told = paws("import", recording(tmp_path, "t_s,heel_newton\n" + rows), "--out", out)
    assert (told.code, told.err) == (
        0,
        "paws: 49 forces lie above 30 N and read as too much to tell\n",
    )
    events = paws("replay", "--json", out).json_lines
    assert {"pad_state": "over", "cue": "softer"}.items() <= {
        event["event"]: event.get("state") or event.get("cue")
        for event in events
        if event.get("state") == "over" or event.get("cue") == "softer"
    }.items()


def test_newtons_come_back_as_they_were(tmp_path: Path) -> None:
    """Newtons go through volts and codes, and come out of the tape within the ADC's own step."""
    out = tmp_path / "a.tape"
    rows = "".join(f"{i / 50},{i / 50 + 1}\n" for i in range(500))
    paws("import", recording(tmp_path, "t_s,palm_newton\n" + rows), "--out", out)
    seen = [event["peak_newton"] for event in paws("replay", "--json", out).json_lines if event["event"] == "force"]
    assert seen == [pytest.approx(second + 1.98, rel=0.005) for second in range(10)]


def test_an_import_has_nothing_to_compare_and_replays_well(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    paws("import", recording(tmp_path, "t_s,heel_newton\n0,1\n0.1,2\n"), "--out", out)
    told = paws("replay", out)
    assert (told.code, told.err, "Replayed the same" in told.out) == (0, "", False)


def test_a_million_rows_take_little_memory_and_a_bearable_time(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "million.csv"
    with path.open("w") as file:
        file.write("t_s,heel_newton\n")
        file.writelines(f"{i / 50:.2f},{i * 7 % 2000 / 100}\n" for i in range(1_000_000))
    began_s = _computed_s()
    told = in_a_process("import", path, home=home, before=_little_memory, within_s=10 * MILLION_IN_S)
    took_s = _computed_s() - began_s
    print(f"a million rows: {took_s:.1f} s")
    assert (told.code, told.err, "(1000000 readings, " in told.out) == (0, "", True)
    assert took_s < MILLION_IN_S


def _computed_s() -> float:
    """Of our children, whatever else this machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _little_memory() -> None:
    # Of data alone: the libraries' own code is shared and is not counted.
    limit = MILLION_IN_KILOBYTES * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def test_the_zero_noise_of_a_load_cell_is_no_force_and_is_told(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    rows = "".join(f"{i / 50},{-0.03 if i == 7 else -0.01 if i % 2 else 0.02},-0.001\n" for i in range(100))
    told = paws("import", recording(tmp_path, "t_s,heel_newton,palm_newton\n" + rows), "--out", out)
    assert (told.code, told.err) == (0, "paws: 150 values below 0 read as 0, the lowest -0.03 N\n")
    seen = [event["peak_newton"] for event in paws("replay", "--json", out).json_lines if event["event"] == "force"]
    assert seen == [pytest.approx(0.02, abs=0.02)] * 2


def test_one_value_below_zero_is_told_as_one(tmp_path: Path) -> None:
    told = paws("import", recording(tmp_path, "t_s,heel_newton\n0,1\n1,-0.5\n"))
    assert (told.code, told.err) == (0, "paws: 1 value below 0 reads as 0, the lowest -0.5 N\n")


def test_an_empty_cell_is_a_lost_reading_and_its_mark_stays(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    content = "t_s,heel_newton,palm_newton,mark\n0,1,1,\n1,, 2,too_much\n2,1,1,\n3,1, ,\n4,1,1,\n"
    told = paws("import", recording(tmp_path, content), "--out", out)
    assert (told.code, told.err, "(3 readings, 0:04)" in told.out) == (
        0,
        "paws: 2 rows have no value for a pad and count as lost readings\n",
        True,
    )
    with out.open("rb") as file:
        others = [item for item in TapeReader(file, "a").inputs() if not isinstance(item, Reading)]
    assert others == [
        Dropout(1.0, "no value"),
        Mark(1.0, "too_much"),
        Dropout(3.0, "no value"),
        End(4.0, "recording_ended"),
    ]


def test_a_recording_that_is_clipped_for_a_minute_is_no_broken_pad(tmp_path: Path) -> None:
    out = tmp_path / "a.tape"
    rows = "".join(f"{i / 10},{min(i / 5, 40)}\n" for i in range(1000))
    paws("import", recording(tmp_path, "t_s,heel_newton\n" + rows), "--out", out)
    page = " ".join(paws("summary", out).out.split())
    assert ("as recorded; above 30 N on a pad too much to tell" in page, "plugs" in page) == (True, False)
    assert "Glove" not in page

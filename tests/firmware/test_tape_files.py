"""Files that are no tapes, or no whole ones: one line, or as much of the session as there is."""

from pathlib import Path

import msgspec
import pytest

from coach.tape import FORMAT, header_line
from firmware.recording import open_tape

from .command import lines_of, paws, retold, written
from .conftest import Demo

READERS = ("summary", "replay")


@pytest.mark.parametrize("verb", READERS)
def test_a_tape_that_is_not_there_is_refused(verb: str, home: Path) -> None:
    told = paws(verb, "nowhere.tape")
    assert (told.code, told.refusal) == (
        2,
        f"there is no tape nowhere.tape - name a file, or the number of a tape in {home}/tapes",
    )


def test_before_the_first_session_there_is_nothing_to_sum_up(home: Path) -> None:
    told = paws("summary")
    assert (told.code, told.refusal) == (
        2,
        f"there is no tape in {home}/tapes yet - run `paws demo` or `paws session` first",
    )


@pytest.mark.parametrize("verb", READERS)
def test_a_folder_is_no_tape(verb: str, tmp_path: Path) -> None:
    told = paws(verb, tmp_path)
    assert (told.code, told.refusal) == (2, f"{tmp_path} is a folder - name one of the tapes in it")


@pytest.mark.parametrize("verb", READERS)
def test_an_empty_file_is_no_tape(verb: str, tmp_path: Path) -> None:
    tape = written(tmp_path / "a.tape", b"")
    told = paws(verb, tape)
    assert (told.code, told.refusal) == (2, f"{tape} is empty, so there is no session on it - name another tape")


@pytest.mark.parametrize("verb", READERS)
@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"PK\x03\x04" + bytes(range(256)) * 40,
        b"t_s,heel_newton\n0,1\n1,2\n",
        b"Dear diary,\n",
        b"\n",
        b"00000000 H {}\n",
        b"\xff\xfe\x00",
    ],
    ids=["png", "zip", "csv", "text", "newline", "wrong checksum", "bytes"],
)
def test_a_foreign_file_is_no_tape(verb: str, content: bytes, tmp_path: Path) -> None:
    tape = written(tmp_path / "a.tape", content)
    told = paws(verb, tape)
    assert (told.code, told.refusal) == (
        2,
        f"{tape} does not begin like a tape of ours - name a file that `paws` wrote",
    )


@pytest.mark.parametrize("verb", READERS)
def test_a_tape_from_the_future_asks_for_a_newer_program(verb: str, gentle: Demo, tmp_path: Path) -> None:
    with open_tape(gentle.tape) as reader:
        newer = msgspec.structs.replace(reader.header, format=FORMAT + 1)
    tape = written(tmp_path / "a.tape", header_line(newer))
    told = paws(verb, tape)
    assert (told.code, told.refusal) == (
        2,
        f"{tape} has tape format {FORMAT + 1}, this program reads up to {FORMAT} - update kittypaws",
    )


@pytest.mark.parametrize("verb", READERS)
def test_a_tape_cut_in_the_middle_of_a_line_is_forgiven_and_called_cut_off(
    verb: str, gentle: Demo, tmp_path: Path
) -> None:
    lines = lines_of(gentle.tape)
    half = lines[: len(lines) // 2]
    told = paws(verb, written(tmp_path / "a.tape", [*half, lines[len(half)][:-5]]))
    assert (told.code, told.err, "cut off: the tape has no end" in told.out) == (0, "", True)


def test_a_header_alone_is_a_session_in_which_nothing_was_pressed(gentle: Demo, tmp_path: Path) -> None:
    told = paws("summary", written(tmp_path / "a.tape", lines_of(gentle.tape)[0]))
    assert (told.code, "Presses     none" in told.out) == (0, True)


def test_a_damaged_reading_costs_that_reading_and_is_told(gentle: Demo, tmp_path: Path) -> None:
    lines = lines_of(gentle.tape)
    # While the hand is away: no event hangs on this one reading.
    at = next(i for i, line in enumerate(lines) if line[9:10] == b"R" and i > 10)
    lines[at] = lines[at][:-2] + b"?\n"
    tape = written(tmp_path / "a.tape", lines)
    summary, replay = paws("summary", "--json", tape), paws("replay", tape)
    assert [summary.json["damaged_lines"], summary.code, replay.code] == [1, 0, 0]
    assert f"Tape        1 damaged line was left out, the first is line {at + 1}" in replay.out


def test_a_tape_whose_times_go_back_names_the_first_such_line(gentle: Demo, tmp_path: Path) -> None:
    lines = lines_of(gentle.tape)
    at = next(i for i, line in enumerate(lines) if line[9:10] == b"R" and i > 100)
    tape = written(tmp_path / "a.tape", [*lines[: at + 1], lines[5], *lines[at + 1 :]])
    summary, replay = paws("summary", "--json", tape), paws("replay", tape)
    assert (summary.json["damaged_lines"], summary.json["first_damage"].startswith(f"line {at + 2} (")) == (1, True)
    assert (replay.code, f"the first is line {at + 2} (" in replay.out) == (0, True)


def test_a_cut_tape_is_the_same_as_far_as_it_goes(gentle: Demo, tmp_path: Path) -> None:
    lines = lines_of(gentle.tape)
    told = paws("replay", written(tmp_path / "a.tape", lines[: len(lines) // 2]))
    last = told.out.splitlines()[-1]
    assert (
        told.code,
        last.startswith("Replayed the same as far as it goes: "),
        last.endswith("; the tape is cut off."),
    ) == (
        0,
        True,
        True,
    )


def test_a_damaged_event_is_told_and_replay_says_no(gentle: Demo, tmp_path: Path) -> None:
    lines = lines_of(gentle.tape)
    at = next(i for i, line in enumerate(lines) if b'"press_began"' in line)
    lines[at] = b"x" + lines[at][1:]
    tape = written(tmp_path / "a.tape", lines)
    summary, replay = paws("summary", tape), paws("replay", tape)
    assert [summary.code, replay.code, "1 damaged line" in summary.out] == [0, 1, True]
    assert replay.err.startswith(f"paws: {tape} replays differently")
    assert replay.err.count("\n") == 1


def test_an_event_of_a_later_program_is_passed_over(gentle: Demo, tmp_path: Path) -> None:
    lines = lines_of(gentle.tape)
    from coach.tape import _line

    lines.insert(20, _line("E", '{"event":"purr","t_s":0.1,"loud":true}'))
    told = paws("replay", written(tmp_path / "a.tape", lines))
    assert (told.code, told.err) == (0, "")


def test_an_event_changed_with_a_right_checksum_makes_replay_differ(gentle: Demo, tmp_path: Path) -> None:
    lines = lines_of(gentle.tape)
    at = next(i for i, line in enumerate(lines) if b'"press_ended"' in line)
    lines[at] = retold(lines[at], peak_newton=9.99)
    told = paws("replay", written(tmp_path / "a.tape", lines))
    assert told.code == 1
    assert '"event":"press_ended"' in told.err
    assert '"peak_newton":9.99' in told.err


def test_a_tape_can_be_named_by_its_number_and_the_newest_by_nothing(gentle: Demo, home: Path) -> None:
    whole = gentle.tape.read_bytes()
    written(home / "tapes" / "000007.tape", whole)
    # Not by date, and not by the alphabet.
    written(home / "tapes" / "1000000.tape", lines_of(gentle.tape)[0])
    assert "Presses     none" in paws("summary").out
    assert "Presses     4" in paws("summary", 7).out
    # By its file name, wherever one stands.
    assert "Presses     4" in paws("summary", "000007.tape").out
    assert "Presses     4" in paws("replay", "000007.tape").out


@pytest.mark.parametrize("name", ["²", "x", "-1"])
def test_a_strange_file_among_the_tapes_is_left_alone(name: str, gentle: Demo, home: Path) -> None:
    written(home / "tapes" / "000001.tape", gentle.tape.read_bytes())
    written(home / "tapes" / f"{name}.tape", b"")
    assert paws("summary").code == 0


@pytest.mark.parametrize("name", ["a" * 300, "1" * 5000, ""], ids=["long", "many digits", "nothing"])
def test_a_name_that_no_tape_can_have_is_refused(name: str) -> None:
    told = paws("summary", name)
    assert told.code == 2
    assert told.refusal


GOLDEN = Path(__file__).parents[1] / "tapes"


@pytest.mark.parametrize("name", ["format_1_demo", "format_1_cut", "format_1_import", "format_2_demo"])
def test_a_tape_of_an_earlier_program_says_the_same_today(name: str) -> None:
    told = paws("replay", GOLDEN / f"{name}.tape")
    assert (told.code, told.err) == (0, "")
    assert paws("summary", GOLDEN / f"{name}.tape").code == 0

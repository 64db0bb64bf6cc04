"""`paws history` on real tapes, and its index, which nobody need care for."""

import fcntl
import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.history import Visit, history_of
from coach.tape import TapeReader, header_lines
from firmware.history_index import VERSION, visits_in
from firmware.history_page import history_lines
from firmware.html_page import OURS

from .command import paws
from .conftest import Demo


def put(folder: Path, number: int, demo: Demo, label: str, source: str = "right glove") -> Path:
    """Put the tape of a demo among one's own, with another date and glove."""
    with demo.tape.open("rb") as file:
        header = replace(TapeReader(file, "demo").header, label=label, source=source)
    folder.mkdir(parents=True, exist_ok=True)
    rest = b"".join(demo.tape.read_bytes().splitlines(keepends=True)[2:])
    tape = folder / f"{number:06d}.tape"
    tape.write_bytes(header_lines(header) + rest)
    return tape


@pytest.fixture
def tapes(home: Path, gentle: Demo) -> Path:
    """Three sessions in two weeks, and a demo."""
    folder = home / "tapes"
    for number, day in enumerate(("2026-11-02", "2026-11-04", "2026-11-11"), start=1):
        put(folder, number, gentle, f"{day} 20:15")
    put(folder, 4, gentle, "2026-11-12 20:15", "emulated hand: gentle, seed 1")
    return folder


def listed(tapes: Path) -> list[int | str]:
    """The numbers of the sessions that the index yields, and its complaints."""
    found = visits_in(tapes, tapes.with_name("history.sqlite"))
    return [visit.number if isinstance(visit, Visit) else visit for visit in found]


# -- what is printed ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tapes")
def test_a_line_a_session_and_a_bar_a_week() -> None:
    lines = paws("history").out.splitlines()
    assert lines[:8] == [
        "Sessions             minutes     holds  longest  lean-ins  score",
        "  2026-11-02 20:15      2:06    2 of 2     0:46    4 of 4    100",
        "  2026-11-04 20:15      2:06    2 of 2     0:46    4 of 4    100",
        "  2026-11-11 20:15      2:06    2 of 2     0:46    4 of 4    100",
        "",
        "Weeks",
        "  from 2026-11-02   2 sessions,   4 full holds  ████████████████████",
        "  from 2026-11-09    1 session,   2 full holds  ██████████",
    ]
    assert max(len(line) for line in lines) <= 72


def test_what_was_measured_more_than_once_has_a_small_curve() -> None:
    visit = Visit(1, "2026-11-20 20:15", "glove", "free", 60.0, 3, 3, 8.0, 3, 3, 20.0, 0, None, ())
    visits = [
        visit,
        replace(visit, number=2, rise_newton_per_s=None, longest_hold_s=0.0, score=70),
        replace(visit, number=3, rise_newton_per_s=16.0, longest_hold_s=40.0),
    ]
    lines = history_lines(history_of(visits, date(2026, 11, 23)), all_sessions=True)
    at = lines.index("Trends")
    # One score is no trend.
    assert lines[at + 1 : at + 4] == [
        "  quickest lean-in  ▅ █  8.0 N/s to 16 N/s",
        "  longest hold      ▅▁█  0:20 to 0:40",
        "",
    ]
    assert "Trends" not in history_lines(history_of(visits[:1], date(2026, 11, 23)), all_sessions=True)


@pytest.mark.usefixtures("tapes")
def test_demos_are_left_out_where_a_glove_was_worn_and_marked_where_they_are_wanted() -> None:
    assert [visit["number"] for visit in paws("history", "--json").json["visits"]] == [1, 2, 3]
    assert [visit["number"] for visit in paws("history", "--everything", "--json").json["visits"]] == [1, 2, 3, 4]
    assert "  2026-11-12 20:15      2:06    2 of 2     0:46    4 of 4    100 *" in paws("history", "--everything").out


@pytest.mark.usefixtures("home")
def test_who_has_only_demos_sees_them() -> None:
    paws("demo")
    assert "* on the emulated glove" in paws("history").out


def test_of_many_sessions_the_newest_dozen_are_shown_or_all(home: Path, gentle: Demo) -> None:
    for number in range(1, 15):
        put(home / "tapes", number, gentle, f"2026-10-{number:02d} 20:15")
    shown, everything = paws("history").out, paws("history", "--all").out
    assert ("2 earlier ones are not shown (--all)" in shown, shown.count(" 20:15")) == (True, 12)
    assert ("earlier ones" in everything, everything.count(" 20:15")) == (False, 14)


def test_a_date_that_cannot_be_is_told(home: Path, gentle: Demo) -> None:
    put(home / "tapes", 1, gentle, "1970-01-01 00:04")
    assert "  date unsure " in paws("history").out


def test_spots_of_a_plan_are_told_with_the_last_time(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("steps = [{kind='hold', spot='side left'}, {kind='hold', spot='crest left'}, {kind='rest'}]")
    paws("demo", "--hand", "gentle", "--plan", plan)
    lines = paws("history").out.splitlines()
    assert any(line.startswith("  side, left          1 full hold, 0:") for line in lines)


def test_without_a_session_one_line_says_how_to_begin() -> None:
    assert paws("history").refusal.endswith("yet - run `paws demo` or `paws session` first")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--html", "--json"), "--html and --json are different ways to print - choose one of them"),
        (("--out", "x.html"), "--out says where the HTML goes - add --html"),
    ],
)
def test_options_that_exclude_each_other(options: tuple[str, ...], told: str) -> None:
    assert paws("history", *options).refusal == told


# -- HTML ---------------------------------------------------------------------------------------------------


def test_the_page_is_a_file_of_ours_beside_the_tapes(tapes: Path) -> None:
    told = paws("history", "--html")
    page = (tapes / "history.html").read_bytes()
    assert (told.out, page.startswith(OURS)) == (f"{tapes / 'history.html'}\n", True)
    assert page.count(b"<svg") == 3
    assert paws("history", "--html", "--out", "-").out.encode() == page


def test_of_one_session_there_is_nothing_to_plot(home: Path, gentle: Demo) -> None:
    put(home / "tapes", 1, gentle, "2026-11-02 20:15")
    assert "<svg" not in paws("history", "--html", "--out", "-").out


def test_what_is_no_page_of_ours_stays(tapes: Path) -> None:
    (tapes / "history.html").write_text("a diary")
    assert "is no page of ours" in paws("history", "--html").refusal


# -- the index ----------------------------------------------------------------------------------------------


def test_the_second_time_no_tape_is_read(tapes: Path) -> None:
    before = listed(tapes)
    # Only who looks inside would notice.
    for tape in tapes.glob("*.tape"):
        facts = tape.stat()
        tape.write_bytes(b"x" * facts.st_size)
        os.utime(tape, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (before, listed(tapes)) == ([1, 2, 3, 4], [1, 2, 3, 4])


@pytest.mark.parametrize("damage", [None, b"", b"garbage" * 1000, "other version", "another table", "a folder"])
def test_an_index_that_is_gone_damaged_or_foreign_is_made_anew(tapes: Path, damage: bytes | str | None) -> None:
    whole = listed(tapes)
    index = tapes.with_name("history.sqlite")
    if damage is None or damage == "a folder":
        index.unlink()
    if isinstance(damage, bytes):
        index.write_bytes(damage)
    elif damage == "a folder":
        index.mkdir()
    elif damage is not None:
        with sqlite3.connect(index) as known:
            known.execute("DROP TABLE visits")
            known.execute("CREATE TABLE visits (other TEXT)")
            known.execute(f"PRAGMA user_version = {VERSION + (damage == 'other version')}")
        known.close()
    assert (listed(tapes), listed(tapes)) == (whole, whole)


def test_a_tape_that_changed_is_read_anew_and_one_that_is_gone_is_forgotten(tapes: Path, gentle: Demo) -> None:
    listed(tapes)
    put(tapes, 2, gentle, "2026-11-05 21:00")
    (tapes / "000001.tape").unlink()
    visits = [visit for visit in visits_in(tapes, tapes.with_name("history.sqlite")) if isinstance(visit, Visit)]
    assert [(visit.number, visit.label) for visit in visits[:1]] == [(2, "2026-11-05 21:00")]
    with sqlite3.connect(tapes.with_name("history.sqlite")) as known:
        assert known.execute("SELECT count(*) FROM visits").fetchone() == (3,)
    known.close()


def test_a_tape_that_cannot_be_read_is_named_and_the_others_are_shown(tapes: Path) -> None:
    (tapes / "000002.tape").write_bytes(b"no tape\n")
    told = paws("history", "--json")
    assert [visit["number"] for visit in told.json["visits"]] == [1, 3]
    assert told.err.startswith("paws: 000002.tape is left out: ")


def test_a_session_under_way_is_not_counted_yet(tapes: Path) -> None:
    with (tapes / "000003.tape").open("rb") as growing:
        fcntl.flock(growing, fcntl.LOCK_EX)
        assert listed(tapes) == [1, 2, 4]
    assert listed(tapes) == [1, 2, 3, 4]


def test_while_another_history_is_being_made_this_one_is_made_in_memory(
    tapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("firmware.history_index.WAITS_S", 0.01)
    listed(tapes)
    with sqlite3.connect(tapes.with_name("history.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert listed(tapes) == [1, 2, 3, 4]
    other.close()


def test_where_nothing_can_be_written_all_is_read_anew(tapes: Path) -> None:
    found = visits_in(tapes, Path("/proc/history.sqlite"))
    assert [visit.number for visit in found if isinstance(visit, Visit)] == [1, 2, 3, 4]

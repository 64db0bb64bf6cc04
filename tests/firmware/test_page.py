"""The printed page holds its width and says what is missing, whatever the session was."""

import resource
import signal
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from coach.account import Account
from coach.events import (
    CeilingLowered,
    Cue,
    CueChanged,
    Dropped,
    Ending,
    Event,
    ForceSeen,
    Marked,
    Outcome,
    PadChanged,
    Preload,
    PressEnded,
    SessionEnded,
)
from coach.forces import AS_RECORDED, Forces, forces_of
from coach.plan import FREE, Plan
from coach.summary import Summary
from firmware.html_page import html_page
from firmware.page import numbers, page
from firmware.paragraph import WIDTH
from firmware.words import scale_newton
from sensing.calibration import nominal_calibration
from sensing.inputs import MarkWord
from sensing.pads import PadRules

from .command import in_a_process, paws, written
from .conftest import Demo

HOURS_8 = 8 * 3600


NOMINAL = forces_of([nominal_calibration(("heel", "palm", "fingers"))], PadRules())


def press(
    t_s: float, held_s: float, *, slow: bool = True, peak: float = 12.0, rise: float = 3.0, too_hard: bool = False
) -> PressEnded:
    outcome: Outcome = "full" if held_s >= 30 else "short"
    return PressEnded(t_s, t_s - held_s - 6, peak, 9.0, 5.0, rise, 2.0, held_s, outcome, slow, None, too_hard)


def account(
    *events: Event,
    length_s: float = 100.0,
    ended: Ending | None = "finished",
    not_recorded: str | None = None,
    damaged: int = 0,
    plan: Plan = FREE,
    forces: Forces = NOMINAL,
) -> Summary:
    made = Account(plan, "2026-11-22 20:15", "emulated hand: gentle, seed 1", forces)
    for event in events:
        made.feed(event)
    for second in range(int(length_s)):
        made.feed(ForceSeen(second + 1.0, float(second), 10.0 + second % 7, 12.0))
    if ended is not None:
        made.feed(SessionEnded(length_s, ended))
    return made.summary(not_recorded, damaged)


def marks(count: int) -> Iterable[Event]:
    words = ("too_much", "just_right", "next", "end", "stop")
    return (Marked(i * 10.0, words[i % 5], 12.0) for i in range(count))


LONG_REASON = "config reads 0x8583, not 0xc3e3 at 0x49: does another program use the bus?"

PAGES = {
    "nothing pressed": account(),
    "nothing at all": account(length_s=0),
    "one press": account(press(60, 35), length_s=65),
    "cut off": account(press(60, 35), ended=None),
    "broken pad": account(press(60, 35), PadChanged(3.0, "fingers", "open")),
    "broken bus": account(press(60, 35), *(Dropped(i * 600.0, LONG_REASON, 0.0) for i in range(40))),
    "not recorded": account(
        press(60, 35), not_recorded="not recorded: /media/stick/" + "long/" * 30 + ": no such file or directory"
    ),
    "damaged": account(press(60, 35), damaged=12),
    "many marks": account(*marks(300), *(press(60 + i, 12) for i in range(30))),
    "eight hours": account(*(press(i * 50 + 40.0, 25.0 + i % 20) for i in range(570)), length_s=HOURS_8),
    "a day": account(press(60, 35), length_s=86400),
}


@pytest.mark.parametrize("what", PAGES)
def test_no_page_is_wider_than_its_width(what: str) -> None:
    first, *lines = page(PAGES[what]).splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []
    assert len(first) <= WIDTH + 20, "the title may be longer, but not by much"


@pytest.mark.parametrize("what", PAGES)
def test_no_page_is_longer_than_a_screen(what: str) -> None:
    assert len(page(PAGES[what]).splitlines()) <= 42


@pytest.mark.parametrize("what", PAGES)
def test_every_page_ends_with_what_to_do_when_something_is_wrong(what: str) -> None:
    assert page(PAGES[what]).rstrip().endswith("call the midwife.")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("nothing pressed", "Presses     none"),
        ("cut off", "cut off: the tape has no end"),
        ("broken pad", "Glove       0:03 fingers pad not connected"),
        ("broken bus", "0:00 no readings (config reads 0x8583"),
        ("broken bus", "and 34 more"),
        ("not recorded", "Tape        not recorded: "),
        ("damaged", "Tape        12 damaged lines were left out"),
        ("many marks", "Said        0:00 too much, 0:10 just right"),
        ("many marks", "and 114 more"),
        ("eight hours", "570 lasted 30 s or more"),
    ],
)
def test_a_page_says_what_was(what: str, words: str) -> None:
    assert words in " ".join(page(PAGES[what]).split("\n"))


def test_a_broken_pad_is_what_to_look_after_next_time() -> None:
    assert "Next time   Look after the glove" in page(PAGES["broken pad"])


def told(summary: Summary, head: str) -> str | None:
    """Return what stands beside a heading."""
    return dict(numbers(summary)).get(head)


def softer(t_s: float) -> list[Event]:
    return [CueChanged(t_s, Cue.SOFTER, True, "softer"), CueChanged(t_s + 2, Cue.SOFTER, False, "softer")]


SORE = Plan(name="a sore evening", slower_above_newton_per_s=1.5, ceiling_newton=12)


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        (FREE, None),
        (SORE, "a sore evening: slower above 1.5 N/s, softer above 12 N"),
        (Plan(ceiling_newton=8), "free: slower above 4 N/s, softer above 8 N"),
    ],
)
def test_a_plan_of_ones_own_is_named_with_its_limits(plan: Plan, line: str | None) -> None:
    assert told(account(press(60, 35), plan=plan), "Plan") == line


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (press(60, 35, peak=9, rise=4.44), "1 of 1 slow enough, the quickest about 4.4 N/s; the limit is 4"),
        (press(60, 35, peak=9, rise=23.4, slow=False), "0 of 1 slow enough, the quickest about 23 N/s; the limit is 4"),
        (press(60, 35, peak=9.9), "1 of 1 slow enough, the quickest about 3.0 N/s; the limit is 4"),
        (press(60, 35, peak=20), "1 of 1 slow enough, the quickest about 3.0 N/s; the limit is 4, at 20 N about 7.9"),
        (press(60, 35, peak=13), "1 of 1 slow enough, the quickest about 3.0 N/s; the limit is 4, at 12 N about 6.0"),
    ],
)
def test_lean_ins_are_told_beside_the_limit_that_was_in_force(made: PressEnded, line: str) -> None:
    assert told(account(made), "Lean-ins") == line


@pytest.mark.parametrize(
    ("presses", "line"),
    [
        (
            [(60.0, 35.0, "full"), (90.0, 12.0, "unsure")],
            "1 of 1 lasted 30 s or more, the longest 0:35; 1 not seen whole",
        ),
        ([(60.0, 12.0, "unsure")], "none seen whole, the longest 0:12"),
        ([(60.0, 2.4, "touch")], "none, the longest 0:02"),
        ([(60.0, 0.3, "touch")], "none"),
    ],
)
def test_holds_that_the_glove_did_not_see_whole_count_for_nothing(
    presses: list[tuple[float, float, Outcome]], line: str
) -> None:
    summary = account(*[replace(press(t_s, held_s), outcome=outcome) for t_s, held_s, outcome in presses])
    assert (told(summary, "Holds"), told(summary, "Let go")) == (line, None)
    assert ("not seen whole" in page(summary)) == any(outcome == "unsure" for *_, outcome in presses)


def test_holds_that_were_too_hard_are_counted() -> None:
    assert told(account(press(60, 35, too_hard=True), press(99, 31)), "Holds") == (
        "2 of 2 lasted 30 s or more, the longest 0:35; 1 too hard"
    )


def test_too_hard_names_her_ceiling() -> None:
    once = account(press(60, 35), *softer(40))
    often = account(press(60, 35), *softer(40), *softer(50), CeilingLowered(51, 9.63))
    sore = account(press(60, 35), *softer(40), *softer(44), *softer(50), plan=SORE)
    assert [told(summary, "Too hard") for summary in (once, often, sore)] == [
        "once; the ceiling is 20 N",
        "twice; her ceiling is about 10 N",
        "3 times; the ceiling is 12 N",
    ]


@pytest.mark.parametrize(
    ("word", "ended", "said"),
    [
        ("stop", "she said stop", "0:50 stop"),
        ("end", "ended by the partner's button", None),
        (None, "stopped", None),
    ],
)
def test_who_said_stop_is_told_and_only_her_words_are_listed(
    word: MarkWord | None, ended: str, said: str | None
) -> None:
    words = [Marked(20, "next", 3.0)] + ([] if word is None else [Marked(50.0, word, 3.0)])
    summary = account(press(40, 35), *words, length_s=53, ended="stopped")
    assert page(summary).splitlines()[0] == f"Kittypaws   2026-11-22 20:15   0:53, {ended}"
    assert (f"0:53, {ended}".replace("'", "&#x27;") in html_page(summary), told(summary, "Said")) == (True, said)


def test_the_page_says_how_far_its_forces_can_be_believed() -> None:
    assert told(account(press(60, 35)), "Forces") == (
        "the pads were never calibrated: newtons may be off by a quarter (paws calibrate)"
    )
    assert told(account(press(60, 35), forces=AS_RECORDED), "Forces") == "as recorded"
    assert told(account(), "Forces") is None, "without a newton there is nothing to believe"


def test_every_trouble_of_the_glove_is_told_in_plain_words_with_its_time() -> None:
    states = ("open", "short", "stuck", "loose", "silent")
    several = account(press(60, 35), *(PadChanged(i * 10.0, "heel", state) for i, state in enumerate(states)))
    assert told(several, "Glove") == (
        "0:00 heel pad not connected, 0:10 heel pad shorted, 0:20 heel pad stuck, 0:30 heel pad loose wire, "
        "0:40 heel pad feels nothing while the others do"
    )
    over = account(press(60, 35), PadChanged(10, "palm", "over"), PadChanged(40, "palm", "stuck"))
    assert told(over, "Glove") == "0:40 palm pad pressed beyond what it can tell for half a minute"
    tight = account(press(60, 35), Preload(1, "palm", 4.2), Dropped(20, "nothing came", 19))
    assert told(tight, "Glove") == "0:01 palm pad too tight, loosen it (about 4 N), 0:20 no readings"


@pytest.mark.parametrize(("asked", "told"), [(None, False), ("list", False), ("line", False), ("nobody", True)])
def test_only_where_nobody_was_asked_the_page_says_so(asked: str | None, told: bool) -> None:
    line = ("Before", "nobody was asked the questions of the leaflet")
    assert (line in numbers(replace(account(press(60, 35)), asked=asked))) is told


def test_a_page_of_what_might_have_been_says_so_first() -> None:
    summary = msgspec.structs.replace(account(press(60, 35)), instead_of="a sore evening")
    assert numbers(summary)[0] == ("What if", "judged again by other limits; the session itself had: a sore evening")


def test_the_scale_of_the_picture_is_a_number_that_the_calibration_supports() -> None:
    assert [scale_newton(17, share) for share in (0.26, None)] == [18, 17]
    assert "16 N</span>" in html_page(account(press(60, 35), forces=NOMINAL))


def test_the_words_beside_the_picture_are_not_scaled_down_with_it_on_a_phone() -> None:
    html = html_page(account(press(60, 35)))
    assert ("<text" in html, "preserveAspectRatio" in html) == (False, True)


def test_what_to_do_when_something_is_wrong_is_not_the_palest_on_the_page() -> None:
    style = html_page(account()).partition(".safety {")[2].partition("}")[0]
    assert "color:" not in style


def test_the_holds_stand_apart_from_their_heading() -> None:
    lines = page(account(press(35, 35))).splitlines()
    assert next(line for line in lines if "holds" in line.lower() and "━" in line).startswith(" holds ")


def test_the_picture_ends_where_the_session_ends() -> None:
    lines = page(PAGES["eight hours"]).splitlines()
    axis = next(line for line in lines if line.strip().startswith("0:00") and line.endswith("8:00:00"))
    picture = lines[: lines.index(axis)]
    assert max(len(line) for line in picture if "█" in line) == len(axis)


@pytest.mark.parametrize("what", PAGES)
def test_every_page_is_html_too_and_loads_nothing_from_anywhere(what: str) -> None:
    html = html_page(PAGES[what])
    assert [word for word in ("http://", "https://", "<script", "src=", "url(") if word in html] == []


def test_the_html_page_lies_beside_its_tape(gentle: Demo, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    told = paws("summary", gentle.tape, "--html", "--out", out)
    assert (told.code, told.out, out.read_text().startswith("<!doctype html>")) == (0, f"{out}\n", True)


def test_html_that_cannot_be_written_is_refused(gentle: Demo, tmp_path: Path) -> None:
    told = paws("summary", gentle.tape, "--html", "--out", tmp_path / "no" / "page.html")
    assert (told.code, told.refusal.startswith(f"{tmp_path}/no/page.html: no such file")) == (2, True)


def test_html_and_json_are_not_both_to_be_had(gentle: Demo) -> None:
    told = paws("summary", gentle.tape, "--html", "--json")
    assert (told.code, told.refusal) == (2, "--html and --json are different ways to print - choose one of them")


@pytest.mark.parametrize("dear", [b"dear to me", b"", b"<!doctype html><title>Mine</title>", b"\xff\xfe"])
def test_a_file_that_is_no_page_of_ours_is_never_written_over(dear: bytes, gentle: Demo, tmp_path: Path) -> None:
    out = written(tmp_path / "dear.txt", dear)
    told = paws("summary", gentle.tape, "--html", "--out", out)
    assert (told.code, told.refusal, out.read_bytes()) == (
        2,
        f"{out} is there already and is no page of ours - name another file, or remove that one first",
        dear,
    )


def test_a_tape_is_never_written_over_by_its_page(gentle: Demo) -> None:
    before = gentle.tape.read_bytes()
    told = paws("summary", gentle.tape, "--html", "--out", gentle.tape)
    assert (told.code, "no page of ours" in told.refusal, gentle.tape.read_bytes() == before) == (2, True, True)


@pytest.mark.parametrize("place", ["/dev/null", "."])
def test_what_is_no_file_at_all_is_left_alone(place: str, gentle: Demo) -> None:
    told = paws("summary", gentle.tape, "--html", "--out", place)
    assert (told.code, told.refusal.startswith(f"{place} is there already")) == (2, True)


def test_an_earlier_page_of_ours_is_written_anew(gentle: Demo, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    paws("summary", gentle.tape, "--html", "--out", out)
    page = out.read_bytes()
    written(out, page.replace(b"Presses", b"Former"))
    told = paws("summary", gentle.tape, "--html", "--out", out)
    assert (told.code, out.read_bytes() == page, list(tmp_path.glob("*"))) == (0, True, [out])


def _tiny_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_on_a_full_disk_there_is_no_page_or_the_former_one(gentle: Demo, tmp_path: Path, home: Path) -> None:
    out = tmp_path / "pages" / "page.html"
    out.parent.mkdir()
    told = in_a_process("summary", gentle.tape, "--html", "--out", out, home=home, before=_tiny_disk)
    assert (told.code, told.refusal, list(out.parent.glob("*"))) == (
        2,
        f"{out}: file too large - make room on that disk, then try again",
        [],
    )

"""The printed page holds its width and says what is missing, whatever the session was."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from coach.events import Dropped, Event, ForceSeen, Marked, PadChanged, PressEnded, SessionEnded
from coach.plan import FREE
from coach.summary import Account, Summary
from firmware.html_page import html_page
from firmware.page import WIDTH, page

from .command import paws
from .conftest import Demo

HOURS_8 = 8 * 3600


def press(t_s: float, held_s: float, *, slow: bool = True) -> PressEnded:
    return PressEnded(
        t_s, t_s - held_s - 6, 12.0, 9.0, 5.0, 3.0, 2.0, held_s, "full" if held_s >= 30 else "short", slow, None
    )


def account(
    *events: Event, length_s: float = 100.0, ended: bool = True, not_recorded: str | None = None, damaged: int = 0
) -> Summary:
    made = Account(FREE, "2026-11-22 20:15", "emulated hand: gentle, seed 1")
    for event in events:
        made.feed(event)
    for second in range(int(length_s)):
        made.feed(ForceSeen(second + 1.0, float(second), 10.0 + second % 7, 12.0))
    if ended:
        made.feed(SessionEnded(length_s, "finished"))
    return made.summary(not_recorded, damaged)


def marks(count: int) -> Iterable[Event]:
    words = ("too_much", "just_right", "next", "end", "stop")
    return (Marked(i * 10.0, words[i % 5], 12.0) for i in range(count))


LONG_REASON = "config reads 0x8583, not 0xc3e3 at 0x49: does another program use the bus?"

PAGES = {
    "nothing pressed": account(),
    "nothing at all": account(length_s=0),
    "one press": account(press(60, 35), length_s=65),
    "cut off": account(press(60, 35), ended=False),
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
    assert len(page(PAGES[what]).splitlines()) <= 36


@pytest.mark.parametrize("what", PAGES)
def test_every_page_ends_with_what_to_do_when_something_is_wrong(what: str) -> None:
    assert page(PAGES[what]).rstrip().endswith("call the midwife.")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("nothing pressed", "Presses     none"),
        ("cut off", "cut off: the tape has no end"),
        ("broken pad", "Glove       0:03 fingers pad open"),
        ("broken bus", "0:00 config reads 0x8583"),
        ("broken bus", "and 34 more"),
        ("not recorded", "Tape        not recorded: "),
        ("damaged", "Tape        12 damaged lines were left out"),
        ("many marks", "Said        0:00 too much, 0:10 just right"),
        ("many marks", "and 194 more"),
        ("eight hours", "570 lasted 30 s or more"),
    ],
)
def test_a_page_says_what_was(what: str, words: str) -> None:
    assert words in " ".join(page(PAGES[what]).split("\n"))


def test_a_broken_pad_is_what_to_look_after_next_time() -> None:
    assert "Next time   Look after the glove" in page(PAGES["broken pad"])


def test_the_picture_ends_where_the_session_ends() -> None:
    lines = page(PAGES["eight hours"]).splitlines()
    axis = next(line for line in lines if line.strip().startswith("0:00") and line.endswith("8:00:00"))
    assert max(len(line) for line in lines if "█" in line) == len(axis)


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

"""The leaflet as a couple gets it: in the terminal, on two sides of paper, and as a page of this repository."""

import re
from html import unescape
from pathlib import Path

import pytest

from coach.before import BEGINNING, LEAFLET, NUMBERS, POSITIONS, READ_FIRST, RED_FLAGS, STAYS_OFF, TODAY
from firmware.html_page import OURS
from firmware.plans import load_plan

from .command import Told, in_a_process, paws, written

KEPT = Path(__file__).parents[2] / "hardware" / "leaflet.md"
# All that a person is told, whatever it is printed on.
WORDS = (
    *(words for flags in RED_FLAGS for words in (flags.to_do, *flags.flags, flags.more)),
    *(words for section in LEAFLET for words in (section.heading, *section.lines)),
    *POSITIONS["side-lying"],
    *POSITIONS["seated"],
    *STAYS_OFF,
    *BEGINNING,
    # It begins the sentence in one of them and not in the others.
    TODAY[1:],
    *NUMBERS,
    "A comfort aid, not a medical device.",
    READ_FIRST,
)
HTML = ("--html", "--out", "-")


@pytest.mark.parametrize("way", [(), ("--markdown",), HTML], ids=["text", "markdown", "html"])
def test_each_way_to_print_it_has_all_of_it(way: tuple[str, ...]) -> None:
    told = paws("leaflet", *way)
    text = " ".join(unescape(re.sub("<[^>]*>", " ", told.out)).split())
    assert (told.code, told.err, [words for words in WORDS if words not in text]) == (0, "", [])


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal_nor_than_a_page(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, paws("leaflet").out.splitlines())) <= min(columns, 72)


def test_the_page_in_the_repository_is_the_one_that_is_printed() -> None:
    # Meant to change? `paws leaflet --markdown > hardware/leaflet.md`, and read it before you commit it.
    assert paws("leaflet", "--markdown").out == KEPT.read_text(encoding="utf-8")


def test_the_leaflet_as_facts() -> None:
    facts = paws("leaflet", "--json").json
    assert list(facts) == ["red_flags", "today", "numbers", "sections", "about"]
    assert [flags["whom"] for flags in facts["red_flags"]] == ["emergency", "maternity", "ask first"]
    assert (facts["today"], facts["numbers"]) == (TODAY, list(NUMBERS))
    assert [section["heading"] for section in facts["sections"]] == [section.heading for section in LEAFLET]
    assert {tuple(section) for section in facts["sections"]} == {("heading", "lines")}


def test_who_reads_it_first_is_told_the_limits_that_there_are() -> None:
    usual, sore = (load_plan(name).ceiling_newton for name in (None, "sore"))
    assert (
        f"our choice: {usual:g} N of force ({sore:g} N when sore), 30 to 60 seconds"
        in paws("leaflet", "--markdown").out
    )


def test_it_is_two_sides_of_paper_at_most() -> None:
    # Chromium sets these 950 words on one and three quarter sides of A4.
    assert len(paws("leaflet", "--markdown").out.split()) < 1050


# -- as HTML ------------------------------------------------------------------------------------------------


def test_html_loads_nothing_from_anywhere() -> None:
    html = paws("leaflet", *HTML).out
    assert html.encode().startswith(OURS)
    assert [word for word in ("http://", "https://", "<script", "src=", "url(") if word in html] == []


def test_html_is_written_before_there_is_anything_else_and_written_anew(home: Path) -> None:
    place = home / "leaflet.html"
    assert [paws("leaflet", "--html") for _ in range(2)] == [Told(0, f"{place}\n", "")] * 2
    assert place.read_text(encoding="utf-8") == paws("leaflet", *HTML).out


def test_html_goes_where_it_is_told_to(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert (paws("leaflet", "--html", "--out", out).out, out.read_bytes()[: len(OURS)]) == (f"{out}\n", OURS)
    assert not home.exists()


# -- wrong use ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (("--html", "--json"), "--html and --json are two ways to print one page - choose one of them"),
        (("--markdown", "--json"), "--markdown and --json are two ways to print one page - choose one of them"),
        (("--html", "--markdown"), "--html and --markdown are two ways to print one page - choose one of them"),
        (
            ("--json", "--html", "--markdown"),
            "--html, --markdown and --json are three ways to print one page - choose one of them",
        ),
        (("--out", "x.html"), "--out says where the HTML goes - add --html"),
        (("--markdown", "--out", "x.md"), "--out says where the HTML goes - add --html"),
    ],
)
def test_one_way_at_a_time(options: tuple[str, ...], refusal: str) -> None:
    told = paws("leaflet", *options)
    assert (told.code, told.refusal) == (2, refusal)


def test_html_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    told = paws("leaflet", "--html", "--out", tmp_path / "no" / "page.html")
    assert (told.code, told.refusal.startswith(f"{tmp_path}/no/page.html: no such file")) == (2, True)


def test_a_home_that_cannot_be_made_is_refused(home: Path) -> None:
    written(home, "a file")
    told = paws("leaflet", "--html")
    assert (told.code, told.refusal.startswith(str(home))) == (2, True)


def test_what_is_dear_to_somebody_is_not_written_over(home: Path) -> None:
    written(home / "leaflet.html", "a diary")
    told = paws("leaflet", "--html")
    assert (told.code, "leaflet.html is there already and is no page of ours" in told.refusal) == (2, True)
    assert (home / "leaflet.html").read_text() == "a diary"


def test_a_full_disk_is_one_line(home: Path) -> None:
    told = in_a_process("leaflet", "--html", "--out", "/dev/full", home=home)
    assert (told.code, "/dev/full is there already and is no page of ours" in told.refusal) == (2, True)

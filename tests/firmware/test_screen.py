"""A terminal that is drawn on in place: what it shows, how little it is sent, and that it may hang or vanish."""

import fcntl
import os
import pty
import random
import struct
import termios
from collections.abc import Iterator

import pytest

from firmware.frame import Row
from firmware.screen import Screen, can_draw

from .drawn import Drawn

SEED = 20261123
SIZE = (80, 24)
ENTERED = {"1049", "2026"}


class Tty:
    """Both ends of a terminal, and what it shows."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        self.drawn = Drawn()
        self.screen = Screen(self.slave)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.drawn.resize(columns, rows)

    def shows(self) -> list[str]:
        return self.drawn.read(self.master).text

    def sent(self) -> int:
        """Return how many bytes came since the last look."""
        before = self.drawn.bytes
        return self.drawn.read(self.master).bytes - before

    def close(self) -> None:
        self.screen.close()
        for end in (self.master, self.slave):
            os.close(end)


@pytest.fixture
def tty() -> Iterator[Tty]:
    made = Tty()
    yield made
    made.close()


def rows(*texts: str) -> list[Row]:
    return [((text, ""),) for text in texts]


def test_what_is_drawn_shows(tty: Tty) -> None:
    tty.screen.show([(("hand    ", ""), ("still", "1;32")), (), (("below", "2"),)], SIZE)
    assert tty.shows() == ["hand    still", "", "below"]


def test_only_the_cells_that_changed_are_sent(tty: Tty) -> None:
    tty.screen.show(rows("force   ████░░░░  9 N", "hand    still"), SIZE)
    tty.sent()
    tty.screen.show(rows("force   █████░░░  9 N", "hand    still"), SIZE)
    # Where to, one sign of three bytes, and the two marks of a frame.
    assert tty.sent() == len("\x1b[1;13H█\x1b[?2026h\x1b[?2026l".encode())
    assert tty.shows() == ["force   █████░░░  9 N", "hand    still"]


def test_what_did_not_change_is_not_sent_again(tty: Tty) -> None:
    tty.screen.show(rows("hand    still"), SIZE)
    tty.sent()
    tty.screen.show(rows("hand    still"), SIZE)
    assert tty.sent() == 0


def test_any_frame_follows_any_other_whatever_becomes_of_the_window(tty: Tty) -> None:
    rng = random.Random(SEED)
    signs = "ab  ██░● 手é"
    size = SIZE
    for _ in range(400):
        if rng.random() < 0.1:
            size = (rng.randrange(2, 90), rng.randrange(1, 30))
            tty.resize(*size)
        made = [tuple((("".join(rng.choices(signs, k=rng.randrange(9)))), rng.choice(["", "1", "2"]))
                      for _ in range(rng.randrange(4))) for _ in range(rng.randrange(size[1] + 2))]  # fmt: skip
        tty.screen.show(made, size)
        alone = Tty()
        alone.drawn.resize(*size)
        alone.screen.show(made, size)
        assert (tty.shows(), size) == (alone.shows(), size)
        alone.close()


def test_the_size_is_asked_for_each_time_and_a_terminal_without_one_is_a_usual_one(tty: Tty) -> None:
    assert tty.screen.size() == (80, 24)
    tty.resize(40, 10)
    assert tty.screen.size() == (40, 10)


def test_a_row_that_is_too_long_for_the_window_is_cut_off(tty: Tty) -> None:
    tty.resize(10, 2)
    tty.screen.show(rows("0123456789abc", "手手手手手手", "below"), (10, 2))
    assert tty.shows() == ["0123456789", "手手手手手"]


def test_nothing_on_a_tape_is_obeyed_by_the_terminal(tty: Tty) -> None:
    tty.screen.show(rows("a\x1b[2Jb\x07\r\nc\u202ed"), SIZE)
    assert tty.shows() == ["a?[2Jb???cd"]


def test_the_cursor_is_hidden_meanwhile_and_all_is_as_before_at_the_end(tty: Tty) -> None:
    tty.screen.show(rows("hand"), SIZE)
    tty.shows()
    assert tty.drawn.modes == {"1049"}
    tty.screen.leave()
    assert tty.screen.is_given_back(1.0)
    assert (tty.shows(), tty.drawn.modes) == ([], {"25", "7"})
    tty.screen.show(rows("too late"), SIZE)
    assert tty.shows() == []


def test_a_terminal_on_which_nothing_was_drawn_is_left_alone(tty: Tty) -> None:
    tty.screen.leave()
    assert (tty.screen.is_given_back(1.0), tty.sent()) == (True, 0)


def test_a_terminal_that_takes_nothing_is_not_waited_for_and_shows_the_newest_once_it_does(tty: Tty) -> None:
    for i in range(3000):
        tty.screen.show(rows(f"{i} " * 30), SIZE)
    tty.screen.leave()
    assert not tty.screen.is_given_back(0.0)
    assert not tty.screen.is_gone
    # It wakes up: what was left out does not come late.
    sent = tty.sent()
    assert sent < 100_000
    assert tty.screen.is_given_back(1.0)
    assert (tty.shows(), tty.drawn.modes) == ([], {"25", "7"})


def test_the_frame_after_a_stop_is_whole(tty: Tty) -> None:
    for i in range(3000):
        tty.screen.show(rows(f"{i} " * 30, "the same"), SIZE)
    tty.shows()
    for _ in range(2):
        tty.screen.show(rows("now", "the same"), SIZE)
        tty.shows()
    assert tty.drawn.text == ["now", "the same"]


def test_a_terminal_that_went_away_is_noticed_and_not_written_to_again(tty: Tty) -> None:
    tty.screen.show(rows("hand"), SIZE)
    os.close(tty.master)
    try:
        tty.screen.show(rows("still"), SIZE)
        assert tty.screen.is_gone
        tty.screen.show(rows("away"), SIZE)
        tty.screen.leave()
        assert not tty.screen.is_given_back(5.0)
        assert tty.screen.size() == (80, 24)
    finally:
        tty.master = os.open(os.devnull, os.O_RDONLY)


def test_a_terminal_that_nobody_may_open_anew_is_drawn_on_all_the_same() -> None:
    reading, writing = os.pipe()
    screen = Screen(writing)
    screen.show(rows("hand"), SIZE)
    assert b"hand" in os.read(reading, 4096)
    for i in range(3000):
        screen.show(rows(f"{i} " * 30), SIZE)
    screen.close()
    os.close(reading)
    screen.leave()
    assert screen.is_gone
    os.close(writing)


def test_a_terminal_without_our_signs_shows_others(tty: Tty) -> None:
    screen = Screen(tty.slave, "iso-8859-1")
    screen.show(rows("█░●○◐… é"), SIZE)
    assert b"#.*o+. \xe9" in os.read(tty.master, 4096)
    screen.close()


def test_whoever_wants_no_colour_gets_none(tty: Tty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen(tty.slave)
    screen.show([(("green", "1;32"),)], SIZE)
    said = os.read(tty.master, 4096)
    screen.close()
    assert (b"green" in said, b"32m" in said) == (True, False)


@pytest.mark.parametrize(("term", "draws"), [("xterm", True), ("linux", True), ("dumb", False), ("", False)])
def test_a_terminal_that_cannot_be_drawn_on_gets_lines(
    term: str, draws: bool, tty: Tty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    with os.fdopen(tty.slave, "w", closefd=False) as out:
        assert can_draw(out) is draws

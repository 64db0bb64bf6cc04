"""The questions before the first stroke, as a tired couple meets them: answers in a file for the words, the real
command at a terminal for the rest. No session begins that should not, and no answer is left anywhere.
"""

import io
import os
import signal
import sys
import termios
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.before import BEGINNING, POSITIONS, RED_FLAGS, STAYS_OFF, TODAY, Asked, Position
from firmware.asking import NotTodayError, ask_before, can_answer
from firmware.home import asked_path
from firmware.recording import open_tape
from firmware.refusal import Refusal
from hardware.board import DEFAULT_BOARD

from .command import DEADLINE_S, Running, Told, file_of, paws, written
from .conftest import Demo
from .terminal import Terminal, at_a_terminal

ALL_NO = "n\nn\nn\n"
LYING, BEGIN = "1\n", "\n"


@dataclass(frozen=True)
class Asking:
    """How a dialogue went: what it returned (None where it said that there is no session), and what it said."""

    asked: Asked | None
    out: str

    @property
    def text(self) -> str:
        """All of it in one line, as it is read aloud."""
        return " ".join(self.out.split())


def ask(answers: str, position: Position | None = None, *, emulated: bool = True) -> Asking:
    """Answer the questions with the lines of a file."""
    out = io.StringIO()
    asked: Asked | None = None
    with pytest.MonkeyPatch.context() as patch, file_of(answers) as file:
        patch.setattr(sys, "stdin", file)
        patch.setattr(sys, "stdout", out)
        with suppress(NotTodayError):
            asked = ask_before(position, emulated=emulated)
    return Asking(asked, out.getvalue())


@pytest.fixture
def remembered(home: Path) -> Path:
    """A home in which the list was asked already."""
    assert ask(ALL_NO + LYING + BEGIN).asked == "list"
    return home


# -- the questions ------------------------------------------------------------------------------------------


def test_the_first_time_the_whole_list_is_asked_and_later_the_line() -> None:
    first, later = ask(ALL_NO + LYING + BEGIN), ask("n\n" + LYING + BEGIN)
    assert (first.asked, later.asked) == ("list", "line")
    assert [flags.asks in first.text for flags in RED_FLAGS] == [True] * 3
    assert [flag in first.text for flags in RED_FLAGS for flag in flags.flags] == [True] * 17
    assert (TODAY in first.text, TODAY in later.text, RED_FLAGS[0].asks in later.text) == (False, True, False)


@pytest.mark.parametrize("number", range(len(RED_FLAGS)))
@pytest.mark.parametrize("yes", ["y", "yes", " Y ", "YES"])
def test_a_yes_ends_with_whom_to_ask_or_call_and_no_session(number: int, yes: str, home: Path) -> None:
    told = ask("n\n" * number + yes + "\n" + ALL_NO + LYING + BEGIN)
    others = [flags.to_do for i, flags in enumerate(RED_FLAGS) if i != number]
    assert (told.asked, RED_FLAGS[number].to_do in told.text, RED_FLAGS[number].more in told.text) == (None, True, True)
    assert [to_do for to_do in others if to_do in told.text] == []
    assert told.text.endswith("The massage can wait for another day.")
    # And the next time the list is asked again.
    assert list(home.glob("**/*")) == []


@pytest.mark.usefixtures("remembered")
def test_a_yes_to_the_line_shows_for_what_whom_to_call() -> None:
    told = ask("y\n" + LYING + BEGIN)
    assert (told.asked, [flags.to_do in told.text for flags in RED_FLAGS]) == (None, [True] * 3)
    assert told.text.endswith("The massage can wait for another day.")
    # The questions are over for today.
    assert RED_FLAGS[0].asks not in told.text


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("word", ["list", "LIST", " l "])
def test_the_whole_list_can_be_had_again(word: str) -> None:
    told = ask(f"{word}\n" + ALL_NO + LYING + BEGIN)
    assert (told.asked, RED_FLAGS[2].asks in told.text) == ("list", True)
    assert ask(f"{word}\nn\ny\n").asked is None


@pytest.mark.parametrize("wrong", ["", "maybe", "ja", "0", "1", "nn", "y n", "?", "list", "q", "\x1b[A", "n" * 100])
def test_what_is_neither_yes_nor_no_is_asked_again_and_enter_is_no_answer(wrong: str) -> None:
    told = ask(f"{wrong}\nn\n{wrong}\n{wrong}\nn\ny\n")
    assert (told.asked, told.text.count("y or n, please; when in doubt, y.")) == (None, 3)
    assert RED_FLAGS[2].to_do in told.text


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("wrong", ["", "maybe", "q", "1"])
def test_the_line_wants_an_answer_too(wrong: str) -> None:
    told = ask(f"{wrong}\n{wrong}\nno\n" + LYING + BEGIN)
    assert (told.asked, told.text.count("y, n or list, please; when in doubt, y.")) == ("line", 2)


# -- how she lies or sits, and how it begins ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "position"),
    [
        ("1", "side-lying"),
        ("side-lying", "side-lying"),
        ("lying", "side-lying"),
        ("2", "seated"),
        ("Sitting", "seated"),
    ],
)
def test_the_position_is_asked_for_and_told_in_words(answer: str, position: Position) -> None:
    told = ask(ALL_NO + f"3\n\n{answer}\n" + BEGIN)
    assert (told.asked, told.text.count("1 or 2, please.")) == ("list", 2)
    assert [line for line in (*POSITIONS[position], *STAYS_OFF, *BEGINNING) if line not in told.text] == []
    assert [line for other in POSITIONS if other != position for line in POSITIONS[other] if line in told.text] == []


@pytest.mark.parametrize("position", POSITIONS)
def test_a_position_of_the_plan_is_not_asked_for(position: Position) -> None:
    told = ask(ALL_NO + BEGIN, position)
    assert (told.asked, "How would she like to be" in told.text) == ("list", False)
    assert POSITIONS[position][0] in told.text


@pytest.mark.parametrize("answer", ["n", "no", "q", "quit"])
def test_who_does_not_want_to_begin_need_not(answer: str) -> None:
    told = ask(ALL_NO + LYING + f"later\n{answer}\n")
    assert (told.asked, told.text.endswith("Enter, or n, please. The massage can wait for another day.")) == (
        None,
        True,
    )


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal_nor_than_a_page(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = [*ask(ALL_NO + LYING + BEGIN).out.splitlines(), *ask("x\ny\n").out.splitlines()]
    assert max(map(len, lines)) <= min(columns, 72)


# -- the end of the answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", ["", "n", "n\nn\n", ALL_NO, ALL_NO + LYING])
def test_answers_that_end_too_early_begin_nothing(answers: str) -> None:
    with pytest.raises(Refusal) as refusal:
        ask(answers)
    assert (refusal.value.exit_code, str(refusal.value)) == (2, "the answers ended too early - no session was begun")


# -- what is remembered -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"n\n", b"the list was", b"\x00" * 19, b"\xff\xfe", b"the list was asked\n" * 9]
)
def test_a_damaged_memory_is_none(content: bytes, remembered: Path) -> None:
    written(remembered / "asked.emulated", content)
    assert ask(ALL_NO + LYING + BEGIN).asked == "list"
    assert ask("n\n" + LYING + BEGIN).asked == "line"


def test_a_memory_that_cannot_be_read_or_written_is_no_error(home: Path) -> None:
    (home / "asked.emulated").mkdir(parents=True)
    assert [ask(ALL_NO + LYING + BEGIN).asked for _ in range(2)] == ["list", "list"]


def test_a_home_that_cannot_be_made_is_no_error(home: Path) -> None:
    written(home, "a file")
    assert [ask(ALL_NO + LYING + BEGIN).asked for _ in range(2)] == ["list", "list"]


@pytest.mark.usefixtures("remembered")
def test_a_try_on_the_emulated_glove_is_no_first_session() -> None:
    assert ask(ALL_NO + LYING + BEGIN, emulated=False).asked == "list"
    assert ask("n\n" + LYING + BEGIN, emulated=False).asked == "line"


def test_no_answer_is_kept(home: Path) -> None:
    for answers in ("y\n", "n\ny\n", "n\nn\ny\n", ALL_NO + LYING + BEGIN, "y\n", "list\nn\ny\n", "n\n2\nn\n"):
        ask(answers)
    assert {path.name: path.read_bytes() for path in home.iterdir()} == {"asked.emulated": b"the list was asked\n"}
    assert asked_path(emulated=True) == home / "asked.emulated"


# -- who is asked -------------------------------------------------------------------------------------------


class Stream(io.StringIO):
    """Standard input or output, as far as a program can ask what it is."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize(
    ("keyboard", "screen", "answers"),
    [(True, True, True), (True, False, False), (False, True, False), (None, True, False)],
)
def test_only_who_can_read_and_type_is_asked(
    keyboard: bool | None, screen: bool, answers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None if keyboard is None else Stream(is_terminal=keyboard))
    monkeypatch.setattr(sys, "stdout", Stream(is_terminal=screen))
    assert can_answer() is answers


def test_a_demo_touches_nobody_and_asks_nobody(gentle: Demo) -> None:
    with open_tape(gentle.tape) as tape:
        assert tape.header.asked is None
    assert "Before " not in gentle.told.out


def test_through_pipes_nobody_is_asked_and_tape_and_page_say_so(home: Path) -> None:
    with Running("session", "--emulated", "gentle", home=home) as session:
        session.wait_for("press each pad once: heel, palm, fingers")
        session.send(signal.SIGINT)
        told = session.end()
    assert (told.code, "Before      nobody was asked the questions of the leaflet" in told.out) == (130, True)
    assert (asked_before(home, 1), paws("summary", "--json", 1).json["asked"]) == ("nobody", "nobody")
    assert (TODAY in told.out, (home / "asked.emulated").exists()) == (False, False)


def asked_before(home: Path, number: int) -> Asked | None:
    """Return what a tape says of it."""
    with open_tape(home / "tapes" / f"{number:06d}.tape") as tape:
        return tape.header.asked


# -- at a terminal ------------------------------------------------------------------------------------------


SESSION = ("session", "--emulated", "gentle")


def begun(terminal: Terminal) -> Told:
    """Wait until the session has begun, and end it."""
    terminal.until("hello: each light once")
    terminal.send(signal.SIGINT)
    return terminal.end()


def test_a_couple_is_asked_the_list_and_the_next_time_the_line(home: Path) -> None:
    with at_a_terminal(*SESSION, home=home) as terminal:
        for flags in RED_FLAGS:
            terminal.until(flags.asks)
            terminal.answer("[y/n] ", "n")
        terminal.answer("[1/2] ", "1")
        terminal.answer("Press Enter", "")
        first = begun(terminal)
    with at_a_terminal(*SESSION, home=home) as terminal:
        terminal.answer("[y/n, or list] ", "n")
        terminal.answer("[1/2] ", "2")
        terminal.answer("Press Enter", "")
        later = begun(terminal)
    assert (first.code, first.err, later.code, later.err) == (130, "", 130, "")
    assert [asked_before(home, number) for number in (1, 2)] == ["list", "line"]
    assert "nobody was asked" not in first.out + later.out


def test_a_yes_at_the_terminal_is_the_answer_no_and_leaves_no_tape(home: Path) -> None:
    with at_a_terminal(*SESSION, home=home) as terminal:
        before = termios.tcgetattr(terminal.program)
        terminal.answer("[y/n] ", "n")
        terminal.answer("[y/n] ", "y")
        told = terminal.end()
        assert termios.tcgetattr(terminal.program) == before
    assert (told.code, told.err) == (1, "")
    assert "Call the maternity unit or the midwife now.\n" in told.out
    assert [path for path in home.glob("**/*") if path.is_file()] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_at_a_question_begins_nothing(number: signal.Signals, home: Path) -> None:
    with at_a_terminal(*SESSION, home=home) as terminal:
        before = termios.tcgetattr(terminal.program)
        terminal.answer("[y/n] ", "n")
        terminal.until("[y/n] ")
        terminal.send(number)
        told = terminal.end()
        assert termios.tcgetattr(terminal.program) == before
    assert (told.code, told.err) == (130, "paws: interrupted - no session was begun\n")
    assert [path for path in home.glob("**/*") if path.is_file()] == []


def test_a_terminal_that_goes_away_at_a_question_begins_nothing(home: Path) -> None:
    with at_a_terminal(*SESSION, home=home) as terminal:
        terminal.until("[y/n] ")
        terminal.hang_up()
        told = terminal.end_unseen()
    assert (told.code, told.err) == (130, "paws: interrupted - no session was begun\n")
    assert [path for path in home.glob("**/*") if path.is_file()] == []


def test_the_end_of_input_at_a_question_begins_nothing(home: Path) -> None:
    with at_a_terminal(*SESSION, home=home) as terminal:
        terminal.answer("[y/n] ", "\x04")
        told = terminal.end()
    assert (told.code, told.err) == (2, "paws: the answers ended too early - no session was begun\n")
    assert [path for path in home.glob("**/*") if path.is_file()] == []


def test_yes_asks_nothing_and_the_tape_and_the_page_say_so(home: Path) -> None:
    with at_a_terminal(*SESSION, "--yes", home=home) as terminal:
        told = begun(terminal)
    assert (told.code, asked_before(home, 1), "[y/n]" in told.out) == (130, "nobody", False)
    assert "Before      nobody was asked the questions of the leaflet" in told.out


def test_facts_alone_are_not_for_a_dialogue(home: Path) -> None:
    with at_a_terminal(*SESSION, "--json", home=home) as terminal:
        tape = home / "tapes" / "000001.tape"
        deadline_s = time.monotonic() + DEADLINE_S
        while not (tape.exists() and b" R " in tape.read_bytes()) and time.monotonic() < deadline_s:
            os.sched_yield()
        terminal.send(signal.SIGINT)
        told = terminal.end()
    assert (told.code, '"asked":"nobody"' in told.out, asked_before(home, 1)) == (130, True, "nobody")


def test_a_wrong_plan_is_told_before_anybody_is_asked(home: Path) -> None:
    with at_a_terminal(*SESSION, "--plan", home / "none.toml", home=home) as terminal:
        told = terminal.end()
    assert (told.code, told.out, "none.toml does not exist" in told.err) == (2, "", True)


@pytest.mark.skipif(Path(f"/dev/i2c-{DEFAULT_BOARD.adc.bus}").exists(), reason="this machine has a glove's bus")
def test_a_glove_that_is_not_there_is_told_before_anybody_is_asked(home: Path) -> None:
    with at_a_terminal("session", home=home) as terminal:
        told = terminal.end()
    assert (told.code, told.out, "/dev/i2c-1 is not there" in told.err) == (3, "", True)

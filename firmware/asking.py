"""The dialogue before the first stroke: the questions, how to lie or sit, and how to begin.

No answer is kept anywhere; only that the list was asked. Where nobody can answer, nobody is asked: the leaflet is the
check then.
"""

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from coach.before import (
    BEGINNING,
    CAN_WAIT,
    NEVER,
    POSITION_NAMES,
    POSITIONS,
    RED_FLAGS,
    STAYS_OFF,
    TODAY,
    Asked,
    Position,
)

from .conversation import Conversation
from .home import asked_path
from .leaflet import items_of, whom_to_call
from .paragraph import paragraph, text_width
from .refusal import INTERRUPTED, Refusal
from .whole_file import write_whole

T = TypeVar("T")

# All that is ever written; any other content is as good as none.
_WAS_ASKED: Final = b"the list was asked\n"
_YES_OR_NO: Final = {"y": True, "yes": True, "n": False, "no": False}
_TODAY: Final = _YES_OR_NO | {"list": None, "l": None}
# Here nothing is at stake, so Enter alone will do.
_BEGINS: Final = _YES_OR_NO | {"": True, "q": False, "quit": False}
_POSITIONS: Final[dict[str, Position]] = {
    "1": "side-lying",
    "side-lying": "side-lying",
    "side": "side-lying",
    "lying": "side-lying",
    "2": "seated",
    "seated": "seated",
    "sitting": "seated",
}


class NotTodayError(Exception):
    """There will be no session now; the person has been told what there is to tell."""


def can_answer() -> bool:
    """Return whether somebody sits before a terminal, to read and to type."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def ask_before(position: Position | None, *, emulated: bool) -> Asked:
    """Ask the questions, say how to begin, and return what was asked.

    Args:
        position: How she lies or sits; asked for where the plan does not say.
        emulated: Whether it is the emulated glove.

    Raises:
        NotTodayError: A question was answered with yes, or nobody wants to begin.
        Refusal: The answers ended, or the person interrupted them.
    """
    remembered = asked_path(emulated=emulated)
    try:
        with Conversation(sys.stdout, patient=False) as talk:
            return _Asking(talk, remembered).run(position)
    except EOFError:
        raise Refusal("the answers ended too early - no session was begun") from None
    except KeyboardInterrupt:
        raise Refusal("interrupted - no session was begun", INTERRUPTED) from None


class _Asking:
    """One dialogue."""

    def __init__(self, talk: Conversation, remembered: Path) -> None:
        self._talk, self._remembered = talk, remembered
        self._width = text_width()

    def run(self, position: Position | None) -> Asked:
        asked: Asked = "line" if self._was_asked() and self._line() else "list"
        if asked == "list":
            self._list()
            self._remember()
        self._how(position or self._position())
        self._say("Press Enter when you are both comfortable, or n to leave it for today.")
        if not self._answer("", _BEGINS, "Enter, or n, please."):
            self._say(CAN_WAIT)
            raise NotTodayError
        return asked

    def _line(self) -> bool:
        """Ask the one question of later times, and return whether it was answered; else the list is wanted."""
        self._say(TODAY)
        answer = self._answer("[y/n, or list] ", _TODAY, "y, n or list, please; when in doubt, y.")
        if answer:
            for line in (*whom_to_call(self._width), ""):
                self._talk.say(line)
            self._say(CAN_WAIT)
            raise NotTodayError
        return answer is not None

    def _list(self) -> None:
        self._talk.say()
        self._say("A few questions before you begin, best read aloud. No answer is kept; `paws leaflet` prints them.")
        for flags in RED_FLAGS:
            self._talk.say()
            self._say(flags.asks)
            for line in items_of(flags, self._width):
                self._talk.say(line)
            if self._answer("[y/n] ", _YES_OR_NO, "y or n, please; when in doubt, y."):
                self._talk.say()
                self._say(f"{flags.to_do}. {flags.more}")
                self._say(CAN_WAIT)
                raise NotTodayError

    def _position(self) -> Position:
        self._talk.say()
        self._say("How would she like to be?")
        for number, name in enumerate(POSITION_NAMES.values(), start=1):
            self._talk.say(f"  {number}  {name}")
        return self._answer("[1/2] ", _POSITIONS, "1 or 2, please.")

    def _how(self, position: Position) -> None:
        for lines in ((*POSITIONS[position], NEVER), STAYS_OFF, BEGINNING):
            self._talk.say()
            for line in lines:
                self._say(line)
        self._talk.say()

    def _say(self, text: str) -> None:
        for line in paragraph(text, self._width):
            self._talk.say(line)

    def _answer(self, question: str, known: Mapping[str, T], otherwise: str) -> T:
        """Return what an answer means; ask until it means something."""
        while (answer := self._talk.ask(question).lower()) not in known:
            self._say(otherwise)
        return known[answer]

    def _was_asked(self) -> bool:
        try:
            return self._remembered.read_bytes() == _WAS_ASKED
        except OSError:
            return False

    def _remember(self) -> None:
        # Forgotten, it is asked once more; that is no reason not to begin.
        with suppress(OSError):
            self._remembered.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._remembered, _WAS_ASKED)

"""Lines to a person and answers from one, without ever stopping to read the glove.

In a terminal the answer is typed at the end of one live line, which is drawn anew at every look. Elsewhere (pipes,
logs, tests) there are plain lines, and answers are lines of the standard input.
"""

import os
import re
import shutil
import signal
import sys
import termios
import tty
from types import FrameType, TracebackType
from typing import Any, Self, TextIO

from .waker import Waker

# Erases the live line.
_ANEW = "\r\x1b[K"
# What arrow keys and the like send.
_ESCAPES = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O.|.)?")
_END_OF_INPUT, _ERASE, _ERASE_ALL = "\x04", "\x7f\b", "\x15"
# Nobody types more into one answer; what a cat types on the keyboard must not grow for ever.
_LONGEST = 40
# Ten pictures a second look alive.
FRAME_S = 0.1


class Conversation:
    """One dialogue at the terminal, or through pipes.

    Args:
        out: Where the lines go.
        patient: Without a terminal, wait for an answer as long as it takes: an emulated clock stands still meanwhile.

    Attributes:
        is_live: Whether there is a terminal for a live line.
    """

    def __init__(self, out: TextIO, *, patient: bool) -> None:
        self._out = out
        self._patient = patient
        self._in = sys.stdin.fileno()
        self.is_live = os.isatty(self._in) and out.isatty() and os.environ.get("TERM") != "dumb"
        self._typed = ""
        self._lines: list[str] = []
        self._ended = False
        self._drawn = False
        self._before: list[Any] | None = None
        self._handlers: dict[signal.Signals, Any] = {}
        self._waker = Waker()

    def __enter__(self) -> Self:
        # Until a verb takes it over an interrupt leaves at once, and would leave the terminal as it is now.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            handler = signal.getsignal(number)
            if handler is not signal.SIG_IGN:
                self._handlers[number] = handler
                signal.signal(number, self._interrupt)
        if self.is_live:
            self._before = termios.tcgetattr(self._in)
            # Letters come one by one and are drawn by us; Ctrl-C stays what it is.
            tty.setcbreak(self._in)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_gone:
            self._wipe()
        self._give_back()

    @property
    def _is_gone(self) -> bool:
        """Whether the terminal was taken away: a window that was closed, an ssh that was cut."""
        return self.is_live and not os.isatty(self._in)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        # First of all: an interrupt that comes while a dialogue begins or ends leaves it by no other way.
        self._give_back()
        raise KeyboardInterrupt

    def _give_back(self) -> None:
        """Leave terminal and signals as they were; an interrupt in the middle of it begins it anew."""
        if self._before is not None and not self._is_gone:
            termios.tcsetattr(self._in, termios.TCSADRAIN, self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._waker.close()

    def say(self, line: str = "") -> None:
        """Print a line that stays."""
        self._wipe()
        print(line, file=self._out, flush=True)

    def show(self, picture: str, question: str) -> None:
        """Draw the live line: the picture, the question and what was typed so far."""
        if not self.is_live:
            return
        asked = f"{question}{self._typed}"
        room = shutil.get_terminal_size().columns - 2 - len(asked)
        line = f"{picture[: max(room, 0)]} {asked}" if picture else asked
        self._out.write(f"{_ANEW}{line}")
        self._out.flush()
        self._drawn = True

    def heard(self, *, wait: bool = False) -> str | None:
        """Return the next answer if there is one.

        Args:
            wait: Until something is typed, be it a single letter.

        Raises:
            EOFError: There will be none any more.
        """
        forever = wait or (self._patient and not self.is_live)
        while not self._lines and not self._ended:
            if not self._waker.wait_for(self._in, None if forever else 0.0):
                return None
            self._take(os.read(self._in, 4096))
            if self.is_live and not self._lines and not self._ended:
                # A letter: it is to be drawn.
                return None
        if not self._lines:
            raise EOFError
        return self._lines.pop(0).strip()

    def ask(self, question: str) -> str:
        """Ask something for which the glove need not be read, and wait for the answer."""
        if not self.is_live:
            self.say(question.rstrip())
        while True:
            self.show("", question)
            if (answer := self.heard(wait=True)) is not None:
                return answer

    def _take(self, read: bytes) -> None:
        text = _ESCAPES.sub("", read.decode(errors="ignore"))
        # At a terminal the end is a letter too.
        for letter in text if read else _END_OF_INPUT:
            if letter == _END_OF_INPUT:
                self._ended = True
                # A last line without an end is an answer too.
                self._lines += [self._typed] if self._typed else []
                return
            if letter in "\r\n":
                self._lines.append(self._typed)
                self._typed = ""
            elif letter in _ERASE:
                self._typed = self._typed[:-1]
            elif letter == _ERASE_ALL:
                self._typed = ""
            elif letter.isprintable() and len(self._typed) < _LONGEST:
                self._typed += letter

    def _wipe(self) -> None:
        if self._drawn:
            self._out.write(_ANEW)
            self._drawn = False

"""What the terminal shows during a session: a live view for eyes, plain lines for pipes and logs.

Both draw from a thread of their own; the loop only leaves them a note and goes on. They may die without any effect.
"""

import queue
import sys
import threading
from collections import deque
from collections.abc import Sequence
from typing import Self, TextIO

from coach.events import Event
from coach.session import Session
from sensing.inputs import Input

from .frame import LINES_AT_MOST, frame
from .moment import Moment, moment_of
from .screen import Screen
from .words import Telling

# As often as an eye reads a number; twice as often would cost a Zero, and a slow link, twice as much.
FRAMES_HZ = 4
# The loop leaves a note a little more often, so that no frame shows what is old.
MOMENT_EVERY_S = 0.2
# So long the terminal may take, at the end, for what it was sent last; a frame is some hundred bytes.
_TAKEN_WITHIN_S = 0.5


class PlainView:
    """One line for each thing that a person would want to know.

    Args:
        out: Where the lines go, standard output without it.
        uncertain_share: How far off its newtons may be; None where something else measured them.
        to_press: The pads that have to be pressed once before green comes.
    """

    def __init__(
        self, out: TextIO | None = None, uncertain_share: float | None = None, to_press: Sequence[str] = ()
    ) -> None:
        self._out = out or sys.stdout
        self._telling = Telling(uncertain_share, to_press)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        for line in self._telling.first_lines():
            self._lines.put(line)
        self._thread = threading.Thread(target=self._work, name="terminal", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.put(None)
        self._thread.join(2.0)

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Note the events."""
        del item, session
        for line in self._telling.lines(events):
            self._lines.put(line)

    def _work(self) -> None:
        try:
            while (line := self._lines.get()) is not None:
                print(line, file=self._out, flush=True)
        except OSError:
            # Nobody reads any more (a closed pipe); the session goes on without a reader.
            return


class LiveView:
    """Force, phase, hold time and the four lights, drawn in place.

    Args:
        title: What is shown.
        screen: Where.
        uncertain_share: How far off its newtons may be; None where something else measured them.
        to_press: The pads that have to be pressed once before green comes.
    """

    def __init__(
        self, title: str, screen: Screen, uncertain_share: float | None = None, to_press: Sequence[str] = ()
    ) -> None:
        self._title, self._screen = title, screen
        self._uncertain_share, self._telling = uncertain_share, Telling(uncertain_share, to_press)
        self._moment: Moment | None = None
        self._next_s = 0.0
        self._lines: deque[str] = deque(self._telling.first_lines(), maxlen=LINES_AT_MOST)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._work, name="terminal", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join(2.0)
        self._screen.leave()
        self._screen.is_given_back(_TAKEN_WITHIN_S)

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Leave a note of this moment, if something happened or the last one is old."""
        if events:
            self._lines.extend(self._telling.lines(events))
        elif item.t_s < self._next_s:
            return
        self._next_s = item.t_s + MOMENT_EVERY_S
        self._moment = moment_of(session, item.t_s, self._telling.to_press, self._lines)

    def _work(self) -> None:
        while not self._done.wait(1 / FRAMES_HZ) and not self._screen.is_gone:
            moment = self._moment
            if moment is not None:
                size = self._screen.size()
                self._screen.show(frame(self._title, moment, *size, uncertain_share=self._uncertain_share), size)

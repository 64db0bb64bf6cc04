"""What the terminal shows during a session: a live view for eyes, plain lines for pipes and logs.

Both draw from a thread of their own; the loop only leaves them a note and goes on. They may die without any effect.
"""

import queue
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from coach.cues import DARK, Levels, Look
from coach.events import Event
from coach.plan import Step
from coach.session import Session
from coach.verdict import minutes
from sensing.inputs import Input
from sensing.press import Phase

from .words import SAYS, Telling, rounded_newton, step_words

FRAMES_HZ = 10
LINES_SHOWN = 6
BAR_WIDTH = 40
PHASES = {Phase.AWAY: "hand away", Phase.LEAN_IN: "leaning in", Phase.HOLD: "still", Phase.RELEASE: "letting go"}
LIGHTS = (("green", "green"), ("amber", "yellow"), ("blue", "blue"), ("red", "red"))


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


@dataclass(frozen=True, slots=True)
class _Moment:
    """What one frame shows."""

    t_s: float
    force_newton: tuple[tuple[str, float | None], ...]
    phase: Phase
    held_s: float | None
    hold_s: float
    ceiling_newton: float
    levels: Levels
    looks: tuple[Look, ...]
    step: Step | None
    to_press: tuple[str, ...]


class LiveView:
    """Force, phase, hold time and the four lights, ten times a second; the arguments are those of `PlainView`."""

    def __init__(
        self, title: str, console: Console, uncertain_share: float | None = None, to_press: Sequence[str] = ()
    ) -> None:
        self._title = title
        self._console = console
        self._uncertain_share, self._telling = uncertain_share, Telling(uncertain_share, to_press)
        self._moment: _Moment | None = None
        self._lines: deque[str] = deque(self._telling.first_lines(), maxlen=LINES_SHOWN)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._work, name="terminal", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join(2.0)

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Leave a note of this moment."""
        self._lines.extend(self._telling.lines(events))
        self._moment = _Moment(
            item.t_s,
            tuple([(hand.side or "force", hand.force_newton(item.t_s)) for hand in session.hands]),
            session.phase,
            session.held_s,
            session.plan.hold_s,
            session.ceiling_newton,
            session.levels(item.t_s),
            session.looks,
            session.step,
            self._telling.to_press,
        )

    def _work(self) -> None:
        with Live(console=self._console, auto_refresh=False, transient=True) as live:
            while not self._done.wait(1 / FRAMES_HZ):
                moment = self._moment
                if moment is not None:
                    live.update(self._frame(moment), refresh=True)

    def _frame(self, moment: _Moment) -> Panel:
        rows = Table.grid(padding=(0, 2))
        # What a narrow terminal has beside the border, the headings and the number.
        width = max(5, min(BAR_WIDTH, self._console.width - 26))
        for name, newton in moment.force_newton:
            rows.add_row(name, _bar(newton, moment.ceiling_newton, _newtons(newton, self._uncertain_share), width))
        held = "" if moment.held_s is None else minutes(moment.held_s)
        rows.add_row("hold", _bar(moment.held_s, moment.hold_s, held, width))
        rows.add_row("hand", PHASES[moment.phase])
        rows.add_row("lights", _lights(moment.levels))
        rows.add_row("cue", ", ".join(SAYS[look] for look in moment.looks) or _without_a_look(moment))
        if moment.step is not None:
            step, say = moment.step, "" if moment.step.say is None else f". {moment.step.say}"
            rows.add_row("step", Text(step_words(step.kind, step.spot) + say, overflow="fold"))
        past = Text("\n".join(self._lines) or " ", style="dim", no_wrap=True, overflow="ellipsis")
        return Panel(
            Group(rows, Text(), past), title=f"{self._title}  {minutes(moment.t_s)}", width=72, title_align="left"
        )


def _newtons(force_newton: float | None, uncertain_share: float | None) -> str:
    return "not known" if force_newton is None else f"{rounded_newton(force_newton, uncertain_share)} N"


def _bar(value: float | None, full: float, label: str, width: int) -> Text:
    """Return a bar up to its full value, and its number beside it."""
    filled = 0 if value is None else min(width, round(width * value / full))
    return Text("█" * filled + "░" * (width - filled) + "  " + label)


def _without_a_look(moment: _Moment) -> str:
    if moment.levels != DARK:
        return "hello: each light once"
    return f"dark until you press: {', '.join(moment.to_press)}" if moment.to_press else "dark: not watching yet"


def _lights(levels: Levels) -> Text:
    """Return the four lights by name as well as colour, and the buzzer."""
    text = Text()
    for name, colour in LIGHTS:
        lit = getattr(levels, name)
        text.append(f"● {name}  " if lit else f"○ {name}  ", style=f"bold {colour}" if lit else "dim")
    text.append("♪" if levels.tone_hz is not None else " ")
    return text

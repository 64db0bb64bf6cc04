"""A tape judged again, and compared with what was said at the time.

Kind, order and time of the events must be the same, numbers to 1e-6: a tape is its own regression test.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isclose

import msgspec

from coach.events import Event, SessionEnded
from coach.session import Session
from coach.tape import TapeReader
from sensing.inputs import Dropout, End, Mark, Notice, Reading

TOLERANCE = 1e-6


@dataclass(slots=True)
class Comparison:
    """How a second judgement compares with the first, as far as it has gone.

    Attributes:
        compares: False where there is nothing to compare with: other limits, or a tape without events.
        readings: How many were judged.
        events: How many were said.
        difference: The first one, in words; None while all is the same.
    """

    compares: bool = True
    readings: int = 0
    events: int = 0
    difference: str | None = None
    _is_complete: bool = False
    _said: deque[Event] = field(default_factory=deque)
    _recorded: deque[Event] = field(default_factory=deque)

    def say(self, event: Event) -> None:
        """Take an event of the second judgement."""
        self.events += 1
        if self.compares:
            self._said.append(event)
            self._meet()

    def record(self, event: Event) -> None:
        """Take an event from the tape."""
        self._is_complete = isinstance(event, SessionEnded)
        if self.compares:
            self._recorded.append(event)
            self._meet()

    def _meet(self) -> None:
        while self._said and self._recorded:
            said, recorded = self._said.popleft(), self._recorded.popleft()
            if self.difference is None and not _same(said, recorded):
                self.difference = f"the tape says {_shown(recorded)}, now it is {_shown(said)}"

    def finish(self, last_s: float) -> None:
        """End the comparison; on a tape that was cut off, what was said about its last input may be missing.

        Args:
            last_s: Time of the last input on the tape.
        """
        if self.difference is not None:
            return
        if self._recorded:
            self.difference = f"the tape says {_shown(self._recorded[0])}, now nothing is said"
        missing = [event for event in self._said if self._is_complete or event.t_s < last_s]
        if missing:
            self.difference = f"now it is {_shown(missing[0])}, the tape says nothing"


def _same(said: Event, recorded: Event) -> bool:
    return said.t_s == recorded.t_s and _alike(msgspec.to_builtins(said), msgspec.to_builtins(recorded))


def _alike(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return one == other


def _shown(event: Event) -> str:
    return msgspec.json.encode(event).decode()


def judge_again(tape: TapeReader, session: Session, comparison: Comparison) -> Iterator[Event]:
    """Feed a tape to a session and yield what it says; keep the comparison up to date on the way."""
    for item in tape:
        if not isinstance(item, Reading | Dropout | Mark | Notice | End):
            comparison.record(item)
            continue
        comparison.readings += isinstance(item, Reading)
        for event in session.feed(item):
            comparison.say(event)
            yield event
    comparison.finish(tape.last_s)

"""The loop, the same for live, demo, import and replay: inputs in, events out to every sink."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from coach.account import Account
from coach.events import Event
from coach.session import Session
from coach.tape import event_line, input_line
from sensing.inputs import End, Input, Mark, Notice

from .lights import Lights
from .tape_writer import TapeWriter


class Sink(Protocol):
    """Somebody who is told everything and picks what they need; they must return at once."""

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Take one input and what was said about it."""


def run(session: Session, inputs: Iterable[Input], sinks: Sequence[Sink]) -> None:
    """Feed the session until its end or the end of the inputs."""
    for item in inputs:
        events = session.feed(item)
        for sink in sinks:
            sink.take(item, events, session)
        if session.is_over:
            if not isinstance(item, End):
                # Ended from within (her stop, the plan's last step): the tape still gets its end.
                for sink in sinks:
                    sink.take(End(item.t_s, "finished"), (), session)
            return


class LightsSink:
    """Shows what the session says, every judged tick; first in line, so that nothing delays a cue."""

    def __init__(self, lights: Lights) -> None:
        self._lights = lights

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Show what the session says now; a word or a notice alone is no tick, its reading follows."""
        del events
        if not isinstance(item, Mark | Notice):
            self._lights.show(session.levels(item.t_s))


class TapeSink:
    """Puts inputs and events on the tape."""

    def __init__(self, writer: TapeWriter, volt_per_code: float) -> None:
        self._writer = writer
        self._volt_per_code = volt_per_code

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Hand the lines over."""
        del session
        self._writer.write(input_line(item, self._volt_per_code), item.t_s)
        for event in events:
            self._writer.write(event_line(event), item.t_s)


class AccountSink:
    """Keeps the account for the page."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def take(self, item: Input, events: Sequence[Event], session: Session) -> None:
        """Take the events into account."""
        del item, session
        for event in events:
            self.account.feed(event)

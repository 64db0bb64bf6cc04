"""Three ways to be told of a tape: drawn in place, line by line, and as JSON; notes go to standard error."""

import click
import msgspec

from coach.events import Event
from coach.summary import Summary
from coach.tape import Header
from sensing.inputs import Dropout, End, Input, Mark, Notice, Reading

from .frame import frame
from .recording import forces_on
from .screen import Screen
from .told import Told


class ToldInLines:
    """A line for each thing that a person would want to know."""

    def begin(self, header: Header, told: Told) -> None:
        """Say what comes before the first input."""
        del header
        for line in told.lines:
            click.echo(line)

    def take(self, item: Input | Event, lines: list[str]) -> None:
        """Print the lines."""
        del item
        for line in lines:
            click.echo(line)

    def idle(self) -> None:
        """Do nothing: lines stay where they are."""

    def note(self, text: str | None, *, again: bool = False) -> None:
        """Say it once."""
        if text is not None and not again:
            click.echo(f"paws: {text}", err=True)

    def remark(self, text: str) -> None:
        """Say it."""
        click.echo(f"paws: {text}", err=True)

    def end(self, summary: Summary) -> None:
        """Do nothing: the page is another verb's."""


class ToldInJson(ToldInLines):
    """The events as `paws replay --json` prints them, a summary after each tape."""

    def begin(self, header: Header, told: Told) -> None:
        """Say nothing; the first event does."""

    def take(self, item: Input | Event, lines: list[str]) -> None:
        """Print the event."""
        del lines
        if not isinstance(item, Reading | Dropout | Mark | Notice | End):
            click.echo(msgspec.json.encode(item))

    def end(self, summary: Summary) -> None:
        """Print the summary."""
        click.echo(msgspec.json.encode({"event": "summary", **msgspec.to_builtins(summary)}))


class ToldOnScreen:
    """The live view of a session, drawn from its tape.

    Args:
        screen: Where.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._title = "paws watch"
        self._told: Told | None = None
        self._uncertain_share: float | None = None
        self._note: str | None = None

    def begin(self, header: Header, told: Told) -> None:
        """Show this tape from now on."""
        self._title = f"paws watch: {header.source}"
        self._uncertain_share = forces_on(header).uncertain_share
        self._told = told

    def take(self, item: Input | Event, lines: list[str]) -> None:
        """Do nothing: what is shown is what was told when it is drawn."""

    def idle(self) -> None:
        """Draw.

        Raises:
            BrokenPipeError: The terminal is gone, and nobody reads any more.
        """
        moment = None if self._told is None else self._told.moment()
        size = self._screen.size()
        rows = frame(self._title, moment, *size, uncertain_share=self._uncertain_share, note=self._note)
        self._screen.show(rows, size)
        if self._screen.is_gone:
            raise BrokenPipeError

    def note(self, text: str | None, *, again: bool = False) -> None:
        """Show it until there is another."""
        del again
        self._note = text

    def remark(self, text: str) -> None:
        """Do nothing: it stands among the lines already."""

    def end(self, summary: Summary) -> None:
        """Draw how it ended."""
        del summary
        self.idle()

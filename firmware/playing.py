"""One session from its first tick to its page: what `paws demo` and `paws session` have in common."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType

import click
import msgspec

from coach.before import Asked
from coach.plan import Plan
from coach.summary import Summary
from coach.tape import header_lines
from hardware.board import Board
from sensing.calibration import Calibration
from sensing.inputs import EndReason, Input

from .hang_up import Terminal
from .home import divider_of, keep_settings, tapes_dir
from .lights import Lights
from .live import LiveSource
from .loop import AccountSink, LightsSink, Sink, TapeSink, run
from .page import page
from .recording import account_of, forces_on, new_header, session_of, to_press
from .refusal import INTERRUPTED
from .screen import Screen, can_draw
from .tape_recovery import recover
from .tape_writer import TapeWriter
from .tapes import short_of_room
from .terminal import LiveView, PlainView

_ENDINGS: dict[signal.Signals, EndReason] = {
    signal.SIGINT: "interrupted",
    signal.SIGQUIT: "interrupted",
    signal.SIGTERM: "terminated",
    signal.SIGHUP: "terminated",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What a session is played on, and what was asked before it; None where nobody is touched.

    The calibrations are those of the gloves that are worn, the left one first.
    """

    title: str
    source: str
    board: Board
    calibrations: tuple[Calibration, ...]
    plan: Plan
    lights: Lights
    inputs: LiveSource
    asked: Asked | None = None


# A link that stumbles is back within this; whoever stopped the terminal by a key for longer has `paws summary`.
_TERMINAL_BACK_WITHIN_S = 30.0


@contextmanager
def ending_orderly(source: LiveSource, terminal: Terminal | None = None) -> Iterator[None]:
    """Make the signals that end a program end the source instead, at its next tick.

    Args:
        source: What is to end.
        terminal: Where it is shown, if it is to go on when that is gone.
    """

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        if number != signal.SIGHUP or terminal is None or terminal.hang_up_ends:
            source.ending = _ENDINGS[signal.Signals(number)]

    # What the starter ignores (nohup) stays ignored.
    heard = [number for number in _ENDINGS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def play(
    stage: Stage,
    *,
    as_json: bool = False,
    is_watched: bool = True,
    paced: Callable[[Iterable[Input]], Iterable[Input]] | None = None,
    afterwards: Callable[[Summary], Iterable[str]] = lambda _: (),
) -> int:
    """Play a session, print its page, and return the exit code.

    Args:
        stage: What it is played on.
        as_json: Print the summary as JSON instead of views and page.
        is_watched: Whether there is somebody to read views and page; a service writes neither into the journal.
        paced: Slows the inputs down for an audience.
        afterwards: What is to be done with the summary, and the lines to tell about that.
    """
    header = new_header(stage.source, stage.calibrations, divider_of(stage.board), stage.plan, asked=stage.asked)
    session = session_of(header)
    account = AccountSink(account_of(header))
    keep_settings()
    for line in (*recover(tapes_dir()), short_of_room(tapes_dir())):
        if line is not None:
            click.echo(f"paws: {line}", err=True)
    inputs: Iterable[Input] = stage.inputs if paced is None else paced(stage.inputs)
    terminal = Terminal(stage.board)
    has_view = is_watched and not as_json
    screen = None if not has_view or not can_draw(sys.stdout) else Screen(sys.stdout.fileno(), sys.stdout.encoding)
    with ExitStack() as stack:
        # Left in the opposite order: the lights go dark first, whatever the terminal or the disk may still be doing;
        # and a second, impatient Ctrl-C cuts none of it short. The tape begins within, so that each gets its end.
        stack.enter_context(ending_orderly(stage.inputs, terminal))
        writer = TapeWriter(tapes_dir(), header_lines(header))
        stack.callback(writer.close)
        sinks: list[Sink] = [LightsSink(stage.lights), TapeSink(writer, header.volt_per_code), account]
        if has_view:
            share = forces_on(header).uncertain_share
            pads = to_press(header)
            view = PlainView(None, share, pads) if screen is None else LiveView(stage.title, screen, share, pads)
            stack.enter_context(view)
            sinks.append(view)
        stack.callback(stage.lights.close)
        run(session, inputs, sinks)
    is_read = screen is None or screen.is_given_back(_TERMINAL_BACK_WITHIN_S)
    if terminal.is_gone or not is_read:
        # The page would wait for it too, or fail; it is on the tape.
        terminal.go_on_without()
    summary = account.account.summary(not_recorded=writer.trouble)
    if as_json:
        click.echo(msgspec.json.encode(summary))
    elif is_watched:
        click.echo("\n" + page(summary))
        if writer.path is not None:
            click.echo(f"Tape: {writer.path}")
    for line in afterwards(summary):
        click.echo(line, err=as_json)
    return INTERRUPTED if summary.ended == "interrupted" else 0

"""`paws watch`: follow a session from another terminal, through its tape."""

import errno
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from firmware.home import tapes_dir
from firmware.options import json_option
from firmware.refusal import INTERRUPTED
from firmware.screen import Screen, can_draw
from firmware.tapes import named
from firmware.watchers import ToldInJson, ToldInLines, ToldOnScreen
from firmware.watching import Shown, Watch

# Watching is always ended from outside. Ctrl-C is 130 all the same, as for every verb: whoever starts it from a script
# can tell that a person ended it, and an interrupt that comes while the program still loads has no other code either.
_CODES = {signal.SIGINT: INTERRUPTED, signal.SIGQUIT: INTERRUPTED, signal.SIGTERM: 0, signal.SIGHUP: 0}
_TAKEN_WITHIN_S = 0.5


class _Leave(BaseException):
    """Somebody ended the program; there is nothing to put in order but the terminal."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@click.command("watch")
@click.argument("tape", required=False)
@json_option
def command(tape: str | None, as_json: bool) -> int:
    """Follow TAPE (a file, or the number of one of yours) as it grows; without one the newest, and then the next."""
    path = None if tape is None else named(tape, tapes_dir())
    try:
        with _left_by_signals(), _shown(as_json=as_json) as shown:
            watch = Watch(tapes_dir(), shown)
            if path is None:
                watch.every()
            else:
                ended = watch.one(path)
    except _Leave as leave:
        return leave.code
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        # The terminal that the lines went to is gone.
        raise BrokenPipeError from None
    click.echo(f"paws: {ended}", err=True)
    return 0


@contextmanager
def _left_by_signals() -> Iterator[None]:
    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        for heard in before:
            # Once is enough, and an impatient second one must not leave the terminal as it is.
            signal.signal(heard, signal.SIG_IGN)
        raise _Leave(_CODES[signal.Signals(number)])

    before = {number: signal.getsignal(number) for number in _CODES}
    before = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    try:
        for number in before:
            signal.signal(number, leave)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _shown(*, as_json: bool) -> Iterator[Shown]:
    if as_json:
        yield ToldInJson()
    elif not can_draw(sys.stdout):
        yield ToldInLines()
    else:
        screen = Screen(sys.stdout.fileno(), sys.stdout.encoding)
        try:
            yield ToldOnScreen(screen)
        finally:
            screen.leave()
            screen.is_given_back(_TAKEN_WITHIN_S)
            screen.close()

"""What the terminal shows while it happens: force, phase and lights for eyes, plain lines for pipes."""

import io
import math
import os
import time
from collections.abc import Callable

import pytest
from rich.console import Console

from coach.cues import Look
from coach.session import Session
from firmware.recording import open_tape, session_of
from firmware.terminal import LiveView, PlainView
from hardware.board import PADS
from sensing.pads import PadState
from sensing.press import Phase

from .conftest import Demo

WIDTH = 80


def played(gentle: Demo, view: LiveView | PlainView, until: Callable[[Session], bool] = lambda _: False) -> None:
    """Let a view watch the gentle hand until something is so, and half a second more."""
    end_s = math.inf
    with open_tape(gentle.tape) as tape:
        session = session_of(tape.header)
        for item in tape.inputs():
            view.take(item, session.feed(item), session)
            if end_s == math.inf and until(session):
                end_s = item.t_s + 0.5
            if item.t_s > end_s:
                return


def live() -> tuple[LiveView, io.StringIO]:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=WIDTH)
    return LiveView("paws demo: a gentle hand", console, 0.26, PADS), out


def frame(gentle: Demo, until: Callable[[Session], bool]) -> str:
    """Return the live view of that moment as plain text."""
    view, _ = live()
    played(gentle, view, until)
    plain = Console(file=io.StringIO(), width=WIDTH)
    with plain.capture() as shown:
        moment = view._moment
        assert moment is not None
        plain.print(view._frame(moment))
    return shown.get()


MOMENTS: dict[str, tuple[Callable[[Session], bool], list[str]]] = {
    "start": (
        lambda session: session.hands[0].touch is not None,
        [" 0 N", "hand    hand away", "○ green  ● amber  ○ blue  ○ red", "hello: each light once", "  0:01 "],
    ),
    "before the first press": (
        lambda session: session.hands[0].touch is not None and session.hands[0].touch.t_s > 1.3,
        [
            "○ green  ○ amber  ○ blue  ○ red",
            "cue     dark until you press: heel, palm, fingers",
            "0:00  press each pad once: heel, palm, fingers; green comes then",
        ],
    ),
    "two pads were pressed": (
        lambda session: (
            session.hands[0].glove.states[0] is PadState.OK and session.hands[0].glove.states[1] is PadState.UNVERIFIED
        ),
        ["cue     dark until you press: fingers"],
    ),
    "lean-in": (
        lambda session: session.phase is Phase.LEAN_IN and Look.WATCHING in session.looks,
        ["hand    leaning in", "cue     watching", "felt your hand", "watching (green, a heartbeat)"],
    ),
    "hold": (
        lambda session: (session.held_s or 0) > 15,
        [" 1", " N ", "hand    still", "○ green  ○ amber  ● blue  ○ red", "cue     stay here", "░  0:16", "a touch: "],
    ),
    "full hold": (
        lambda session: (session.held_s or 0) > 30,
        ["● green  ○ amber  ● blue  ○ red", "cue     stay here, a full hold: stay if it is good", "█  0:31"],
    ),
    "release": (lambda session: session.phase is Phase.RELEASE, [" 0 N", "hand    letting go"]),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_live_view_shows_force_phase_lights_and_cue(moment: str, gentle: Demo) -> None:
    until, words = MOMENTS[moment]
    shown = frame(gentle, until)
    assert [word for word in words if word not in shown] == [], shown


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_live_view_holds_its_width(moment: str, gentle: Demo) -> None:
    assert {len(line) for line in frame(gentle, MOMENTS[moment][0]).splitlines()} == {72}


def test_the_live_view_draws_by_itself_and_leaves_the_terminal_as_it_was(gentle: Demo) -> None:
    view, out = live()
    with view:
        played(gentle, view, MOMENTS["hold"][0])
        deadline_s = time.monotonic() + 10
        while "stay here" not in out.getvalue() and time.monotonic() < deadline_s:
            view._done.wait(0.01)
    assert "stay here" in out.getvalue()
    # The cursor was hidden, and is shown again at last.
    assert out.getvalue().rfind("\x1b[?25h") > out.getvalue().rfind("\x1b[?25l") >= 0


def test_a_live_view_without_a_session_draws_nothing() -> None:
    view, out = live()
    with view:
        pass
    assert "force" not in out.getvalue()


def test_the_plain_view_says_each_thing_once_with_its_time(gentle: Demo) -> None:
    out = io.StringIO()
    with PlainView(out, 0.26, PADS) as view:
        played(gentle, view)
    assert out.getvalue().splitlines() == gentle.told.cues


def test_a_plain_view_whose_reader_has_gone_does_not_disturb_the_session(gentle: Demo) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    out = os.fdopen(writing, "w")
    with PlainView(out) as view:
        played(gentle, view)
    assert not view._thread.is_alive()
    with pytest.raises(BrokenPipeError):
        out.close()

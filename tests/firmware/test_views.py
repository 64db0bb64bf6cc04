"""What the terminal shows while it happens: force, phase and lights for eyes, plain lines for pipes."""

import io
import math
import os
import pty
import select
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest

from coach.cues import Look
from coach.session import Session
from firmware.frame import frame
from firmware.moment import Moment
from firmware.recording import open_tape, session_of
from firmware.screen import Screen
from firmware.terminal import LiveView, PlainView
from hardware.board import PADS
from sensing.pads import PadState
from sensing.press import Phase

from .conftest import Demo
from .drawn import Drawn

TITLE = "paws demo: a gentle hand"


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
                break
        # Of the last one a note is taken too.
        if isinstance(view, LiveView):
            view._next_s = -math.inf
        view.take(item, [], session)


class Live:
    """A live view on a terminal, and what that shows."""

    def __init__(self) -> None:
        self.master, self._slave = pty.openpty()
        self.drawn = Drawn()
        self.view = LiveView(TITLE, Screen(self._slave), 0.26, PADS)

    def fill(self) -> None:
        """Give the terminal as much as it takes while nobody reads."""
        terminal = os.open(os.ttyname(self._slave), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        # The kernel moves on what it has taken, and takes more, for a moment.
        while select.select([], [terminal], [], 0.2)[1]:
            with suppress(BlockingIOError):
                os.write(terminal, b"x" * 4096)
        os.close(terminal)

    def shows(self, words: str) -> str:
        """Wait for these words, and return all that shows."""
        deadline_s = time.monotonic() + 10
        while words not in (text := "\n".join(self.drawn.read(self.master).text)):
            assert time.monotonic() < deadline_s, f"{words!r} never came: {text}"
            os.sched_yield()
        return text


@cache
def moment_at(gentle: Demo, name: str) -> Moment:
    view = Live().view
    played(gentle, view, MOMENTS[name][0])
    assert view._moment is not None
    return view._moment


def text_of(moment: Moment | None, columns: int = 80, rows: int = 24, note: str | None = None) -> str:
    made = frame(TITLE, moment, columns, rows, uncertain_share=0.26, note=note)
    return "\n".join("".join(text for text, _ in row) for row in made)


MOMENTS: dict[str, tuple[Callable[[Session], bool], list[str]]] = {
    "start": (
        lambda session: session.hands[0].touch is not None,
        [" 0 N", "hand    hand away", "○ green  ● amber  ○ blue  ○ red", "hello: each light once", "  0:01"],
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
        [" 1", " N", "hand    still", "○ green  ○ amber  ● blue  ○ red", "cue     stay here", "░  0:16", "a touch: "],
    ),
    "full hold": (
        lambda session: (session.held_s or 0) > 30,
        ["● green  ○ amber  ● blue  ○ red", "cue     stay here, a full hold: stay if it is good", "█  0:31"],
    ),
    "release": (lambda session: session.phase is Phase.RELEASE, [" 0 N", "hand    letting go"]),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_live_view_shows_force_phase_lights_and_cue(moment: str, gentle: Demo) -> None:
    words = MOMENTS[moment][1]
    shown = text_of(moment_at(gentle, moment))
    assert [word for word in words if word not in shown] == [], shown


@pytest.mark.parametrize(("columns", "rows"), [(40, 10), (60, 12), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_frame_keeps_within_its_terminal_and_shows_what_is_needed_most(
    moment: str, columns: int, rows: int, gentle: Demo
) -> None:
    shown = text_of(moment_at(gentle, moment), columns, rows)
    assert max(len(line) for line in shown.splitlines()) < columns
    assert len(shown.splitlines()) <= rows
    needed = ["force ", " N", "hold ", "hand ", "lights ", "green", "amber", "blue", "red", "cue "]
    assert [word for word in needed if word not in shown] == [], shown


@pytest.mark.parametrize(("columns", "rows"), [(9, 1), (12, 2), (20, 5), (39, 9)])
def test_a_terminal_that_is_too_small_shows_the_first_of_it(columns: int, rows: int, gentle: Demo) -> None:
    shown = text_of(moment_at(gentle, "hold"), columns, rows, "nothing new for 3 s").splitlines()
    assert len(shown) <= rows
    assert max(len(line) for line in shown) <= columns


def test_what_a_narrow_terminal_cannot_show_whole_ends_in_dots(gentle: Demo) -> None:
    shown = text_of(moment_at(gentle, "before the first press"), 40, 10)
    assert "  0:00  press each pad once: heel, palm…" not in shown
    assert "  0:00  press each pad once: heel, pal…" in shown
    assert "cue     dark until you press: heel,\n        palm, fingers" in shown


def test_what_the_view_says_of_itself_stands_on_top(gentle: Demo) -> None:
    moment = moment_at(gentle, "hold")
    shown = text_of(moment, note="nothing new for 7 s: its program hangs").splitlines()
    assert shown[2] == "nothing new for 7 s: its program hangs"
    assert text_of(None, note="no session yet; I wait").splitlines()[2] == "no session yet; I wait"


def test_the_live_view_draws_by_itself_and_leaves_the_terminal_as_it_was(gentle: Demo) -> None:
    live = Live()
    with live.view:
        played(gentle, live.view, MOMENTS["hold"][0])
        shown = live.shows("stay here")
        assert "hand    still" in shown
        # The cursor is hidden, on a page of its own.
        assert live.drawn.modes == {"1049"}
    assert (live.drawn.read(live.master).text, live.drawn.modes) == ([], {"25", "7"})


def test_a_live_view_without_a_session_draws_nothing() -> None:
    live = Live()
    with live.view:
        pass
    assert live.drawn.read(live.master).bytes == 0


def test_a_live_view_whose_terminal_takes_nothing_ends_all_the_same(gentle: Demo) -> None:
    live = Live()
    began_s = time.monotonic()
    with live.view:
        played(gentle, live.view, MOMENTS["hold"][0])
        # Somebody pressed Ctrl-S, or the link is down: nothing is read from here on.
        live.fill()
    assert time.monotonic() - began_s < 10
    assert not live.view._thread.is_alive()
    assert not live.view._screen.is_given_back(0.0)


def test_a_live_view_whose_terminal_went_away_is_over(gentle: Demo) -> None:
    live = Live()
    with live.view:
        played(gentle, live.view, MOMENTS["hold"][0])
        live.shows("stay here")
        os.close(live.master)
        live.view._thread.join(10)
        assert not live.view._thread.is_alive()
        played(gentle, live.view, MOMENTS["full hold"][0])


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

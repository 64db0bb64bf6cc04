"""The lights of an emulated glove: in virtual time the same guard in this process, in real time the same guardian."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from coach.cues import DARK, Levels
from hardware.board import Board
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.header import Header
from hardware.panel import Buttons, Panel
from sensing.inputs import MarkWord
from sensing.pads import FRESH_S

from .guard import POLL_S, Guard
from .guarded_lights import GuardedLights
from .guardian import show_on
from .let_go import wait_until_let_go


class LightsHere:
    """The guard, called in virtual time whatever the loop does.

    Args:
        panel: Lights and buzzer.
        buttons: Both buttons.
        glove: The emulated glove, whose hand moves the buttons' pins.
        clock: Its time, in which the guard looks at the buttons whatever the loop does.
    """

    are_lost = False

    def __init__(self, panel: Panel, buttons: Buttons, glove: EmulatedGlove, clock: VirtualClock) -> None:
        self.panel = panel
        self._buttons, self._glove, self._clock = buttons, glove, clock
        self._guard = Guard()
        self._taken = 0
        self._tick_s = clock.now_s()
        self._is_closed = False
        clock.every(POLL_S, self._look)

    def _look(self) -> None:
        if self._is_closed:
            return
        t_s = self._clock.now_s()
        self._glove.update()
        self._guard.feed(t_s, mama_down=self._buttons.mama_down(), partner_down=self._buttons.partner_down())
        show_on(self.panel, self._guard.levels(t_s))

    def show(self, levels: Levels) -> None:
        """Show that for as long as the lease runs; to be called at the end of each judged tick."""
        t_s = self._clock.now_s()
        # A tick that took so long tells of the past; the next one, at once, knows better.
        levels = levels if t_s - self._tick_s <= FRESH_S else DARK
        self._guard.take(self._tick_s, levels, self._taken)
        show_on(self.panel, self._guard.levels(t_s))

    def words(self) -> Sequence[MarkWord]:
        """Return what the buttons said since the last call; to be called at the begin of each tick."""
        self._tick_s = self._clock.now_s()
        words = self._guard.words[self._taken :]
        self._taken += len(words)
        return words

    def close(self) -> None:
        """Turn everything off; closing twice is allowed."""
        self._is_closed = True
        self.panel.close()


def lights_here(board: Board, glove: EmulatedGlove, clock: VirtualClock) -> LightsHere:
    """Take the mock pins as a guardian would.

    Raises:
        NoHardware: Mama's button is down before anything began.
    """
    with ExitStack() as taken:
        panel = taken.enter_context(Panel(board, glove.factory))
        buttons = taken.enter_context(Buttons(board, glove.factory))

        def is_down() -> bool:
            glove.update()
            return buttons.mama_down()

        wait_until_let_go(board, is_down, clock)
        taken.pop_all()
    return LightsHere(panel, buttons, glove, clock)


class PlayedLights(GuardedLights):
    """A guardian on an emulated header, whose buttons the emulated hand presses.

    Args:
        board: Which pins.
        folder: Where the header is, to watch its pins or to press its buttons from outside; None for one of its own.
        mistakes: Of whoever wired it.

    Attributes:
        header: The emulated header.
        glove: Whose hand presses the buttons, once it is there.
    """

    def __init__(self, board: Board, folder: Path | None = None, mistakes: frozenset[str] = frozenset()) -> None:
        self._own: tempfile.TemporaryDirectory[str] | None = None
        if folder is None:
            self._own = tempfile.TemporaryDirectory()
            folder = Path(self._own.name)
        self.header = Header(folder)
        self.glove: EmulatedGlove | None = None
        # Nobody presses yet: mama's is closed, if it is of the right kind.
        if board.buttons.mama != "none":
            self.header.drive(board.buttons.mama, high="button normally open" in mistakes)
        try:
            super().__init__(board, folder)
        except BaseException:
            self._leave()
            raise

    def words(self) -> Sequence[MarkWord]:
        """Return what the buttons said since the last call; to be called at the begin of each tick."""
        if self.glove is not None:
            self.glove.update()
        return super().words()

    def close(self) -> None:
        """Turn everything off; closing twice is allowed."""
        super().close()
        self._leave()

    def _leave(self) -> None:
        self.header.close()
        if self._own is not None:
            self._own.cleanup()

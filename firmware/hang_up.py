"""What becomes of a session whose terminal goes away: it goes on, unseen, as long as somebody can still end it.

SIGHUP has two meanings. Where the terminal of the session is gone, an ssh that was cut or a window that was closed, it
tells just that: the hands are at work, the lights and both buttons are with them, and nothing of it needs a terminal.
Her stop, the partner's button held for a second, the end of the plan or `kill` end the session, its tape gets its end,
and `paws summary` has the page. Where there never was a terminal (a service, a pipe), or where it is still there,
somebody sent the signal in order to end the session, and it ends dark within a second, as on SIGTERM. So it does where
no button is wired: who could not end a session must not be left with one.
"""

import os
import sys

from hardware.board import Board


class Terminal:
    """The terminal that standard output is at the start, if it is one.

    Args:
        board: Which buttons there are.
    """

    def __init__(self, board: Board) -> None:
        self._terminals = [stream.fileno() for stream in (sys.stdout, sys.stderr) if stream.isatty()]
        self._shown_on = sys.stdout.fileno() if sys.stdout.isatty() else None
        self._has_a_button = (board.buttons.mama, board.buttons.partner) != ("none", "none")

    @property
    def is_gone(self) -> bool:
        """Whether there was one and it is gone: the kernel takes it away before it sends the signal."""
        return self._shown_on is not None and not os.isatty(self._shown_on)

    @property
    def hang_up_ends(self) -> bool:
        """Whether SIGHUP is to end the session."""
        return not (self.is_gone and self._has_a_button)

    def go_on_without(self) -> None:
        """Let whatever is still said to it go nowhere: to write to a terminal that is gone is an error."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in self._terminals:
            os.dup2(nowhere, descriptor)
        os.close(nowhere)

"""Mama's button before the start: a hand that still lies on it lets go, a wire that is off does not."""

from collections.abc import Callable

from hardware.board import Board
from hardware.clock import Clock
from hardware.trouble import NoHardware

from .guard import POLL_S

# Somebody whose hand lies on the button before the start lets go within so long.
LET_GO_WITHIN_S = 1.0


def wait_until_let_go(board: Board, is_down: Callable[[], bool], clock: Clock) -> None:
    """Wait until nobody presses mama's button.

    Args:
        board: The wiring.
        is_down: Whether it reads as pressed now.
        clock: Real or virtual.

    Raises:
        NoHardware: It stays down.
    """
    until_s = clock.now_s() + LET_GO_WITHIN_S
    while is_down():
        if clock.now_s() >= until_s:
            raise NoHardware(
                f"mama's button on pin {board.buttons.mama} reads as pressed; let it go - still so: its wire is off, "
                "its plug is out, or it is a normally open one and hers must be normally closed; where there is none, "
                'set `mama = "none"` in glove.toml'
            )
        clock.sleep_until(clock.now_s() + POLL_S)

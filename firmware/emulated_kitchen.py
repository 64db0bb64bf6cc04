"""A kitchen without a scale: the real driver over an emulated chip, and a hand that presses whatever is asked for."""

from collections.abc import Callable

from hardware.ads1115 import GloveAdc
from hardware.board import Board
from hardware.clock import Clock
from hardware.emulated.fsr import HYSTERESIS_SHARE
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.scale import ScaleHand

from .calibrating import GloveReader
from .pad_on_scale import Move

# Pads of one batch differ by so much (Interlink, one standard deviation).
SPREAD = 0.06


def emulated_kitchen(
    board: Board, clock: Clock, seed: int, hand: ScaleHand, hysteresis_share: float = HYSTERESIS_SHARE
) -> tuple[GloveReader, Callable[[Move, str, float], None]]:
    """Return what reads the emulated glove, and what tells its hand what to do."""
    glove = EmulatedGlove(board, hand, clock, seed, spread=SPREAD, hysteresis_share=hysteresis_share)
    reader = GloveReader(GloveAdc(glove.bus, board.adc.right_address, board, clock), clock, board)

    def move(kind: Move, pad: str, newton: float) -> None:
        t_s = glove.t_s()
        match kind:
            case "off":
                hand.let_go(t_s)
            case "wake":
                hand.wake(t_s, pad, newton)
            case "up":
                hand.press_up_to(t_s, pad, newton)
            case "down":
                hand.ease_down_to(t_s, pad, newton)
            case "weight":
                hand.lay(t_s, pad, newton)

    return reader, move

"""The stage for a session without a glove: an emulated chip behind the real driver, gpiozero over mock pins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hardware.ads1115 import GloveAdc
from hardware.clock import Clock
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import HANDS, make_hand
from hardware.panel import Buttons, Panel

from .home import load_board, load_calibration, load_plan
from .live import LiveSource
from .playing import Stage
from .refusal import Refusal


def hand_option(flag: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a click option for the name of an emulated hand."""
    return click.option(flag, type=click.Choice(sorted(HANDS)), help="Whose hand it is.", **settings)


def emulated_stage(
    hand_name: str, seed: int, clock: Clock, plan: str | None, minutes: float | None, verb: str
) -> Stage:
    """Return a stage on the emulated glove.

    Raises:
        Refusal: There is no such hand, or a file is wrong.
    """
    board = load_board()
    try:
        hand = make_hand(hand_name, seed, minutes)
    except ValueError as error:
        raise Refusal(str(error)) from None
    glove = EmulatedGlove(board, hand, clock, seed)
    adc = GloveAdc(glove.bus, board.adc.right_address, board, clock)
    buttons = Buttons(board, glove.factory)
    source = LiveSource(adc, _Played(buttons, glove), clock, board.adc.sweeps_hz, hand.length_s)
    return Stage(
        title=f"paws {verb}: a {hand_name} hand",
        source=f"emulated hand: {hand_name}, seed {seed}",
        board=board,
        calibration=load_calibration(),
        plan=load_plan(Path(plan) if plan else None),
        panel=Panel(board, glove.factory),
        inputs=source,
    )


class _Played:
    """The buttons of an emulated glove: the hand's script moves the pins just before they are read."""

    def __init__(self, buttons: Buttons, glove: EmulatedGlove) -> None:
        self._buttons, self._glove = buttons, glove

    def mama_down(self) -> bool:
        self._glove.update()
        return self._buttons.mama_down()

    def partner_down(self) -> bool:
        return self._buttons.partner_down()

"""The stage for a session without a glove: an emulated chip behind the real driver, gpiozero over mock pins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hardware.ads1115 import GloveAdc
from hardware.clock import Clock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import HANDS, make_hand
from hardware.panel import Buttons, Panel

from .emulated_lights import LightsHere, PlayedLights
from .home import load_board, load_calibration, load_plan
from .lights import Lights
from .live import LiveSource
from .playing import Stage
from .refusal import Refusal


def hand_option(flag: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a click option for the name of an emulated hand."""
    return click.option(flag, type=click.Choice(sorted(HANDS)), help="Whose hand it is.", **settings)


def emulated_stage(
    hand_name: str,
    seed: int,
    clock: Clock,
    plan: str | None,
    minutes: float | None,
    verb: str,
    pins: Path | None = None,
) -> Stage:
    """Return a stage on the emulated glove.

    Args:
        hand_name: Who presses.
        seed: For everything that is chance.
        clock: Virtual or real.
        plan: Limits and steps as a file.
        minutes: For how long at least.
        verb: What it is for.
        pins: Folder for the emulated header, where it is to be watched; in real time only.

    Raises:
        Refusal: There is no such hand, or a file is wrong.
    """
    board, calibration = load_board(), load_calibration()
    chosen = load_plan(Path(plan) if plan else None)
    try:
        hand = make_hand(hand_name, seed, minutes)
    except ValueError as error:
        raise Refusal(str(error)) from None
    lights: Lights
    if isinstance(clock, VirtualClock):
        glove = EmulatedGlove(board, hand, clock, seed)
        lights = LightsHere(Panel(board, glove.factory), Buttons(board, glove.factory), glove, clock)
    else:
        # Its process takes a moment to start; the hand's time begins after that.
        lights = played = PlayedLights(board, pins)
        glove = played.glove = EmulatedGlove(board, hand, clock, seed, header=played.header)
    adc = GloveAdc(glove.bus, board.adc.right_address, board, clock)
    return Stage(
        title=f"paws {verb}: a {hand_name} hand",
        source=f"emulated hand: {hand_name}, seed {seed}",
        board=board,
        calibration=calibration,
        plan=chosen,
        lights=lights,
        inputs=LiveSource(adc, lights, clock, board.adc.sweeps_hz, hand.length_s),
    )

"""`paws run`: what the service starts. It waits for the partner's press, and plays session after session."""

import signal
import sys
from pathlib import Path
from types import FrameType

import click

from firmware.chosen import load_chosen
from firmware.emulation import hand_option
from firmware.halls import EmulatedHall, RealHall
from firmware.refusal import INTERRUPTED, Refusal
from firmware.service_manager import ServiceManager
from firmware.serving import Service
from hardware.clock import SystemClock


@click.command("run")
@hand_option("--emulated")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The emulated hand's seed.")
@click.option(
    "--pins",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --emulated: where the emulated pins are, to watch them and to press the partner's button.",
)
def command(emulated: str | None, seed: int, pins: Path | None) -> int:
    """Wait for the partner's button, and play a session at each press: what the service does.

    It plays the plan, and with the gloves, of the last `paws session`, or of `paws plans choose`.
    """
    if (emulated is None) is not (pins is None):
        raise Refusal("--emulated HAND and --pins FOLDER belong together - give both, or none for the real glove")
    hall = RealHall() if emulated is None or pins is None else EmulatedHall(emulated, seed, pins)
    # Between two loops there is nothing to be put in order but what unwinds by itself; a loop takes the signal over.
    signal.signal(signal.SIGTERM, _leave)
    with ServiceManager() as manager:
        service = Service(hall, load_chosen, SystemClock(), click.echo, manager)
        return INTERRUPTED if service.run() else 0


def _leave(number: int, frame: FrameType | None) -> None:
    del number, frame
    sys.exit(0)

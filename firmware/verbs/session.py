"""`paws session`: a session on the real glove, or on the emulated one at the true pace."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from coach.before import Asked
from coach.plan import Plan
from firmware.asking import NotTodayError, ask_before, can_answer
from firmware.chosen import choose
from firmware.comfort_file import remember
from firmware.emulation import emulated_stage, fault_option, hand_option
from firmware.gloves import Worn, sides_of, worn_option
from firmware.home import load_board, load_calibration, tapes_dir
from firmware.options import json_option, plan_option
from firmware.plans import load_plan
from firmware.playing import play
from firmware.real_glove import only_bus
from firmware.real_stage import real_stage
from firmware.refusal import SAID_NO, Refusal
from firmware.tapes import only_session
from hardware.clock import SystemClock
from hardware.emulated.faults import Fault


@click.command("session")
@hand_option("--emulated")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The emulated hand's seed.")
@fault_option()
@click.option(
    "--pins",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --emulated: keep the emulated pins in this folder, to watch them or press a button from outside.",
)
@worn_option
@plan_option
@click.option("--yes", is_flag=True, help="Ask nothing before it begins; you have read `paws leaflet`.")
@json_option
def command(
    emulated: str | None,
    seed: int,
    faults: tuple[Fault, ...],
    pins: Path | None,
    worn: Worn,
    plan: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Coach a session on the real glove, and print its page."""
    if faults and emulated is None:
        raise Refusal("--fault is for the emulated glove only - say whose hand it is with --emulated HAND")
    with only_session(tapes_dir()):
        # What is wrong with a file is told before anybody is asked anything.
        board, chosen = load_board(), load_plan(plan)
        for side in sides_of(worn):
            load_calibration(left=side == "left")
        is_asked = can_answer() and not (yes or as_json)
        try:
            if emulated is not None:
                both = worn == "both"
                asked = _asked(chosen, is_asked=is_asked, emulated=True)
                stage = emulated_stage(emulated, seed, SystemClock(), plan, None, "session", faults, pins, both=both)
                return play(replace(stage, asked=asked), as_json=as_json)
            with only_bus(board.adc.bus):
                asking = partial(_asked, chosen, is_asked=is_asked, emulated=False)
                stage = real_stage(board, chosen, worn=worn, asking=asking)
                # That the service will not know it is no reason not to begin.
                with suppress(Refusal):
                    choose(plan, worn)
                return play(stage, as_json=as_json, afterwards=remember)
        except NotTodayError:
            return SAID_NO


def _asked(plan: Plan, *, is_asked: bool, emulated: bool) -> Asked:
    """Ask what is to be asked before a session, if anybody is there."""
    return ask_before(plan.position, emulated=emulated) if is_asked else "nobody"

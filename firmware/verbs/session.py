"""`paws session`: a session on the real glove, or on the emulated one at the true pace."""

from dataclasses import replace
from pathlib import Path

import click

from coach.before import Asked
from coach.plan import Plan
from firmware.asking import NotTodayError, ask_before, can_answer
from firmware.calibration_origin import refuse_emulated
from firmware.emulation import emulated_stage, fault_option, hand_option
from firmware.guarded_lights import GuardedLights
from firmware.home import load_board, load_calibration, load_plan, tapes_dir
from firmware.live import LiveSource
from firmware.options import json_option, plan_option
from firmware.playing import Stage, play
from firmware.power_watch import PowerWatch
from firmware.real_glove import only_bus, open_adc
from firmware.refusal import SAID_NO, Refusal
from firmware.tapes import only_session
from hardware.board import Board
from hardware.clock import SystemClock
from hardware.emulated.faults import Fault
from hardware.power import power_tool
from sensing.calibration import Calibration


@click.command("session")
@hand_option("--emulated")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The emulated hand's seed.")
@fault_option()
@click.option(
    "--pins",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --emulated: keep the emulated pins in this folder, to watch them or press a button from outside.",
)
@click.option("--left/--right", "left", default=False, help="Which glove is worn.  [default: right]")
@plan_option
@click.option("--yes", is_flag=True, help="Ask nothing before it begins; you have read `paws leaflet`.")
@json_option
def command(
    emulated: str | None,
    seed: int,
    faults: tuple[Fault, ...],
    pins: Path | None,
    left: bool,
    plan: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Coach a session on the real glove, and print its page."""
    if faults and emulated is None:
        raise Refusal("--fault is for the emulated glove only - say whose hand it is with --emulated HAND")
    with only_session(tapes_dir()):
        # What is wrong with a file is told before anybody is asked anything.
        board, calibration, chosen = load_board(), load_calibration(), load_plan(Path(plan) if plan else None)
        is_asked = can_answer() and not (yes or as_json)
        try:
            if emulated is not None:
                asked = _asked(is_asked, emulated=True)
                stage = emulated_stage(emulated, seed, SystemClock(), plan, None, "session", faults, pins)
                return play(replace(stage, asked=asked), as_json=as_json)
            with only_bus(board.adc.bus):
                stage = _real_stage(board, calibration, chosen, left=left, is_asked=is_asked)
                return play(stage, as_json=as_json)
        except NotTodayError:
            return SAID_NO


def _asked(is_asked: bool, *, emulated: bool) -> Asked:
    """Ask what is to be asked before a session, if anybody is there."""
    return ask_before(None, emulated=emulated) if is_asked else "nobody"


def _real_stage(board: Board, calibration: Calibration, plan: Plan, *, left: bool, is_asked: bool) -> Stage:
    """Return a stage on the real glove; whether there is one is known before anybody is asked.

    Raises:
        NoHardware: A part of it is not there.
    """
    refuse_emulated(calibration)
    clock = SystemClock()
    adc = open_adc(board, clock, left=left)
    asked = _asked(is_asked, emulated=False)
    tool = power_tool()
    power = None if tool is None else PowerWatch(tool)
    lights = GuardedLights(board)
    return Stage(
        title="paws session",
        source="left glove" if left else "right glove",
        board=board,
        calibration=calibration,
        plan=plan,
        lights=lights,
        inputs=LiveSource(adc, lights, clock, board.adc.sweeps_hz, power=power),
        asked=asked,
    )

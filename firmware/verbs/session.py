"""`paws session`: a session on the real glove, or on the emulated one at the true pace."""

from pathlib import Path

import click

from coach.comfort import plan_for_her
from coach.plan import for_one_glove
from firmware.calibration_origin import refuse_emulated
from firmware.comfort_file import load_comfort, remember
from firmware.emulation import emulated_stage, fault_option, hand_option
from firmware.guarded_lights import GuardedLights
from firmware.home import load_board, load_calibration, tapes_dir
from firmware.live import LiveSource
from firmware.options import json_option, plan_option
from firmware.plans import load_plan
from firmware.playing import Stage, play
from firmware.power_watch import PowerWatch
from firmware.real_glove import only_bus, open_adc
from firmware.refusal import Refusal
from firmware.tapes import only_session
from hardware.clock import SystemClock
from hardware.emulated.faults import Fault
from hardware.power import power_tool


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
@json_option
def command(
    emulated: str | None,
    seed: int,
    faults: tuple[Fault, ...],
    pins: Path | None,
    left: bool,
    plan: str | None,
    as_json: bool,
) -> int:
    """Coach a session on the real glove, and print its page."""
    if faults and emulated is None:
        raise Refusal("--fault is for the emulated glove only - say whose hand it is with --emulated HAND")
    with only_session(tapes_dir()):
        if emulated is not None:
            stage = emulated_stage(emulated, seed, SystemClock(), plan, None, "session", faults, pins)
            return play(stage, as_json=as_json)
        with only_bus(load_board().adc.bus):
            return play(_real_stage(left, plan), as_json=as_json, afterwards=remember)


def _real_stage(left: bool, plan: str | None) -> Stage:
    """Return a stage on the real glove.

    Raises:
        NoHardware: A part of it is not there.
    """
    board = load_board()
    calibration, chosen = load_calibration(), plan_for_her(for_one_glove(load_plan(plan)), load_comfort())
    refuse_emulated(calibration)
    clock = SystemClock()
    adc = open_adc(board, clock, left=left)
    tool = power_tool()
    power = None if tool is None else PowerWatch(tool)
    lights = GuardedLights(board)
    return Stage(
        title="paws session",
        source="left glove" if left else "right glove",
        board=board,
        calibration=calibration,
        plan=chosen,
        lights=lights,
        inputs=LiveSource(adc, lights, clock, board.adc.sweeps_hz, power=power),
    )

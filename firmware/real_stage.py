"""The stage of a session on the real glove, or both: its pads, its lights, the plan that is right for her."""

from collections.abc import Callable

from coach.before import Asked
from coach.comfort import plan_for_her
from coach.plan import Plan, for_one_glove
from hardware.board import Board
from hardware.clock import SystemClock
from hardware.power import power_tool

from .calibration_origin import refuse_emulated
from .comfort_file import load_comfort
from .gloves import Worn, sides_of
from .guarded_lights import GuardedLights
from .home import load_calibration
from .live import LiveSource, refuse_too_few_sweeps
from .playing import Stage
from .power_watch import PowerWatch
from .real_glove import open_adc


def real_stage(board: Board, plan: Plan, *, worn: Worn, asking: Callable[[], Asked | None]) -> Stage:
    """Return a stage on the real glove.

    Args:
        board: How it is wired.
        plan: Of the session, before it is made hers.
        worn: Which gloves are worn.
        asking: Asks what is to be asked before; whether there is a glove is known by then, and no pin is taken yet.

    Raises:
        NoHardware: A part of it is not there.
        Refusal: A file is wrong.
    """
    sides = sides_of(worn)
    refuse_too_few_sweeps(board.adc.sweeps_hz, len(sides))
    calibrations = [load_calibration(left=side == "left") for side in sides]
    for side, calibration in zip(sides, calibrations, strict=True):
        refuse_emulated(calibration, left=side == "left")
    for_her = plan_for_her(plan if worn == "both" else for_one_glove(plan), load_comfort())
    clock = SystemClock()
    # One of them frees the bus for both: two who drive its pins at once would free nothing.
    adcs = [open_adc(board, clock, left=side == "left", frees_bus=side == sides[0]) for side in sides]
    asked = asking()
    tool = power_tool()
    power = None if tool is None else PowerWatch(tool)
    lights = GuardedLights(board)
    return Stage(
        title="paws session",
        source="both gloves" if worn == "both" else f"{worn} glove",
        board=board,
        calibrations=tuple(calibrations),
        plan=for_her,
        lights=lights,
        inputs=LiveSource(adcs, lights, clock, board.adc.sweeps_hz, power=power),
        asked=asked,
    )

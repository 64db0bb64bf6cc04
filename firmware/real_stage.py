"""The stage of a session on the real glove: its pads, its lights, the plan that is right for her."""

from collections.abc import Callable

from coach.before import Asked
from coach.comfort import plan_for_her
from coach.plan import Plan, for_one_glove
from hardware.board import Board
from hardware.clock import SystemClock
from hardware.power import power_tool

from .calibration_origin import refuse_emulated
from .comfort_file import load_comfort
from .guarded_lights import GuardedLights
from .home import load_calibration
from .live import LiveSource
from .playing import Stage
from .power_watch import PowerWatch
from .real_glove import open_adc


def real_stage(board: Board, plan: Plan, *, left: bool, asking: Callable[[], Asked | None]) -> Stage:
    """Return a stage on the real glove.

    Args:
        board: How it is wired.
        plan: Of the session, before it is made hers.
        left: Which glove is worn.
        asking: Asks what is to be asked before; whether there is a glove is known by then, and no pin is taken yet.

    Raises:
        NoHardware: A part of it is not there.
        Refusal: A file is wrong.
    """
    calibration, for_her = load_calibration(), plan_for_her(for_one_glove(plan), load_comfort())
    refuse_emulated(calibration)
    clock = SystemClock()
    adc = open_adc(board, clock, left=left)
    asked = asking()
    tool = power_tool()
    power = None if tool is None else PowerWatch(tool)
    lights = GuardedLights(board)
    return Stage(
        title="paws session",
        source="left glove" if left else "right glove",
        board=board,
        calibration=calibration,
        plan=for_her,
        lights=lights,
        inputs=LiveSource(adc, lights, clock, board.adc.sweeps_hz, power=power),
        asked=asked,
    )

"""`paws demo`: a whole session on the emulated glove; the real driver and real lights over emulated parts."""

import sys
import time
from collections.abc import Iterable, Iterator

import click

from firmware.emulation import emulated_stage, fault_option, hand_for_plan, hand_option, has_two_hands
from firmware.options import json_option, plan_option
from firmware.plans import load_plan
from firmware.playing import play
from hardware.clock import SystemClock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault
from sensing.inputs import Input

# On a terminal the demo runs this much faster than life: quick, and the eye can follow.
SHOWN_SPEED = 20.0


@click.command("demo")
@hand_option("--hand", show_default="the plan's own, or gentle")
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed plays the same session."
)
@click.option("--minutes", type=click.FloatRange(0.1, 24 * 60), help="Repeat the hand's script for this long.")
@click.option("--realtime", is_flag=True, help="At the true pace.")
@fault_option()
@click.option(
    "--both/--one", "both", default=None, help="A glove on each hand, or one.  [default: what the plan is for]"
)
@plan_option
@json_option
def command(
    hand: str | None,
    seed: int,
    minutes: float | None,
    realtime: bool,
    faults: tuple[Fault, ...],
    both: bool | None,
    plan: str | None,
    as_json: bool,
) -> int:
    """Play a whole session on the emulated glove, faster than real time, and print its page.

    A plan of ours is played from end to end by a pair of its own, his hand and mama.
    """
    clock = SystemClock() if realtime else VirtualClock()
    if both is None:
        both = hand is None and has_two_hands(load_plan(plan))
    stage = emulated_stage(hand or hand_for_plan(plan), seed, clock, plan, minutes, "demo", faults, both=both)
    shown = sys.stdout.isatty() and not realtime and not as_json
    return play(stage, as_json=as_json, paced=_shown if shown else None)


def _shown(inputs: Iterable[Input]) -> Iterator[Input]:
    """Slow the inputs down so that the live view can be watched."""
    began_s = time.monotonic()
    for item in inputs:
        ahead_s = began_s + item.t_s / SHOWN_SPEED - time.monotonic()
        if ahead_s > 0:
            time.sleep(ahead_s)
        yield item

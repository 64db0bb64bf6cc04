"""The stage for a session without a glove: an emulated chip behind the real driver, gpiozero over mock pins."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from coach.plan import Plan, for_one_glove
from coach.verdict import minutes as minutes_and_seconds
from hardware.clock import Clock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault, help_on_faults, parse_fault
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import ALL_HANDS, Hand, make_hand, make_hands
from hardware.emulated.pairs import PAIRS
from hardware.emulated.wiring import mistakes_of
from hardware.recovery import RecoveringAdc

from .emulated_lights import PlayedLights, lights_here
from .home import load_board, load_calibration
from .lights import Lights
from .live import LiveSource, refuse_too_few_sweeps
from .plans import load_plan
from .playing import Stage
from .refusal import Refusal, refusing_wrong_files

# A session with a fault lasts at least so long.
LASTS_AT_LEAST_S = 90.0
# And is not made longer than so for it: somebody waits.
LASTS_AT_MOST_S = 1800.0


def hand_option(flag: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a click option for the name of an emulated hand."""
    return click.option(flag, type=click.Choice(sorted(ALL_HANDS)), help="Whose hand it is.", **settings)


def hand_for_plan(plan: str | None) -> str:
    """Return whose hand plays a plan when nobody says: the pair of that name, or the gentle one."""
    return plan if plan is not None and plan in PAIRS else "gentle"


def has_two_hands(plan: Plan) -> bool:
    """Return whether a plan has anything for both hands at once."""
    return any(step.spot is not None and step.spot.side == "both" for step in plan.steps)


def fault_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a click option for what goes wrong with the emulated glove."""
    return click.option(
        "--fault",
        "faults",
        metavar="PHRASE",
        multiple=True,
        callback=_faults,
        help='What goes wrong, of two gloves with the right one, as in "heel open at 62 s"; "help" lists all.',
    )


def _faults(context: click.Context, option: click.Parameter, phrases: tuple[str, ...]) -> tuple[Fault, ...]:
    del option
    if "help" in phrases:
        click.echo(help_on_faults())
        context.exit()
    try:
        return tuple(parse_fault(phrase) for phrase in phrases)
    except ValueError as error:
        raise Refusal(str(error)) from None


def emulated_stage(
    hand_name: str,
    seed: int,
    clock: Clock,
    plan: str | None,
    minutes: float | None,
    verb: str,
    faults: Sequence[Fault] = (),
    pins: Path | None = None,
    *,
    both: bool = False,
) -> Stage:
    """Return a stage on the emulated glove, for one of its hands, or on two gloves.

    Args:
        hand_name: Whose hand it is.
        seed: For all that is chance.
        clock: A VirtualClock runs as fast as the machine can.
        plan: The plan's name or file.
        minutes: Repeat the hand's script for this long; for longer, if a fault would not be seen.
        verb: Who asks.
        faults: What goes wrong with the glove; of two, with the right one.
        pins: Folder for the emulated header, where it is to be watched; in real time only.
        both: Whether a glove is worn on each hand.

    Raises:
        Refusal: There is no such hand, or a file is wrong.
    """
    try:
        lasts = _minutes_for(hand_name, seed, minutes, faults)
        left, hand = make_hands(hand_name, seed, lasts) if both else (None, make_hand(hand_name, seed, lasts))
    except ValueError as error:
        raise Refusal(str(error)) from None
    return stage_for(hand, seed, clock, plan, verb, faults, pins, left)


def stage_for(
    hand: Hand,
    seed: int,
    clock: Clock,
    plan: str | None,
    verb: str,
    faults: Sequence[Fault] = (),
    pins: Path | None = None,
    left: Hand | None = None,
) -> Stage:
    """Return a stage on the emulated glove, for any hand; the other arguments are those of `emulated_stage`.

    The hand is the only one, or the right one, which has the buttons; `left` is there where a glove is worn on each.

    Raises:
        Refusal: A file is wrong.
        NoHardware: As of a real glove: its chip does not answer, or mama's button is down before it begins.
    """
    board = load_board()
    calibrations = [load_calibration()] if left is None else [load_calibration(left=True), load_calibration()]
    refuse_too_few_sweeps(board.adc.sweeps_hz, len(calibrations))
    chosen = load_plan(plan) if left is not None else for_one_glove(load_plan(plan))
    lights: Lights
    if isinstance(clock, VirtualClock):
        glove = EmulatedGlove(board, hand, clock, seed, faults=faults)
        lights = lights_here(board, glove, clock)
    else:
        # Its process takes a moment to start; the hand's time begins after that.
        with refusing_wrong_files():
            lights = played = PlayedLights(board, pins, mistakes_of(faults))
        glove = played.glove = EmulatedGlove(board, hand, clock, seed, faults=faults, header=played.header)
    adcs = [RecoveringAdc(lambda: glove.bus, board.adc.right_address, board, clock, glove.free_bus)]
    length_s = hand.length_s
    if left is not None:
        address = board.adc.left_address
        EmulatedGlove(board, left, clock, seed + 1, address, bus=glove.bus)
        adcs.insert(0, RecoveringAdc(lambda: glove.bus, address, board, clock))
        length_s = max(length_s, left.length_s)
    wrong = "".join(f", {fault}" for fault in faults)
    is_pair = hand.name in PAIRS
    who = f"the pair for {hand.name}" if is_pair else f"a {hand.name} hand"
    gloves = "" if left is None else ", both gloves"
    return Stage(
        title=f"paws {verb}: {who}{gloves}{wrong}",
        source=f"emulated {'pair' if is_pair else 'hand'}: {hand.name}, seed {seed}{gloves}{wrong}",
        board=board,
        calibrations=tuple(calibrations),
        plan=chosen,
        lights=lights,
        inputs=LiveSource(adcs, lights, clock, board.adc.sweeps_hz, length_s),
    )


def _minutes_for(name: str, seed: int, minutes: float | None, faults: Sequence[Fault]) -> float | None:
    """Return for how long a hand has to be at work, so that what the faults do is seen; None as long as it likes."""
    length_s = make_hand(name, seed, minutes).length_s
    needed_s = max(LASTS_AT_LEAST_S, *(fault.is_seen_s for fault in faults)) if faults else 0.0
    if length_s >= needed_s:
        return minutes
    latest = max(faults, key=lambda fault: fault.from_s)
    if latest.from_s > LASTS_AT_MOST_S:
        most = minutes_and_seconds(LASTS_AT_MOST_S)
        raise ValueError(
            f'fault "{latest}": for it no demo lasts longer than {most} - say it earlier, or give --minutes'
        )
    return needed_s / 60

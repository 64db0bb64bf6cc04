"""The stage for a session without a glove: an emulated chip behind the real driver, gpiozero over mock pins."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from coach.plan import for_one_glove
from coach.verdict import minutes as minutes_and_seconds
from hardware.clock import Clock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.faults import Fault, help_on_faults, parse_fault
from hardware.emulated.glove import EmulatedGlove
from hardware.emulated.hands import ALL_HANDS, Hand, make_hand
from hardware.emulated.pairs import PAIRS
from hardware.panel import Buttons, Panel
from hardware.recovery import RecoveringAdc

from .emulated_lights import LightsHere, PlayedLights
from .home import load_board, load_calibration
from .lights import Lights
from .live import LiveSource
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


def fault_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a click option for what goes wrong with the emulated glove."""
    return click.option(
        "--fault",
        "faults",
        metavar="PHRASE",
        multiple=True,
        callback=_faults,
        help='What goes wrong, as in "heel open at 62 s"; may be repeated. "help" lists all that can be said.',
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
) -> Stage:
    """Return a stage on the emulated glove, for one of its hands.

    Args:
        hand_name: Whose hand it is.
        seed: For all that is chance.
        clock: A VirtualClock runs as fast as the machine can.
        plan: The plan's name or file.
        minutes: Repeat the hand's script for this long; for longer, if a fault would not be seen.
        verb: Who asks.
        faults: What goes wrong with the glove.
        pins: Folder for the emulated header, where it is to be watched; in real time only.

    Raises:
        Refusal: There is no such hand, or a file is wrong.
    """
    try:
        hand = _hand_for(hand_name, seed, minutes, faults)
    except ValueError as error:
        raise Refusal(str(error)) from None
    return stage_for(hand, seed, clock, plan, verb, faults, pins)


def stage_for(
    hand: Hand,
    seed: int,
    clock: Clock,
    plan: str | None,
    verb: str,
    faults: Sequence[Fault] = (),
    pins: Path | None = None,
) -> Stage:
    """Return a stage on the emulated glove, for any hand; the arguments are those of `emulated_stage`.

    Raises:
        Refusal: A file is wrong.
    """
    board, calibration = load_board(), load_calibration()
    chosen = for_one_glove(load_plan(plan))
    lights: Lights
    if isinstance(clock, VirtualClock):
        glove = EmulatedGlove(board, hand, clock, seed, faults=faults)
        lights = LightsHere(Panel(board, glove.factory), Buttons(board, glove.factory), glove, clock)
    else:
        # Its process takes a moment to start; the hand's time begins after that.
        with refusing_wrong_files():
            lights = played = PlayedLights(board, pins)
        glove = played.glove = EmulatedGlove(board, hand, clock, seed, faults=faults, header=played.header)
    adc = RecoveringAdc(lambda: glove.bus, board.adc.right_address, board, clock, glove.free_bus)
    wrong = "".join(f", {fault}" for fault in faults)
    is_pair = hand.name in PAIRS
    return Stage(
        title=f"paws {verb}: {f'the pair for {hand.name}' if is_pair else f'a {hand.name} hand'}{wrong}",
        source=f"emulated {'pair' if is_pair else 'hand'}: {hand.name}, seed {seed}{wrong}",
        board=board,
        calibration=calibration,
        plan=chosen,
        lights=lights,
        inputs=LiveSource(adc, lights, clock, board.adc.sweeps_hz, hand.length_s),
    )


def _hand_for(name: str, seed: int, minutes: float | None, faults: Sequence[Fault]) -> Hand:
    """Return a hand that is at work for long enough to see what the faults do."""
    hand = make_hand(name, seed, minutes)
    if not faults:
        return hand
    needed_s = max(LASTS_AT_LEAST_S, *(fault.is_seen_s for fault in faults))
    if hand.length_s >= needed_s:
        return hand
    latest = max(faults, key=lambda fault: fault.from_s)
    if latest.from_s > LASTS_AT_MOST_S:
        most = minutes_and_seconds(LASTS_AT_MOST_S)
        raise ValueError(
            f'fault "{latest}": for it no demo lasts longer than {most} - say it earlier, or give --minutes'
        )
    return make_hand(name, seed, needed_s / 60)

"""`paws calibrate --comfort`: her ceiling, by slow leans that she ends."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click
import msgspec
from msgspec.structs import replace

from coach.before import Asked
from coach.comfort import Comfort
from coach.plan import FREE
from coach.tape import Header
from firmware.asking import NotTodayError, ask_before, can_answer
from firmware.comfort_file import keep_comfort, load_comfort
from firmware.comforting import HOW, Found, StoppedError, find_ceiling
from firmware.conversation import Conversation
from firmware.emulation import stage_for
from firmware.home import comfort_path, divider_of, load_board, tapes_dir
from firmware.loop import LightsSink
from firmware.playing import Stage, ending_orderly
from firmware.real_glove import only_bus
from firmware.real_stage import real_stage
from firmware.recording import forces_on, new_header
from firmware.refusal import INTERRUPTED, SAID_NO, Refusal, explained
from firmware.tapes import only_session
from firmware.words import about_newton
from hardware.clock import SystemClock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.hands import make_comfort_hand


def comfort(*, left: bool, seed: int | None, as_json: bool) -> int:
    """Find her ceiling, on the emulated glove where there is a seed, and return the exit code."""
    before = load_comfort()

    def tell(line: str) -> None:
        click.echo(line, err=as_json)

    try:
        header, found = _measured(tell, left=left, seed=seed)
    except NotTodayError:
        return SAID_NO
    except StoppedError as stopped:
        tell("Everything is left as it was.")
        return INTERRUPTED if stopped.is_interrupted else SAID_NO
    newton = max(1.0, round(found.newton, 1))
    if found.is_apart:
        tell("The three lie far apart; it may be worth doing again another day.")
    share = forces_on(header).uncertain_share
    former = "" if before.ceiling_newton is None else f", so far it was {about_newton(before.ceiling_newton, share)}"
    tell(f"Her ceiling is {about_newton(newton, share)}{former}.")
    if as_json:
        click.echo(msgspec.json.encode({"ceiling_newton": newton, "leans": found.leans}))
    if seed is not None:
        tell("Nobody was touched, so nothing is kept.")
        return 0
    now = replace(before, ceiling_newton=newton, ceiling_from=f"paws calibrate --comfort, {header.label}")
    return offer(now, tell, as_json=as_json)


def offer(now: Comfort, tell: Callable[[str], None], *, as_json: bool) -> int:
    """Keep what was found if it is wanted, and return the exit code.

    Raises:
        Refusal: It cannot be written.
    """
    if not _wants_it(as_json=as_json):
        tell("Everything is left as it was.")
        return SAID_NO
    try:
        keep_comfort(now)
    except OSError as error:
        by_hand = f"ceiling_newton = {now.ceiling_newton:g}"
        raise Refusal(f"not kept: {explained(error)}; write `{by_hand}` into {comfort_path()} yourself") from None
    tell(f"Kept in {comfort_path()}.")
    return 0


def _wants_it(*, as_json: bool) -> bool:
    with Conversation(sys.stderr if as_json else sys.stdout, patient=True) as talk:
        while (answer := talk.ask("Keep it? [Y/n] ").lower()) not in ("", "y", "yes"):
            if answer in ("n", "no", "q", "quit"):
                return False
    return True


def _measured(tell: Callable[[str], None], *, left: bool, seed: int | None) -> tuple[Header, Found]:
    with _stage(left=left, seed=seed, is_live=sys.stdout.isatty()) as stage, ending_orderly(stage.inputs):
        tell(HOW)
        # Not her plan: what was too much before is what she may set anew.
        header = new_header(stage.source, stage.calibrations, divider_of(stage.board), FREE)
        try:
            return header, find_ceiling(iter(stage.inputs), header, LightsSink(stage.lights), tell)
        finally:
            stage.lights.close()


@contextmanager
def _stage(*, left: bool, seed: int | None, is_live: bool) -> Iterator[Stage]:
    if seed is not None:
        # Time runs as fast as it can where nobody watches.
        clock = SystemClock() if is_live else VirtualClock()
        yield stage_for(make_comfort_hand(seed), seed, clock, None, "calibrate --comfort")
        return
    with ExitStack() as stack:
        stack.enter_context(only_session(tapes_dir()))
        board = load_board()
        stack.enter_context(only_bus(board.adc.bus))
        yield real_stage(board, FREE, worn="left" if left else "right", asking=_asked)


def _asked() -> Asked | None:
    return ask_before(None, emulated=False) if can_answer() else None

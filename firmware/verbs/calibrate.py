"""`paws calibrate`: what each pad's conductance means in newtons, against a kitchen scale.

Nothing is written before every pad is well and the person has said so; the former calibration is kept beside it.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from firmware.calibrating import GloveReader
from firmware.calibration_file import calibration_to_toml, write_calibration
from firmware.calibration_origin import EMULATED, LEFT, RIGHT, Present, label_of, present_calibration
from firmware.calibration_table import table_lines
from firmware.conversation import Conversation
from firmware.emulated_kitchen import emulated_kitchen
from firmware.home import calibration_path, load_board, tapes_dir
from firmware.options import json_option
from firmware.pad_dialogue import PadDialogue
from firmware.pad_on_scale import Kitchen, Move, Quit
from firmware.real_glove import only_bus, open_adc
from firmware.rechecking import recheck
from firmware.refusal import INTERRUPTED, SAID_NO, Refusal, explained
from firmware.tapes import only_session
from firmware.verbs.comfort import comfort as find_comfort
from firmware.weights import GRAMS, NEWTONS, Unit, loads_of
from hardware.board import PADS
from hardware.clock import SystemClock
from hardware.emulated.clock import VirtualClock
from hardware.emulated.scale import ScaleHand
from sensing.calibration import Calibration, PadCalibration
from sensing.loads import STANDARD_NEWTON, PadLoads

HOW = """\
You need a kitchen scale, a soft puck as big as a pad (an eraser, a piece of felt), and about four minutes a pad.
Wear the glove, lay the puck on the scale, set the scale to zero, and press the pad onto the puck.
When I have it, type what the scale shows: {examples}; Enter alone means the load that I asked for.
`back` repeats the last load, `skip` leaves one out, `quit` leaves everything as it was."""
EXAMPLES = {"g": "510, 0.51 kg or 5 N", "N": "5, 510 g or 0.51 kg"}


@click.command("calibrate")
@click.option("--pad", type=click.Choice(PADS), help="This pad alone; the others keep their tables.")
@click.option("--recheck", "rechecks", is_flag=True, help="One load a pad against the present table; writes nothing.")
@click.option("--loads", metavar="LIST", help="Other loads than 0.5,1,2,5,10,20,30,40 (newtons; 50g,100g,... too).")
@click.option("--newton", is_flag=True, help="The scale shows newtons; without this, grams.")
@click.option("--creep", is_flag=True, help="Measure each pad's creep too: a weight on it for a minute.")
@click.option(
    "--comfort", "finds_comfort", is_flag=True, help="Her ceiling instead: slow leans that she ends by her button."
)
@click.option("--left/--right", "left", default=False, help="Which glove it is.  [default: right]")
@click.option("--emulated", is_flag=True, help="Try it on the emulated glove; a hand presses what is asked for.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The emulated glove's seed.")
@json_option
def command(
    pad: str | None,
    rechecks: bool,
    loads: str | None,
    newton: bool,
    creep: bool,
    finds_comfort: bool,
    left: bool,
    emulated: bool,
    seed: int,
    as_json: bool,
) -> int:
    """Calibrate the pads against a kitchen scale, load by load, up and down."""
    if finds_comfort:
        if rechecks or creep or newton or pad is not None or loads is not None:
            raise Refusal(
                "--comfort is about her, not the pads - leave out --pad, --recheck, --loads, --newton and --creep"
            )
        return find_comfort(left=left, seed=seed if emulated else None, as_json=as_json)
    if rechecks and (creep or loads is not None):
        raise Refusal("--recheck is one load a pad - leave out --creep and --loads")
    unit = NEWTONS if newton else GRAMS
    try:
        # Whoever lists loads has them, perhaps as weights.
        asked_newton = [unit.rounded(load) for load in STANDARD_NEWTON] if loads is None else loads_of(loads)
    except ValueError as error:
        raise Refusal(str(error)) from None
    glove = EMULATED if emulated else LEFT if left else RIGHT
    path = calibration_path(left=glove == LEFT)
    if rechecks and not path.exists():
        raise Refusal(f"there is no calibration to check yet - run `paws calibrate{' --left' * left}` first")
    present = present_calibration(glove, needed=rechecks or pad is not None)
    pads = PADS if pad is None else (pad,)
    with _kitchen(unit, left=left, seed=seed if emulated else None, as_json=as_json) as kitchen:
        if present.notice:
            kitchen.talk.say(f"{present.notice}.")
        if rechecks:
            return _recheck(kitchen, present.tables.only(pads), left=left, as_json=as_json)
        try:
            measured = _dialogue(kitchen, present.tables.only(pads), asked_newton, with_creep=creep)
        except Quit:
            kitchen.talk.say("Everything is left as it was.")
            return SAID_NO
        tables = tuple((name, measured[name][0] if name in measured else table) for name, table in present.tables.pads)
        made = Calibration(tables, label_of(glove, tables), kitchen.reader.supply_volt)
    _keep(kitchen.talk, made, path, present)
    if as_json:
        click.echo(msgspec.json.encode(_facts(made, path, measured)))
    return 0


def _dialogue(
    kitchen: Kitchen, present: Calibration, asked_newton: Sequence[float], *, with_creep: bool
) -> dict[str, tuple[PadCalibration, PadLoads]]:
    """Return the new tables and their loads, which the person wants to keep.

    Raises:
        Quit: The person does not.
    """
    talk = kitchen.talk
    talk.say(HOW.format(examples=EXAMPLES[kitchen.unit.sign]))
    measured = {}
    for pad, former in present.pads:
        talk.say()
        measured[pad] = _measured(kitchen, pad, former, asked_newton, with_creep=with_creep)
    for pad, (table, loads) in measured.items():
        talk.say()
        for line in table_lines(pad, loads, table, kitchen.unit):
            talk.say(line)
    talk.say()
    while (answer := talk.ask("Keep it? [Y/n] ").lower()) not in ("", "y", "yes"):
        if answer in ("n", "no", "quit", "q", "exit"):
            raise Quit
    return measured


def _measured(
    kitchen: Kitchen, pad: str, present: PadCalibration, asked_newton: Sequence[float], *, with_creep: bool
) -> tuple[PadCalibration, PadLoads]:
    """Return a pad's new table and its loads."""
    while True:
        dialogue = PadDialogue(kitchen, pad, present, asked_newton)
        try:
            return dialogue.run(with_creep=with_creep), dialogue.loads
        except ValueError as refusal:
            kitchen.talk.say(f"  {refusal}")


def _facts(made: Calibration, path: Path, measured: dict[str, tuple[PadCalibration, PadLoads]]) -> dict[str, Any]:
    pads = {}
    for pad, (table, loads) in measured.items():
        pads[pad] = msgspec.to_builtins(table) | {"up": loads.up, "down": loads.down}
    return {
        "written": str(path),
        "made_on": made.made_on,
        "supply_volt": made.supply_volt,
        "pads": pads,
    }


def _keep(talk: Conversation, made: Calibration, path: Path, present: Present) -> None:
    had_one = path.exists()
    try:
        write_calibration(made, path, present.former)
    except OSError as error:
        # Half an hour of pressing is not to be lost to a full disk.
        talk.say(calibration_to_toml(made))
        raise Refusal(f"not written: {explained(error)}; copy the lines above into {path}") from None
    talk.say(f"Kept in {path}" + (f", the former one in {present.former.name}." if had_one else "."))


def _recheck(kitchen: Kitchen, calibration: Calibration, *, left: bool, as_json: bool) -> int:
    try:
        checked = recheck(kitchen, calibration)
    except Quit:
        kitchen.talk.say("Left at that.")
        return SAID_NO
    bad = [found.pad for found in checked if found.verdict == "calibrate again"]
    if bad:
        kitchen.talk.say(
            f"Calibrate again: `paws calibrate{' --left' * left}{f' --pad {bad[0]}' if len(bad) == 1 else ''}`."
        )
    if as_json:
        click.echo(msgspec.json.encode({"pads": checked}))
    return SAID_NO if bad or not checked else 0


@contextmanager
def _kitchen(unit: Unit, *, left: bool, seed: int | None, as_json: bool) -> Iterator[Kitchen]:
    """Open the glove, real or emulated (with a seed), and the conversation."""
    # Facts alone go to standard output.
    out = sys.stderr if as_json else sys.stdout
    if sys.stdin is None:
        raise Refusal("there is nobody to answer (no standard input) - run `paws calibrate` in a terminal")
    try:
        with ExitStack() as stack:
            talk = stack.enter_context(Conversation(out, patient=seed is not None))
            if seed is not None:
                # Time runs as fast as it can where nobody watches.
                clock = SystemClock() if talk.is_live else VirtualClock()
                reader, move = emulated_kitchen(load_board(), clock, seed, ScaleHand(seed))
                yield Kitchen(reader, talk, unit, move)
                return
            board = load_board()
            stack.enter_context(only_session(tapes_dir()))
            stack.enter_context(only_bus(board.adc.bus))
            clock = SystemClock()
            reader = GloveReader(open_adc(board, clock, left=left), clock, board)
            yield Kitchen(reader, talk, unit, _by_themselves)
    except EOFError:
        raise Refusal("the answers ended too early - nothing was written") from None
    except KeyboardInterrupt:
        raise Refusal("interrupted - nothing was written", INTERRUPTED) from None


def _by_themselves(move: Move, pad: str, newton: float) -> None:
    """Leave the pressing to the person."""
    del move, pad, newton

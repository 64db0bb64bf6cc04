"""`paws check`: what is wired, found, fresh and plausible, and what to do about each finding."""

import getpass
import math
import platform
import shutil
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import click
import msgspec

from firmware.asking import can_answer
from firmware.checks.computer import Computer
from firmware.checks.finding import Finding
from firmware.checks.people import Person
from firmware.checks.places import EmulatedPlace, Place, RealPlace
from firmware.checks.rounds import round_of
from firmware.conversation import Conversation
from firmware.emulation import fault_option
from firmware.gloves import Worn, sides_of, worn_option
from firmware.home import load_board, tapes_dir
from firmware.options import json_option
from firmware.paragraph import paragraph
from firmware.real_glove import only_bus
from firmware.refusal import INTERRUPTED, SAID_NO, Refusal
from firmware.tapes import only_session
from hardware.emulated.faults import Fault

_SIGNS = {"ok": "✓", "look": "?", "wrong": "✗", "not here": "·", "left out": "·"}
_WIDTH = 24
# A second line stands below what was seen; where that leaves too little room, further left.
_BESIDE, _BELOW, _ROOM_FROM = 36, 4, 72


@click.command("check")
@click.option("--emulated", is_flag=True, help="Try it on the emulated glove.")
@fault_option()
@worn_option
@click.option("--yes", is_flag=True, help="Ask nothing: look at what needs nobody's hand.")
@click.option("--report", is_flag=True, help="Print one text to paste into a question, without names or addresses.")
@json_option
def command(emulated: bool, faults: tuple[Fault, ...], worn: Worn, yes: bool, report: bool, as_json: bool) -> int:
    """Look at everything, from the computer to the buttons, and say what to do about what is not well."""
    if faults and not emulated:
        raise Refusal("--fault is for the emulated glove only - add --emulated")
    board, sides = load_board(), sides_of(worn)
    found: list[Finding] = []
    columns = _columns()
    try:
        with ExitStack() as stack:
            place: Place
            if emulated:
                place = EmulatedPlace(board, sides, faults, with_maker=not yes)
            else:
                stack.enter_context(only_session(tapes_dir()))
                stack.enter_context(only_bus(board.adc.bus))
                real = place = RealPlace(board, sides)
                if can_answer() and not (yes or as_json or report):
                    talk = stack.enter_context(Conversation(sys.stdout, patient=False))
                    real.person = Person(talk, real.clock)
            for finding in round_of(Computer(), place):
                found.append(finding)
                if not (as_json or report):
                    click.echo(_line(finding, columns))
    except EOFError:
        raise Refusal("the answers ended too early") from None
    except KeyboardInterrupt:
        raise Refusal("interrupted", INTERRUPTED) from None
    if as_json:
        click.echo(msgspec.json.encode({"findings": found, "is_well": not _wrong(found)}))
    elif report:
        click.echo(nameless("\n".join(["Kittypaws, paws check", "", *map(_line, found)])))
    else:
        click.echo(f"\n{_fitted(_verdict(found), columns)}")
    return SAID_NO if _wrong(found) else 0


def _wrong(found: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.outcome == "wrong"]


def _line(finding: Finding, columns: float = math.inf) -> str:
    is_wide = columns >= _ROOM_FROM
    about = f"{finding.about:<{_WIDTH}} " if is_wide else f"{finding.about}: "
    indent = _BESIDE if is_wide else _BELOW
    lines = [_fitted(f"{_SIGNS[finding.outcome]} {finding.outcome:<8} {about}{finding.seen}", columns, "", indent)]
    if finding.next_step:
        lines.append(_fitted(f"-> {finding.next_step}", columns, " " * indent, indent + len("-> ")))
    return "\n".join(lines)


def _columns() -> float:
    """Return how wide a line may be; what is no terminal takes it as it is."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else math.inf


def _fitted(text: str, columns: float, before: str = "", indent: int = 0) -> str:
    if columns == math.inf:
        return before + text
    # A column less: a terminal that was filled to its edge may begin a line of its own.
    return "\n".join(paragraph(text, int(columns) - 1, before, indent))


def _verdict(found: list[Finding]) -> str:
    wrong, looks = _wrong(found), [finding for finding in found if finding.outcome == "look"]
    left_out = [finding for finding in found if finding.outcome == "left out"]
    also = f" {len(left_out)} left out, as said above." if left_out else ""
    worth = f" {len(looks)} worth a look." if looks else ""
    if wrong:
        things = "one thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        return f"Not yet: {things} wrong. First: {wrong[0].about}, above.{also}"
    if left_out:
        count = len(left_out)
        return f"Nothing wrong was found, but {count} could not be looked at: this glove is not checked yet.{worth}"
    return f"All is well.{worth}"


def nameless(text: str) -> str:
    """Return a text without the names of the person, the home and the computer."""
    for name, instead in ((str(Path.home()), "~"), (platform.node(), "HOST"), (getpass.getuser(), "USER")):
        if len(name) > 1:
            text = text.replace(name, instead)
    return text

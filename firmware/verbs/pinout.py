"""`paws pinout`: the wiring of this glove, in the terminal or as a drawing."""

import click
import msgspec

from firmware.home import load_board
from firmware.leaflet import text_width
from firmware.options import json_option
from firmware.pinout import pinout_facts, pinout_lines
from firmware.refusal import Refusal
from hardware.drawings import DRAWINGS, drawn

# The sign in front keeps the lines as they are.
_LIST = "\b\nDrawings:\n" + "\n".join(f"  {name:<14} {what}" for name, what in DRAWINGS.items())


@click.command("pinout", epilog=_LIST)
@click.option(
    "--svg",
    "drawing",
    type=click.Choice(tuple(DRAWINGS)),
    is_flag=False,
    flag_value=next(iter(DRAWINGS)),
    metavar="[NAME]",
    help="Print a drawing as SVG; the first when none is named.",
)
@json_option
def command(drawing: str | None, as_json: bool) -> None:
    """Show what is wired where: the header of the Pi with the pins in use, the converter's inputs and the plug.

    It is the wiring of glove.toml, or the standard one where there is no such file. A drawing is for a file or a
    browser: `paws pinout --svg wiring > wiring.svg`.
    """
    if drawing is not None and as_json:
        raise Refusal("--svg and --json are two ways to print one wiring - choose one of them")
    board = load_board()
    if drawing is not None:
        click.echo(drawn(drawing, board), nl=False)
    elif as_json:
        click.echo(msgspec.json.encode(pinout_facts(board)))
    else:
        for line in pinout_lines(board, text_width()):
            click.echo(line)

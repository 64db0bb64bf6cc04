"""`paws summary`: the printed page of a session, from its tape."""

import click
import msgspec

from firmware.home import tapes_dir
from firmware.options import json_option
from firmware.page import page
from firmware.recording import summary_of
from firmware.tapes import named, newest


@click.command("summary")
@click.argument("tape", required=False)
@json_option
def command(tape: str | None, as_json: bool) -> None:
    """Print the page of TAPE (a file, or the number of one of yours); the newest when none is named."""
    path = newest(tapes_dir()) if tape is None else named(tape, tapes_dir())
    summary = summary_of(path)
    click.echo(msgspec.json.encode(summary) if as_json else page(summary))

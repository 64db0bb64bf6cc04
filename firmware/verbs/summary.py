"""`paws summary`: the printed page of a session, from its tape."""

import click
import msgspec

from firmware.home import tapes_dir
from firmware.html_file import put_page
from firmware.html_page import html_page
from firmware.options import json_option, one_way
from firmware.page import page
from firmware.recording import summary_of
from firmware.refusal import Refusal
from firmware.tapes import named, newest


@click.command("summary")
@click.argument("tape", required=False)
@click.option("--html", "as_html", is_flag=True, help="Write the page as HTML beside the tape and print its path.")
@click.option("--out", metavar="FILE", help="Where the HTML goes; - for standard output.")
@json_option
def command(tape: str | None, as_html: bool, out: str | None, as_json: bool) -> None:
    """Print the page of TAPE (a file, or the number of one of yours); the newest when none is named."""
    one_way({"--html": as_html, "--json": as_json})
    if out is not None and not as_html:
        raise Refusal("--out says where the HTML goes - add --html")
    path = newest(tapes_dir()) if tape is None else named(tape, tapes_dir())
    summary = summary_of(path)
    if as_html:
        put_page(html_page(summary), path.with_suffix(".html"), out)
    elif as_json:
        click.echo(msgspec.json.encode(summary))
    else:
        click.echo(page(summary), nl=False)

"""`paws summary`: the printed page of a session, from its tape."""

from pathlib import Path

import click
import msgspec

from firmware.home import tapes_dir
from firmware.html_page import OURS, html_page
from firmware.options import json_option
from firmware.page import page
from firmware.recording import summary_of
from firmware.refusal import Refusal, refusing_wrong_files
from firmware.tapes import named, newest
from firmware.whole_file import write_whole


@click.command("summary")
@click.argument("tape", required=False)
@click.option("--html", "as_html", is_flag=True, help="Write the page as HTML beside the tape and print its path.")
@click.option("--out", metavar="FILE", help="Where the HTML goes; - for standard output.")
@json_option
def command(tape: str | None, as_html: bool, out: str | None, as_json: bool) -> None:
    """Print the page of TAPE (a file, or the number of one of yours); the newest when none is named."""
    if as_html and as_json:
        raise Refusal("--html and --json are two ways to print one page - choose one of them")
    if out is not None and not as_html:
        raise Refusal("--out says where the HTML goes - add --html")
    path = newest(tapes_dir()) if tape is None else named(tape, tapes_dir())
    summary = summary_of(path)
    if as_html and out == "-":
        click.echo(html_page(summary), nl=False)
    elif as_html:
        place = path.with_suffix(".html") if out is None else Path(out)
        with refusing_wrong_files():
            if (place.exists() or place.is_symlink()) and not _is_ours(place):
                raise Refusal(
                    f"{place} is there already and is no page of ours - name another file, or remove that one first"
                )
            write_whole(place, html_page(summary).encode())
        click.echo(place)
    elif as_json:
        click.echo(msgspec.json.encode(summary))
    else:
        click.echo(page(summary), nl=False)


def _is_ours(place: Path) -> bool:
    """Return whether a file is an earlier page of ours, which may be written anew; nothing else may."""
    if place.is_symlink() or not place.is_file():
        return False
    with place.open("rb") as file:
        return file.read(len(OURS)) == OURS

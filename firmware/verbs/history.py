"""`paws history`: the sessions over the weeks."""

from datetime import datetime

import click
import msgspec

from coach.history import Visit, history_of
from firmware.history_html import history_html
from firmware.history_index import visits_in
from firmware.history_page import history_lines
from firmware.home import history_path, tapes_dir
from firmware.html_file import put_page
from firmware.options import json_option, one_way
from firmware.refusal import Refusal


@click.command("history")
@click.option("--all", "all_sessions", is_flag=True, help="Every session, not the newest dozen.")
@click.option("--everything", is_flag=True, help="Demos and imports too.")
@click.option("--html", "as_html", is_flag=True, help="Write the history as HTML beside the tapes and print its path.")
@click.option("--out", metavar="FILE", help="Where the HTML goes; - for standard output.")
@json_option
def command(all_sessions: bool, everything: bool, as_html: bool, out: str | None, as_json: bool) -> None:
    """Print the sessions over the weeks: holds, lean-ins, spots, and what has changed.

    Demos and imports are left out where a glove was ever worn.
    """
    one_way({"--html": as_html, "--json": as_json})
    if out is not None and not as_html:
        raise Refusal("--out says where the HTML goes - add --html")
    visits: list[Visit] = []
    for found in visits_in(tapes_dir(), history_path()):
        if isinstance(found, Visit):
            visits.append(found)
        else:
            click.echo(f"paws: {found}", err=True)
    worn = [visit for visit in visits if visit.kind == "glove"]
    if worn and not everything:
        visits = worn
    if not visits:
        raise Refusal(f"there is no session in {tapes_dir()} yet - run `paws demo` or `paws session` first")
    history = history_of(visits, datetime.now().astimezone().date())
    if as_html:
        put_page(history_html(history), tapes_dir() / "history.html", out)
    elif as_json:
        click.echo(msgspec.json.encode(history))
    else:
        for line in history_lines(history, all_sessions=all_sessions):
            click.echo(line)

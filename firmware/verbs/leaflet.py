"""`paws leaflet`: the safety page, to be read before the first use."""

import click
import msgspec

from coach.before import AID, LEAFLET, NUMBERS, READ_FIRST, RED_FLAGS, TODAY
from firmware.home import leaflet_path
from firmware.html_file import put_page
from firmware.leaflet import leaflet, leaflet_markdown, text_width
from firmware.leaflet_html import leaflet_html
from firmware.options import json_option
from firmware.refusal import Refusal, refusing_wrong_files


@click.command("leaflet")
@click.option("--html", "as_html", is_flag=True, help="Write it as HTML, two sides of paper, and print its path.")
@click.option("--out", metavar="FILE", help="Where the HTML goes; - for standard output.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print it as Markdown.")
@json_option
def command(as_html: bool, out: str | None, as_markdown: bool, as_json: bool) -> None:
    """Print the safety page: when not to begin and whom to call, how to lie or sit, where the glove stays off."""
    ways = (("--html", as_html), ("--markdown", as_markdown), ("--json", as_json))
    match [way for way, is_wanted in ways if is_wanted]:
        case one, other:
            raise Refusal(f"{one} and {other} are two ways to print one page - choose one of them")
        case one, other, third:
            raise Refusal(f"{one}, {other} and {third} are three ways to print one page - choose one of them")
    if out is not None and not as_html:
        raise Refusal("--out says where the HTML goes - add --html")
    if as_html:
        if out is None:
            with refusing_wrong_files():
                # It is read before the first session, and nothing of ours may be there yet.
                leaflet_path().parent.mkdir(parents=True, exist_ok=True)
        put_page(leaflet_html(), leaflet_path(), out)
    elif as_markdown:
        click.echo(leaflet_markdown(), nl=False)
    elif as_json:
        about = (AID, READ_FIRST)
        facts = {"red_flags": RED_FLAGS, "today": TODAY, "numbers": NUMBERS, "sections": LEAFLET, "about": about}
        click.echo(msgspec.json.encode(facts))
    else:
        click.echo(leaflet(text_width()), nl=False)

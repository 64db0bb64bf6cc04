"""`paws leaflet`: the safety page, to be read before the first use."""

import click
import msgspec

from coach.before import AID, LEAFLET, READ_FIRST, RED_FLAGS, TODAY
from firmware.leaflet import leaflet, text_width
from firmware.options import json_option


@click.command("leaflet")
@json_option
def command(as_json: bool) -> None:
    """Print the safety page: when not to begin and whom to call, how to lie or sit, where the glove stays off."""
    if as_json:
        facts = {"red_flags": RED_FLAGS, "today": TODAY, "sections": LEAFLET, "about": (AID, READ_FIRST)}
        click.echo(msgspec.json.encode(facts))
    else:
        click.echo(leaflet(text_width()), nl=False)

"""A page of ours as a file: an older page of ours is written over, nothing else is."""

from pathlib import Path

import click

from .html_page import OURS
from .refusal import Refusal, refusing_wrong_files
from .whole_file import write_whole


def put_page(html: str, place: Path, out: str | None) -> None:
    """Write a page and print its path, or print the page itself.

    Args:
        html: The page.
        place: Where it goes when nobody says.
        out: Where somebody says; - for standard output.

    Raises:
        Refusal: Something else is there already, or it cannot be written.
    """
    if out == "-":
        click.echo(html, nl=False)
        return
    place = place if out is None else Path(out)
    with refusing_wrong_files():
        if (place.exists() or place.is_symlink()) and not _is_ours(place):
            raise Refusal(
                f"{place} is there already and is no page of ours - name another file, or remove that one first"
            )
        write_whole(place, html.encode())
    click.echo(place)


def _is_ours(place: Path) -> bool:
    """Return whether a file is an earlier page of ours, which may be written anew; nothing else may."""
    if place.is_symlink() or not place.is_file():
        return False
    with place.open("rb") as file:
        return file.read(len(OURS)) == OURS

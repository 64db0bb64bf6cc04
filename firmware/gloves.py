"""Which gloves are worn."""

from collections.abc import Callable
from typing import Any, Literal

import click

from coach.plan import SIDES, Side

Worn = Literal["right", "left", "both"]


def worn_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a command with `--left`, `--right` and `--both`, as its argument `worn`."""
    for worn, about in (
        ("both", "Both gloves are worn, one on each side."),
        ("left", "The left glove is worn."),
        ("right", "The right glove is worn, as without this."),
    ):
        command = click.option(f"--{worn}", "worn", flag_value=worn, default="right", help=about)(command)
    return command


def sides_of(worn: Worn) -> tuple[Side, ...]:
    """Return the sides of the gloves, in the order in which they are swept."""
    return SIDES if worn == "both" else (worn,)

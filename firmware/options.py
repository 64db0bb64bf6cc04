"""Options that several verbs share, so that they mean the same everywhere."""

from collections.abc import Mapping

import click

from .refusal import Refusal

plan_option = click.option(
    "--plan", metavar="PLAN", help="A plan of ours (`paws plans` lists them) or a TOML file; free without it."
)
what_if_option = click.option(
    "--plan", metavar="PLAN", help="What would another plan have said? A name or a file; without it, the tape's own."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")


def one_way(asked: Mapping[str, bool]) -> None:
    """Let a thing be printed in one way at a time.

    Args:
        asked: Of each option whether it was given.

    Raises:
        Refusal: More than one was.
    """
    ways = [option for option, is_asked in asked.items() if is_asked]
    if len(ways) > 1:
        raise Refusal(f"{', '.join(ways[:-1])} and {ways[-1]} are different ways to print - choose one of them")

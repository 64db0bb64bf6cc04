"""Options that several verbs share, so that they mean the same everywhere."""

import click

plan_option = click.option(
    "--plan", metavar="PLAN", help="A plan of ours (`paws plans` lists them) or a TOML file; free without it."
)
what_if_option = click.option(
    "--plan", metavar="PLAN", help="What would another plan have said? A name or a file; without it, the tape's own."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")

"""Options that several verbs share, so that they mean the same everywhere."""

import click

plan_option = click.option("--plan", metavar="FILE", help="A plan or limits as a TOML file; free without it.")
what_if_option = click.option(
    "--plan", metavar="FILE", help="What would other limits have said? A TOML file; without it, the tape's own plan."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")

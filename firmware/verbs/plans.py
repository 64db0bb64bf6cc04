"""`paws plans`: the plans there are, one of them in full, and what is wrong with one of your own."""

from textwrap import wrap
from typing import Any

import click
import msgspec

from coach.plan import Plan, Step, StepKind
from coach.plan_hints import hints
from coach.verdict import minutes
from firmware.chosen import choose
from firmware.gloves import Worn, worn_option
from firmware.options import json_option
from firmware.paragraph import WIDTH
from firmware.plans import SHIPPED, load_plan, plan_text
from firmware.words import step_words


@click.group("plans", invoke_without_command=True)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the plans there are; `paws plans show NAME` shows one, `paws plans check FILE` looks yours over."""
    if context.invoked_subcommand is not None:
        return
    plans = [load_plan(name) for name in SHIPPED]
    if as_json:
        click.echo(msgspec.json.encode([_facts(plan) for plan in plans]))
        return
    for plan in plans:
        for line in wrap(plan.about, WIDTH, initial_indent=f"{plan.name:<12}", subsequent_indent=" " * 12):
            click.echo(line)
        if plan.steps:
            click.echo(f"{'':<12}{_size(plan)}")
    click.echo("\nPlay one with `paws session --plan NAME`, see it with `paws plans show NAME`.")


@command.command("show")
@click.argument("plan", metavar="PLAN")
@click.option("--toml", "as_toml", is_flag=True, help="The file itself, to begin a plan of your own with.")
@json_option
def show(plan: str, as_toml: bool, as_json: bool) -> None:
    """Show PLAN (a name or a file) step by step."""
    shown = load_plan(plan)
    if as_toml:
        click.echo(plan_text(plan), nl=False)
        return
    if as_json:
        click.echo(msgspec.json.encode(_facts(shown)))
        return
    for line in _shown(shown):
        click.echo(line)


@command.command("check")
@click.argument("file", metavar="FILE")
@json_option
def check(file: str, as_json: bool) -> None:
    """Say what is wrong with the plan in FILE, and what is worth a second look."""
    plan = load_plan(file)
    found = hints(plan)
    if as_json:
        click.echo(msgspec.json.encode({**_facts(plan), "hints": found}))
        return
    click.echo(f"{plan.name}: a good plan, {_size(plan)}." if not found else f"{plan.name}: it works, {_size(plan)}.")
    for hint in found:
        for line in wrap(hint, WIDTH, initial_indent="  - ", subsequent_indent="    "):
            click.echo(line)


@command.command("choose")
@click.argument("plan", metavar="PLAN")
@worn_option
def choose_for_service(plan: str, worn: Worn) -> None:
    """Have the service play PLAN (a name or a file) from the next press on."""
    chosen = choose(plan, worn)
    gloves = "both gloves" if chosen.gloves == "both" else f"the {chosen.gloves} glove"
    click.echo(f"From the next press on the service plays {chosen.plan}, with {gloves}.")


def _facts(plan: Plan) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(plan)
    return {**built, "about_s": plan.length_s, "spots": [spot.value for spot in plan.spots]}


def _size(plan: Plan) -> str:
    if not plan.steps:
        return "no steps"
    holds = sum(step.kind is StepKind.HOLD for step in plan.steps)
    return f"about {plan.length_s / 60:.0f} minutes, {holds} {'hold' if holds == 1 else 'holds'}" + (
        "" if plan.position is None else f", {plan.position}"
    )


def _shown(plan: Plan) -> list[str]:
    lines = wrap(f"{plan.name}: {plan.about or 'a plan'}", WIDTH)
    lines += wrap(
        f"{_size(plan).capitalize()}. Slower above {plan.slower_above_newton_per_s:g} N/s, softer above "
        f"{plan.ceiling_newton:g} N, a full hold is {minutes(plan.hold_s)}, ease off after {minutes(plan.enough_s)}.",
        WIDTH,
    )
    for number, step in enumerate(plan.steps, start=1):
        lines += ["", f"{number:>3}  {_step(step)}"]
        lines += wrap(step.say or "", WIDTH, initial_indent=" " * 5, subsequent_indent=" " * 5)
    return lines


def _step(step: Step) -> str:
    return step_words(step.kind, step.spot) + ("" if step.lasts_s is None else f", {minutes(step.lasts_s)}")

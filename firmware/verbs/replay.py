"""`paws replay`: judge a tape again, and compare; or ask what other limits would have said."""

import click
import msgspec

from coach.plan import for_one_glove
from firmware.home import tapes_dir
from firmware.options import json_option, what_if_option
from firmware.page import page
from firmware.plans import load_plan
from firmware.recording import account_of, forces_on, open_tape, session_of
from firmware.refusal import SAID_NO
from firmware.replaying import Comparison, judge_again
from firmware.tapes import named
from firmware.words import Telling


@click.command("replay")
@click.argument("tape")
@what_if_option
@json_option
def command(tape: str, plan: str | None, as_json: bool) -> int:
    """Judge TAPE (a file, or the number of one of yours) again."""
    other = load_plan(plan) if plan else None
    path = named(tape, tapes_dir())
    with open_tape(path) as reader:
        has_two = reader.header.second_calibration is not None
        chosen = other if other is None or has_two else for_one_glove(other)
        comparison = Comparison(compares=chosen is None and reader.header.has_events)
        account = account_of(reader.header, chosen)
        telling = Telling(forces_on(reader.header).uncertain_share)
        for event in judge_again(reader, session_of(reader.header, chosen), comparison):
            account.feed(event)
            if as_json:
                click.echo(msgspec.json.encode(event))
            else:
                for line in telling.lines([event]):
                    click.echo(line)
        summary = account.summary(damaged_lines=reader.damaged_lines, first_damage=reader.first_damage)
        is_cut = not reader.has_end
    if chosen is not None:
        summary = msgspec.structs.replace(summary, instead_of=reader.header.plan.name)
    if as_json:
        click.echo(msgspec.json.encode({"event": "summary", **msgspec.to_builtins(summary)}))
    else:
        click.echo("\n" + page(summary))
    if not comparison.compares:
        return 0
    if comparison.difference is not None:
        damaged = f" (damaged lines: {summary.damaged_lines})" if summary.damaged_lines else ""
        click.echo(f"paws: {path} replays differently{damaged}: {comparison.difference}", err=True)
        return SAID_NO
    if not as_json:
        same, end = ("the same as far as it goes", "; the tape is cut off") if is_cut else ("the same", "")
        click.echo(f"Replayed {same}: {comparison.readings} readings, {comparison.events} events{end}.")
    return 0

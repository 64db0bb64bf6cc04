"""The command `paws`: its verbs in the order of a user's life, each imported only when it is asked for."""

import errno
import gettext
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

import click

from hardware.trouble import NoHardware

from .refusal import INTERRUPTED, NO_HARDWARE, WRONG_USE, Refusal

VERBS = {
    "demo": "A whole session on the emulated glove, faster than real time.",
    "session": "A session on the real glove, or on the emulated one at the true pace.",
    "calibrate": "What the pads feel, in newtons, against a kitchen scale.",
    "check": "What is wired, found and plausible, and what to do about what is not.",
    "replay": "Judge a tape again and compare, or ask what other limits would have said.",
    "summary": "The printed page of a session.",
    "history": "The sessions over the weeks: what has changed, and which spots are left.",
    "import": "Make a tape of a recording from elsewhere (CSV).",
    "run": "What the service does: a session at each press of the partner's button.",
    "watch": "Follow a session from another terminal, through its tape.",
    "plans": "The plans there are, and what is wrong with one of your own.",
    "pinout": "What is wired where: the header with the pins in use; --svg draws it.",
    "volts": "What a meter shows at the glove, pad by pad: for whoever solders one.",
    "leaflet": "The safety page: when not to begin and whom to call, and how it is done.",
}
# A verb's module where its name is a word of Python.
_MODULES = {"import": "import_csv"}


class _Paws(click.Group):
    """Verbs that are known by name and loaded on use, so that help and errors are instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in VERBS:
            near = get_close_matches(cmd_name, VERBS, n=1, cutoff=0.5)
            meant = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(VERBS)}"
            raise Refusal(f"`{cmd_name}` is no verb - {meant}")
        module = import_module(f"firmware.verbs.{_MODULES.get(cmd_name, cmd_name)}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Before click sees it: to click it is a failure, and its code 1 is an answer here.
            return _nobody_reads()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section(gettext.gettext("Verbs")):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Paws,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="VERB ...",
)
@click.version_option(version("kittypaws"), message="kittypaws %(version)s")
def paws() -> None:
    """Kittypaws coaches the hands that massage: slower, stay here, softer. A comfort aid, not a medical device."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a known error is one line on standard error."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the program runs
    elif isinstance(sys.stdout, TextIOWrapper):
        # A terminal that cannot show a sign of the page shows the rest of it.
        sys.stdout.reconfigure(errors="replace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = paws.main(arguments, prog_name="paws", standalone_mode=False)
        sys.stdout.flush()
    except Refusal as refusal:
        return _tell(str(refusal), refusal.exit_code)
    except NoHardware as missing:
        return _tell(str(missing), NO_HARDWARE)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx is not None else "", err=True)
        return WRONG_USE
    except click.UsageError as error:
        where = "paws" if error.ctx is None else error.ctx.command_path
        return _tell(f"{error.format_message().rstrip('.')} - see `{where} --help`", WRONG_USE)
    except click.ClickException as error:
        return _tell(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _tell("interrupted", INTERRUPTED)
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _tell("no space left where the output goes - make room, or send it elsewhere", WRONG_USE)
    return code if isinstance(code, int) else 0


def _nobody_reads() -> int:
    """Go on without a reader: whoever read our output has enough, and there is nobody left to tell."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _tell(message: str, code: int) -> int:
    click.echo(f"paws: {message}", err=True)
    return code

"""`make reliability`: the campaigns of faults, and one table of what held.

    python -m tests.reliability [--short] [--markdown] [NAME ...]

Short is a tenth of everything; with names only these campaigns run; Markdown is for README. It ends with 1 when
anything did not hold.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module

from .table import MARKDOWN_HEAD, Row, lines, markdown

# Each module has a function `rows(share)` that does this share of the whole campaign.
CAMPAIGNS: tuple[str, ...] = ("bus", "pads", "ends", "storage", "hours", "true_pace", "matrix", "mutation", "canary")


def main(arguments: list[str]) -> int:
    share = 0.1 if "--short" in arguments else 1.0
    is_markdown = "--markdown" in arguments
    # How long each took is for who waits, and no row of README's.
    notes = sys.stderr if is_markdown else sys.stdout
    wanted = [name for name in arguments if not name.startswith("--")] or list(CAMPAIGNS)
    unknown = [name for name in wanted if name not in CAMPAIGNS]
    if unknown:
        print(f"there is no campaign {unknown[0]} - there are {', '.join(CAMPAIGNS)}", file=sys.stderr)
        return 2
    broken = 0
    if is_markdown:
        print(*MARKDOWN_HEAD, sep="\n", flush=True)
    for name in wanted:
        rows: Callable[[float], Iterable[Row]] = import_module(f"tests.reliability.{name}").rows
        began_s = time.monotonic()
        for row in rows(share):
            broken += not row.held
            print(*([markdown(row)] if is_markdown else lines([row])), sep="\n", flush=True)
        print(f"       {name}: {time.monotonic() - began_s:.0f} s\n", file=notes, flush=True)
    print(f"{broken} did not hold" if broken else "all held", file=notes)
    return 1 if broken else 0


if __name__ == "__main__":
    # What a shell runs in its background is deaf to two signals, under nohup to a third; so would be a session here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))

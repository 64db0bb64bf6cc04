"""`make reliability`: the campaigns of faults, and one table of what held.

    python -m tests.reliability [--short] [NAME ...]

Short is a tenth of everything; with names only these campaigns run. It ends with 1 when anything did not hold.
"""

import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module

from .table import Row, lines

# Each module has a function `rows(share)` that does this share of the whole campaign.
CAMPAIGNS: tuple[str, ...] = ("bus", "pads", "ends", "storage", "hours", "matrix", "mutation", "canary")


def main(arguments: list[str]) -> int:
    share = 0.1 if "--short" in arguments else 1.0
    wanted = [name for name in arguments if not name.startswith("--")] or list(CAMPAIGNS)
    unknown = [name for name in wanted if name not in CAMPAIGNS]
    if unknown:
        print(f"there is no campaign {unknown[0]} - there are {', '.join(CAMPAIGNS)}", file=sys.stderr)
        return 2
    broken = 0
    for name in wanted:
        rows: Callable[[float], Iterable[Row]] = import_module(f"tests.reliability.{name}").rows
        began_s = time.monotonic()
        for row in rows(share):
            broken += not row.held
            print(*lines([row]), sep="\n", flush=True)
        print(f"       {name}: {time.monotonic() - began_s:.0f} s\n", flush=True)
    print(f"{broken} did not hold" if broken else "all held")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Draws gloves of parts as they are sold, and prints how near the limits of the states they come: `make tolerances`."""

import argparse
from datetime import UTC, datetime

from tests.tolerances.limits import CASES, spread_of

# The same gloves on every run.
SEED = 20260117
GLOVES = 100_000
# A hundred megabytes of them.
MOST_GLOVES = 1_000_000
TOLERANCES = (0.01, 0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gloves", type=_count, default=GLOVES, help="how many a line (default: %(default)s)")
    gloves = parser.parse_args().gloves
    print(f"{datetime.now(UTC):%Y-%m-%d}, {gloves} gloves a line, seed {SEED}; u is the pad's part of the supply")
    for tolerance in TOLERANCES:
        spreads = [spread_of(case, gloves, SEED, tolerance) for case in CASES]
        wrong = sum(spread.misnamed for spread in spreads)
        print(f"\n| resistors of {100 * tolerance:g} % | 1000 u | are called | misnamed | to the next limit, 1000 u |")
        print("|---|---|---|---|---|")
        for spread in spreads:
            called = ", ".join(f"{state} {count}" for state, count in spread.called)
            row = f"{1000 * spread.low_u:.1f} .. {1000 * spread.high_u:.1f} | {called} | {spread.misnamed}"
            print(f"| {spread.case.name} | {row} | {1000 * spread.margin_u:.1f} |")
        print(f"\n{wrong} of {gloves * len(CASES)} misnamed.")


def _count(typed: str) -> int:
    """Return how many gloves were asked for."""
    if not typed.isdecimal() or not 0 < int(typed) <= MOST_GLOVES:
        raise argparse.ArgumentTypeError(f"{typed} gloves - give 1 to {MOST_GLOVES}")
    return int(typed)


if __name__ == "__main__":
    main()

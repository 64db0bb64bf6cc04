"""`make mutants`: write each small wrong into the code, one at a time, and see that a test fails.

    python -m tests.mutation [--share=0.1] [--jobs=2] [FILE ...]

A share below 1 takes that part of the mutants, always the same ones. It ends with 1 when one lives that is not
explained.
"""

import sys

from .campaign import TESTS, judged


def main(arguments: list[str]) -> int:
    options = dict(argument.removeprefix("--").split("=", 1) for argument in arguments if argument.startswith("--"))
    paths = [argument for argument in arguments if not argument.startswith("--")] or list(TESTS)
    share, jobs = float(options.get("share", 1)), int(options["jobs"]) if "jobs" in options else None
    broken = 0
    for path in paths:
        account = judged(path, share, jobs)
        for what, mutants in (("lives", account.alive), ("is explained, but killed", account.killed_after_all)):
            for mutant in mutants:
                print(f"{path}:{mutant.line} {what}: {mutant.name}")
        for gone in account.gone:
            print(f"{path} is explained, but no mutant: {gone}")
        print(
            f"{path}: {account.tried} mutants, {account.killed} killed ({account.killed_share:.1%}), "
            f"{len(account.explained)} explained, {len(account.alive)} alive, {account.took_s:.0f} s",
            flush=True,
        )
        broken += not account.held
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

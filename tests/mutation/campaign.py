"""Which mutants live: each meets the quick tests of its file, and what is left over all tests of the two pure rooms.

A mutant that lives is a missing test, needless code, or a wrong that nobody can see; the last ones stand in
`explained.toml` with their reason. One that stands there and is killed after all, or is no mutant any more, is an
error, so that the list cannot rot.
"""

import os
import random
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from .mutants import Mutant, mutants_of
from .trial import Trials

EXPLAINED = Path(__file__).with_name("explained.toml")


def _coach(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/coach/test_{name}.py" for name in names)


def _firmware(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/firmware/test_{name}.py" for name in names)


# Its own tests, those first that kill most: a mutant costs what it takes to find it.
TESTS: dict[str, tuple[str, ...]] = {
    "sensing/pads.py": ("tests/sensing/test_pads.py",),
    "sensing/faults.py": ("tests/sensing/test_faults.py", "tests/sensing/test_pads.py"),
    "coach/session.py": _coach(
        *("her_button", "steps", "greeting", "holds", "notices", "praise", "trouble", "two_gloves", "two_hands")
    ),
    "coach/hand.py": (
        *_coach("holds", "trouble", "habits", "her_button", "steps"),
        *("tests/sensing/test_zero.py", "tests/sensing/test_paws.py"),
        *_coach("two_gloves", "two_hands"),
    ),
    "coach/hands.py": _coach("two_gloves", "two_hands", "holds", "warnings", "trouble", "her_button"),
    "coach/limits.py": _coach("limits"),
    "coach/cues.py": _coach("cues", "praise"),
    "firmware/guard.py": _firmware("guard"),
    "firmware/buttons.py": _firmware("buttons"),
    "firmware/let_go.py": _firmware("guardian_times"),
    "firmware/guardian.py": _firmware("guardian_times", "guardian", "dark"),
}
# Whom a mutant of these rooms must pass as well before it is said to live.
PURE = ("sensing/", "coach/")
WHOLE = ("tests/coach", "tests/sensing")
KILLED_SHARE = 0.95
SEED = 4


@dataclass
class Account:
    """What became of the mutants of one file.

    Attributes:
        explained: Those that live for a reason.
        alive: Those that live for none.
        killed_after_all: Those that are explained and do not live.
        gone: What is explained and is no mutant of the file.
        must_be_killed: Which share; of a sample nothing can be asked.
    """

    path: str
    tried: int
    explained: list[Mutant]
    alive: list[Mutant]
    killed_after_all: list[Mutant]
    gone: list[str]
    must_be_killed: float
    took_s: float = field(default=0.0)

    @property
    def killed(self) -> int:
        return self.tried - len(self.explained) - len(self.alive)

    @property
    def killed_share(self) -> float:
        return self.killed / self.tried

    @property
    def held(self) -> bool:
        return not (self.alive or self.killed_after_all or self.gone) and self.killed_share >= self.must_be_killed


def judged(path: str, share: float = 1.0, jobs: int | None = None) -> Account:
    """Try this share of a file's mutants; a sample is the same each time.

    An explained one that passes its own tests is believed: all tests of the rooms would take minutes for each.
    """
    began_s = time.monotonic()
    source = Path(path).read_bytes()
    mutants = mutants_of(source)
    reasons: dict[str, str] = tomllib.loads(EXPLAINED.read_text()).get(path, {})
    gone = sorted(set(reasons) - {mutant.name for mutant in mutants})
    if share < 1:
        mutants = random.Random(f"{SEED} {path}").sample(mutants, max(1, round(share * len(mutants))))
    trials = Trials(path, source)
    alive = _survivors(trials, mutants, TESTS[path], jobs)
    if path.startswith(PURE):
        doubtful = [mutant for mutant in alive if mutant.name not in reasons]
        killed = set(doubtful) - set(_survivors(trials, doubtful, WHOLE, jobs))
        alive = [mutant for mutant in alive if mutant not in killed]
    explained = [mutant for mutant in alive if mutant.name in reasons]
    return Account(
        path,
        tried=len(mutants),
        explained=explained,
        alive=[mutant for mutant in alive if mutant.name not in reasons],
        killed_after_all=[mutant for mutant in mutants if mutant.name in reasons and mutant not in explained],
        gone=gone,
        must_be_killed=KILLED_SHARE if share >= 1 else 0.0,
        took_s=time.monotonic() - began_s,
    )


def _survivors(trials: Trials, mutants: Sequence[Mutant], tests: Sequence[str], jobs: int | None) -> list[Mutant]:
    """Return the mutants that pass all these tests, several at a time."""
    if not mutants:
        return []
    at_once = jobs or len(os.sched_getaffinity(0))
    cpu_s = trials.patience_s(tests)
    waiting, alive = list(reversed(mutants)), set[Mutant]()
    running: dict[int, tuple[Mutant, BaseProcess]] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            trial = trials.begin(mutant, tests, cpu_s)
            running[trial.sentinel] = mutant, trial
        for ended in wait(list(running)):
            mutant, trial = running.pop(int(str(ended)))
            trial.join()
            if trials.passed(trial.exitcode):
                alive.add(mutant)
                print(f"{trials.path}:{mutant.line} passes {tests[0]} ... {mutant.name}", file=sys.stderr, flush=True)
    return [mutant for mutant in mutants if mutant in alive]

"""`make faults`: every fault at every transition of a session, P1 to P8 in each cell.

    python -m tests.reliability.matrix                              # the grid
    python -m tests.reliability.matrix --cell "heel open" "lean-in"   # one cell, in words

A session is played until just before a transition; from there it goes on in as many forked processes as there are
faults. So a cell costs what comes after its fault, and is the very same session as one that had the fault in it from
the start.
"""

import math
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np

from coach.cues import Look
from coach.events import HoldBegan, PressBegan
from coach.plan import Plan, Spot, Step, StepKind
from hardware.emulated.faults import KINDS, Fault
from hardware.emulated.fsr import Newtons3

from .promises import NATURE, Judge, Violation
from .table import Row, lines
from .watched import Blow, Seen, Watched

SEED = 20261122
PLAN = Plan(
    steps=(
        Step(kind=StepKind.HOLD, spot=Spot.SACRUM_LEFT),
        Step(kind=StepKind.HOLD, spot=Spot.CREST_LEFT),
    )
)
# Seconds and newtons: leans in slowly, holds for half a minute and more, lets go; the second press rises too fast and
# goes so far over the ceiling that any two pads are still over it.
HAND = (
    *((0.0, 0.0), (2.0, 0.0), (6.0, 10.0), (40.0, 10.0), (43.0, 0.0), (48.0, 0.0), (49.0, 10.0), (53.5, 38.0)),
    *((57.0, 38.0), (60.0, 0.0), (64.0, 0.0)),
)
SHARES = (0.4, 0.33, 0.27)
LENGTH_S = 64.0
LASTS_S = 5.0
# What is seen of a fault after it is over: trust comes back in 3 s, and goes on.
_GOES_ON_S = 6.0
# A fault that is there from the start is played to the very end; of one that comes later the end comes soon.
_LASTS_WHOLE_UNTIL_S, _ENDS_AFTER_S = 1.0, 12.0
_FORKS_BEFORE_S = 0.1
# Mama presses so long after the bus has failed; and holds for long enough to mean stop.
_PRESSES_AFTER_S, _TAPS_S, _HOLDS_S = 0.6, 0.3, 1.5

# A sync of a real disk would cost more than the session.
_IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - each cell has a folder of its own


class Partner:
    """The scripted hand, and mama's finger."""

    def __init__(self) -> None:
        self._times_s, self._newtons = zip(*HAND, strict=True)
        self.presses: tuple[float, float] | None = None

    def force_newton(self, t_s: float) -> Newtons3:
        whole = float(np.interp(t_s, self._times_s, self._newtons))
        # Her breath, and a tremor: a hand of flesh.
        whole *= 1 + 0.01 * math.sin(1.6 * t_s) + 0.004 * math.sin(19.0 * t_s)
        heel, palm, fingers = SHARES
        return whole * heel, whole * palm, whole * fingers

    def mama_down(self, t_s: float) -> bool:
        return self.presses is not None and self.presses[0] <= t_s < self.presses[1]

    def partner_down(self, t_s: float) -> bool:  # noqa: ARG002 - both hands are at work
        return False


# -- rows and columns ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trouble:
    """One row: what goes wrong.

    Attributes:
        part: Of the glove, or "loop", "guardian", "disk".
        kind: Of that part.
        lasts_s: How long; infinity is to the end.
        presses_s: For how long mama presses a moment later; 0 for not.
    """

    part: str
    kind: str
    lasts_s: float = math.inf
    presses_s: float = 0.0

    @property
    def name(self) -> str:
        lasts = "" if math.isinf(self.lasts_s) else f" {self.lasts_s:g} s"
        presses = {0.0: "", _TAPS_S: ", too much", _HOLDS_S: ", stop"}[self.presses_s]
        return f"{self.part} {self.kind}{lasts}{presses}"

    @property
    def is_short(self) -> bool:
        """Whether it is seen at every instant around a transition, not only at the transition itself."""
        return not math.isinf(self.lasts_s)

    def faults(self, at_s: float) -> tuple[Fault, ...]:
        if self.part not in KINDS:
            return ()
        to_s = at_s + self.lasts_s
        return (Fault(self.part, self.kind, at_s, to_s),)

    def blow(self, at_s: float) -> Blow | None:
        if self.part == "loop":
            return Blow(self.kind, at_s, 0.0 if math.isinf(self.lasts_s) else self.lasts_s)
        return Blow("guardian", at_s) if self.part == "guardian" else None


def troubles() -> list[Trouble]:
    """All rows."""
    rows = []
    for part, kinds in KINDS.items():
        for kind, what in kinds.items():
            # Nothing goes wrong at a transition that was wrong from the start: `paws check` has its stories.
            if what.is_built_in:
                continue
            rows.append(Trouble(part, kind))
            # What is over by itself has no end to be chosen.
            if math.isinf(what.lasts_s):
                rows.append(Trouble(part, kind, LASTS_S))
    buses = [(part, kind) for part in ("bus", "chip") for kind in KINDS[part]]
    rows += [Trouble(*bus, LASTS_S, presses_s) for bus in buses for presses_s in (_TAPS_S, _HOLDS_S)]
    rows += [Trouble("loop", "frozen", lasts_s) for lasts_s in (0.3, 1.0, 10.0)]
    rows += [Trouble("loop", "broken"), Trouble("loop", "killed"), Trouble("guardian", "replaced")]
    return [*rows, Trouble("disk", "full")]


COLUMNS = (
    "start",
    "contact",
    "lean-in",
    "over the limit",
    "entering hold",
    "at 30 s",
    "release",
    "between spots",
    "end",
)
# A few milliseconds before, at and after where one tick decides; the others last for seconds.
_OFFSETS_S = {
    "start": (0.0, 0.05),
    "contact": (-0.01, 0.0, 0.01),
    "over the limit": (-0.01, 0.0, 0.01),
    "entering hold": (-0.01, 0.0, 0.01),
    "at 30 s": (-0.01, 0.0, 0.01),
    "release": (0.0,),
    "end": (-0.3, -0.01),
}


def transitions(healthy: Seen) -> dict[str, float]:
    """When the healthy session comes to each of the columns."""
    contact_s = next(e.t_s for e in healthy.events if isinstance(e, PressBegan))
    hold_s = next(e.t_s for e in healthy.events if isinstance(e, HoldBegan))
    times_s = {
        "start": 0.0,
        "contact": contact_s,
        "lean-in": (2.0 + 6.0) / 2,
        "over the limit": healthy.of_look(Look.SOFTER)[0],
        "entering hold": hold_s,
        "at 30 s": healthy.of_look(Look.ENOUGH)[0],
        "release": 41.0,
        "between spots": healthy.of_look(Look.NEXT)[0],
        "end": LENGTH_S,
    }
    assert healthy.of_look(Look.SLOWER), "the second press is too fast"
    return times_s


# -- one cell -----------------------------------------------------------------------------------------------


def new_world() -> Watched:
    return Watched(Partner(), LENGTH_S, seed=SEED, plan=PLAN)


def ends_s(row: Trouble, at_s: float) -> float:
    """When a cell's session may end."""
    if math.isinf(row.lasts_s) and at_s < _LASTS_WHOLE_UNTIL_S:
        return LENGTH_S
    if math.isinf(row.lasts_s):
        return min(LENGTH_S, at_s + _ENDS_AFTER_S)
    return min(LENGTH_S, at_s + row.lasts_s + _GOES_ON_S)


def go_on(world: Watched, row: Trouble, at_s: float, folder: Path) -> None:
    """Let it happen to a session that has not come so far yet."""
    world.strike(row.faults(at_s), row.blow(at_s))
    if row.presses_s:
        hand = world.hand
        assert isinstance(hand, Partner)
        hand.presses = (at_s + _PRESSES_AFTER_S, at_s + _PRESSES_AFTER_S + row.presses_s)
    world.begin_tape(folder, _fill_disk if row.part == "disk" else None)
    world.ends_at(ends_s(row, at_s))


def _fill_disk(tape: Path) -> None:
    """From here on the file cannot grow."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = tape.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def judged(world: Watched, row: Trouble, at_s: float, healthy: Seen) -> list[Violation]:
    """What of its promises a session broke."""
    seen = world.seen
    if seen.refused is not None:
        lit = [sample for sample in seen.samples if not sample.is_dark]
        return [Violation("P5", sample.t_s, "lit, and nothing began") for sample in lit[:1]]
    broken = Judge(seen, row.faults(at_s)).violations()
    if row.part == "disk":
        broken += _other_than(healthy, seen)
        if seen.writer is not None and seen.writer.trouble is None:
            broken.append(Violation("P6", at_s, "the disk is full, and nobody says so"))
    return broken


def _other_than(healthy: Seen, seen: Seen) -> list[Violation]:
    """P8: the pins are those of the session whose disk is well."""
    for one, other in zip(healthy.samples, seen.samples, strict=False):
        if one.pins != other.pins and other.t_s < seen.ended_s:
            return [Violation("P8", other.t_s, f"{other.pins}, and with a disk {one.pins}")]
    return []


def one_cell(row: Trouble, at_s: float, healthy: Seen) -> list[Violation]:
    """Play one cell from its start to its end, without forks."""
    world = new_world()
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY) as folder:
        _when_it_is_time(world, at_s, lambda: go_on(world, row, at_s, Path(folder)))
        world.play()
        return judged(world, row, at_s, healthy)


def _when_it_is_time(world: Watched, at_s: float, call: Callable[[], object]) -> None:
    if at_s < _FORKS_BEFORE_S:
        call()
    else:
        world.pause = (at_s - _FORKS_BEFORE_S, call)


# -- many cells ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plot:
    """Some rows of one column, at one instant."""

    column: str
    at_s: float
    rows: tuple[Trouble, ...]


Answer = tuple[Trouble, float, list[Violation]]


class _Done(BaseException):
    """All children have been played."""


class _Child:
    """A forked process that plays one row to its end and answers what broke."""

    def __init__(self, row: Trouble, pipe: int) -> None:
        self.row, self._pipe = row, pipe

    def answer(self, broken: list[Violation]) -> NoReturn:
        os.write(self._pipe, pickle.dumps(broken))
        os._exit(0)


def played(plot: Plot, healthy: Seen) -> list[Answer]:
    """Play all rows of a plot, each in a child of its own."""
    world = new_world()
    answers: list[Answer] = []
    child: _Child | None = None

    def fork() -> None:
        nonlocal child
        for row in plot.rows:
            folder = Path(tempfile.mkdtemp(dir=_IN_MEMORY))
            ours, theirs = os.pipe()
            if os.fork() == 0:
                os.close(ours)
                # It plays on where its parent was, and leaves by its answer.
                child = _Child(row, theirs)
                go_on(world, row, plot.at_s, folder)
                return
            os.close(theirs)
            answers.append((row, plot.at_s, _answered(ours, plot.at_s)))
            shutil.rmtree(folder)
        raise _Done

    try:
        _when_it_is_time(world, plot.at_s, fork)
        world.play()
    except _Done:
        return answers
    except Exception:
        if child is not None:
            # Whatever it is, it is a bug of the session or of the judge, and belongs into the grid.
            child.answer([Violation("!!", plot.at_s, traceback.format_exc(limit=-4))])
        raise
    assert child is not None, f"{plot.column} at {plot.at_s} s was never reached"
    return child.answer(judged(world, child.row, plot.at_s, healthy))


def _answered(pipe: int, at_s: float) -> list[Violation]:
    with os.fdopen(pipe, "rb") as file:
        said = file.read()
    os.wait()
    if not said:
        return [Violation("!!", at_s, "the session's process died")]
    broken: list[Violation] = pickle.loads(said)  # noqa: S301 - from our own child
    return broken


# -- the grid -----------------------------------------------------------------------------------------------


def healthy_session() -> Seen:
    """Play the session that nothing happens to; it has to keep its promises too."""
    seen = new_world().play()
    broken = Judge(seen).violations()
    assert not broken, broken
    return seen


def plots(healthy: Seen) -> list[Plot]:
    """All the work, in parts of about the same size; endless faults come at the instant itself only."""
    # What lasts to the end costs most: spread evenly.
    rows, parts = troubles(), 3
    made = []
    for column, at_s in transitions(healthy).items():
        offsets_s = _OFFSETS_S.get(column, (0.0,))
        for offset_s in offsets_s:
            wanted = [row for row in rows if offset_s == offsets_s[-1 if len(offsets_s) < 3 else 1] or row.is_short]
            made += [Plot(column, max(at_s + offset_s, 0.0), tuple(wanted[part::parts])) for part in range(parts)]
    # The longest first, so that no core waits at the end.
    return sorted(made, key=lambda plot: plot.at_s)


def grid(healthy: Seen) -> tuple[dict[tuple[str, str], list[Violation]], int]:
    """Play everything; return what broke by row and column, and how many sessions it took."""
    broken: dict[tuple[str, str], list[Violation]] = {}
    sessions = 0
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        work = plots(healthy)
        for plot, answers in zip(work, pool.map(played, work, [healthy] * len(work)), strict=True):
            for row, _, violations in answers:
                sessions += 1
                broken.setdefault((row.name, plot.column), []).extend(violations)
    return broken, sessions


def lines_of(broken: dict[tuple[str, str], list[Violation]]) -> Iterator[str]:
    """Yield the grid, its legend, and the first violations in words."""
    names = [row.name for row in troubles()]
    width = max(map(len, names))
    for at, column in enumerate(COLUMNS):
        yield f"{'':{width}}  {'|  ' * at}{column}"
    for name in names:
        signs = [_sign(broken[name, column]) for column in COLUMNS]
        yield f"{name:{width}}  {' '.join(f'{sign:2}' for sign in signs)}".rstrip()
    yield ""
    yield from LEGEND
    found = [(cell, violations) for cell, violations in broken.items() if violations]
    # One of each promise and row first: the tenth cell of a row seldom tells more than the first.
    seen: Counter[tuple[str, str]] = Counter()
    order: list[tuple[int, int]] = []
    for (name, _), violations in found:
        order.append((seen[name, violations[0].promise], len(order)))
        seen[name, violations[0].promise] += 1
    for _, at in sorted(order)[:SHOWN]:
        (name, column), violations = found[at]
        yield f'\n{name}, {column}: {violations[0]}\n  python -m tests.reliability.matrix --cell "{name}" "{column}"'
    if len(found) > SHOWN:
        yield f"\nand {len(found) - SHOWN} more cells"


def _sign(violations: Sequence[Violation]) -> str:
    return min((violation.promise for violation in violations), default=".")


# As many as a person reads.
SHOWN = 12
LEGEND = (
    ".  held     P1 no good light without a fresh reading     P2 softer in time     P3 no cue of an invalid value",
    "P4 a loss shows in a second, and trust comes back in 2 to 3     P5 dark after the end     P6 the tape opens",
    "P7 her button first     P8 the disk changes no cue     LS flashes and tones     CG look after the glove for 2 s",
    "!! the program fell over",
    "",
    "What the hardware cannot show by its nature:",
    *(f"  {kind}: {nature.why}" for kind, nature in NATURE.items()),
)


def rows(share: float) -> Iterator[Row]:
    """Play the whole matrix, however small the share: no cell may be left out."""
    del share
    began_s = time.monotonic()
    broken, sessions = grid(healthy_session())
    took_s = time.monotonic() - began_s
    print(*lines_of(broken), sep="\n")
    bad = sum(bool(violations) for violations in broken.values())
    yield Row(
        "H4 every fault at every transition",
        f"{len(broken)} cells, {sessions} sessions",
        "P1 to P8 in every cell, 10 min",
        f"{bad} cells broke a promise, {took_s:.0f} s",
        bad == 0 and took_s <= 600,
    )


def tell_cell(name: str, column: str) -> int:
    """Play one cell and say what broke."""
    known = {row.name: row for row in troubles()}
    if name not in known or column not in COLUMNS:
        choice = known if name not in known else COLUMNS
        print(f"there is no {name if name not in known else column!r} - there are {', '.join(choice)}", file=sys.stderr)
        return 2
    healthy = healthy_session()
    found = False
    at_s = transitions(healthy)[column]
    for offset_s in _OFFSETS_S.get(column, (0.0,)):
        then_s = max(at_s + offset_s, 0.0)
        for violation in one_cell(known[name], then_s, healthy):
            found = True
            print(f"{name} at {then_s:.3f} s: {violation}")
    print("broken" if found else "held")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--cell"] and len(arguments) == 3:
        return tell_cell(*arguments[1:])
    (row,) = rows(1.0)
    print("", *lines([row]), sep="\n")
    return 0 if row.held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

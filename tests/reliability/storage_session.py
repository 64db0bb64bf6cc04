"""A short session of the real program for the storage campaign: emulated glove, real writer, its lights watched."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from coach.cues import Levels
from coach.summary import Summary
from coach.tape import ENDED_LATER
from firmware.emulation import emulated_stage
from firmware.lights import Lights
from firmware.page import page
from firmware.playing import play
from firmware.recording import open_tape, session_of, summary_of
from firmware.replaying import Comparison, judge_again
from hardware.clock import Clock
from sensing.inputs import Input, MarkWord, Reading

# The hasty hand is told SLOWER after 2 s and HOLD after 4: much happens in a short tape.
HAND, SEED, LENGTH_S = "hasty", 1, 4.4


@contextmanager
def home_at(place: Path) -> Iterator[Path]:
    """Let the program live in a folder of its own; yield where its tapes go."""
    before = os.environ.get("KITTYPAWS_HOME")
    os.environ["KITTYPAWS_HOME"] = str(place)
    try:
        yield place / "tapes"
    finally:
        if before is None:
            del os.environ["KITTYPAWS_HOME"]
        else:
            os.environ["KITTYPAWS_HOME"] = before


@dataclass
class Watched:
    """The lights, and all that they were told to show; the real ones show it too."""

    lights: Lights
    shown: list[Levels] = field(default_factory=list)
    are_lost = False

    def show(self, levels: Levels) -> None:
        self.shown.append(levels)
        self.lights.show(levels)

    def words(self) -> Sequence[MarkWord]:
        return self.lights.words()

    def close(self) -> None:
        self.lights.close()


@dataclass(frozen=True)
class Played:
    """What a session was to a person: its lights and sounds tick by tick, and its page as JSON."""

    shown: list[Levels]
    page: str
    code: int
    worst_late_s: float


def played(clock: Clock, handed: Callable[[float], None] | None = None, speed: float | None = None) -> Played:
    """Play a session to its end.

    Args:
        clock: Real or virtual.
        handed: Told the time of each input once the writer has it.
        speed: How much faster than life; as fast as it goes without.
    """

    def paced(inputs: Iterable[Input]) -> Iterator[Input]:
        began_s = time.monotonic()
        for item in inputs:
            if speed is not None:
                time.sleep(max(0.0, began_s + item.t_s / speed - time.monotonic()))
            if item.t_s >= LENGTH_S:
                stage.inputs.ending = "finished"
            yield item
            if handed is not None and isinstance(item, Reading):
                handed(item.t_s)

    stage = emulated_stage(HAND, SEED, clock, None, None, "demo")
    watched = Watched(stage.lights)
    stage = replace(stage, lights=watched)
    said = BytesIO()
    with redirect_stdout(TextIOWrapper(said, "utf-8", write_through=True)) as out, redirect_stderr(StringIO()):
        code = play(stage, as_json=True, paced=paced)
        out.flush()
    return Played(watched.shown, said.getvalue().decode(), code, stage.inputs.pace.worst_s)


@dataclass(frozen=True)
class Judged:
    """A tape as its readers see it."""

    readings: int
    last_reading_s: float | None
    difference: str | None
    damaged_lines: int
    summary: Summary
    is_told_incomplete: bool


def judged(tape: Path) -> Judged:
    """Read a tape, judge it again, and print its page; what is no tape raises, and so does a bug."""
    last_s = None
    with open_tape(tape) as reader:
        comparison = Comparison(compares=reader.header.has_events)
        for _ in judge_again(reader, session_of(reader.header), comparison):
            pass
        damaged = reader.damaged_lines
    with open_tape(tape) as reader:
        for item in reader.inputs():
            if isinstance(item, Reading):
                last_s = item.t_s
    summary = summary_of(tape)
    is_told = "incomplete" in page(summary)
    return Judged(comparison.readings, last_s, comparison.difference, damaged, summary, is_told)


def page_is_honest(seen: Judged) -> bool:
    """Whether the page says that a session was cut off, exactly when it was."""
    return seen.is_told_incomplete == (seen.summary.ended in ENDED_LATER)


def forked(work: Callable[[], int], errors: Path) -> int:
    """Do work in a process of its own, forked from this warm one; return its id. What it says on stderr is kept."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 70
    with suppress(BaseException):
        descriptor = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(descriptor, 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        sys.stdout = TextIOWrapper(open(1, "wb", closefd=False), "utf-8")  # noqa: SIM115
        sys.stderr = TextIOWrapper(open(2, "wb", closefd=False), "utf-8", write_through=True)  # noqa: SIM115
        try:
            code = work()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            raise
    os._exit(code)

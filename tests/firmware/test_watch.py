"""Following a session from another terminal: from its tape alone, whatever becomes of it, and without touching it."""

import fcntl
import os
import signal
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

from coach.tape import header_line, input_line
from firmware.newest import NewestTape
from firmware.recording import open_tape
from sensing.inputs import End, Reading

from .command import Running, lines_of, paws, written
from .conftest import Demo
from .drawn import Drawn
from .terminal import at_a_terminal

SAYS_NEW = "nothing new for"


class Writer:
    """A session's program, as far as its tape can tell: it appends, it holds the lock, and it may end in any way."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.die()

    def write(self, *lines: bytes) -> None:
        os.write(self._file, b"".join(lines))

    def die(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def lines(demo: Demo) -> list[bytes]:
    return lines_of(demo.tape)


def until(demo: Demo, word: bytes) -> int:
    """Return the number of the line after the first with that word."""
    return next(i for i, line in enumerate(lines(demo)) if word in line) + 1


@pytest.fixture
def tape(home: Path) -> Path:
    return home / "tapes" / "000001.tape"


@pytest.fixture
def watch(home: Path) -> Iterator[Callable[..., Running]]:
    """Return a function that begins to watch."""
    running: list[Running] = []

    def begin(*arguments: object) -> Running:
        running.append(Running("watch", *arguments, home=home))
        return running[-1]

    yield begin
    for each in running:
        each.__exit__(None, None, None)


# -- a tape that is over --------------------------------------------------------------------------------------


@pytest.mark.parametrize("hand", ["gentle", "heavy"])
def test_a_tape_that_is_over_is_told_as_the_session_told_it(hand: str, demo_of: Callable[[str], Demo]) -> None:
    demo = demo_of(hand)
    told = paws("watch", demo.tape)
    assert (told.code, told.out.splitlines()) == (0, demo.told.cues)
    assert told.err.startswith(f"paws: tape {demo.tape}: finished at 2:")
    assert told.err.endswith(f"; `paws summary {demo.tape}` has the page\n")


@pytest.mark.parametrize("demo", [("--hand", "gentle"), ("--plan", "first-time"), ("--hand", "gentle", "--both")])
def test_its_json_is_that_of_a_replay(demo: tuple[str, ...]) -> None:
    assert paws("demo", *demo).code == 0
    watched, replayed = paws("watch", 1, "--json"), paws("replay", 1, "--json")
    assert (watched.code, watched.json_lines) == (0, replayed.json_lines)
    assert watched.err.endswith("`paws summary 1` has the page\n")


def test_a_damaged_line_is_told_and_costs_that_line(gentle: Demo, tape: Path) -> None:
    whole = lines(gentle)
    hurt = [*whole[:1000], whole[1000][:20] + b"?" + whole[1000][21:], *whole[1001:2000], b"\n", *whole[2000:]]
    written(tape, hurt)
    told = paws("watch", 1)
    assert (told.code, told.out.splitlines()) == (0, gentle.told.cues)
    assert told.err.splitlines()[:2] == [
        "paws: line 1001 of the tape is damaged and left out",
        "paws: another line of the tape is damaged and left out",
    ]
    assert paws("watch", 1, "--json").json_lines[-1]["damaged_lines"] == 2


def test_a_tape_that_was_cut_off_is_told_as_far_as_it_goes(gentle: Demo, tape: Path) -> None:
    written(tape, b"".join(lines(gentle)[:3000])[:-5])
    told = paws("watch", 1)
    assert told.code == 0
    assert told.out.splitlines() == gentle.told.cues[: len(told.out.splitlines())]
    assert "nothing new for 1 s, nobody writes it any more; it was cut off at 0:58; `paws summary 1`" in told.err
    assert paws("watch", 1, "--json").json_lines[-1]["ended"] is None


def test_a_tape_of_a_later_program_is_one_line(gentle: Demo, tape: Path) -> None:
    first = lines(gentle)[0]
    later = first[11:].replace(b'"format":3', b'"format":99')
    body = b"H " + later.rstrip(b"\n")
    written(tape, b"%08x %s\n" % (zlib.crc32(body), body))
    told = paws("watch", 1)
    assert (told.code, told.refusal) == (
        2,
        f"{tape} has tape format 99, this program reads up to 3 - update kittypaws",
    )


def test_a_recording_from_elsewhere_tells_nothing(tmp_path: Path) -> None:
    csv = written(tmp_path / "a.csv", "t_s,heel_newton\n" + "".join(f"{i * 0.02:.2f},0\n" for i in range(100)))
    assert paws("import", csv).code == 0
    told = paws("watch", 1)
    assert (told.code, told.refusal) == (
        2,
        "tape 1 is a recording, nothing was said in it - `paws replay` judges it",
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"\0" * 700_000, "does not begin like a tape"), (b"no tape\n", "does not begin like a tape")],
)
def test_a_file_that_is_no_tape_is_refused(content: bytes, words: str, tape: Path) -> None:
    written(tape, content)
    told = paws("watch", 1)
    assert (told.code, words in told.refusal) == (2, True)


def test_a_tape_that_is_not_there_is_refused() -> None:
    told = paws("watch", 7)
    assert (told.code, "there is no tape 7" in told.refusal) == (2, True)


def test_a_folder_that_cannot_be_looked_into_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "tapes").mkdir(parents=True)

    def denied(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", denied)
    told = paws("watch")
    assert (told.code, told.refusal) == (
        2,
        f"{home / 'tapes'}: permission denied - look at the path and its rights",
    )


# -- a tape that grows ----------------------------------------------------------------------------------------


def test_a_session_is_told_as_it_happens_and_then_the_next(
    gentle: Demo, tape: Path, watch: Callable[..., Running]
) -> None:
    all_lines, felt, holds = lines(gentle), until(gentle, b'"watching"'), until(gentle, b'"hold","on":true')
    running = watch()
    assert running.wait_for("I wait", on="stderr") == f"paws: no session yet in {tape.parent}; I wait\n"
    with Writer(tape) as writer:
        writer.write(*all_lines[:felt])
        running.wait_for("watching (green")
        # In lumps, and torn in the middle of a line.
        rest = b"".join(all_lines[felt:holds])
        writer.write(rest[:-30])
        writer.write(rest[-30:])
        running.wait_for("stay here (blue)")
        writer.write(*all_lines[holds:])
        running.wait_for("finished")
        assert "finished at 2:06" in running.wait_for("I wait for the next session", on="stderr")
    with Writer(tape.with_name("000002.tape")) as writer:
        writer.write(*all_lines[:felt])
        running.wait_for("press each pad once")
        running.wait_for("watching (green")
        running.send(signal.SIGINT)
        told = running.end()
    assert (told.code, told.err) == (130, "")


def test_whoever_comes_late_is_told_all_from_the_beginning(
    gentle: Demo, tape: Path, watch: Callable[..., Running]
) -> None:
    with Writer(tape) as writer:
        writer.write(*lines(gentle)[: until(gentle, b'"enough","on":true')])
        running = watch("--json")
        said = [running.wait_for('"event":"pad_state"')]
        running.wait_for('"look":"enough"')
        writer.write(*lines(gentle)[until(gentle, b'"enough","on":true') :])
        running.wait_for('"event":"session_ended"')
        running.wait_for('"event":"summary"')
        running.send(signal.SIGTERM)
        told = running.end()
    assert said
    assert (told.code, told.json_lines) == (0, paws("replay", gentle.tape, "--json").json_lines)


def test_a_session_that_hangs_is_told_and_so_is_that_it_goes_on(
    gentle: Demo, tape: Path, watch: Callable[..., Running]
) -> None:
    half = until(gentle, b'"watching"')
    with Writer(tape) as writer:
        writer.write(*lines(gentle)[:half])
        running = watch()
        said = running.wait_for(SAYS_NEW, on="stderr")
        assert said == "paws: nothing new for 3 s: its program hangs, or the disk is slow\n"
        writer.write(*lines(gentle)[half : half + 10])
        running.wait_for("it goes on", on="stderr")
        writer.die()
        cut = running.wait_for("nobody writes it any more", on="stderr")
    assert "it was cut off at 0:03; `paws summary 1` has the page; I wait for the next session" in cut


def test_a_session_that_hangs_is_left_for_the_next(gentle: Demo, tape: Path, watch: Callable[..., Running]) -> None:
    half = until(gentle, b'"watching"')
    with Writer(tape) as first, Writer(tape.with_name("000002.tape")) as second:
        first.write(*lines(gentle)[:half])
        second.path.rename(tape.with_name("later"))
        running = watch()
        running.wait_for("watching (green")
        tape.with_name("later").rename(second.path)
        second.write(*lines(gentle)[:half])
        assert "it hangs" in running.wait_for("cut off", on="stderr")
        running.wait_for("press each pad")


@pytest.mark.parametrize("what", ["removed", "made shorter"])
def test_a_tape_that_is_taken_away_is_told_and_the_next_is_waited_for(
    what: str, gentle: Demo, tape: Path, watch: Callable[..., Running]
) -> None:
    half = until(gentle, b'"watching"')
    with Writer(tape) as writer:
        writer.write(*lines(gentle)[:half])
        running = watch()
        running.wait_for("watching (green")
        if what == "removed":
            tape.unlink()
        else:
            os.truncate(tape, 1000)
        said = running.wait_for("while it was followed", on="stderr")
    assert said == f"paws: tape 1 was {what} while it was followed, at 0:03; I wait for the next session\n"
    with Writer(tape.with_name("000002.tape")) as writer:
        writer.write(*lines(gentle)[:half])
        running.wait_for("press each pad")


def test_what_is_no_tape_does_not_keep_it_from_the_next(
    gentle: Demo, tape: Path, watch: Callable[..., Running]
) -> None:
    written(tape, b"no tape\n")
    running = watch()
    assert "does not begin like a tape" in running.wait_for("I wait for the next session", on="stderr")
    with Writer(tape.with_name("000002.tape")) as writer:
        writer.write(*lines(gentle)[: until(gentle, b'"watching"')])
        running.wait_for("watching (green")


def test_an_end_that_was_put_behind_a_cut_off_tape_is_taken(
    gentle: Demo, tape: Path, watch: Callable[..., Running]
) -> None:
    with Writer(tape) as writer:
        writer.write(*lines(gentle)[:1000], b"torn")
        running = watch()
        running.wait_for("watching (green")
        with open_tape(gentle.tape) as reader:
            volt_per_code = reader.header.volt_per_code
        writer.write(b"\n", input_line(End(60.0, "killed"), volt_per_code))
        said = running.wait_for("I wait for the next session", on="stderr")
    assert said == (
        "paws: tape 1: ended by a kill or a crash at 1:00; `paws summary 1` has the page; I wait for the next session\n"
    )
    assert "damaged" not in "".join(running.said)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGQUIT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 0)], ids=str
)
def test_watching_ends_at_once_and_without_a_word(
    number: signal.Signals, code: int, watch: Callable[..., Running]
) -> None:
    running = watch()
    running.wait_for("I wait", on="stderr")
    running.send(number)
    told = running.end()
    assert (told.code, told.err) == (code, "")


def test_whoever_has_read_enough_ends_it(gentle: Demo, tape: Path, watch: Callable[..., Running]) -> None:
    with Writer(tape) as writer:
        writer.write(*lines(gentle)[:1000])
        running = watch()
        running.wait_for("press each pad")
        running.stop_reading()
        writer.write(*lines(gentle)[1000:])
        told = running.end()
    assert (told.code, told.err) == (0, "")


# -- at a terminal --------------------------------------------------------------------------------------------


def test_at_a_terminal_it_is_the_sessions_own_view_and_leaves_the_terminal_as_it_was(
    gentle: Demo, tape: Path, home: Path
) -> None:
    shown = Drawn()
    with Writer(tape) as writer, at_a_terminal("watch", home=home) as terminal:
        writer.write(*lines(gentle)[: until(gentle, b'"hold","on":true')])
        terminal.until("stay here")
        terminal.until("\x1b[?2026l")
        terminal.send(signal.SIGINT)
        told = terminal.end()
    before, left, _ = told.out.rpartition("\x1b[0m\x1b[2J")
    shown.feed(before.encode())
    assert (told.code, told.err, left) == (130, "", "\x1b[0m\x1b[2J")
    assert shown.text[0].startswith("paws watch: emulated hand: gentle, seed 1  0:2")
    assert [line for line in shown.text if line.startswith(("hand", "lights", "cue"))] == [
        "hand    still",
        "lights  ○ green  ○ amber  ● blue  ○ red",
        "cue     stay here",
    ]
    shown.feed((left + _).encode())
    assert (shown.text, shown.modes) == ([], {"25", "7"})


def test_at_a_terminal_the_wait_and_the_silence_are_shown(gentle: Demo, tape: Path, home: Path) -> None:
    with at_a_terminal("watch", home=home) as terminal:
        terminal.until("no session yet in")
        with Writer(tape) as writer:
            writer.write(*lines(gentle)[:1000])
            terminal.until("press each pad")
            terminal.until("nothing new for 3 s: its program hangs")
        terminal.until("I wait for the next session")
        terminal.hang_up()
        assert terminal.end_unseen().code == 0


# -- beside a session -----------------------------------------------------------------------------------------


def test_a_session_is_watched_and_never_knows(home: Path, watch: Callable[..., Running]) -> None:
    """The watcher is frozen and killed in the middle of it."""
    running = watch()
    running.wait_for("I wait", on="stderr")
    with Running("session", "--emulated", "gentle", "--yes", home=home) as session:
        running.wait_for("press each pad once")
        running.wait_for("each pad has felt your hand")
        running.send(signal.SIGSTOP)
        session.wait_for("watching (green")
        running.send(signal.SIGKILL)
        session.send(signal.SIGTERM)
        told = session.end()
    assert (told.code, told.err) == (0, "")
    assert "Glove" not in told.out.partition("\n\n")[2]


def test_watching_leaves_the_folder_as_it_is(gentle: Demo, tape: Path) -> None:
    written(tape, lines(gentle)[:1000])
    tape.chmod(0o444)
    before = [(path, path.stat()[:9]) for path in [tape, tape.parent]]
    assert paws("watch", 1).code == 0
    assert [(path, path.stat()[:9]) for path in [tape, tape.parent]] == before


# -- which tape -----------------------------------------------------------------------------------------------


def test_each_tape_is_taken_once_the_newest_first(home: Path) -> None:
    folder = home / "tapes"
    newest = NewestTape(folder)
    assert newest.take() is None
    for number in (1, 2):
        written(folder / f"{number:06d}.tape", b"")
    assert newest.take() == folder / "000002.tape"
    # One that is over, and older, is nobody's business any more.
    assert (newest.take(), newest.has_newer()) == (None, False)
    written(folder / "000003.tape", b"")
    assert newest.has_newer()
    assert newest.take() == folder / "000003.tape"


def test_a_session_under_way_comes_before_a_demo_that_was_begun_later(home: Path) -> None:
    folder = home / "tapes"
    newest = NewestTape(folder)
    with Writer(folder / "000001.tape"):
        written(folder / "000002.tape", b"")
        assert newest.take() == folder / "000001.tape"
        assert newest.take() == folder / "000002.tape"
        assert newest.take() is None


def test_two_tapes_that_begin_within_one_tick_of_the_disks_clock_are_both_seen(home: Path) -> None:
    folder = home / "tapes"
    newest = NewestTape(folder)
    written(folder / "000001.tape", b"")
    stamp = folder.stat().st_mtime_ns
    assert newest.take() == folder / "000001.tape"
    written(folder / "000002.tape", b"")
    os.utime(folder, ns=(stamp, stamp))
    assert newest.take() == folder / "000002.tape"


def test_catching_up_with_twenty_minutes_takes_a_moment(gentle: Demo, tape: Path) -> None:
    """A session of that length, as it stands on a tape; what it takes on a Pi is about ten times as much."""
    with open_tape(gentle.tape) as reader:
        header = reader.header
    reading = Reading(0.0, (0.07, 0.07, 0.07, 1.65))
    body = [input_line(Reading(i * 0.02, reading.volts), header.volt_per_code) for i in range(60_000)]
    written(tape, [header_line(header), *body])
    began_s = time.process_time()
    assert paws("watch", 1).code == 0
    assert time.process_time() - began_s < 2.0

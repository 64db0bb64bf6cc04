"""The command line as a person meets it: what was typed, what came out, and the exit code.

`paws` runs in this process, `Running` in one of its own. Whoever waits for a process has a deadline: it is killed
when that is over, so that a test fails and never hangs.
"""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from coach.tape import event_line
from firmware.cli import _run

PAWS = Path(sys.executable).with_name("paws")
# No process of these tests should take this long, even on a busy machine with one core.
DEADLINE_S = 40.0


@dataclass(frozen=True)
class Told:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def cues(self) -> list[str]:
        """The lines that were said during the session; the page begins at the first empty one."""
        return self.out.partition("\n\n")[0].splitlines()

    @property
    def refusal(self) -> str:
        """The one line on standard error, without the name of the program; nothing else may have been said."""
        assert (self.out, self.err.count("\n"), self.err[:6]) == ("", 1, "paws: "), self
        return self.err[6:-1]


def paws(*arguments: object) -> Told:
    """Run the command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = _run([str(argument) for argument in arguments])
    return Told(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


class Running:
    """The command in a process of its own."""

    def __init__(
        self,
        *arguments: object,
        home: Path,
        before: Callable[[], object] | None = None,
        environment: dict[str, str] | None = None,
        within_s: float = DEADLINE_S,
    ) -> None:
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [PAWS, *map(str, arguments)],
            env={**os.environ, "KITTYPAWS_HOME": str(home), "PYTHONWARNINGS": "error", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            preexec_fn=before,  # noqa: PLW1509 - limits of the child alone; no thread of ours holds a lock
        )
        self._deadline = threading.Timer(within_s, self._process.kill)
        self._deadline.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._deadline.cancel()
        self._deadline.join()
        with self._process:
            self._process.kill()

    def wait_for(self, words: str, *, on: str = "stdout") -> str:
        """Return the first line with these words."""
        for line in getattr(self._process, on):
            self.said.append(line)
            if words in line:
                return str(line)
        raise AssertionError(f"{words!r} never came: {self.said} {self._process.communicate()}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def stop_reading(self) -> None:
        """Close our end of its standard output, as `head` does."""
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.stdout = None

    def end(self) -> Told:
        """Wait for its end; lines that were waited for are part of what it said on standard output."""
        out, err = self._process.communicate()
        return Told(self._process.returncode, "".join(self.said) + (out or ""), err)


def in_a_process(
    *arguments: object, home: Path, before: Callable[[], object] | None = None, within_s: float = DEADLINE_S
) -> Told:
    """Run the command in a process of its own, to its end."""
    with Running(*arguments, home=home, before=before, within_s=within_s) as process:
        return process.end()


def file_of(answers: str) -> io.TextIOWrapper:
    """Return a standard input with these answers in it."""
    reading, writing = os.pipe()
    os.write(writing, answers.encode())
    os.close(writing)
    return os.fdopen(reading)


def lines_of(tape: Path) -> list[bytes]:
    return tape.read_bytes().splitlines(keepends=True)


def written(path: Path, content: str | bytes | Sequence[bytes]) -> Path:
    """Write a file and return its path."""
    if isinstance(content, str):
        content = content.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else b"".join(content))
    return path


def retold(line: bytes, **changes: object) -> bytes:
    """Return an event's line with other values and a right checksum."""
    import msgspec

    from coach.events import Event

    said = {**json.loads(line[11:]), **changes}
    return event_line(msgspec.convert(said, Event))

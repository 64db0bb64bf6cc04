"""Whoever ends a program at a question is heard at once, whenever the signal comes, and has the terminal as it was.

The signals are real, from one process to another; the instant of each is drawn, with the seed written down.
"""

import os
import pty
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .command import DEADLINE_S

# A person who asks over and over, each time in a process whose caches are as cold as those of a program just begun.
ASKS = """
import os, sys
from firmware.conversation import Conversation
for _ in range(int(sys.argv[1])):
    child = os.fork()
    if not child:
        try:
            with Conversation(sys.stdout, patient=False) as talk:
                talk.say(f"{os.getpid()} asks|")
                talk.ask("Keep it? ")
        except KeyboardInterrupt:
            pass
        os._exit(0)
    os.waitpid(child, 0)
    print("over|", flush=True)
"""
# From the line before the question to the wait for its answer.
ASKING_S = 0.0001
# Nobody calls it lost sooner, however busy the machine is.
HEARD_WITHIN_S = 5.0


class Asker:
    """The process that asks, and the terminal that it asks at."""

    def __init__(self, keys: int, pid: int) -> None:
        self.keys, self.pid, self._shown = keys, pid, ""

    def before(self, end: str, within_s: float = DEADLINE_S) -> str | None:
        """Return what shows before that; None when it does not come."""
        deadline_s = time.monotonic() + within_s
        while end not in self._shown:
            if not select.select([self.keys], [], [], max(deadline_s - time.monotonic(), 0.0))[0]:
                return None
            self._shown += os.read(self.keys, 4096).decode()
        before, _, self._shown = self._shown.partition(end)
        return before


@contextmanager
def asker(script: str, *arguments: object) -> Iterator[Asker]:
    keys, program = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=program,
        stdout=program,
        env={**os.environ, "TERM": "xterm"},
    ) as process:
        try:
            yield Asker(keys, process.pid)
            assert process.wait(DEADLINE_S) == 0
        finally:
            process.kill()
            os.close(keys)
            os.close(program)


def wait_until(instant_s: float) -> None:
    """Wait more exactly than anybody who sleeps."""
    while time.perf_counter() < instant_s:
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_comes_just_as_a_question_is_asked_is_heard(number: signal.Signals) -> None:
    tries, instants, lost = 300, random.Random(1), 0
    with asker(ASKS, tries) as asked:
        for _ in range(tries):
            said = asked.before(" asks|")
            assert said is not None
            wait_until(time.perf_counter() + instants.random() * ASKING_S)
            os.kill(int(said.split()[-1]), number)
            if asked.before("over|", HEARD_WITHIN_S) is None:
                lost += 1
                os.write(asked.keys, b"\r")
                asked.before("over|")
    assert lost == 0


# The worst instant: the terminal is another one already, and the dialogue has not begun.
INTERRUPTED_WITHIN = """
import os, signal, sys, termios, tty
from firmware.conversation import Conversation
usual, real = termios.tcgetattr(0), tty.setcbreak
def interrupted(file):
    real(file)
    os.kill(os.getpid(), signal.SIGINT)
tty.setcbreak = interrupted
try:
    with Conversation(sys.stdout, patient=False):
        print("begun|", flush=True)
except KeyboardInterrupt:
    print("as it was" if termios.tcgetattr(0) == usual else "changed", end="|", flush=True)
"""


def test_a_signal_in_the_middle_of_the_beginning_leaves_the_terminal_as_it_was() -> None:
    with asker(INTERRUPTED_WITHIN) as asked:
        assert asked.before("|") == "as it was"


# Any thread of a program may be the one that a signal comes to, and that interrupts no other's wait. Here it always is.
HEARS_IN_A_THREAD = """
import signal, sys, threading
from firmware.conversation import Conversation
threading.Thread(target=threading.Event().wait, daemon=True).start()
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
signal.signal(signal.SIGUSR1, lambda number, frame: print("noticed|", flush=True))
try:
    with Conversation(sys.stdout, patient=False) as talk:
        print(talk.ask("Keep it? "), end="|", flush=True)
except KeyboardInterrupt:
    print("interrupted|", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_another_thread_takes_is_heard_too(number: signal.Signals) -> None:
    with asker(HEARS_IN_A_THREAD) as asked:
        asked.before("? ")
        os.kill(asked.pid, number)
        assert asked.before("interrupted|", HEARD_WITHIN_S) is not None


def test_a_signal_that_ends_nothing_leaves_the_question_as_it_is() -> None:
    with asker(HEARS_IN_A_THREAD) as asked:
        asked.before("? ")
        os.kill(asked.pid, signal.SIGUSR1)
        assert asked.before("noticed|", HEARD_WITHIN_S) is not None
        os.write(asked.keys, b"yes\r")
        said = asked.before("|")
    assert said is not None
    assert said.endswith("yes")

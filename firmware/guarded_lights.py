"""Lights in the hands of a guardian: the loop never waits for it, and one that does not answer is replaced."""

import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from coach.cues import DARK, Levels
from hardware.board import Board
from hardware.trouble import NoHardware
from sensing.inputs import MarkWord
from sensing.pads import FRESH_S

from .guard_messages import PACKET_BYTES, Answer, Ready, Refused, Show, decode_answer, encode

# Fifteen ticks; a guardian answers within one.
ANSWERS_WITHIN_S = 0.3
# A loop that was frozen itself finds old messages unanswered: the guardian is given this many ticks as well.
ANSWERS_WITHIN_TICKS = 5
# gpiozero and lgpio take a second or two to load on a Zero 2 W, and more on one that is busy.
READY_WITHIN_S = 20.0
# One that ends as soon as it has begun is not started more often than this.
START_AGAIN_AFTER_S = 1.0
# What a guardian needs to turn its lights off; then it is not waited for.
_ENDS_WITHIN_S = 1.0


class GuardedLights:
    """Lights and buttons in the hands of a guardian, a process of its own.

    Args:
        board: Which pins.
        header: Folder of an emulated header; None for the pins of the Pi.

    Raises:
        NoHardware: The pins are not there, or taken; or mama's button is down before anything began.
    """

    def __init__(self, board: Board, header: Path | None = None) -> None:
        self._board, self._header = msgspec.json.encode(board).decode(), [] if header is None else [str(header)]
        self._words: list[MarkWord] = []
        self._start("first")
        try:
            self._wait_until_ready()
        except BaseException:
            # Nobody else could end it any more.
            self.close()
            raise

    @property
    def are_lost(self) -> bool:
        """Whether no guardian has the pins now."""
        return not self._is_ready

    @property
    def guardian_pid(self) -> int:
        """The number of the process that has the pins, or is about to."""
        return self._process.pid

    def _start(self, turn: Literal["first", "again"]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                # -P: a folder called firmware where the user happens to stand is none of ours.
                [
                    *(sys.executable, "-P", "-m", "firmware.guardian"),
                    *(str(theirs.fileno()), self._board, turn, *self._header),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                # Not of the terminal's group: Ctrl-C is for the loop.
                start_new_session=True,
            )
        self._link = ours
        self._tick_s = time.monotonic()
        self._started_s = time.monotonic()
        self._is_ready = False
        self._number = self._answered = self._taken = self._heard = 0
        self._waits_since_s = 0.0

    def _wait_until_ready(self) -> None:
        self._link.settimeout(READY_WITHIN_S)
        try:
            packet = self._link.recv(PACKET_BYTES)
        except TimeoutError:
            packet = b""
        self._link.setblocking(False)
        said = decode_answer(packet) if packet else Refused("the process that owns the pins does not start")
        if isinstance(said, Refused):
            raise NoHardware(said.why)
        self._is_ready = True

    def show(self, levels: Levels) -> None:
        """Show that for as long as the lease runs; to be called at the end of each judged tick."""
        now_s = time.monotonic()
        self._listen(now_s)
        self._look_after_it(now_s)
        if not self._is_ready:
            return
        if self._number == self._answered:
            self._waits_since_s = now_s
        self._number += 1
        # A tick that took so long tells of the past; the next one, at once, knows better.
        levels = levels if now_s - self._tick_s <= FRESH_S else DARK
        try:
            self._link.send(encode(Show(self._number, self._tick_s, self._heard, levels)))
        except OSError:
            # Its end of the pipe is full or gone; what is not answered is noticed in time.
            return

    def words(self) -> Sequence[MarkWord]:
        """Return what the buttons said since the last call; to be called at the begin of each tick."""
        # A tick begins. What it will say is as old as this, also when the process is frozen before it is said.
        self._tick_s = time.monotonic()
        self._listen(self._tick_s)
        self._heard = self._taken
        words, self._words = self._words, []
        return words

    def _listen(self, now_s: float) -> None:
        while True:
            try:
                packet = self._link.recv(PACKET_BYTES)
            except OSError:
                return
            if not packet:
                return
            said = decode_answer(packet)
            if isinstance(said, Ready):
                self._is_ready = True
            elif isinstance(said, Answer):
                self._answered, self._waits_since_s = said.number, now_s
                new = said.words[max(self._taken - said.first, 0) :]
                self._words += new
                self._taken += len(new)

    def _look_after_it(self, now_s: float) -> None:
        age_s = now_s - self._started_s
        if self._process.poll() is not None:
            self._is_ready = False
            if age_s >= START_AGAIN_AFTER_S:
                self._link.close()
                self._start("again")
            return
        waits = self._number - self._answered
        is_silent = waits >= ANSWERS_WITHIN_TICKS and now_s - self._waits_since_s >= ANSWERS_WITHIN_S
        if is_silent or (not self._is_ready and age_s >= READY_WITHIN_S):
            self._is_ready = False
            self._process.kill()

    def close(self) -> None:
        """Turn everything off; closing twice is allowed."""
        # The end of the pipe is the guardian's order to go dark.
        self._link.close()
        try:
            self._process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

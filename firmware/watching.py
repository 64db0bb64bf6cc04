"""Watching a session through its tape: a reader in a process of its own, which may die without any effect.

Drawn from what stands on the tape alone. Time is how long nothing came; what the wall clock says is nobody's business.
"""

import time
from pathlib import Path
from typing import Protocol

from coach.account import Account
from coach.events import Event
from coach.summary import Summary
from coach.tape import ENDED_LATER, Header, TapeReader
from coach.verdict import minutes
from sensing.inputs import Dropout, End, Input, Mark, Notice, Reading

from .growing import LOOK_EVERY_S, GrowingTape
from .newest import NewestTape
from .recording import account_of
from .refusal import Refusal, refusing_wrong_files
from .told import Told
from .words import how_ended

# Fifty lines come in a second; a slow card may hold them up for this long, and nobody need read of it.
QUIET_AFTER_S = 3.0
# After this long it is asked whether anybody still writes.
ASK_AFTER_S = 1.0


class Shown(Protocol):
    """Whom a tape is told to."""

    def begin(self, header: Header, told: Told) -> None:
        """A tape begins."""

    def take(self, item: Input | Event, lines: list[str]) -> None:
        """This stands next on it, and that is to be told to a person."""

    def idle(self) -> None:
        """Nothing new for the moment: time to draw."""

    def note(self, text: str | None, *, again: bool = False) -> None:
        """This is to be said of the watching itself: in place of the last, or again with another number."""

    def remark(self, text: str) -> None:
        """This is to be said of the tape."""

    def end(self, summary: Summary) -> None:
        """The tape is over."""


class Watch:
    """Follows tapes.

    Args:
        folder: Of the tapes.
        shown: Whom they are told to.
    """

    def __init__(self, folder: Path, shown: Shown) -> None:
        self._folder, self._shown = folder, shown
        self._newest = NewestTape(folder)

    def every(self) -> None:
        """Follow the newest tape, then the next, until somebody ends the program.

        Raises:
            Refusal: The folder cannot be looked into.
        """
        path = self._take()
        if path is None:
            self._shown.note(f"no session yet in {self._folder}; I wait")
        while True:
            path = path or self._next()
            try:
                ended = self.one(path, has_newer=True)
            except Refusal as refusal:
                # A tape that cannot be read is no reason to miss the next.
                ended = str(refusal)
            self._shown.note(f"{ended}; I wait for the next session")
            path = None

    def _next(self) -> Path:
        while True:
            path = self._take()
            if path is not None:
                return path
            self._shown.idle()
            time.sleep(LOOK_EVERY_S)

    def _take(self) -> Path | None:
        with refusing_wrong_files():
            return self._newest.take()

    def one(self, path: Path, *, has_newer: bool = False) -> str:
        """Follow a tape to its end, and return how it ended.

        Args:
            path: The tape.
            has_newer: Whether one that hangs is left for a newer one.

        Raises:
            Refusal: It cannot be read, or tells nothing.
        """
        with refusing_wrong_files():
            return _Followed(path, self._folder, self._shown, self._newest if has_newer else None).run()


class _Followed:
    """One tape from its first line to its last."""

    def __init__(self, path: Path, folder: Path, shown: Shown, newest: NewestTape | None) -> None:
        self._path, self._shown, self._newest = path, shown, newest
        self._name = str(int(path.stem)) if path.parent == folder and path.stem.isdecimal() else str(path)
        self._told: Told | None = None
        self._is_quiet = False
        # Of a tape that was cut off and given its end later; nothing comes after that.
        self._end: End | None = None
        self._asked_s = 0
        self._growing = GrowingTape(path, self._goes_on)

    def run(self) -> str:
        with self._growing:
            reader = TapeReader(self._growing, str(self._path))
            header = reader.header
            if not header.has_events:
                raise Refusal(f"tape {self._name} is a recording, nothing was said in it - `paws replay` judges it")
            self._told = told = Told(header)
            account = account_of(header)
            self._shown.note(None)
            self._shown.begin(header, told)
            damaged = 0
            for item in reader:
                # What the reader adds to a tape without an end stands nowhere.
                if isinstance(item, End) and not reader.has_end:
                    break
                self._take(item, told, account)
                if reader.damaged_lines > damaged:
                    self._tell_damage(damaged, told)
                damaged = reader.damaged_lines
            first = None if not damaged else self._growing.first_damage or "a line that is out of order"
            summary = account.summary(damaged_lines=damaged, first_damage=first)
            self._shown.end(summary)
            return self._how_it_ended(told, summary)

    def _take(self, item: Input | Event, told: Told, account: Account) -> None:
        if isinstance(item, End) and item.reason in ENDED_LATER:
            self._end = item
        if not isinstance(item, Reading | Dropout | Mark | Notice | End):
            account.feed(item)
        self._shown.take(item, told.take(item))

    def _tell_damage(self, before: int, told: Told) -> None:
        which = self._growing.first_damage if not before else None
        remark = f"{which or 'another line'} of the tape is damaged and left out"
        told.remark(remark)
        self._shown.remark(remark)

    def _goes_on(self) -> bool:
        """Say what is to be said while nothing comes, and return whether more of the tape is worth waiting for."""
        quiet_s = self._growing.quiet_s
        is_over = self._end is not None or (self._told is not None and self._told.is_over)
        if is_over and quiet_s >= LOOK_EVERY_S:
            return False
        if quiet_s < ASK_AFTER_S:
            self._asked_s = 0
        elif int(quiet_s) > self._asked_s:
            self._asked_s = int(quiet_s)
            if not self._growing.has_writer():
                return False
        self._tell_quiet(quiet_s)
        self._shown.idle()
        return not (self._is_quiet and self._newest is not None and self._newest.has_newer())

    def _tell_quiet(self, quiet_s: float) -> None:
        if quiet_s >= QUIET_AFTER_S:
            note = f"nothing new for {quiet_s:.0f} s: its program hangs, or the disk is slow"
            self._shown.note(note, again=self._is_quiet)
            self._is_quiet = True
        elif self._is_quiet:
            self._is_quiet = False
            self._shown.note(None)
            self._shown.remark("it goes on")

    def _how_it_ended(self, told: Told, summary: Summary) -> str:
        page = f"`paws summary {self._name}` has the page"
        at = minutes(told.t_s)
        if self._growing.trouble is not None:
            return f"tape {self._name} {self._growing.trouble}, at {at}"
        if told.is_over:
            return f"tape {self._name}: {how_ended(summary.ended, summary.stopped_by)} at {at}; {page}"
        if self._end is not None:
            return f"tape {self._name}: {how_ended(self._end.reason, None)} at {at}; {page}"
        quiet = f"nothing new for {self._growing.quiet_s:.0f} s"
        why = "it hangs" if self._is_quiet else "nobody writes it any more"
        return f"tape {self._name}: {quiet}, {why}; it was cut off at {at}; {page}"

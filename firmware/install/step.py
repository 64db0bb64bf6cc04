"""A step: one plain line, what is still to be done for it, and how that is shown and done.

A step with nothing left to do is done; so a second run changes nothing, and one that was cut short goes on.
"""

import difflib
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .place import Place, text_at


class StepFailed(Exception):  # noqa: N818 - it is what happened
    """A command did not do what it should; one line with the next step."""


@dataclass(frozen=True, slots=True)
class Run:
    """A command.

    Attributes:
        words: Program and arguments.
        as_root: Whether sudo is asked for.
        when_it_fails: The next step, for a person.
    """

    words: tuple[str, ...]
    as_root: bool = True
    when_it_fails: str = "look at what it said above, then run this again: it goes on from here"


@dataclass(frozen=True, slots=True)
class Copy:
    """One of our own files, put where the system reads it."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file with other content than before."""

    target: Path
    content: str


Action = Run | Copy | Rewrite


@dataclass(frozen=True, slots=True)
class Todo:
    """What is left to do for a step, and what is worth knowing."""

    actions: tuple[Action, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is to be so.

    Attributes:
        what: It, in one plain line.
        look: Looks at the system and returns what is left to do.
        needs_restart: Whether it holds only after the Pi was started again.
        stirs_service: Whether the service has to be started anew after it.
    """

    what: str
    look: Callable[[], Todo]
    needs_restart: bool = False
    stirs_service: bool = False


class Doer:
    """Shows every action, and does it unless this is a dry run."""

    def __init__(self, place: Place, say: Callable[[str], None], *, is_dry: bool) -> None:
        self._place, self._say, self.is_dry = place, say, is_dry

    def do(self, action: Action) -> None:
        """Show one action and do it.

        Raises:
            StepFailed: A command of it failed.
        """
        match action:
            case Run():
                self._run(action)
            case Copy():
                self._copy(action)
            case Rewrite():
                self._rewrite(action)

    def _run(self, command: Run) -> None:
        words = self._words(command)
        self._say(f"     {shlex.join(words)}")
        if self.is_dry:
            return
        try:
            code = subprocess.run(words, check=False).returncode  # noqa: S603 - words of ours
        except OSError as error:
            raise StepFailed(f"`{shlex.join(words)}`: {error.strerror} - {command.when_it_fails}") from None
        if code != 0:
            raise StepFailed(f"`{shlex.join(words)}` ended with {code} - {command.when_it_fails}")

    def _words(self, command: Run) -> list[str]:
        # On this system there is sudo, or it was refused; below another root it may be missing.
        return [*(self._place.program_words("sudo") or () if command.as_root else ()), *command.words]

    def _copy(self, copy: Copy) -> None:
        self._show_change(copy.target, copy.source.read_text(encoding="utf-8"))
        # Readable for all, whatever umask the checkout was made with.
        self._run(Run(("install", "-D", "-m", "644", str(copy.source), str(copy.target))))

    def _rewrite(self, change: Rewrite) -> None:
        self._show_change(change.target, change.content)
        new = f"{change.target}.kittypaws-new"
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder, change.target.name)
            made.write_bytes(change.content.encode(errors="surrogateescape"))
            made.chmod(0o644)
            # Beside its place first, then moved there in one step: a power cut leaves the old file or the new one.
            # `cp`, not `install`: the boot partition is FAT, where setting rights fails.
            for words in (("cp", str(made), new), ("sync", new), ("mv", "-f", new, str(change.target))):
                self._run(Run(words))

    def _show_change(self, path: Path, content: str) -> None:
        if not self.is_dry and not path.exists():
            # One of the files that can be read beforehand; the command says which.
            return
        for line in _difference(text_at(path), content, str(path)):
            self._say(f"       {line}")


def _difference(before: str, after: str, name: str) -> Iterator[str]:
    if not before:
        yield f"{name}, a new file:"
        yield from after.splitlines()
        return
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, "now", "then", lineterm="", n=2)
    for line in lines:
        yield line.encode(errors="replace").decode()


def copied(source: Path, target: Path, *after: Run) -> Todo:
    """Return what is left to do for a file of ours to stand somewhere, and the commands that make it known."""
    if text_at(target) == source.read_text(encoding="utf-8"):
        return Todo()
    return Todo((Copy(source, target), *after))


def removed(target: Path, *after: Run) -> Todo:
    """Return what is left to do for a file to be gone."""
    return Todo((Run(("rm", "-f", str(target))), *after)) if target.exists() or target.is_symlink() else Todo()

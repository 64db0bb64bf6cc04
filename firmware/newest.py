"""Which tape is to be followed: one that a session writes now, or else the newest.

The folder is listed only when something in it has changed; a look at that is one `stat`.
"""

import os
from pathlib import Path

from .tapes import is_growing, numbered

# Sessions come one by one, and a demo or two beside them.
LOOKED_AT = 5


class NewestTape:
    """The tapes of a folder, as they come.

    Args:
        folder: It need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed_ns: int | None = None
        self._is_sure = False
        self._tapes: list[Path] = []
        self._seen: set[Path] = set()

    def take(self) -> Path | None:
        """Return the tape to follow now, each only once; None while there is none that is new.

        Raises:
            OSError: The folder is there and cannot be looked into.
        """
        tapes = [path for path in self._listed()[-LOOKED_AT:] if path not in self._seen]
        newer = [path for path in tapes if self._is_newer(path)]
        found = next((path for path in reversed(tapes) if _grows(path)), newer[-1] if newer else None)
        if found is not None:
            self._seen.add(found)
        return found

    def has_newer(self) -> bool:
        """Return whether another tape has begun since the last one was taken."""
        return any(self._is_newer(path) for path in self._listed()[-1:])

    def _is_newer(self, path: Path) -> bool:
        return all(int(path.stem) > int(seen.stem) for seen in self._seen)

    def _listed(self) -> list[Path]:
        try:
            changed_ns = self._folder.stat().st_mtime_ns
        except (FileNotFoundError, NotADirectoryError):
            changed_ns = None
        # Two changes may bear one time: what was listed right after a change is listed once more.
        if changed_ns != self._changed_ns or not self._is_sure:
            self._is_sure = changed_ns == self._changed_ns
            self._changed_ns = changed_ns
            self._tapes = [] if changed_ns is None else _listed(self._folder)
        return self._tapes


def _listed(folder: Path) -> list[Path]:
    # A glob says of a folder that it may not read that it is empty.
    with os.scandir(folder):
        return numbered(folder)


def _grows(path: Path) -> bool:
    try:
        return is_growing(path)
    except OSError:
        return False

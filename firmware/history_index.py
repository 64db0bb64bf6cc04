"""An index of the tapes, so that years of them are read in a moment; it can be deleted, and is made anew from them.

A tape is known by its name, its size and the time of its last change. What is damaged, foreign or of another version is
replaced without a word: nothing stands here that does not stand on a tape.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from coach.history import Visit, visit_of

from .recording import summary_of
from .refusal import Refusal
from .tapes import is_growing, numbered

# Of what a row holds; another one is another index.
VERSION = 1
# Somebody else may be writing: two of these at once are rare, and short.
WAITS_S = 5.0
_TABLE = "CREATE TABLE visits (name TEXT PRIMARY KEY, size INTEGER, changed_ns INTEGER, visit BLOB)"


def visits_in(folder: Path, index: Path) -> Iterator[Visit | str]:
    """Yield the session on each tape of a folder, or a line about one that cannot be read.

    Args:
        folder: Of the tapes.
        index: Its file, which need not be there; where it cannot be written, all is read anew.
    """
    with closing(_opened(index)) as known:
        tapes = numbered(folder)
        rows = {name: row for name, *row in known.execute("SELECT name, size, changed_ns, visit FROM visits")}
        for tape in tapes:
            try:
                facts = tape.stat()
                row = rows.get(tape.name)
                if row is not None and row[:2] == [facts.st_size, facts.st_mtime_ns]:
                    yield msgspec.json.decode(row[2], type=Visit)
                    continue
                if is_growing(tape):
                    continue
                visit = visit_of(int(tape.stem), summary_of(tape))
            except (OSError, Refusal) as error:
                yield f"{tape.name} is left out: {error}"
                continue
            yield visit
            known.execute(
                "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?)",
                (tape.name, facts.st_size, facts.st_mtime_ns, msgspec.json.encode(visit)),
            )
        gone = set(rows) - {tape.name for tape in tapes}
        known.executemany("DELETE FROM visits WHERE name = ?", [(name,) for name in gone])
        _keep(known)


def _keep(known: sqlite3.Connection) -> None:
    try:
        known.commit()
    except sqlite3.Error:
        # A full disk or another writer: it is read anew the next time.
        known.rollback()


def _opened(index: Path) -> sqlite3.Connection:
    """Return the index, a new one in its place, or one in memory for this time."""
    try:
        return _ready(index)
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return _ready(":memory:")
    try:
        index.unlink(missing_ok=True)
        return _ready(index)
    except (OSError, sqlite3.Error):
        return _ready(":memory:")


def _ready(place: Path | str) -> sqlite3.Connection:
    known = sqlite3.connect(place, timeout=WAITS_S)
    try:
        known.execute("BEGIN IMMEDIATE")
        if known.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            known.execute("DROP TABLE IF EXISTS visits")
            known.execute(_TABLE)
            known.execute(f"PRAGMA user_version = {VERSION}")
        known.execute("SELECT name, size, changed_ns, visit FROM visits LIMIT 1")
    except sqlite3.Error:
        known.close()
        raise
    return known

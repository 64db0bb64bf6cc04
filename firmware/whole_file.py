"""A file is written whole or not at all: beside its place first, then moved there in one step."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, power cuts included; what was there before stays until all of it is on the disk.

    Raises:
        OSError: It could not be written; the error names the file.
    """
    made = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with made.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as error:
        # A full disk names no file, and nobody knows the one beside it.
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        made.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

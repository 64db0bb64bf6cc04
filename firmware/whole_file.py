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
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder remember, power cuts included, which files are in it.

    Raises:
        OSError: It could not.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""A known error: one line for people, and the exit code that goes with it.

0 well, 1 the answer is "no", 2 wrong usage or an unreadable file, 3 no hardware or somebody else has it.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAID_NO, WRONG_USE, NO_HARDWARE, INTERRUPTED = 1, 2, 3, 130
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Refusal(Exception):  # noqa: N818 - it is what the program does, not what went wrong
    """The program will not do that; the message names the thing, the value, the limit and the next step."""

    def __init__(self, message: str, exit_code: int = WRONG_USE) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = exit_code


@contextmanager
def refusing_wrong_files() -> Iterator[None]:
    """Turn a file that is wrong or cannot be read into a refusal; any other error is a bug and stays loud."""
    try:
        yield
    except BrokenPipeError:
        # Not a file: whoever read our output has enough.
        raise
    except (OSError, ValueError) as error:
        raise Refusal(explained(error)) from None


def explained(error: Exception) -> str:
    """Return what to tell a person about a failed file operation or a wrong value."""
    if isinstance(error, UnicodeDecodeError):
        return f"a text file was expected, but byte {error.start} is none of UTF-8 - save it as UTF-8"
    if not isinstance(error, OSError):
        return str(error)
    what = (error.strerror or str(error)).lower()
    if error.errno in _NO_ROOM:
        what = f"{what} - make room on that disk, then try again"
        return f"{error.filename}: {what}" if error.filename else what
    return f"{error.filename}: {what} - look at the path and its rights" if error.filename else what


def text_of(path: Path, what: str) -> str:
    """Return a text file's content.

    Raises:
        Refusal: It is missing or cannot be read.
    """
    try:
        # As it stands in the file: a checksum counts every byte.
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except FileNotFoundError:
        raise Refusal(f"{what} {path} does not exist - look at the name") from None
    except UnicodeDecodeError as error:
        raise Refusal(f"{what} {path} is not text: {explained(error)}") from None
    except OSError as error:
        raise Refusal(f"{what} {explained(error)}") from None

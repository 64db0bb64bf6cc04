"""A paragraph in lines: how wide they are, and that a number and its unit stay on one of them."""

import re
import shutil
from textwrap import wrap

# As wide as the page.
WIDTH = 72

_UNIT = re.compile(r"(\d) (?=(?:m?V|N|[kM]?ohm|g)\b|%)")


def text_width() -> int:
    """Return how wide text may be here: a narrower terminal gets narrower lines."""
    return min(WIDTH, shutil.get_terminal_size().columns)


def paragraph(text: str, width: int, before: str = "", indent: int = 0) -> list[str]:
    """Return a text in lines of at most that width; hyphens stay in their words, and may be an option's.

    Args:
        text: The text.
        width: In columns.
        before: What the first line begins with.
        indent: How far the others are moved in.
    """
    lines = wrap(
        _UNIT.sub("\\1\xa0", text),
        width,
        initial_indent=before,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )
    return [line.replace("\xa0", " ") for line in lines]

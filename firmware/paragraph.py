"""A paragraph in lines: a number and its unit stay on one of them."""

import re
from textwrap import wrap

_UNIT = re.compile(r"(\d) (?=(?:m?V|N|k?ohm|g)\b|%)")


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

"""A paragraph in lines: a number and its unit stay on one of them."""

import re
from textwrap import wrap

_UNIT = re.compile(r"(\d) (?=(?:m?V|N|k?ohm|g)\b|%)")


def paragraph(text: str, width: int) -> list[str]:
    """Return a text in lines of at most that width."""
    return [line.replace("\xa0", " ") for line in wrap(_UNIT.sub("\\1\xa0", text), width)]

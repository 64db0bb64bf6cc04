"""The leaflet, and parts of it, as lines of text for a terminal or a printer; the words are coach's."""

import shutil
from textwrap import wrap

from coach.before import AID, LEAFLET, READ_FIRST, RED_FLAGS, TODAY, WAITS_WITH, RedFlags

# As wide as the page; a narrower terminal gets narrower lines.
WIDTH = 72
_TITLE = "Kittypaws: before the first stroke"


def text_width() -> int:
    """Return how wide text may be here."""
    return min(WIDTH, shutil.get_terminal_size().columns)


def item(text: str, width: int) -> list[str]:
    """Return one line of a list."""
    return wrap(text, width, initial_indent="  - ", subsequent_indent="    ")


def items_of(flags: RedFlags, width: int) -> list[str]:
    """Return what a question asks for, line by line."""
    return [line for flag in flags.flags for line in item(flag, width)]


def whom_to_call(width: int) -> list[str]:
    """Return the whole list by whom to ask or call."""
    lines = []
    for flags in RED_FLAGS:
        lines += ["", *wrap(f"{flags.to_do}:", width), *items_of(flags, width)]
        lines += wrap(flags.more, width)
    return lines


def leaflet(width: int) -> str:
    """Return the leaflet as text."""
    lines = [*wrap(_TITLE, width), "─" * min(width, len(_TITLE)), *wrap(f"{AID} {READ_FIRST}", width)]
    lines += ["", *wrap(WAITS_WITH, width), *whom_to_call(width)]
    lines += ["", *wrap(f"Each time: {TODAY[0].lower()}{TODAY[1:]}", width)]
    for section in LEAFLET:
        lines += ["", section.heading]
        for text in section.lines:
            lines += item(text, width)
    return "\n".join(lines) + "\n"

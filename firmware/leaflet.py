"""The leaflet, and parts of it, as lines of text and as Markdown; the words are coach's."""

import shutil
from collections.abc import Iterable
from textwrap import wrap

from coach.before import AID, LEAFLET, NUMBERS, READ_FIRST, RED_FLAGS, TITLE, TODAY, WAITS_WITH, RedFlags

# As wide as the page; a narrower terminal gets narrower lines.
WIDTH = 72
# On paper, to be filled in by hand.
_BLANK = "." * 20
EACH_TIME = f"Each time: {TODAY[0].lower()}{TODAY[1:]}"


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
    lines = [*wrap(TITLE, width), "─" * min(width, len(TITLE)), *wrap(f"{AID} {READ_FIRST}", width)]
    lines += ["", *wrap(WAITS_WITH, width), *whom_to_call(width)]
    lines += ["", *wrap(EACH_TIME, width)]
    lines += ["", *(f"{name:<{max(map(len, NUMBERS))}} {_BLANK}" for name in NUMBERS)]
    for section in LEAFLET:
        lines += ["", section.heading]
        for text in section.lines:
            lines += item(text, width)
    return "\n".join(lines) + "\n"


def leaflet_markdown() -> str:
    """Return the leaflet as Markdown: what `hardware/leaflet.md` holds."""
    parts = [f"# {TITLE}", f"{AID} **{READ_FIRST}**", f"## {WAITS_WITH.removesuffix(':')}"]
    for flags in RED_FLAGS:
        parts += [f"**{flags.to_do}:**", _items(flags.flags), *([flags.more] if flags.more else [])]
    parts += [EACH_TIME, _items(f"{name}: {_BLANK}" for name in NUMBERS)]
    for section in LEAFLET:
        parts += [f"## {section.heading}", _items(section.lines)]
    return "\n\n".join(parts) + "\n"


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)

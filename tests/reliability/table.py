"""A campaign's answer: what was done how often, what may happen at most, and what happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: The campaign, by its letter in the catalogue of faults: "A3 the bus hangs".
        tried: How much was tried: "200 runs".
        bar: What has to hold, in words and numbers.
        measured: What was seen.
        held: Whether it did.
    """

    name: str
    tried: str
    bar: str
    measured: str
    held: bool


MARKDOWN_HEAD = ("| campaign | tried | must hold | seen |", "|---|---|---|---|")


def markdown(row: Row) -> str:
    """Return the row as one of a table in README."""
    seen = row.measured if row.held else f"**broken**: {row.measured}"
    return f"| {row.name} | {row.tried} | {row.bar} | {seen} |"


WIDTHS = (30, 26, 34, 34)


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows as text, each as soon as it is known."""
    for row in rows:
        columns = [
            wrap(text, width) or [""]
            for text, width in zip((row.name, row.tried, row.bar, row.measured), WIDTHS, strict=True)
        ]
        for at in range(max(map(len, columns))):
            cells = [
                (column[at] if at < len(column) else "").ljust(width)
                for column, width in zip(columns, WIDTHS, strict=True)
            ]
            verdict = ("held" if row.held else "BROKEN") if at == 0 else ""
            yield f"{verdict:7}{'  '.join(cells)}".rstrip()

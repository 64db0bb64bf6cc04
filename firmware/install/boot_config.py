"""The firmware's config.txt as text: our marked block put in, taken out, and lines of the person's that disagree.

Later lines win there. So the block stands at the end, under a filter that means every Pi; and when somebody wrote a
line after it that says otherwise, it moves behind that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BEGIN, END = "# kittypaws begin", "# kittypaws end"
# What another line may say against ours: the bus off, another speed, pins that keep their level.
_I2C = r"(?:i2c_arm|i2c1|i2c)"
_AGAINST = (
    re.compile(rf"^(?:device_tree_param|dtparam)=(?:[^#]*,)?{_I2C}=(?!on\b|true\b|yes\b|1\b)"),
    re.compile(rf"^(?:device_tree_param|dtparam)=(?:[^#]*,)?{_I2C}_baudrate=(?!400000\b)"),
    re.compile(r"^dtparam=(?:[^#]*,)?strict_gpiod=(?!on\b|true\b|yes\b|1\b)"),
)
_BUS = re.compile(r"^#?\s*dtparam=i2c_arm=(on|off)$")
_LEVELS = re.compile(r"^gpio=([\d,\-]+)=")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A line that says otherwise.

    Attributes:
        number: Which line of the file, from 1.
        text: What it says.
    """

    number: int
    text: str


def with_block(text: str, block: str) -> str:
    """Return the file with the block at its end, and nowhere else; the same text where that is well already."""
    if block in text and text.count(BEGIN) == 1 and not after_block(text, block):
        return text
    rest = without_block(text)
    return f"{rest}{_line_end(rest)}{block}"


def without_block(text: str) -> str:
    """Return the file without our block, whatever version it is of; every other byte stays."""
    kept: list[str] = []
    held: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith(BEGIN):
            # One whose end somebody deleted is before it: nobody knows which lines are ours, so all of them stay.
            kept, held = [*kept, *held], [line]
        elif held and line.startswith(END):
            held = []
        else:
            (held or kept).append(line)
    return "".join([*kept, *held])


def is_cut(text: str) -> bool:
    """Return whether there is a block whose end somebody deleted."""
    return BEGIN in without_block(text)


def moved_under(text: str) -> str | None:
    """Return the filter under which lines after our block come to stand without it, if that is not every Pi."""
    first, found, last = text.partition(BEGIN)
    filters = [line.strip() for line in first.splitlines() if line.startswith("[")]
    after = [line for line in last.partition(END)[2].splitlines()[1:] if line.strip() and not line.startswith("#")]
    is_moved = found and after and not after[0].startswith("[") and filters and filters[-1] != "[all]"
    return filters[-1] if is_moved else None


def but_for_the_bus(text: str) -> list[str]:
    """Return the lines of the file without those by which raspi-config turns I2C on."""
    return [line for line in text.splitlines() if not _BUS.match(line)]


def before_block(text: str, block: str) -> list[Disagreement]:
    """Return the lines that say otherwise and lose, for the block comes after them."""
    return [line for line in _disagreeing(text, block) if line.number <= _lines(text.partition(block)[0])]


def after_block(text: str, block: str) -> list[Disagreement]:
    """Return the lines that say otherwise and would win, for they come after the block."""
    first, found, _ = text.partition(block)
    return [line for line in _disagreeing(text, block) if found and line.number > _lines(first)]


def _disagreeing(text: str, block: str) -> Iterator[Disagreement]:
    own = range(0)
    first, found, _ = text.partition(block)
    if found:
        own = range(_lines(first) + 1, _lines(first) + _lines(block) + 1)
    pins = _pins(block)
    for number, line in enumerate(text.splitlines(), 1):
        told = line.strip()
        levels = _LEVELS.match(told)
        if number not in own and (any(pattern.match(told) for pattern in _AGAINST) or (levels and _pins(told) & pins)):
            yield Disagreement(number, told)


def _pins(text: str) -> set[int]:
    """Return the pins whose levels some lines set, as in gpio=17,22-24=op,dl."""
    pins: set[int] = set()
    for line in text.splitlines():
        for part in levels[1].split(",") if (levels := _LEVELS.match(line.strip())) else ():
            first, _, last = part.partition("-")
            if first.isdigit() and (last or first).isdigit():
                pins |= set(range(int(first), int(last or first) + 1))
    return pins


def _lines(text: str) -> int:
    return len(text.splitlines())


def _line_end(text: str) -> str:
    return "" if not text or text.endswith("\n") else "\n"

"""What a Pi says of its power and its heat, by its own tool `vcgencmd`; a computer without it says nothing.

`get_throttled` is a word of bits: 0 under-voltage now, 1 frequency capped, 2 throttled, 3 soft temperature limit, and
16 to 19 the same at any time since it was switched on (documentation of Raspberry Pi OS).
"""

import shutil
import subprocess
from dataclasses import dataclass

# The tool asks the firmware and answers in milliseconds; one that hangs is not waited for.
ANSWERS_WITHIN_S = 1.0
_POWER_LOW, _SLOWED, _POWER_WAS_LOW = 1 << 0, 1 << 1 | 1 << 2 | 1 << 3, 1 << 16


@dataclass(frozen=True, slots=True)
class Power:
    """The state of the supply and of the processor.

    Attributes:
        is_low: Under-voltage now, below about 4.65 V.
        was_low: Under-voltage at any time since it was switched on.
        is_slow: Its clock is capped or throttled now.
    """

    is_low: bool
    was_low: bool
    is_slow: bool


def power_tool() -> str | None:
    """Return where the tool is; None on a computer that is no Pi."""
    return shutil.which("vcgencmd")


def read_power(tool: str) -> Power | None:
    """Ask the tool; None when it fails, hangs, or says something else. Blocks for up to a second."""
    try:
        asked = subprocess.run(  # noqa: S603 - found by `power_tool`
            [tool, "get_throttled"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=ANSWERS_WITHIN_S,
            check=True,
            text=True,
        )
        bits = int(asked.stdout.partition("=")[2], 16)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Power(bool(bits & _POWER_LOW), bool(bits & _POWER_WAS_LOW), bool(bits & _SLOWED))

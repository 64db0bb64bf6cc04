"""Every light and the buzzer off: what the service does after its end, however that came.

    python -m firmware.dark [HEADER]

The guardian leaves nothing lit; this is for the day on which it was killed itself and nobody came after it.
"""

import sys
from contextlib import ExitStack

from hardware.panel import Panel
from hardware.trouble import NoHardware

from .guardian import pins
from .home import load_board
from .refusal import NO_HARDWARE, Refusal


def main(arguments: list[str]) -> int:
    """Turn everything off; return the exit code."""
    try:
        with ExitStack() as stack:
            # To take the pins is to turn them off.
            stack.enter_context(Panel(load_board(), pins(stack, arguments[0] if arguments else None)))
    except (NoHardware, Refusal) as why:
        print(f"paws: {why}", file=sys.stderr)  # noqa: T201 - no command line around it
        return NO_HARDWARE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

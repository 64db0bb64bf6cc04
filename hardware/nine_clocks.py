"""Nine clocks for a chip that stopped within a byte and holds the data line low (UM10204 3.1.16).

The pins have to be taken from the I2C controller for that, and given back. On Raspberry Pi OS `pinctrl` can. It is run
by a process of its own, this file: no tick waits for it, and it gives the pins back even if the session dies meanwhile.
"""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable

TOOL = "pinctrl"
# A call takes some milliseconds.
_CALL_S = 1.0
_CLOCKS = 9
# Giving back is what must not fail.
_GIVES_BACK = 3


class NineClocks:
    """Sends nine clocks over two pins; one that failed is not asked again."""

    def __init__(self, data_pin: int, clock_pin: int) -> None:
        self._pins = (str(data_pin), str(clock_pin))
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self) -> Callable[[], bool] | None:
        """Begin; return what says whether it is over, or None where it cannot be done. The bus must be closed."""
        has_failed = self._child is not None and self._child.poll() != 0
        if has_failed or shutil.which(TOOL) is None:
            return None
        try:
            # In a session of its own, so that a Ctrl-C does not leave the pins half-way.
            child = self._child = subprocess.Popen(  # noqa: S603 - this file, by this interpreter
                [sys.executable, "-P", __file__, *self._pins],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return None
        return lambda: child.poll() is not None


def _call(*words: str) -> str:
    """Run the tool and return what it said.

    Raises:
        subprocess.SubprocessError, OSError: It is not there, it failed, or it does not come back.
    """
    done = subprocess.run(  # noqa: S603 - words of ours
        [TOOL, *words], capture_output=True, text=True, timeout=_CALL_S, check=True, stdin=subprocess.DEVNULL
    )
    return done.stdout


def _function_of(pin: str) -> str:
    """Return what a pin is used for: "a0" on most Pis, "a3" on a Pi 5, as in " 2: a3    pu | hi // GPIO2 = SDA1"."""
    return _call("get", pin).split()[1]


def _send(data: str, clock: str) -> None:
    """Pull the lines low and let go of them, as open drain does; nobody ever drives one high against a chip."""
    _call("set", data, "ip")
    for _ in range(_CLOCKS):
        _call("set", clock, "op", "dl")
        _call("set", clock, "ip")
    # STOP: data rises while the clock is high.
    _call("set", clock, "op", "dl")
    _call("set", data, "op", "dl")
    _call("set", clock, "ip")
    _call("set", data, "ip")


def _give_back(pin: str, function: str) -> None:
    for _ in range(_GIVES_BACK):
        with contextlib.suppress(subprocess.SubprocessError, OSError):
            _call("set", pin, function)
            return


def main(data: str, clock: str) -> int:
    """Send the clocks and return 0, or 1 where the tool cannot."""
    try:
        functions = [(pin, _function_of(pin)) for pin in (data, clock)]
    except (subprocess.SubprocessError, OSError, IndexError):
        return 1
    try:
        _send(data, clock)
    except (subprocess.SubprocessError, OSError):
        return 1
    finally:
        for pin, function in functions:
            _give_back(pin, function)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

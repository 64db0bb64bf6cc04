"""The guardian: the small process that alone owns the pins. It outlives nobody, and it leaves nothing lit.

Dark at the end of the lease, at the end of the pipe and at its own end. Signals from the keyboard are for the loop:
the guardian stays until its loop is gone.

    python -m firmware.guardian SOCKET BOARD first|again [HEADER]
"""

import signal
import socket
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import msgspec

from coach.cues import Levels
from hardware.board import Board
from hardware.clock import SystemClock
from hardware.panel import Buttons, Panel
from hardware.trouble import NoHardware

from .guard import POLL_S, Guard
from .guard_messages import PACKET_BYTES, Answer, Ready, Refused, Show, decode_show, encode
from .let_go import wait_until_let_go

# A line that was claimed just now is given two looks to settle: its pull-up has a cable to charge.
SETTLES_S = 2 * POLL_S


def show_on(panel: Panel, levels: Levels) -> None:
    """Set a panel to these levels."""
    panel.show(green=levels.green, amber=levels.amber, blue=levels.blue, red=levels.red, tone_hz=levels.tone_hz)


class Guardian:
    """The pins' owner at its end of the pipe.

    Args:
        link: That end.
        panel: Lights and buzzer.
        buttons: Both buttons.
        began_s: When their pins were claimed, by the machine's monotonic clock.
    """

    def __init__(self, link: socket.socket, panel: Panel, buttons: Buttons, began_s: float) -> None:
        self._link, self._panel, self._buttons = link, panel, buttons
        self._guard = Guard()
        self._poll_s = began_s + SETTLES_S
        self._is_ending = False

    def run(self) -> None:
        """Guard until the loop is gone, or until somebody asks for the end."""
        while not self._is_ending:
            self._link.settimeout(self.look(time.monotonic()))
            try:
                packet = self._link.recv(PACKET_BYTES)
            except TimeoutError:
                continue
            except ConnectionError:
                packet = b""
            if not packet:
                return
            self.take(decode_show(packet), time.monotonic())

    def look(self, now_s: float) -> float:
        """Look at the buttons when it is time, show what is to show, and return how long there is nothing to do."""
        if now_s >= self._poll_s:
            self._guard.feed(now_s, mama_down=self._buttons.mama_down(), partner_down=self._buttons.partner_down())
            self._poll_s = now_s + POLL_S
        show_on(self._panel, self._guard.levels(now_s))
        # A lease that ends between two looks at the buttons ends on its own time.
        lease_ends_s = self._guard.lease_ends_s
        return (min(self._poll_s, lease_ends_s) if lease_ends_s > now_s else self._poll_s) - now_s

    def take(self, message: Show, now_s: float) -> None:
        """Show what the loop says, and answer."""
        self._guard.take(message.of_s, message.levels, message.heard)
        show_on(self._panel, self._guard.levels(now_s))
        words = tuple(self._guard.words[message.heard :])
        # A loop that does not read hears it with the next answer; one that is gone is seen at the next look.
        with suppress(OSError):
            self._link.send(encode(Answer(message.number, message.heard, words)), socket.MSG_DONTWAIT)

    def end(self, *_: object) -> None:
        """End soon: what a signal asks for."""
        self._is_ending = True


def pins(stack: ExitStack, folder: str | None) -> Any:
    """Return gpiozero's way to the pins: those of the Pi, or of an emulated header in a folder."""
    if folder is None:
        from hardware.pins import real_pin_factory  # noqa: PLC0415 - tempfile and more, that an emulated one lacks

        return real_pin_factory()
    from hardware.emulated.header import Header  # noqa: PLC0415 - not for a Pi
    from hardware.emulated.header_pins import HeaderFactory  # noqa: PLC0415 - not for a Pi

    header = Header(Path(folder))
    stack.callback(header.close)
    return HeaderFactory(header)


def panel_and_buttons(stack: ExitStack, board: Board, factory: Any) -> tuple[Panel, Buttons]:
    """Claim the pins, all of them off, until the stack is left.

    Raises:
        NoHardware: Another program has one of them.
    """
    try:
        return stack.enter_context(Panel(board, factory)), stack.enter_context(Buttons(board, factory))
    except Exception as error:
        # gpiozero's own error where a pin is taken twice, lgpio's where another program has it.
        raise NoHardware(
            f"the pins cannot be had ({error}) - end the program that uses one of them, or choose others in glove.toml"
        ) from error


def main(arguments: list[str]) -> int:
    """Guard the pins for the loop at the other end of a socket."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    board = msgspec.json.decode(arguments[1], type=Board)
    # Left in the opposite order: dark first, then the loop may know that it is alone.
    with socket.socket(fileno=int(arguments[0])) as link, ExitStack() as stack:
        try:
            panel, buttons = panel_and_buttons(stack, board, pins(stack, arguments[3] if len(arguments) > 3 else None))
            # One that takes another's place shows at once what she says.
            if arguments[2] == "first":
                wait_until_let_go(board, buttons.mama_down, SystemClock())
        except (NoHardware, OSError) as missing:
            with suppress(OSError):
                link.send(encode(Refused(str(missing))))
            return 1
        guardian = Guardian(link, panel, buttons, time.monotonic())
        signal.signal(signal.SIGTERM, guardian.end)
        # A loop that is gone already is seen at the first look.
        with suppress(OSError):
            link.send(encode(Ready()))
        guardian.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

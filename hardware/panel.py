"""The panel: four lights, a buzzer and two buttons over gpiozero, as levels and nothing else.

Whoever owns the panel writes levels every tick and reads levels every tick; patterns are made elsewhere.
No blinking, no beeping, no callbacks: gpiozero does those in threads that outlive a dead loop.
"""

from contextlib import ExitStack
from typing import Any, Self

from gpiozero import LED, InputDevice, TonalBuzzer
from gpiozero.tones import Tone

from hardware.board import Board
from hardware.pins import real_pin_factory

__all__ = ["Buttons", "Panel", "real_pin_factory"]

# Two octaves to either side of C6: 262 to 4186 Hz, where a piezo disc is loud.
_MIDDLE_HZ = 1046.5
_OCTAVES = 2

_DARK: tuple[bool, bool, bool, bool] = (False, False, False, False)


class Panel:
    """Four lights and a buzzer; everything is off when it is closed, and closing twice is allowed."""

    def __init__(self, board: Board, factory: Any = None) -> None:
        factory = real_pin_factory() if factory is None else factory
        lights = board.lights
        with ExitStack() as claimed:
            self._lights = [
                claimed.enter_context(LED(pin, initial_value=False, pin_factory=factory))
                for pin in (lights.green, lights.amber, lights.blue, lights.red)
            ]
            self._buzzer = claimed.enter_context(
                TonalBuzzer(
                    board.buzzer.pin,
                    mid_tone=Tone.from_frequency(_MIDDLE_HZ),
                    octaves=_OCTAVES,
                    pin_factory=factory,
                )
            )
            self._claimed = claimed.pop_all()
        self._lit = _DARK
        self._tone_hz: float | None = None
        self._closed = False

    def show(self, *, green: bool, amber: bool, blue: bool, red: bool, tone_hz: float | None) -> None:
        """Set all levels; only what changed is written."""
        wanted = (green, amber, blue, red)
        if wanted != self._lit:
            for light, lit, was_lit in zip(self._lights, wanted, self._lit, strict=True):
                if lit != was_lit:
                    light.value = lit
            self._lit = wanted
        if tone_hz != self._tone_hz:
            if tone_hz is None:
                self._buzzer.stop()
            else:
                self._buzzer.play(Tone.from_frequency(tone_hz))
            self._tone_hz = tone_hz

    def close(self) -> None:
        """Turn everything off and give the pins back."""
        if self._closed:
            return
        self._closed = True
        # Off first: giving back a pin does not promise a level. Given back they are whatever happens.
        with self._claimed:
            for light in self._lights:
                light.off()
            self._buzzer.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Buttons:
    """Mama's and the partner's button, read as levels; a button that is set to "none" is never down."""

    def __init__(self, board: Board, factory: Any = None) -> None:
        factory = real_pin_factory() if factory is None else factory
        with ExitStack() as claimed:
            self._mama, self._partner = (
                None
                if pin == "none"
                # InputDevice, not Button: only it never claims edges, which lgpio loses (gpiozero issue 1090).
                else claimed.enter_context(InputDevice(pin, pull_up=True, pin_factory=factory))
                for pin in (board.buttons.mama, board.buttons.partner)
            )
            self._claimed = claimed.pop_all()

    def mama_down(self) -> bool:
        """Whether mama presses; hers is normally closed, so a cut wire is a press."""
        return self._mama is not None and not self._mama.is_active

    def partner_down(self) -> bool:
        """Whether the partner presses; this one is normally open."""
        return self._partner is not None and bool(self._partner.is_active)

    def close(self) -> None:
        """Give the pins back."""
        self._claimed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

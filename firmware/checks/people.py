"""Who presses and looks: a person at the terminal, or one who is emulated and does at once what is asked."""

from collections.abc import Sequence
from typing import Any

from firmware.conversation import FRAME_S, Conversation
from hardware.board import PADS, Board
from hardware.clock import Clock
from hardware.emulated.fsr import Newtons3

_FULL_NEWTON, _BAR_WIDTH = 20.0, 12
# The emulated one presses so hard, so soon after it was asked, for so long.
_PRESS_NEWTON, _REACTS_AFTER_S, _PRESSES_FOR_S = 10.0, 0.5, 0.6


class Person:
    """A person at the terminal.

    Args:
        talk: The conversation.
        clock: Real time.
    """

    def __init__(self, talk: Conversation, clock: Clock) -> None:
        self._talk, self._clock = talk, clock
        self._asked, self._drawn_s = "", 0.0

    def press(self, pad: str) -> None:
        """Ask for a press on a pad."""
        self._asked = f"press the {pad}"
        self._talk.say(f"Press the {pad}, firmly, for a moment.")

    def let_go(self) -> None:
        """Ask that the glove is let go."""
        self._asked = "let go"

    def picture(self, newtons: Sequence[float]) -> None:
        """Draw a bar for each pad."""
        now_s = self._clock.now_s()
        if now_s - self._drawn_s < FRAME_S:
            return
        self._drawn_s = now_s
        bars = "  ".join(f"{pad} {_bar(newton)} {newton:4.1f} N" for pad, newton in zip(PADS, newtons, strict=True))
        self._talk.show(bars, f" {self._asked} ")

    def watch(self) -> None:
        """Ask to watch the lights."""
        self._talk.say("Watch the lights: green, amber, blue and red, then the buzzer.")

    def noticed(self, what: str) -> bool:
        """Ask whether they noticed it; Enter is yes."""
        verb = "hear" if what == "buzzer" else "see"
        return self._talk.ask(f"Did you {verb} the {what}? [Y/n] ").lower() in ("", "y", "yes")

    def press_button(self, name: str) -> None:
        """Ask for a press of a button."""
        self._talk.say(f"Press {'mama' if name == 'mama' else 'the partner'}'s button, shortly.")


def _bar(newton: float) -> str:
    filled = min(_BAR_WIDTH, round(_BAR_WIDTH * newton / _FULL_NEWTON))
    return "█" * filled + "░" * (_BAR_WIDTH - filled)


class EmulatedMaker:
    """One who presses what is asked for, and sees what the pins do; also the hand in the emulated glove.

    Args:
        board: The wiring.
        clock: The time of the glove.
    """

    def __init__(self, board: Board, clock: Clock) -> None:
        self._clock = clock
        self._began_s = clock.now_s()
        self._pressed: dict[str, float] = {}
        lights = board.lights
        self._pins = {
            "green light": lights.green,
            "amber light": lights.amber,
            "blue light": lights.blue,
            "red light": lights.red,
            "buzzer": board.buzzer.pin,
        }
        self._header: Any = None
        self._looked: dict[int, int] = {}

    def look_at(self, header: Any) -> None:
        """See and hear what these mock pins do."""
        self._header = header

    def _t_s(self) -> float:
        return self._clock.now_s() - self._began_s

    def force_newton(self, t_s: float) -> Newtons3:
        """Return the force on heel, palm and fingers."""
        heel, palm, fingers = (_PRESS_NEWTON if self._is_down(pad, t_s) else 0.0 for pad in PADS)
        return heel, palm, fingers

    def mama_down(self, t_s: float) -> bool:
        """Whether mama's button is pressed."""
        return self._is_down("mama", t_s)

    def partner_down(self, t_s: float) -> bool:
        """Whether the partner's button is pressed."""
        return self._is_down("partner", t_s)

    def _is_down(self, what: str, t_s: float) -> bool:
        at_s = self._pressed.get(what)
        return at_s is not None and at_s + _REACTS_AFTER_S <= t_s < at_s + _REACTS_AFTER_S + _PRESSES_FOR_S

    def press(self, pad: str) -> None:
        """Press a pad, after a moment."""
        self._pressed[pad] = self._t_s()

    def let_go(self) -> None:
        """Let go, which it does by itself."""

    def picture(self, newtons: Sequence[float]) -> None:
        """Look at nothing."""

    def watch(self) -> None:
        """Watch all the time, as it does."""

    def noticed(self, what: str) -> bool:
        """Return whether its pin was on since it was asked last."""
        pin = self._pins[what]
        states = self._header.pin(pin).states
        looked, self._looked[pin] = self._looked.get(pin, 0), len(states)
        return any(state.state for state in states[looked:])

    def press_button(self, name: str) -> None:
        """Press a button, after a moment."""
        self._pressed[name] = self._t_s()

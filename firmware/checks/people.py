"""Who presses and looks: a person at the terminal, or one who is emulated and does at once what is asked."""

from collections.abc import Sequence
from typing import Any

from coach.plan import Side
from firmware.conversation import FRAME_S, Conversation
from hardware.board import PADS, Board
from hardware.clock import Clock
from hardware.emulated.fsr import Newtons3

from .panel import SHOWN

# What was shown, by the word that is typed for it.
_WORDS = {what.split()[0]: what for what in SHOWN}
_YES, _NOTHING = ("", "y", "yes"), ("n", "no", "nothing")
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

    def turn_to(self, side: Side) -> None:
        """Say which of two gloves is meant from now on."""
        self._talk.say(f"Now the {side} glove.")

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
        self._talk.say(f"Enter if it was so; else type what it was: {', '.join(_WORDS)} or nothing.")

    def noticed(self, what: str) -> str | None:
        """Ask what they noticed; Enter is what was shown."""
        verb = "hear" if what == "buzzer" else "see"
        while True:
            answer = self._talk.ask(f"Did you {verb} the {what}? [Enter = yes] ").lower()
            if answer in _YES:
                return what
            if answer in _NOTHING:
                return None
            if answer in _WORDS:
                return _WORDS[answer]
            self._talk.say(f"Press Enter, or type one of {', '.join(_WORDS)}, nothing.")

    def press_button(self, name: str) -> None:
        """Ask for a press of a button."""
        self._talk.say(f"Press {'mama' if name == 'mama' else 'the partner'}'s button, shortly.")


def _bar(newton: float) -> str:
    filled = min(_BAR_WIDTH, round(_BAR_WIDTH * newton / _FULL_NEWTON))
    return "█" * filled + "░" * (_BAR_WIDTH - filled)


class EmulatedMaker:
    """One who presses what is asked for, and sees what the pins do; also the hand in each emulated glove.

    Args:
        clock: The time of the glove.
        side: The glove that is meant first.
    """

    def __init__(self, clock: Clock, side: Side) -> None:
        self._clock, self._side = clock, side
        self._began_s = clock.now_s()
        self._pressed: dict[str, float] = {}
        self._pins: dict[str, int] = {}
        self._header: Any = None
        self._looked: dict[int, int] = {}

    def look_at(self, header: Any, built: Board) -> None:
        """See and hear what these mock pins do.

        Args:
            header: The pins.
            built: What is really wired to them.
        """
        lights = built.lights
        pins = (lights.green, lights.amber, lights.blue, lights.red, built.buzzer.pin)
        self._header, self._pins = header, dict(zip(SHOWN, pins, strict=True))

    def _t_s(self) -> float:
        return self._clock.now_s() - self._began_s

    def hand(self, side: Side) -> "MakersHand":
        """Return the hand in one of the gloves."""
        return MakersHand(self, side)

    def turn_to(self, side: Side) -> None:
        """Press the pads of this glove from now on."""
        self._side = side

    def force_newton(self, side: Side, t_s: float) -> Newtons3:
        """Return the force on heel, palm and fingers of a glove."""
        if side != self._side:
            return (0.0, 0.0, 0.0)
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

    def noticed(self, what: str) -> str | None:
        """Return whose pin was on since it was asked last."""
        del what
        return next((name for name, pin in self._pins.items() if self._was_on(pin)), None)

    def _was_on(self, pin: int) -> bool:
        states = self._header.pin(pin).states
        looked, self._looked[pin] = self._looked.get(pin, 0), len(states)
        return any(state.state for state in states[looked:])

    def press_button(self, name: str) -> None:
        """Press a button, after a moment."""
        self._pressed[name] = self._t_s()


class MakersHand:
    """One of the two hands of the emulated maker, in its glove."""

    def __init__(self, maker: EmulatedMaker, side: Side) -> None:
        self._maker, self._side = maker, side

    def force_newton(self, t_s: float) -> Newtons3:
        """Return the force on heel, palm and fingers."""
        return self._maker.force_newton(self._side, t_s)

    def mama_down(self, t_s: float) -> bool:
        """Whether mama's button is pressed."""
        return self._maker.mama_down(t_s)

    def partner_down(self, t_s: float) -> bool:
        """Whether the partner's button is pressed."""
        return self._maker.partner_down(t_s)

"""One pad on the kitchen scale: what it feels is shown all the time, and a load counts when it was kept still.

The calibration and its recheck read a pad in this one way: press, keep still for five seconds, say what the scale
shows. Letting go to type is fine; going on to another load before it was told is not.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sensing.calibration import Curve, PadCalibration
from sensing.steadiness import DWELL_S, TURN_ON_SIEMENS, Rest, Steadiness

from .calibrating import GloveReader
from .conversation import FRAME_S, Conversation
from .weights import Unit

Move = Literal["off", "wake", "up", "down", "weight"]
Word = Literal["back", "skip"]

# Whoever has not come to rest by then needs another word.
PATIENCE_S = 30.0
# Twice or half of what was asked is a slip of the finger or another unit.
_FAR = 2.0
_BAR_WIDTH = 10


class Quit(Exception):  # noqa: N818 - what the person wants, no error
    """Leave everything as it was."""


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What every pad is calibrated with.

    Attributes:
        reader: Reads the glove.
        talk: The person.
        unit: Of the person's scale.
        move: Tells an emulated hand what the person was asked for; does nothing for a real one.
    """

    reader: GloveReader
    talk: Conversation
    unit: Unit
    move: Callable[[Move, str, float], None]


class PadOnScale:
    """One pad, read against a scale.

    Args:
        kitchen: What it is read with.
        pad: Its name.
        present: The table it has so far, to show what the pad feels.

    Attributes:
        siemens: What the pad conducts now.
        steadiness: Of the load that is asked for.
    """

    def __init__(self, kitchen: Kitchen, pad: str, present: PadCalibration) -> None:
        self.pad = pad
        self.kitchen = kitchen
        self.curve = Curve(present)
        self.siemens = 0.0
        self.steadiness = Steadiness()
        self._say = kitchen.unit.say
        self._drawn_s = -FRAME_S

    def load(self, move: Move, newton: float, *, any_load: bool = False) -> tuple[float, Rest] | Word:
        """Return what the scale showed and what the pad did, or the word that was typed instead.

        Args:
            move: How the person comes to it.
            newton: What is asked for, and what an empty answer means.
            any_load: Whether another load is as good.
        """
        self.kitchen.move(move, self.pad, newton)
        question = f"scale shows [{self._say(newton)}]: "
        while True:
            line = self.wait(
                lambda: self.steadiness.rest is not None, question=question, advice=self._advice, listens=True
            )
            if line == "back":
                return "back"
            if line == "skip":
                return "skip"
            try:
                return self._judged(line or "", newton, any_load=any_load)
            except ValueError as refusal:
                self.kitchen.talk.say(f"  {refusal}")

    def fraction(self, rest: Rest) -> float:
        """Return the pad's part of the supply during a rest."""
        return self.kitchen.reader.fraction(rest.siemens)

    def feels(self, siemens: float) -> str:
        """Say roughly what the present table makes of a conductance."""
        felt = self._say(self.kitchen.unit.rounded(self.curve.newton_from_siemens(siemens)))
        return f"over {felt}" if siemens > self.curve.last_siemens else felt

    def wait(
        self,
        done: Callable[[], bool],
        *,
        advice: Callable[[], str],
        question: str = "",
        picture: Callable[[], str] | None = None,
        patience_s: float = PATIENCE_S,
        listens: bool = False,
    ) -> str | None:
        """Read the glove until all is done, or something was typed.

        Without a terminal an answer is taken when it was asked for, or when patience is over: a script types ahead.

        Args:
            done: Asked after each look.
            advice: What to say when patience is over.
            question: What stands at the end of the live line.
            picture: What stands before it; the reading and its steadiness by default.
            patience_s: How long nothing needs to be said.
            listens: When all is done, wait for an answer too.

        Raises:
            Quit: The person wants to.
        """
        talk, began_s, is_late, was_done = self.kitchen.talk, self.kitchen.reader.now_s(), False, False
        while True:
            self._look(question, picture or self._picture)
            is_done = done()
            if is_done and not listens:
                return None
            if is_done and not was_done and not talk.is_live:
                talk.say(f"  steady; {question.rstrip()}")
            was_done = was_done or is_done
            if not is_done and not is_late and self.kitchen.reader.now_s() - began_s >= patience_s:
                is_late = True
                talk.say(f"  {advice()}")
            if (talk.is_live or is_late or is_done) and (line := talk.heard()) is not None:
                if line.lower() in ("quit", "q", "exit"):
                    raise Quit
                return line.lower()

    def _judged(self, line: str, newton: float, *, any_load: bool) -> tuple[float, Rest]:
        """Return the load that was typed and its rest.

        Raises:
            ValueError: That cannot be; one line says why and what to do.
        """
        typed = self.kitchen.unit.newton_of(line) if line else newton
        if not any_load and not 1 / _FAR <= typed / newton <= _FAR:
            raise ValueError(
                f"{self._say(typed)} is far from {self._say(newton)} - press nearer to it, "
                "or type the unit too, such as 5 N"
            )
        rest = self.steadiness.rest
        if rest is None:
            raise ValueError(f"not yet - keep still for {DWELL_S:.0f} seconds, then read the scale")
        if self.steadiness.moved_on:
            self.steadiness.again()
            raise ValueError("the load has changed since I read it - keep still once more, then read the scale")
        return typed, rest

    def _look(self, question: str, picture: Callable[[], str]) -> None:
        seen = self.kitchen.reader.look(self.pad)
        if seen is None:
            return
        self.siemens = seen.siemens
        self.steadiness.feed(seen.t_s, self.siemens)
        if seen.t_s - self._drawn_s >= FRAME_S:
            self._drawn_s = seen.t_s
            self.kitchen.talk.show(f"  {picture()}  ", question)

    def _picture(self) -> str:
        """Return the reading and its steadiness."""
        steadiness = self.steadiness
        if steadiness.rest is not None:
            part, state = 1.0, "got it"
        elif steadiness.since_s is not None:
            left_s = max(DWELL_S - steadiness.rested_s, 0.0)
            part, state = 1 - left_s / DWELL_S, f"steady, {math.ceil(left_s)} s more"
        else:
            part, state = 0.0, "still moving" if self.siemens > TURN_ON_SIEMENS else "nothing felt yet"
        filled = round(_BAR_WIDTH * part)
        return f"{'█' * filled}{'░' * (_BAR_WIDTH - filled)} {state:<16} feels like {self.feels(self.siemens)}"

    def _advice(self) -> str:
        if self.siemens <= TURN_ON_SIEMENS:
            return f"I feel nothing on {self.pad} - is the puck on the middle of the pad? (`skip`, `back`, `quit`)"
        return "still moving - rest your arm on the table and lean rather than push (`skip`, `back`, `quit`)"

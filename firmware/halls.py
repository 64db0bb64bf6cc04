"""Where the service waits and plays: the glove of this Pi, or the emulated one with its pins in a folder."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from coach.summary import Summary
from hardware.board import Board, Buttons
from hardware.clock import SystemClock
from hardware.emulated.glove import EmulatedGlove, Nobody
from hardware.recovery import RecoveringAdc

from .chosen import Chosen
from .comfort_file import remember
from .emulated_lights import PlayedLights
from .emulation import emulated_stage
from .gloves import sides_of
from .guarded_lights import GuardedLights
from .plans import load_plan
from .playing import Stage
from .real_glove import only_bus, open_adc
from .real_stage import real_stage
from .waiting import PluggedLater


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody needs who waits for a press.

    Attributes:
        gloves: The converters, the left glove's first.
        lights: Lights and buttons.
    """

    gloves: Sequence[PluggedLater]
    lights: GuardedLights

    def close(self) -> None:
        """Give pins and bus back."""
        self.lights.close()
        for glove in self.gloves:
            glove.close()


class Hall(Protocol):
    """A place where sessions are waited for and played."""

    def held(self, board: Board) -> AbstractContextManager[None]:
        """Hold what no two may have."""

    def waiting(self, board: Board, chosen: Chosen) -> Waiting:
        """Return what is needed to wait."""

    def stage(self, board: Board, chosen: Chosen) -> Stage:
        """Return the stage of a session."""

    def remembered(self, summary: Summary) -> Sequence[str]:
        """Remember what she said in a session, and return what to tell about it."""


class RealHall:
    """The glove of this Pi."""

    def held(self, board: Board) -> AbstractContextManager[None]:
        """Hold the bus."""
        return only_bus(board.adc.bus)

    def waiting(self, board: Board, chosen: Chosen) -> Waiting:
        """Return gloves that may be plugged in later, and the real pins."""
        clock = SystemClock()

        def opener(*, left: bool) -> Callable[[], RecoveringAdc]:
            return lambda: open_adc(board, clock, left=left, frees_bus=False)

        lights = GuardedLights(_before_a_session(board))
        gloves = [PluggedLater(opener(left=side == "left"), clock) for side in sides_of(chosen.gloves)]
        return Waiting(gloves, lights)

    def stage(self, board: Board, chosen: Chosen) -> Stage:
        """Return the stage of a session on the real glove; nobody is there to be asked."""
        return real_stage(board, load_plan(chosen.named), worn=chosen.gloves, asking=lambda: "nobody")

    def remembered(self, summary: Summary) -> Sequence[str]:
        """Remember what she said."""
        return remember(summary)


class EmulatedHall:
    """The emulated glove; its pins are in a folder, where somebody may press the partner's button.

    Args:
        hand: Whose hand plays each session.
        seed: For all that is chance.
        pins: The folder.
    """

    def __init__(self, hand: str, seed: int, pins: Path) -> None:
        self._hand, self._seed, self._pins = hand, seed, pins

    def held(self, board: Board) -> AbstractContextManager[None]:
        """Hold nothing: there is nothing that two could have."""
        del board
        return nullcontext()

    def waiting(self, board: Board, chosen: Chosen) -> Waiting:
        """Return a glove that nobody touches, and the pins in the folder."""
        del chosen
        clock = SystemClock()
        glove = EmulatedGlove(board, Nobody(), clock, self._seed)

        def opened() -> RecoveringAdc:
            return RecoveringAdc(lambda: glove.bus, board.adc.right_address, board, clock)

        return Waiting([PluggedLater(opened, clock)], PlayedLights(_before_a_session(board), self._pins))

    def stage(self, board: Board, chosen: Chosen) -> Stage:
        """Return the stage of a session on the emulated glove."""
        del board
        clock, both = SystemClock(), chosen.gloves == "both"
        return emulated_stage(self._hand, self._seed, clock, chosen.named, None, "run", (), self._pins, both=both)

    def remembered(self, summary: Summary) -> Sequence[str]:
        """Remember nothing: nobody was touched."""
        del summary
        return ()


def _before_a_session(board: Board) -> Board:
    """Return the board as it is watched before a session: mama's word is for a session, and her cable may be off."""
    return msgspec.structs.replace(board, buttons=Buttons(mama="none", partner=board.buttons.partner))

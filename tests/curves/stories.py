"""How a pad is pressed onto the kitchen scale, well and not so well, and what the dialogue makes of it.

The dialogue is the real one, over the real driver; what goes wrong is done to the emulated hand, puck and pad.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from firmware.calibration_table import table_lines
from firmware.conversation import Conversation
from firmware.emulated_kitchen import emulated_kitchen
from firmware.pad_dialogue import PadDialogue
from firmware.pad_on_scale import Kitchen, Move
from firmware.weights import GRAMS, NEWTON_PER_GRAM
from hardware.board import DEFAULT_BOARD
from hardware.emulated.clock import VirtualClock
from hardware.emulated.fsr import HYSTERESIS_SHARE
from hardware.emulated.scale import Contact, ScaleHand
from sensing.calibration import NOMINAL_KNOTS, Knot, PadCalibration
from sensing.loads import STANDARD_NEWTON
from tests.firmware.command import file_of

SEED = 1
PAD = "heel"
NOMINAL = PadCalibration(NOMINAL_KNOTS)
WELL = Contact()


@dataclass(frozen=True, slots=True)
class Story:
    """How it was pressed.

    Attributes:
        name: Of the picture.
        title: Above it.
        look: What to look at, below it.
        contact: Of the puck with the pad on the way up.
        slipped: The same from the first load of the way down on; None where nothing slips.
        hysteresis_share: Of the pad.
    """

    name: str
    title: str
    look: str
    contact: Contact = WELL
    slipped: Contact | None = None
    hysteresis_share: float = HYSTERESIS_SHARE


STORIES: Sequence[Story] = (
    Story(
        "good",
        "A good curve",
        "Both ways are smooth, and the way up lies near the data sheet's line. The way down lies a little higher, most "
        "where it is light: every pad does that.",
    ),
    Story(
        "tare",
        "The puck was weighed too",
        "The scale was not set to zero with the puck on it, 25 g: the light end bends down. Set it to zero, and do "
        "this pad again.",
        Contact(tare_newton=25 * NEWTON_PER_GRAM),
    ),
    Story(
        "beside",
        "Two fifths went beside the pad",
        "As smooth as a good one, but all of it too low: with this table a press of 10 N reads as 17 N. "
        "Compare with your other pads, and lay a puck no bigger than the pad on its middle.",
        Contact(share=0.6),
    ),
    Story(
        "slipped",
        "The puck slipped",
        "At the turn two fifths of the force went beside the pad. The way down lies below the way up, which no pad "
        "does by itself. Do this pad again.",
        slipped=Contact(share=0.6),
    ),
    Story(
        "late",
        "A pad that gives back late",
        "Smooth, but the way down lies far above: this pad reads a falling force 30 % higher, a good one about 8 %. "
        "Is it creased, or is something springy behind it?",
        hysteresis_share=0.3,
    ),
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of it.

    Attributes:
        up: (siemens, newton) of each load on the way up.
        down: The same on the way down.
        table: What is kept.
        said: What `paws calibrate` says below its table of the loads, and its doubt if it has one.
    """

    up: tuple[Knot, ...]
    down: tuple[Knot, ...]
    table: PadCalibration
    said: tuple[str, ...]


def pressed(story: Story) -> Pressed:
    """Return what the dialogue makes of a story."""
    clock, hand = VirtualClock(), ScaleHand(SEED)
    hand.contact = story.contact
    reader, moves = emulated_kitchen(DEFAULT_BOARD, clock, SEED, hand, story.hysteresis_share)

    def move(kind: Move, pad: str, newton: float) -> None:
        if kind == "down" and story.slipped is not None:
            hand.contact = story.slipped
        moves(kind, pad, newton)

    # Enter alone: the scale shows what was asked for.
    with _answers("\n" * 60), Conversation(io.StringIO(), patient=True) as talk:
        asked_newton = [GRAMS.rounded(load) for load in STANDARD_NEWTON]
        dialogue = PadDialogue(Kitchen(reader, talk, GRAMS, move), PAD, NOMINAL, asked_newton)
        table = dialogue.run(with_creep=False)
    loads = dialogue.loads
    lines = table_lines(PAD, loads, table, GRAMS)
    # A head, a row for each load, two more lines at most, and where there is a doubt what to do about it.
    said = tuple(line.strip() for line in lines[1 + len(loads.up) :][:2])
    return Pressed(tuple(loads.up), tuple(loads.down), table, said)


@contextmanager
def _answers(typed: str) -> Iterator[None]:
    keyboard = sys.stdin
    with file_of(typed) as answers:
        sys.stdin = answers
        try:
            yield
        finally:
            sys.stdin = keyboard

"""What a session is fed, live or from a tape: readings, dropouts, marks, notices, and its end.

Every input bears its time in seconds since the session began. Trouble is an input like any other,
so that a silent sensor or a pressed button replays just as it happened. Where two gloves are worn, each tick has a
sweep of either: one that falls silent takes nothing from the other.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

MarkWord = Literal["too_much", "just_right", "stop", "next", "end"]
MARK_WORDS: Final[tuple[MarkWord, ...]] = get_args(MarkWord)

NoticeWord = Literal[
    "lights_lost", "lights_back", "power_low", "power_well", "power_was_low", "slowed_down", "full_speed"
]
NOTICE_WORDS: Final[tuple[NoticeWord, ...]] = get_args(NoticeWord)

EndReason = Literal["finished", "interrupted", "terminated", "recording_ended", "cut_off", "power_loss", "killed"]
END_REASONS: Final[tuple[EndReason, ...]] = get_args(EndReason)


@dataclass(frozen=True, slots=True)
class Reading:
    """One sweep over all channels.

    Attributes:
        t_s: Time of the sweep.
        volts: Volts at the pads in use, in the order of the calibration, and last the volts of the
            supply behind its halving divider. Finite, and the supply above 0: the driver delivers whole codes of
            its 16 bits, and a sweep whose supply is wrong is a Dropout.
        glove: Whose: 0 is the only one, or the left of two, and 1 the right of two.
    """

    t_s: float
    volts: tuple[float, ...]
    glove: int = 0


@dataclass(frozen=True, slots=True)
class Dropout:
    """A sweep of a glove (0, or 1 for the right of two) that failed, and why."""

    t_s: float
    reason: str
    glove: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A word from a button, or from the mark column of a recording."""

    t_s: float
    word: MarkWord


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the computer says of itself: its lights, its power. It changes no cue."""

    t_s: float
    word: NoticeWord


@dataclass(frozen=True, slots=True)
class End:
    """The input is over.

    Nobody wrote `cut_off`, `power_loss` and `killed` at the time: the first is given to a tape without an end, the
    others by the next session, when the computer was started anew in between and when it was not.
    """

    t_s: float
    reason: EndReason


Input = Reading | Dropout | Mark | Notice | End

"""What a session says, as it stands on the tape and in `paws replay --json`.

Every event bears the time of the input that caused it. Readers ignore events that they do not know.
"""

from typing import Literal

from msgspec import Struct

from sensing.inputs import EndReason, MarkWord, NoticeWord

from .cues import Cue
from .plan import Side, Spot

Outcome = Literal["full", "short", "unsure", "touch"]
# The reason of a silence in which no sweep failed: a frozen process, or a hole in a recording.
NOTHING_CAME = "nothing came"
Ending = EndReason | Literal["stopped"]


class _Event(Struct, frozen=True, tag_field="event"):
    t_s: float


class _OfAHand(_Event, frozen=True, kw_only=True):
    # Whose, where two gloves are worn.
    side: Side | None = None


class PressBegan(_OfAHand, frozen=True, tag="press_began"):
    """Contact, which began a moment ago."""

    began_s: float


class HoldBegan(_OfAHand, frozen=True, tag="hold_began"):
    """The hand is still, and has been since `still_since_s`."""

    still_since_s: float
    rise_newton_per_s: float


class PressEnded(_OfAHand, frozen=True, tag="press_ended"):
    """A press is over, and judged: `full`, `short` (still for 3 s or more) or `touch`.

    `unsure` would be short, but the glove was not to be trusted: nobody knows how long the hand was still.
    """

    began_s: float
    peak_newton: float
    mean_newton: float
    lean_in_s: float
    rise_newton_per_s: float
    release_newton_per_s: float | None
    held_s: float | None
    outcome: Outcome
    slow_enough: bool
    spot: Spot | None
    too_hard: bool = False


class PawSeen(_OfAHand, frozen=True, tag="paw"):
    """One short press of the kneading rhythm; told from the third on, with the two before it.

    Cadence (a minute) and evenness (0 to 1) are those of the last few; null until there are enough.
    """

    began_s: float
    peak_s: float
    pad: str
    peak_newton: float
    rise_newton_per_s: float
    cadence_per_min: float | None
    evenness: float | None


class CueChanged(_Event, frozen=True, tag="cue"):
    """A cue begins or ends; `look` says how it shows where a cue has more than one way."""

    cue: Cue
    on: bool
    look: str


class Poking(_OfAHand, frozen=True, tag="poking"):
    """One pad bears almost all, and has for a moment: a point, not a paw."""

    pad: str
    share: float


class TooFirm(_OfAHand, frozen=True, tag="too_firm"):
    """For a moment it has been more than she called just right here."""

    newton: float
    just_right_newton: float
    spot: Spot | None


class RoughPaws(_OfAHand, frozen=True, tag="rough_paws"):
    """Two paws in a row were too hard, or came too quickly."""

    what: Literal["hard", "quick"]


class Balance(_Event, frozen=True, tag="balance"):
    """One of two hands bears that share of both, and has for a moment."""

    heavier: Side
    share: float


class PadChanged(_OfAHand, frozen=True, tag="pad_state"):
    """A pad is in another state."""

    pad: str
    state: str


class Zeroed(_OfAHand, frozen=True, tag="zeroed"):
    """So much of what a pad reads is the glove's own pressure; from here on it is taken away."""

    pad: str
    newton: float


class Preload(_OfAHand, frozen=True, tag="preload"):
    """A pad bears too much at rest to be zeroed: the glove is too tight, or the hand rests on something."""

    pad: str
    newton: float


class ZeroRefused(_OfAHand, frozen=True, tag="zero_refused"):
    """The force moved at the start, so that no zero could be taken."""


class Marked(_Event, frozen=True, tag="mark"):
    """A word from a button or a recording, with the force at that moment; of two hands, that of the heavier."""

    word: MarkWord
    force_newton: float | None


class JustRightAt(_OfAHand, frozen=True, tag="just_right"):
    """She said just right: from here on this is the force for this spot; where no plan says where, for this press."""

    newton: float
    spot: Spot | None


class CeilingLowered(_Event, frozen=True, tag="ceiling"):
    """She said too much: from here on this force is the ceiling."""

    ceiling_newton: float


class StepBegan(_Event, frozen=True, tag="step"):
    """The plan is at its next step (counted from 1)."""

    number: int
    kind: str
    spot: Spot | None
    say: str | None = None


class Noticed(_Event, frozen=True, tag="noticed"):
    """The computer said something of itself: of its lights or its power."""

    word: NoticeWord


class Dropped(_OfAHand, frozen=True, tag="dropped"):
    """Readings stopped coming; the newest is from `since_s`."""

    reason: str
    since_s: float


class Resumed(_OfAHand, frozen=True, tag="resumed"):
    """Readings come again after `lost_s` without any."""

    lost_s: float


class ForceSeen(_Event, frozen=True, tag="force"):
    """The force of the second that began at `from_s`, for pictures; null where nothing valid was read.

    Of two hands it is that of both together, null where one of them is not known.
    """

    from_s: float
    mean_newton: float | None
    peak_newton: float | None


class SessionEnded(_Event, frozen=True, tag="session_ended"):
    """Nothing comes after this."""

    reason: Ending


Event = (
    PressBegan
    | HoldBegan
    | PressEnded
    | PawSeen
    | CueChanged
    | Poking
    | TooFirm
    | RoughPaws
    | Balance
    | PadChanged
    | Zeroed
    | Preload
    | ZeroRefused
    | Marked
    | JustRightAt
    | CeilingLowered
    | StepBegan
    | Noticed
    | Dropped
    | Resumed
    | ForceSeen
    | SessionEnded
)

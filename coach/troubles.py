"""When the glove was not to be trusted, in plain words; and the one thing to mend before the next time."""

from msgspec import Struct

from .events import NOTHING_CAME, Dropped, Noticed, PadChanged, Preload, Resumed
from .lists import put
from .plan import Side

# The faults of a pad in words.
PAD_FAULTS = {
    "open": "not connected",
    "short": "shorted",
    "stuck": "stuck",
    "loose": "loose wire",
    "silent": "feels nothing while the others do",
}
# What the computer says of itself, where it is a trouble.
NOTICES = {
    "lights_lost": "the lights did not answer",
    "power_low": "the Pi's power was low: take a better power bank or cable",
    "power_was_low": "the Pi's power was low before the session: take a better power bank or cable",
    "slowed_down": "the Pi was hot or its power low, and it slowed down",
}
# What can be mended where sweeps failed; the reason itself is for who builds gloves.
NO_READINGS = "readings were missing"
# A pad that is stuck at more than it can tell; nobody leans on it for so long, but a short may look like it.
OVER_FOR_LONG = "pressed beyond what it can tell for half a minute"


def pad_name(side: Side | None, pad: str) -> str:
    """Return a pad in words; where two gloves are worn, with the side of its glove."""
    return f"{pad} pad" if side is None else f"{side} {pad} pad"


class Trouble(Struct, frozen=True):
    """When the glove was not to be trusted, and what was seen; with the force where that is what was wrong."""

    t_s: float
    what: str
    newton: float | None = None


class Troubles:
    """Gathers what the glove had.

    Attributes:
        listed: The first ones.
        to_mend: The first fault that a person can look for; None of nothing.
        was_over: Whether any pad was pressed beyond what it can tell.
    """

    def __init__(self) -> None:
        self.listed: list[Trouble] = []
        self.to_mend: str | None = None
        self._lost_s: dict[Side | None, float] = {}
        self._over: set[tuple[Side | None, str]] = set()
        self.was_over = False

    @property
    def unwatched_s(self) -> float:
        """How long readings were missing; of two gloves, those of the one that was lost for longer."""
        return max(self._lost_s.values(), default=0.0)

    def feed(self, event: PadChanged | Preload | Noticed | Dropped | Resumed) -> None:
        """Take what happened to the glove."""
        match event:
            case PadChanged():
                self._pad(event)
            case Preload():
                # No fault, and no wire will mend it; the line itself says what to do.
                put(
                    self.listed,
                    Trouble(event.t_s, f"{pad_name(event.side, event.pad)} too tight, loosen it", event.newton),
                )
            case Noticed():
                # No wire of the glove will mend it either.
                if event.word in NOTICES:
                    put(self.listed, Trouble(event.t_s, NOTICES[event.word]))
            case Dropped():
                why = "" if event.reason == NOTHING_CAME else f" ({event.reason})"
                whose = "" if event.side is None else f" of the {event.side} glove"
                self._fault(event.t_s, f"no readings{whose}{why}", NO_READINGS if why else None)
            case _:
                self._lost_s[event.side] = self._lost_s.get(event.side, 0.0) + event.lost_s

    def _pad(self, event: PadChanged) -> None:
        pad = (event.side, event.pad)
        was_over = pad in self._over
        self._over.discard(pad)
        if event.state == "over":
            self._over.add(pad)
            self.was_over = True
        elif event.state in PAD_FAULTS:
            is_long = was_over and event.state == "stuck"
            what = f"{pad_name(*pad)} {OVER_FOR_LONG if is_long else PAD_FAULTS[event.state]}"
            self._fault(event.t_s, what, what)

    def _fault(self, t_s: float, what: str, to_mend: str | None) -> None:
        put(self.listed, Trouble(t_s, what))
        self.to_mend = self.to_mend or to_mend

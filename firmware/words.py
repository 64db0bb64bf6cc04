"""The words for what shows: read aloud, they should sound like a friend beside you."""

import math
from collections.abc import Iterable, Iterator, Sequence

from coach import events
from coach.cues import Look
from coach.events import Event
from coach.plan import Side, Spot
from coach.troubles import NOTICES, PAD_FAULTS, pad_name
from coach.verdict import minutes
from sensing.pads import PadState
from sensing.rhythm import ENDS_AFTER_S

SAYS: dict[Look, str] = {
    Look.WATCHING: "watching",
    Look.SLOWER: "slower",
    Look.HOLD: "stay here",
    Look.LET_GO_EARLY: "let go early: a little longer next time",
    Look.SOFTER: "softer",
    Look.ENOUGH: "a full hold: stay if it is good",
    Look.PLENTY: "that is plenty: ease off now",
    Look.GENTLER: "a little softer",
    Look.CALMER: "a little slower",
    Look.EASE_OFF: "let go more gently",
    Look.NEXT: "time for the next spot",
    Look.STOP: "stop",
    Look.CHECK_GLOVE: "look after the glove: not watching",
}

SHOWS: dict[Look, str] = {
    Look.WATCHING: "green, a heartbeat",
    Look.SLOWER: "amber, blinking, three short tones",
    Look.HOLD: "blue",
    Look.LET_GO_EARLY: "blue, blinking, one low tone",
    Look.SOFTER: "red, blinking, five tones",
    Look.ENOUGH: "green beside blue, one chime",
    Look.PLENTY: "green, two chimes",
    Look.GENTLER: "red, blinking, two tones",
    Look.CALMER: "amber, blinking, two tones",
    Look.EASE_OFF: "amber and blue, one tone",
    Look.NEXT: "green and blue, one chime",
    Look.STOP: "red, one long tone",
    Look.CHECK_GLOVE: "amber, steady, one deep tone",
}

OUTCOMES = {"full": "a full hold", "short": "a short hold", "unsure": "a hold not seen whole", "touch": "a touch"}

MARKS = {
    "too_much": "she says: too much",
    "just_right": "she says: just right",
    "stop": "she says: stop",
    "next": "on to the next spot",
    "end": "the end, by the partner's button",
}

AGAIN = {
    "lights_back": "the lights are back",
    "power_well": "the Pi's power is well again",
    "full_speed": "the Pi runs at full speed again",
}

ENDINGS = {
    "finished": "finished",
    "stopped": "stopped",
    "interrupted": "ended at the keyboard",
    "terminated": "ended by the system",
    "recording_ended": "the recording ended",
    "cut_off": "cut off: the tape has no end",
    "power_loss": "ended by power loss",
    "killed": "ended by a kill or a crash",
}
STOPPED_BY = {"stop": "she said stop", "end": "ended by the partner's button"}


# What the hands do in a step.
STEPS = {"paws": "kitty cat paws", "ask": "ask her", "hold": "lean in and stay", "rest": "rest"}
PLACE_NAMES = {"sacrum": "sacrum", "crest": "crest", "middle": "middle", "side": "side", "top_of_leg": "top of leg"}
# What she said at a spot, on the page.
SPOT_SAID = {"too_much": "too much", "just_right": "just right", "stop": "stop"}


def where(spot: Spot) -> str:
    """Return a spot in words."""
    place = "the top of the leg" if spot.place == "top_of_leg" else f"the {spot.place}"
    return f"{place}, {'both sides' if spot.side == 'both' else spot.side}"


def step_words(kind: str, spot: Spot | None) -> str:
    """Return a step of a plan in words."""
    return STEPS[kind] if spot is None else f"{STEPS[kind]} at {where(spot)}"


def how_ended(ended: events.Ending | None, stopped_by: str | None) -> str:
    """Return why a session ended, and by whom."""
    if ended == "stopped" and stopped_by is not None:
        return STOPPED_BY[stopped_by]
    return ENDINGS["cut_off" if ended is None else ended]


# What a person reads easily; numbers that the calibration cannot tell apart should not look different.
STEPS_NEWTON = (1, 2, 5, 10)


def step_newton(force_newton: float, uncertain_share: float | None) -> int:
    """Return the step to round a force to: as coarse as what is known of it, but no coarser."""
    uncertain_newton = (uncertain_share or 0.0) * force_newton
    return max([step for step in STEPS_NEWTON if step <= uncertain_newton], default=STEPS_NEWTON[0])


def rounded_newton(force_newton: float, uncertain_share: float | None) -> int:
    """Return a force without a digit that the calibration cannot support."""
    step = step_newton(force_newton, uncertain_share)
    return step * round(force_newton / step)


def scale_newton(highest_newton: float, uncertain_share: float | None) -> int:
    """Return where the scale of a picture ends: the next round number."""
    step = step_newton(highest_newton, uncertain_share)
    return step * max(1, math.ceil(highest_newton / step))


def about_newton(force_newton: float, uncertain_share: float | None) -> str:
    """Return a force as well as the pads know it; without "about" where something else measured it."""
    rounded = rounded_newton(force_newton, uncertain_share)
    if rounded < 1:
        return "less than 1 N"
    return f"{rounded} N" if uncertain_share is None else f"about {rounded} N"


# Of what is too much for her: up to two fifths of it are soft, and from three quarters on it is firm.
MEDIUM_FROM_SHARE, FIRM_FROM_SHARE = 0.4, 0.75


def how_firm(force_newton: float, ceiling_newton: float, uncertain_share: float | None) -> str:
    """Return a force as it is for her, with its newtons."""
    # What reads the same is called the same.
    share = rounded_newton(force_newton, uncertain_share) / ceiling_newton
    word = "firm" if share >= FIRM_FROM_SHARE else "medium" if share >= MEDIUM_FROM_SHARE else "soft"
    return f"{word} ({about_newton(force_newton, uncertain_share)})"


def how_certain(
    uncertain_share: float | None, not_calibrated: Sequence[str], calibration: str, over_newton: float | None
) -> str:
    """Return how far the forces can be believed."""
    if uncertain_share is None:
        said = "as recorded"
    elif not_calibrated:
        named = "the pads were" if calibration.startswith("nominal") else f"{' and '.join(not_calibrated)} were"
        if named == f"{not_calibrated[0]} were":
            named = f"{not_calibrated[0]} was"
        said = f"{named} never calibrated: newtons may be off by a quarter (paws calibrate)"
    else:
        said = f"within about {100 * uncertain_share:.0f} %, calibrated {calibration}"
    return said if over_newton is None else f"{said}; above {over_newton:.0f} N on a pad too much to tell"


# One noticeable step of force is 13 to 14 %: a rhythm within it feels even, one that strays by three does not.
EVEN_FROM, FAIRLY_EVEN_FROM = 0.86, 0.6


def how_even(evenness: float) -> str:
    """Return a word for an evenness from 0 to 1."""
    if evenness >= EVEN_FROM:
        return "even"
    return "fairly even" if evenness >= FAIRLY_EVEN_FROM else "uneven"


# A gap shorter than this, in a glove that is being looked after already, is no news.
_GAP_IS_NEWS_S = 2.0


# A pad in one of these has been pressed since the start.
_FELT = frozenset({PadState.OK, PadState.UNTOUCHED, PadState.OVER})


# More than the pads of one glove is no list to read.
_LISTED_AT_MOST = 3


def name_to_press(side: Side | None, pad: str) -> str:
    """Return how a pad is called that has to be pressed once."""
    return pad if side is None else f"{side} {pad}"


def _whose(side: Side | None) -> str:
    return "" if side is None else f"{side}: "


def _at(t_s: float, line: str) -> str:
    return f"{minutes(t_s):>6}  {line}"


class Telling:
    """What happens, a plain line for each thing that a person need read.

    Args:
        uncertain_share: How far off its newtons may be; None where something else measured them.
        to_press: The pads that have to be pressed once before green comes.

    Attributes:
        to_press: Those of them that have felt nothing yet.
    """

    def __init__(self, uncertain_share: float | None = None, to_press: Sequence[str] = ()) -> None:
        self._uncertain_share = uncertain_share
        self._is_looked_after = False
        self._is_gap_told: dict[Side | None, bool] = {}
        self._kneads_until_s = 0.0
        self._step_is_paws = False
        self.to_press = tuple(to_press)

    def first_lines(self) -> Iterator[str]:
        """Yield what is to be said before anything happens."""
        if self.to_press:
            is_one = len(self.to_press) <= _LISTED_AT_MOST
            pads = f"once: {', '.join(self.to_press)}" if is_one else "of both gloves once"
            yield _at(0.0, f"press each pad {pads}; green comes then")

    def lines(self, told: Iterable[Event]) -> Iterator[str]:
        """Yield a line, with its time before it, for each of these events that is news."""
        for event in told:
            line = say(event, self._uncertain_share) if self._is_news(event) else None
            if line is not None:
                yield _at(event.t_s, line)
            if isinstance(event, events.PadChanged) and self._was_last_to_feel(event):
                yield _at(event.t_s, "each pad has felt your hand")

    def _was_last_to_feel(self, event: events.PadChanged) -> bool:
        felt = name_to_press(event.side, event.pad)
        if felt not in self.to_press or event.state not in _FELT:
            return False
        self.to_press = tuple([pad for pad in self.to_press if pad != felt])
        return not self.to_press

    def _is_news(self, event: Event) -> bool:
        # A bus that comes and goes would fill the screen with its gaps, and kneading with its touches.
        match event:
            case events.StepBegan():
                self._step_is_paws = event.kind == "paws"
            case events.PawSeen():
                self._kneads_until_s = event.t_s + ENDS_AFTER_S
            case events.PressEnded(outcome="touch", slow_enough=True):
                return not self._step_is_paws and event.t_s > self._kneads_until_s
            case events.CueChanged(look=Look.CHECK_GLOVE):
                self._is_looked_after = event.on
            case events.Dropped():
                self._is_gap_told[event.side] = not self._is_looked_after
                return not self._is_looked_after
            case events.Resumed():
                return self._is_gap_told[event.side] or event.lost_s >= _GAP_IS_NEWS_S
            case _:
                pass
        return True


def say(event: Event, uncertain_share: float | None = None) -> str | None:
    """Return one plain line for an event; None for what a person need not read.

    Args:
        event: What was said.
        uncertain_share: How far off its newtons may be; None where something else measured them.
    """
    match event:
        case events.CueChanged(on=True):
            look = Look(event.look)
            return f"{SAYS[look]} ({SHOWS[look]})"
        case events.PressEnded():
            held = "" if event.held_s is None or event.outcome == "touch" else f", still for {minutes(event.held_s)}"
            pace = "leaned in slowly" if event.slow_enough else "leaned in too fast"
            force = about_newton(event.peak_newton, uncertain_share)
            return f"{_whose(event.side)}{OUTCOMES[event.outcome]}: {force}, {pace}{held}"
        case events.Marked():
            return MARKS[event.word]
        case events.CeilingLowered():
            return f"from now on {about_newton(event.ceiling_newton, uncertain_share)} is the most"
        case events.StepBegan():
            return step_words(event.kind, event.spot) + ("" if event.say is None else f". {event.say}")
        case events.Balance():
            return f"the {event.heavier} hand bears most: lean in with both alike"
        case events.SessionEnded():
            return ENDINGS[event.reason]
        case _:
            return _say_of_the_glove(event, uncertain_share)


def _say_of_the_glove(event: Event, uncertain_share: float | None) -> str | None:
    match event:
        case events.Dropped():
            return f"{_whose(event.side)}no readings: {event.reason}"
        case events.Resumed():
            return f"{_whose(event.side)}readings again, {event.lost_s:.1f} s were lost"
        case events.PadChanged() if event.state in PAD_FAULTS:
            return f"{pad_name(event.side, event.pad)}: {PAD_FAULTS[event.state]}"
        case events.Noticed():
            return NOTICES.get(event.word) or AGAIN[event.word]
        case events.Zeroed():
            return (
                f"{pad_name(event.side, event.pad)}: {about_newton(event.newton, uncertain_share)} at rest, taken away"
            )
        case events.Preload():
            tight = f"{pad_name(event.side, event.pad)} is pressed by the glove itself"
            return f"{tight} ({about_newton(event.newton, uncertain_share)}): loosen it, or lift the hand"
        case events.ZeroRefused():
            moves = f"{_whose(event.side)}the force moves, so the glove's own pressure stays in"
            return f"{moves}: lift the hand for a moment"
        case _:
            return None

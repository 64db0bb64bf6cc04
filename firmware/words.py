"""The words for what shows: read aloud, they should sound like a friend beside you."""

from coach import events
from coach.cues import Look
from coach.events import Event
from coach.verdict import minutes

SAYS: dict[Look, str] = {
    Look.WATCHING: "watching",
    Look.SLOWER: "slower",
    Look.HOLD: "stay here",
    Look.LET_GO_EARLY: "let go early: a little longer next time",
    Look.SOFTER: "softer",
    Look.ENOUGH: "a full hold: stay if it is good",
    Look.PLENTY: "that is plenty: ease off now",
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
    Look.EASE_OFF: "amber and blue, one tone",
    Look.NEXT: "green and blue, one chime",
    Look.STOP: "red, one long tone",
    Look.CHECK_GLOVE: "amber, steady, one deep tone",
}

OUTCOMES = {"full": "a full hold", "short": "a short hold", "touch": "a touch"}

MARKS = {
    "too_much": "she says: too much",
    "just_right": "she says: just right",
    "stop": "she says: stop",
    "next": "on to the next spot",
    "end": "the end, by the partner's button",
}

ENDINGS = {
    "finished": "finished",
    "stopped": "stopped by hand",
    "interrupted": "ended at the keyboard",
    "terminated": "ended by the system",
    "recording_ended": "the recording ended",
    "cut_off": "cut off: the tape has no end",
}


def about_newton(force_newton: float) -> str:
    """Return a force as well as this glove knows it: whole newtons."""
    return f"about {force_newton:.0f} N"


def say(event: Event) -> str | None:
    """Return one plain line for an event; None for what a person need not read."""
    match event:
        case events.CueChanged(on=True):
            look = Look(event.look)
            return f"{SAYS[look]} ({SHOWS[look]})"
        case events.PressEnded():
            held = "" if event.held_s is None or event.outcome == "touch" else f", still for {minutes(event.held_s)}"
            pace = "leaned in slowly" if event.slow_enough else "leaned in too fast"
            return f"{OUTCOMES[event.outcome]}: {about_newton(event.peak_newton)}, {pace}{held}"
        case events.Marked():
            return MARKS[event.word]
        case events.CeilingLowered():
            return f"from now on {about_newton(event.ceiling_newton)} is the most"
        case events.Dropped():
            return f"no readings: {event.reason}"
        case events.Resumed():
            return f"readings again, {event.lost_s:.1f} s were lost"
        case events.PadChanged(state="open" | "short" | "stuck"):
            return f"{event.pad} pad: {event.state}"
        case events.StepBegan():
            where = f" at {event.spot.replace('_', ' ')}" if event.spot is not None else ""
            return f"step {event.number}: {event.kind}{where}"
        case events.SessionEnded():
            return ENDINGS[event.reason]
        case _:
            return None

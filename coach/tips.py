"""Something for the days between, now and then: strong hips help (the technique's own advice)."""

import zlib

TIPS = (
    "Between sessions: a few slow squats a day, holding on to something. Ask your midwife how many are good for you.",
    "Between sessions: sit less. Up for a minute in every half hour, and a short walk when it feels good.",
    "Between sessions: try sitting astride a chair, leaning on its back. Ask your midwife which positions suit you.",
)
# A tip on every page would be read on none.
EVERY = 3


def tip_for(label: str) -> str | None:
    """Return a tip for the page of a session with this label, or none; the same page always has the same."""
    drawn = zlib.crc32(label.encode())
    return TIPS[drawn // EVERY % len(TIPS)] if drawn % EVERY == 0 else None

"""Each light once and a soft tone, as soon as the first good sweep is in: a dead light is seen before it is needed."""

from .cues import DARK, Levels

# Long enough for an eye that looks for it; the whole of it is over before a hand is on her.
EACH_S = 0.35
TONE_S = 0.15
_TONE_HZ = 523.0
_LIGHTS = (Levels(green=True), Levels(amber=True), Levels(blue=True), Levels(red=True))
GREETS_S = EACH_S * len(_LIGHTS) + TONE_S


def greeting(into_s: float) -> Levels:
    """Return what shows so long after the first good sweep."""
    light = int(into_s / EACH_S)
    if light < len(_LIGHTS):
        return _LIGHTS[light]
    return Levels(tone_hz=_TONE_HZ) if into_s < GREETS_S else DARK

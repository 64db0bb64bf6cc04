"""What the partner is told now: which cue shows, for how long, and when it sounds.

The table is the whole language of lights and sounds. Only the cue of the highest priority shows, with two
exceptions: ENOUGH stands beside HOLD, and SLOWER beside CHECK_GLOVE and SOFTER, because a steep rise is told whatever
else is wrong. No light flashes more than three times in a second.
"""

from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf


class Cue(StrEnum):
    """What the partner is told."""

    WATCHING = "watching"
    SLOWER = "slower"
    HOLD = "hold"
    SOFTER = "softer"
    ENOUGH = "enough"
    EASE_OFF = "ease_off"
    NEXT = "next"
    STOP = "stop"
    CHECK_GLOVE = "check_glove"


@dataclass(frozen=True, slots=True)
class Flash:
    """One light of a cue: lit for `on_s` of every `period_s`; steady when they are equal."""

    period_s: float = 1.0
    on_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Sound:
    """A few equal tones."""

    pulses: int
    tone_hz: float
    on_s: float
    off_s: float = 0.0
    repeat_s: float | None = None

    @property
    def length_s(self) -> float:
        """From the first tone to the end of the last."""
        return self.pulses * self.on_s + (self.pulses - 1) * self.off_s

    def faded(self, steps: int) -> "Sound | None":
        """Return it a step quieter, which for a piezo is shorter; after two steps there is none."""
        return (self, replace(self, on_s=self.on_s / 2), None)[steps]


class Look(StrEnum):
    """The ways in which cues show, by priority: the first wins."""

    STOP = "stop"
    SOFTER = "softer"
    CHECK_GLOVE = "check_glove"
    SLOWER = "slower"
    GENTLER = "gentler"
    CALMER = "calmer"
    EASE_OFF = "ease_off"
    LET_GO_EARLY = "let_go_early"
    HOLD = "hold"
    ENOUGH = "enough"
    PLENTY = "plenty"
    NEXT = "next"
    WATCHING = "watching"


# Warnings must be seen to be believed; a flicker below this teaches nothing.
SHOWS_AT_LEAST_S = 0.7
CHECK_GLOVE_AT_LEAST_S = 2.0
# No nagging: the same warning sounds again only after this long.
SOUNDS_AGAIN_AFTER_S = 5.0
STOP_SHOWS_S = 3.0
# Three flashes: enough to be read, and no more; what is going well comes back after it.
HABIT_SHOWS_S = 1.5
# What an ear needs to hear two tones, and hardly notices as a wait.
PAUSE_S = 0.06
# A tick on the edge belongs to what follows, though its time be a hair short of it.
EDGE_S = 1e-4
# More may harm who is sensitive to it (WCAG 2.3.1).
FLASHES_A_SECOND = 3
# After this long without a change, only new wishes can change what shows.
LONGEST_AT_LEAST_S = CHECK_GLOVE_AT_LEAST_S

_STEADY = Flash()
_TWICE_A_SECOND = Flash(0.5, 0.25)


@dataclass(frozen=True, slots=True)
class Showing:
    """How one look shows.

    Attributes:
        cue: What it means.
        lights: Each light that takes part, by name.
        sound: What is heard when it begins.
        lasts_s: Ends by itself after this long; None where it lasts as long as its reason.
    """

    cue: Cue
    lights: dict[str, Flash]
    sound: Sound | None = None
    lasts_s: float | None = None
    at_least_s: float = SHOWS_AT_LEAST_S


# Tones within the small piezo's soft range; warnings higher than praise, the glove's own trouble lowest of all.
TABLE: dict[Look, Showing] = {
    Look.STOP: Showing(Cue.STOP, {"red": _STEADY}, Sound(1, 523.0, 0.9), STOP_SHOWS_S),
    Look.SOFTER: Showing(
        Cue.SOFTER, {"red": _TWICE_A_SECOND}, Sound(5, 988.0, 0.12, 0.12, repeat_s=SOUNDS_AGAIN_AFTER_S)
    ),
    Look.CHECK_GLOVE: Showing(
        Cue.CHECK_GLOVE, {"amber": _STEADY}, Sound(1, 392.0, 0.4), at_least_s=CHECK_GLOVE_AT_LEAST_S
    ),
    Look.SLOWER: Showing(
        Cue.SLOWER, {"amber": _TWICE_A_SECOND}, Sound(3, 880.0, 0.1, 0.12, repeat_s=SOUNDS_AGAIN_AFTER_S)
    ),
    Look.GENTLER: Showing(Cue.SOFTER, {"red": _TWICE_A_SECOND}, Sound(2, 784.0, 0.12, 0.12), HABIT_SHOWS_S),
    Look.CALMER: Showing(Cue.SLOWER, {"amber": _TWICE_A_SECOND}, Sound(2, 698.0, 0.1, 0.12), HABIT_SHOWS_S),
    Look.EASE_OFF: Showing(Cue.EASE_OFF, {"amber": _STEADY, "blue": _STEADY}, Sound(1, 698.0, 0.15), 0.7),
    Look.LET_GO_EARLY: Showing(Cue.HOLD, {"blue": _TWICE_A_SECOND}, Sound(1, 440.0, 0.2), 2.0),
    Look.HOLD: Showing(Cue.HOLD, {"blue": _STEADY}),
    Look.ENOUGH: Showing(Cue.ENOUGH, {"green": _STEADY}, Sound(1, 659.0, 0.25), 2.0),
    Look.PLENTY: Showing(Cue.ENOUGH, {"green": _STEADY}, Sound(2, 659.0, 0.25, 0.2), 2.0),
    Look.NEXT: Showing(Cue.NEXT, {"green": _STEADY, "blue": _STEADY}, Sound(1, 784.0, 0.25), 1.0),
    Look.WATCHING: Showing(Cue.WATCHING, {"green": Flash(2.0, 0.1)}),
}

_RANK = {look: rank for rank, look in enumerate(Look)}
# What may show beside the highest cue. A steep rise is told whatever else is wrong: over the ceiling it is worse still.
_BESIDE = {
    Look.SOFTER: frozenset({Look.SLOWER}),
    Look.HOLD: frozenset({Look.ENOUGH, Look.PLENTY}),
    Look.CHECK_GLOVE: frozenset({Look.SLOWER}),
}
# Praise is for its moment or not at all: none comes after the hand let go.
_NOW = frozenset({Look.ENOUGH, Look.PLENTY})
# Looks that say that all is well, and so may only show while every pad is fresh (P1).
GOOD = frozenset({Look.HOLD, Look.ENOUGH, Look.PLENTY, Look.WATCHING, Look.LET_GO_EARLY, Look.NEXT})


@dataclass(frozen=True, slots=True)
class Levels:
    """The four lights and the tone at one moment."""

    green: bool = False
    amber: bool = False
    blue: bool = False
    red: bool = False
    tone_hz: float | None = None


DARK = Levels()


class CueBoard:
    """Which looks show now, since when, and which sound is playing.

    Attributes:
        since_s: The looks that show.
        praise_faded: By how many steps the chime of a full hold is quieter, 0 to 2.
    """

    def __init__(self) -> None:
        self.since_s: dict[Look, float] = {}
        self.praise_faded = 0
        self._timed: dict[Look, float] = {}
        self._sounded_s: dict[Look, float] = {}
        self._playing: tuple[Sound, float] | None = None
        self._heard_s = -inf
        self._asked: tuple[list[Look], bool] = ([], False)
        self._changed_s = 0.0
        self._beat_s = 0.0
        self._lit: dict[str, bool] = {}
        self._went_on_s: dict[str, deque[float]] = {}

    def say(self, look: Look, t_s: float) -> None:
        """Begin a look that lasts for its own time; one that shows already goes on for that long."""
        self._timed[look] = t_s + (TABLE[look].lasts_s or SHOWS_AT_LEAST_S)

    def update(self, t_s: float, wanted: list[Look], forbid_good: bool) -> list[tuple[Look, bool]]:
        """Choose what shows from now on, and return what began (True) and what ended (False).

        Args:
            t_s: Now.
            wanted: The looks whose reason holds now.
            forbid_good: Whether no good light may show.
        """
        asked = (wanted, forbid_good)
        if asked == self._asked and not self._timed and t_s - self._changed_s > LONGEST_AT_LEAST_S:
            self._sound(t_s)
            return []
        self._asked = asked
        self._timed = {look: until_s for look, until_s in self._timed.items() if t_s < until_s - 1e-6}
        candidates = {*wanted, *self._timed}
        for look, since_s in self.since_s.items():
            if t_s - since_s < TABLE[look].at_least_s - 1e-6:
                candidates.add(look)
        if forbid_good:
            candidates -= GOOD
        shown = self._choose(candidates)
        self._timed = {look: until_s for look, until_s in self._timed.items() if look in shown or look not in _NOW}
        changes = [(look, False) for look in self.since_s if look not in shown]
        changes += [(look, True) for look in sorted(shown, key=_RANK.__getitem__) if look not in self.since_s]
        if changes:
            self._changed_s = t_s
            self.since_s = {look: self.since_s.get(look, t_s) for look in sorted(shown, key=_RANK.__getitem__)}
            self._keep_step(t_s)
        self._sound(t_s)
        return changes

    def _keep_step(self, t_s: float) -> None:
        """Let the most urgent of what blinks give the beat when it begins; and leave the beat when it goes.

        Red and amber out of step would be four flashes a second, and so would a light that changes its step.
        """
        blinking = [look for look in self.since_s if _TWICE_A_SECOND in TABLE[look].lights.values()]
        if blinking and self.since_s[blinking[0]] == t_s:
            self._beat_s = t_s

    @staticmethod
    def _choose(candidates: set[Look]) -> set[Look]:
        if not candidates:
            return set()
        top = min(candidates, key=_RANK.__getitem__)
        return {top} | (candidates & _BESIDE.get(top, frozenset()))

    def _sound(self, t_s: float) -> None:
        """Start the sound of the highest look that has one due; a higher one cuts a lower one short."""
        for look in self.since_s:
            sound = self._sound_of(look)
            if sound is None:
                continue
            last_s = self._sounded_s.get(look)
            began = self.since_s[look] == t_s
            repeat_due = sound.repeat_s is not None and last_s is not None and t_s - last_s >= sound.repeat_s
            rested = last_s is None or t_s - last_s >= SOUNDS_AGAIN_AFTER_S or TABLE[look].lasts_s is not None
            if (began and rested) or repeat_due:
                self._sounded_s[look] = t_s
                # Two tones without a pause would be one long one.
                self._playing = (sound, t_s + PAUSE_S if t_s - self._heard_s < PAUSE_S else t_s)
                return

    def _sound_of(self, look: Look) -> Sound | None:
        sound = TABLE[look].sound
        return sound if sound is None or look is not Look.ENOUGH else sound.faded(self.praise_faded)

    def levels(self, t_s: float) -> Levels:
        """Return the lights and the tone at a time at or after the last update."""
        if not self.since_s and self._playing is None:
            self._lit = {}
            return DARK
        lit: dict[str, bool] = {}
        for look, since_s in self.since_s.items():
            for light, flash in TABLE[look].lights.items():
                into_s = t_s - since_s + EDGE_S
                if flash == _TWICE_A_SECOND:
                    into_s = self._in_step_s(look, t_s) + EDGE_S
                # Where two looks share a light, the less urgent one is seen: it is the one that blinks.
                lit[light] = into_s >= 0 and into_s % flash.period_s < flash.on_s
        return Levels(**self._calm(lit, t_s), tone_hz=self._tone_hz(t_s))

    def _calm(self, wanted: dict[str, bool], t_s: float) -> dict[str, bool]:
        """Let no light go on a fourth time within a second: looks that come and go may share one.

        Her stop waits for nothing; it comes once.
        """
        for light, on in wanted.items():
            if not on or self._lit.get(light, False) or Look.STOP in self.since_s:
                continue
            went_on_s = self._went_on_s.setdefault(light, deque(maxlen=FLASHES_A_SECOND))
            if len(went_on_s) == FLASHES_A_SECOND and t_s - went_on_s[0] < 1.0 + EDGE_S:
                wanted[light] = False
            else:
                went_on_s.append(t_s)
        self._lit = wanted
        return wanted

    def _in_step_s(self, look: Look, t_s: float) -> float:
        """Return how far a look is into its blinking, negative before it begins.

        An amber that blinks when red comes leaves the first flash to red, or it would be seen four times in a second.
        """
        into_s = t_s - self._beat_s
        return into_s if self.since_s[look] >= self._beat_s else into_s - _TWICE_A_SECOND.period_s

    def _tone_hz(self, t_s: float) -> float | None:
        if self._playing is None:
            return None
        sound, began_s = self._playing
        into_s = t_s - began_s + EDGE_S
        if into_s >= sound.length_s:
            self._playing = None
            return None
        if into_s < 0 or into_s % (sound.on_s + sound.off_s) >= sound.on_s:
            return None
        self._heard_s = t_s
        return sound.tone_hz

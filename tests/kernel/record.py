"""What was seen of a scene, as the judge of all campaigns wants it: the kernel's trace beside the world's truth.

All times are seconds of the kernel's monotonic clock, less the moment of the first conversion, at which a session and
the glove's own time begin.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Generic, TypeVar

from coach.cues import Look
from coach.tape import TapeReader
from firmware.recording import session_of
from hardware.board import DEFAULT_BOARD
from sensing.inputs import End, Reading
from tests.reliability.watched import WATCH_EVERY_S, Sample, Seen

from .bench import Played

_LIGHTS = {getattr(DEFAULT_BOARD.lights, name): name for name in ("green", "amber", "blue", "red")}
_BUZZER, _HERS = DEFAULT_BOARD.buzzer.pin, DEFAULT_BOARD.buttons.mama
# The kernel numbers its lines from here; ours come first.
_FIRST_LINE = 512
_SET = re.compile(r"-(\d+) .* (\d+\.\d+): gpio_value: (\d+) set (\d)")
_CLAIMED = re.compile(r"-(\d+) .* (\d+\.\d+): gpio_direction: (\d+) out")
# Two looks of the world at the lines.
_SEEN_WITHIN_S = 0.012
# Between two edges of the lowest tone.
_TONE_GAP_S = 0.005
# The converter's noise and its last step, many times over.
_SAME_VOLT = 0.003
_PADS = (DEFAULT_BOARD.pads.heel, DEFAULT_BOARD.pads.palm, DEFAULT_BOARD.pads.fingers)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conversion:
    """One conversion of the chip, and what it should have said."""

    t_s: float
    glove: int
    channel: int
    volt: float
    is_well: bool


@dataclass
class Track(Generic[T]):
    """A value over time: what it was from when on."""

    first: T
    times_s: list[float] = field(default_factory=list)
    values: list[T] = field(default_factory=list)

    def add(self, t_s: float, value: T) -> None:
        self.times_s.append(t_s)
        self.values.append(value)

    def at(self, t_s: float) -> T:
        i = bisect_right(self.times_s, t_s)
        return self.values[i - 1] if i else self.first


class Record:
    """All that is known of a scene that was played."""

    def __init__(self, played: Played) -> None:
        self._played = played
        truth = [line.split() for line in (played.folder / "truth").read_text().splitlines()]
        self.began_s = next((float(words[1]) for words in truth if words[0] == "b"), 0.0)
        self._truth: dict[str, list[list[str]]] = {}
        for kind, t_s, *words in truth:
            self._truth.setdefault(kind, []).append([str(float(t_s) - self.began_s), *words])
        self._trace = (played.folder / "trace").read_text()

    # -- the kernel ------------------------------------------------------------------------------------------

    @cached_property
    def sets(self) -> list[tuple[float, int, int, int]]:
        """When a line was set: seconds, pin, level, and by which thread."""
        return [
            (float(t_s) - self.began_s, int(line) - _FIRST_LINE, int(level), int(thread))
            for thread, t_s, line, level in _SET.findall(self._trace)
        ]

    @cached_property
    def lights(self) -> dict[str, Track[int]]:
        """The four lights: what the trace says was set, and what the kernel took back from a process that ended."""
        tracks = {name: Track(0) for name in _LIGHTS.values()}
        changes = [(t_s, pin, level) for t_s, pin, level, _ in self.sets if pin in _LIGHTS]
        sets_s = {pin: [t_s for t_s, of, _ in changes if of == pin] for pin in _LIGHTS}
        for t, pin, level in self._truth.get("l", []):
            # A line that fell without being set.
            t_s, number = float(t), int(pin)
            if number in _LIGHTS and level == "0":
                i = bisect_right(sets_s[number], t_s)
                if i and t_s - sets_s[number][i - 1] > _SEEN_WITHIN_S:
                    changes.append((t_s, number, 0))
        for t_s, pin_set, level_set in sorted(changes):
            tracks[_LIGHTS[pin_set]].add(t_s, level_set)
        return tracks

    def shows(self, light: str) -> list[tuple[float, float]]:
        """Return from when to when a light was on, each time."""
        track, spans = self.lights[light], list[tuple[float, float]]()
        on_s: float | None = None
        for t_s, level in zip(track.times_s, track.values, strict=True):
            if level and on_s is None:
                on_s = t_s
            elif not level and on_s is not None:
                spans.append((on_s, t_s))
                on_s = None
        return spans if on_s is None else [*spans, (on_s, inf)]

    @cached_property
    def tones(self) -> Track[float | None]:
        """What the buzzer sounds, in hertz; None of nothing."""
        track = Track[float | None](None)
        rises_s = [t_s for t_s, pin, level, _ in self.sets if pin == _BUZZER and level]
        for tone in _runs(rises_s, _TONE_GAP_S):
            if len(tone) > 2:
                # To the next ten: the period is measured, and one tone is one tone.
                track.add(tone[0], round((len(tone) - 1) / (tone[-1] - tone[0]), -1))
                track.add(tone[-1] + _TONE_GAP_S, None)
        return track

    @cached_property
    def claimed_s(self) -> list[float]:
        """When a guardian took the pins."""
        green = DEFAULT_BOARD.lights.green + _FIRST_LINE
        return [float(t_s) - self.began_s for _, t_s, line in _CLAIMED.findall(self._trace) if int(line) == green]

    # -- the world -------------------------------------------------------------------------------------------

    @cached_property
    def conversions(self) -> list[Conversion]:
        return [
            Conversion(float(t), "rl".index(glove), int(channel), float(volt), is_well == "1")
            for t, glove, channel, volt, is_well in self._truth.get("c", [])
        ]

    @cached_property
    def _forces(self) -> tuple[list[float], list[tuple[float, float, float]]]:
        times_s: list[float] = []
        forces: list[tuple[float, float, float]] = []
        for t, _, *newtons in self._truth.get("f", []):
            heel, palm, fingers = map(float, newtons)
            if times_s and float(t) == times_s[-1]:
                # Of two hands the one that presses harder: a warning is for either.
                forces[-1] = max(forces[-1], (heel, palm, fingers), key=sum)
                continue
            times_s.append(float(t))
            forces.append((heel, palm, fingers))
        return times_s, forces

    def newton(self, t_s: float) -> tuple[float, float, float]:
        times_s, forces = self._forces
        i = bisect_right(times_s, t_s)
        return forces[i - 1] if i else (0.0, 0.0, 0.0)

    @cached_property
    def hers(self) -> Track[bool]:
        track = Track(False)
        for t, pin, level in self._truth.get("l", []):
            if int(pin) == _HERS:
                track.add(float(t), level == "1")
        return track

    # -- the program -----------------------------------------------------------------------------------------

    @cached_property
    def happened(self) -> list[tuple[float, str]]:
        return [(t_s - self.began_s, what) for t_s, what in self._played.done()]

    def when(self, what: str) -> float:
        """Return when something happened."""
        return next((t_s for t_s, was in self.happened if was.startswith(what)), inf)

    @cached_property
    def ended_s(self) -> float:
        """When the session was over, however: killed, or ended by itself; the program prints its page after that."""
        ends_s = [item.t_s for tape in self._played.tapes()[-1:] for item in _inputs(tape) if isinstance(item, End)]
        return min(self.when("SIGKILL paws"), self.when("ended"), *ends_s)

    @cached_property
    def readings(self) -> list[Reading]:
        return [item for tape in self._played.tapes() for item in _inputs(tape) if isinstance(item, Reading)]

    def _awake(self) -> Track[bool]:
        track = Track(True)
        for t_s, what in self.happened:
            if what in ("SIGSTOP paws", "SIGCONT paws", "SIGKILL paws"):
                track.add(t_s, what == "SIGCONT paws")
        return track

    def _guarded(self) -> Track[bool]:
        """Whether somebody has the pins: not from a guardian's end, or its freeze, until the next claims them."""
        track = Track(True)
        for t_s, what in self.happened:
            if what.endswith(" guardian") and what.startswith("SIG"):
                track.add(t_s, False)
                track.add(next((again_s for again_s in self.claimed_s if again_s > t_s), inf), True)
        return track

    def _valid(self) -> list[Track[float]]:
        """When the newest valid value of each pad was converted, from when on the program had it."""
        tracks = [Track(-inf) for _ in _PADS]
        by_input: dict[tuple[int, int], list[Conversion]] = {}
        for conversion in self.conversions:
            by_input.setdefault((conversion.glove, conversion.channel), []).append(conversion)
        times_s = {key: [one.t_s for one in found] for key, found in by_input.items()}
        newest: dict[tuple[int, int], float] = {}
        gloves = {reading.glove for reading in self.readings}
        for reading, next_s in _with_next(self.readings):
            for channel in _PADS:
                # Written down as 0 for the right glove and 1 for the left; a session counts from the left one.
                glove = 0 if len(gloves) < 2 else 1 - reading.glove
                found = by_input.get((glove, channel), [])
                i = bisect_right(times_s.get((glove, channel), []), min(next_s, reading.t_s + 0.06)) - 1
                if i < 0 or found[i].t_s < reading.t_s:
                    continue
                at = _PADS.index(channel)
                if found[i].is_well and abs(found[i].volt - reading.volts[at]) < _SAME_VOLT:
                    newest[glove, at] = found[i].t_s
                    # Of two gloves the older one counts.
                    oldest_s = min(
                        newest.get((0 if len(gloves) < 2 else g, at), -inf) for g in range(max(1, len(gloves)))
                    )
                    tracks[at].add(found[i].t_s, oldest_s)
        return tracks

    def _wants(self) -> tuple[Track[tuple[Look, ...]], Track[float]]:
        """What the session wanted to show, and its ceiling: the tape judged once more, which says the same."""
        looks = Track[tuple[Look, ...]](())
        ceiling = Track(inf)
        for tape in self._played.tapes():
            with tape.open("rb") as file:
                reader = TapeReader(file, str(tape))
                session = session_of(reader.header)
                for item in reader.inputs():
                    session.feed(item)
                    looks.add(item.t_s, tuple(session.looks))
                    ceiling.add(item.t_s, session.ceiling_newton)
        return looks, ceiling

    def seen(self) -> Seen:
        """Return what was seen, look by look."""
        looks, ceiling = self._wants()
        awake, guarded, valid = self._awake(), self._guarded(), self._valid()
        samples = []
        last_s = self.when("ended") + 1.5
        for n in range(int(last_s / WATCH_EVERY_S)):
            t_s = n * WATCH_EVERY_S
            green, amber, blue, red = (bool(self.lights[name].at(t_s)) for name in ("green", "amber", "blue", "red"))
            samples.append(
                Sample(
                    t_s,
                    green=green,
                    amber=amber,
                    blue=blue,
                    red=red,
                    tone_hz=self.tones.at(t_s),
                    newton=self.newton(t_s),
                    valid_s=tuple(track.at(t_s) for track in valid),
                    mama_down=self.hers.at(t_s),
                    looks=looks.at(t_s),
                    ceiling_newton=ceiling.at(t_s),
                    is_awake=awake.at(t_s) and t_s < self.ended_s,
                    is_guarded=guarded.at(t_s),
                )
            )
        return Seen(samples=samples, ended_s=self.ended_s)


def _inputs(tape: Path) -> Iterator[object]:
    with tape.open("rb") as file:
        yield from TapeReader(file, str(tape)).inputs()


def _with_next(readings: list[Reading]) -> Iterator[tuple[Reading, float]]:
    """Yield each reading, and when the sweep after the next begins at the earliest."""
    for i, reading in enumerate(readings):
        later = next((after.t_s for after in readings[i + 1 : i + 3] if after.t_s > reading.t_s), inf)
        yield reading, later


def _runs(times_s: list[float], gap_s: float) -> Iterator[list[float]]:
    run: list[float] = []
    for t_s in times_s:
        if run and t_s - run[-1] > gap_s:
            yield run
            run = []
        run.append(t_s)
    if run:
        yield run

"""A fault is a value: which part of the glove, what is wrong with it, from when to when.

A person says it in words, "heel open at 62 s", and `KINDS` is all that can be said. A mistake of the maker's, "wiring
pads swapped", is there from the start. What faults do to the glove is in `harm.py`, what mistakes do in `wiring.py`.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from hardware.board import PADS
from hardware.bus import TIMEOUT_S

# Longer than any session; a slip of the finger would otherwise play for days.
_LATEST_S = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be wrong with a part.

    Attributes:
        means: What it is, for a person.
        amount: How much of it there is when nobody says; None where there is no more or less.
        unit: Of the amount.
        words: What stands around the amount in a phrase.
        between: The least and the most that makes sense.
        lasts_s: How long it lasts when no end is said.
        shows_after_s: When it has been seen, or never will be.
        is_built_in: Whether it is there from the start to the end, so that no time can be said.
    """

    means: str
    amount: float | None = None
    unit: str = ""
    words: tuple[str, str] = ("", "")
    between: tuple[float, float] = (0.0, math.inf)
    lasts_s: float = math.inf
    shows_after_s: float = 15.0
    is_built_in: bool = False


def _mistake(means: str) -> Kind:
    return Kind(means, is_built_in=True)


_OF_A_PAD = {
    "open": Kind("its wire is off"),
    "short": Kind("its wire touches 3.3 V"),
    "grounded": Kind("its wire touches ground"),
    "crushed": Kind("shorted inside, by a crease"),
    # It takes a minute of the other pads' work, and hands rest in between.
    "torn": Kind("torn beyond its resistor: it feels nothing, and reads as untouched", shows_after_s=120.0),
    "intermittent": Kind("its wire is off for 5 to 500 ms, about once a second"),
    "bridged": Kind("its wire is off, and sweat bridges the gap"),
}

# By part, then by kind, in the order in which a person looks for them: the glove, the bus, the chip, the buttons; last
# what a maker did.
KINDS: dict[str, dict[str, Kind]] = {
    **dict.fromkeys(PADS, _OF_A_PAD),
    "supply": {
        "open": Kind("the wire that feeds the pads is off"),
        "sag": Kind("3.3 V fall to fewer", 2.9, "V", ("to ", ""), (0.0, 3.3)),
    },
    "ground": {"open": Kind("the measuring resistors have lost their ground")},
    "bus": {
        "stuck": Kind("a wire holds the data line low: everybody acknowledges, all reads zero"),
        "floating": Kind("nobody drives the data line: all reads ones"),
        "silent": Kind("nobody acknowledges"),
        "noisy": Kind(
            "that part of the transfers is not acknowledged; up to a half is borne", 20.0, "%", ("", ""), (0.0, 100.0)
        ),
        "hangs": Kind("each transfer ends in a time-out", TIMEOUT_S, "s", ("for ", " a transfer"), (0.0, 3600.0)),
        "shared": Kind("another program starts conversions of its own, all the time"),
    },
    "chip": {
        # Half a second is a plug that lost touch and found it again.
        "reset": Kind("it loses its power for half a second and has forgotten everything", lasts_s=0.5),
        "stuck": Kind("it holds the data line low until nine clocks free it"),
        "never ready": Kind("its conversions do not end"),
        "clipping": Kind("another program sets a gain at which the pads clip, all the time"),
    },
    "button": {
        "cut": Kind("the wire of mama's button is off: it reads as pressed"),
        "stuck": Kind("it stays pressed"),
        "shorted": Kind("its wires touch: it never reads as pressed"),
    },
    "partner's button": {
        "cut": Kind("its wire is off: it never reads as pressed"),
        "stuck": Kind("it stays pressed"),
    },
    "wiring": {
        "pads swapped": _mistake("heel and palm are on each other's channel"),
        "supply reversed": _mistake("3.3 V and ground are swapped at the plug: the chip holds both bus wires low"),
        "no bias": _mistake("the resistor across the heel is missing"),
        "one series resistor": _mistake("one resistor feeds all three pads"),
        "other address": _mistake("ADDR is wired as that of the other glove"),
        "lights swapped": _mistake("amber and blue are on each other's pin"),
        "button normally open": _mistake("mama's button is of the wrong kind: it reads as pressed until she presses"),
        "no pull-ups": _mistake("nothing lifts the wires of the bus: each transfer ends in a time-out"),
        "pads joined": _mistake("the sense wires of heel and palm touch"),
        "resistors exchanged": _mistake("the heel's two resistors on the board are in each other's place"),
        "10 kohm": _mistake("the heel's measuring resistor is not the one of the plan"),
    },
}
_OTHER_NAMES = {
    "mama's button": "button",
    "mamas button": "button",
    "partners button": "partner's button",
    "partner button": "partner's button",
}

_TIME = r"(?:(\d+):([0-5]\d(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*(?:s|sec|seconds?)?)"
_WHEN = re.compile(rf"(?P<what>.*?)\s*\b(?:at\s+{_TIME}|from\s+{_TIME}(?:\s+(?:to|until)\s+{_TIME})?)")
_WHEN_BEGINS = re.compile(r"\b(at|from)\b")
_AMOUNT = re.compile(r"(?:to |for )?(\d+(?:\.\d+)?) ?([a-z%]*)(?: (?:a|per) transfer)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a part of the glove, in seconds of the glove's time.

    Attributes:
        part: One of `KINDS`.
        kind: One of that part's.
        from_s: When it begins; 0 of what is built in.
        to_s: When it is over.
        amount: How much of it: volts of a sag, percent of lost transfers, seconds of a time-out. None for the usual.

    Raises:
        ValueError: No glove can have that.
    """

    part: str
    kind: str
    from_s: float = 0.0
    to_s: float = math.inf
    amount: float | None = None

    def __post_init__(self) -> None:
        if self.part not in KINDS:
            raise ValueError(f"there is no {self.part!r}{_meant(self.part, KINDS)}")
        kinds = KINDS[self.part]
        if self.kind not in kinds:
            raise ValueError(f"{self.part} cannot be {self.kind!r}{_meant(self.kind, kinds)}")
        kind = kinds[self.kind]
        if kind.is_built_in and (self.from_s, self.to_s) != (0.0, math.inf):
            raise ValueError(f"{self.part} {self.kind} is there from the start to the end, so leave the time out")
        if not 0 <= self.from_s <= _LATEST_S:
            raise ValueError(f"it begins at {self.from_s:g} s; give 0 to {_LATEST_S:.0f} s")
        if self.to_s == math.inf and kind.lasts_s < math.inf:
            object.__setattr__(self, "to_s", self.from_s + kind.lasts_s)
        if not (self.from_s < self.to_s <= _LATEST_S + 1 or self.to_s == math.inf):
            raise ValueError(
                f"it begins at {self.from_s:g} s and is over at {self.to_s:g} s; give an end after that,"
                f" at most {_LATEST_S:.0f} s"
            )
        if self.amount is None:
            object.__setattr__(self, "amount", kind.amount)
            return
        least, most = kind.between
        if kind.amount is None:
            raise ValueError(f"{self.part} {self.kind} has no more or less, so leave {self.amount:g} out")
        if not least <= self.amount <= most:
            raise ValueError(f"{self.amount:g} {kind.unit} is not {least:g} to {most:g} {kind.unit}")

    @property
    def is_endless(self) -> bool:
        """Whether it stays to the end of the session."""
        return self.to_s == math.inf

    @property
    def is_seen_s(self) -> float:
        """When both it and, if it ends, its end have been seen."""
        return (self.from_s if self.is_endless else self.to_s) + KINDS[self.part][self.kind].shows_after_s

    def is_on(self, t_s: float) -> bool:
        """Return whether it is there at that time."""
        return self.from_s <= t_s < self.to_s

    def __str__(self) -> str:
        kind = KINDS[self.part][self.kind]
        before, after = kind.words
        much = "" if self.amount in (None, kind.amount) else f" {before}{self.amount:g} {kind.unit}{after}"
        if kind.is_built_in:
            return f"{self.part} {self.kind}"
        lasts_s = self.to_s - self.from_s
        when = f"from {self.from_s:g} s to {self.to_s:g} s"
        if self.is_endless or abs(lasts_s - kind.lasts_s) < 1e-6:
            when = f"at {self.from_s:g} s"
        return f"{self.part} {self.kind}{much} {when}"


def parse_fault(phrase: str) -> Fault:
    """Return the fault that a person asked for: "fingers intermittent from 40 s to 70 s".

    Raises:
        ValueError: One line that names the phrase, what is wrong with it, and all that can be said.
    """
    try:
        return _parsed(" ".join(phrase.lower().split()))
    except ValueError as error:
        raise ValueError(f'fault "{phrase}": {error} - {_sayable()}') from None


def _parsed(phrase: str) -> Fault:
    when = _WHEN.fullmatch(phrase)
    what = when["what"] if when is not None else _WHEN_BEGINS.split(phrase)[0].strip()
    part, rest = _part_of(what)
    kind, rest = _kind_of(part, rest)
    amount = _amount_of(part, kind, rest)
    if when is None and what == phrase and KINDS[part][kind].is_built_in:
        return Fault(part, kind, amount=amount)
    if when is None:
        said = phrase[len(what) :].strip()
        raise ValueError(f"{said!r} is no time" if said else "it wants a time")
    at, from_, to = (_seconds(when.groups()[i : i + 3]) for i in (1, 4, 7))
    from_s = at if at is not None else from_
    assert from_s is not None  # noqa: S101 - one of the two groups of the pattern has matched
    return Fault(part, kind, from_s, math.inf if to is None else to, amount)


def _part_of(what: str) -> tuple[str, str]:
    names = {name: name for name in KINDS} | _OTHER_NAMES
    # The longest first: "partner's button" is not a "partner".
    for name in sorted(names, key=len, reverse=True):
        if f"{what} ".startswith(f"{name} "):
            return names[name], what[len(name) :].strip()
    first = what.split(" ", maxsplit=1)[0]
    raise ValueError(f"there is no {first!r}{_meant(first, KINDS)}" if first else "it names no part")


def _kind_of(part: str, rest: str) -> tuple[str, str]:
    for kind in KINDS[part]:
        # "The supply sags" and "the bus hangs" are as good as "sag" and "hang".
        found = re.match(rf"{kind.removesuffix('s')}s?(?: |$)", rest)
        if found is not None:
            return kind, rest[found.end() :].strip()
    if not rest:
        raise ValueError(f"what is wrong with {part}?")
    raise ValueError(f"{part} cannot be {rest!r}{_meant(rest, KINDS[part])}")


def _amount_of(part: str, kind: str, rest: str) -> float | None:
    if not rest:
        return None
    found = _AMOUNT.fullmatch(rest)
    unit = KINDS[part][kind].unit
    if found is None or (found[2] and found[2] != unit.lower()):
        raise ValueError(f"{rest!r} is too much after {part} {kind}")
    return float(found[1])


def _seconds(groups: Iterable[str | None]) -> float | None:
    minutes, seconds, alone = groups
    if alone is not None:
        return float(alone)
    return None if minutes is None or seconds is None else 60 * float(minutes) + float(seconds)


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f", did you mean {near[0]!r}?" if near else ""


def _parts() -> list[tuple[str, dict[str, Kind]]]:
    """The parts with their kinds, the pads as one."""
    others = [(part, kinds) for part, kinds in KINDS.items() if part not in PADS]
    return [(", ".join(PADS), _OF_A_PAD), *others]


def _said(name: str, kind: Kind) -> str:
    before, after = kind.words
    return name if kind.amount is None else f"{name} {before}{kind.amount:g} {kind.unit}{after}"


def _sayable() -> str:
    known = "; ".join(f"{part} ({', '.join(kinds)})" for part, kinds in _parts())
    return f'say "heel open at 62 s" or "heel open from 40 s to 70 s", "wiring" without a time; there are {known}'


def help_on_faults() -> str:
    """Return all that can be said, a line each."""
    lines = [
        'A fault is said as PART WHAT WHEN: "heel open at 62 s", "bus stuck from 40 s to 1:10".',
        "Without an end it stays to the end of the session. What is wrong with the wiring is there from the start:",
        'say it without a time, "wiring pads swapped".',
    ]
    for part, kinds in _parts():
        lines += ["", part, *(f"  {_said(name, kind):28} {kind.means}" for name, kind in kinds.items())]
    return "\n".join(lines)

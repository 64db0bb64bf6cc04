"""A finding is a value: what was looked at, how it is, what was seen, and what to do."""

from typing import Literal

from msgspec import Struct

Outcome = Literal["ok", "look", "wrong", "not here", "left out"]


class Finding(Struct, frozen=True):
    """One thing that was looked at.

    Attributes:
        about: What.
        outcome: "look" is worth knowing and hinders nothing; "not here" belongs to another machine or wiring; "left
            out" needs somebody who is not there, or something that is wrong already.
        seen: What was found, in words.
        next_step: What to do; nothing where all is well.
    """

    about: str
    outcome: Outcome
    seen: str
    next_step: str = ""


def ok(about: str, seen: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(about, "ok", seen)


def look(about: str, seen: str, next_step: str) -> Finding:
    """Return that something is worth a look."""
    return Finding(about, "look", seen, next_step)


def wrong(about: str, seen: str, next_step: str) -> Finding:
    """Return that something is wrong."""
    return Finding(about, "wrong", seen, next_step)


def not_here(about: str, seen: str) -> Finding:
    """Return that something belongs to another machine or wiring."""
    return Finding(about, "not here", seen)


def left_out(about: str, seen: str) -> Finding:
    """Return that something could not be looked at."""
    return Finding(about, "left out", seen)

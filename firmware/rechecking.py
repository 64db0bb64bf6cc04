"""`paws calibrate --recheck`: one load a pad, in a minute, against the table that is in use. Writes nothing."""

from dataclasses import dataclass
from typing import Literal

from sensing.calibration import Calibration

from .pad_on_scale import Kitchen, PadOnScale
from .pad_steps import ZERO_S, hands_off
from .weights import Unit

# What a session takes away too; beyond it the glove is too tight.
MOST_PRELOAD_NEWTON = 2.0
# Where the hand works most.
USUAL_NEWTON = 10.0
# A pad repeats itself by 2 to 5 % and its table is 7 % right; one beyond 20 % has changed (signal.md 10).
FINE_SHARE, PASSABLE_SHARE = 0.1, 0.2

Verdict = Literal["fine", "fine for now", "calibrate again"]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How one pad did.

    Attributes:
        pad: Its name.
        true_newton: What the scale showed.
        read_newton: What the pad read.
        deviation_share: How much more it read than there was.
        verdict: What to do.
    """

    pad: str
    true_newton: float
    read_newton: float
    deviation_share: float
    verdict: Verdict


def recheck(kitchen: Kitchen, calibration: Calibration) -> list[Rechecked]:
    """Check pad after pad; one that was skipped is left out.

    Raises:
        Quit: The person wants to.
    """
    checked = []
    for pad, table in calibration.pads:
        on = PadOnScale(kitchen, pad, table)
        zero_newton = hands_off(on, ZERO_S, MOST_PRELOAD_NEWTON)
        # A pad that does not reach so far is checked in the middle of its table.
        asked_newton = kitchen.unit.rounded(min(USUAL_NEWTON, table.highest_newton / 2))
        asked = kitchen.unit.say(asked_newton)
        kitchen.talk.say(f"{pad}: press until the scale shows about {asked}, and keep still; another load will do too.")
        found = _load(on, asked_newton, zero_newton)
        if found is not None:
            checked.append(found)
            kitchen.talk.say(f"  {in_words(found, kitchen.unit)}")
    return checked


def in_words(found: Rechecked, unit: Unit) -> str:
    """Say how a pad did."""
    off_newton = found.read_newton - found.true_newton
    return (
        f"{found.pad}: {unit.say(found.read_newton)} for {unit.say(found.true_newton)}, "
        f"{found.deviation_share:+.0%} ({off_newton:+.1f} N): {found.verdict}"
    )


def _load(on: PadOnScale, asked_newton: float, zero_newton: float) -> Rechecked | None:
    while True:
        answer = on.load("up", asked_newton, any_load=True)
        if answer == "skip":
            return None
        if answer == "back":
            continue
        true_newton, rest = answer
        if true_newton > on.curve.last_newton or rest.from_above:
            reach = on.kitchen.unit.say(on.curve.last_newton)
            on.kitchen.talk.say(f"  let go, and press up to a load of at most {reach} without going beyond it")
            on.steadiness.again()
            continue
        # The present table never says more than its last knot: a pad at its end reads at least that much.
        read_newton = round(on.curve.newton_from_siemens(rest.siemens) - zero_newton, 3)
        deviation_share = round(read_newton / true_newton - 1, 4)
        return Rechecked(on.pad, true_newton, read_newton, deviation_share, _verdict(abs(deviation_share)))


def _verdict(off_share: float) -> Verdict:
    if off_share <= FINE_SHARE:
        return "fine"
    return "fine for now" if off_share <= PASSABLE_SHARE else "calibrate again"

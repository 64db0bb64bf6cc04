"""What is done with a pad before its loads and after them: its waking, its zero, its creep."""

from collections import deque

from sensing.creep import creep_share_of
from sensing.steadiness import Steadiness

from .pad_on_scale import PATIENCE_S, PadOnScale

# A table begins at nothing: what presses less than this an FSR does not feel (turn-on, Interlink 94-00004).
NOTHING_NEWTON = 0.2
ZERO_S = 1.0
# Five firm presses are felt for a while: at 0.5 N the pad conducts 12 % too much a second later, 4 % after 20 s, 3 %
# after 30 s (emulated, 2.2 % creep a decade).
FORGETS_S = 20.0
# An FSR that has lain still is stiff: four to five presses wake it (FlexiForce manual, Interlink 7.3).
WAKING_PRESSES = 5
# Such a press reaches half of the heaviest load, and is over when a fifth of that is left.
_DEEP_SHARE, _OVER_SHARE = 0.5, 0.2
# What the loads left behind falsifies the creep too: 2.2 % a decade come out as 1.5 % right after them, as 1.9 % after
# a minute (emulated).
FORGETS_ALL_S = 60.0
# A minute spans almost two decades from the first half second.
CREEP_HOLD_S = 60.0


def hands_off(on: PadOnScale, rest_s: float, most_newton: float) -> float:
    """Let the pad rest, and return the newtons that it feels when nobody presses it: those of the glove.

    Args:
        on: The pad.
        rest_s: For how long.
        most_newton: It must not feel more.
    """
    kitchen = on.kitchen
    kitchen.move("off", on.pad, 0.0)
    kitchen.talk.say(f"{on.pad}: lift your hand off the scale for {rest_s:.0f} s.")
    until_s = kitchen.reader.now_s() + rest_s
    last: deque[float] = deque(maxlen=round(ZERO_S / kitchen.reader.period_s))

    def is_zero() -> bool:
        last.append(on.curve.newton_from_siemens(on.siemens))
        return kitchen.reader.now_s() >= until_s and len(last) == last.maxlen and max(last) <= most_newton

    def advice() -> str:
        return (
            f"{on.pad} still feels like {on.feels(on.siemens)} - "
            "lift the hand, wear the glove more loosely or press through it with a finger, then press Enter"
        )

    def picture() -> str:
        return f"{max(until_s - kitchen.reader.now_s(), 0.0):.0f} s more, feels like {on.feels(on.siemens)}"

    while on.wait(is_zero, advice=advice, picture=picture, patience_s=rest_s + PATIENCE_S) is not None:
        last.clear()
    return sum(last) / len(last)


def wake(on: PadOnScale, newton: float) -> None:
    """Have the pad pressed five times, nearly as hard as it will be."""
    on.kitchen.move("wake", on.pad, newton)
    on.kitchen.talk.say(
        f"{on.pad}: wake it with {WAKING_PRESSES} firm presses to about {on.kitchen.unit.say(newton)}; "
        "let go after each."
    )
    deep_siemens = on.curve.siemens_from_newton(min(_DEEP_SHARE * newton, on.curve.last_newton))
    presses, is_deep = 0, False

    def is_awake() -> bool:
        nonlocal presses, is_deep
        if on.siemens >= deep_siemens:
            is_deep = True
        elif is_deep and on.siemens < _OVER_SHARE * deep_siemens:
            presses, is_deep = presses + 1, False
        return presses >= WAKING_PRESSES

    on.wait(
        is_awake,
        advice=lambda: f"I felt {presses} firm presses - press harder, or press Enter if the pad is awake",
        picture=lambda: f"{presses} of {WAKING_PRESSES}, feels like {on.feels(on.siemens)}",
    )


def creep_of(on: PadOnScale, newton: float) -> float | None:
    """Return the pad's creep from a weight that lies on it for a minute; None when that was left out."""
    hands_off(on, FORGETS_ALL_S, NOTHING_NEWTON)
    kitchen = on.kitchen
    kitchen.move("weight", on.pad, newton)
    kitchen.talk.say(
        f"{on.pad}: lay about {kitchen.unit.say(newton)} on it and leave it alone for a minute, to see it creep;\n"
        "  a bottle of water stands stiller than a hand. `skip` leaves this out."
    )
    on.steadiness = Steadiness()
    hold: list[tuple[float, float]] = []
    since_s: float | None = None

    def is_long_enough() -> bool:
        nonlocal since_s
        if on.steadiness.since_s != since_s:
            since_s = on.steadiness.since_s
            hold.clear()
        if since_s is not None:
            hold.append((on.steadiness.rested_s, on.siemens))
        return on.steadiness.rested_s >= CREEP_HOLD_S

    while True:
        line = on.wait(
            is_long_enough,
            advice=lambda: "the weight does not come to rest - let nothing touch it, or type `skip`",
            picture=lambda: f"{on.steadiness.rested_s:.0f} s of {CREEP_HOLD_S:.0f}, feels like {on.feels(on.siemens)}",
            patience_s=2 * CREEP_HOLD_S,
        )
        if line == "skip":
            return None
        if line is None:
            share = creep_share_of(hold)
            kitchen.talk.say(f"  it shows {share:.1%} more whenever the time has grown tenfold")
            return round(share, 4)

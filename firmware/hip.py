"""The hip, seen from behind, with what each spot had: as text for a terminal and as SVG for a page.

A spot is a disc when it had a full hold, a ring when it had part of one, and a dot when it had none: shape, not colour.
"""

from html import escape
from textwrap import wrap

from coach.plan import PLACES, SIDES, Spot
from coach.spots import SpotHold, SpotSeen
from coach.summary import Summary
from coach.verdict import minutes

from .words import PLACE_NAMES, SPOT_SAID, how_firm

FULL, PART, NONE = "●", "○", "·"
LEGEND = f"{FULL} a full hold  {PART} part of one  {NONE} none"
SVG_LEGEND = "disc: a full hold, ring: part of one, dot: none"
# The rows of the picture: each place and how far it is from the middle, her left on the left, for he sits behind her.
_ROWS = (("crest", 14), ("sacrum", 4), ("middle", 9), ("side", 24), ("top_of_leg", 12))
_MIDDLE = 36
# A place on the left half of the SVG; the right half is its mirror image.
_AT = {"crest": (84, 54), "sacrum": (125, 84), "middle": (102, 122), "side": (56, 118), "top_of_leg": (86, 176)}
_WIDTH, _HEIGHT = 300, 220
_OUTLINE = (
    "M92,8 C84,40 38,60 36,118 C35,160 52,185 54,214 "
    "M208,8 C216,40 262,60 264,118 C265,160 248,185 246,214 "
    "M150,112 L150,172 M146,214 Q147,190 150,172 Q153,190 154,214 "
    "M64,172 Q104,196 146,170 M236,172 Q196,196 154,170"
)


def sign_of(seen: SpotSeen | None) -> str:
    """Return the sign of what a spot had."""
    if seen is None or not seen.holds:
        return NONE
    return FULL if seen.full else PART


def hip_lines(spots: tuple[SpotSeen, ...]) -> list[str]:
    """Return the hip in a few lines."""
    seen = {one.spot: one for one in spots}
    lines = [f"{'left':>16}{'right':>41}"]
    for place, away in _ROWS:
        left, right = (sign_of(seen.get(Spot(f"{place} {side}"))) for side in SIDES)
        lines.append(f"{PLACE_NAMES[place]} {left}".rjust(_MIDDLE - away) + f"{right:>{2 * away}} {PLACE_NAMES[place]}")
    return [*lines, f"{'':<12}{LEGEND}"]


def spot_lines(summary: Summary, width: int) -> list[str]:
    """Return what each spot had, a paragraph each."""
    lines = []
    for seen in summary.spots:
        name = f"{PLACE_NAMES[seen.spot.place]}, {seen.spot.side}"
        lines += wrap(spot_had(seen, summary), width, initial_indent=f"  {name:<18}", subsequent_indent=" " * 20)
    return lines


def spot_had(seen: SpotSeen, summary: Summary) -> str:
    """Return in words what a spot had and what she said there."""
    had = ", then ".join(_hold(hold, summary) for hold in seen.holds) or "no hold"
    said = [SPOT_SAID[word] for word in seen.said if word in SPOT_SAID]
    return had + (f"; she said {', '.join(dict.fromkeys(said))}" if said else "")


def _hold(hold: SpotHold, summary: Summary) -> str:
    firm = how_firm(hold.newton, summary.ceiling_newton, summary.uncertain_share)
    return f"{minutes(hold.held_s)} at {minutes(hold.t_s)}, {firm}"


def hip_svg(spots: tuple[SpotSeen, ...]) -> str:
    """Return the hip as SVG, in the page's own colours."""
    seen = {one.spot: one for one in spots}
    drawn = [f'<path d="{_OUTLINE}" fill="none" stroke="var(--soft)" stroke-width="1.5" stroke-linecap="round"/>']
    for place in PLACES:
        for side in SIDES:
            x, y = _AT[place]
            drawn.append(_spot(seen.get(Spot(f"{place} {side}")), place, x if side == "left" else _WIDTH - x, y))
    described = "; ".join(f"{one.spot.replace('_', ' ')}: {sign_words(one)}" for one in spots)
    return (
        f'<svg class="hip" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(described)}">'
        f'<text x="14" y="16">left</text><text x="{_WIDTH - 14}" y="16" text-anchor="end">right</text>'
        f"{''.join(drawn)}</svg>"
    )


def sign_words(seen: SpotSeen) -> str:
    """Return what the sign of a spot means."""
    return {FULL: "a full hold", PART: "part of a hold", NONE: "no hold"}[sign_of(seen)]


def _spot(seen: SpotSeen | None, place: str, x: int, y: int) -> str:
    sign = sign_of(seen)
    if sign == FULL:
        shape = f'<circle cx="{x}" cy="{y}" r="9" fill="var(--hold)"/>'
    elif sign == PART:
        shape = f'<circle cx="{x}" cy="{y}" r="7.5" fill="none" stroke="var(--hold)" stroke-width="3"/>'
    else:
        shape = f'<circle cx="{x}" cy="{y}" r="2.5" fill="var(--soft)"/>'
    return f'{shape}<text x="{x}" y="{y + 20}" text-anchor="middle">{PLACE_NAMES[place]}</text>'

"""A recording cut anywhere, with a hole anywhere, or begun anywhere, tells what is left of it the same."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.events import Event, PressEnded
from sensing.inputs import End, Input, Reading
from tests.any_hand import (
    APART_S,
    NO_CEILING,
    PRESSES,
    SEEDS,
    WOBBLES,
    alike,
    hand_of,
    held,
    slowed_at_s,
)
from tests.story import STORIES, drop, new_session, run, silence

pytestmark = pytest.mark.many

# A hole has no readings to tell a corner from: what is made up of both sides is good to a quarter of a second each.
HOLE_AT_MOST_S, HELD_OVER_A_HOLE_WITHIN_S = 1.5, 0.5
# A hole at an edge of the hold may cost its own length; and a hold is still only after 2 s without a hole.
FROM_AN_EDGE_S = 2.0
# A beat more or less at each corner, as the beats fall elsewhere; and the filter starts with the new session.
HELD_WITHIN_S, SLOWER_WITHIN_S = 0.3, 0.15

SHARES_OF_IT = st.floats(0, 1)
LOST: dict[str, Callable[[list[Input], float, float], list[Input]]] = {"failed": drop, "missing": silence}


def fed(inputs: list[Input]) -> list[Event]:
    session = new_session(NO_CEILING)
    return [event for item in inputs for event in session.feed(item)]


@STORIES
@given(pressed=PRESSES, wobble=WOBBLES, seed=SEEDS, at=SHARES_OF_IT)
def test_what_was_said_before_the_cut_is_said_of_the_whole_too(
    pressed: tuple[float, float, float, float], wobble: float, seed: int, at: float
) -> None:
    inputs = hand_of([pressed]).readings(25, wobble=wobble, seed=seed)
    first = inputs[: 1 + int(at * (len(inputs) - 1))]
    end_s = first[-1].t_s
    whole, part = fed(inputs), fed(first)
    assert part == whole[: len(part)]
    assert [event for event in whole[len(part) :] if event.t_s <= end_s] == []
    told = fed([*first, End(end_s, "cut_off")])
    # What ends with the end ends there, and says nothing else.
    assert told[: len(part)] == part
    assert {type(event).__name__ for event in told[len(part) :]} <= {
        *("PressEnded", "ForceSeen", "CueChanged", "PawSeen", "SessionEnded")
    }


@STORIES
@given(
    pressed=PRESSES,
    wobble=WOBBLES,
    seed=SEEDS,
    at=SHARES_OF_IT,
    s=st.floats(0.04, HOLE_AT_MOST_S),
    how=st.sampled_from(sorted(LOST)),
)
@example(pressed=(8.0, 2.0, 20.0, 2.0), wobble=1.0, seed=1, at=0.5, s=1.5, how="missing")
def test_a_hole_in_the_readings_changes_no_press(
    pressed: tuple[float, float, float, float], wobble: float, seed: int, at: float, s: float, how: str
) -> None:
    newton, newton_per_s, hold_s, _ = pressed
    hand = hand_of([pressed])
    inputs = hand.readings(25, wobble=wobble, seed=seed)
    still_s = 1 + newton / newton_per_s
    from_s = away_from((still_s, still_s + hold_s), at * (hand.length_s - s), s)
    whole, holed = run(inputs, NO_CEILING), run(LOST[how](inputs, from_s, from_s + s), NO_CEILING)
    # A short hold at the hole may be nobody's fault; it is no other hold for that.
    presses = [replace(one, outcome="short") if one.outcome == "unsure" else one for one in holed.of(PressEnded)]
    assert alike(presses, whole.of(PressEnded))
    assert held(holed) == pytest.approx(held(whole), abs=HELD_OVER_A_HOLE_WITHIN_S)


def away_from(edges_s: tuple[float, ...], from_s: float, s: float) -> float:
    """Put a hole where it is not near an edge: after the edge, if it was."""
    for edge_s in edges_s:
        if edge_s - s - FROM_AN_EDGE_S < from_s < edge_s + FROM_AN_EDGE_S:
            from_s = edge_s + FROM_AN_EDGE_S
    return from_s


@STORIES
@given(presses=st.tuples(PRESSES, PRESSES), wobble=WOBBLES, seed=SEEDS, at=SHARES_OF_IT)
def test_a_session_that_begins_when_the_hand_is_away_tells_the_presses_after_that(
    presses: tuple[tuple[float, float, float, float], ...], wobble: float, seed: int, at: float
) -> None:
    hand = hand_of(presses)
    first = hand_of(presses[:1])
    inputs = hand.readings(25, wobble=wobble, seed=seed)
    whole = run(inputs, NO_CEILING)
    # Within the rest after the first press; a hand that leans in at 40 N/s deserves a reading before it.
    begins_s = first.length_s - 0.1 - at * (APART_S - 0.2)
    later = [item for item in inputs if isinstance(item, Reading) and item.t_s >= begins_s]
    moved = [Reading(round(item.t_s - later[0].t_s, 6), item.volts) for item in later]
    told = run(moved, NO_CEILING)
    assert alike(told.of(PressEnded), whole.of(PressEnded)[1:])
    assert held(told) == pytest.approx(held(whole)[1:], abs=HELD_WITHIN_S)
    slowed = [at_s + later[0].t_s for at_s in slowed_at_s(told)]
    assert slowed == pytest.approx(slowed_at_s(whole, begins_s), abs=SLOWER_WITHIN_S)

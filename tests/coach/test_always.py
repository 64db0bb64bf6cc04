"""Whatever happens, the promises hold; `run` asserts them at every input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.events import Event, ForceSeen
from coach.plan import Plan
from sensing.inputs import Input
from tests.story import (
    BRIDGED_U,
    CUT_U,
    FSR_SHORTED_U,
    PADS,
    SHORTED_U,
    STORIES,
    Hand,
    drop,
    freeze,
    run,
    say,
    silence,
    spoil,
)

pytestmark = pytest.mark.many

LENGTH_S = 20
MOVES = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 3), st.floats(0, 5)), min_size=2, max_size=6)
TIMES = st.floats(1, LENGTH_S).map(lambda t_s: round(t_s, 2))
LENGTHS = st.sampled_from([0.03, 0.1, 0.25, 0.7, 1.5, 3.0, 6.0])
BROKEN = st.tuples(
    st.sampled_from(PADS), st.sampled_from([CUT_U, BRIDGED_U, FSR_SHORTED_U, SHORTED_U, None]), TIMES, LENGTHS
)
SILENT = st.tuples(st.booleans(), TIMES, LENGTHS)
WORDS = st.tuples(TIMES, st.sampled_from(["too_much", "just_right", "next"]))


def hand_of(moves: list[tuple[float, float, float]]) -> Hand:
    hand = Hand().rest(0.5)
    for newton, lean_s, hold_s in moves:
        hand = hand.lean(newton, lean_s).hold(hold_s)
    return hand.rest(1)


@STORIES
@given(
    moves=MOVES,
    broken=st.lists(BROKEN, max_size=3),
    silent=st.lists(SILENT, max_size=2),
    words=st.lists(WORDS, max_size=3),
    ceiling_newton=st.sampled_from([8.0, 20.0]),
    rate_hz=st.sampled_from([25.0, 50.0]),
)
def test_whatever_the_hand_the_wires_and_the_bus_do_the_promises_hold(
    moves: list[tuple[float, float, float]],
    broken: list[tuple[str, float | None, float, float]],
    silent: list[tuple[bool, float, float]],
    words: list[tuple[float, str]],
    ceiling_newton: float,
    rate_hz: float,
) -> None:
    inputs = hand_of(moves).readings(rate_hz, wobble=0.4)
    for pad, u, from_s, s in broken:
        inputs = freeze(inputs, pad, from_s, from_s + s) if u is None else spoil(inputs, pad, u, from_s, from_s + s)
    for said, from_s, s in silent:
        inputs = drop(inputs, from_s, from_s + s) if said else silence(inputs, from_s, from_s + s)
    told = run(say(inputs, *words), Plan(ceiling_newton=ceiling_newton))
    assert told.words[-1] == "session_ended"


def without_pictures(inputs: list[Input]) -> list[Event]:
    return [event for event in run(inputs).events if not isinstance(event, ForceSeen)]


@STORIES
@given(moves=MOVES, pad=st.sampled_from(PADS), u=st.floats(-0.1, 0.0185))
def test_what_a_cut_wire_picks_up_changes_nothing(moves: list[tuple[float, float, float]], pad: str, u: float) -> None:
    # P3: no cue is computed from an invalid value, so its value cannot matter.
    inputs = hand_of(moves).readings(rate_hz=25)
    assert without_pictures(spoil(inputs, pad, u, 2)) == without_pictures(spoil(inputs, pad, CUT_U, 2))

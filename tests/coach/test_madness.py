"""Whatever is fed to a session, it neither fails nor says a number that is none, and promises nothing falsely.

Volts are finite by contract (`sensing/inputs.py`): the driver delivers whole codes of 16 bits and turns a wrong supply
into a dropout. A session survives worse all the same: a broken source must not darken the lights by a crash.
"""

import math
from collections.abc import Iterator, Sequence

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.events import Event
from coach.session import Session
from sensing.inputs import MARK_WORDS, Dropout, End, Input, Mark, MarkWord, Reading
from tests.story import PADS, PROPERTY, SUPPLY_CODE, UNTOUCHED_U, VOLT_PER_CODE, Promises, new_session

pytestmark = pytest.mark.many

SUPPLY_VOLT = SUPPLY_CODE * VOLT_PER_CODE
# Every source begins at once, and with its first sweep.
UNTOUCHED = (*[round(UNTOUCHED_U * 2 * SUPPLY_CODE) * VOLT_PER_CODE] * len(PADS), SUPPLY_VOLT)
# What no driver delivers, and what a broken wire does.
NONSENSE_VOLTS = (math.nan, math.inf, -math.inf, -1.0, -VOLT_PER_CODE, -0.0, 1e-300, 1e300, -1e300)
BROKEN_VOLTS = tuple(u * 2 * SUPPLY_VOLT for u in (0.0, 0.008, 0.91, 0.98))
NO_SUPPLY_VOLTS = (0.0, -0.0, -1.65, math.nan, -math.inf)
# These end a session for good, three seconds later.
ENDING: tuple[MarkWord, ...] = ("stop", "end")
# A hand, from nothing to beyond the table.
HAND_VOLTS = st.integers(round(0.0205 * 2 * SUPPLY_CODE), round(0.89 * 2 * SUPPLY_CODE)).map(
    lambda code: code * VOLT_PER_CODE
)
VOLTS = st.one_of(HAND_VOLTS, st.sampled_from(BROKEN_VOLTS), st.sampled_from(NONSENSE_VOLTS))
SWEEPS = st.one_of(
    *(st.tuples(*[volts] * len(PADS)).map(lambda pads: (*pads, SUPPLY_VOLT)) for volts in (HAND_VOLTS, VOLTS))
)
UNSUPPLIED = st.tuples(*[VOLTS] * len(PADS), st.sampled_from(NO_SUPPLY_VOLTS))
# From the same moment on to a day later.
STEPS_S = st.sampled_from([0.0, 1e-6, 0.01, 0.02, 0.02, 0.02, 0.04, 0.1, 0.21, 0.5, 1.0, 2.3, 3600.0, 86400.0])
# What comes so many times, by turns where it is two: a sweep, a word, or (another string) the reason of a dropout.
THINGS = st.one_of(SWEEPS, SWEEPS, SWEEPS, UNSUPPLIED, st.sampled_from(["bus hangs", "too_much", "just_right", "next"]))
Piece = tuple[Sequence[tuple[float, ...] | str], float, int]
PIECES = st.tuples(st.lists(THINGS, min_size=1, max_size=2), STEPS_S, st.integers(1, 120))


def inputs_of(pieces: Sequence[Piece]) -> Iterator[Input]:
    t_s = 0.0
    yield Reading(t_s, UNTOUCHED)
    for things, step_s, times in pieces:
        for i in range(times):
            t_s = round(t_s + step_s, 6)
            thing = things[i % len(things)]
            if isinstance(thing, tuple):
                yield Reading(t_s, thing)
            elif thing in MARK_WORDS:
                yield Mark(t_s, thing)
            else:
                yield Dropout(t_s, thing)
    yield End(t_s, "finished")
    yield End(t_s, "interrupted")


def is_unsupplied(item: Input) -> bool:
    return isinstance(item, Reading) and not item.volts[-1] > 0


def assert_numbers_are_numbers(said: Sequence[Event]) -> None:
    for event in said:
        values = msgspec.to_builtins(event).values()
        assert all(math.isfinite(value) for value in values if isinstance(value, float)), event


def feed(session: Session, promises: Promises, item: Input) -> None:
    was_over = session.is_over
    said = session.feed(item)
    assert not (was_over and said), "nothing is said after the end"
    assert_numbers_are_numbers(said)
    tone_hz = session.levels(item.t_s).tone_hz
    assert tone_hz is None or tone_hz > 0
    if not was_over:
        promises.check(item, said)


@settings(PROPERTY, max_examples=60)
@given(pieces=st.lists(PIECES, max_size=12), after=st.lists(PIECES, max_size=2), word=st.sampled_from([*ENDING, None]))
@example(pieces=[([(math.nan,) * 3 + (SUPPLY_VOLT,)], 0.02, 100)], after=[], word=None)
@example(pieces=[([(1.0, 1.0, 1.0, SUPPLY_VOLT)], 0.02, 1)], after=[], word=None)
@example(
    pieces=[([(0.0677, 0.0677, 0.0677, SUPPLY_VOLT), (2.9, 2.9, 2.9, SUPPLY_VOLT)], 0.02, 200)], after=[], word=None
)
def test_no_input_makes_a_session_fail_or_promise_falsely(
    pieces: Sequence[Piece], after: Sequence[Piece], word: MarkWord | None
) -> None:
    session = new_session()
    promises = Promises(session)
    ends: list[Piece] = [] if word is None else [([word], 0.02, 2)]
    for item in inputs_of([*pieces, *ends, *after]):
        if is_unsupplied(item) and not session.is_over:
            with pytest.raises(ValueError, match="and a supply"):
                session.feed(item)
        else:
            feed(session, promises, item)
    promises.check_end(0.0)

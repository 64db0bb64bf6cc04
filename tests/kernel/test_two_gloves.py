"""A second glove in a real kernel: one that nobody asked for, and one of two that breaks."""

import json
from collections.abc import Callable

import pytest

from coach.cues import Look
from coach.tape import TapeReader
from sensing.inputs import Reading

from .bench import Bench, Played, Scene
from .record import Record

Kept = Callable[[Scene], tuple[Played, Record]]
FROM_S, TO_S = 7.0, 10.0


def swept_s(played: Played, glove: int) -> list[float]:
    """When a glove was read."""
    with played.tapes()[0].open("rb") as file:
        readings = [item for item in TapeReader(file, "tape").inputs() if isinstance(item, Reading)]
    return [reading.t_s for reading in readings if reading.glove == glove]


@pytest.mark.many
def test_a_second_chip_where_one_is_expected_is_told_by_check_and_left_alone_by_a_session(
    bench: Bench, kept: Kept
) -> None:
    looked = bench.play(Scene(paws=("check", "--yes", "--json"), hand="nobody", both=True))
    (other,) = [one for one in json.loads(looked.said)["findings"] if one["about"] == "other chips"]
    assert (looked.code, other["seen"]) == (0, "0x48 answers too")
    assert other["next_step"] == "the other glove? `--both` looks at both"

    played, record = kept(Scene(hand="gentle", both=True, lasts_s=8))
    assert (played.code, played.erred) == (0, "")
    assert {one.glove for one in record.conversions} == {0}


@pytest.mark.many
@pytest.mark.parametrize("fault", ["heel open", "chip never ready"])
def test_one_of_two_gloves_that_breaks_is_told_and_the_other_is_read_on(kept: Kept, fault: str) -> None:
    scene = Scene(
        paws=("session", "--yes", "--both"),
        hand="gentle",
        both=True,
        faults=(f"{fault} from {FROM_S} s to {TO_S} s",),
        lasts_s=16,
    )
    played, record = kept(scene)
    assert (played.code, played.erred) == (0, "")
    told_s = [sample.t_s for sample in record.seen().samples if Look.CHECK_GLOVE in sample.looks]
    assert FROM_S < told_s[0] < FROM_S + 1.0
    assert told_s[-1] < TO_S + 3.0
    # Both sweeps share a tick: 25 a second. The left glove misses none of its own.
    left_s = [t_s for t_s in swept_s(played, 0) if FROM_S < t_s < TO_S]
    assert len(left_s) > 25 * (TO_S - FROM_S) - 5

"""The judge of the matrix is no yes-man: each lie about a session is found, and told as the promise that it breaks."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import inf

import pytest

from .matrix import COLUMNS, Plot, healthy_session, one_cell, played, transitions, troubles
from .promises import Judge
from .watched import Sample, Seen


@cache
def healthy() -> Seen:
    return healthy_session()


def told(lie: Callable[[Sample], Sample], ended_s: float | None = None) -> list[str]:
    seen = healthy()
    lied = replace(seen, samples=[lie(sample) for sample in seen.samples], ended_s=ended_s or seen.ended_s)
    return [violation.promise for violation in Judge(lied).violations()]


def between(from_s: float, to_s: float, **changes: object) -> Callable[[Sample], Sample]:
    return lambda sample: replace(sample, **changes) if from_s <= sample.t_s < to_s else sample  # type: ignore[arg-type]


LOST = (-inf, 0.0, 0.0)


@pytest.mark.parametrize(
    ("promise", "lie"),
    [
        ("P1", between(20.0, 20.05, valid_s=(20.0, 20.0, 19.75))),
        ("P2", between(20.0, 22.0, newton=(20.0, 2.0, 2.0))),
        ("P3", between(9.0, 30.0, newton=(0.0, 0.0, 0.0))),
        ("P3", between(52.0, 54.0, newton=(3.0, 3.0, 3.0), looks=())),
        ("P4", between(46.3, 47.9, valid_s=LOST, green=False)),
        ("P7", between(20.0, 20.3, mama_down=True)),
        ("P7", between(20.0, 23.0, mama_down=True)),
        ("LS", between(20.0, 20.02, green=True, amber=True)),
        ("LS", between(20.0, 21.2, tone_hz=440.0)),
        ("LS", lambda sample: replace(sample, red=int(sample.t_s / 0.15) % 2 == 0)),
    ],
)
def test_a_lie_is_found(promise: str, lie: Callable[[Sample], Sample]) -> None:
    assert promise in told(lie)


def test_the_truth_is_not_called_a_lie() -> None:
    assert told(lambda sample: sample) == []


def test_a_light_after_the_end_is_found() -> None:
    assert "P5" in told(lambda sample: sample, ended_s=60.0)


def test_a_cell_says_the_same_whether_it_is_forked_or_played_from_the_start() -> None:
    at_s = transitions(healthy())["lean-in"]
    row = next(row for row in troubles() if row.name == "loop frozen 10 s")
    ((_, _, forked),) = played(Plot("lean-in", at_s, (row,)), healthy())
    assert forked == one_cell(row, at_s, healthy())


def test_every_column_is_a_transition_of_the_session() -> None:
    assert tuple(transitions(healthy())) == COLUMNS

"""Which wrongs are written into a file; what the tests say of them is a campaign of its own (`make mutants`)."""

import tomllib
from pathlib import Path

import pytest

from .campaign import EXPLAINED, TESTS
from .mutants import mutants_of

LIMIT = b"""
HIGH_NEWTON = 20.0


def is_too_hard(newton: float | None, *, strict: bool = True) -> bool:
    '''Say so.'''
    if newton is None:
        return False
    return newton >= HIGH_NEWTON - 1e-6
"""


def changes(source: bytes) -> list[str]:
    return [mutant.name for mutant in mutants_of(source)]


def test_thresholds_comparisons_and_answers_are_mistaken_but_no_words_and_no_types() -> None:
    assert changes(LIMIT) == [
        "HIGH_NEWTON: 20.0 -> 40.0",
        "HIGH_NEWTON: 20.0 -> 10.0",
        "is_too_hard: True -> False",
        "is_too_hard: if newton is None -> if True",
        "is_too_hard: if newton is None -> if False",
        "is_too_hard: newton is None -> newton is not None",
        "is_too_hard: False -> True",
        "is_too_hard: return newton >= HIGH_NEWTON - 1e-06 -> return None",
        "is_too_hard: newton >= HIGH_NEWTON - 1e-06 -> newton > HIGH_NEWTON - 1e-06",
        "is_too_hard: newton >= HIGH_NEWTON - 1e-06 -> newton < HIGH_NEWTON - 1e-06",
        "is_too_hard: HIGH_NEWTON - 1e-06 -> HIGH_NEWTON + 1e-06",
        "is_too_hard: 1e-06 -> 0.0",
        "is_too_hard: 1e-06 -> 0.02",
    ]


PRIORITY = b"""
class Look(Enum):
    STOP = "stop"
    SOFTER = "softer"


RANK = list(Look)
GOOD = {Look.STOP, Look.SOFTER}
"""


def test_priorities_are_swapped_and_sets_lose_a_member() -> None:
    assert changes(PRIORITY) == [
        "Look: STOP = 'stop', SOFTER = 'softer' -> SOFTER = 'softer', STOP = 'stop'",
        "Look.STOP: 'stop' -> 'stop_'",
        "Look.SOFTER: 'softer' -> 'softer_'",
        "GOOD: {Look.STOP, Look.SOFTER} -> {Look.SOFTER}",
        "GOOD: {Look.STOP, Look.SOFTER} -> {Look.STOP}",
        "GOOD: Look.STOP -> Look.SOFTER",
        "GOOD: Look.SOFTER -> Look.STOP",
    ]


STEPS = b"""
class Wire:
    def breaks(self, t_s):
        for at_s in self.seen:
            if at_s and not self.is_loose:
                continue
            self.count += 1
        self.seen = [at_s for at_s in self.seen if at_s > t_s]
"""


def test_statements_are_left_out_and_conditions_lose_a_part() -> None:
    assert [name.removeprefix("Wire.breaks: ") for name in changes(STEPS)] == [
        "for each of self.seen -> for none",
        "if at_s and (not self.is_loose) -> if True",
        "if at_s and (not self.is_loose) -> if False",
        "at_s and (not self.is_loose) -> at_s or not self.is_loose",
        "at_s and (not self.is_loose) -> not self.is_loose",
        "at_s and (not self.is_loose) -> at_s",
        "not self.is_loose -> self.is_loose",
        "without continue",
        "without self.count += 1",
        "self.count += 1 -> self.count -= 1",
        "1 -> 2",
        "1 -> 0",
        "without self.seen = [at_s for at_s in self.seen if at_s > t_s]",
        "if at_s > t_s -> if True",
        "if at_s > t_s -> if False",
        "at_s > t_s -> at_s >= t_s",
        "at_s > t_s -> at_s <= t_s",
    ]


@pytest.mark.parametrize("path", TESTS)
def test_every_wrong_is_code_that_can_be_read_and_another_than_the_file(path: str) -> None:
    source = Path(path).read_bytes()
    for mutant in mutants_of(source):
        wrong = mutant.applied(source)
        assert wrong != source
        compile(wrong, path, "exec")


@pytest.mark.parametrize("path", TESTS)
def test_what_is_explained_can_still_be_written_into_its_file(path: str) -> None:
    explained = tomllib.loads(EXPLAINED.read_text())
    assert set(explained) <= set(TESTS)
    assert set(explained.get(path, {})) <= {mutant.name for mutant in mutants_of(Path(path).read_bytes())}

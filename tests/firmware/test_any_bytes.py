"""Files of any content: a little of the storage campaign with every run of the tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reliability.storage_files import damaged
from tests.reliability.storage_targets import TARGETS, refused_or_right


@pytest.mark.parametrize("kind", TARGETS)
def test_a_good_file_is_accepted(kind: str) -> None:
    assert all(refused_or_right(TARGETS[kind], seed) for seed in TARGETS[kind].seeds)


@pytest.mark.parametrize("kind", TARGETS)
def test_a_damaged_file_is_refused_in_a_line_or_read_rightly(kind: str) -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.data())
    def any_damage(data: st.DataObject) -> None:
        refused_or_right(TARGETS[kind], data.draw(damaged(TARGETS[kind].seeds)))

    any_damage()

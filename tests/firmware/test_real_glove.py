"""The bus of the real glove, held by one session at a time."""

from pathlib import Path

import pytest

from firmware.real_glove import only_bus
from firmware.refusal import Refusal


def test_one_session_at_a_time_has_the_bus_wherever_it_keeps_its_tapes(tmp_path: Path) -> None:
    for number in (1, 3):
        (tmp_path / f"i2c-{number}").touch()
    with only_bus(1, tmp_path):
        with pytest.raises(Refusal) as refused, only_bus(1, tmp_path):
            pass
        assert (refused.value.exit_code, str(refused.value)) == (
            3,
            "another session has the glove - end that one first, then start again",
        )
        # Another bus is another glove.
        with only_bus(3, tmp_path):
            pass
    with only_bus(1, tmp_path):
        pass


def test_a_bus_that_is_not_there_is_not_refused_here(tmp_path: Path) -> None:
    with only_bus(1, tmp_path), only_bus(1, tmp_path):
        pass

"""Each detector can still be switched off: a name that moved is noticed at once, and not by the next `make canary`."""

from pathlib import Path

import pytest

from .detectors import Detector, detectors

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("detector", detectors(), ids=lambda detector: detector.name)
def test_a_detector_is_where_it_is_said_to_be(detector: Detector) -> None:
    assert list(detector.places())
    assert [name for name in detector.tests if not (TESTS / name.partition("::")[0]).is_file()] == []

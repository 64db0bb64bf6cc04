"""One kernel for all scenes of a worker, and the promises that each session has to keep."""

import os
from collections.abc import Callable, Sequence

import pytest

from hardware.emulated.faults import parse_fault
from tests.reliability.promises import Judge

from .bench import NO_KERNEL, Bench, Played, Scene, kernel_in
from .record import Record


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The kernel; a test without one is left out, or fails where nothing may be (see tests/conftest.py)."""
    folder = tmp_path_factory.mktemp("kernel")
    kernel = kernel_in(folder)
    if kernel is None:
        if os.environ.get("KITTYPAWS_REQUIRE_ALL") == "1":
            pytest.fail(NO_KERNEL)
        pytest.skip(NO_KERNEL)
    return Bench(kernel, folder)


@pytest.fixture
def kept(bench: Bench) -> Callable[[Scene], tuple[Played, Record]]:
    """Return a function that plays a scene and holds it to P1 to P8."""

    def play(scene: Scene) -> tuple[Played, Record]:
        played = bench.play(scene)
        record = Record(played)
        assert broken(record, scene.faults) == []
        return played, record

    return play


def broken(record: Record, faults: Sequence[str] = ()) -> list[str]:
    """Return the promises that were broken."""
    return [str(found) for found in Judge(record.seen(), [parse_fault(phrase) for phrase in faults]).violations()]

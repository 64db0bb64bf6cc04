"""Campaign D: what happens to tapes, settings and calibrations when power, disk or process fail them."""

from collections.abc import Iterator

from .storage_cuts import cuts, flips
from .storage_disk import broken_disk, full_disk
from .storage_files import atheris, flipped_calibration, fuzz, old_sessions, versions
from .storage_kills import kills, races
from .table import Row

PARTS = (kills, cuts, full_disk, broken_disk, fuzz, atheris, flipped_calibration, flips, old_sessions, races, versions)


def rows(share: float) -> Iterator[Row]:
    for part in PARTS:
        yield from part(share)

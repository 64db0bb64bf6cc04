"""The bus goes wrong in a real kernel: what the program sees are the errors of i2c-core, and what shows is true."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from coach.cues import Look

from .bench import Played, Scene
from .record import Record

Kept = Callable[[Scene], tuple[Played, Record]]
# In the middle of a hold; the hasty hand has leaned in by then.
FROM_S, TO_S = 9.0, 12.0
LASTS_S = 18.0


def looks(record: Record, look: Look) -> list[float]:
    """When it was to be seen."""
    return [sample.t_s for sample in record.seen().samples if look in sample.looks]


@pytest.mark.parametrize(
    "fault",
    [
        "bus stuck",
        "bus floating",
        "bus silent",
        "bus noisy 90 %",
        "bus hangs",
        "chip never ready",
        "supply sag to 2.5 V",
        "supply open",
        "heel open",
        "palm short",
        "fingers grounded",
        "ground open",
    ],
)
def test_what_is_lost_in_a_hold_is_told_within_a_second_and_trusted_again_after_two(kept: Kept, fault: str) -> None:
    played, record = kept(Scene(faults=(f"{fault} from {FROM_S} s to {TO_S} s",), lasts_s=LASTS_S))
    assert (played.code, played.erred) == (0, "")
    told_s = looks(record, Look.CHECK_GLOVE)
    assert FROM_S < told_s[0] < FROM_S + 1.0
    assert told_s[-1] < TO_S + 3.0
    # Not a good light in between, from the first moment in which it was told.
    for light in ("green", "blue"):
        assert not any(record.lights[light].at(t_s) for t_s in told_s)


@pytest.mark.parametrize("hangs_for_s", [0.1, 1.0])
def test_a_controller_that_takes_its_time_to_give_up_leaves_nothing_lit(kept: Kept, hangs_for_s: float) -> None:
    """i2c-bcm2835 waits for a second unless it is told otherwise, and does so in each transfer that hangs."""
    _, record = kept(
        Scene(faults=(f"bus hangs from {FROM_S} s to {TO_S} s",), hangs_for_s=hangs_for_s, lasts_s=LASTS_S)
    )
    # Dark when the lease is over, amber as soon as the loop can say so.
    for after_s in (0.6, 1.0, 2.0, 2.9):
        assert not any(record.lights[light].at(FROM_S + after_s) for light in ("green", "blue"))
    told_s = looks(record, Look.CHECK_GLOVE)
    assert told_s[0] < FROM_S + max(1.0, 2 * hangs_for_s)


def test_one_transfer_in_five_is_not_acknowledged_and_nobody_notices(kept: Kept) -> None:
    _, record = kept(Scene(faults=("bus noisy 20 % from 1 s",), lasts_s=LASTS_S))
    assert looks(record, Look.CHECK_GLOVE) == []
    assert len(record.readings) > 17 * 50 * 0.99


def test_a_brown_out_of_the_chip_costs_a_moment(kept: Kept) -> None:
    _, record = kept(Scene(faults=(f"chip reset at {FROM_S} s",), lasts_s=LASTS_S))
    at_s = [reading.t_s for reading in record.readings]
    lost_s = max(later - sooner for sooner, later in pairwise(at_s))
    # Half a second without power; a reading again in the next sweep.
    assert 0.4 < lost_s < 0.6


def test_a_stranger_who_reads_the_same_chip_shows_up_as_lost_readings_never_as_a_wrong_one(kept: Kept) -> None:
    _, record = kept(Scene(actions=((FROM_S, "foreign", "reads"),), lasts_s=LASTS_S))
    right = {round(conversion.volt, 2) for conversion in record.conversions}
    for reading in record.readings:
        assert all(any(abs(volt - true) < 0.02 for true in right) for volt in reading.volts[:3])
    before = sum(reading.t_s < FROM_S for reading in record.readings)
    assert before > 0.99 * FROM_S * 50

"""The bus goes wrong in a real kernel: what the program sees are the errors of i2c-core, and what shows is true."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from coach.cues import Look

from .bench import Bench, Played, Scene
from .record import Record

Kept = Callable[[Scene], tuple[Played, Record]]
# In the middle of a hold; the hasty hand has leaned in by then.
FROM_S, TO_S = 7.0, 10.0
LASTS_S = 15.0
# From the tick that finds it to the end of the transfer that shows it.
SHOWS_WITHIN_S = 0.05


def looks(record: Record, look: Look) -> list[float]:
    """When it was to be seen."""
    return [sample.t_s for sample in record.seen().samples if look in sample.looks]


@pytest.mark.parametrize(
    "fault",
    [
        "bus stuck",
        "heel open",
        *(
            pytest.param(fault, marks=pytest.mark.many)
            for fault in (
                *(
                    "bus hangs",
                    "bus floating",
                    "bus silent",
                    "supply sag to 2.5 V",
                    "bus noisy 90 %",
                    "chip never ready",
                    "supply open",
                ),
                *("palm short", "fingers grounded", "ground open"),
            )
        ),
    ],
)
def test_what_is_lost_in_a_hold_is_told_within_a_second_and_trusted_again_after_two(kept: Kept, fault: str) -> None:
    played, record = kept(Scene(faults=(f"{fault} from {FROM_S} s to {TO_S} s",), lasts_s=LASTS_S))
    assert (played.code, played.erred) == (0, "")
    told_s = looks(record, Look.CHECK_GLOVE)
    assert FROM_S < told_s[0] < FROM_S + 1.0
    assert told_s[-1] < TO_S + 3.0
    shown_s = [t_s for t_s in told_s if told_s[0] + SHOWS_WITHIN_S < t_s < told_s[-1]]
    for light in ("green", "blue"):
        assert not any(record.lights[light].at(t_s) for t_s in shown_s)


@pytest.mark.many
@pytest.mark.parametrize(("hangs_for_s", "shows"), [(0.1, ["amber"]), (1.0, [])])
def test_a_controller_that_takes_its_time_to_give_up_leaves_no_good_light(
    bench: Bench, hangs_for_s: float, shows: list[str]
) -> None:
    """A controller that does not know the request for a shorter time-out waits for a second in each transfer."""
    scene = Scene(faults=(f"bus hangs from {FROM_S} s to {TO_S} s",), hangs_for_s=hangs_for_s, lasts_s=LASTS_S)
    record = Record(bench.play(scene))
    # The loop waits, so the lease is what ends them; what it says of a tick that took so long is of the past.
    for light in ("green", "blue"):
        assert not [on_s for on_s, off_s in record.shows(light) if off_s > FROM_S + 0.5 and on_s < TO_S]
    for after_s in (1.0, 1.5, 2.0, 2.5):
        assert [light for light, track in record.lights.items() if track.at(FROM_S + after_s)] == shows


@pytest.mark.many
def test_one_transfer_in_five_is_not_acknowledged_and_nobody_notices(kept: Kept) -> None:
    _, record = kept(Scene(faults=("bus noisy 20 % from 1 s",), lasts_s=LASTS_S))
    assert looks(record, Look.CHECK_GLOVE) == []
    assert len(record.readings) > (LASTS_S - 1) * 50 * 0.99


@pytest.mark.many
def test_a_brown_out_of_the_chip_costs_a_moment(kept: Kept) -> None:
    _, record = kept(Scene(faults=(f"chip reset at {FROM_S} s",), lasts_s=LASTS_S))
    at_s = [reading.t_s for reading in record.readings]
    lost_s = max(later - sooner for sooner, later in pairwise(at_s))
    # Half a second without power; a reading again in the next sweep.
    assert 0.4 < lost_s < 0.6


@pytest.mark.many
def test_a_stranger_who_reads_the_same_chip_shows_up_as_lost_readings_never_as_a_wrong_one(kept: Kept) -> None:
    _, record = kept(Scene(actions=((FROM_S, "foreign", "reads"),), lasts_s=LASTS_S))
    right = {round(conversion.volt, 2) for conversion in record.conversions}
    for reading in record.readings:
        assert all(any(abs(volt - true) < 0.02 for true in right) for volt in reading.volts[:3])
    before = sum(reading.t_s < FROM_S for reading in record.readings)
    assert before > 0.99 * FROM_S * 50

"""Processes end, freeze or are killed in a real kernel: what it does with the lines then."""

from collections.abc import Callable

import pytest

from coach.tape import TapeReader

from .bench import Played, Scene
from .record import Record

Kept = Callable[[Scene], tuple[Played, Record]]
# Blue is on: the hasty hand holds.
AT_S = 7.0
LIGHTS = ("green", "amber", "blue", "red")


def lit(record: Record, t_s: float) -> list[str]:
    return [light for light in LIGHTS if record.lights[light].at(t_s)]


@pytest.mark.parametrize(
    ("signal", "within_s"),
    [
        ("SIGTERM", 0.2),
        pytest.param("SIGINT", 0.2, marks=pytest.mark.many),
        pytest.param("SIGQUIT", 0.2, marks=pytest.mark.many),
        # No handler: the end of the pipe is the guardian's order to go dark.
        pytest.param("SIGSEGV", 0.1, marks=pytest.mark.many),
        ("SIGKILL", 0.1),
    ],
)
def test_however_the_program_ends_all_is_dark_at_once(kept: Kept, signal: str, within_s: float) -> None:
    played, record = kept(Scene(actions=((AT_S, signal, "paws"),), lasts_s=11))
    at_s = record.when(signal)
    assert lit(record, at_s - 0.01) == ["blue"]
    assert lit(record, at_s + within_s) == []
    assert record.tones.at(at_s + within_s) is None
    # Its tape opens, whatever came.
    with played.tapes()[0].open("rb") as file:
        tape = TapeReader(file, "tape")
        kept_s = [getattr(item, "t_s", 0.0) for item in tape]
    assert (tape.damaged_lines, kept_s[-1] > at_s - 1.0) == (0, True)


def test_a_loop_that_is_frozen_goes_dark_when_its_lease_is_over_and_wakes_to_amber(kept: Kept) -> None:
    _, record = kept(Scene(actions=((AT_S, "SIGSTOP", "paws"), (AT_S + 3.0, "SIGCONT", "paws")), lasts_s=13))
    frozen_s, woke_s = record.when("SIGSTOP paws"), record.when("SIGCONT paws")
    assert lit(record, frozen_s + 0.3) == ["blue"]
    assert lit(record, frozen_s + 0.51) == []
    assert lit(record, woke_s - 0.01) == []
    # What it wanted to say long ago is not said now.
    assert "blue" not in {light for ms in range(0, 1500, 10) for light in lit(record, woke_s + ms / 1000)}
    assert lit(record, woke_s + 1.0) == ["amber"]


def test_a_guardian_that_is_killed_leaves_the_lines_to_the_kernel_and_another_takes_them(kept: Kept) -> None:
    _, record = kept(Scene(actions=((AT_S, "SIGKILL", "guardian"),), lasts_s=13))
    killed_s = record.when("SIGKILL guardian")
    assert lit(record, killed_s + 0.03) == []
    again_s = next(t_s for t_s in record.claimed_s if t_s > killed_s)
    assert again_s - killed_s < 1.5
    assert lit(record, again_s + 0.5) == ["blue"]


@pytest.mark.many
def test_a_guardian_that_is_frozen_is_killed_and_replaced(kept: Kept) -> None:
    _, record = kept(Scene(actions=((AT_S, "SIGSTOP", "guardian"),), lasts_s=13))
    frozen_s = record.when("SIGSTOP guardian")
    # It shows what it was told last until the loop kills it: not longer than the lease.
    again_s = next(t_s for t_s in record.claimed_s if t_s > frozen_s)
    assert again_s - frozen_s < 0.5
    assert lit(record, again_s) == []
    assert lit(record, again_s + 0.5) == ["blue"]


@pytest.mark.many
def test_a_second_session_is_refused_and_the_first_notices_nothing(kept: Kept) -> None:
    played, record = kept(Scene(actions=((AT_S, "start", "second", "session", "--yes"),), lasts_s=11))
    said = (played.folder / "second.erred").read_text()
    assert said == "paws: another session is running - end that one first, then start again\n"
    assert len(record.claimed_s) == 1

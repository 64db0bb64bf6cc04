"""`paws run` in a real kernel: dark, a press, a session with its promises, and its end by the same button."""

import pytest

from coach.tape import TapeReader
from hardware.board import DEFAULT_BOARD
from sensing.inputs import End

from .bench import Bench, Scene
from .record import Record

PARTNERS = str(DEFAULT_BOARD.buttons.partner)
LIGHTS = ("green", "amber", "blue", "red")


def pressed(at_s: float, for_s: float) -> tuple[tuple[object, ...], ...]:
    return (at_s, "pull", PARTNERS, "low"), (at_s + for_s, "pull", PARTNERS, "high")


def test_the_service_is_dark_until_a_press_and_again_after_the_session(bench: Bench) -> None:
    scene = Scene(
        paws=("run",),
        hand="hasty",
        actions=(*pressed(4.0, 0.2), *pressed(9.0, 1.2), (16.0, "SIGTERM", "paws")),
        lasts_s=25,
    )
    played = bench.play(scene)
    assert (played.code, played.erred) == (0, "")
    assert played.said.splitlines()[0] == "the glove is here: the partner's button begins a session"
    assert "ended by the partner's button" in played.said
    record = Record(played)
    shows = {light: record.shows(light) for light in LIGHTS}
    # The greeting of the service, and nothing more before the press.
    assert all([on_s for on_s, _ in times if on_s < 4.0] == [times[0][0]] for times in shows.values())
    assert any(5.0 < on_s < 10.3 for on_s, _ in shows["blue"])
    # Red for three seconds after the second of holding, then nothing for as long as it waits.
    assert not any(on_s > 13.5 for times in shows.values() for on_s, _ in times)
    assert len(played.tapes()) == 1


def test_a_press_without_a_glove_is_answered_by_amber(bench: Bench) -> None:
    scene = Scene(paws=("run",), chip="none", actions=pressed(4.0, 0.2), lasts_s=12)
    played = bench.play(scene)
    assert "no session: no ADS1115 answers at 0x49" in played.said
    record = Record(played)
    assert [light for light in LIGHTS if record.shows(light)] == ["amber"]


@pytest.mark.many
def test_a_service_that_is_killed_in_a_hold_is_dark_at_once_and_the_next_one_begins_anew(bench: Bench) -> None:
    killed_s, again_s, pressed_s = 9.0, 10.0, 15.0
    scene = Scene(
        paws=("run",),
        hand="hasty",
        # As systemd does, which starts it again after a second.
        actions=(
            *pressed(4.0, 0.2),
            (killed_s, "SIGKILL", "paws"),
            (again_s, "start", "paws", "run"),
            *pressed(pressed_s, 0.2),
            (20.0, "SIGTERM", "paws"),
        ),
        lasts_s=25,
    )
    played = bench.play(scene)
    record = Record(played)
    at_s = record.when("SIGKILL paws")
    assert [light for light in LIGHTS if record.lights[light].at(at_s - 0.01)] == ["blue"]
    assert [light for light in LIGHTS if record.lights[light].at(at_s + 0.1)] == []
    # The tape of the first opens up to the last second before, and the second service says so.
    (line,) = played.erred.splitlines()
    assert line.endswith("(ended by a kill or a crash); its tape, 000001.tape, is kept up to there")
    assert played.code == 0
    here = "the glove is here: the partner's button begins a session"
    assert [line for line in played.said.splitlines() if line == here] == [here, here]
    for tape, ended in zip(played.tapes(), ("killed", "terminated"), strict=True):
        with tape.open("rb") as file:
            (end,) = [item for item in TapeReader(file, str(tape)).inputs() if isinstance(item, End)]
        assert end.reason == ended


@pytest.mark.many
def test_a_second_service_is_refused_and_the_first_notices_nothing(bench: Bench) -> None:
    scene = Scene(
        paws=("run",),
        hand="hasty",
        actions=((3.0, "start", "second", "run"), *pressed(6.0, 0.2), (11.0, "SIGTERM", "paws")),
        lasts_s=20,
    )
    played = bench.play(scene)
    refused = "paws: the service is running already - end that one first, then start again\n"
    assert (played.folder / "second.erred").read_text() == refused
    assert (played.code, played.erred) == (0, "")
    assert "ended by the system" in played.said
    assert len(played.tapes()) == 1
